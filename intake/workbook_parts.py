"""What the workbook part and the document properties say: sheets, date system, custom properties."""

from __future__ import annotations

from dataclasses import dataclass

from intake.cells import Visibility
from intake.formulas_text import leads_outside
from intake.refusals import Refused
from intake.shared_strings import decode_text
from intake.xml_walk import RELATIONSHIP_IDS, Tally, Walker

_LONGEST_NAME = 31
_NOT_IN_NAMES = frozenset("[]:*?/\\") | frozenset(map(chr, range(32)))
_PROPERTIES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "http://purl.oclc.org/ooxml/officeDocument/customProperties",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
)
_MOST_PROPERTIES = 1000
# Of two of these, some programs heed the first and some the last.
_ONCE = frozenset({"workbookPr", "sheets"})
_DEFINED_NAME = ["workbook", "definedNames", "definedName"]


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One tab, and the relationship that leads to its part."""

    name: str
    visibility: Visibility
    relationship: str


def check_sheet_name(name: str, before: set[str], most: int) -> None:
    """Note the name of one more sheet among those before.

    Raises:
        Refused: no sheet may be called so, another one is, or there are too many.
    """
    if not 1 <= len(name) <= _LONGEST_NAME or set(name) & _NOT_IN_NAMES:
        raise Refused("bad-sheet-name", value=name)
    if name.casefold() in before:
        raise Refused("duplicate-sheet", value=name)
    if len(before) >= most:
        raise Refused("too-many-sheets", limit=most)
    before.add(name.casefold())


class WorkbookWalker(Walker):
    """Reads `workbook.xml`."""

    root = "workbook"

    def __init__(self, part: str, tally: Tally) -> None:
        super().__init__(part, tally)
        self.sheets: list[SheetEntry] = []
        self.date1904 = False
        self._names: set[str] = set()
        self._met: set[str] = set()
        self._formula: list[str] = []

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Note an element that matters here."""
        if name in _ONCE and len(self.path) == 2:
            if name in self._met:
                raise self.odd(name)
            self._met.add(name)
        if self.path == ["workbook", "workbookPr"]:
            self.date1904 = self.truth(attributes, "date1904")
        elif self.path == ["workbook", "sheets", "sheet"]:
            self._add(attributes)
        elif name == "sheet":
            raise self.odd(name)

    def said(self, text: str) -> None:
        """Keep what a defined name stands for."""
        if self.path == _DEFINED_NAME:
            self._formula.append(text)

    def closed(self, _name: str) -> None:
        """Hold a defined name to what is demanded of the formulas of cells."""
        if self.path == _DEFINED_NAME:
            formula = "".join(self._formula)
            self._formula.clear()
            self.tally.add_characters(formula)
            if leads_outside(formula):
                raise Refused("external-links", part=formula)

    def _add(self, attributes: dict[str, str]) -> None:
        name = decode_text(attributes.get("name", ""))
        check_sheet_name(name, self._names, self.tally.limits.sheets)
        state = attributes.get("state", "visible")
        if state not in list(Visibility):
            raise Refused("bad-attribute", part=self.part, name="state", value=state)
        arrow = next((attributes[key] for key in RELATIONSHIP_IDS if key in attributes), "")
        self.sheets.append(SheetEntry(name, Visibility(state), arrow))


class PropertiesWalker(Walker):
    """Reads `docProps/custom.xml` and `docProps/app.xml`; values as text."""

    root = "Properties"
    namespaces = _PROPERTIES

    def __init__(self, part: str, tally: Tally) -> None:
        super().__init__(part, tally)
        self.custom: dict[str, str] = {}
        self.application = ""
        self._named = False
        self._property = ""

    def opened(self, _name: str, attributes: dict[str, str]) -> None:
        """Note an element that matters here."""
        if self.path == ["Properties", "Application"]:
            if self._named:
                raise self.odd("Application")
            self._named = True
        if self.path != ["Properties", "property"]:
            return
        self._property = attributes.get("name", "")
        if self._property in self.custom or len(self.custom) >= _MOST_PROPERTIES:
            raise self.odd(self._property)
        self.custom[self._property] = ""

    def said(self, text: str) -> None:
        """Keep a text that matters here."""
        if self.path[:-1] == ["Properties", "property"]:
            self.custom[self._property] += text
        elif self.path == ["Properties", "Application"]:
            self.application += text
