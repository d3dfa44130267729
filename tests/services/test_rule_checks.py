"""The whole check of a rule-set folder."""

from __future__ import annotations

from pathlib import Path

from services.rule_checks import check_rule_files
from tests.support.rulesets import Files, changed
from tests.support.rulesets import small_files as small_files_with_a_clash

FORM, RATE = "forms/F01.yaml", "indicators/I1.yaml"
SUM = "E3 + E7 + E8 + (E5 - issued) + population / 250"


def small_files() -> Files:
    """The small rule set, but that it adds up figures of one measure only."""
    return changed(
        small_files_with_a_clash(), "indicators/I2.yaml", SUM, "E3 + 1 * E7 + 1 * E8 + 1 * (E5 - issued)"
    )


def written(folder: Path, files: Files) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def spare(answer: str = "") -> Files:
    line = f"  - {{code: X9, name: 多余, measure: 件, type: integer{answer}}}\n"
    return changed(small_files(), FORM, "  - {code: X3,", f"{line}  - {{code: X3,")


def test_an_answered_finding_is_listed_with_its_reason_and_counts_no_more(tmp_path: Path) -> None:
    bare = check_rule_files(folder=written(tmp_path / "bare", spare()))
    assert "unused-element" in [issue.code for issue in bare.open]
    answer = ", accept: [{finding: unused-element, reason: 留着备查}]"
    check = check_rule_files(folder=written(tmp_path / "answered", spare(answer)))
    assert "unused-element" not in [issue.code for issue in check.open]
    assert ("unused-element", "留着备查") in [
        (each.issue.code, each.answer.reason) for each in check.answered
    ]


def test_only_hard_issues_fail_unless_it_is_strict(tmp_path: Path) -> None:
    soft = check_rule_files(folder=written(tmp_path / "soft", spare()))
    assert not soft.fails(strict=False)
    assert soft.fails(strict=True)
    broken = changed(small_files(), RATE, "points: 60\n", "points: 59\n")
    assert check_rule_files(folder=written(tmp_path / "hard", broken)).fails(strict=False)


def test_an_answer_that_nothing_needs_is_told(tmp_path: Path) -> None:
    idle = "points: 60\naccept: [{finding: unused-element, reason: 不改}]\n"
    files = changed(small_files(), RATE, "points: 60\n", idle)
    check = check_rule_files(folder=written(tmp_path, files))
    told = [issue for issue in check.open if issue.code == "accept-unneeded"]
    assert [(issue.place.file, issue.place.line) for issue in told] == [(RATE, 6)]


def test_hard_issues_come_first_and_then_the_order_of_the_files(tmp_path: Path) -> None:
    wrong = changed(spare(), RATE, "expect: {value: 90, points: 60}", "expect: {value: 91}")
    check = check_rule_files(folder=written(tmp_path, wrong))
    places = [(issue.severity, issue.place.file, issue.place.line) for issue in check.open]
    assert places == sorted(places, key=lambda each: (each[0] != "hard", *each[1:]))
    assert check.open[0].code == "example-fails"


def test_what_does_not_go_together_is_refused_though_it_could_be_scored(tmp_path: Path) -> None:
    check = check_rule_files(folder=written(tmp_path, small_files_with_a_clash()))
    assert check.fails(strict=False)
    assert "measure-mixed" in [issue.code for issue in check.open]
