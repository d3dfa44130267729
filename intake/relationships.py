"""The parts of a package and how they refer to each other; what must not be among them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from intake.package import Package
from intake.refusals import Refusal, Refused
from intake.xml_walk import Tally, Walker

CONTENT_TYPES = "[Content_Types].xml"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
# A word in a content type, a relationship type or a part name -> why such a file is not taken.
_FORBIDDEN = (
    ("sheet.binary", "not-an-xlsx"),
    ("vbaproject", "macros"),
    ("macrosheet", "macros"),
    ("macroenabled", "macros"),
    ("jdedata", "macros"),
    ("externallink", "external-links"),
    ("relationships/connections", "external-links"),
    ("spreadsheetml.connections", "external-links"),
    ("oleobject", "embedded-objects"),
    ("/embeddings/", "embedded-objects"),
    ("relationships/package", "embedded-objects"),
    ("activex", "active-content"),
    ("relationships/control", "active-content"),
    ("dialogsheet", "active-content"),
    ("webextension", "active-content"),
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow from a part to another; `target` is a full part name unless `external`."""

    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type: `worksheet`, `sharedStrings`, `hyperlink`."""
        return self.type.rpartition("/")[2]


class _TypesWalker(Walker):
    """Content types by part name, and by extension where no part is named."""

    root = "Types"
    namespaces = ("http://schemas.openxmlformats.org/package/2006/content-types",)

    def __init__(self, tally: Tally) -> None:
        super().__init__(CONTENT_TYPES, tally)
        self.types: dict[str, str] = {}

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Note an element that matters here."""
        if name not in ("Default", "Override"):
            return
        key = _key(attributes.get("PartName" if name == "Override" else "Extension", ""))
        kind = attributes.get("ContentType", "")
        if self.types.setdefault(key, kind) != kind:
            raise Refused("duplicate-part", part=key, other=CONTENT_TYPES)

    def of(self, part: str) -> str:
        """The content type of a part; empty when none is given."""
        return self.types.get(_key(f"/{part}")) or self.types.get(_key(part.rpartition(".")[2]), "")


def _key(name: str) -> str:
    """The same for every way to write a part name."""
    return unquote(name).casefold()


class _ArrowsWalker(Walker):
    root = "Relationships"
    namespaces = ("http://schemas.openxmlformats.org/package/2006/relationships",)

    def __init__(self, part: str, tally: Tally) -> None:
        super().__init__(part, tally)
        self.arrows: dict[str, Relationship] = {}
        self._base = "/" + posixpath.dirname(posixpath.dirname(part))

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Note an element that matters here."""
        if name != "Relationship":
            return
        identity = attributes.get("Id", "")
        if not identity or identity in self.arrows:
            raise Refused("duplicate-part", part=identity, other=self.part)
        target = attributes.get("Target", "")
        external = attributes.get("TargetMode", "Internal") != "Internal"
        if not external:
            target = posixpath.normpath(posixpath.join(self._base, target)).lstrip("/")
        self.arrows[identity] = Relationship(attributes.get("Type", ""), target, external)


def read_relationships(package: Package, source: str, tally: Tally) -> dict[str, Relationship]:
    """The arrows that leave a part, by identity; none when it has no relationships part.

    `source` is the part's name, `""` for the package itself.
    """
    folder, name = posixpath.split(source)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    return _read_arrows(package, part, tally) if part.casefold() in package.xml else {}


def find_workbook(package: Package, tally: Tally) -> str:
    """The name of the part that holds the workbook.

    Raises:
        Refused: there is none or more than one, or it is not of an .xlsx.
    """
    if CONTENT_TYPES.casefold() not in package.xml:
        raise Refused("not-an-xlsx")
    arrows = read_relationships(package, "", tally).values()
    targets = {arrow.target for arrow in arrows if arrow.kind == "officeDocument"}
    types = _read_types(package, tally)
    if len(targets) != 1 or types.of(*targets) != _XLSX:
        raise Refused("not-an-xlsx")
    return targets.pop()


def find_forbidden(package: Package, tally: Tally) -> tuple[Refusal, ...]:
    """Everything in the package that a report must not carry: one refusal per kind, with one example."""
    found: dict[str, Refusal] = {}
    for word, example in _words(package, tally):
        code = next((code for forbidden, code in _FORBIDDEN if forbidden in word.casefold()), "")
        if code:
            found.setdefault(code, Refused(code, part=example).refusal)
    return tuple(found.values())


def _words(package: Package, tally: Tally) -> Iterator[tuple[str, str]]:
    """Part names, content types and relationship types, each with what to show for it."""
    # A type that is declared for parts that are not there says nothing: SheetJS declares dozens in advance.
    types = _read_types(package, tally) if CONTENT_TYPES.casefold() in package.xml else None
    for name in package.names:
        yield f"/{unquote(name)}", name
        if types is not None:
            yield types.of(name), name
    for part in package.xml:
        if part.endswith(".rels"):
            for arrow in _read_arrows(package, part, tally).values():
                yield arrow.type, arrow.target
                if arrow.external and arrow.kind != "hyperlink":
                    yield "externalLink", arrow.target


def _read_types(package: Package, tally: Tally) -> _TypesWalker:
    walker = _TypesWalker(tally)
    walker.walk(package.part(CONTENT_TYPES))
    return walker


def _read_arrows(package: Package, part: str, tally: Tally) -> dict[str, Relationship]:
    walker = _ArrowsWalker(part, tally)
    walker.walk(package.part(part))
    return walker.arrows
