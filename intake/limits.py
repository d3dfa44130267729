"""How much of a stranger's file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one reading; every figure is the largest that is still allowed.

    The first group is checked by the reader and gives the same verdict on every machine.
    The second bounds the process that reads; it is the net below the first and should seldom be felt.
    """

    file_bytes: int = 20 * MIB
    unpacked_bytes: int = 64 * MIB
    parts: int = 300
    sheets: int = 50
    rows: int = 20_000
    columns: int = 256
    cells: int = 200_000
    """Cells with a value or a formula, over all sheets."""
    elements: int = 800_000
    """XML elements over all parts that are parsed; blank cells with a border count here."""
    xml_depth: int = 64
    token_bytes: int = 300_000
    """Bytes between two `<`: above the longest text of a cell with every character escaped."""
    text_characters: int = 32_767
    """In one cell or formula, as in Excel."""
    workbook_characters: int = 8 * MIB
    """In the texts and formulas of all cells together."""
    merged_ranges: int = 10_000

    seconds: float = 5.0
    cpu_seconds: int = 5
    memory_bytes: int = 512 * MIB
    answer_bytes: int = 128 * MIB


DEFAULT_LIMITS = Limits()


def in_mib(size: int) -> str:
    """A number of bytes as people read it, rounded up so that it never seems to be within a limit."""
    return f"{-(-size * 10 // MIB) / 10:g} MiB"
