"""PDF documents: whole, not encrypted, and without anything that acts or carries other files.

What is looked through: all bytes as they stand, and every object stream, unpacked. Names are compared with
their escapes (#4A) undone. What is not: pixels, fonts, drawing commands, and streams under another filter
than Flate that no dictionary calls an object stream. An object stream that cannot be unpacked is refused.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from intake.evidence.kinds import EVIDENCE_LIMITS, Allowance, Doubt
from intake.limits import in_mib

_HEADER = re.compile(rb"%PDF-(?:1\.[0-7]|2\.0)[\r\n \t%]")
_BLANKS = b"\r\n \t\0"
_MOST_BLANKS_AT_END = 64
_TAIL = 2048
_FORBIDDEN = (
    "JavaScript",
    "Launch",
    "EmbeddedFile",
    "EmbeddedFiles",
    "RichMedia",
    "Rendition",
    "XFA",
    "SubmitForm",
    "ImportData",
    "GoToE",
    "GoToR",
)


def _as_written(name: str) -> str:
    """A pattern for every way to write a name: each letter as it is or by its number, in either case."""
    return "".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in name)


_NAMES = re.compile(
    rb"/(" + "|".join(map(_as_written, (*_FORBIDDEN, "Encrypt"))).encode() + rb")"
    rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|$)"
)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream[ \t]*(?:\r\n|\r|\n)?")
_OBJECT_STREAM_BEGINS = re.compile(rb"[\x00\t\n\x0c\r ]*(?:%|[0-9]+[\x00\t\n\x0c\r ]+[0-9])")
_MARKUP = (b"<html", b"<script", b"<!doctype", b"<svg", b"<?php")
_LOOKED_AT = 1024
_MOST_STREAMS = 100_000
_UNREADABLE = (
    *(b"/Predictor", b"/ASCIIHexDecode", b"/ASCII85Decode", b"/LZWDecode", b"/RunLengthDecode", b"/Crypt"),
    *(b"/AHx", b"/A85", b"/LZW", b"/RL"),
)
"""What an object stream may be packed with that is not unpacked here."""
_STEP = 64 * 1024
_ZIP_END, _ZIP_END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 0xFFFF


def is_pdf(content: bytes) -> bool:
    """Whether it begins as one."""
    return content.startswith(b"%PDF")


def check_pdf(content: bytes, allowance: Allowance) -> None:
    """Raises Doubt unless it is whole, plain and harmless as far as can be seen."""
    _check_ends(content)
    _check_names(content)
    for unpacked in _object_streams(content, allowance):
        _check_names(unpacked)


def _check_ends(content: bytes) -> None:
    if not _HEADER.match(content):
        raise Doubt("pdf-broken")
    whole = content.rstrip(_BLANKS)
    if not whole.endswith(b"%%EOF") or len(content) - len(whole) > _MOST_BLANKS_AT_END:
        raise Doubt("pdf-end")
    if b"startxref" not in content[-_TAIL:]:
        raise Doubt("pdf-broken")
    if any(each in content[:_LOOKED_AT].lower() for each in _MARKUP):
        raise Doubt("two-formats", one="PDF", other="HTML")
    _refuse_zip_end(content)


def _refuse_zip_end(content: bytes) -> None:
    """Raises Doubt for a file that programs for zip archives would open, too."""
    at = content.find(_ZIP_END, max(0, len(content) - _LONGEST_COMMENT - _ZIP_END_SIZE))
    while at >= 0:
        comment = int.from_bytes(content[at + 20 : at + 22], "little")
        if at + _ZIP_END_SIZE + comment <= len(content) and _points_into(content, at):
            raise Doubt("two-formats", one="PDF", other="ZIP")
        at = content.find(_ZIP_END, at + 1)


def _points_into(content: bytes, at: int) -> bool:
    """Whether a zip's end record here has a directory right before it."""
    size = int.from_bytes(content[at + 12 : at + 16], "little")
    return size <= at and (not size or content.startswith(b"PK\x01\x02", at - size))


def _check_names(data: bytes) -> None:
    found = _NAMES.search(data)
    name = _plain_names(found[1]).decode() if found else ""
    if name == "Encrypt":
        raise Doubt("pdf-encrypted")
    if name:
        raise Doubt("pdf-acts", name=name)


def _object_streams(content: bytes, allowance: Allowance) -> Iterator[bytes]:
    """The contents of all object streams; raises Doubt where one cannot be looked into."""
    end = 0
    for count, found in enumerate(_STREAM.finditer(content)):
        if count >= _MOST_STREAMS:
            raise Doubt("pdf-too-much", limit=in_mib(EVIDENCE_LIMITS.unpacked_bytes))
        before = _plain_names(content[end : found.start()])
        end = found.end()
        unpacked = _unpacked(content, end, before, allowance.unpacked)
        allowance.unpacked -= len(unpacked)
        if unpacked:
            yield unpacked


def _plain_names(data: bytes) -> bytes:
    return _ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]), data)


def _unpacked(content: bytes, at: int, before: bytes, left: int) -> bytes:
    """What an object stream holds; empty for any other stream, and for one that stands as it is.

    before: everything since the stream before, and so the dictionary. What calls itself an object stream is
    one; so is what unpacks to something that begins like one, whatever it calls itself.
    """
    named = b"/ObjStm" in before
    if named and any(each in before for each in _UNREADABLE):
        raise Doubt("pdf-hidden-objects")
    inflater = zlib.decompressobj()
    try:
        first = inflater.decompress(content[at : at + _LOOKED_AT], _LOOKED_AT)
        if not named and not _OBJECT_STREAM_BEGINS.match(first):
            return b""
        return first + _rest(inflater, content, at + _LOOKED_AT, left)
    except zlib.error:
        if named and b"/Filter" in before:
            raise Doubt("pdf-hidden-objects") from None
        return b""


def _rest(inflater: zlib._Decompress, content: bytes, at: int, left: int) -> bytes:
    """What follows, piece by piece, so that no more is unpacked than is still allowed."""
    pieces, size, tail = [], 0, inflater.unconsumed_tail
    while not inflater.eof:
        if not tail:
            tail, at = content[at : at + _STEP], at + _STEP
            if not tail:
                break
        piece = inflater.decompress(tail, _STEP)
        tail = inflater.unconsumed_tail
        pieces.append(piece)
        size += len(piece)
        if size > left:
            raise Doubt("pdf-too-much", limit=in_mib(EVIDENCE_LIMITS.unpacked_bytes))
    return b"".join(pieces)
