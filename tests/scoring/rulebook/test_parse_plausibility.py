"""The limits of doubt, as ruleset.yaml says them, and the sums that no rule may make."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.codes import ElementCode
from scoring.errors import Severity
from scoring.rulebook.plausibility import ChangeRule, LastDigitRule, Plausibility
from tests.support.rulesets import changed, load, rules_from, small_files

FRAME, FORM = "ruleset.yaml", "forms/F01.yaml"
E2 = "- {code: E2, "


def written(block: str) -> dict[str, str]:
    return dict(changed(small_files(), FRAME, "tree:\n", f"plausibility:\n{block}tree:\n"))


def with_form(*changes: tuple[str, str]) -> dict[str, str]:
    files = dict(small_files())
    for old, new in changes:
        files = dict(changed(files, FORM, old, new))
    return files


def test_a_rule_set_that_says_nothing_looks_for_nothing() -> None:
    assert rules_from(small_files()).plausibility == Plausibility()


def test_limits_are_taken_as_written_and_the_others_are_the_common_ones() -> None:
    block = "  change: {elements: [E1], over: 25%, source: 甲}\n  last_digit: {chance: 0.2%, source: 乙}\n"
    found = rules_from(written(block)).plausibility
    assert found == Plausibility(
        change=ChangeRule(elements=(ElementCode("E1"),), over=Fraction(1, 4), base=Fraction(30), source="甲"),
        last_digit=LastDigitRule(figures=40, at_least=Fraction(100), chance=Fraction(1, 500), source="乙"),
    )


@pytest.mark.parametrize(
    ("block", "says"),
    [
        ("  change: {}\n", "source"),
        ("  change: {over: 0%, source: 甲}\n", "over 要大于 0"),
        ("  change: {elements: [E9], source: 甲}\n", "没有数据项 E9"),
        ("  history: {periods: 2, source: 甲}\n", "periods 至少是 3"),
        ("  history: {robust_z: 0, source: 甲}\n", "robust_z 要大于 0"),
        ("  peers: {per: people, source: 甲}\n", "没有单位属性 people"),
        ("  same_figure: {periods: 1, source: 甲}\n", "periods 至少是 2"),
        ("  last_digit: {chance: 1, source: 甲}\n", "chance"),
        ("  on_threshold: {periods: 41, source: 甲}\n", "periods"),
        ("  equal_block: {figures: 1, source: 甲}\n", "figures 至少是 2"),
        ("  equal_blocks: {}\n", "equal_blocks"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_place(block: str, says: str) -> None:
    _, issues = load(written(block))
    (issue,) = issues
    assert issue.severity is Severity.HARD
    assert says in issue.zh
    assert issue.place.file == FRAME
    assert issue.place.line is not None


@pytest.mark.parametrize("code", ["E5", "E6"])
def test_days_and_words_are_no_numbers_to_be_doubted(code: str) -> None:
    _, issues = load(written(f"  change: {{elements: [{code}], source: 甲}}\n"))
    (issue,) = issues
    assert (issue.code, issue.found, issue.place.file) == ("not-a-number", code, FRAME)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("E2 + E1 <= 100", True),
        ("E2 <= 2 * E2 + E1 * 3", True),
        ("0 <= 5 - E1 - (E2 - 1)", True),
        ("max(0, E1 + 1 + E2) <= 100", True),
        ("E2 <= E1", False),
        ("E2 - E1 <= 0", False),
        ("E1 + previous(E1) <= 100", False),
        ("E1 + E2 / E1 <= 100", False),
    ],
)
def test_overlapping_figures_are_never_added(rule: str, told: bool) -> None:
    files = with_form(
        ("rule: E2 <= E1", f"rule: {rule!r}"), ("elements:\n", "overlapping: [E1, E2]\nelements:\n")
    )
    _, issues = load(files)
    assert ("overlapping-summed" in {issue.code for issue in issues}) is told
    for issue in issues if told else ():
        assert "E1、E2" in issue.zh
        assert (issue.place.file, issue.place.line is None) == (FORM, False)


def test_only_elements_of_the_form_overlap() -> None:
    _, issues = load(with_form(("elements:\n", "overlapping: [E1, E99]\nelements:\n")))
    assert [(issue.code, issue.found) for issue in issues] == [("unknown-name", "E99")]


@pytest.mark.parametrize(("over_time", "codes"), [("last", []), ("sum", ["wrong-form"])])
def test_only_the_last_of_several_numbers_counts_from_the_beginning_of_the_year(
    over_time: str, codes: list[str]
) -> None:
    _, issues = load(with_form((E2, f"{E2}over_time: {over_time}, cumulative: yes, ")))
    assert [issue.code for issue in issues] == codes
