"""Finding our own sheets in a workbook that comes back, whichever program saved it since."""

from __future__ import annotations

from collections.abc import Sequence

from intake.annotated.container import Container
from intake.annotated.memory import Memory, read_memory
from intake.annotated.ours import LIST_MARK, MARKS_SHEET, is_ours, list_mark
from intake.annotated.references import References
from intake.annotated.workbook_part import Tab
from intake.cells import Sheet, Visibility
from intake.limits import DEFAULT_LIMITS
from intake.shared_strings import SharedStrings
from intake.sheets import SheetWalker
from intake.styles import GENERAL
from intake.xml_walk import Tally


def find_own_sheets(
    container: Container, references: References, tabs: Sequence[Tab]
) -> tuple[dict[str, Sheet], Memory]:
    """Our sheets by part, and what was remembered; nothing where the workbook bears no mark of ours."""
    mark = LIST_MARK.encode()
    strings = references.target(references.workbook, "sharedStrings")
    shared = container.read(strings) if strings and container.has(strings) else b""
    found: dict[str, Sheet] = {}
    memory = Memory()
    texts: Sequence[str] | None = None
    formats = _formats(container, references)
    for tab in tabs:
        hidden = tab.name.startswith(MARKS_SHEET)
        if not tab.part or not (hidden or mark in shared or mark in container.read(tab.part)):
            continue
        if texts is None:
            texts = _texts(strings, shared)
        sheet = _read(container, tab, texts, formats)
        if is_ours(sheet):
            found[tab.part] = sheet
            if list_mark(sheet) is None:
                memory = read_memory(sheet)
    return found, memory


def _texts(part: str, data: bytes) -> Sequence[str]:
    if not data:
        return ()
    walker = SharedStrings(part, Tally(DEFAULT_LIMITS))
    walker.walk(data)
    return walker.texts


def _formats(container: Container, references: References) -> Sequence[str]:
    """A format for every style; how a number is shown does not matter here."""
    part = references.target(references.workbook, "styles")
    return (GENERAL,) * (container.read(part).count(b"xf") + 1 if part else 1)


def _read(container: Container, tab: Tab, texts: Sequence[str], formats: Sequence[str]) -> Sheet:
    walker = SheetWalker(tab.part, Tally(DEFAULT_LIMITS), tab.name, texts, formats)
    walker.walk(container.read(tab.part))
    return Sheet(tab.name, Visibility(tab.state), walker.cells())
