"""Every rule set that is shipped: it loads, its examples hold, and nothing forbidden can earn points."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from scoring.examples import check_examples
from scoring.methods.ladder import Ladder
from scoring.methods.piecewise import Piecewise
from scoring.proving.mutation import Verdict
from scoring.rulebook.files import read_rule_set, rule_files, rule_set_from_files
from scoring.rulebook.final_rules import Adjustment
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.rulebook.tree import Findings
from services.rule_tests import check_rule_examples

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = sorted(file.parent for file in (ROOT / "rules").glob("*/*/ruleset.yaml"))
FEWEST_EXAMPLES = 3
FULL = 100


def read(folder: Path) -> RuleSet:
    rules, issues = read_rule_set(folder)
    assert [str(issue) for issue in issues] == []
    assert rules is not None
    return rules


RULE_SETS = {folder.relative_to(ROOT / "rules").as_posix(): read(folder) for folder in FOLDERS}
NATIONAL = ROOT / "rules" / "national" / "2021"


def by_rule_set() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("rules", RULE_SETS.values(), ids=list(RULE_SETS))


def by_folder() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("folder", FOLDERS, ids=list(RULE_SETS))


def by_indicator() -> pytest.MarkDecorator:
    pairs = [(rules, each) for rules in RULE_SETS.values() for each in rules.indicators.values()]
    names = [f"{name} {code}" for name, rules in RULE_SETS.items() for code in rules.indicators]
    return pytest.mark.parametrize(("rules", "indicator"), pairs, ids=names)


def test_the_national_rule_set_of_2021_is_among_them() -> None:
    rules = RULE_SETS["national/2021"]
    sizes = len(rules.indicators), len(rules.adjustments), len(rules.clauses), len(rules.units)
    assert sizes == (57, 10, 62, 32)


@by_rule_set()
def test_every_worked_example_holds(rules: RuleSet) -> None:
    assert [str(checked.issue) for checked in check_examples(rules) if checked.issue] == []


@by_folder()
def test_every_way_of_a_rule_is_shown_by_an_example(folder: Path) -> None:
    found = check_rule_examples(folder=folder, coverage=True)
    assert [str(issue) for issue in found.uncovered.open] == []
    assert found.ways


@by_folder()
def test_every_change_of_a_number_or_word_is_noticed_by_an_example(folder: Path) -> None:
    found = check_rule_examples(folder=folder, mutate=True, jobs=2)
    assert [str(issue) for issue in found.unnoticed.open] == []
    assert found.verdicts is not None
    assert found.verdicts[Verdict.NOTICED]
    assert found.unnoticed.idle == (), "answers to changes that an example notices by now"


@by_indicator()
def test_an_indicator_is_shown_by_several_examples_with_names_of_their_own(
    rules: RuleSet, indicator: Indicator
) -> None:
    names = [example.name for example in indicator.examples]
    assert len(set(names)) == len(names) >= FEWEST_EXAMPLES, rules.code


@by_indicator()
def test_an_example_stands_on_every_threshold(rules: RuleSet, indicator: Indicator) -> None:
    shown = {example.value for example in indicator.examples}
    assert thresholds(indicator) - shown == set(), rules.code


def thresholds(indicator: Indicator) -> set[Fraction]:
    """The values at which a ladder or a line of stretches changes; of what earns nothing none matters."""
    method = indicator.method
    if indicator.statistical:
        return set()
    if isinstance(method, Ladder):
        return {rung.threshold for rung in method.rungs}
    return {knot.at for knot in method.points} if isinstance(method, Piecewise) else set()


@by_indicator()
def test_no_example_expects_points_beyond_full(rules: RuleSet, indicator: Indicator) -> None:
    expected = [example.points for example in indicator.examples if example.points is not None]
    assert all(0 <= points <= indicator.points for points in expected), rules.code


@by_rule_set()
def test_counted_adjustments_have_examples_too(rules: RuleSet) -> None:
    counted = [each for each in rules.adjustments if each.value is not None]
    assert [each.code for each in counted if len(each.examples) < FEWEST_EXAMPLES] == []


@by_rule_set()
def test_full_points_make_exactly_a_hundred_on_every_level(rules: RuleSet) -> None:
    assert rules.nodes[rules.root].points == FULL
    assert sum(indicator.points * indicator.weight for indicator in rules.indicators.values()) == FULL
    kinds = {node.kind for node in rules.nodes.values()}
    sums = {
        kind: sum(node.points or 0 for node in rules.nodes.values() if node.kind == kind) for kind in kinds
    }
    assert set(sums.values()) == {FULL}


@by_rule_set()
def test_every_clause_is_measured_or_set_aside_with_a_reason(rules: RuleSet) -> None:
    measured = {clause for indicator in rules.indicators.values() for clause in indicator.clauses}
    undecided = [
        code for code, each in rules.clauses.items() if (code in measured) == bool(each.not_assessed)
    ]
    assert undecided == []


@by_rule_set()
def test_every_rule_gives_its_reason_and_a_source_that_is_listed(rules: RuleSet) -> None:
    every: list[Indicator | Adjustment] = [*rules.indicators.values(), *rules.adjustments]
    assert [each.code for each in every if not each.reason or each.source is None] == []
    assert {each.source.document for each in every if each.source} <= set(rules.documents)


def issues_with(files: dict[str, bytes], file: str, old: str, new: str) -> list[str]:
    """The issues of the national rule set with one passage of one file replaced."""
    text = files[file].decode()
    assert text.count(old) == 1, old
    findings = Findings()
    rule_set_from_files({**files, file: text.replace(old, new).encode()}, findings)
    return [f"{issue.code} {issue.found}" for issue in findings.issues]


BANNED = [code for code, element in RULE_SETS["national/2021"].elements.items() if element.ban is not None]
RATE = "indicators/I09-1-disclosure-rate.yaml"
BONUS = "adjustments.yaml"
WEIGHED = [
    ("in a formula", RATE, "value: 100 * E602 / E601", "value: 100 * {code} / E601"),
    ("as it was last year", RATE, "value: 100 * E602 / E601", "value: 100 * E602 / last_year({code})"),
    (
        "in a branch not always taken",
        RATE,
        "100 * E602 / E601",
        "100 * E602 / (E601 if E601 > 0 else {code})",
    ),
    ("by its Chinese name", RATE, "value: 100 * E602 / E601", "value: 100 * {name} / E601"),
    ("in a bonus", BONUS, "value: AB1\n", "value: AB1 + {code}\n"),
    ("in a veto", BONUS, "when: AV1 >= 1", "when: AV1 + {code} >= 1"),
]


def ways() -> Iterator[object]:
    elements = RULE_SETS["national/2021"].elements
    for code in BANNED:
        for how, file, old, new in WEIGHED:
            name = elements[code].name
            if "{name}" not in new or name.isidentifier():
                text = new.format(code=code, name=name)
                yield pytest.param(code, file, old, text, id=f"{code} {how}")


@pytest.mark.parametrize(("code", "file", "old", "new"), list(ways()))
def test_figures_that_must_never_earn_points_are_refused_wherever_they_are_weighed(
    code: str, file: str, old: str, new: str
) -> None:
    assert f"banned-figure {code}" in issues_with(rule_files(NATIONAL), file, old, new)


def test_a_ban_cannot_be_got_round_by_giving_points_to_what_is_only_shown() -> None:
    shown = next(each for each in RULE_SETS["national/2021"].indicators.values() if each.statistical)
    found = issues_with(rule_files(NATIONAL), shown.place.file, "points: 0\n", "points: 1\n")
    assert "statistical-with-points " in found


def test_eight_figures_are_banned() -> None:
    assert len(BANNED) == 8
