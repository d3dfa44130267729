"""Mutants: what is changed where, what is left alone, and whether examples or the loader notice."""

from __future__ import annotations

import pytest

from scoring.proving.mutants import Mutant, find_mutants
from scoring.proving.mutation import MutationLab, Verdict
from scoring.rulebook.files import rule_trees
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.tree import Branch, Findings
from tests.support.rulesets import Files, changed, rules_from, small_files

RATE, COUNT, FRAME, OUTSIDE = "indicators/I1.yaml", "indicators/I2.yaml", "ruleset.yaml", "adjustments.yaml"


def trees_of(files: Files) -> dict[str, Branch]:
    return rule_trees({name: text.encode() for name, text in files.items()}, Findings())


def loaded(files: Files) -> tuple[RuleSet, dict[str, Branch]]:
    return rules_from(files), trees_of(files)


def with_changes(*changes: tuple[str, str, str]) -> Files:
    files = small_files()
    for file, old, new in changes:
        files = changed(files, file, old, new)
    return files


def said(mutants: tuple[Mutant, ...], file: str) -> list[str]:
    return [f"{each.place.line}: {each.before} → {each.after}" for each in mutants if each.file == file]


def test_every_number_and_word_of_an_indicator_that_moves_its_score_is_changed() -> None:
    assert said(find_mutants(*loaded(small_files())), RATE) == [
        "5: 60 → 61",
        "5: 60 → 59",
        "7: 100 → 101",
        "7: 100 → 99",
        "8: not_applicable → zero",
        "8: not_applicable → full",
        "8: not_applicable → no_score",
        "9: zero → full",
        "9: zero → not_applicable",
        "9: zero → no_score",
        "10: at_least: 90 → above",
        "10: 90 → 91",
        "10: 90 → 89",
        "10: 100% → 101%",
        "10: 100% → 99%",
        "10: at_least: 60 → above",
        "10: 60 → 61",
        "10: 60 → 59",
        "10: 50% → 51%",
        "10: 50% → 49%",
    ]


@pytest.mark.parametrize(
    ("changes", "file", "gone"),
    [
        ([(RATE, "value: 100 * E2 / E1", "value: E2")], RATE, "zero_denominator"),
        (
            [(RATE, "missing: zero", "missing: zero\napplicable_when: E1 > 0")],
            RATE,
            "zero_denominator",
        ),
        ([(RATE, "missing: zero", "missing: zero\ndirection: lower")], RATE, "direction"),
        (
            [
                (RATE, "points: 60\nmeasure", "points: 0\nstatistical: yes\nmeasure"),
                ("ruleset.yaml", "item-1, points: 60", "item-1, points: 0"),
                ("ruleset.yaml", "item-2, points: 40", "item-2, points: 100"),
                (COUNT, "points: 40", "points: 100"),
            ],
            RATE,
            "method",
        ),
        (
            [
                (COUNT, "missing: not", "assessed: yearly\nmissing: not"),
                (COUNT, "E3 + E7 + E8 + (E5 - issued) + population / 250", "E7 / 2"),
            ],
            COUNT,
            "assessed",
        ),
    ],
)
def test_what_cannot_move_a_score_is_left_alone(
    changes: list[tuple[str, str, str]], file: str, gone: str
) -> None:
    files = with_changes(*changes)
    paths = {each.path[0] for each in find_mutants(*loaded(files)) if each.file == file}
    assert gone in "".join(files[file])
    assert gone not in paths
    assert paths


def test_yearly_is_changed_where_a_figure_is_due_within_the_year() -> None:
    files = with_changes((COUNT, "missing: not", "assessed: yearly\nmissing: not"))
    assert "assessed" in {each.path[0] for each in find_mutants(*loaded(files)) if each.file == COUNT}


def test_examples_sources_units_and_forms_are_not_changed() -> None:
    mutants = find_mutants(*loaded({**small_files(), "examples.yaml": "examples: []\n"}))
    assert {each.file for each in mutants} == {RATE, COUNT, FRAME, OUTSIDE}
    keys = {str(step) for each in mutants for step in each.path}
    assert keys.isdisjoint({"examples", "sources", "clauses", "year", "code", "attributes"})


def test_the_mutants_of_one_rule_are_found_by_its_code() -> None:
    rules, trees = loaded(small_files())
    assert {each.file for each in find_mutants(rules, trees, "I2")} == {COUNT}
    assert [each.before for each in find_mutants(rules, trees, "item-2")] == ["40", "40"]
    assert {each.path[:2] for each in find_mutants(rules, trees, "V1")} == {("adjustments", 3)}


WHOLE = """
examples:
  - {name: 满分, given: {others: full}, expect: {total: 100, grade: 优秀, converted: 10}}
  - {name: 九十, given: {others: full, I1: 50}, expect: {total: 90, grade: 优秀}}
  - {name: 差一点, given: {others: full, I1: 49.99}, expect: {total: 89.99, grade: 合格}}
"""


