"""Which form each text of a .csv or .zip is: told by its title or its rows, never by the name of its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from intake.cells import FileFormat, Sheet, Workbook
from intake.labels import CODE_HEAD, OWN_SHEETS, comparable, sheet_name
from scoring.codes import FormCode
from scoring.rulebook.forms import Form


def name_csv_sheets(workbook: Workbook, forms: Iterable[Form]) -> Workbook:
    """The workbook with the sheets of a .csv or .zip called as the template calls those forms.

    A sheet that is none of the forms gets a name that no form has; a second one of a form keeps its own
    name behind the code. Workbooks of other formats stay as they are.
    """
    if workbook.format not in (FileFormat.CSV, FileFormat.CSV_ZIP):
        return workbook
    listed = tuple(forms)
    names: dict[str, str] = {}
    for sheet in workbook.sheets:
        names[sheet.name] = _new_name(sheet, _form_of(sheet, listed), names.values())
    sheets = tuple(_renamed(sheet, names[sheet.name]) for sheet in workbook.sheets)
    told = tuple(replace(one, sheet=names.get(one.sheet, one.sheet)) for one in workbook.told)
    return replace(workbook, sheets=sheets, told=told)


def _new_name(sheet: Sheet, form: Form | None, taken: Iterable[str]) -> str:
    if comparable(sheet.name) in OWN_SHEETS:
        return sheet.name
    if form is None:
        # A first word in brackets is the code of no form, whatever the file was called.
        return f"({sheet.name})"
    name = sheet_name(form)
    return f"{form.code} ({sheet.name})" if name in taken else name


def _form_of(sheet: Sheet, forms: Sequence[Form]) -> Form | None:
    """The form whose title stands above the head row; else the one form that shares most rows."""
    head = next((cell.row for cell in sheet.cells.values() if comparable(cell.text) == CODE_HEAD), 0)
    above = {comparable(cell.text) for cell in sheet.cells.values() if cell.row < head}
    titled = [form for form in forms if comparable(form.title) in above]
    if len(titled) == 1:
        return titled[0]
    words = {comparable(cell.text).upper() for cell in sheet.cells.values() if cell.row > head}
    shared = {form.code: len(words & {element.code for element in form.elements}) for form in forms}
    return _single_best(forms, shared)


def _single_best(forms: Sequence[Form], shared: Mapping[FormCode, int]) -> Form | None:
    most = max(shared.values(), default=0)
    best = [form for form in forms if shared[form.code] == most]
    return best[0] if most and len(best) == 1 else None


def _renamed(sheet: Sheet, name: str) -> Sheet:
    cells = {address: replace(cell, sheet=name) for address, cell in sheet.cells.items()}
    return Sheet(name, sheet.visibility, MappingProxyType(cells), sheet.merged)
