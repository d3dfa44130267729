"""The zip container of a workbook, read strictly: one way to read it, or none."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from intake.limits import Limits, in_mib
from intake.refusals import Refused
from intake.sniff import refuse_other_formats

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_DESCRIPTORS = (struct.Struct("<3L"), struct.Struct("<L2Q"))
_DESCRIPTOR_MARK = b"PK\x07\x08"

_ENCRYPTED = 0x0001
_DESCRIPTOR_FOLLOWS = 0x0008
_UTF8_NAME = 0x0800
# Compression-level hints, a trailing descriptor and UTF-8 names change nothing in how bytes are read.
_KNOWN_FLAGS = 0x0006 | _DESCRIPTOR_FOLLOWS | _UTF8_NAME
_STORED, _DEFLATED = 0, 8
_ZIP64 = 0xFFFFFFFF
# Extra fields that would give a second size or a second name.
_SECOND_TRUTHS = (0x0001, 0x7075)
_SYMLINK, _FILE_TYPE = 0o120000, 0o170000


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the central directory."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    unpacked: int
    offset: int


@dataclass(frozen=True, slots=True)
class Package:
    """A container that passed every check; every part was inflated and its checksum compared.

    `names` holds all part names as written; `xml` the bytes of those that end in `.xml` or `.rels`,
    by case-folded name.
    """

    names: tuple[str, ...]
    xml: Mapping[str, bytes]

    def part(self, name: str) -> bytes:
        """The bytes of an XML part.

        Raises:
            Refused: there is no such part.
        """
        found = self.xml.get(name.casefold())
        if found is None:
            raise Refused("missing-part", part=name)
        return found


def open_package(content: bytes, limits: Limits) -> Package:
    """Check the container and inflate its parts.

    Raises:
        Refused: the first thing that is wrong with it.
    """
    if len(content) > limits.file_bytes:
        raise Refused("file-too-large", size=in_mib(len(content)), limit=in_mib(limits.file_bytes))
    refuse_other_formats(content)
    entries, directory = _read_directory(content, limits)
    _refuse_duplicates(entries)
    starts = _check_layout(content, entries, directory)
    xml: dict[str, bytes] = {}
    left = limits.unpacked_bytes
    for entry in entries:
        part = _inflate(content, entry, starts[entry.offset], left, limits)
        left -= len(part)
        if entry.name.casefold().endswith((".xml", ".rels")):
            xml[entry.name.casefold()] = part
    return Package(tuple(entry.name for entry in entries), xml)


def _read_directory(content: bytes, limits: Limits) -> tuple[list[_Entry], int]:
    """The entries in directory order, and where the directory begins."""
    total, offset = _read_end(content)
    if total > limits.parts:
        raise Refused("too-many-parts", count=total, limit=limits.parts)
    last = len(content) - _END.size
    entries, end = [], offset
    for _ in range(total):
        entry, end = _read_entry(content, end, last)
        entries.append(entry)
    if end != last:
        raise Refused("bad-zip-directory")
    return entries, offset


def _read_end(content: bytes) -> tuple[int, int]:
    """How many entries there are and where their directory begins; the end record must be the last thing."""
    at = content.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(content):
        raise Refused("truncated-zip")
    _, disk, first_disk, here, total, size, offset, comment = _END.unpack_from(content, at)
    if at + _END.size != len(content) or comment:
        raise Refused("trailing-data")
    if _ZIP64 in (size, offset) or total == 0xFFFF or content[at - 20 : at - 16] == b"PK\x06\x07":
        raise Refused("zip64")
    if disk or first_disk or here != total or offset + size > at:
        raise Refused("bad-zip-directory")
    if offset + size < at:
        raise Refused("leading-data")
    return total, offset


def _read_entry(content: bytes, at: int, limit: int) -> tuple[_Entry, int]:
    if at + _CENTRAL.size > limit or not content.startswith(b"PK\x01\x02", at):
        raise Refused("bad-zip-directory")
    fields = _CENTRAL.unpack_from(content, at)
    (_, made_by, _, flags, method, _, _, crc, packed, unpacked) = fields[:10]
    (name_size, extra_size, comment_size, disk, _, external, offset) = fields[10:]
    name_at = at + _CENTRAL.size
    extra_at = name_at + name_size
    end = extra_at + extra_size + comment_size
    if end > limit or disk:
        raise Refused("bad-zip-directory")
    raw_name = content[name_at:extra_at]
    name = _checked_name(raw_name, flags)
    _check_flags(name, flags, method)
    _check_extra(name, content[extra_at : extra_at + extra_size])
    if _ZIP64 in (packed, unpacked, offset):
        raise Refused("zip64")
    if made_by >> 8 == 3 and (external >> 16) & _FILE_TYPE == _SYMLINK:
        raise Refused("bad-part-name", part=name)
    return _Entry(name, raw_name, flags, method, crc, packed, unpacked, offset), end


def _checked_name(raw: bytes, flags: int) -> str:
    try:
        name = raw.decode("utf-8" if flags & _UTF8_NAME else "ascii")
    except UnicodeDecodeError:
        raise Refused("bad-part-name", part=raw.decode("latin-1")) from None
    segments = name.removesuffix("/").split("/")
    unsafe = any(segment in ("", ".", "..") for segment in segments) or ":" in name or "\\" in name
    if unsafe or min(name) < " " or ".." in unquote(name).split("/"):
        raise Refused("bad-part-name", part=name)
    return name


def _check_flags(name: str, flags: int, method: int) -> None:
    if flags & _ENCRYPTED:
        raise Refused("encrypted-part", part=name)
    if flags & ~_KNOWN_FLAGS:
        raise Refused("unsupported-zip-feature", part=name, feature=f"flags {flags:#06x}")
    if method not in (_STORED, _DEFLATED):
        raise Refused("unsupported-zip-feature", part=name, feature=f"method {method}")


def _check_extra(name: str, extra: bytes) -> None:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind in _SECOND_TRUTHS:
            raise Refused("header-mismatch", part=name)
        at += 4 + size
    # Up to three stray bytes are padding that some writers leave.
    if at > len(extra):
        raise Refused("bad-zip-directory")


def _refuse_duplicates(entries: list[_Entry]) -> None:
    seen: dict[str, str] = {}
    for entry in entries:
        key = unquote(entry.name).casefold()
        if key in seen:
            raise Refused("duplicate-part", part=entry.name, other=seen[key])
        seen[key] = entry.name


def _check_layout(content: bytes, entries: list[_Entry], directory: int) -> dict[int, int]:
    """Where each entry's data begins, by the entry's offset; entries must tile the file from byte 0 on."""
    if not entries:
        raise Refused("not-an-xlsx")
    ordered = sorted(entries, key=lambda entry: entry.offset)
    if ordered[0].offset:
        raise Refused("leading-data")
    starts: dict[int, int] = {}
    for entry, following in zip(ordered, [*(e.offset for e in ordered[1:]), directory], strict=True):
        start = _local_data_start(content, entry)
        _check_end(content, entry, start + entry.packed, following)
        starts[entry.offset] = start
    return starts


def _local_data_start(content: bytes, entry: _Entry) -> int:
    at = entry.offset
    if at + _LOCAL.size > len(content) or not content.startswith(b"PK\x03\x04", at):
        raise Refused("header-mismatch", part=entry.name)
    fields: tuple[int, ...] = _LOCAL.unpack_from(content, at)
    (_, _, flags, method, _, _, crc, packed, unpacked, name_size, extra_size) = fields
    name_at = at + _LOCAL.size
    extra_at = name_at + name_size
    sizes = (crc, packed, unpacked)
    allowed = [(entry.crc, entry.packed, entry.unpacked)]
    if flags & _DESCRIPTOR_FOLLOWS:
        allowed.append((0, 0, 0))
    same_name = content[name_at:extra_at] == entry.raw_name
    if (flags, method) != (entry.flags, entry.method) or not same_name or sizes not in allowed:
        raise Refused("header-mismatch", part=entry.name)
    _check_extra(entry.name, content[extra_at : extra_at + extra_size])
    return extra_at + extra_size


def _check_end(content: bytes, entry: _Entry, end: int, following: int) -> None:
    """What lies between an entry's data and the next entry can only be its descriptor."""
    if end > following:
        raise Refused("overlapping-parts", part=entry.name)
    gap = content[end:following]
    if entry.flags & _DESCRIPTOR_FOLLOWS:
        # Some writers use eight bytes for a size everywhere.
        bare = [form.pack(entry.crc, entry.packed, entry.unpacked) for form in _DESCRIPTORS]
        if gap not in (*bare, *(_DESCRIPTOR_MARK + form for form in bare)):
            raise Refused("header-mismatch", part=entry.name)
    elif gap:
        raise Refused("hidden-data", part=entry.name)


def _inflate(content: bytes, entry: _Entry, start: int, left: int, limits: Limits) -> bytes:
    if entry.unpacked > left:
        raise Refused("unpacked-too-large", part=entry.name, limit=in_mib(limits.unpacked_bytes))
    part = content[start : start + entry.packed]
    if entry.method == _DEFLATED:
        part = _inflated(part, entry)
    if entry.name.endswith("/") and part:
        raise Refused("bad-part-name", part=entry.name)
    if len(part) != entry.unpacked:
        raise Refused("part-size-mismatch", part=entry.name)
    if zlib.crc32(part) != entry.crc:
        raise Refused("damaged-part", part=entry.name)
    return part


def _inflated(packed: bytes, entry: _Entry) -> bytes:
    """Never more than one byte above the declared size, whatever the stream would go on to give."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        part = inflater.decompress(packed, entry.unpacked + 1)
    except zlib.error:
        raise Refused("damaged-part", part=entry.name) from None
    if len(part) > entry.unpacked:
        raise Refused("part-size-mismatch", part=entry.name)
    if not inflater.eof:
        raise Refused("damaged-part", part=entry.name)
    if inflater.unused_data:
        raise Refused("hidden-data", part=entry.name)
    return part
