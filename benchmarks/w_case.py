"""The case W of the scoring benchmark: its rule set, its facts, and the parameters both programs go by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scoring.codes import ElementCode, FormCode, NodeCode, PeriodCode, UnitCode
from scoring.expressions import Comparison, Expression, Figure, Formula, Number, Operation
from scoring.facts import Column, Facts, Series
from scoring.methods.attain import Attain
from scoring.methods.base import Method, Quantity
from scoring.methods.credit import Credit
from scoring.methods.deduction import Deduction
from scoring.methods.ladder import Ladder, Rung
from scoring.methods.peer_range import PeerRange
from scoring.methods.peer_rank import PeerRank
from scoring.methods.piecewise import Knot, Piecewise
from scoring.methods.slope import Slope
from scoring.numbers import Rounding
from scoring.periods import Period
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind, Grade, Ranking
from scoring.rulebook.forms import Element, ElementType, Form, Frequency, OverTime, Provider
from scoring.rulebook.rules import Indicator, Node, RuleSet, Unit

YEAR = 2021
PERIOD = Period(YEAR, 4, yearly=True)
RATIOS = 20
CENTS = Rounding(2)
WEIGHTS = ("1", "0.8", "1.2")
FULL = ("2", "1.5", "2.5", "1")
GRADES = ("80", "65", "50")
BONUS_EACH, BONUS_CAP, VETO_ABOVE = Fraction("0.5"), Fraction(5), Fraction(19)
ROUND_NUMBERS = (50, 80, 100, 200, 400, 1000)
ROOT = NodeCode("total")


@dataclass(frozen=True, slots=True)
class Rule:
    """One indicator of W: the kind of method, the elements it looks at, and the method's parameters."""

    kind: str
    top: str
    bottom: str
    full: Fraction
    weight: Fraction
    method: Method


def elements() -> list[str]:
    """The 60 elements: numerators N, denominators D, counts C."""
    return [f"{letter}{number:02d}" for letter in "NDC" for number in range(1, 21)]


def rules() -> list[Rule]:
    """The 60 indicators in the order of the tree, kinds mixed as in a real rule set."""
    methods: list[Method] = [*(_slope(number) for number in range(20))]
    kinds = ["slope"] * 20 + ["ladder"] * 5 + ["piecewise"] * 5
    methods += [_ladder(number) for number in range(5)]
    methods += [_piecewise(number) for number in range(5)]
    kinds += ["deduction"] * 10 + ["attain"] * 10
    methods += [Deduction(each=Fraction(number + 1, 20)) for number in range(10)]
    methods += [Attain(target=Fraction(60 + 7 * number)) for number in range(10)]
    kinds += ["peer_range"] * 5 + ["peer_rank"] * 5
    methods += [PeerRange(best="max" if number % 2 else "min") for number in range(5)]
    methods += [PeerRank()] * 5
    ratios = iter([*range(1, 21), *range(1, 21)])
    counts = iter(range(1, 21))
    found = []
    for place, (kind, method) in enumerate(zip(kinds, methods, strict=True)):
        ratio = kind not in {"deduction", "attain"}
        number = next(ratios if ratio else counts)
        top, bottom = (f"N{number:02d}", f"D{number:02d}") if ratio else (f"C{number:02d}", "")
        weight, full = Fraction(WEIGHTS[place % 3]), Fraction(FULL[place % 4])
        found.append(Rule(kind, top, bottom, full, weight, method))
    # a stride that meets every place once mixes the kinds over the tree
    return [found[place * 7 % 60] for place in range(60)]


def _slope(number: int) -> Slope:
    deduct = Fraction(3 + number % 5, 100)
    return Slope(target=Fraction(90 + number % 10), deduct=deduct, per=Fraction(1 + number % 2))


def _ladder(number: int) -> Ladder:
    shares = [100, 80, 60, 40, 20]
    limits = [95 - number, 85, 75, 65, 55]
    rungs = [
        Rung("at_least", Fraction(limit), Quantity(Fraction(share, 100), of_full=True))
        for limit, share in zip(limits, shares, strict=True)
    ]
    return Ladder(rungs=tuple(rungs))


def _piecewise(number: int) -> Piecewise:
    at, shares = [40 + number, 60, 85, 100], [0, 30, 80, 100]
    knots = [
        Knot(Fraction(x), Quantity(Fraction(share, 100), of_full=True))
        for x, share in zip(at, shares, strict=True)
    ]
    return Piecewise(points=tuple(knots))


def item_sizes() -> list[int]:
    """How many indicators each of the 28 items has."""
    return [3 if number % 7 == 0 else 2 for number in range(28)]


