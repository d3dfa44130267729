"""The whole workbook: which sheet is which form, and where every field that is due stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.cells import Workbook
from intake.fields import Field
from intake.form_sheets import FormSheets, find_form_sheets
from intake.form_table import read_table
from intake.heading_origin import foreign_headings
from intake.headings import check_headings, is_nil
from intake.last_figures import changed_last_figures
from intake.merges import merged_inputs
from intake.normalisations import Normalisation
from intake.origin import FOREIGN, Asked, check_marks
from intake.spots import Spot
from intake.table import Table
from scoring.codes import FormCode
from scoring.errors import Issue
from scoring.rulebook.forms import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the fields of a report stand.

    `spots` by the number of the field; a field whose sheet, row or column is missing or doubled has none.
    `nil_forms` were declared to have nothing at all. `foreign`: the workbook belongs to another unit,
    period or rule set, so nothing in it may be read. `normalisations`: labels that were tolerated.
    """

    spots: Mapping[int, Spot]
    sheets: Mapping[FormCode, str]
    nil_forms: frozenset[FormCode]
    issues: tuple[Issue, ...]
    foreign: bool
    normalisations: tuple[Normalisation, ...] = ()


def find_layout(workbook: Workbook, forms: Sequence[Form], fields: Sequence[Field], asked: Asked) -> Layout:
    """Find every field by its labels, with an issue for each label that is missing, doubled or unknown."""
    by_form: dict[FormCode, list[Field]] = {form.code: [] for form in forms}
    for field in fields:
        by_form[field.form].append(field)
    found = find_form_sheets(workbook, asked.rules, {form.code: form for form in forms})
    tables = {
        form.code: read_table(form, by_form[form.code], found.blocks[form.code])
        for form in forms
        if form.code in found.blocks
    }
    others = foreign_headings(workbook, tables.values(), asked)
    marks = (*check_marks(workbook, tables.values(), asked), *others)
    if any(issue.code in FOREIGN for issue in marks):
        return Layout(spots={}, sheets={}, nil_forms=frozenset(), issues=marks, foreign=True)
    return _placed(workbook, tables, by_form, asked, found, marks)


def _placed(
    workbook: Workbook,
    tables: Mapping[FormCode, Table],
    by_form: Mapping[FormCode, Sequence[Field]],
    asked: Asked,
    found: FormSheets,
    marks: Sequence[Issue],
) -> Layout:
    spots: dict[int, Spot] = {}
    nil_forms: set[FormCode] = set()
    issues, normalisations = [*marks, *found.issues], [*found.normalisations]
    for code, table in tables.items():
        if table.head:
            check_headings(table, asked)
            table.issues.extend(changed_last_figures(workbook, table))
            if is_nil(table):
                nil_forms.add(code)
        there = {field.number: (field, spot) for field in by_form[code] if (spot := table.spot(field))}
        covered = merged_inputs(table, there)
        spots.update((number, spot) for number, (_, spot) in there.items() if number not in covered)
        issues.extend(table.issues)
        normalisations.extend(table.normalisations)
    return Layout(
        spots=spots,
        sheets={code: table.sheet.name for code, table in tables.items()},
        nil_forms=frozenset(nil_forms),
        issues=tuple(issues),
        foreign=False,
        normalisations=tuple(normalisations),
    )
