"""`method:` of a rule: parameters as rule files write them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.codes import ElementCode
from scoring.methods.attain import Attain
from scoring.methods.base import FULL, Method, Quantity
from scoring.methods.checklist import Checklist, Part
from scoring.methods.credit import Credit
from scoring.methods.deduction import Deduction
from scoring.methods.direct import Direct
from scoring.methods.graded import Graded
from scoring.methods.ladder import Ladder, Rung
from scoring.methods.peer_quantiles import PeerQuantiles, QuantileBand
from scoring.methods.peer_range import PeerRange
from scoring.methods.peer_rank import PeerRank
from scoring.methods.piecewise import Knot, Piecewise
from scoring.methods.registry import METHODS
from scoring.methods.slope import Slope
from scoring.rulebook.files import compose
from scoring.rulebook.parse_methods import parse_method, quantile_from_text
from scoring.rulebook.tree import Findings, Record
from tests.support.defects import RATE, Defect, assert_told, defect, method


@pytest.mark.parametrize(
    "case",
    [
        defect("a method is unknown", *method("{kind: leader}"), code="unknown-word", at="leader"),
        defect(
            "a method has a parameter too many",
            *method("{kind: credit, each: 1, price: 2}"),
            code="unknown-key",
            at="price",
            found="price",
        ),
        defect(
            "a method lacks a parameter", *method("{kind: credit}"), code="missing-key", at="{kind: credit"
        ),
        defect(
            "a least limit is none",
            *method("{kind: credit, each: 1, least: none}"),
            code="wrong-form",
            at="none",
            found="none",
        ),
        defect(
            "a step is no size",
            *method("{kind: slope, target: 1, deduct: 1, per: 0}"),
            code="wrong-form",
            at="0}",
        ),
        defect(
            "a slope counts steps in an unknown way",
            *method("{kind: slope, target: 1, deduct: 1, steps: half}"),
            code="unknown-word",
            at="half",
        ),
        defect(
            "a proportion begins where it ends",
            *method("{kind: attain, target: 5, start: 5}"),
            code="wrong-form",
            at="5}",
        ),
        defect("a ladder has no rung", *method("{kind: ladder, rungs: []}"), code="wrong-form", at="[]"),
        defect(
            "a rung has no threshold",
            *method("{kind: ladder, rungs: [{earn: 50%}]}"),
            code="wrong-form",
            at="{earn",
        ),
        defect(
            "a rung has two thresholds",
            *method("{kind: ladder, rungs: [{at_least: 1, below: 2, earn: 50%}]}"),
            code="unknown-key",
            at="below",
            found="below",
        ),
        defect(
            "a rung is never reached",
            *method("{kind: ladder, rungs: [{at_least: 60, earn: 50%}, {at_least: 90, earn: 100%}]}"),
            code="wrong-form",
            at="[{at_least: 60",
        ),
        defect(
            "a rung stands twice",
            *method("{kind: ladder, rungs: [{above: 60, earn: 50%}, {above: 60, earn: 10%}]}"),
            code="wrong-form",
            at="[{above: 60",
        ),
        defect(
            "rungs go both ways",
            *method("{kind: ladder, rungs: [{at_least: 90, earn: 50%}, {at_most: 60, earn: 10%}]}"),
            code="wrong-form",
            at="[{at_least: 90",
        ),
        defect(
            "a downward rung is never reached",
            *method("{kind: ladder, rungs: [{at_most: 5, earn: 50%}, {below: 5, earn: 10%}]}"),
            code="wrong-form",
            at="[{at_most: 5",
        ),
        defect(
            "a line has one point",
            *method("{kind: piecewise, points: [{at: 0, earn: 0%}]}"),
            code="wrong-form",
            at="[{at: 0",
        ),
        defect(
            "a line turns back",
            *method("{kind: piecewise, points: [{at: 5, earn: 0%}, {at: 5, earn: 9%}]}"),
            code="wrong-form",
            at="[{at: 5",
        ),
        defect(
            "a point of a line is no number",
            *method("{kind: piecewise, points: [{at: 零, earn: 0%}]}"),
            code="wrong-form",
            at="零",
        ),
        defect(
            "a band is no quantile",
            *method("{kind: peer_quantiles, bands: [{at_least: 50, earn: 100%}]}"),
            code="wrong-form",
            at="50, earn",
        ),
        defect(
            "a band is beyond all quantiles",
            *method("{kind: peer_quantiles, bands: [{at_least: P101, earn: 100%}]}"),
            code="wrong-form",
            at="P101",
        ),
        defect(
            "bands do not descend",
            *method("{kind: peer_quantiles, bands: [{at_least: P25, earn: 1%}, {at_least: P50, earn: 2%}]}"),
            code="wrong-form",
            at="[{at_least: P25",
        ),
        defect(
            "a checklist has no parts",
            (RATE, "value: 100 * E2 / E1\n", ""),
            *method("{kind: checklist, parts: []}"),
            code="wrong-form",
            at="[]}",
        ),
        defect(
            "a checklist has a formula beside it",
            *method("{kind: checklist, parts: [{element: E6, name: 会, earn: 60}]}"),
            code="wrong-form",
            at="100 * E2",
        ),
        defect(
            "a part of a checklist is unknown",
            (RATE, "value: 100 * E2 / E1\n", ""),
            *method("{kind: checklist, parts: [{element: E66, name: 会, earn: 60}]}"),
            code="unknown-name",
            at="{kind: checklist",
            found="E66",
        ),
        defect(
            "a grade that is no choice",
            (RATE, "value: 100 * E2 / E1", "value: E6"),
            *method("{kind: graded, scale: {是: 100%, 好: 50%}}"),
            code="unknown-word",
            at="code: I1",
            found="好",
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def share(text: str) -> Quantity:
    return Quantity(Fraction(text), of_full=True)


def points(text: str) -> Quantity:
    return Quantity(Fraction(text), of_full=False)


WRITTEN: list[tuple[str, Method]] = [
    ("{kind: attain, target: 80}", Attain(target=Fraction(80))),
    (
        "{kind: attain, target: 80, start: 60, least: 10%, most: 5}",
        Attain(target=Fraction(80), start=Fraction(60), least=share("0.1"), most=points("5")),
    ),
    (
        "{kind: checklist, parts: [{element: E6, name: 会, earn: 0.5}]}",
        Checklist(parts=(Part(ElementCode("E6"), "会", Fraction("0.5")),)),
    ),
    ("{kind: credit, each: 0.5, most: 80%}", Credit(each=Fraction("0.5"), most=share("0.8"))),
    ("{kind: credit, each: 2, most: none}", Credit(each=Fraction(2), most=None)),
    ("{kind: deduction, each: 0.5, least: 1}", Deduction(each=Fraction("0.5"), least=points("1"))),
    ("{kind: direct}", Direct()),
    (
        "{kind: graded, scale: {优: 100%, 良: 2}, otherwise: 1}",
        Graded(scale={"优": FULL, "良": points("2")}, otherwise=points("1")),
    ),
    (
        "{kind: ladder, rungs: [{above: 9, earn: 100%}, {at_least: 9, earn: 1}], otherwise: 10%}",
        Ladder(
            rungs=(Rung("above", Fraction(9), FULL), Rung("at_least", Fraction(9), points("1"))),
            otherwise=share("0.1"),
        ),
    ),
    (
        "{kind: ladder, rungs: [{below: 5, earn: 100%}, {at_most: 5, earn: 1}, {at_most: 6, earn: 0%}]}",
        Ladder(
            rungs=(
                Rung("below", Fraction(5), FULL),
                Rung("at_most", Fraction(5), points("1")),
                Rung("at_most", Fraction(6), share("0")),
            )
        ),
    ),
    (
        "{kind: peer_quantiles, bands: [{at_least: P50, earn: 100%}, {at_least: P1.5, earn: 1}], group: all}",
        PeerQuantiles(
            bands=(QuantileBand(Fraction(1, 2), FULL), QuantileBand(Fraction(3, 200), points("1"))),
            group="all",
        ),
    ),
    ("{kind: peer_range, best: min, equal: 50%}", PeerRange(best="min", equal=share("0.5"))),
    ("{kind: peer_rank, group: all, ties: mean}", PeerRank(group="all", ties="mean")),
    (
        "{kind: piecewise, points: [{at: 0, earn: 0%}, {at: 60, earn: 2}]}",
        Piecewise(points=(Knot(Fraction(0), share("0")), Knot(Fraction(60), points("2")))),
    ),
    ("{kind: slope, target: 100, deduct: 0.2}", Slope(target=Fraction(100), deduct=Fraction("0.2"))),
    (
        "{kind: slope, target: 9, deduct: 1, per: 0.5, add: 2, steps: whole, least: 1, most: 120%}",
        Slope(
            target=Fraction(9),
            deduct=Fraction(1),
            per=Fraction("0.5"),
            add=Fraction(2),
            steps="whole",
            least=points("1"),
            most=share("1.2"),
        ),
    ),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN)
def test_a_method_has_the_parameters_written_and_the_usual_ones_else(text: str, expected: Method) -> None:
    findings = Findings()
    tree = compose(text.encode(), "x.yaml", findings)
    assert tree is not None
    assert parse_method(Record(tree, "计分方法", findings), findings) == expected
    assert findings.issues == []


def test_every_method_is_read_here() -> None:
    assert {expected.kind for _, expected in WRITTEN} == set(METHODS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("P0", "0"), ("P25", "1/4"), ("P100", "1"), ("P101", None), ("P-1", None), ("25", None), ("", None)],
)
def test_a_quantile_is_a_p_and_a_percentage(text: str, expected: str | None) -> None:
    assert quantile_from_text(text) == (None if expected is None else Fraction(expected))
