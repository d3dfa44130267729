"""The whole workbook: which sheet is which form, and where every field that is due stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.cells import CellKind, Sheet, Visibility, Workbook
from intake.fields import Field
from intake.labels import NIL_LABEL, NO, OWN_SHEETS, YES, comparable, form_code_of, sheet_name
from intake.last_figures import changed_last_figures
from intake.origin import FOREIGN, Asked, check_headings, check_marks, heading
from intake.readings import half_width
from intake.spots import Spot
from intake.table import Table, read_table
from intake.wording import fault, worded
from intake.wording_sheets import SHEET_WORDINGS
from scoring.codes import FormCode
from scoring.errors import Issue, Place
from scoring.rulebook.forms import Form

_TICKS = frozenset({YES, "√", "✓", "☑"})
_NO_TICKS = frozenset({NO, "□", "☐"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the fields of a report stand.

    `spots` by the number of the field; a field whose sheet, row or column is missing or doubled has none.
    `nil_forms` were declared to have nothing at all. `foreign`: the workbook belongs to another unit,
    period or rule set, so nothing in it may be read.
    """

    spots: Mapping[int, Spot]
    sheets: Mapping[FormCode, str]
    nil_forms: frozenset[FormCode]
    issues: tuple[Issue, ...]
    foreign: bool


def find_layout(workbook: Workbook, forms: Sequence[Form], fields: Sequence[Field], asked: Asked) -> Layout:
    """Find every field by its labels, with an issue for each label that is missing, doubled or unknown."""
    by_form: dict[FormCode, list[Field]] = {form.code: [] for form in forms}
    for field in fields:
        by_form[field.form].append(field)
    sheets, issues = _match_sheets(workbook, {form.code: form for form in forms})
    tables = {
        form.code: read_table(form, by_form[form.code], sheets[form.code])
        for form in forms
        if form.code in sheets
    }
    marks = check_marks(workbook, tables.values(), asked)
    if any(issue.code in FOREIGN for issue in marks):
        return Layout(spots={}, sheets={}, nil_forms=frozenset(), issues=marks, foreign=True)
    issues = [*marks, *issues]
    nil_forms: set[FormCode] = set()
    for code, table in tables.items():
        issues.extend(table.issues)
        if table.head:
            issues.extend(check_headings(table, asked))
            issues.extend(changed_last_figures(workbook, table))
            if _is_nil(table, issues):
                nil_forms.add(code)
    spots = {
        field.number: spot
        for code, table in tables.items()
        for field in by_form[code]
        if (spot := table.spot(field)) is not None
    }
    names = {code: table.sheet.name for code, table in tables.items()}
    return Layout(
        spots=spots, sheets=names, nil_forms=frozenset(nil_forms), issues=tuple(issues), foreign=False
    )


def _match_sheets(
    workbook: Workbook, forms: Mapping[FormCode, Form]
) -> tuple[dict[FormCode, Sheet], list[Issue]]:
    claims: dict[FormCode, list[Sheet]] = {code: [] for code in forms}
    issues: list[Issue] = []
    for sheet in workbook.sheets:
        code = FormCode(form_code_of(sheet.name))
        if code in claims:
            claims[code].append(sheet)
        elif comparable(sheet.name) not in OWN_SHEETS and _holds_anything(sheet):
            issues.append(_sheet_issue("sheet-unexpected", sheet.name, found=sheet.name))
    found: dict[FormCode, Sheet] = {}
    for code, sheets in claims.items():
        name = sheet_name(forms[code])
        if not sheets:
            issues.append(_sheet_issue("sheet-missing", name, expected=name))
        elif len(sheets) > 1:
            issues.append(
                _sheet_issue("sheet-doubled", sheets[1].name, found=sheets[1].name, expected=sheets[0].name)
            )
        elif sheets[0].visibility is not Visibility.VISIBLE:
            issues.append(_sheet_issue("sheet-hidden", sheets[0].name, found=sheets[0].name))
        else:
            found[code] = sheets[0]
    return found, issues


def _holds_anything(sheet: Sheet) -> bool:
    return any(cell.kind is not CellKind.BLANK and cell.text.strip() for cell in sheet.cells.values())


def _sheet_issue(code: str, sheet: str, *, found: str = "", expected: str = "") -> Issue:
    return worded(SHEET_WORDINGS, fault(code), Place(sheet=sheet), found=found, expected=expected)


def _is_nil(table: Table, issues: list[Issue]) -> bool:
    """Whether the box of a nil return is ticked; anything else than a tick in it is an issue."""
    where, cell = heading(table.rows, table.head, NIL_LABEL)
    word = half_width(cell.text).strip() if cell else ""
    if word in _TICKS:
        return True
    if word and word not in _NO_TICKS:
        place = Place(sheet=table.sheet.name, cell=where, row_label=NIL_LABEL)
        issues.append(
            worded(SHEET_WORDINGS, fault("nil-box-unknown"), place, found=cell.text if cell else "")
        )
    return False
