"""The zip container of a workbook or of texts, read strictly: one way to read it, or none."""

from __future__ import annotations

import contextlib
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from intake.limits import Limits, in_mib
from intake.refusals import Refused
from intake.sniff import refuse_other_than_zip

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
_NO_MEMORY = "Error -4"
_ZIP64 = 0xFFFFFFFF
# Extra fields that would give a second size, or a second name.
_SECOND_SIZE, _SECOND_NAME = 0x0001, 0x7075
_CSV = (".csv", ".txt")
_SYSTEM_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_SYMLINK, _FILE_TYPE = 0o120000, 0o170000


class _Naming(NamedTuple):
    """How parts may be named: encodings of unmarked names, tried in turn, and extra fields not taken."""

    encodings: tuple[str, ...]
    forbidden_extras: tuple[int, ...]


_OFFICE_NAMES = _Naming(("ascii",), (_SECOND_SIZE, _SECOND_NAME))
# Chinese Windows writes names in GBK, others in UTF-8 without saying so. They are only shown, so that a
# second one does no harm.
_CHINESE_NAMES = _Naming(("utf-8", "gb18030"), (_SECOND_SIZE,))


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
    unpacked: int = 0
    """Bytes of all parts together."""

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
    xml: dict[str, bytes] = {}
    names, unpacked = [], 0
    for name, part in _open(content, limits, _OFFICE_NAMES):
        names.append(name)
        unpacked += len(part)
        if name.casefold().endswith((".xml", ".rels")):
            xml[name.casefold()] = part
    return Package(tuple(names), xml, unpacked)


def open_csv_package(content: bytes, limits: Limits) -> list[tuple[str, bytes]]:
    """The texts in a zip, with their names as they are shown; folders and what systems add are left out.

    Raises:
        Refused: the first thing that is wrong with the container, or something else than a text is in it.
    """
    texts = []
    for name, part in _open(content, limits, _CHINESE_NAMES):
        if name.endswith("/") or _added_by_system(name):
            continue
        if not name.casefold().endswith(_CSV):
            raise Refused("zip-with-others", part=name)
        texts.append((name, part))
    return texts


def open_parts(content: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Every part of a zip with its name as it is shown, folders too, once the container has been checked.

    Raises:
        Refused: the first thing that is wrong with the container.
    """
    return _open(content, limits, _CHINESE_NAMES)


def names_in_zip(content: bytes, limits: Limits) -> list[str]:
    """What the directory of a zip lists, for a first look; empty when it cannot be read.

    Left out are folders and what systems add. Nothing is checked.

    Raises:
        Refused: a part is locked with a password, so that nothing else can be said of the file.
    """
    try:
        entries, _ = _read_directory(content, limits, _CHINESE_NAMES)
    except Refused as refused:
        if refused.refusal.code == "encrypted-part":
            raise
        return []
    return [entry.name for entry in entries if entry.name[-1] != "/" and not _added_by_system(entry.name)]


def _added_by_system(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] in _SYSTEM_FILES


def _open(content: bytes, limits: Limits, naming: _Naming) -> Iterator[tuple[str, bytes]]:
    """Every part with its bytes, once the whole container has been checked."""
    if len(content) > limits.file_bytes:
        raise Refused("file-too-large", size=in_mib(len(content)), limit=in_mib(limits.file_bytes))
    refuse_other_than_zip(content)
    entries, directory = _read_directory(content, limits, naming)
    _refuse_duplicates(entries)
    starts = _check_layout(content, entries, directory, naming)
    left = limits.unpacked_bytes
    for entry in entries:
        part = _inflate(content, entry, starts[entry.offset], left, limits)
        left -= len(part)
        yield entry.name, part


def _read_directory(content: bytes, limits: Limits, naming: _Naming) -> tuple[list[_Entry], int]:
    """The entries in directory order, and where the directory begins."""
    total, offset = _read_end(content)
    if total > limits.parts:
        raise Refused("too-many-parts", count=total, limit=limits.parts)
    last = len(content) - _END.size
    entries, end = [], offset
    for _ in range(total):
        entry, end = _read_entry(content, end, last, naming)
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


def _read_entry(content: bytes, at: int, limit: int, naming: _Naming) -> tuple[_Entry, int]:
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
    name = _checked_name(raw_name, ("utf-8",) if flags & _UTF8_NAME else naming.encodings)
    _check_flags(name, flags, method)
    _check_extra(name, content[extra_at : extra_at + extra_size], naming)
    if _ZIP64 in (packed, unpacked, offset):
        raise Refused("zip64")
    if made_by >> 8 == 3 and (external >> 16) & _FILE_TYPE == _SYMLINK:
        raise Refused("bad-part-name", part=name)
    return _Entry(name, raw_name, flags, method, crc, packed, unpacked, offset), end


def _decoded_name(raw: bytes, encodings: Sequence[str]) -> str:
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    raise Refused("bad-part-name", part=raw.decode("latin-1"))


def _checked_name(raw: bytes, encodings: Sequence[str]) -> str:
    name = _decoded_name(raw, encodings)
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


def _check_extra(name: str, extra: bytes, naming: _Naming) -> None:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind in naming.forbidden_extras:
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


def _check_layout(content: bytes, entries: list[_Entry], directory: int, naming: _Naming) -> dict[int, int]:
    """Where each entry's data begins, by the entry's offset; entries must tile the file from byte 0 on."""
    if not entries:
        raise Refused("not-an-xlsx")
    ordered = sorted(entries, key=lambda entry: entry.offset)
    if ordered[0].offset:
        raise Refused("leading-data")
    starts: dict[int, int] = {}
    for entry, following in zip(ordered, [*(e.offset for e in ordered[1:]), directory], strict=True):
        start = _local_data_start(content, entry, naming)
        _check_end(content, entry, start + entry.packed, following)
        starts[entry.offset] = start
    return starts


def _local_data_start(content: bytes, entry: _Entry, naming: _Naming) -> int:
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
    _check_extra(entry.name, content[extra_at : extra_at + extra_size], naming)
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
    except zlib.error as error:
        if str(error).startswith(_NO_MEMORY):
            raise MemoryError from None
        raise Refused("damaged-part", part=entry.name) from None
    if len(part) > entry.unpacked:
        raise Refused("part-size-mismatch", part=entry.name)
    if not inflater.eof:
        raise Refused("damaged-part", part=entry.name)
    if inflater.unused_data:
        raise Refused("hidden-data", part=entry.name)
    return part
