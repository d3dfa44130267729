"""The first thing said of a wrong workbook: whose it is, whose is wanted, and how the figures get over."""

from __future__ import annotations

import pytest

from intake.cells import CellKind
from intake.labels import META_SHEET, TEMPLATE_VERSION
from intake.report import Intake, Verdict
from scoring.codes import UnitCode
from scoring.errors import Severity
from tests.support.reports import agreeing_workbook, new_cell, taken, with_cells

ROWS = {"template_version": 1, "rule_set": 2, "forms_digest": 3, "unit": 4, "period": 5, "provider": 6}
RIGHT = (
    f"北京市（110000）2021年第四季度的模板（省级报送，模板第 {TEMPLATE_VERSION} 版，规则 national-2021 1.0）"
)


def marked(**marks: str) -> Intake:
    """What is said of a report in order whose hidden sheet says something else."""
    changes = {
        (META_SHEET, f"B{ROWS[key]}"): lambda name, at, text=text: new_cell(name, at, CellKind.TEXT, text)
        for key, text in marks.items()
    }
    return taken(with_cells(agreeing_workbook(), changes))


@pytest.mark.parametrize(
    ("key", "value", "code", "words"),
    [
        (
            "unit",
            "120000",
            "wrong-unit",
            "单位不对：模板是“天津市（120000）”的，本次报送的单位是“北京市（110000）”。",
        ),
        ("unit", "999999", "wrong-unit", "单位不对：模板是“999999”的，"),
        (
            "period",
            "2021Q2",
            "wrong-period",
            "报告期不对：模板是“2021年第二季度”的，本次报送的是“2021年第四季度”。",
        ),
        ("period", "2020Q4", "wrong-period", "“2020年第四季度”"),
        ("period", "2021Q9", "wrong-period", "“2021Q9”"),
        (
            "provider",
            "ministry",
            "wrong-provider",
            "模板由“国家部门提供”填报，本次报送的填报方是“省级报送”。",
        ),
        (
            "rule_set",
            "national-2020 2.1",
            "wrong-rule-set",
            "模板属于“national-2020 2.1”，本次报送用“national-2021 1.0”。",
        ),
        ("template_version", "0", "template-version", f"第 0 版，现在用第 {TEMPLATE_VERSION} 版。"),
    ],
)
def test_a_foreign_template_is_named_with_what_it_is_and_what_is_wanted(
    key: str, value: str, code: str, words: str
) -> None:
    found = marked(**{key: value})
    assert found.verdict is Verdict.UNREADABLE
    [issue] = found.issues
    assert (issue.code, issue.severity, issue.found) == (code, Severity.HARD, value)
    assert words in issue.zh
    assert issue.zh.endswith("）。")
    assert RIGHT in issue.fix_zh


def test_each_issue_says_the_whole_of_what_the_file_is() -> None:
    found = marked(unit="120000", period="2021Q2", template_version="1")
    whole = (
        "这个文件是天津市（120000）2021年第二季度的模板（省级报送，模板第 1 版，规则 national-2021 1.0）。"
    )
    assert {issue.code for issue in found.issues} >= {"wrong-unit", "wrong-period"}
    assert all(issue.zh.endswith(whole) for issue in found.issues)


@pytest.mark.parametrize(
    ("marks", "movable"),
    [
        ({"period": "2021Q2"}, True),
        ({"template_version": "0", "rule_set": "national-2020 1.0"}, True),
        ({"unit": "120000"}, False),
        ({"unit": "120000", "period": "2021Q2"}, False),
        ({"provider": "office"}, False),
    ],
)
def test_only_own_figures_are_said_to_be_carried_over(marks: dict[str, str], movable: bool) -> None:
    for issue in marked(**marks).issues:
        assert ("kaohe migrate" in issue.fix_zh) is movable
        assert ("不能搬过来" in issue.fix_zh) is not movable


def test_older_forms_of_the_same_rules_are_read_and_said_softly() -> None:
    found = marked(forms_digest="0" * 64)
    [issue] = found.issues
    assert (issue.code, issue.severity) == ("forms-changed", Severity.SOFT)
    assert "表样摘要原为 000000000000" in issue.zh
    assert "kaohe migrate" in issue.fix_zh
    assert found.facts


def test_other_rules_with_other_forms_are_said_once() -> None:
    assert [issue.code for issue in marked(rule_set="x 1", forms_digest="0").issues] == ["wrong-rule-set"]


def test_a_mark_that_is_gone_or_not_fit_to_print_is_told_as_such() -> None:
    assert "“没有写明”" in marked(unit="\u202e\n").issues[0].zh
    long = marked(rule_set="字" * 500).issues[0]
    assert "字" * 41 not in long.zh


def test_the_unit_that_asks_is_named_too() -> None:
    [issue] = taken(agreeing_workbook(), unit=UnitCode("660000")).issues
    assert "本次报送的单位是“新疆生产建设兵团（660000）”" in issue.zh
