"""Giving a submitter's workbook back: marked where something is wrong, with a list, nothing lost."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction

from intake.addresses import Position, split_address
from intake.annotated.container import Container
from intake.annotated.fills import Before
from intake.annotated.list_looks import Looks
from intake.annotated.list_sheet import IssueList, list_sheet
from intake.annotated.marking_styles import MarkingStyles, unmarked_styles
from intake.annotated.memory import REASONS_COLUMN, Memory, main_namespace, memory_sheet
from intake.annotated.ours import LIST_SHEET, MARKS_SHEET
from intake.annotated.own_sheets import find_own_sheets
from intake.annotated.references import SPREADSHEET, References
from intake.annotated.sheet_marks import SheetMarks
from intake.annotated.spans import Unpatchable, with_attribute, written_attributes
from intake.annotated.style_sheet import StyleSheet
from intake.annotated.typed_explanations import typed_on
from intake.annotated.workbook_part import NewTab, Tab, WorkbookPart, quoted
from intake.explanations import Explanation
from intake.issue_keys import IssueKey
from intake.limits import DEFAULT_LIMITS
from scoring.errors import Issue
from scoring.rulebook.explanations import Reason

_NOTHING_AT_STAKE: Mapping[IssueKey, Fraction] = {}
_NOTHING_OFFERED: Mapping[IssueKey, Explanation] = {}
_VERY_HIDDEN = "veryHidden"
_BLANK_STYLES = "blank"
_PARTS_PER_SHEET = 3
_VIEW = re.compile(rb"""<(?:[\w.-]+:)?sheetView\s(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_STYLE_USED = re.compile(rb"""\ss(?:tyle)?\s*=\s*["'](\d+)["']""")
_UNSELECTED = {"1": "0", "true": "false"}


class CannotAnnotate(Exception):
    """The workbook is so full that with our sheets it could not be read again, or too odd to be changed."""


def annotate_workbook(
    content: bytes,
    issues: Sequence[Issue],
    *,
    stakes: Mapping[IssueKey, Fraction] = _NOTHING_AT_STAKE,
    offered: Mapping[IssueKey, Explanation] = _NOTHING_OFFERED,
    reasons: Sequence[Reason] = (),
    title: str = LIST_SHEET,
) -> bytes:
    """The same workbook with these issues shown in it; our marks of an earlier round are taken away first.

    Parts that have nothing to do with it stay byte for byte. Without issues it is the workbook as its
    owner made it. The same arguments give the same bytes.

    content: an .xlsx that the strict reader has taken. stakes: points that an issue puts at stake.
    offered: explanations to be filled in beforehand, where nothing was typed into the list of an earlier
    round. reasons: what the drop-down offers.

    Raises:
        CannotAnnotate: there is no room for two more sheets, or a part cannot be changed safely;
            `error_workbook` tells the same in a file of its own.
    """
    try:
        book = _Book(content)
        typed = book.clear()
        if issues:
            said = {**offered, **typed}
            book.put(issues, stakes=stakes, offered=said, reasons=reasons, title=title)
    except Unpatchable as odd:
        raise CannotAnnotate from odd
    return book.pack() if book.container.changed else content


class _Book:
    """A workbook while it is marked."""

    def __init__(self, content: bytes) -> None:
        self.container = Container(content)
        self._references = References(self.container)
        self._workbook = WorkbookPart(self.container, self._references)

    def pack(self) -> bytes:
        """The file."""
        content = self.container.pack()
        if len(content) > DEFAULT_LIMITS.file_bytes:
            raise CannotAnnotate
        return content

    def clear(self) -> dict[IssueKey, Explanation]:
        """Take away everything that an earlier round put in; what was typed into its list."""
        tabs = self._workbook.tabs()
        own, memory = find_own_sheets(self.container, self._references, tabs)
        theirs = [tab for tab in tabs if tab.part and tab.part not in own]
        clean: Mapping[str, tuple[str, Before]] = {}
        styles_part = self._references.target(self._references.workbook, "styles")
        untouched, styles = False, None
        if styles_part and own:
            data = self.container.read(styles_part)
            untouched = hashlib.sha256(data).hexdigest() == memory.styles_digest
            styles = StyleSheet(data)
            clean = unmarked_styles(styles, memory.shades)
        for tab in theirs:
            SheetMarks(self.container, self._references, tab.part).clear(clean)
        if own:
            self._remove(own, tabs, theirs, memory)
        if styles is not None:
            self._restore_styles(styles_part, styles, memory, theirs, untouched=untouched)
        return {each.explanation.key: each.explanation for sheet in own.values() for each in typed_on(sheet)}

    def put(
        self,
        issues: Sequence[Issue],
        *,
        stakes: Mapping[IssueKey, Fraction],
        offered: Mapping[IssueKey, Explanation],
        reasons: Sequence[Reason],
        title: str,
    ) -> None:
        """Mark the cells and add the list."""
        tabs = self._workbook.tabs()
        placed = _placed(issues, tabs)
        self._check_room(len(tabs), len(placed))
        styles_part, styles, sizes = self._styles()
        marking = MarkingStyles(styles)
        for tab in tabs:
            if tab in placed:
                SheetMarks(self.container, self._references, tab.part).put(placed[tab], marking)
        namespace = main_namespace(strict=self._workbook.strict)
        list_name, marks_name = (self._workbook.free_name(name) for name in (LIST_SHEET, MARKS_SHEET))
        column = "ABCDEFGHIJ"[REASONS_COLUMN - 1]
        told = IssueList(
            title=title,
            issues=issues,
            stakes=stakes,
            offered=offered,
            reasons=reasons,
            reasons_range=f"{quoted(marks_name)}!${column}$1:${column}${max(len(reasons), 1)}",
            link=_links(tabs),
        )
        sheet, names = list_sheet(told, Looks(styles), list_name, namespace)
        written = styles.made()
        self.container.write(styles_part, written)
        memory = Memory(
            shades={number: before for before, number in marking.shades.items()},
            sizes=sizes,
            styles_digest=hashlib.sha256(written).hexdigest(),
            active=self._workbook.active(),
            selected=self._unselect(tabs),
        )
        self._workbook.add(NewTab(name=list_name, content=sheet, names=names))
        hidden = memory_sheet(memory, [reason.name for reason in reasons], namespace)
        self._workbook.add(NewTab(name=marks_name, content=hidden, state=_VERY_HIDDEN, names={}))
        self._workbook.activate(str(len(tabs)))

    def _check_room(self, tabs: int, marked: int) -> None:
        parts = self.container.count + 2 + _PARTS_PER_SHEET * marked
        if tabs + 2 > DEFAULT_LIMITS.sheets or parts > DEFAULT_LIMITS.parts:
            raise CannotAnnotate

    def _styles(self) -> tuple[str, StyleSheet, Mapping[str, str]]:
        """The part of styles, made if there is none, and the sizes of its lists."""
        source = self._references.workbook
        part = self._references.target(source, "styles")
        if part:
            styles = StyleSheet(self.container.read(part))
            return part, styles, styles.sizes()
        folder = source.rpartition("/")[0]
        part = f"{folder}/styles.xml".lstrip("/")
        self._references.declare(part, f"{SPREADSHEET}.styles+xml")
        self._references.add(source, "styles", part)
        return part, StyleSheet(StyleSheet.blank(strict=self._workbook.strict)), {_BLANK_STYLES: "0"}

    def _restore_styles(
        self, part: str, styles: StyleSheet, memory: Memory, tabs: Sequence[Tab], *, untouched: bool
    ) -> None:
        """Take our styles out again where nobody has rewritten the list, and nothing uses them any more."""
        if not untouched:
            self.container.write(part, styles.made())
            return
        used = {int(each) for tab in tabs for each in _STYLE_USED.findall(self.container.read(tab.part))}
        if _BLANK_STYLES in memory.sizes and max(used, default=0) == 0:
            source = self._references.workbook
            arrow = next(each for each in self._references.arrows(source) if each.target == part)
            self._references.remove(source, arrow.identity)
            self._references.forget(part)
            return
        had = memory.sizes.get("cellXfs", "").split()[:1]
        if had and had[0].isdecimal() and max(used, default=0) < max(int(had[0]), 1):
            self.container.write(part, styles.shrunk(memory.sizes))
        else:
            self.container.write(part, styles.made())

    def _remove(
        self, own: Collection[str], tabs: Sequence[Tab], theirs: Sequence[Tab], memory: Memory
    ) -> None:
        active = self._workbook.active() or "0"
        shown = tabs[int(active)] if active.isdecimal() and int(active) < len(tabs) else None
        self._workbook.remove(own)
        if shown is None or shown.part not in own:
            return
        first = memory.active
        if first is None or not first or (first.isdecimal() and int(first) < len(theirs)):
            self._workbook.activate(first)
        chosen = memory.selected or tuple(tab.name for tab in theirs[:1])
        for tab in theirs:
            if tab.name in chosen:
                self._select(tab, {"0": "1", "false": "true"})

    def _unselect(self, tabs: Sequence[Tab]) -> tuple[str, ...]:
        """No sheet but ours may be chosen: what is typed would go to all chosen ones. Those that were."""
        return tuple(tab.name for tab in tabs if tab.part and self._select(tab, _UNSELECTED))

    def _select(self, tab: Tab, words: Mapping[str, str]) -> bool:
        data = self.container.read(tab.part)
        changed = False

        def reworded(found: re.Match[bytes]) -> bytes:
            nonlocal changed
            before = written_attributes(found[0]).get("tabSelected", "")
            if before not in words:
                return found[0]
            changed = True
            return with_attribute(found[0], "tabSelected", words[before])

        head = data.find(b"sheetData")
        new = _VIEW.sub(reworded, data[:head])
        if changed:
            self.container.write(tab.part, new + data[head:])
        return changed


def _placed(issues: Sequence[Issue], tabs: Sequence[Tab]) -> dict[Tab, dict[Position, list[Issue]]]:
    """The issues that have a cell somebody can look at, by sheet and place."""
    by_name = {tab.name: tab for tab in tabs if tab.part and tab.state != _VERY_HIDDEN}
    found: dict[Tab, dict[Position, list[Issue]]] = {}
    for issue in issues:
        tab, place = by_name.get(issue.place.sheet), split_address(issue.place.cell)
        if tab is not None and place is not None:
            found.setdefault(tab, {}).setdefault(place, []).append(issue)
    return found


def _links(tabs: Sequence[Tab]) -> Callable[[Issue], str | None]:
    """Where a link to an issue's place leads."""
    names = {tab.name for tab in tabs if tab.part and tab.state == "visible"}

    def link(issue: Issue) -> str | None:
        place = issue.place
        if place.sheet not in names:
            return None
        return f"{quoted(place.sheet)}!{place.cell if split_address(place.cell) else 'A1'}"

    return link
