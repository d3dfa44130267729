"""What holds of every scoring, whatever was reported: order is nothing, sums add up, places follow scores."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.codes import UnitCode
from scoring.engine import PlainEngine, Scoring
from scoring.facts import gather_facts
from scoring.methods.attain import Attain
from scoring.methods.base import FULL, Method, Quantity, Subject
from scoring.methods.credit import Credit
from scoring.methods.deduction import Deduction
from scoring.methods.direct import Direct
from scoring.methods.ladder import Ladder, Rung
from scoring.methods.peer_quantiles import PeerQuantiles, QuantileBand
from scoring.methods.peer_range import PeerRange
from scoring.methods.peer_rank import PeerRank
from scoring.methods.piecewise import Knot, Piecewise
from scoring.methods.slope import Slope
from scoring.results import Outcome
from scoring.rulebook.rules import RuleSet
from tests.support.rulesets import facts_from, period, small_rules

ROOT = Path(__file__).resolve().parents[2]
UNITS = ("110000", "120000", "130000")
LADDER = "{kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}"
RATE, RULESET = "indicators/I1.yaml", "ruleset.yaml"
Written = Mapping[str, Mapping[str, str]]


def with_method(text: str) -> RuleSet:
    passage = "    expect: {value: 90, points: 60}\n"
    return small_rules((RATE, LADDER, text), (RATE, passage, "    expect: {value: 90}\n"))


RULE_SETS = [
    small_rules(),
    with_method("{kind: slope, target: 90, deduct: 0.7}"),
    with_method("{kind: peer_range, group: all}"),
    with_method("{kind: peer_rank, ties: mean}"),
    with_method("{kind: peer_quantiles, bands: [{at_least: P50, earn: 100%}, {at_least: P25, earn: 30%}]}"),
    small_rules((RULESET, "points: 100\n  rescale: yes", "points: 100\n  aggregate: geometric")),
    small_rules((RATE, "missing: zero", "missing: no_score")),
]

counts = st.integers(0, 30).map(str)
figures = st.one_of(counts, st.sampled_from(["NA", "NIL"]))
reports = st.fixed_dictionaries(
    {},
    optional={
        **{f"{code} 2021Q{quarter}": figures for code in ("E1", "E2") for quarter in (1, 2, 3, 4)},
        **{f"E3[{line}] 2021": figures for line in ("市场监管", "药监")},
        **{f"{code} 2021": counts for code in ("E7", "X2", "X3", "X1[I1]", "X1[I2]")},
        "E5 2021Q2": st.sampled_from(["2021-05-16", "2021-06-30", "NA"]),
        "E6 2021": st.sampled_from(["是", "否", "NA"]),
        "E8 2021H1": figures,
    },
)
complete = st.fixed_dictionaries(
    {
        "E1 2021": st.integers(1, 30).map(str),
        "E2 2021": counts,
        **{f"E3[{line}] 2021": counts for line in ("市场监管", "药监")},
        **{f"{code} 2021": counts for code in ("E7", "E8")},
        "E5 2021Q2": st.sampled_from(["2021-05-16", "2021-06-30"]),
    },
    optional={"X1[I1] 2021": counts},
)
written = st.fixed_dictionaries(dict.fromkeys(UNITS, reports))
periods = st.sampled_from(["2021Q1", "2021Q2", "2021Q3", "2021"])


def scored(rules: RuleSet, facts: Written, when: str) -> Scoring:
    return PlainEngine(rules, facts_from(rules, facts), period(when)).score()


@given(st.sampled_from(RULE_SETS), written, periods, st.permutations(UNITS), st.randoms())
def test_the_order_of_units_and_of_facts_changes_nothing(
    rules: RuleSet, facts: Written, when: str, order: list[str], chance: object
) -> None:
    as_given = facts_from(rules, facts)
    moved = list(as_given)
    chance.shuffle(moved)  # type: ignore[attr-defined]
    units = {UnitCode(code): rules.units[UnitCode(code)] for code in order}
    other = PlainEngine(replace(rules, units=units), gather_facts(units, moved), period(when)).score()
    first = PlainEngine(rules, as_given, period(when)).score()
    assert (other.scores, other.results, other.adjustments) == (
        first.scores,
        first.results,
        first.adjustments,
    )
    assert list(other.results) == order


@given(st.sampled_from(RULE_SETS), written, periods)
def test_scoring_again_gives_the_same(rules: RuleSet, facts: Written, when: str) -> None:
    assert scored(rules, facts, when) == scored(rules, facts, when)


@given(st.fixed_dictionaries(dict.fromkeys(UNITS, complete)))
def test_where_nothing_is_left_out_every_node_is_the_sum_of_its_children(facts: Written) -> None:
    rules = RULE_SETS[0]
    scoring = scored(rules, facts, "2021")
    for unit in map(UnitCode, UNITS):
        for code, node in rules.nodes.items():
            points = [scoring.scores[unit, child].points or 0 for child in node.children]
            assert scoring.scores[unit, code].points == sum(points)
            assert scoring.scores[unit, code].full == node.points


@given(st.sampled_from(RULE_SETS), written, periods)
def test_no_node_earns_less_than_nothing_or_more_than_it_could(
    rules: RuleSet, facts: Written, when: str
) -> None:
    for score in scored(rules, facts, when).scores.values():
        assert score.points is None or 0 <= score.points <= score.full
        if score.outcome.left_out:
            assert [score.points, score.full] == [0, 0]


@given(st.sampled_from(RULE_SETS), written, periods)
def test_only_a_score_that_rests_on_a_value_is_called_scored(
    rules: RuleSet, facts: Written, when: str
) -> None:
    for score in scored(rules, facts, when).scores.values():
        if score.node in rules.indicators:
            assert (score.value is None) is (score.outcome not in {Outcome.SCORED, Outcome.VOIDED})


@given(st.sampled_from(RULE_SETS), written, periods)
def test_places_follow_scores(rules: RuleSet, facts: Written, when: str) -> None:
    results = [each for each in scored(rules, facts, when).results.values() if each.rank is not None]
    for one in results:
        better = [other for other in results if other.rank is not None and other.rank < (one.rank or 0)]
        assert all(other.final >= one.final for other in better)  # type: ignore[operator]
        assert one.rank == 1 + len(better)
        assert (one.group_rank or 0) <= one.rank


@given(st.sampled_from(RULE_SETS), written, periods)
def test_places_of_inner_nodes_count_those_with_more_points(
    rules: RuleSet, facts: Written, when: str
) -> None:
    scoring = scored(rules, facts, when)
    for code in rules.nodes:
        nodes = [scoring.scores[UnitCode(unit), code] for unit in UNITS]
        points = [node.points for node in nodes if node.points is not None and not node.outcome.left_out]
        for node in nodes:
            own = node.points
            if node.rank is None or own is None:
                assert own is None or node.outcome.left_out
            else:
                assert node.rank == 1 + sum(other > own for other in points)


numbers = st.fractions(-200, 200, max_denominator=1000)
sizes = st.fractions(0, 50, max_denominator=100)
positive = st.fractions(Fraction(1, 100), 50, max_denominator=100)
falling_shares = st.lists(st.integers(0, 100), min_size=3, max_size=3).map(
    lambda each: sorted(each, reverse=True)
)


def share(percent: int) -> Quantity:
    return Quantity(Fraction(percent, 100), of_full=True)


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    limits = sorted(draw(st.sets(numbers, min_size=2, max_size=2)), reverse=True)
    earns = draw(falling_shares)
    test = draw(st.sampled_from(["at_least", "above"]))
    rungs = tuple(Rung(test, limit, share(earn)) for limit, earn in zip(limits, earns, strict=False))
    return Ladder(rungs=rungs, otherwise=share(earns[-1]))


@st.composite
def lines(draw: st.DrawFn) -> Piecewise:
    places = sorted(draw(st.sets(numbers, min_size=3, max_size=3)))
    earns = reversed(draw(falling_shares))
    return Piecewise(points=tuple(Knot(at, share(earn)) for at, earn in zip(places, earns, strict=True)))


slopes = st.builds(
    Slope,
    target=numbers,
    deduct=sizes,
    per=positive,
    add=sizes,
    steps=st.sampled_from(["continuous", "whole", "started"]),
)
attains = st.builds(lambda start, distance: Attain(target=start + distance, start=start), numbers, positive)
RISING = st.one_of(ladders(), lines(), slopes, attains, st.builds(Credit, each=sizes), st.just(Direct()))
fulls = st.fractions(0, 100, max_denominator=10)


@given(RISING, numbers, numbers, fulls)
def test_more_never_means_fewer_points_by_a_rising_method(
    method: Method, one: Fraction, other: Fraction, full: Fraction
) -> None:
    less, more = sorted((one, other))
    assert method.award(Subject(less, full)).points <= method.award(Subject(more, full)).points


@given(slopes, numbers, numbers, fulls)
def test_less_never_means_fewer_points_where_lower_is_better(
    method: Slope, one: Fraction, other: Fraction, full: Fraction
) -> None:
    less, more = (Subject(value, full, higher_is_better=False) for value in sorted((one, other)))
    assert method.award(less).points >= method.award(more).points


BANDS = PeerQuantiles(bands=(QuantileBand(Fraction(3, 4), FULL), QuantileBand(Fraction(1, 4), share(40))))
ABSOLUTE = st.one_of(RISING, st.builds(Deduction, each=sizes))
RELATIVE = st.sampled_from([BANDS, PeerRange(), PeerRange(best="min"), PeerRank(), PeerRank(ties="mean")])


@given(st.one_of(ABSOLUTE, RELATIVE), st.lists(numbers, min_size=1, max_size=8), fulls, st.booleans())
def test_points_lie_between_nothing_and_full_by_every_method_with_the_usual_limits(
    method: Method, values: list[Fraction], full: Fraction, higher: bool
) -> None:
    award = method.award(Subject(values[0], full, higher, sorted(values)))
    assert 0 <= award.points <= full
    assert award.steps


@given(RELATIVE, st.lists(numbers, min_size=1, max_size=8), numbers, fulls)
def test_among_peers_the_better_never_earns_less(
    method: Method, values: list[Fraction], one: Fraction, full: Fraction
) -> None:
    assume(not isinstance(method, PeerRange) or method.best == "max")
    peers = sorted([*values, one])
    points = [method.award(Subject(value, full, True, peers)).points for value in peers]
    assert points == sorted(points)


def digests_under(seed: str) -> str:
    """The digests of rules, facts and results, reckoned by a process with this seed of hashing."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.national_digests"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PYTHONHASHSEED": seed},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_digests_and_results_do_not_hang_on_the_seed_of_hashing() -> None:
    found = {digests_under(seed) for seed in ("0", "1", "4294967295")}
    assert [len(digests.split()) for digests in found] == [3]
