"""Marks on one worksheet: colouring its cells, hanging comments on them, and taking both away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from intake.addresses import Position, column_letters, split_address
from intake.annotated.cells_found import (
    FoundCells,
    FoundRow,
    find_places,
    find_styled,
    merged_ranges,
    seen_place,
)
from intake.annotated.comments_part import Note, is_about, new_comments, with_notes, without_notes
from intake.annotated.container import Container
from intake.annotated.fills import Before, Origin
from intake.annotated.marking_styles import MarkingStyles
from intake.annotated.memory import main_namespace
from intake.annotated.notes import note_of
from intake.annotated.references import SPREADSHEET, References
from intake.annotated.spans import Edits, Unpatchable, read_tree, with_attribute
from intake.annotated.vml_part import (
    CONTENT_TYPE,
    Box,
    can_hold,
    lines_of,
    new_drawing,
    with_boxes,
    without_boxes,
)
from intake.xml_walk import RELATIONSHIP_IDS
from scoring.errors import Issue, Severity, has_hard

# What may stand before the drawing of comments, in the order of the schema.
_BEFORE_DRAWING = frozenset(
    {
        "sheetPr",
        "dimension",
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "sheetData",
        "sheetCalcPr",
        "sheetProtection",
        "protectedRanges",
        "scenarios",
        "autoFilter",
        "sortState",
        "dataConsolidate",
        "customSheetViews",
        "mergeCells",
        "phoneticPr",
        "conditionalFormatting",
        "dataValidations",
        "hyperlinks",
        "printOptions",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "rowBreaks",
        "colBreaks",
        "customProperties",
        "cellWatches",
        "ignoredErrors",
        "smartTags",
        "drawing",
    }
)
_STYLE_USED = re.compile(rb"""\ss(?:tyle)?\s*=\s*["'](\d+)["']""")
_TRUE = frozenset({"1", "true"})


class SheetMarks:
    """One worksheet of a container."""

    def __init__(self, container: Container, references: References, part: str) -> None:
        self._container = container
        self._references = references
        self._part = part

    def put(self, issues: Mapping[Position, Sequence[Issue]], styles: MarkingStyles) -> None:
        """Colour the cells that have issues, and say on each what is wrong."""
        data = self._container.read(self._part)
        merged = merged_ranges(data)
        told: dict[Position, list[Issue]] = {}
        for place, here in issues.items():
            told.setdefault(seen_place(place, merged), []).extend(here)
        found = find_places(data, told.keys())
        edits = Edits(data)
        _colour(edits, found, told, styles)
        self._comment(edits, found, {place: Note(*note_of(here)) for place, here in told.items()})
        self._container.write(self._part, edits.made())

    def clear(self, styles: Mapping[str, tuple[str, Before]]) -> None:
        """Take our comments away, and give cells with a marked style the one that `styles` names."""
        data = self._container.read(self._part)
        used = {each.decode() for each in _STYLE_USED.findall(data)}
        if used & styles.keys():
            self._container.write(self._part, _uncoloured(data, styles))
        self._uncomment()

    def _comment(self, edits: Edits, found: FoundCells, notes: Mapping[Position, Note]) -> None:
        """Where comments cannot be written, the list of issues tells the same."""
        part = self._references.target(self._part, "comments")
        drawing = self._drawing(found)
        by_address = {f"{column_letters(column)}{row}": note for (row, column), note in notes.items()}
        namespace = main_namespace(strict="purl" in self._references.types)
        try:
            data = self._container.read(part) if part else new_comments(namespace)
            written, added = with_notes(data, by_address)
            boxes = [_box(each, by_address[each]) for each in added]
            shapes = self._container.read(drawing) if drawing else new_drawing(self._free_block())
            if not can_hold(shapes):
                return
        except (Unpatchable, KeyError):
            return
        if boxes:
            self._draw(edits, found, drawing, with_boxes(shapes, boxes, found))
        if not part:
            part = self._container.free_name(f"{self._folder()}comments{{}}.xml")
            self._references.declare(part, f"{SPREADSHEET}.comments+xml")
            self._references.add(self._part, "comments", part)
        self._container.write(part, written)

    def _draw(self, edits: Edits, found: FoundCells, drawing: str, shapes: bytes) -> None:
        if not drawing:
            drawing = self._container.free_name(f"{self._folder()}drawings/vmlDrawing{{}}.vml")
            self._references.declare(drawing, CONTENT_TYPE)
            identity = self._references.add(self._part, "vmlDrawing", drawing)
            prefix = _prefix(edits.data, found)
            words = f'xmlns:r="{self._references.types}" r:id="{identity}"'
            at = max(end for name, end, _ in found.parts if name in _BEFORE_DRAWING)
            edits.insert(at, f"<{prefix}legacyDrawing {words}/>".encode())
        self._container.write(drawing, shapes)

    def _drawing(self, found: FoundCells) -> str:
        """The part in which the comments of this sheet are drawn; empty where there is none."""
        for name, _, attributes in found.parts:
            if name == "legacyDrawing":
                identity = next((attributes[key] for key in RELATIONSHIP_IDS if key in attributes), "")
                arrows = self._references.arrows(self._part)
                return next((each.target for each in arrows if each.identity == identity), "")
        return ""

    def _free_block(self) -> int:
        return int("".join(re.findall(r"\d+", self._part.rpartition("/")[2])) or 1) % 1000 or 1

    def _folder(self) -> str:
        """The folder of the workbook, with its slash."""
        folder = self._references.workbook.rpartition("/")[0]
        return f"{folder}/" if folder else ""

    def _uncomment(self) -> None:
        part = self._references.target(self._part, "comments")
        if not part or not is_about(self._container.read(part)):
            return
        try:
            cleaned = without_notes(self._container.read(part))
        except Unpatchable:
            return
        if cleaned.gone and not cleaned.left:
            self._drop(part, "comments")
        else:
            self._container.write(part, cleaned.data)
        self._undraw({place for each in cleaned.gone if (place := split_address(each))})

    def _undraw(self, places: set[Position]) -> None:
        data = self._container.read(self._part)
        root = read_tree(data, 1)
        line = root.child("legacyDrawing")
        if line is None or not places:
            return
        identity = next((line.attributes[key] for key in RELATIONSHIP_IDS if key in line.attributes), "")
        drawing = next(
            (each.target for each in self._references.arrows(self._part) if each.identity == identity), ""
        )
        if not drawing or not self._container.has(drawing):
            return
        shapes, empty = without_boxes(self._container.read(drawing), places)
        if not empty:
            self._container.write(drawing, shapes)
            return
        edits = Edits(data)
        edits.remove(line)
        self._container.write(self._part, edits.made())
        self._references.remove(self._part, identity)
        self._references.forget(drawing)

    def _drop(self, part: str, kind: str) -> None:
        for arrow in self._references.arrows(self._part):
            if arrow.kind == kind and arrow.target == part:
                self._references.remove(self._part, arrow.identity)
        self._references.forget(part)


def _box(address: str, note: Note) -> Box:
    return Box(split_address(address) or (1, 1), lines_of(note.text))


def _colour(
    edits: Edits, found: FoundCells, issues: Mapping[Position, Sequence[Issue]], styles: MarkingStyles
) -> None:
    prefix = _prefix(edits.data, found)
    new_rows: dict[int, list[tuple[int, str]]] = {}

    def style_of(place: Position, style: str | None, origin: Origin) -> int | None:
        severity = Severity.HARD if has_hard(issues[place]) else Severity.SOFT
        return styles.marked(int(style or 0), severity, origin)

    for place, cell in found.cells.items():
        origin = Origin.BARE if cell.style is None else Origin.STYLED
        marked = style_of(place, cell.style, origin)
        if marked is not None:
            head = with_attribute(edits.data[cell.start : cell.head], "s", str(marked))
            edits.replace(cell.start, cell.head, head)
    for number, row in sorted(found.rows.items()):
        origin = Origin.NO_ROW if row.start == row.end else Origin.NO_CELL
        for column, at in sorted(row.gaps.items()):
            marked = style_of((number, column), _inherited(column, row, found), origin)
            if marked is None:
                continue
            new = f'<{prefix}c r="{column_letters(column)}{number}" s="{marked}"/>'
            if row.head == row.end:
                new_rows.setdefault(number, []).append((column, new))
            else:
                edits.insert(at, new.encode())
    _add_rows(edits, found, {number: "".join(new for _, new in cells) for number, cells in new_rows.items()})


def _add_rows(edits: Edits, found: FoundCells, rows: Mapping[int, str]) -> None:
    """Write cells into rows that were not there, or were written without any content."""
    prefix = _prefix(edits.data, found)
    outer = found.data
    opening: list[str] = []
    for number, cells in sorted(rows.items()):
        row = found.rows[number]
        if row.start != row.end:
            edits.replace(row.end - 2, row.end, f">{cells}</{prefix}row>".encode())
        elif outer is not None and outer.head == outer.end:
            opening.append(f'<{prefix}row r="{number}">{cells}</{prefix}row>')
        else:
            edits.insert(row.start, f'<{prefix}row r="{number}">{cells}</{prefix}row>'.encode())
    if opening and outer is not None:
        edits.replace(outer.end - 2, outer.end, f">{''.join(opening)}</{prefix}sheetData>".encode())


def _inherited(column: int, row: FoundRow, found: FoundCells) -> str | None:
    """The style that a cell shows which is not written down: its row's, else its column's."""
    if row.attributes.get("customFormat") in _TRUE:
        return row.attributes.get("s")
    return next((words.get("style") for first, last, words in found.columns if first <= column <= last), None)


def _prefix(data: bytes, found: FoundCells) -> str:
    start = found.data.start if found.data else 0
    name = re.match(rb"<((?:[\w.-]+:)?)", data[start : start + 100])
    return name[1].decode() if name else ""


def _uncoloured(data: bytes, styles: Mapping[str, tuple[str, Before]]) -> bytes:
    found = find_styled(data, styles.keys())
    edits = Edits(data)
    removed: dict[int, int] = {}
    for (row, _), cell in found.cells.items():
        _, before = styles[cell.style or ""]
        if cell.blank and before.origin in {Origin.NO_CELL, Origin.NO_ROW}:
            removed[row] = removed.get(row, 0) + 1
    emptied = {row for row, count in removed.items() if count == found.rows[row].cells}
    for (row, _), cell in found.cells.items():
        clean, before = styles[cell.style or ""]
        added = before.origin in {Origin.NO_CELL, Origin.NO_ROW}
        if cell.blank and added:
            if row not in emptied:
                edits.replace(cell.start, cell.end, b"")
            continue
        written = None if before.origin is Origin.BARE and clean == "0" else clean
        head = with_attribute(data[cell.start : cell.head], "s", written)
        edits.replace(cell.start, cell.head, head)
    _empty_rows(edits, found, emptied, styles)
    return edits.made()


def _empty_rows(
    edits: Edits, found: FoundCells, emptied: set[int], styles: Mapping[str, tuple[str, Before]]
) -> None:
    """Rows in which only our cells stood go as they came."""
    ours = {
        row for (row, _), cell in found.cells.items() if styles[cell.style or ""][1].origin is Origin.NO_ROW
    }
    for number in emptied:
        row = found.rows[number]
        if number in ours and set(row.attributes) <= {"r", "spans"}:
            edits.replace(row.start, row.end, b"")
        else:
            edits.replace(row.head - 1, row.end, b"/>")
