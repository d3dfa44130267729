"""What was typed into the list of issues of a workbook that comes back: the explanations of soft issues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from intake.addresses import column_letters
from intake.annotated.list_sheet import MOST_LISTED, REASON_HEAD, TEXT_HEAD
from intake.annotated.ours import list_mark
from intake.cells import Sheet, Workbook
from intake.explanations import Explanation, explanation_issue, soft_issues
from intake.issue_keys import IssueKey
from scoring.errors import Issue, Place
from scoring.rulebook.explanations import ExplanationRules, ReasonCode


@dataclass(frozen=True, slots=True)
class TypedExplanation:
    """An explanation, and the cell of its text (that of its reason where there is no text)."""

    explanation: Explanation
    place: Place


def read_explanations(workbook: Workbook, rules: ExplanationRules) -> tuple[TypedExplanation, ...]:
    """Everything typed into our lists, row by row; rows in which nothing was typed are left out.

    A reason may be typed by its name or its code; any other word stays as it is, for `unfit_explanations` to
    tell. Of two rows about the same thing the first counts.
    """
    codes = {each.name: each.code for each in rules.reasons}
    found: dict[IssueKey, TypedExplanation] = {}
    for sheet in workbook.sheets:
        for typed in typed_on(sheet):
            given = typed.explanation
            named = replace(given, reason=codes.get(given.reason, given.reason))
            found.setdefault(given.key, replace(typed, explanation=named))
    return tuple(found.values())


def unfit_explanations(
    typed: Sequence[TypedExplanation], issues: Sequence[Issue], rules: ExplanationRules
) -> tuple[Issue, ...]:
    """What is wrong with the explanations of issues that still need one; others are not looked at."""
    waiting = soft_issues(issues)
    wrong = (
        explanation_issue(each.explanation, rules, each.place)
        for each in typed
        if each.explanation.key in waiting
    )
    return tuple(issue for issue in wrong if issue is not None)


def typed_on(sheet: Sheet) -> Iterator[TypedExplanation]:
    """What was typed on one sheet, reasons as they stand there; nothing where it is no list of ours."""
    mark = list_mark(sheet)
    if mark is None:
        return
    heads = {
        cell.text: cell.column
        for cell in sheet.cells.values()
        if cell.row == mark.row and cell.text in {REASON_HEAD, TEXT_HEAD}
    }
    if len(heads) < len({REASON_HEAD, TEXT_HEAD}):
        return
    for row in range(mark.row + 1, mark.row + 1 + MOST_LISTED):
        key = _text(sheet, mark.column, row)
        reason, text = (_text(sheet, heads[head], row) for head in (REASON_HEAD, TEXT_HEAD))
        if not key or not (reason or text) or (reason, text) == ("—", "—"):
            continue
        column, head = (heads[TEXT_HEAD], TEXT_HEAD) if text else (heads[REASON_HEAD], REASON_HEAD)
        place = Place(sheet=sheet.name, cell=f"{column_letters(column)}{row}", column_label=head)
        given = Explanation(key=IssueKey(key), reason=ReasonCode(reason), text=text)
        yield TypedExplanation(given, place)


def _text(sheet: Sheet, column: int, row: int) -> str:
    cell = sheet.cell(f"{column_letters(column)}{row}")
    return cell.text.strip() if cell else ""
