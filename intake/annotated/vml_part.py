"""The boxes in which the comments of a sheet are shown: an old drawing language that is no strict XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from intake.addresses import Position
from intake.annotated.cells_found import FoundCells, points

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'
)
_KIND = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" '
    'fillcolor="#fffbe6" o:insetmode="auto"><v:fill color2="#fffbe6"/><v:shadow on="t" color="black" '
    'obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"/></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
    "<x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_END = b"</xml>"
_SHAPE_STARTS, _SHAPE_ENDS = re.compile(rb"<v:shape\s"), b"</v:shape>"
_ANY_SHAPE = re.compile(rb"<v:(?:shape|group|rect|line|oval|image)\s")
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})")
_BLOCKS = re.compile(rb"""<o:idmap\s[^>]*?data\s*=\s*["']([\d,\s]{1,99})["']""")
_PLACE = (re.compile(rb"<x:Row>\s*(\d+)\s*</x:Row>"), re.compile(rb"<x:Column>\s*(\d+)\s*</x:Column>"))
_NAMESPACES = (b"urn:schemas-microsoft-com:vml", b"urn:schemas-microsoft-com:office:excel")
_BLOCK_SIZE = 1024
_HEAD_SIZE = 4096
_BOX_WIDTH, _LINE_HEIGHT, _LETTERS_A_LINE, _MOST_LINES = 300, 17, 42, 24
_COLUMN_PIXELS, _ROW_PIXELS = 64.0, 20.0


@dataclass(frozen=True, slots=True)
class Box:
    """Where a comment is shown: its cell, and how long its text is in lines."""

    place: Position
    lines: int


def lines_of(text: str) -> int:
    """How many lines of a box a text fills."""
    wide = (sum(2 if letter > "\u2e7f" else 1 for letter in line) for line in text.split("\n"))
    return min(sum(max(-(-each // _LETTERS_A_LINE), 1) for each in wide), _MOST_LINES)


def new_drawing(number: int) -> bytes:
    """A drawing without shapes; `number` keeps its shapes apart from those of other sheets."""
    return (_HEAD.format(block=number) + "</xml>").encode()


def can_hold(data: bytes) -> bool:
    """Whether shapes can be added to a drawing that somebody else wrote."""
    return data.rstrip().endswith(_END) and all(name in data for name in _NAMESPACES)


def with_boxes(data: bytes, boxes: Iterable[Box], sheet: FoundCells) -> bytes:
    """The drawing with a hidden box for each comment."""
    numbers = [int(each) for each in _NUMBER.findall(data)]
    blocks = _BLOCKS.search(data, 0, _HEAD_SIZE)
    base = max((int(each) for each in blocks[1].split(b",") if each.strip()), default=1) if blocks else 1
    last = max([base * _BLOCK_SIZE, *numbers])
    new = "" if b'id="_x0000_t202"' in data else _KIND
    widths, heights = _widths(sheet), _heights(sheet)
    shapes = []
    for number, box in enumerate(boxes, last + 1):
        row, column = box.place
        anchor = _anchor(box, widths, heights)
        shapes.append(_SHAPE.format(number=number, anchor=anchor, row=row - 1, column=column - 1))
    at = data.rindex(_END)
    return data[:at] + (new + "".join(shapes)).encode() + data[at:]


def without_boxes(data: bytes, places: Set[Position]) -> tuple[bytes, bool]:
    """The drawing without the boxes of some comments, and whether nothing at all is left in it."""
    kept = b"".join(piece for piece in _pieces(data) if _place(piece) not in places)
    if b"#_x0000_t202" not in kept:
        kept = kept.replace(_KIND.encode(), b"")
    return kept, _ANY_SHAPE.search(kept) is None


def _pieces(data: bytes) -> Iterator[bytes]:
    """The drawing cut before and behind each shape."""
    at = 0
    while found := _SHAPE_STARTS.search(data, at):
        end = data.find(_SHAPE_ENDS, found.start())
        if end < 0:
            break
        yield data[at : found.start()]
        at = end + len(_SHAPE_ENDS)
        yield data[found.start() : at]
    yield data[at:]


def _place(shape: bytes) -> Position | None:
    row, column = (each.search(shape) for each in _PLACE)
    if (
        not shape.startswith(b"<v:shape")
        or b'ObjectType="Note"' not in shape
        or row is None
        or column is None
    ):
        return None
    return int(row[1]) + 1, int(column[1]) + 1


def _anchor(box: Box, widths: Mapping[int, float], heights: Mapping[int, float]) -> str:
    row, column = box.place
    right = _reach(column + 1, 15, _BOX_WIDTH, widths, 0)
    top = max(row - 1, 1)
    below = _reach(top, 8, box.lines * _LINE_HEIGHT + 12, heights, 0)
    return f"{column}, 15, {top - 1}, 8, {right[0] - 1}, {right[1]}, {below[0] - 1}, {below[1]}"


def _reach(first: int, offset: int, size: int, sizes: Mapping[int, float], default: int) -> tuple[int, int]:
    """The column (or row) in which so many pixels end that begin in the first one, and how far inside it."""
    left, at = float(offset + size), first
    while left > sizes.get(at, sizes[default]):
        left -= sizes.get(at, sizes[default])
        at += 1
    return at, int(left)


def _widths(sheet: FoundCells) -> Mapping[int, float]:
    """Pixels by column; 0 is every other column."""
    default = sheet.defaults.get("defaultColWidth")
    sizes = {0: max(points(default), 1.0) * 7 + 5 if default else _COLUMN_PIXELS}
    for first, last, attributes in sheet.columns:
        width = points(attributes.get("width", "9")) * 7 + 5
        hidden = attributes.get("hidden") in {"1", "true"}
        sizes.update(dict.fromkeys(range(first, min(last, first + 256) + 1), 0.0 if hidden else width))
    return sizes


def _heights(sheet: FoundCells) -> Mapping[int, float]:
    """Pixels by row; 0 is every other row."""
    default = sheet.defaults.get("defaultRowHeight")
    sizes = {0: max(points(default) * 4 / 3, 1.0) if default else _ROW_PIXELS}
    sizes.update({row: height * 4 / 3 for row, height in sheet.heights.items()})
    return sizes
