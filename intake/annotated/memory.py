"""What the hidden sheet remembers: how the workbook was before our marks, and the reasons to choose from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from intake.addresses import column_letters
from intake.annotated.fills import MOST_SHADES, Before, Origin, is_fill
from intake.annotated.ours import MARKS_MARK
from intake.annotated.safe_text import in_cell
from intake.cells import Sheet
from intake.xml_walk import MAIN

REASONS_COLUMN = 8
_NONE = "-"
_NUMBER = re.compile("[0-9]{1,3}")
_APPLIED = frozenset({_NONE, "0", "1", "true", "false"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What the workbook was like.

    shades: what each shade of a mark stands for. sizes: of the lists of styles, see `StyleSheet.sizes`;
    they hold while the styles have the digest; `"blank"` where there were no styles at all.
    active, selected: the tab that was shown first, as `WorkbookPart.active` says it, and all chosen ones.
    """

    shades: Mapping[int, Before] = field(default_factory=dict)
    sizes: Mapping[str, str] = field(default_factory=dict)
    styles_digest: str = ""
    active: str | None = None
    selected: tuple[str, ...] = ()


def memory_sheet(memory: Memory, reasons: Sequence[str], namespace: str) -> bytes:
    """The hidden sheet."""
    rows: list[list[str]] = [
        [MARKS_MARK, "由考核系统写入和读取，请勿改动"],
        ["styles", memory.styles_digest],
        *(["size", name, size] for name, size in memory.sizes.items()),
        ["active", _NONE if memory.active is None else memory.active],
        *(["selected", name] for name in memory.selected),
        *(
            ["shade", str(number), before.origin, before.applied or _NONE, before.fill]
            for number, before in memory.shades.items()
        ),
    ]
    lines = []
    for number in range(max(len(rows), len(reasons))):
        words = rows[number] if number < len(rows) else []
        cells = {place: word for place, word in enumerate(words, 1) if word}
        if number < len(reasons):
            cells[REASONS_COLUMN] = reasons[number]
        lines.append(_row(number + 1, cells))
    body = f'<sheetData>{"".join(lines)}</sheetData><sheetProtection sheet="1"/>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<worksheet xmlns="{namespace}">{body}</worksheet>'.encode()


def read_memory(sheet: Sheet) -> Memory:
    """What the hidden sheet says; lines that nobody can have written in good faith are left out."""
    shades: dict[int, Before] = {}
    sizes: dict[str, str] = {}
    digest, active, selected = "", "", []
    for row in range(2, max((cell.row for cell in sheet.cells.values()), default=0) + 1):
        words = [_text(sheet, column, row) for column in range(1, 6)]
        match words:
            case ["styles", text, *_]:
                digest = text
            case ["size", name, size, *_]:
                sizes[name] = size
            case ["active", text, *_]:
                active = text
            case ["selected", name, *_]:
                selected.append(name)
            case ["shade", number, origin, applied, fill] if _fits(number, origin, applied, fill):
                shades[int(number)] = Before(fill, None if applied == _NONE else applied, Origin(origin))
            case _:
                pass
    return Memory(
        shades=shades,
        sizes=sizes,
        styles_digest=digest,
        active=None if active == _NONE else active,
        selected=tuple(selected),
    )


def main_namespace(*, strict: bool) -> str:
    """The namespace of the parts of a workbook."""
    return MAIN[1] if strict else MAIN[0]


def _fits(number: str, origin: str, applied: str, fill: str) -> bool:
    known = origin in list(Origin) and applied in _APPLIED
    counted = _NUMBER.fullmatch(number) is not None and int(number) < MOST_SHADES
    return known and counted and is_fill(fill)


def _text(sheet: Sheet, column: int, row: int) -> str:
    cell = sheet.cell(f"{column_letters(column)}{row}")
    return cell.text if cell else ""


def _row(number: int, cells: Mapping[int, str]) -> str:
    written = "".join(
        f'<c r="{column_letters(column)}{number}" t="inlineStr"><is><t>{in_cell(word)}</t></is></c>'
        for column, word in sorted(cells.items())
    )
    return f'<row r="{number}">{written}</row>'