@pytest.mark.parametrize(
    ("file", "path", "after", "verdict"),
    [
        (RATE, "points", "61", Verdict.NOTICED),
        (RATE, "method.rungs.0.at_least", "91", Verdict.NOTICED),
        (RATE, "method.rungs.0.at_least", "89", Verdict.UNNOTICED),
        (RATE, "method.rungs.0.at_least", "above", Verdict.NOTICED),
        (RATE, "method.rungs.1.earn", "51%", Verdict.UNNOTICED),
        (RATE, "missing", "full", Verdict.UNNOTICED),
        (COUNT, "points", "41", Verdict.NOTICED),
        (FRAME, "tree.children.0.children.0.points", "61", Verdict.REFUSED),
        (FRAME, "grades.bands.0.at_least", "91", Verdict.NOTICED),
        (FRAME, "grades.bands.0.at_least", "89", Verdict.NOTICED),
        (FRAME, "grades.bands.0.converted", "11", Verdict.NOTICED),
        (FRAME, "grades.bands.1.at_least", "61", Verdict.UNNOTICED),
        (FRAME, "rounding.total.places", "3", Verdict.UNNOTICED),
        (OUTSIDE, "adjustments.1.method.each", "0.2", Verdict.NOTICED),
        (OUTSIDE, "bonus_cap", "3", Verdict.UNNOTICED),
    ],
)
def test_a_change_is_noticed_where_an_example_stands_on_it(
    file: str, path: str, after: str, verdict: Verdict
) -> None:
    rules, trees = loaded({**small_files(), "examples.yaml": WHOLE})
    lab = MutationLab(rules, trees)
    found = [
        lab.try_mutant(each)
        for each in lab.mutants()
        if (each.file, ".".join(map(str, each.path)), each.after) == (file, path, after)
    ]
    assert found == [verdict]


def test_a_change_of_a_constant_is_noticed_by_the_indicator_that_uses_it() -> None:
    given = "{E3: 1, E7: 1, E8: 1, E5: 2021-05-17, population: 250}"
    files = small_files()
    files[COUNT] += f"examples:\n  - {{name: 例, given: {given}, expect: {{value: 5}}}}\n"
    lab = MutationLab(*loaded(files))
    moved = [each for each in lab.mutants() if each.before == "2021-05-16"]
    assert [lab.try_mutant(each) for each in moved] == [Verdict.NOTICED, Verdict.NOTICED]


def test_a_change_of_a_dated_value_is_noticed_by_an_example_of_its_time() -> None:
    dated = "{dated: [{from: 2021-01-01, to: 2021-06-30, use: %s}, {from: 2021-07-01, use: 90}]}"
    example = "  - {name: 上半年, period: 2021Q2, given: {E1: 10, E2: 8}, expect: {points: 60}}\n"
    files = changed(small_files(), RATE, "at_least: 90", "at_least: " + dated % 80)
    plain = MutationLab(*loaded(files))
    files[RATE] += example
    told = MutationLab(*loaded(files))

    def verdicts(lab: MutationLab) -> list[Verdict]:
        return [lab.try_mutant(each) for each in lab.mutants() if (each.before, each.after) == ("80", "81")]

    assert (verdicts(plain), verdicts(told)) == ([Verdict.UNNOTICED], [Verdict.NOTICED])


def verdicts_of(files: Files, *path: str) -> dict[str, Verdict]:
    lab = MutationLab(*loaded(files))
    found = [each for each in lab.mutants() if each.path[: len(path)] == path]
    return {f"{each.before} → {each.after}": lab.try_mutant(each) for each in found}


def test_a_change_of_a_definition_or_table_is_noticed_where_it_is_used() -> None:
    files = changed(small_files(), RATE, "value: 100 * E2 / E1", "value: whole * E2 / E1 + extra")
    files = changed(files, RATE, "given: {E1: 10, E2: 9}", "given: {E1: 10, E2: 9, group: 东}")
    files[FRAME] += "definitions:\n  whole: {formula: 50 + 50}\n"
    files[FRAME] += "tables:\n  extra: {by: [group], rows: {东: 0, 西: 5}}\n"
    assert verdicts_of(files, "definitions") == {
        "50 → 51": Verdict.NOTICED,
        "50 → 49": Verdict.NOTICED,
    }
    assert verdicts_of(files, "tables") == {
        "0 → 1": Verdict.NOTICED,
        "0 → -1": Verdict.NOTICED,
        "5 → 6": Verdict.UNNOTICED,
        "5 → 4": Verdict.UNNOTICED,
    }


def test_the_rows_of_a_table_of_units_are_data() -> None:
    files = changed(small_files(), RATE, "value: 100 * E2 / E1", "value: 100 * E2 / E1 + extra - extra")
    rows = "{'110000': 1, '120000': 2, '130000': 3}"
    files[FRAME] += f"tables:\n  extra: {{by: [unit], default: 7, rows: {rows}}}\n"
    assert list(verdicts_of(files, "tables")) == ["7 → 8", "7 → 6"]


def test_a_change_of_what_stands_for_a_figure_is_noticed_where_the_figure_is_used() -> None:
    element = "{code: E2, name: 办结数, measure: 件, type: integer, may_be_not_applicable: yes"
    files = changed(small_files(), "forms/F01.yaml", element, element + ", if_missing: E1 - 4")
    files[RATE] += "  - {name: 代, given: {E1: 10}, expect: {value: 60, points: 30}}\n"
    lab = MutationLab(*loaded(files))
    found = {each.text: lab.try_mutant(each) for each in lab.mutants() if each.file == "forms/F01.yaml"}
    assert found == {"E1 - 5": Verdict.NOTICED, "E1 - 3": Verdict.NOTICED}
