"""Changing cells of a workbook that XlsxWriter wrote, and packing it again so that the bytes never vary."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

_CELL = r'<c r="{address}"(?: s="([0-9]+)")?(?: t="[a-z]+")?(?:/>|>.*?</c>)'
_ROW = r'<row r="{row}"[^>]*?(?:/>|>.*?</row>)'
_PACKED_AT = (1980, 1, 1, 0, 0, 0)
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class WorkbookEdit:
    """The parts of an .xlsx, as text; sheets are named by the first word of their tab."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name).decode() for name in archive.namelist()}
        names = re.findall(r'<sheet name="([^"]+)"', self.parts["xl/workbook.xml"])
        self.sheets = {
            name.split()[0]: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(names, 1)
        }
        self.titles = {name.split()[0]: name for name in names}

    def packed(self) -> bytes:
        """The workbook as bytes; the same parts give the same bytes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, text in self.parts.items():
                entry = zipfile.ZipInfo(name, _PACKED_AT)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, text, compresslevel=9)
        return buffer.getvalue()

    def put_text(self, sheet: str, address: str, text: str) -> None:
        """Type words into a cell."""
        inner = f"<is><t>{escape(text)}</t></is>"
        self._put(sheet, address, lambda head: f'<c r="{address}"{head} t="inlineStr">{inner}</c>')

    def put_number(self, sheet: str, address: str, number: str) -> None:
        """Type a number, as stored in the file, into a cell."""
        self._put(sheet, address, lambda head: f'<c r="{address}"{head}><v>{number}</v></c>')

    def put_truth(self, sheet: str, address: str, *, truth: bool) -> None:
        """Type a truth value into a cell."""
        self._put(sheet, address, lambda head: f'<c r="{address}"{head} t="b"><v>{int(truth)}</v></c>')

    def put_formula(self, sheet: str, address: str, formula: str, cached: str | None = None) -> None:
        """Enter a formula; without a cached value as programs write it that do not calculate."""
        value = "" if cached is None else f"<v>{cached}</v>"
        self._put(sheet, address, lambda head: f'<c r="{address}"{head}><f>{escape(formula)}</f>{value}</c>')

    def put_result(self, sheet: str, address: str, number: str) -> None:
        """Change the saved result of a formula and leave the formula."""
        found = re.search(
            rf'<c r="{address}"[^>]*><f>.*?</f><v>(.*?)</v></c>', self.parts[self.sheets[sheet]]
        )
        if found is None:
            raise ValueError(f"{sheet} has no formula at {address}")
        self.replace(sheet, found[0], found[0].replace(f"<v>{found[1]}</v>", f"<v>{number}</v>"))

    def put_error(self, sheet: str, address: str, formula: str, error: str) -> None:
        """Enter a formula whose saved result is an error value."""
        inner = f"<f>{escape(formula)}</f><v>{error}</v>"
        self._put(sheet, address, lambda head: f'<c r="{address}"{head} t="e">{inner}</c>')

    def clear(self, sheet: str, address: str) -> None:
        """Empty a cell, leaving its look."""
        self._put(sheet, address, lambda head: f'<c r="{address}"{head}/>')

    def has_cell(self, sheet: str, address: str) -> bool:
        """Whether the cell is written at all, with a value or only with a look."""
        return re.search(_CELL.format(address=address), self.parts[self.sheets[sheet]]) is not None

    def row(self, sheet: str, row: int) -> str:
        """The text of a row; raises ValueError where there is none."""
        found = re.search(_ROW.format(row=row), self.parts[self.sheets[sheet]], re.DOTALL)
        if found is None:
            raise ValueError(f"{sheet} has no row {row}")
        return found[0]

    def remove_row(self, sheet: str, row: int) -> None:
        """Delete a row and leave a gap."""
        self.replace(sheet, self.row(sheet, row), "")

    def copy_row(self, sheet: str, row: int, to: int) -> None:
        """Write a row a second time at a free row further down."""
        self.add_row(sheet, to, _moved(self.row(sheet, row), row, to))

    def add_row(self, sheet: str, at: int, text: str) -> None:
        """Put the text of a row before the first row that stands below it."""
        part = self.parts[self.sheets[sheet]]
        for found in re.finditer(r'<row r="([0-9]+)"', part):
            if int(found[1]) == at:
                raise ValueError(f"{sheet} has a row {at}")
            if int(found[1]) > at:
                self.parts[self.sheets[sheet]] = part[: found.start()] + text + part[found.start() :]
                return
        self.replace(sheet, "</sheetData>", text + "</sheetData>")

    def swap_rows(self, sheet: str, one: int, other: int) -> None:
        """Exchange two rows."""
        first, second = self.row(sheet, one), self.row(sheet, other)
        self.replace(sheet, first, "<first/>")
        self.replace(sheet, second, _moved(first, one, other))
        self.replace(sheet, "<first/>", _moved(second, other, one))

    def hide_row(self, sheet: str, row: int) -> None:
        """Hide a row."""
        self.replace(sheet, f'<row r="{row}"', f'<row r="{row}" hidden="1"')

    def merge(self, sheet: str, cells: str) -> None:
        """Merge a range of cells; what is covered stays in the file."""
        part = self.parts[self.sheets[sheet]]
        count = int(re.findall(r'<mergeCells count="([0-9]+)"', part)[0])
        self.replace(sheet, f'<mergeCells count="{count}">', f'<mergeCells count="{count + 1}">')
        self.replace(sheet, "</mergeCells>", f'<mergeCell ref="{cells}"/></mergeCells>')

    def hide_sheet(self, sheet: str) -> None:
        """Hide a sheet."""
        name = f'<sheet name="{self.titles[sheet]}"'
        self.replace_part("xl/workbook.xml", name, f'{name} state="hidden"')

    def rename_sheet(self, sheet: str, name: str) -> None:
        """Give a sheet another tab."""
        self.replace_part("xl/workbook.xml", f'<sheet name="{self.titles[sheet]}"', f'<sheet name="{name}"')
        self.parts["xl/workbook.xml"] = re.sub(
            "<definedNames>.*</definedNames>", "", self.parts["xl/workbook.xml"]
        )

    def add_sheet(self, name: str, copy_of: str = "", texts: Mapping[str, str] | None = None) -> None:
        """Append a sheet: a copy of another one, or one that holds the given texts in column A."""
        number = len(re.findall("<sheet name=", self.parts["xl/workbook.xml"])) + 1
        part, main = f"xl/worksheets/sheet{number}.xml", self.parts[self.sheets["F01"]]
        opening = re.findall(r"^.*?<worksheet[^>]*>", main, re.DOTALL)[0]
        rows = "".join(
            f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{escape(text)}</t></is></c></row>'
            for row, text in enumerate((texts or {}).values(), 1)
        )
        bare = f"{opening}<sheetData>{rows}</sheetData></worksheet>"
        self.parts[part] = self.parts[self.sheets[copy_of]] if copy_of else bare
        sheet = f'<sheet name="{name}" sheetId="{number}" r:id="rIdExtra"/>'
        self.replace_part("xl/workbook.xml", "</sheets>", f"{sheet}</sheets>")
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
        link = f'<Relationship Id="rIdExtra" Type="{kind}" Target="worksheets/sheet{number}.xml"/>'
        self.replace_part("xl/_rels/workbook.xml.rels", "</Relationships>", f"{link}</Relationships>")
        override = f'<Override PartName="/{part}" ContentType="{_SHEET_TYPE}"/>'
        self.replace_part("[Content_Types].xml", "</Types>", f"{override}</Types>")

    def drop_sheet(self, sheet: str) -> None:
        """Take a sheet out of the workbook, with every trace of it."""
        part, title = self.sheets[sheet], self.titles[sheet]
        book = self.parts["xl/workbook.xml"]
        identifier = re.findall(f'<sheet name="{re.escape(title)}"[^>]*r:id="(rId[0-9]+)"/>', book)[0]
        book = re.sub(f'<sheet name="{re.escape(title)}"[^>]*/>', "", book)
        self.parts["xl/workbook.xml"] = re.sub("<definedNames>.*</definedNames>", "", book)
        rels = self.parts["xl/_rels/workbook.xml.rels"]
        self.parts["xl/_rels/workbook.xml.rels"] = re.sub(f'<Relationship Id="{identifier}"[^>]*/>', "", rels)
        types = self.parts["[Content_Types].xml"]
        self.parts["[Content_Types].xml"] = re.sub(f'<Override PartName="/{part}"[^>]*/>', "", types)
        del self.parts[part]

    def replace(self, sheet: str, old: str, new: str) -> None:
        """Replace a text that stands exactly once on a sheet; raises ValueError where it does not."""
        self.replace_part(self.sheets[sheet], old, new)

    def replace_part(self, part: str, old: str, new: str) -> None:
        """Replace a text that stands exactly once in a part; raises ValueError where it does not."""
        if self.parts[part].count(old) != 1:
            raise ValueError(f"{old[:80]!r} stands {self.parts[part].count(old)} times in {part}")
        self.parts[part] = self.parts[part].replace(old, new)

    def _put(self, sheet: str, address: str, made: Callable[[str], str]) -> None:
        found = re.search(_CELL.format(address=address), self.parts[self.sheets[sheet]], re.DOTALL)
        if found is None:
            raise ValueError(f"{sheet} has no cell {address}")
        look = f' s="{found[1]}"' if found[1] else ""
        self.replace(sheet, found[0], made(look))


def _moved(text: str, row: int, to: int) -> str:
    """The text of a row for another place: its own number and those of its cells."""
    text = text.replace(f'<row r="{row}"', f'<row r="{to}"', 1)
    return re.sub(rf'<c r="([A-Z]+){row}"', rf'<c r="\g<1>{to}"', text)
