"""From the bytes of an .xlsx to a workbook, in this process; strangers' files go through `intake.child`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from intake.cells import Sheet, Workbook
from intake.limits import DEFAULT_LIMITS, Limits
from intake.package import Package, open_package
from intake.refusals import LimitReached, Refusal, Refused
from intake.relationships import Relationship, find_forbidden, find_workbook, read_relationships
from intake.shared_strings import SharedStrings
from intake.sheets import SheetWalker, Struck
from intake.styles import Styles
from intake.workbook_parts import PropertiesWalker, SheetEntry, WorkbookWalker
from intake.xml_walk import Tally


def parse_xlsx(
    content: bytes, limits: Limits = DEFAULT_LIMITS
) -> tuple[Workbook | None, tuple[Refusal, ...]]:
    """Read a workbook, or say every reason not to that can be found.

    A damaged container or workbook part and a limit of the whole give one refusal, forbidden contents
    one each kind, sheets one each. There is a workbook exactly when there is no refusal.
    """
    tally = Tally(limits)
    forbidden: tuple[Refusal, ...] = ()
    try:
        package = open_package(content, limits)
        forbidden = find_forbidden(package, tally)
        workbook, refusals = _read_workbook(package, tally, hashlib.sha256(content).hexdigest())
    except Refused as refused:
        return None, forbidden or (refused.refusal,)
    return (None if forbidden else workbook), forbidden + refusals


def _read_workbook(
    package: Package, tally: Tally, digest: str
) -> tuple[Workbook | None, tuple[Refusal, ...]]:
    source = find_workbook(package, tally)
    walker = WorkbookWalker(source, tally)
    walker.walk(package.part(source))
    arrows = read_relationships(package, source, tally)
    _check_tabs(walker.sheets, arrows)
    strings = _read_texts(package, arrows, tally)
    styles = _read_styles(package, arrows, tally)
    sheets, refusals = [], []
    for entry in walker.sheets:
        try:
            sheets.append(_read_sheet(package, entry, arrows, tally, strings, styles))
        except LimitReached:
            raise
        except Refused as refused:
            refused.place(entry.name)
            refusals.append(refused.refusal)
    properties = _read_properties(package, tally)
    if refusals:
        return None, tuple(refusals)
    custom, application = MappingProxyType(properties.custom), properties.application
    return Workbook(tuple(sheets), walker.date1904, digest, custom, application), ()


def _check_tabs(entries: Sequence[SheetEntry], arrows: Mapping[str, Relationship]) -> None:
    """Every tab leads to a sheet of its own."""
    if not entries:
        raise Refused("no-sheets")
    targets: set[str] = set()
    for entry in entries:
        arrow = arrows.get(entry.relationship)
        if arrow is None or arrow.kind not in ("worksheet", "chartsheet"):
            raise Refused("missing-part", part=entry.name)
        if arrow.target.casefold() in targets:
            raise Refused("duplicate-sheet", value=entry.name)
        targets.add(arrow.target.casefold())


def _read_sheet(
    package: Package,
    entry: SheetEntry,
    arrows: Mapping[str, Relationship],
    tally: Tally,
    strings: SharedStrings,
    styles: Styles,
) -> Sheet:
    arrow = arrows[entry.relationship]
    if arrow.kind == "chartsheet":
        return Sheet(entry.name, entry.visibility, MappingProxyType({}))
    struck = Struck(strings.struck, styles.struck)
    walker = SheetWalker(arrow.target, tally, entry.name, strings.texts, styles.formats, struck)
    walker.walk(package.part(arrow.target))
    cells = MappingProxyType(walker.cells())
    return Sheet(entry.name, entry.visibility, cells, tuple(walker.view.merged))


def _read_texts(package: Package, arrows: Mapping[str, Relationship], tally: Tally) -> SharedStrings:
    part = _only(arrows, "sharedStrings")
    walker = SharedStrings(part or "", tally)
    if part is not None:
        walker.walk(package.part(part))
    return walker


def _read_styles(package: Package, arrows: Mapping[str, Relationship], tally: Tally) -> Styles:
    part = _only(arrows, "styles")
    walker = Styles(part or "", tally)
    if part is not None:
        walker.walk(package.part(part))
    return walker


def _read_properties(package: Package, tally: Tally) -> PropertiesWalker:
    arrows = read_relationships(package, "", tally)
    walker = PropertiesWalker("docProps", tally)
    for kind in ("custom-properties", "customProperties", "extended-properties", "extendedProperties"):
        part = _only(arrows, kind)
        # Tools that strip personal data delete these parts and leave the arrows; Excel opens such files.
        if part is not None and part.casefold() in package.xml:
            walker.walk(package.part(part))
    return walker


def _only(arrows: Mapping[str, Relationship], kind: str) -> str | None:
    """The one part that arrows of a kind lead to; None when there is no such arrow."""
    targets = {arrow.target for arrow in arrows.values() if arrow.kind == kind}
    if len(targets) > 1:
        raise Refused("duplicate-part", part=min(targets), other=max(targets))
    return targets.pop() if targets else None
