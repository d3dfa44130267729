"""Walking through one XML part with expat: no DTD, no entities, bounded depth, size and count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from xml.parsers import expat

from intake.limits import Limits
from intake.refusals import LimitReached, Refused

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
RELATIONSHIP_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_NO_MEMORY = 1
_MOST_NAMES = 2_000
"""Of different elements in one part; the standard knows some hundreds."""
_TRUTH = {"1": True, "true": True, "0": False, "false": False}


@dataclass(slots=True)
class Tally:
    """What one workbook has used of its limits so far."""

    limits: Limits
    elements: int = 0
    cells: int = 0
    characters: int = 0

    def add_characters(self, text: str) -> None:
        """Count a text that the workbook will carry.

        Raises:
            Refused: the text or the sum is too long.
        """
        if len(text) > self.limits.text_characters:
            raise Refused("text-too-long", length=len(text), limit=self.limits.text_characters)
        self.characters += len(text)
        if self.characters > self.limits.workbook_characters:
            raise LimitReached("too-much-text", limit=self.limits.workbook_characters)


class Walker:
    """Calls `opened`, `closed` and `said` of a subclass; `path` holds the open elements, root first.

    Elements of `namespaces` have their local name, all others `namespace name`. The first element must
    be `root`. Inside an element named in `values` only text is taken: markup there is read differently
    by different programs, so it is refused.
    """

    root: ClassVar[str]
    namespaces: ClassVar[tuple[str, ...]] = MAIN
    values: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, part: str, tally: Tally) -> None:
        self.part = part
        self.tally = tally
        self.path: list[str] = []
        self._deepest = tally.limits.xml_depth
        self._most_elements = tally.limits.elements
        self._short_names: dict[str, str] = {}

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element began; it is the last of `path`."""

    def closed(self, name: str) -> None:
        """An element ended; it is still the last of `path`."""

    def said(self, text: str) -> None:
        """Text stands in the last element of `path`; it may come in pieces."""

    def walk(self, data: bytes) -> None:
        """Parse the part.

        Raises:
            Refused: the XML is malformed, hostile or beyond the limits.
        """
        _check_encoding(data, self.part)
        _check_tokens(data, self.tally.limits.token_bytes, self.part)
        parser = expat.ParserCreate("UTF-8", " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.said
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._refuse_dtd
        parser.EntityDeclHandler = self._refuse_dtd
        parser.CommentHandler = self._refuse_in_value
        parser.ProcessingInstructionHandler = self._refuse_in_value
        parser.StartCdataSectionHandler = self._refuse_in_value
        try:
            # One call: fed in pieces, this expat would scan a long token again for every piece.
            parser.Parse(data, True)
        except expat.ExpatError as error:
            if error.code == _NO_MEMORY:
                raise MemoryError from None
            reason = expat.ErrorString(error.code)
            raise Refused("xml-malformed", part=self.part, line=error.lineno, reason=reason) from None

    def odd(self, what: str) -> Refused:
        """The refusal of markup that must not stand at this place."""
        return Refused("unexpected-markup", part=self.part, what=what)

    def truth(self, attributes: dict[str, str], name: str) -> bool:
        """A boolean attribute; False when absent."""
        text = attributes.get(name, "0")
        if text not in _TRUTH:
            raise Refused("bad-attribute", part=self.part, name=name, value=text)
        return _TRUTH[text]

    def whole(self, attributes: dict[str, str], name: str, most: int) -> int:
        """A whole number attribute from 0 to `most`; 0 when absent."""
        text = attributes.get(name, "0")
        if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= most):
            raise Refused("bad-attribute", part=self.part, name=name, value=text)
        return int(text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        path, tally = self.path, self.tally
        tally.elements += 1
        if tally.elements > self._most_elements:
            raise LimitReached("too-many-elements", part=self.part, limit=self._most_elements)
        if len(path) >= self._deepest:
            raise Refused("xml-too-deep", part=self.part, limit=self._deepest)
        if path and path[-1] in self.values:
            raise self.odd(name)
        short = self._short_names.get(name) or self._shorten(name)
        if not path and short != self.root:
            raise self.odd(short)
        path.append(short)
        self.opened(short, attributes)

    def _end(self, _name: str) -> None:
        self.closed(self.path[-1])
        self.path.pop()

    def _shorten(self, name: str) -> str:
        namespace, _, local = name.rpartition(" ")
        # An element of no namespace keeps a blank before its name, so that it passes for none of ours.
        short = local if namespace in self.namespaces else f"{namespace} {local}"
        if len(self._short_names) >= _MOST_NAMES:
            raise Refused("too-many-names", part=self.part, limit=_MOST_NAMES)
        self._short_names[name] = short
        return short

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() != "utf-8":
            raise Refused("xml-encoding", part=self.part, encoding=encoding)

    def _refuse_dtd(self, *_: object) -> None:
        raise Refused("xml-dtd", part=self.part)

    def _refuse_in_value(self, *_: object) -> None:
        if self.path and self.path[-1] in self.values:
            raise self.odd("comment, CDATA or processing instruction")


def _check_encoding(data: bytes, part: str) -> None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        raise Refused("xml-encoding", part=part, encoding="UTF-16")


def _check_tokens(data: bytes, longest: int, part: str) -> None:
    if has_long_token(data, longest):
        raise Refused("xml-token-too-long", part=part, limit=longest)


def has_long_token(data: bytes, longest: int) -> bool:
    """Whether a stretch without `<` fills a whole window: any of twice that length does, none below it."""
    return any(data.find(b"<", at, at + longest) < 0 for at in range(0, len(data) - longest, longest))
