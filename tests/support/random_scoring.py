"""Strategies for whole scorings: rule sets of every method and policy, and facts of every standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from scoring.codes import WHOLE, ElementCode, FormCode, MemberCode, NodeCode, PeriodCode, UnitCode
from scoring.expressions import Figure, Formula
from scoring.facts import Fact, Facts, Series, Standing, gather_facts
from scoring.methods.checklist import Checklist
from scoring.methods.graded import Graded
from scoring.numbers import Rounding, RoundingMode
from scoring.periods import Period
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind, Grade, Ranking, TieBreak, Ties, Unscored
from scoring.rulebook.forms import Element, ElementType, Form, Frequency, OverTime, Provider
from scoring.rulebook.rules import Indicator, Node, Policy, RuleSet, Table, Unit
from tests.support.random_formulas import (
    BREAKDOWN,
    COUNTS,
    DECIMALS,
    GREAT,
    PLAIN,
    WORDS,
    conditions,
    formulas,
)
from tests.support.random_methods import methods
from tests.support.random_nodes import nodes as nodes_like

YEAR = 2021
GROUPS = ("东", "西", "")
ROOT = NodeCode("total")
ROUNDINGS = st.builds(Rounding, st.integers(0, 4), st.sampled_from(RoundingMode))


@dataclass(frozen=True)
class Case:
    """Rules, facts and a period: all that a scoring needs."""

    rules: RuleSet
    facts: Facts
    period: Period


@st.composite
def elements(draw: st.DrawFn) -> tuple[Element, ...]:
    """A few elements of all types; the first two are decimals without a breakdown, the last a choice."""
    count = draw(st.integers(3, 6))
    found = []
    for number in range(count):
        kind = draw(st.sampled_from(ElementType))
        kind = ElementType.DECIMAL if number < 2 else ElementType.CHOICE if number == count - 1 else kind
        found.append(
            Element(
                code=ElementCode(f"E{number}"),
                name=f"数据项{number}",
                form=FormCode("F1"),
                provider=Provider.REGION,
                measure="",
                type=kind,
                frequency=draw(st.sampled_from(Frequency)),
                over_time=draw(st.sampled_from(OverTime)),
                places=draw(st.integers(0, 2)),
                choices=WORDS if kind is ElementType.CHOICE else (),
                members=BREAKDOWN if number >= 2 and draw(st.integers(0, 3)) == 0 else (),
            )
        )
    return tuple(found)


POLICIES = st.one_of(
    st.sampled_from([Fraction(0), Fraction(0), Fraction(1), Fraction(1, 3), None]).map(
        lambda share: Policy(share=share)
    ),
    st.just(Policy(share=Fraction(0), blocks=True)),
)


@st.composite
def indicators(draw: st.DrawFn, code: NodeCode, parent: NodeCode, known: Sequence[Element]) -> Indicator:
    """An indicator; a choice is looked at by methods for words only, as rule files are checked to do."""
    method = draw(methods(known))
    value: Formula | None = draw(formulas(known))
    if isinstance(method, Checklist):
        value = method.formula()
    elif isinstance(method, Graded):
        value = Formula("…", Figure(known[-1].code))
    return Indicator(
        code=code,
        name=str(code),
        parent=parent,
        points=draw(
            st.sampled_from([Fraction(0), Fraction(1), Fraction(5, 2), Fraction(4), Fraction(10, 3)])
        ),
        method=method,
        value=value,
        applicable_when=draw(st.one_of(st.none(), st.none(), conditions(known))),
        weight=draw(st.sampled_from([Fraction(1), Fraction(1), Fraction(1, 3), Fraction(6, 5), Fraction(0)])),
        direction=draw(st.sampled_from(["higher", "lower"])),
        yearly=draw(st.integers(0, 4)) == 0,
        missing=draw(POLICIES),
        zero_denominator=draw(POLICIES),
        undefined=draw(POLICIES),
        rounding=draw(st.one_of(st.just(Rounding(2)), st.just(Rounding(2)), ROUNDINGS, st.none())),
    )


@st.composite
def trees(
    draw: st.DrawFn, known: Sequence[Element]
) -> tuple[dict[NodeCode, Node], dict[NodeCode, Indicator]]:
    """A tree of two or three levels, regular or not."""
    nodes: dict[NodeCode, Node] = {}
    leaves: dict[NodeCode, Indicator] = {}
    sections = [NodeCode(f"S{number}") for number in range(draw(st.integers(1, 3)))]
    for section in sections:
        own = [NodeCode(f"{section}-{number}") for number in range(draw(st.integers(0, 3)))]
        leaves |= {code: draw(indicators(code, section, known)) for code in own}
        nodes[section] = draw(nodes_like(section, ROOT, tuple(own)))
    loose = [NodeCode("L1")] if draw(st.integers(0, 2)) == 0 else []
    leaves |= {code: draw(indicators(code, ROOT, known)) for code in loose}
    nodes[ROOT] = draw(nodes_like(ROOT, None, (*sections, *loose)))
    return nodes, leaves


@st.composite
def adjustments(
    draw: st.DrawFn, number: int, known: Sequence[Element], nodes: Sequence[NodeCode], grades: Sequence[Grade]
) -> Adjustment:
    """An adjustment of any kind."""
    kind = draw(st.sampled_from(AdjustmentKind))
    scores = kind in {AdjustmentKind.BONUS, AdjustmentKind.PENALTY}
    pulls = kind in {AdjustmentKind.VETO, AdjustmentKind.DEMOTION, AdjustmentKind.FLOOR}
    by_ratio = kind is AdjustmentKind.FLOOR and draw(st.booleans())
    return Adjustment(
        code=NodeCode(f"X{number}"),
        kind=kind,
        name=f"事项{number}",
        value=draw(formulas(known)) if scores else None,
        method=draw(methods(known, peers=False)) if scores else None,
        element=ElementCode("V") if kind is AdjustmentKind.VOID and draw(st.booleans()) else None,
        deduct=draw(st.sampled_from([Fraction(0), Fraction(1, 2)])),
        when=draw(conditions(known)) if pulls and not by_ratio else None,
        grade_at_most=draw(st.sampled_from(["", *(grade.name for grade in grades)])),
        ranked=draw(st.booleans()),
        scored=draw(st.integers(0, 3)) > 0,
        no_bonus=draw(st.booleans()),
        by=draw(st.integers(1, 2)),
        cap_score=draw(st.booleans()),
        nodes=tuple(draw(st.lists(st.sampled_from(nodes), max_size=3))) if by_ratio else (),
        ratio_below=draw(st.sampled_from([Fraction(1, 2), Fraction(3, 5)])) if by_ratio else None,
    )


@st.composite
def grades_like(draw: st.DrawFn, name: str, limit: Fraction, *, quotas: bool) -> Grade:
    """A grade by score, by place, or by both."""
    ranks = st.sampled_from([None, 1, 2, 3])
    shares = st.sampled_from([None, Fraction(1, 5), Fraction(1, 2), Fraction(2, 3)])
    return Grade(
        name=name,
        at_least=None if quotas and draw(st.booleans()) else limit,
        rank_at_most=draw(ranks) if quotas else None,
        share_at_most=draw(shares) if quotas else None,
    )


@st.composite
def rankings(draw: st.DrawFn, nodes: Sequence[NodeCode], leaves: Sequence[NodeCode]) -> Ranking:
    """Ways of giving places."""
    broken = draw(st.lists(st.sampled_from([None, *nodes]), max_size=2))
    return Ranking(
        on_rounded=draw(st.booleans()),
        ties=draw(st.sampled_from([Ties.COMPETITION] * 4 + list(Ties))),
        lowest_first=draw(st.integers(0, 3)) == 0,
        unscored=draw(st.sampled_from([Unscored.UNRANKED] * 4 + list(Unscored))),
        tie_breaks=tuple(
            TieBreak(
                node=node, by_value=node in leaves and draw(st.booleans()), lowest_first=draw(st.booleans())
            )
            for node in broken
        ),
        peer_group=draw(st.sampled_from(["", "group"])),
    )


@st.composite
def rule_sets(draw: st.DrawFn, units: Sequence[UnitCode]) -> RuleSet:
    """A whole rule set for the units."""
    known = draw(elements())
    nodes, leaves = draw(trees(known))
    limits = sorted(
        draw(st.sets(st.integers(0, 40).map(lambda each: Fraction(each, 4)), max_size=3)), reverse=True
    )
    quotas = draw(st.booleans())
    grades = [draw(grades_like(f"G{place}", limit, quotas=quotas)) for place, limit in enumerate(limits)]
    graded: bool = draw(st.booleans())
    if grades or graded:
        grades.append(Grade(name="低", at_least=None, tier="末", converted=Fraction(6)))
    codes = [*nodes, *leaves]
    outside = [draw(adjustments(number, known, codes, grades)) for number in range(draw(st.integers(0, 4)))]
    voiding = Element(
        code=ElementCode("V"),
        name="核查",
        form=FormCode("F1"),
        provider=Provider.OFFICE,
        measure="",
        type=ElementType.INTEGER,
        frequency=Frequency.YEARLY,
        over_time=OverTime.SUM,
        members=tuple(MemberCode(code) for code in leaves),
    )
    form = Form(
        code=FormCode("F1"),
        title="表",
        provider=Provider.REGION,
        frequency=Frequency.QUARTERLY,
        elements=(*known, *([voiding] if leaves else [])),
    )
    return RuleSet(
        code="random",
        title="随机",
        year=YEAR,
        version="1",
        published=None,
        effective=(date(YEAR, 1, 1), date(YEAR, 12, 31)),
        digest="",
        forms={form.code: form},
        units={code: draw(_unit(code)) for code in units},
        nodes=nodes,
        indicators=leaves,
        root=ROOT,
        adjustments=tuple(each for each in outside if leaves or each.element is None),
        bonus_cap=draw(st.sampled_from([None, Fraction(2)])),
        penalty_cap=draw(st.sampled_from([None, Fraction(3, 2)])),
        grades=tuple(grades),
        grade_on_rounded=draw(st.booleans()),
        ranking=draw(rankings(codes, list(leaves))),
        total_rounding=draw(st.one_of(st.none(), ROUNDINGS)),
        partial_periods=draw(st.booleans()),
        tables={"goal": draw(_tables())},
    )


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    """Numbers by group and period, some of which are not there."""
    places = st.tuples(st.sampled_from(GROUPS), st.sampled_from([str(YEAR), f"{YEAR}Q1", f"{YEAR}Q2"]))
    return Table(
        name="goal",
        keys=("group", "period"),
        rows=draw(st.dictionaries(places, DECIMALS, max_size=6)),
        default=draw(st.sampled_from([None, Fraction(1, 2)])),
    )


@st.composite
def _unit(draw: st.DrawFn, code: UnitCode) -> Unit:
    attributes: dict[str, Fraction | str] = {"group": draw(st.sampled_from(GROUPS))}
    if draw(st.integers(0, 5)):
        attributes["size"] = draw(
            st.sampled_from([Fraction(100), Fraction(0), Fraction(1, 3), Fraction(10**17)])
        )
    attributes["mixed"] = "是" if draw(st.booleans()) else Fraction(1)
    return Unit(code=code, name=str(code), attributes=attributes)


def _periods(element: Element, year: int) -> list[PeriodCode]:
    if element.frequency is Frequency.YEARLY:
        return [PeriodCode(str(year))]
    suffixes = ["Q1", "Q2", "Q3", "Q4"] if element.frequency is Frequency.QUARTERLY else ["H1", "H2"]
    return [PeriodCode(f"{year}{suffix}") for suffix in suffixes]


@st.composite
def facts_for(
    draw: st.DrawFn, rules: RuleSet, units: Sequence[UnitCode], amounts: st.SearchStrategy[Fraction]
) -> Facts:
    """Facts of the units, with gaps of every kind; sometimes whole series are not there at all."""
    spotty = draw(st.booleans())
    found: list[Fact] = []
    for element in rules.elements.values():
        members = (
            [*element.members, WHOLE] if draw(st.integers(0, 3)) == 0 else list(element.members or (WHOLE,))
        )
        periods = _periods(element, YEAR) + (_periods(element, YEAR - 1) if draw(st.booleans()) else [])
        if draw(st.integers(0, 4)) == 0:
            periods.append(PeriodCode(str(YEAR)))
        own = COUNTS if element.type in {ElementType.INTEGER, ElementType.DATE} else amounts
        for series in dict.fromkeys(
            Series(element.code, period, member) for period in periods for member in members
        ):
            for unit in units:
                standing = draw(st.sampled_from(_STANDINGS)) if spotty else Standing.VALUE
                if standing is Standing.MISSING:
                    continue
                if standing is Standing.NOT_APPLICABLE:
                    found.append(Fact(unit, series, None, standing))
                elif element.type is ElementType.CHOICE:
                    found.append(Fact(unit, series, draw(st.sampled_from(WORDS))))
                else:
                    amount = Fraction(0) if standing is Standing.NIL else draw(own)
                    found.append(Fact(unit, series, amount, standing))
    return gather_facts(units, found)


_STANDINGS = [Standing.VALUE] * 6 + [Standing.NIL, Standing.MISSING, Standing.NOT_APPLICABLE]
PERIODS = st.sampled_from(
    [Period(YEAR, 4, yearly=True)] * 3
    + [Period(YEAR, 1, yearly=False), Period(YEAR, 2, yearly=False), Period(YEAR, 4, yearly=False)]
)


@st.composite
def cases(draw: st.DrawFn, *, most_units: int = 7) -> Case:
    """Rules, facts and a period."""
    units = [UnitCode(f"U{number}") for number in range(draw(st.integers(1, most_units)))]
    rules = draw(rule_sets(units))
    amounts = draw(st.sampled_from([PLAIN, DECIMALS, COUNTS, st.one_of(PLAIN, GREAT), GREAT]))
    return Case(rules, draw(facts_for(rules, units, amounts)), draw(PERIODS))
