"""The workbook part: its sheets, which one is shown first, and the names that belong to a sheet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from intake.annotated.container import Container
from intake.annotated.references import SPREADSHEET, Arrow, References
from intake.annotated.safe_text import in_xml
from intake.annotated.spans import Edits, Span, prefix_of, read_tree, with_attribute
from intake.shared_strings import decode_text
from intake.xml_walk import MAIN, RELATIONSHIP_IDS

_BEFORE_VIEWS = ("fileVersion", "fileSharing", "workbookPr", "workbookProtection")
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_LONGEST_NAME = 31


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet of the workbook; `part` is empty where the tab leads to no worksheet."""

    name: str
    state: str
    part: str
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTab:
    """A sheet to be added behind all others; `names` are defined names with what they stand for."""

    name: str
    content: bytes
    state: str = "visible"
    names: Mapping[str, str]


class WorkbookPart:
    """Reads and changes the workbook part of a container."""

    def __init__(self, container: Container, references: References) -> None:
        self._container = container
        self._references = references
        self.part = references.workbook

    @property
    def strict(self) -> bool:
        """Whether the file is in the strict dialect."""
        data = self._container.read(self.part)
        return MAIN[1].encode() in data[: read_tree(data, 0).head]

    def tabs(self) -> tuple[Tab, ...]:
        """The sheets in tab order."""
        arrows = {arrow.identity: arrow for arrow in self._references.arrows(self.part)}
        root = read_tree(self._container.read(self.part), 2)
        return tuple(_tab(one, arrows) for one in root.all(*_SHEET))

    def free_name(self, wanted: str) -> str:
        """The name, or with a number behind where another sheet has it."""
        taken = {tab.name.casefold() for tab in self.tabs()}
        names = (f"{wanted}{number or ''}" for number in (0, *range(2, 1000)))
        return next(name for name in names if name.casefold() not in taken)

    def add(self, tab: NewTab) -> Tab:
        """Add a sheet behind all others."""
        folder = self.part.rpartition("/")[0]
        part = self._container.free_name(f"{folder}/worksheets/sheet{{}}.xml".lstrip("/"))
        self._container.write(part, tab.content)
        self._references.declare(part, f"{SPREADSHEET}.worksheet+xml")
        identity = self._references.add(self.part, "worksheet", part)
        data = self._container.read(self.part)
        root = read_tree(data, 2)
        edits, prefix = Edits(data), prefix_of(data, root)
        sheets = list(root.all(*_SHEET))
        number = 1 + max((int(one.attributes.get("sheetId", "0")) for one in sheets), default=0)
        state = "" if tab.state == "visible" else f' state="{tab.state}"'
        words = f'name="{in_xml(tab.name)}" sheetId="{number}"{state} xmlns:r="{self._references.types}"'
        edits.append_to(
            root.children[_index(root, "sheets")], f'<{prefix}sheet {words} r:id="{identity}"/>'.encode()
        )
        self._name(edits, root, prefix, len(sheets), tab.names)
        self._container.write(self.part, edits.made())
        return Tab(tab.name, tab.state, part, identity)

    def remove(self, unwanted: Collection[str]) -> None:
        """Take out the sheets of some parts, their names and what belongs to them alone."""
        tabs = self.tabs()
        gone = [index for index, tab in enumerate(tabs) if tab.part in unwanted]
        data = self._container.read(self.part)
        root = read_tree(data, 2)
        edits = Edits(data)
        for index, span in enumerate(root.all(*_SHEET)):
            if index in gone:
                edits.remove(span)
        self._forget_names(edits, root, gone)
        self._move_views(edits, root, gone, len(tabs))
        self._container.write(self.part, edits.made())
        for index in gone:
            for arrow in self._references.arrows(tabs[index].part):
                if not arrow.external and arrow.kind in _OWN_KINDS:
                    self._references.forget(arrow.target)
            self._references.remove(self.part, tabs[index].identity)
            self._references.forget(tabs[index].part)

    def active(self) -> str | None:
        """Which tab is shown first, as written: `""` where a view does not say, None without any view."""
        view = self._view(read_tree(self._container.read(self.part), 2))
        return None if view is None else view.attributes.get("activeTab", "")

    def activate(self, tab: str | None) -> None:
        """Say which tab is shown first, in the terms of `active`."""
        data = self._container.read(self.part)
        root = read_tree(data, 2)
        edits, prefix, view = Edits(data), prefix_of(data, root), self._view(root)
        if tab is None:
            if view is not None and len(view.attributes) <= 1:
                edits.remove(root.children[_index(root, "bookViews")])
        elif view is not None:
            edits.set_attribute(view, "activeTab", tab or None)
        else:
            one = f'<{prefix}workbookView activeTab="{tab}"/>'
            new = f"<{prefix}bookViews>{one}</{prefix}bookViews>".encode()
            edits.insert(_behind(root, _BEFORE_VIEWS), new)
        self._container.write(self.part, edits.made())

    def _view(self, root: Span) -> Span | None:
        return next(root.all("bookViews", "workbookView"), None)

    def _name(self, edits: Edits, root: Span, prefix: str, index: int, names: Mapping[str, str]) -> None:
        lines = "".join(
            f'<{prefix}definedName name="{name}" localSheetId="{index}"{_hidden(name)}>{in_xml(formula)}'
            f"</{prefix}definedName>"
            for name, formula in names.items()
        )
        if not lines:
            return
        known = root.child("definedNames")
        if known is not None:
            edits.append_to(known, lines.encode())
        else:
            new = f"<{prefix}definedNames>{lines}</{prefix}definedNames>"
            edits.insert(_behind(root, _BEFORE_NAMES), new.encode())

    def _forget_names(self, edits: Edits, root: Span, gone: Sequence[int]) -> None:
        listed = root.child("definedNames")
        if listed is None:
            return
        owners = [one.attributes.get("localSheetId", "") for one in listed.children]
        if all(owner.isdecimal() and int(owner) in gone for owner in owners):
            edits.remove(listed)
            return
        for span, owner in zip(listed.children, owners, strict=True):
            if not owner.isdecimal():
                continue
            if int(owner) in gone:
                edits.remove(span)
            elif _moved(int(owner), gone) != int(owner):
                edits.set_attribute(span, "localSheetId", str(_moved(int(owner), gone)))

    def _move_views(self, edits: Edits, root: Span, gone: Sequence[int], count: int) -> None:
        """Tabs are counted: those behind a sheet that goes move up by one."""
        for view in root.all("bookViews", "workbookView"):
            head = edits.data[view.start : view.head]
            for name in ("activeTab", "firstSheet"):
                text = view.attributes.get(name, "")
                if text.isdecimal():
                    new = min(_moved(int(text), gone), max(count - len(gone) - 1, 0))
                    head = with_attribute(head, name, str(new)) if new != int(text) else head
            if head != edits.data[view.start : view.head]:
                edits.replace(view.start, view.head, head)


_SHEET = ("sheets", "sheet")
_OWN_KINDS = frozenset({"printerSettings", "vmlDrawing", "comments", "drawing"})


def quoted(name: str) -> str:
    """A sheet's name as it stands in a formula or a link."""
    return "'" + name.replace("'", "''") + "'"


def _tab(span: Span, arrows: Mapping[str, Arrow]) -> Tab:
    words = span.attributes
    identity = next((words[key] for key in RELATIONSHIP_IDS if key in words), "")
    arrow = arrows.get(identity)
    part = arrow.target if arrow and arrow.kind == "worksheet" else ""
    return Tab(decode_text(words.get("name", "")), words.get("state", "visible"), part, identity)


def _index(root: Span, name: str) -> int:
    return next(index for index, one in enumerate(root.children) if one.name == name)


def _behind(root: Span, names: Sequence[str]) -> int:
    return max((one.end for one in root.children if one.name in names), default=root.head)


def _moved(index: int, gone: Sequence[int]) -> int:
    return index - sum(each < index for each in gone)


def _hidden(name: str) -> str:
    return ' hidden="1"' if name == "_xlnm._FilterDatabase" else ""
