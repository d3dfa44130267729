"""From one cell to what its submitter reported there: a figure, a date, a word, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from intake.cells import Cell, CellKind
from intake.entry_dates import read_date
from intake.entry_numbers import read_number
from intake.entry_words import read_blank, read_word
from intake.fields import Field
from intake.labels import NOT_APPLICABLE_WORD
from intake.normalisations import Normalisation
from intake.readings import BLANK, Change, Outcome, Reading, State, half_width
from intake.shown_numbers import shows_another_text
from intake.spots import Spot
from intake.wording import Fault, fault, worded
from intake.wording_cells import CELL_WORDINGS
from scoring.errors import Issue
from scoring.rulebook.forms import Element, ElementType

_NUMERIC = frozenset({ElementType.INTEGER, ElementType.DECIMAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was read for one field.

    `issue` is a hard one when the state is UNREAD by the cell's fault, a soft question beside a value.
    A field whose row or column was not found has no spot; it is UNREAD without an issue of its own.
    """

    field: Field
    spot: Spot | None
    text: str
    reading: Reading
    issue: Issue | None = None
    normalisation: Normalisation | None = None

    @property
    def state(self) -> State:
        """How the field stands."""
        return self.reading.state


def read_entry(
    field: Field, spot: Spot | None, *, date1904: bool | None = False, nil_form: bool = False
) -> Entry:
    """The entry of a field; `nil_form`: blank numbers of this form were declared to be nil.

    date1904: from when the file counts its days; None where it does not say (csv).
    """
    if spot is None:
        return Entry(field=field, spot=None, text="", reading=Reading(State.UNREAD))
    text = spot.cell.text if spot.cell else ""
    outcome = BLANK if spot.cell is None else _read_cell(spot.cell, field, date1904)
    if isinstance(outcome, Fault):
        issue = _issue(outcome, field, spot, text)
        return Entry(field=field, spot=spot, text=text, reading=Reading(State.UNREAD), issue=issue)
    if nil_form and outcome.state is State.BLANK and field.element.type in _NUMERIC:
        outcome = replace(outcome, state=State.NIL)
    return Entry(
        field=field,
        spot=spot,
        text=text,
        reading=outcome,
        issue=_issue(outcome.question, field, spot, text) if outcome.question else None,
        normalisation=_listed(spot, outcome, text),
    )


def _issue(what: Fault, field: Field, spot: Spot, text: str) -> Issue:
    return worded(CELL_WORDINGS, what, spot.place(field), found=text, expected=expectation(field.element))


def expectation(element: Element) -> str:
    """What belongs into a cell of the element, in a few words."""
    words = {
        ElementType.INTEGER: f"以“{element.measure}”为单位的整数",
        ElementType.DECIMAL: f"以“{element.measure}”为单位的数字（最多 {element.places} 位小数）",
        ElementType.DATE: "日期（例如 2021-06-30）",
        ElementType.CHOICE: "、".join(element.choices),
    }[element.type]
    return f"{words}或“{NOT_APPLICABLE_WORD}”" if element.may_be_not_applicable else words


def _read_cell(cell: Cell, field: Field, date1904: bool | None) -> Outcome:
    if cell.kind is CellKind.TEXT and not half_width(cell.text).strip():
        return read_blank(cell)
    disguise = _disguise(cell)
    if disguise is not None:
        return disguise
    if cell.kind is CellKind.ERROR:
        return fault("error-value")
    if _is_uncomputed(cell):
        # A total that was never computed is as good as blank: it can only not be compared.
        return fault("formula-without-value") if not field.is_total else BLANK
    if cell.kind is CellKind.BLANK:
        return BLANK
    outcome = (read_word(cell, field) if cell.kind is CellKind.TEXT else None) or _READERS[
        field.element.type
    ](cell, field.element, date1904)
    if cell.formula and not field.is_total and isinstance(outcome, Reading):
        change = Change("这是公式，取文件里保存的计算结果", "a formula: the saved result was taken")
        return replace(outcome, changes=(change, *outcome.changes))
    return outcome


def _disguise(cell: Cell) -> Fault | None:
    """Why what is stored in a cell is not what somebody sees there."""
    if cell.hidden:
        return fault("hidden-value")
    if cell.struck:
        return fault("struck-out")
    if cell.kind is CellKind.TEXT and shows_another_text(cell.number_format):
        return fault("format-shows-other", format=cell.number_format)
    return None


def _is_uncomputed(cell: Cell) -> bool:
    """A formula without a saved result; in a csv file it is a text that begins with the sign of equality."""
    if cell.kind is CellKind.TEXT:
        return half_width(cell.text).lstrip().startswith("=")
    return cell.kind is CellKind.BLANK and bool(cell.formula)


def _read_choice(cell: Cell, _element: Element, _date1904: bool | None) -> Outcome:
    if cell.kind is CellKind.BOOLEAN:
        return fault("boolean-value")
    if cell.kind is CellKind.DATE:
        return fault("date-for-number")
    word = half_width(cell.text).strip()
    changes = (
        () if word == cell.text else (Change("去掉空格，全角改半角", "blanks removed, letters narrowed"),)
    )
    # Whether the word is one of the choices is for the schema to say.
    return Reading(State.VALUE, word=word, changes=changes)


_READERS: Mapping[ElementType, Callable[[Cell, Element, bool | None], Outcome]] = {
    ElementType.INTEGER: read_number,
    ElementType.DECIMAL: read_number,
    ElementType.DATE: read_date,
    ElementType.CHOICE: _read_choice,
}


def _listed(spot: Spot, reading: Reading, text: str) -> Normalisation | None:
    if not reading.changes:
        return None
    cell = spot.cell
    return Normalisation(
        sheet=spot.sheet,
        cell=spot.address,
        before=f"={cell.formula}" if cell and cell.formula else text,
        after=reading.shown,
        why="；".join(change.zh for change in reading.changes),
        why_en="; ".join(change.en for change in reading.changes),
    )
