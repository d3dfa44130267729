"""Word documents: a strict package without macros, embedded objects, or anything fetched from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from intake.evidence.kinds import Allowance, Doubt, doubt_of
from intake.limits import MIB
from intake.package import Package, open_package
from intake.refusals import Refused
from intake.xml_walk import has_long_token

_MAIN_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
_TYPES, _ROOT_RELATIONS, _DOCUMENT = "[content_types].xml", "_rels/.rels", "word/document.xml"
_EXTENSIONS = frozenset(
    (
        *(".xml", ".rels", ".vml", ".odttf"),
        *(".png", ".jpg", ".jpeg", ".jpe", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp", ".svg"),
    )
)
_FOREIGN_RELATIONS = frozenset({"hyperlink"})
_FORBIDDEN_RELATIONS = frozenset(
    {"oleObject", "package", "vbaProject", "control", "activeXControlBinary", "aFChunk", "attachedToolbars"}
)
_FORBIDDEN_FIELDS = frozenset(
    {"DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "LINK", "IMPORT"}
)
_MOST_DEPTH = 256
_LOOKED_INTO = frozenset({"altChunk", "fldSimple", "fldChar"})
_LONGEST_TOKEN = 2 * MIB
"""Bytes between two `<`: shapes of Word carry up to a megabyte of their own data in one attribute."""
_WORD = re.compile(r'[^\s"\\]+')
_SEPARATOR = " "


def check_docx(content: bytes, allowance: Allowance) -> None:
    """Raises Doubt unless it is a plain Word document."""
    try:
        package = open_package(content, allowance.limits)
    except Refused as refused:
        raise doubt_of(refused.refusal) from None
    allowance.unpacked -= package.unpacked
    _check_types(package)
    for name in package.names:
        extension = f".{name.rpartition('/')[2].rpartition('.')[2].casefold()}"
        if not name.endswith("/") and extension not in _EXTENSIONS:
            raise Doubt("docx-part", part=name)
    for name, part in package.xml.items():
        _Part(name, allowance).read(part)


def _check_types(package: Package) -> None:
    if _DOCUMENT not in package.xml:
        raise Doubt("evidence-kind")
    if not {_TYPES, _ROOT_RELATIONS} <= package.xml.keys():
        raise Doubt("docx-broken")
    types = package.xml[_TYPES].decode("utf-8", "replace")
    if "macroEnabled" in types or "vbaProject" in types:
        raise Doubt("docx-acts", what="宏")
    if not any(each in types for each in _MAIN_TYPES):
        raise Doubt("docx-broken")


class _Part:
    """Reads one XML part: no DTD, relationships that stay inside, fields that fetch nothing."""

    def __init__(self, name: str, allowance: Allowance) -> None:
        self._allowance = allowance
        self._relations = name.endswith(".rels")
        self._depth = 0
        self._fields: list[list[str]] = []
        self._instruction = False

    def read(self, part: bytes) -> None:
        """Raises Doubt for what must not be in it, where it is no XML, or where it is too much."""
        if has_long_token(part, _LONGEST_TOKEN):
            raise Doubt("docx-too-much")
        parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._opened
        parser.EndElementHandler = self._closed
        parser.CharacterDataHandler = self._said
        try:
            parser.Parse(part, True)
        except expat.ExpatError:
            raise Doubt("docx-broken") from None
        for field in self._fields:
            _check_field("".join(field))

    def _doctype(self, *_about: object) -> None:
        raise Doubt("docx-broken")

    def _opened(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise Doubt("docx-broken")
        self._allowance.markup -= 1 + len(attributes)
        if self._allowance.markup < 0:
            raise Doubt("docx-too-much")
        local = name.rpartition(_SEPARATOR)[2]
        self._instruction = local == "instrText"
        if not self._relations and local not in _LOOKED_INTO:
            return
        plain = {key.rpartition(_SEPARATOR)[2]: value for key, value in attributes.items()}
        if self._relations and local == "Relationship":
            _check_relation(plain)
        elif local == "altChunk":
            raise Doubt("docx-acts", what="嵌入的其他文档")
        elif local == "fldSimple":
            _check_field(plain.get("instr", ""))
        elif local == "fldChar":
            self._field_char(plain.get("fldCharType", ""))

    def _field_char(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append([])
        elif kind in {"separate", "end"} and self._fields and (kind == "end" or self._fields[-1]):
            _check_field("".join(self._fields[-1]))
            if kind == "end":
                self._fields.pop()

    def _closed(self, _name: str) -> None:
        self._depth -= 1
        self._instruction = False

    def _said(self, text: str) -> None:
        if self._instruction:
            if not self._fields:
                self._fields.append([])
            self._fields[-1].append(text)


def _check_relation(attributes: Mapping[str, str]) -> None:
    kind = attributes.get("Type", "").rpartition("/")[2]
    if kind in _FORBIDDEN_RELATIONS:
        raise Doubt("docx-acts", what=kind)
    if attributes.get("TargetMode", "").casefold() == "external" and kind not in _FOREIGN_RELATIONS:
        raise Doubt("docx-outside", what=kind)


def _check_field(instruction: str) -> None:
    first = _WORD.search(instruction)
    if first and first[0].upper() in _FORBIDDEN_FIELDS:
        raise Doubt("docx-outside", what=first[0].upper())
