"""A move between two scorings is split exactly, and each cause gets what it brings in whatever order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.codes import PeriodCode, UnitCode
from scoring.engine import PlainEngine
from scoring.facts import Fact, gather_facts
from scoring.movements.moves import CAUSES, Cause, End, UnitMove, moves_between
from scoring.rulebook.rules import RuleSet
from tests.support.rulesets import facts_from, period, small_rules

ONE, TWO, THREE = UNITS = tuple(UnitCode(code) for code in ("110000", "120000", "130000"))
RATE, COUNT = "indicators/I1.yaml", "indicators/I2.yaml"
LADDER = "{kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}"
ALONE = small_rules()
AMONG_PEERS = small_rules((RATE, LADDER, "{kind: peer_range, group: all}"))
BY_STATISTIC = small_rules((COUNT, "E3 + E7 + E8 + (E5 - issued)", "units_mean(E2) - E2 + E7"))
Written = Mapping[str, Mapping[str, str]]
FIRST: Written = {
    ONE: {"E1 2021Q1": "10", "E2 2021Q1": "9"},
    TWO: {"E1 2021Q1": "10", "E2 2021Q1": "7"},
    THREE: {"E1 2021Q1": "10", "E2 2021Q1": "5"},
}
SECOND: Written = {
    ONE: {"E1 2021Q2": "10", "E2 2021Q2": "5"},
    TWO: {"E1 2021Q2": "10", "E2 2021Q2": "7"},
    THREE: {"E1 2021Q2": "10", "E2 2021Q2": "10"},
}


def both(*written: Written) -> Written:
    return {
        unit: {key: text for each in written for key, text in each.get(unit, {}).items()} for unit in UNITS
    }


def end(rules: RuleSet, written: Written, when: str, *bearing: str) -> End:
    return End(
        rules=rules,
        facts=tuple(facts_from(rules, written)),
        period=period(when),
        bearing=frozenset(map(PeriodCode, bearing)),
    )


def parts(move: UnitMove) -> tuple[dict[Cause, Fraction], dict[Cause, Fraction]]:
    return dict(zip(CAUSES, move.score.parts, strict=True)), dict(zip(CAUSES, move.rank.parts, strict=True))


def quarter_moves(
    later: Written, rules: RuleSet = AMONG_PEERS, later_rules: RuleSet | None = None
) -> list[UnitMove]:
    ends = (
        end(rules, FIRST, "2021Q1", "2021Q1"),
        end(later_rules or rules, later, "2021Q2", "2021Q1", "2021Q2"),
    )
    return list(moves_between(*ends))


@pytest.mark.parametrize(
    ("unit", "own", "others", "rank_own", "rank_others"),
    [
        # Shares of the best: 90, 70, 50 became 70, 70, 75. With only its own figures it stays at the top,
        # with only those of others too; both together bring it to the bottom.
        (ONE, "-50", "-50", "1/2", "1/2"),
        # Its share stays at 70; the field around it moves.
        (TWO, "0", "-50", "0", "0"),
        # Alone 50 becomes 75 among 90 and 70: 25 points; with the others it would be 0 before and 100 after.
        (THREE, "125/2", "75/2", "-3/2", "-1/2"),
    ],
)
def test_the_parts_of_a_quarter_are_those_reckoned_by_hand(
    unit: str, own: str, others: str, rank_own: str, rank_others: str
) -> None:
    move = {each.unit: each for each in quarter_moves(both(FIRST, SECOND))}[UnitCode(unit)]
    score, rank = parts(move)
    nothing = {Cause.RULES: 0, Cause.CORRECTIONS: 0}
    assert score == {Cause.OWN: Fraction(own), Cause.OTHERS: Fraction(others), **nothing}
    assert rank == {Cause.OWN: Fraction(rank_own), Cause.OTHERS: Fraction(rank_others), **nothing}


def test_where_nothing_differs_nothing_moved() -> None:
    same = end(AMONG_PEERS, FIRST, "2021Q1", "2021Q1")
    for move in moves_between(same, same):
        assert {*move.score.parts, *move.rank.parts, move.score.rest, move.rank.rest} == {Fraction(0)}


def test_where_only_its_own_figures_are_new_all_is_its_own() -> None:
    earlier = end(AMONG_PEERS, FIRST, "2021Q2", "2021Q1")
    later = end(AMONG_PEERS, both(FIRST, {THREE: SECOND[THREE]}), "2021Q2", "2021Q1", "2021Q2")
    move = {each.unit: each for each in moves_between(earlier, later)}[THREE]
    assert move.score.whole == move.score.parts[CAUSES.index(Cause.OWN)] == 25
    assert move.rank.whole == move.rank.parts[CAUSES.index(Cause.OWN)] == -1


def test_a_restated_figure_of_a_period_known_to_both_is_a_correction_whosever_it_is() -> None:
    restated = both(FIRST, {ONE: {"E2 2021Q1": "7"}})
    ends = (end(AMONG_PEERS, each, "2021Q1", "2021Q1") for each in (FIRST, restated))
    for move in moves_between(*ends):
        assert move.score.whole == move.score.parts[CAUSES.index(Cause.CORRECTIONS)]
    assert move.rank.rest == 0


def test_a_figure_handed_in_late_or_taken_back_is_a_correction() -> None:
    lacking = both(FIRST, {})
    lacking = {**lacking, THREE: {"E1 2021Q1": "10"}}
    ends = [end(AMONG_PEERS, each, "2021Q1", "2021Q1") for each in (FIRST, lacking)]
    for pair in (ends, ends[::-1]):
        for move in moves_between(*pair):
            assert move.score.whole == move.score.parts[CAUSES.index(Cause.CORRECTIONS)]


def test_where_only_the_rules_differ_all_is_theirs() -> None:
    ends = (end(rules, FIRST, "2021Q1", "2021Q1") for rules in (ALONE, AMONG_PEERS))
    for move in moves_between(*ends):
        assert move.score.whole == move.score.parts[CAUSES.index(Cause.RULES)]


def test_a_unit_that_only_one_of_the_rule_sets_knows_comes_by_the_rules() -> None:
    fewer = ALONE.with_units({unit: ALONE.units[unit] for unit in (ONE, TWO)})
    ends = (
        end(fewer, {ONE: FIRST[ONE], TWO: FIRST[TWO]}, "2021Q1", "2021Q1"),
        end(ALONE, FIRST, "2021Q1", "2021Q1"),
    )
    move = {each.unit: each for each in moves_between(*ends)}[THREE]
    assert move.before is None
    assert move.after is not None
    assert move.score.whole == (move.after.score or 0)
    assert move.score.rest == 0


FIGURES = st.integers(0, 12)
WORLD = st.lists(st.tuples(FIGURES, FIGURES), min_size=3, max_size=3)


def world(figures: Sequence[tuple[int, int]]) -> Written:
    return {
        unit: {"E1 2021Q1": str(asked), "E2 2021Q1": str(done), "E7 2021": "2"}
        for unit, (asked, done) in zip(UNITS, figures, strict=True)
    }


def scored(rules: RuleSet, facts: Sequence[Fact], unit: UnitCode) -> tuple[Fraction, Fraction]:
    result = next(
        each
        for each in PlainEngine(rules, gather_facts(rules.units, facts), period("2021")).results
        if each.unit == unit
    )
    return result.score or Fraction(0), Fraction(4 if result.rank is None else result.rank)


@settings(max_examples=25, deadline=None)
@given(
    before=WORLD,
    after=WORLD,
    rules=st.sampled_from([ALONE, AMONG_PEERS, BY_STATISTIC]),
    changes=st.booleans(),
)
def test_each_cause_gets_the_mean_over_all_orders_of_scoring_the_mixtures_whole(
    before: list[tuple[int, int]], after: list[tuple[int, int]], rules: RuleSet, changes: bool
) -> None:
    # No period is known to both, so that all figures are new although the period is the same: every mixture
    # can then be scored from facts alone.
    later_rules = replace(AMONG_PEERS, bonus_cap=Fraction(0)) if changes else rules
    ends = end(rules, world(before), "2021"), end(later_rules, world(after), "2021")
    for move in moves_between(*ends):

        def worth(taken: frozenset[Cause], unit: UnitCode = move.unit) -> tuple[Fraction, Fraction]:
            facts = [
                fact
                for late, each in enumerate(ends)
                for fact in each.facts
                if ((Cause.OWN if fact.unit == unit else Cause.OTHERS) in taken) == bool(late)
            ]
            return scored(ends[Cause.RULES in taken].rules, facts, unit)

        for place, split in enumerate((move.score, move.rank)):
            assert split.parts == by_all_orders(worth, place)
            assert split.rest == 0


def by_all_orders(worth: object, place: int) -> tuple[Fraction, ...]:
    assert callable(worth)
    causes = [cause for cause in CAUSES if cause is not Cause.CORRECTIONS]
    sums = dict.fromkeys(CAUSES, Fraction(0))
    orders = list(permutations(causes))
    for order in orders:
        for step, cause in enumerate(order):
            taken = frozenset(order[:step])
            sums[cause] += worth(taken | {cause})[place] - worth(taken)[place]
    return tuple(each / len(orders) for each in sums.values())


@settings(max_examples=40, deadline=None)
@given(first=WORLD, second=WORLD, restated=WORLD, changes=st.booleans())
def test_the_parts_always_sum_to_the_move(
    first: list[tuple[int, int]],
    second: list[tuple[int, int]],
    restated: list[tuple[int, int]],
    changes: bool,
) -> None:
    later: dict[str, Mapping[str, str]] = {
        unit: {**world(restated)[unit], "E1 2021Q2": str(asked), "E2 2021Q2": str(done)}
        for unit, (asked, done) in zip(UNITS, second, strict=True)
    }
    rules = ALONE if changes else AMONG_PEERS
    earlier = end(rules, world(first), "2021Q1", "2021Q1")
    for move in moves_between(earlier, end(AMONG_PEERS, later, "2021Q2", "2021Q1", "2021Q2")):
        before, after = (
            each.score or Fraction(0) if each else Fraction(0) for each in (move.before, move.after)
        )
        assert sum(move.score.parts) == after - before
        places = [4 if each is None or each.rank is None else each.rank for each in (move.before, move.after)]
        assert sum(move.rank.parts) == Fraction(places[1]) - Fraction(places[0])
