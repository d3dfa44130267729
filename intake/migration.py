"""Carrying what is filled in from an old template into the present one: what fits, and what does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from intake.cells import Cell, Visibility, Workbook
from intake.entries import Entry, read_entry
from intake.facts import amount_of
from intake.fields import Field, event_elements, fields_of
from intake.head_labels import plain_name, same_measure, same_name
from intake.labels import VALUE_HEAD, comparable
from intake.moved import Fate, Migration, Moved
from intake.old_rows import OldRow, OldSheet, figures_head, old_sheets
from intake.origin import Asked
from intake.readings import State
from intake.shown_cells import shown_text
from intake.spots import Spot
from intake.template import Brought
from intake.template_cells import is_kept, value_text
from intake.template_plan import Heading
from intake.typed import type_issues
from scoring.codes import ElementCode, FormCode
from scoring.facts import Amount, Series, Standing
from scoring.rulebook.forms import Element, Form

_NEW = "原来的表里没有这一格，请填写"
_NEW_UNDER_NIL = "原来的表里没有这一格；本表已选零申报，不填就按零申报，请核对"
_STANDINGS = {State.NIL: Standing.NIL, State.NOT_APPLICABLE: Standing.NOT_APPLICABLE}


def migrate(workbook: Workbook, forms: Sequence[Form], asked: Asked, brought: Brought) -> Migration:
    """Place every value of a workbook into the fields of the forms, by codes and heads.

    Nothing is guessed: what cannot be placed, or read, is listed with its text. Whose workbook it is must
    have been asked before. brought: what the system itself puts into the new template.
    """
    return _Mover(workbook, forms, asked, brought).move()


@dataclass(slots=True)
class _Mover:
    workbook: Workbook
    forms: Sequence[Form]
    asked: Asked
    brought: Brought
    items: list[Moved] = field(default_factory=list)
    placed: list[tuple[OldRow, Entry]] = field(default_factory=list)
    known: set[tuple[ElementCode, str]] = field(default_factory=set)
    """The elements and heads that the old workbook had, filled in or not."""

    def move(self) -> Migration:
        sheets = old_sheets(self.workbook)
        fields = fields_of(self.forms, self.asked.period)
        by_element: dict[ElementCode, list[Field]] = {}
        for each in fields:
            by_element.setdefault(each.element.code, []).append(each)
        rows = [row for sheet in sheets for row in sheet.rows]
        for row, element in self._matched(rows, {code: own[0].element for code, own in by_element.items()}):
            self._place_row(row, by_element[element.code])
        kept = self._sound()
        filled = {entry.field.series: _value(entry) for entry in kept}
        headings = self._headings(sheets)
        self._compare_brought(filled)
        self._list_new(fields, filled, headings)
        missing = self._unfilled(fields, filled, headings)
        return Migration(
            filled=filled,
            headings=headings,
            carried=Counter(entry.field.form for entry in kept),
            items=tuple(sorted(self.items, key=lambda item: list(Fate).index(item.fate))),
            blank=len(missing),
        )

    def _matched(
        self, rows: Sequence[OldRow], elements: Mapping[ElementCode, Element]
    ) -> Iterator[tuple[OldRow, Element]]:
        """The rows with the element that each is of: that of its code, else that of its very name."""
        times = Counter(row.code for row in rows)
        by_name = _by_name([element for code, element in elements.items() if code not in times])
        named = Counter(plain_name(row.name) for row in rows if row.code not in elements)
        for row in rows:
            element = elements.get(ElementCode(row.code))
            if element is None and named[plain_name(row.name)] == 1:
                element = by_name.get(plain_name(row.name))
            if times[row.code] > 1:
                self._leave(row, "代码出现了两次，分不清以哪行为准", "the code occurs twice")
            elif element is not None:
                yield row, element
            elif ElementCode(row.code) in self.asked.rules.elements:
                self._leave(row, "本期不用报", "not due in this period")
            else:
                self._leave(row, "现在的报表没有这个数据项", "no such element in the present forms")

    def _place_row(self, row: OldRow, fields: Sequence[Field]) -> None:
        element = fields[0].element
        self.known |= {(element.code, _head(each)) for each in fields if _head(each) in row.heads}
        if not same_measure(row.measure, element.measure):
            words = f"计量单位原为“{row.measure}”，现为“{element.measure}”，请换算后填"
            self._leave(row, words, "the measure has changed")
            return
        self._look_at_labels(row, element)
        for head, cell in row.cells.items():
            target = next((each for each in fields if _head(each) == head), None)
            if target is None:
                self._leave_cell(row, head, cell, fields)
            elif target.is_total:
                # The new template adds up by itself; a total without its parts cannot be taken apart.
                if not row.members and not cell.formula:
                    self._leave_cell(row, head, cell, fields)
            elif head == VALUE_HEAD and cell.formula and row.members:
                self._leave_cell(row, head, cell, fields)
            else:
                self._place_cell(row, target, cell)

    def _look_at_labels(self, row: OldRow, element: Element) -> None:
        if not row.cells:
            return
        first = next(iter(row.cells.values()))
        if row.code != element.code:
            words = f"代码原为 {row.code}，现为 {element.code}，按名称带入，请核对"
            self._add(Fate.CHECK, row, "", words, "the code has changed", first)
        elif not same_name(row.name, element.name, element.measure):
            words = f"数据项原名“{row.name}”，现名“{element.name}”，请核对口径"
            self._add(Fate.CHECK, row, "", words, "the element was renamed", first)

    def _place_cell(self, row: OldRow, target: Field, cell: Cell) -> None:
        sheet = self.workbook.sheet(row.sheet)
        if sheet is not None and sheet.visibility is not Visibility.VISIBLE:
            words = "所在的工作表是隐藏的，没有带入，请取消隐藏、核对后填写"
            self._add(Fate.LEFT, row, target.head, words, "its sheet is hidden", cell)
            return
        entry = read_entry(target, Spot(row.sheet, cell.address, cell), date1904=self.workbook.date1904)
        if entry.state in {State.BLANK, State.UNREAD}:
            why = entry.issue.zh if entry.issue else "没有可读的内容"
            self._add(Fate.LEFT, row, target.head, why, entry.issue.en if entry.issue else "nothing", cell)
            return
        self.placed.append((row, entry))

    def _sound(self) -> list[Entry]:
        """The entries that the definition of their element allows; the others are left with the reason."""
        wrong = {id(entry): issue for entry, issue in type_issues([entry for _, entry in self.placed])}
        sound: list[Entry] = []
        for row, entry in self.placed:
            cell = entry.spot.cell if entry.spot else None
            issue = wrong.get(id(entry))
            amount = amount_of(entry)
            if issue is not None:
                self._add(Fate.LEFT, row, entry.field.head, issue.zh, issue.en, cell)
            elif isinstance(amount, Fraction) and not is_kept(amount):
                words = "位数超过 15 位，表格里存不下"
                self._add(Fate.LEFT, row, entry.field.head, words, "more than 15 digits", cell)
            else:
                if entry.issue is not None:
                    self._add(Fate.CHECK, row, entry.field.head, entry.issue.zh, entry.issue.en, cell)
                sound.append(entry)
        return sound

    def _headings(self, sheets: Iterable[OldSheet]) -> dict[FormCode, Heading]:
        due = {form.code for form in self.forms}
        found: dict[FormCode, Heading] = {}
        for sheet in sheets:
            if sheet.form in due and sheet.form not in found:
                found[sheet.form] = sheet.heading
        return found

    def _compare_brought(self, filled: Mapping[Series, Amount | Standing]) -> None:
        """Where the old workbook and the system's own reckoning differ, the old one stands and is told."""
        for row, entry in self.placed:
            series = entry.field.series
            own = self.brought.carried.get(series)
            if series in filled and own is not None and own != filled[series]:
                words = f"系统按以前接受的数算出 {value_text(entry.field.element, own)}，请核对"
                cell = entry.spot.cell if entry.spot else None
                self._add(
                    Fate.CHECK, row, entry.field.head, words, "differs from what the system reckons", cell
                )

    def _list_new(
        self,
        fields: Iterable[Field],
        filled: Mapping[Series, Amount | Standing],
        headings: Mapping[FormCode, Heading],
    ) -> None:
        for each in fields:
            if each.is_total or each.series in filled or each.series in self.brought.carried:
                continue
            if (each.element.code, _head(each)) not in self.known:
                nil = headings.get(each.form, Heading()).nil
                self.items.append(
                    Moved(
                        fate=Fate.NEW,
                        form=each.form,
                        row_label=each.row_label,
                        column=each.head,
                        why=_NEW_UNDER_NIL if nil else _NEW,
                        why_en="not in the old workbook; to be filled in",
                    )
                )

    def _unfilled(
        self,
        fields: Iterable[Field],
        filled: Mapping[Series, Amount | Standing],
        headings: Mapping[FormCode, Heading],
    ) -> list[Field]:
        events = event_elements(self.asked.rules)
        return [
            each
            for each in fields
            if not (each.is_total or each.series in filled or each.series in self.brought.carried)
            and each.element.code not in events
            and not headings.get(each.form, Heading()).nil
        ]

    def _leave(self, row: OldRow, why: str, why_en: str) -> None:
        for head, cell in row.cells.items():
            if not (head == VALUE_HEAD and cell.formula and row.members):
                self._add(Fate.LEFT, row, head, why, why_en, cell)

    def _leave_cell(self, row: OldRow, head: str, cell: Cell, fields: Sequence[Field]) -> None:
        if head == VALUE_HEAD and len(fields) > 1:
            words = "现在按列分填，原来只有一个总数，不能拆开"
        elif len(fields) == 1:
            words = "现在只填一个总数，原来按列分填，请合计后填"
        else:
            words = f"这一行现在没有“{head}”一列"
        self._add(Fate.LEFT, row, head, words, "no such column in this row any more", cell)

    def _add(self, fate: Fate, row: OldRow, column: str, why: str, why_en: str, cell: Cell | None) -> None:
        self.items.append(
            Moved(
                fate=fate,
                form=row.form,
                row_label=f"{row.code} {row.name}".strip(),
                column=column,
                why=why,
                why_en=why_en,
                sheet=row.sheet,
                cell=cell.address if cell else "",
                text=shown_text(cell, date1904=self.workbook.date1904) if cell else "",
            )
        )


def _head(each: Field) -> str:
    """The head of a field as that of an old column."""
    return figures_head(comparable(each.head))


def _by_name(elements: Sequence[Element]) -> dict[str, Element]:
    """The elements by their names, as far as no two have the same."""
    times = Counter(plain_name(element.name) for element in elements)
    return {plain_name(each.name): each for each in elements if times[plain_name(each.name)] == 1}


def _value(entry: Entry) -> Amount | Standing:
    standing = _STANDINGS.get(entry.state)
    amount = amount_of(entry)
    if standing is not None or amount is None:
        return standing or Standing.NOT_APPLICABLE
    return amount
