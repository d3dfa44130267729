"""The workbook that a unit downloads: a cover, a sheet for each form, and the marks to know it again by."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from intake.earlier_figures import last_figures, opening_balances
from intake.fields import due_elements
from intake.labels import COVER_SHEET, META_SHEET, sheet_name
from intake.origin import Asked, template_marks
from intake.template_cover import Cover, write_cover
from intake.template_last import LAST_KEYS, last_shown
from intake.template_look import Looks
from intake.template_plan import Filling, Heading, SheetPlan
from intake.template_sheet import write_form
from scoring.codes import FormCode, UnitCode
from scoring.facts import Amount, Fact, Series, Standing
from scoring.periods import Period
from scoring.rulebook.forms import Form, Provider
from scoring.rulebook.rules import RuleSet

_NOTHING: Mapping[Series, Amount | Standing] = {}
_BARE = Heading()

AddSheet = tuple[str, Callable[[Worksheet, Looks], None]]
"""The name of a sheet, and what writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What earlier reports bring into a template.

    last: the figures of the period before, shown beside the input. carried: what follows from them and
    stands in the input cells, green. Both by the series of the period of the template.
    """

    last: Filling = field(default_factory=dict)
    carried: Filling = field(default_factory=dict)


def brought_from(
    rules: RuleSet, forms: Iterable[Form], unit: UnitCode, period: Period, earlier: Iterable[Fact]
) -> Brought:
    """What the accepted facts of earlier periods bring into the template of a unit and period."""
    chosen, known = tuple(forms), tuple(earlier)
    return Brought(
        last=last_figures(chosen, unit, period, known),
        carried=opening_balances(rules, chosen, unit, period, known),
    )


def write_template(
    rules: RuleSet,
    forms: Sequence[Form],
    unit: UnitCode,
    period: Period,
    provider: Provider,
    *,
    filled: Filling = _NOTHING,
    brought: Brought | None = None,
    headings: Mapping[FormCode, Heading] | None = None,
    deadline: date | None = None,
    more: Sequence[AddSheet] = (),
) -> bytes:
    """The template for one unit, period and provider as an .xlsx; the same arguments give the same bytes.

    forms: those of which nothing is due in the period are left out. filled: what already stands in the
    cells, by series; amounts are exact, dates ordinal days, NIL and NOT_APPLICABLE become their words and
    every other standing a blank. brought: shown besides, where `filled` has nothing. headings: what stands
    above the tables already. deadline: printed on the cover when known. more: sheets by name that are
    written last, before the marks.

    Raises:
        UnknownUnit: the rule set does not assess that unit.
    """
    asked = Asked(rules=rules, unit=unit, period=period, provider=provider)
    brought = brought or Brought()
    due = [form for form in forms if due_elements(form, period)]
    elements = frozenset(element.code for form in due for element in due_elements(form, period))
    plans = [
        SheetPlan(
            form=form,
            period=period,
            unit_name=asked.unit_name,
            filled=filled,
            carried=brought.carried,
            last=brought.last,
            due=elements,
            heading=(headings or {}).get(form.code, _BARE),
        )
        for form in due
    ]
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    workbook.set_properties(_properties(asked))
    looks = Looks(workbook)
    cover = Cover(asked=asked, plans=plans, deadline=deadline)
    write_cover(workbook.add_worksheet(COVER_SHEET), looks, cover)
    for plan in plans:
        write_form(workbook.add_worksheet(sheet_name(plan.form)), looks, plan)
    for name, write in more:
        write(workbook.add_worksheet(name), looks)
    _write_marks(workbook.add_worksheet(META_SHEET), asked, plans)
    workbook.close()
    return buffer.getvalue()


def _properties(asked: Asked) -> dict[str, object]:
    # A fixed date: the file must not say when it was made, or no two would be the same.
    return {
        "title": f"{asked.unit_name}{asked.period.title}报表",
        "subject": asked.rules.title,
        "created": datetime(asked.rules.year, 1, 1, tzinfo=UTC),
    }


def _write_marks(sheet: Worksheet, asked: Asked, plans: Sequence[SheetPlan]) -> None:
    marks = template_marks(asked, (plan.form.code for plan in plans))
    for row, (key, value) in enumerate(marks.items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    # By these it is noticed when somebody types over an earlier figure, thinking that it is asked for.
    shown = {key: value for plan in plans for key, value in last_shown(plan).items()}
    for row, (key, value) in enumerate(shown.items()):
        sheet.write_string(row, LAST_KEYS, key)
        sheet.write_string(row, LAST_KEYS + 1, value)
    sheet.protect()
    sheet.very_hidden()
