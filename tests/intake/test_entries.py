"""One cell becomes one entry: the words that may stand anywhere, formulas, hidden cells, choices, blanks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from intake.cells import CellKind
from intake.entries import Entry, read_entry
from intake.fields import Field
from intake.readings import State
from intake.spots import Spot
from scoring.codes import MemberCode, PeriodCode
from scoring.errors import Severity
from tests.support.reports import element_of, new_cell

N, T, B = CellKind.NUMBER, CellKind.TEXT, CellKind.BLANK


def field(code: str, *, is_total: bool = False) -> Field:
    element = element_of(code)
    return Field(
        number=0,
        form=element.form,
        element=element,
        member=MemberCode(""),
        period=PeriodCode("2021Q4"),
        head="数值",
        is_total=is_total,
    )


def entry(code: str, kind: CellKind, stored: str, *, is_total: bool = False, **more: Any) -> Entry:
    cell = new_cell("表", "D5", kind, stored, **more)
    return read_entry(field(code, is_total=is_total), Spot("表", "D5", cell))


COUNT, OPTIONAL, DAY, CHOICE, OPTIONAL_CHOICE = "E204", "E401", "ED01", "K131", "K133"


@pytest.mark.parametrize(
    ("code", "stored", "state", "listed"),
    [
        (OPTIONAL, "不适用", State.NOT_APPLICABLE, False),
        (OPTIONAL, " 不适用", State.NOT_APPLICABLE, True),
        (OPTIONAL, "N/A", State.NOT_APPLICABLE, True),
        (OPTIONAL_CHOICE, "不适用", State.NOT_APPLICABLE, False),
        (OPTIONAL, "不 适 用", State.NOT_APPLICABLE, True),
        (COUNT, "零申报", State.NIL, False),
        (COUNT, "零\u00a0申报", State.NIL, True),
        (COUNT, "NIL", State.NIL, True),
        (COUNT, "", State.BLANK, False),
        (COUNT, "  \u3000", State.BLANK, True),
        (CHOICE, "是", State.VALUE, False),
        (CHOICE, "是 ", State.VALUE, True),
    ],
)
def test_words_are_taken_for_what_they_say_and_other_spellings_are_listed(
    code: str, stored: str, state: State, listed: bool
) -> None:
    found = entry(code, T, stored)
    assert (found.state, found.normalisation is not None, found.issue) == (state, listed, None)


@pytest.mark.parametrize(
    ("code", "kind", "stored", "more", "issue"),
    [
        (COUNT, T, "不适用", {}, "not-applicable-not-allowed"),
        (DAY, T, "零申报", {}, "nil-not-allowed"),
        (CHOICE, T, "零申报", {}, "nil-not-allowed"),
        *(
            (COUNT, T, dash, {}, "dash")
            for dash in ("-", "—", "——", "/", "＼", "无", "－", "暂无", "未报", "不涉及", "…", "*")
        ),
        (COUNT, T, "=1+2", {}, "formula-without-value"),
        (COUNT, T, " ＝SUM(A1)", {}, "formula-without-value"),
        (COUNT, T, "#DIV/0!", {}, "error-value"),
        (DAY, T, "=TODAY()", {}, "formula-without-value"),
        (CHOICE, T, "/", {}, "dash"),
        (COUNT, CellKind.ERROR, "#DIV/0!", {}, "error-value"),
        (COUNT, CellKind.ERROR, "#N/A", {"formula": "VLOOKUP(1,A1,1)"}, "error-value"),
        (COUNT, B, "", {"formula": "A1+1"}, "formula-without-value"),
        (COUNT, N, "5", {"hidden": True}, "hidden-value"),
        (COUNT, CellKind.BOOLEAN, "1", {}, "boolean-value"),
        (CHOICE, CellKind.BOOLEAN, "1", {}, "boolean-value"),
        (CHOICE, CellKind.DATE, "44377", {}, "date-for-number"),
    ],
)
def test_what_cannot_be_read_has_one_issue_that_says_why(
    code: str, kind: CellKind, stored: str, more: dict[str, Any], issue: str
) -> None:
    found = entry(code, kind, stored, **more)
    assert found.issue is not None
    assert (found.state, found.issue.code, found.issue.found) == (State.UNREAD, issue, stored)
    assert (found.issue.place.cell, found.issue.place.row_label[:4]) == ("D5", (code + " ")[:4])
    assert found.normalisation is None


@pytest.mark.parametrize(
    ("code", "offered", "not_offered"),
    [
        (COUNT, ["填 0 或“零申报”", "留空并说明原因"], ["不适用"]),
        (OPTIONAL, ["填 0 或“零申报”", "填“不适用”", "留空并说明原因"], []),
        (DAY, ["留空并说明原因"], ["零申报", "不适用"]),
        (CHOICE, ["从列表里选", "留空并说明原因"], ["零申报"]),
    ],
)
def test_a_dash_is_asked_about_with_every_reading_that_the_element_has(
    code: str, offered: list[str], not_offered: list[str]
) -> None:
    issue = entry(code, T, "—").issue
    assert issue is not None
    assert all(words in issue.fix_zh for words in offered)
    assert not any(words in issue.fix_zh for words in not_offered)


def test_a_soft_question_leaves_the_value_in_place() -> None:
    found = entry(DAY, CellKind.DATE, "44377", number_format='yyyy"年"m"月"')
    assert found.issue is not None
    assert (found.state, found.issue.code, found.issue.severity) == (
        State.VALUE,
        "date-half-shown",
        Severity.SOFT,
    )


def test_the_calendar_of_the_file_decides_a_serial_number() -> None:
    cell = new_cell("表", "D5", N, "42915")
    spot = Spot("表", "D5", cell)
    assert read_entry(field(DAY), spot, date1904=True).reading.shown == "2021-06-30"
    assert read_entry(field(DAY), spot, date1904=False).reading.shown == "2017-06-29"
    asked = read_entry(field(DAY), spot, date1904=None).issue
    assert asked is not None
    assert asked.code == "serial-without-calendar"
    assert "2017-06-29" in asked.fix_zh
    assert "2021-06-30" in asked.fix_zh


def test_a_total_typed_as_the_text_of_a_formula_is_blank() -> None:
    assert entry("E103", T, "=SUM(E5:L5)", is_total=True).state is State.BLANK


def test_the_result_of_a_formula_is_used_and_said() -> None:
    found = entry(COUNT, N, "12", formula="5+7")
    assert found.normalisation is not None
    assert (found.reading.shown, found.normalisation.before, found.normalisation.after) == (
        "12",
        "=5+7",
        "12",
    )


def test_the_formula_of_a_total_is_expected_and_not_listed() -> None:
    assert entry("E103", N, "12", is_total=True, formula="SUM(E5:L5)").normalisation is None


def test_a_total_that_was_never_computed_is_blank() -> None:
    assert entry("E103", B, "", is_total=True, formula="SUM(E5:L5)").state is State.BLANK


def test_a_formula_that_gives_an_empty_text_is_blank() -> None:
    assert entry(COUNT, T, "", formula='""').state is State.BLANK


def test_a_blank_in_a_hidden_row_is_only_blank() -> None:
    assert entry(COUNT, T, " ", hidden=True).state is State.BLANK


@pytest.mark.parametrize(("code", "state"), [(COUNT, State.NIL), (DAY, State.BLANK), (CHOICE, State.BLANK)])
def test_the_nil_box_of_a_form_speaks_for_its_blank_numbers_only(code: str, state: State) -> None:
    assert read_entry(field(code), Spot("表", "D5", None), nil_form=True).state is state


def test_the_nil_box_does_not_speak_for_what_was_typed() -> None:
    cell = new_cell("表", "D5", N, "3")
    assert read_entry(field(COUNT), Spot("表", "D5", cell), nil_form=True).reading.shown == "3"


def test_a_field_that_was_not_found_is_unread_without_an_issue_of_its_own() -> None:
    found = read_entry(field(COUNT), None)
    assert (found.state, found.issue) == (State.UNREAD, None)


def test_zero_is_a_value_and_neither_nil_nor_blank() -> None:
    found = entry(COUNT, N, "0")
    assert (found.state, found.reading.number) == (State.VALUE, Decimal(0))