def rule_set(units: tuple[UnitCode, ...]) -> RuleSet:
    """W as a rule set."""
    nodes: dict[NodeCode, Node] = {}
    indicators: dict[NodeCode, Indicator] = {}
    waiting = iter(enumerate(rules()))
    items = []
    for number, size in enumerate(item_sizes()):
        item = NodeCode(f"item-{number:02d}")
        own = [_indicator(*next(waiting), item) for _ in range(size)]
        indicators |= {each.code: each for each in own}
        nodes[item] = _node(item, "item", [each.code for each in own])
        items.append(item)
    sections = []
    for number in range(7):
        section = NodeCode(f"section-{number}")
        nodes[section] = _node(section, "section", items[4 * number : 4 * number + 4])
        sections.append(section)
    nodes[ROOT] = _node(ROOT, "total", sections)
    form = _form()
    return RuleSet(
        code="w",
        title="W",
        year=YEAR,
        version="1",
        published=None,
        effective=(date(YEAR, 1, 1), date(YEAR, 12, 31)),
        digest="",
        forms={form.code: form},
        units={unit: Unit(code=unit, name=str(unit)) for unit in units},
        nodes=nodes,
        indicators=indicators,
        root=ROOT,
        adjustments=_adjustments(),
        bonus_cap=BONUS_CAP,
        grades=(
            *(Grade(name=f"grade {limit}", at_least=Fraction(limit)) for limit in GRADES),
            Grade(name="lowest", at_least=None),
        ),
        ranking=Ranking(on_rounded=False),
        total_rounding=CENTS,
    )


def _indicator(place: int, rule: Rule, parent: NodeCode) -> Indicator:
    value: Expression = Figure(ElementCode(rule.top))
    if rule.bottom:
        hundredfold = Operation("*", (Number(Fraction(100)), value))
        value = Operation("/", (hundredfold, Figure(ElementCode(rule.bottom))))
    return Indicator(
        code=NodeCode(f"I{place:02d}"),
        name=f"I{place:02d}",
        parent=parent,
        points=rule.full,
        method=rule.method,
        value=Formula("…", value),
        weight=rule.weight,
        rounding=CENTS,
    )


def _node(code: NodeCode, kind: str, children: list[NodeCode]) -> Node:
    return Node(code=code, title=str(code), kind=kind, points=None, children=tuple(children))


def _form() -> Form:
    made = tuple(
        Element(
            code=ElementCode(code),
            name=code,
            form=FormCode("F"),
            provider=Provider.REGION,
            measure="",
            type=ElementType.DECIMAL,
            frequency=Frequency.YEARLY,
            over_time=OverTime.SUM,
            places=2,
        )
        for code in elements()
    )
    return Form(
        code=FormCode("F"), title="F", provider=Provider.REGION, frequency=Frequency.YEARLY, elements=made
    )


def _adjustments() -> tuple[Adjustment, ...]:
    bonus = Adjustment(
        code=NodeCode("B1"),
        kind=AdjustmentKind.BONUS,
        name="bonus",
        value=Formula("…", Figure(ElementCode("C19"))),
        method=Credit(each=BONUS_EACH, most=Quantity(BONUS_CAP, of_full=False)),
    )
    veto = Adjustment(
        code=NodeCode("V1"),
        kind=AdjustmentKind.VETO,
        name="veto",
        when=Formula("…", Comparison(">", Figure(ElementCode("C01")), Number(VETO_ABOVE))),
        ranked=False,
    )
    return bonus, veto


Cents = dict[str, NDArray[np.int64]]


def data(units: int, seed: int = 1) -> Cents:
    """The figures in hundredths, by element; 40 % of the denominators are round numbers."""
    random = np.random.default_rng(seed)
    found: Cents = {}
    for number in range(1, RATIOS + 1):
        odd = random.integers(1_000, 200_000, units)
        even = random.choice(np.array(ROUND_NUMBERS, dtype=np.int64) * 100, units)
        found[f"D{number:02d}"] = np.where(random.random(units) < 0.4, even, odd)
    for number in range(1, RATIOS + 1):
        share = random.uniform(0.4, 1.05, units)
        found[f"N{number:02d}"] = np.floor(found[f"D{number:02d}"] * share).astype(np.int64)
    for number in range(1, 21):
        most = 2_000 if number <= 10 else 15_000
        found[f"C{number:02d}"] = random.integers(0, most, units)
    return {code: found[code] for code in elements()}


def unit_codes(units: int) -> tuple[UnitCode, ...]:
    """The codes of so many units."""
    return tuple(UnitCode(f"U{number:05d}") for number in range(units))


def facts(units: tuple[UnitCode, ...], cents: Cents) -> Facts:
    """The figures as facts; new columns each time, so that nothing reckoned from them is kept."""
    period = PeriodCode(str(YEAR))
    standings = np.zeros(len(units), dtype=np.uint8)
    columns = {
        Series(ElementCode(code), period): Column(column, standings, 2) for code, column in cents.items()
    }
    return Facts(units, columns)
