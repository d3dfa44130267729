"""The report that was sent back: its first version with four mistakes, and their share of its cells."""

from __future__ import annotations

from fractions import Fraction

from intake.fields import due_forms, fields_of
from sample_reports.generate.editing import WorkbookEdit
from sample_reports.generate.ledger import YEAR, Ledger
from sample_reports.generate.stories import RETURNED
from sample_reports.generate.workbooks import cell_of, report_of
from scoring.numbers import Rounding
from scoring.periods import Period
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet

_QUARTER = RETURNED[1]
_MISTAKES: tuple[tuple[str, str, str], ...] = (
    ("E108", "市场监管", "{}件"),
    ("E201", "", "{}.5"),
    ("E703", "", "9{}"),
    ("EA05", "", "约{}"),
)
"""Element, member, and what is written instead of the figure."""


def first_version(ledger: Ledger, rules: RuleSet) -> bytes:
    """Another measure behind a figure, more entries in time than entries, and two slips of the hand."""
    period = Period(YEAR, _QUARTER, yearly=False)
    edit = WorkbookEdit(report_of(ledger, rules, _QUARTER))
    for element, member, pattern in _MISTAKES:
        form, address = cell_of(rules, period, element, member)
        written = pattern.format(ledger.whole(element, _QUARTER, member))
        if written.replace(".", "").isdigit():
            edit.put_number(form, address, written)
        else:
            edit.put_text(form, address, written)
    return edit.packed()


def faulty_percent(rules: RuleSet) -> Fraction:
    """The share of faulty cells of the first version, in percent, as the system rounds it."""
    period = Period(YEAR, _QUARTER, yearly=False)
    required = len(fields_of(due_forms(rules, Provider.REGION, period), period))
    return Rounding(4).apply(Fraction(100 * len(_MISTAKES), required))
