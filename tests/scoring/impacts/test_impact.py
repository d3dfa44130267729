"""What a change of rules moves: every rule set in between can be scored, and the parts are the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.codes import UnitCode
from scoring.engine import PlainEngine
from scoring.facts import Facts, gather_facts
from scoring.impacts.change_groups import ChangeGroup, group_changes
from scoring.impacts.impact import PeriodImpact, Watched, period_impact, unit_results
from scoring.impacts.rule_mixing import Edit, mixed
from scoring.rulebook.differences.changes import Act
from scoring.rulebook.differences.difference import plain_changes
from scoring.rulebook.rules import RuleSet
from tests.support.rule_edits import EDITS, edited_rules, split_indicator
from tests.support.rulesets import facts_from, period, small_rules

SMALL = small_rules()
YEAR = period("2021")
UNITS = ("110000", "120000", "130000")
FIGURES = ("E1", "E2", "E3[药监]", "E7", "E8", "E5", "X2", "X3", "E6", "X1[I1]")
ONCE = {
    "E7": "2021",
    "E8": "2021H1",
    "E5": "2021Q1",
    "X2": "2021",
    "X3": "2021",
    "E6": "2021",
    "X1[I1]": "2021",
}
WORDS = {"E5": st.sampled_from(["2021-05-20", "2021-06-01"]), "E6": st.sampled_from(["是", "否"])}
COUNTS = st.integers(0, 12).map(str)
Written = Mapping[str, Mapping[str, str]]


def written(unit_figures: Sequence[Mapping[str, str]]) -> Written:
    return {
        unit: {f"{name} {ONCE.get(name, '2021Q4')}": text for name, text in figures.items()}
        for unit, figures in zip(UNITS, unit_figures, strict=True)
    }


FIGURES_OF_ALL = st.lists(
    st.fixed_dictionaries({}, optional={name: WORDS.get(name, COUNTS) for name in FIGURES}),
    min_size=3,
    max_size=3,
).map(written)
SOME_EDITS = st.lists(st.sampled_from(sorted(EDITS)), unique=True, min_size=1, max_size=6)
SAMPLE = written(
    [
        {
            "E1": "10",
            "E2": "9",
            "E7": "3",
            "E8": "5",
            "E5": "2021-06-01",
            "E3[药监]": "2",
            "X2": "1",
            "E6": "是",
        },
        {
            "E1": "10",
            "E2": "7",
            "E7": "1",
            "E8": "2",
            "E5": "2021-05-20",
            "E3[药监]": "1",
            "X2": "2",
            "E6": "是",
        },
        {
            "E1": "10",
            "E2": "5",
            "E7": "9",
            "E8": "9",
            "E5": "2021-05-20",
            "E3[药监]": "9",
            "X3": "5",
            "E6": "否",
        },
    ]
)


def facts_for(rules: RuleSet, figures: Written) -> Facts:
    """The facts for the units that a rule set has; those of others are left away."""
    whole = list(facts_from(SMALL.with_units({**SMALL.units, **rules.units}), figures))
    return gather_facts(rules.units, (fact for fact in whole if fact.unit in rules.units))


def groups_of(before: RuleSet, after: RuleSet) -> tuple[ChangeGroup, ...]:
    return group_changes(before, after, plain_changes(before, after))


def impact_of(before: RuleSet, after: RuleSet, figures: Written) -> PeriodImpact:
    ends = tuple(unit_results(each, facts_for(each, figures), YEAR) for each in (before, after))
    held = {**before.units, **after.units}
    whole = list(facts_from(SMALL.with_units(held), figures))

    def facts_of(units: Iterable[UnitCode]) -> Facts:
        order = tuple(units)
        return gather_facts(order, (fact for fact in whole if fact.unit in order))

    return period_impact((before, after), facts_of, YEAR, (ends[0], ends[1]))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(SOME_EDITS, FIGURES_OF_ALL)
def test_taking_all_changes_scores_as_the_later_rule_set_does(names: list[str], figures: Written) -> None:
    after = edited_rules(names)
    edits = frozenset(edit for group in groups_of(SMALL, after) for edit in group.edits)
    facts = facts_for(after, figures)
    assert unit_results(mixed(SMALL, after, edits), facts, YEAR) == unit_results(after, facts, YEAR)
    assert unit_results(mixed(SMALL, after, ()), facts, YEAR) == unit_results(SMALL, facts, YEAR)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(SOME_EDITS, FIGURES_OF_ALL)
def test_both_engines_agree_on_every_rule_set_in_between(names: list[str], figures: Written) -> None:
    after = edited_rules(names)
    groups = groups_of(SMALL, after)
    for taken in chain.from_iterable(combinations(groups, size) for size in (1, len(groups) - 1)):
        rules = mixed(SMALL, after, frozenset(edit for group in taken for edit in group.edits))
        facts = facts_for(rules, figures)
        plain = {each.unit: each for each in PlainEngine(rules, facts, YEAR).results}
        assert unit_results(rules, facts, YEAR) == plain


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(SOME_EDITS, FIGURES_OF_ALL)
def test_the_parts_of_every_unit_are_its_whole_difference(names: list[str], figures: Written) -> None:
    found = impact_of(SMALL, edited_rules(names), figures)
    for unit in found.units:
        assert unit.points.whole == unit.gain
        assert unit.points.rest == unit.rank.rest == unit.grade.rest == 0
        if unit.before and unit.after and unit.before.rank and unit.after.rank:
            assert unit.rank.whole == unit.after.rank - unit.before.rank


@pytest.mark.parametrize("name", EDITS)
def test_each_change_is_a_group_by_itself(name: str) -> None:
    (group,) = groups_of(SMALL, edited_rules([name]))
    assert group.changes
    assert group.title


def test_changes_that_have_nothing_to_do_with_each_other_are_groups_of_their_own() -> None:
    apart = ["threshold", "per case", "weights", "grade", "ranking", "total rounding", "bonus", "cap", "veto"]
    groups = groups_of(SMALL, edited_rules(apart))
    assert len(groups) == len(apart)
    assert sorted(len(group.changes) for group in groups) == [1] * (len(apart) - 2) + [2, 4]


def test_points_that_move_under_one_node_are_one_group_and_the_sums_stay() -> None:
    after = edited_rules(["weights", "threshold"])
    groups = groups_of(SMALL, after)
    assert [len(group.changes) for group in groups] == [4, 1]
    for group in groups:
        rules = mixed(SMALL, after, group.edits)
        section = rules.nodes[rules.nodes[rules.root].children[0]]
        assert sum(rules.nodes[code].points or 0 for code in section.children) == 100


def test_a_constant_goes_with_the_formulas_that_name_it() -> None:
    (group,) = groups_of(SMALL, edited_rules(["constant", "per case"]))
    assert {change.container for change in group.changes} == {"indicators", "constants"}


def test_new_names_of_grades_go_with_what_pulls_grades_down_to_them() -> None:
    (group,) = groups_of(SMALL, edited_rules(["grade names"]))
    assert Edit("grades") in group.edits
    assert Edit("adjustments", "V3") in group.edits


def test_an_indicator_that_comes_goes_with_the_one_whose_points_it_gets() -> None:
    after = split_indicator()
    groups = groups_of(SMALL, after)
    titles = [group.title for group in groups]
    assert len(groups) == 1, titles
    found = impact_of(SMALL, after, SAMPLE)
    assert all(unit.points.rest == 0 for unit in found.units)
    assert any(unit.gain for unit in found.units)


def test_what_moves_no_points_is_in_no_group() -> None:
    renamed = replace(SMALL, title="别的名称")
    assert groups_of(SMALL, renamed) == ()
    found = impact_of(SMALL, renamed, SAMPLE)
    assert not any(unit.moves for unit in found.units)
    assert {len(found.moved(what)) for what in Watched} == {0}


def test_who_wins_and_who_loses_is_said_unit_by_unit() -> None:
    found = impact_of(SMALL, edited_rules(["threshold", "grade", "veto"]), SAMPLE)
    by_unit = {unit.unit: unit for unit in found.units}
    assert tuple(by_unit) == UNITS
    assert UnitCode("120000") in [unit.unit for unit in found.moved(Watched.RANK)]
    moved = by_unit[UnitCode("120000")]
    assert moved.before is not None
    assert moved.after is not None
    assert (moved.before.rank is None, moved.after.rank is None) == (False, True)
    veto = next(place for place, group in enumerate(found.groups) if group.changes[0].code == "V1")
    assert [part for place, part in enumerate(moved.rank.parts) if place != veto and part] == []


def test_a_unit_of_only_one_rule_set_has_one_side_only() -> None:
    units = dict(SMALL.units)
    del units[UnitCode("130000")]
    found = impact_of(replace(SMALL, units=units), SMALL, SAMPLE)
    new = next(unit for unit in found.units if unit.unit == "130000")
    assert new.before is None
    assert new.after is not None
    assert new.moved(Watched.GRADE)
    assert new.points.whole == new.gain == new.after.score
    assert new.points.rest == 0


def test_without_a_total_the_gain_counts_from_nothing() -> None:
    after = small_rules(("indicators/I1.yaml", "missing: zero", "missing: no_score"))
    figures = {**SAMPLE, "110000": {}}
    found = impact_of(SMALL, after, figures)
    first = found.units[0]
    assert first.before is not None
    assert first.after is not None
    assert first.after.score is None
    assert first.gain == -(first.before.score or Fraction(0))
    assert first.points.whole == first.gain


def test_more_changes_than_can_be_combined_leave_a_stated_rest() -> None:
    many = [name for name in EDITS if name not in {"constant", "population"}]
    found = impact_of(SMALL, edited_rules(many), SAMPLE)
    assert len(found.groups) > 8
    assert not found.exact
    assert any(unit.points.rest for unit in found.units)
    for unit in found.units:
        assert unit.points.whole == unit.gain


def test_an_indicator_under_another_code_moves_nothing() -> None:
    rules = {**SMALL.indicators}
    old = rules.pop(next(code for code in rules if code == "I2"))
    new = replace(old, code=type(old.code)("I9"))
    item = SMALL.nodes[old.parent]
    after = replace(
        SMALL,
        indicators={**rules, new.code: new},
        nodes={**SMALL.nodes, item.code: replace(item, children=(new.code,))},
    )
    changes = [change for change in plain_changes(SMALL, after) if change.container == "indicators"]
    assert [change.act for change in changes] == [Act.RENUMBERED]
    found = impact_of(SMALL, after, SAMPLE)
    assert not any(unit.moves for unit in found.units)
