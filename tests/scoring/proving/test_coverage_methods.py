"""Each thing that a scoring method can do, and which value shows it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from scoring.codes import ElementCode
from scoring.facts import Amount, Standing
from scoring.methods.base import Method, Subject
from scoring.methods.registry import METHODS
from scoring.proving.coverage_methods import Shown, method_ways
from scoring.rulebook.files import compose
from scoring.rulebook.forms import Element
from scoring.rulebook.parse_methods import parse_method
from scoring.rulebook.tree import Findings, Record
from tests.support.rulesets import small_rules


def method(text: str) -> Method:
    findings = Findings()
    tree = compose(text.encode(), "f.yaml", findings)
    assert tree is not None
    found = parse_method(Record(tree, "方法", findings), findings)
    assert found is not None, findings.issues
    return found


def elements() -> Mapping[ElementCode, Element]:
    return small_rules().elements


def reached(
    text: str, value: str, peers: str = "", answers: Mapping[ElementCode, Amount | Standing] | None = None
) -> list[str]:
    amount: Amount = Fraction(value) if value.lstrip("-").replace(".", "").isdigit() else value
    group = tuple(Fraction(each) for each in peers.split())
    shown = Shown(Subject(amount, Fraction(10), peers=group), answers or {})
    return [each.what for each in method_ways(method(text), elements()) if each.reached(shown)]


LADDER = "{kind: ladder, rungs: [{at_least: 90, earn: 100%}, {above: 60, earn: 50%}]}"
LINE = "{kind: piecewise, points: [{at: 0, earn: 0%}, {at: 50, earn: 20%}, {at: 100, earn: 100%}]}"
BANDS = "{kind: peer_quantiles, bands: [{at_least: P75, earn: 100%}, {at_least: P50, earn: 50%}]}"
SLOPE = "{kind: slope, target: 95, deduct: 1, least: 2}"


@pytest.mark.parametrize(
    ("text", "value", "peers", "ways"),
    [
        (LADDER, "90", "", ["档次 ≥90"]),
        (LADDER, "89.99", "", ["档次 >60"]),
        (LADDER, "60", "", ["各档都不到"]),
        (LINE, "0", "", ["≤0"]),
        (LINE, "0.1", "", ["0 与 50 之间"]),
        (LINE, "50", "", ["50 与 100 之间"]),
        (LINE, "100", "", ["≥100"]),
        (BANDS, "4", "1 2 3 4 5", ["分位档 P75"]),
        (BANDS, "3", "1 2 3 4 5", ["分位档 P50"]),
        (BANDS, "2", "1 2 3 4 5", ["各分位档都不到"]),
        ("{kind: peer_range}", "5", "1 3 5", ["组内最大"]),
        ("{kind: peer_range}", "1", "1 3 5", ["组内最小"]),
        ("{kind: peer_range}", "3", "1 3 5", ["组内居中"]),
        ("{kind: peer_range}", "3", "3 3", ["组内都相同"]),
        ("{kind: peer_rank}", "5", "1 3 5", ["第一名"]),
        ("{kind: peer_rank}", "1", "1 1 5", ["最后一名", "与别的单位并列"]),
        ("{kind: peer_rank}", "3", "1 3 5", []),
        ("{kind: graded, scale: {好: 100%, 差: 0%}}", "好", "", ["评为好"]),
        (SLOPE, "95", "", ["最少得分 2 没有到", "最多得分 100% 到了"]),
        (SLOPE, "94", "", ["最少得分 2 没有到", "最多得分 100% 没有到"]),
        (SLOPE, "87", "", ["最少得分 2 到了", "最多得分 100% 没有到"]),
        ("{kind: credit, each: 3, most: none}", "9", "", ["最少得分 0 没有到"]),
        ("{kind: credit, each: 3}", "4", "", ["最少得分 0 没有到", "最多得分 100% 到了"]),
        ("{kind: deduction, each: 3}", "4", "", ["最少得分 0 到了"]),
        ("{kind: deduction, each: 3}", "3", "", ["最少得分 0 没有到"]),
        ("{kind: attain, target: 100}", "99", "", ["最少得分 0 没有到", "最多得分 100% 没有到"]),
        ("{kind: direct}", "10", "", ["最少得分 0 没有到", "最多得分 100% 到了"]),
    ],
)
def test_a_value_shows_what_the_method_does_with_it(
    text: str, value: str, peers: str, ways: list[str]
) -> None:
    assert reached(text, value, peers) == ways


CHECKLIST = (
    "{kind: checklist, parts: [{element: E6, name: 开会, earn: 1}, {element: E2, name: 发文, earn: 1}]}"
)


def test_each_part_of_a_checklist_can_be_done_or_not_or_left_out_where_it_may_be() -> None:
    every = [each.what for each in method_ways(method(CHECKLIST), elements())]
    assert every == ["开会:是", "开会:否", "发文:是", "发文:否", "发文:不适用(NA)"]
    answers: dict[ElementCode, Amount | Standing] = {
        ElementCode("E6"): "是",
        ElementCode("E2"): Standing.NOT_APPLICABLE,
    }
    assert reached(CHECKLIST, "1", answers=answers) == ["开会:是", "发文:不适用(NA)"]


def test_a_word_beyond_the_scale_is_a_way_only_where_there_is_one() -> None:
    graded = method("{kind: graded, scale: {好: 100%, 差: 0%}}")
    assert [each.what for each in method_ways(graded, {}, ("好", "差"))] == ["评为好", "评为差"]
    last = method_ways(graded, {}, ("好", "中", "差"))[-1]
    assert (last.what, last.needed) == ("评语不在表内", "评为 中 之一")


SMALLEST = {
    "ladder": LADDER,
    "slope": SLOPE,
    "attain": "{kind: attain, target: 1}",
    "piecewise": LINE,
    "credit": "{kind: credit, each: 1}",
    "deduction": "{kind: deduction, each: 1}",
    "direct": "{kind: direct}",
    "checklist": CHECKLIST,
    "graded": "{kind: graded, scale: {好: 100%}}",
    "peer_quantiles": BANDS,
    "peer_range": "{kind: peer_range}",
    "peer_rank": "{kind: peer_rank}",
}


def test_every_method_has_ways() -> None:
    assert SMALLEST.keys() == METHODS.keys()
    assert [kind for kind, text in SMALLEST.items() if len(method_ways(method(text), elements())) < 1] == []
