"""The sample workbooks: filled templates, each marked as simulated on every sheet."""

from __future__ import annotations

from collections.abc import Mapping

from intake.addresses import column_letters
from intake.fields import due_elements, due_forms, member_heads
from intake.labels import YES
from intake.template import write_template
from sample_reports.generate.editing import WorkbookEdit
from sample_reports.generate.ledger import YEAR, Ledger
from sample_reports.generate.stories import BLANK_CELLS, NIL_FORMS
from sample_reports.generate.year import reporting_quarter, year_of
from scoring.codes import FormCode
from scoring.facts import Amount, Series, Standing
from scoring.periods import Period
from scoring.rulebook.forms import Form, Provider
from scoring.rulebook.rules import RuleSet

MARK = "模拟数据"
"""In place of the names of who answers for a sheet and who filled it in."""
_COVER_LINE = "【模拟数据 SIMULATED DATA】本文件的数字由程序生成，只供演示和测试，与任何地区的实际工作无关。"
_COVER_CELL = "A5"
_SIGNED_CELLS = ("F2", "F3")
_NIL_BOX = "B3"
_FIRST_ROW = 5
_FIRST_COLUMN = 4


def report_of(ledger: Ledger, rules: RuleSet, quarter: int) -> bytes:
    """A region's workbook of one quarter as it was handed in."""
    period = Period(YEAR, quarter, yearly=False)
    nil, blank = NIL_FORMS.get((ledger.unit, quarter)), BLANK_CELLS.get((ledger.unit, quarter))
    filled = {
        series: figure
        for series, figure in ledger.figures.items()
        if year_of(series.period) == YEAR
        and reporting_quarter(series.period) == quarter
        and rules.elements[series.element].form != nil
        and series.element != blank
    }
    edit = marked_workbook(rules, ledger, period, Provider.REGION, filled)
    if nil is not None:
        edit.put_text(nil, _NIL_BOX, YES)
    return edit.packed()


def marked_workbook(
    rules: RuleSet,
    ledger: Ledger,
    period: Period,
    provider: Provider,
    filled: Mapping[Series, Amount | Standing],
) -> WorkbookEdit:
    """A filled template with the mark of simulated data, ready to be changed further."""
    forms = due_forms(rules, provider, period)
    deadline = None
    if rules.workdays is not None:
        deadline = rules.deadline.day(period.year, period.quarter, rules.workdays)
    content = write_template(rules, forms, ledger.unit, period, provider, filled=filled, deadline=deadline)
    edit = WorkbookEdit(content)
    edit.put_text("说明", _COVER_CELL, _COVER_LINE)
    for form in forms:
        for address in _SIGNED_CELLS:
            edit.put_text(form.code, address, MARK)
    return edit


def cell_of(rules: RuleSet, period: Period, element: str, member: str = "") -> tuple[FormCode, str]:
    """The form of an element and the address of its cell on the template, such as E7."""
    form = next(form for form in rules.forms.values() if any(each.code == element for each in form.elements))
    return form.code, column_of(form, period, member) + str(row_of(form, period, element))


def row_of(form: Form, period: Period, element: str) -> int:
    """The row of an element on the template."""
    return _FIRST_ROW + [str(each.code) for each in due_elements(form, period)].index(element)


def column_of(form: Form, period: Period, member: str = "") -> str:
    """The column of a member on the template; without a member that of the totals or values."""
    return column_letters(_FIRST_COLUMN + ["", *member_heads(form, period)].index(member))
