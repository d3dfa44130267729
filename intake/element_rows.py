"""The rows of a table: found by the code of their element, or by its whole name; what the others are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from intake.cells import Cell, CellKind
from intake.fields import Field
from intake.head_labels import FIXED_HEADS, is_total_label, plain_name, same_measure, same_name
from intake.labels import CODE_HEAD, LAST_HEADS, MEASURE_HEAD, NAME_HEAD, comparable
from intake.numbers_text import is_number
from intake.odd_characters import foreign_letters, latin_code
from intake.readings import half_width
from intake.table import Table
from intake.wording import fault
from scoring.codes import ElementCode
from scoring.rulebook.forms import Element

_CODE_LIKE = re.compile(r"[A-Z]{1,4}[0-9][A-Z0-9_]{0,10}", re.ASCII)
_DIGITS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def find_rows(table: Table, fields: Sequence[Field]) -> None:
    """Find the row of every element; rows that are missing, doubled or unknown are issues."""
    _Rows(table, fields).settle()


class _Rows:
    """The rows below a head, sorted out."""

    def __init__(self, table: Table, fields: Sequence[Field]) -> None:
        self.table = table
        self.wanted = {field.element.code: field.element for field in fields}
        self.not_due = {element.code for element in table.form.elements} - self.wanted.keys()
        self.found: dict[ElementCode, list[int]] = {}
        self.misspelt: set[ElementCode] = set()
        self.uncoded: list[tuple[int, Mapping[int, Cell]]] = []
        names = Counter(plain_name(element.name) for element in table.form.elements)
        self.by_name = {
            plain_name(element.name): element
            for element in self.wanted.values()
            if names[plain_name(element.name)] == 1
        }

    def settle(self) -> None:
        """Go through the rows, then through the elements."""
        for row in self.table.block.repeated:
            self.table.note(
                (row, min(self.table.block.labels)),
                "重复的表头",
                "",
                "表头在这里又出现了一次，各列相同，没有当作数据",
                "the head row stands here again with the same columns; it was left out",
            )
        for row, cells in self.table.block.body:
            self._sort_row(row, cells)
        for row, cells in self.uncoded:
            self._name_row(row, cells)
        for element in self.wanted.values():
            self._settle_element(element, self.found.get(element.code, []))

    def _sort_row(self, row: int, cells: Mapping[int, Cell]) -> None:
        column = self.table.columns.get(CODE_HEAD, 0)
        code = ElementCode(comparable(half_width(cells[column].text)).upper() if column in cells else "")
        if code in self.wanted:
            self.found.setdefault(code, []).append(row)
        elif code in self.not_due:
            self.table.report(fault("row-not-due"), row, column, found=cells[column].text)
        elif (meant := self._meant(code)) is not None:
            self.misspelt.add(meant)
            self._report_misspelt(row, column, cells[column].text, meant)
        elif _CODE_LIKE.fullmatch(code):
            self.table.report(fault("row-unknown"), row, column, found=cells[column].text)
        elif comparable(cells[min(cells)].text) not in LAST_HEADS:
            self.uncoded.append((row, cells))

    def _meant(self, code: str) -> ElementCode | None:
        """The element whose code looks the same but is written with other characters."""
        latin = latin_code(code)
        meant = {latin, latin[:2] + latin[2:].translate(_DIGITS), latin[:1] + latin[1:].translate(_DIGITS)}
        known = {ElementCode(each) for each in meant} & self.wanted.keys()
        return known.pop() if len(known) == 1 else None

    def _report_misspelt(self, row: int, column: int, found: str, meant: ElementCode) -> None:
        label = f"{meant} {self.wanted[meant].name}"
        letters = foreign_letters(found) or "、".join(
            f"“{letter}”（U+{ord(letter):04X}）" for letter in dict.fromkeys(found) if letter in "OoIl"
        )
        what = fault("row-code-misspelt", characters=letters)
        self.table.report(what, row, column, found=found, expected=meant, label=label)

    def _name_row(self, row: int, cells: Mapping[int, Cell]) -> None:
        """A row without a code: an element's by its name, a total of the writer's own, or nobody's."""
        column = self.table.columns.get(NAME_HEAD, 0)
        element = self.by_name.get(plain_name(cells[column].text)) if column in cells else None
        if element is not None and element.code not in self.found and self._measure_fits(cells, element):
            self.found[element.code] = [row]
            self.table.note(
                (row, column),
                cells[column].text,
                f"{element.code} {element.name}",
                "这一行没有代码，按数据项的名称认出",
                "the row has no code; it was known by the name of its element",
            )
        elif self._holds_figures(cells):
            self._sort_figures(row, cells)

    def _sort_figures(self, row: int, cells: Mapping[int, Cell]) -> None:
        labels = [self.table.columns[head] for head in (CODE_HEAD, NAME_HEAD) if head in self.table.columns]
        for column in labels:
            if column in cells and is_total_label(comparable(cells[column].text)):
                self.table.note(
                    (row, column),
                    cells[column].text,
                    "",
                    "自己加的合计行，没有当作数据",
                    "a row of totals of your own; it was not read",
                )
                return
        self.table.report(fault("row-without-code"), row, min(cells))

    def _measure_fits(self, cells: Mapping[int, Cell], element: Element) -> bool:
        column = self.table.columns.get(MEASURE_HEAD)
        return column is None or (column in cells and same_measure(cells[column].text, element.measure))

    def _holds_figures(self, cells: Mapping[int, Cell]) -> bool:
        """Whether a cell below the heads of figures holds more than words."""
        figures = {column for head, column in self.table.columns.items() if head not in FIXED_HEADS}
        return any(
            column in figures and (cell.kind is not CellKind.TEXT or is_number(comparable(cell.text)))
            for column, cell in cells.items()
        )

    def _settle_element(self, element: Element, rows: list[int]) -> None:
        table, label = self.table, f"{element.code} {element.name}"
        column = table.columns.get(CODE_HEAD, table.columns.get(NAME_HEAD, 1))
        if len(rows) > 1:
            for row in rows[1:]:
                table.report(fault("row-doubled", other=rows[0]), row, column, found=label, label=label)
        elif rows:
            table.elements[element.code] = rows[0]
            self._compare_name(element, rows[0], label)
            self._compare_measure(element, rows[0], label)
        elif element.code not in self.misspelt:
            table.report(fault("row-missing"), table.head, column, expected=label, label=label)

    def _compare_name(self, element: Element, row: int, label: str) -> None:
        column = self.table.columns.get(NAME_HEAD)
        found = self._text(row, column)
        if column is None or comparable(found) == comparable(element.name):
            return
        if same_name(found, element.name, element.measure):
            self.table.note(
                (row, column),
                found,
                element.name,
                "数据项名称的写法不同，按代码认出",
                "the name is spelled otherwise; the row was known by its code",
            )
        else:
            what = fault("row-renamed", code=element.code)
            self.table.report(what, row, column, found=found, expected=element.name, label=label)

    def _compare_measure(self, element: Element, row: int, label: str) -> None:
        column = self.table.columns.get(MEASURE_HEAD)
        found = self._text(row, column)
        if column is None or comparable(found) == comparable(element.measure):
            return
        if same_measure(found, element.measure):
            self.table.note(
                (row, column),
                found,
                element.measure,
                "计量单位的写法不同",
                "the measure is spelled otherwise",
            )
        else:
            what = fault("measure-changed")
            self.table.report(what, row, column, found=found, expected=element.measure, label=label)

    def _text(self, row: int, column: int | None) -> str:
        cell = self.table.rows[row].get(column or 0)
        return cell.text if cell else ""
