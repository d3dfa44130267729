"""Explanations typed into the list of issues are read when the workbook comes back."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from intake.annotated.annotate import annotate_workbook
from intake.annotated.ours import is_ours
from intake.annotated.typed_explanations import read_explanations
from intake.explanations import Explanation
from intake.issue_keys import IssueKey, issue_key
from scoring.errors import Issue, Severity
from scoring.rulebook.explanations import ExplanationRules, ReasonCode
from tests.support.read_xlsx import read
from tests.support.reports import agreeing_figures, cell_of, opened, taken, template, text, with_cells

RULES = ExplanationRules()


def doubtful() -> tuple[bytes, tuple[Issue, ...]]:
    """A template with one figure missing, and the soft issue of it."""
    figures = agreeing_figures()
    blank = next(key for key in figures if key.element == "E201")
    content = template({key: value for key, value in figures.items() if key != blank})
    return content, taken(opened(content)).issues


def returned(
    type_in: Callable[[Any], None], offered: dict[IssueKey, Explanation] | None = None
) -> tuple[bytes, bytes]:
    """An annotated workbook before and after somebody typed into its list with another program."""
    content, issues = doubtful()
    marked = annotate_workbook(content, issues, reasons=RULES.reasons, offered=offered or {})
    book = openpyxl.load_workbook(io.BytesIO(marked))
    type_in(book["问题清单"])
    buffer = io.BytesIO()
    book.save(buffer)
    return marked, buffer.getvalue()


def place_of_input(sheet: Any) -> tuple[str, str]:
    heads = {cell.value: cell.column_letter for cell in sheet[4]}
    return f"{heads['原因']}5", f"{heads['情况说明']}5"


def says(reason: str, words: str) -> Callable[[Any], None]:
    def type_in(sheet: Any) -> None:
        first, second = place_of_input(sheet)
        sheet[first], sheet[second] = reason or None, words or None

    return type_in


def test_the_sample_has_one_doubtful_figure() -> None:
    _, issues = doubtful()
    assert [issue.severity for issue in issues] == [Severity.SOFT]


@pytest.mark.parametrize("reason", ["专项行动", "campaign"])
def test_a_reason_is_read_by_its_name_or_its_code(reason: str) -> None:
    _, issues = doubtful()
    _, back = returned(says(reason, "剑网行动集中办结"))
    expected = Explanation(key=issue_key(issues[0]), reason=ReasonCode("campaign"), text="剑网行动集中办结")
    assert [each.explanation for each in read_explanations(read(back), RULES)] == [expected]
    answer = taken(opened(back))
    assert answer.explanations == (expected,)
    assert not [issue for issue in answer.issues if issue.code.startswith("explanation")]


@pytest.mark.parametrize(
    ("reason", "words", "code"),
    [
        ("不想说", "剑网行动集中办结", "explanation-unknown-reason"),
        ("", "剑网行动集中办结", "explanation-without-reason"),
        ("专项行动", "是", "explanation-too-short"),
        ("专项行动", "", "explanation-too-short"),
        ("专项行动", "字" * 501, "explanation-too-long"),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_cell(reason: str, words: str, code: str) -> None:
    _, back = returned(says(reason, words))
    answer = taken(opened(back))
    wrong = [issue for issue in answer.issues if issue.code.startswith("explanation")]
    assert [(issue.code, issue.place.sheet) for issue in wrong] == [(code, "问题清单")]
    assert wrong[0].place.cell in place_of_input(openpyxl.load_workbook(io.BytesIO(back))["问题清单"])
    assert wrong[0].severity is Severity.SOFT


def test_an_explanation_of_what_has_been_corrected_since_is_of_no_account() -> None:
    _, back = returned(says("不想说", "是"))
    workbook = opened(back)
    sheet, address = cell_of(workbook, "E201")
    mended = with_cells(workbook, {(sheet, address): text("50")})
    assert not [issue for issue in taken(mended).issues if issue.code.startswith("explanation")]


def test_nothing_typed_is_nothing_said() -> None:
    marked, back = returned(says("", ""))
    assert read_explanations(read(marked), RULES) == ()
    assert read_explanations(read(back), RULES) == ()


def test_what_is_offered_counts_as_said_when_it_comes_back() -> None:
    _, issues = doubtful()
    offer = Explanation(key=issue_key(issues[0]), reason=ReasonCode("season"), text="每年三季度都少")
    marked, _ = returned(says("", ""), {offer.key: offer})
    assert [each.explanation for each in read_explanations(read(marked), RULES)] == [offer]


def test_what_was_typed_survives_the_next_round_even_if_it_cannot_be_taken() -> None:
    _, issues = doubtful()
    _, back = returned(says("不想说", "是"))
    again = annotate_workbook(back, taken(opened(back)).issues, reasons=RULES.reasons)
    sheet = openpyxl.load_workbook(io.BytesIO(again))["问题清单"]
    told = {row[-1].value: (row[-3].value, row[-2].value) for row in sheet.iter_rows(min_row=5)}
    assert told[issue_key(issues[0])] == ("不想说", "是")
    # What is wrong with an explanation is mended where it was typed; it is not explained.
    assert told["explanation-unknown-reason|问题清单|情况说明"] == ("—", "—")


def test_handing_the_annotated_workbook_in_is_handing_the_corrected_file_in() -> None:
    content, issues = doubtful()
    plain, marked = taken(opened(content)), taken(opened(annotate_workbook(content, issues)))
    assert (marked.issues, marked.verdict) == (plain.issues, plain.verdict)
    assert [(each.series, each.amount) for each in marked.facts] == [
        (each.series, each.amount) for each in plain.facts
    ]
    assert marked.figures_digest == plain.figures_digest


def test_a_sheet_that_only_has_our_name_is_not_ours() -> None:
    book = openpyxl.Workbook()
    for name in ("问题清单", "_kaohe_marks"):
        book.create_sheet(name)["A1"] = "随便写的"
    buffer = io.BytesIO()
    book.save(buffer)
    assert not any(is_ours(sheet) for sheet in read(buffer.getvalue()).sheets)


def test_our_sheets_are_known_by_their_marks_whatever_they_are_called() -> None:
    def rename(sheet: Any) -> None:
        sheet.title = "我的清单"

    _, back = returned(rename)
    assert [sheet.name for sheet in read(back).sheets if is_ours(sheet)] == ["我的清单", "_kaohe_marks"]
    assert "sheet-unexpected" not in {issue.code for issue in taken(opened(back)).issues}
