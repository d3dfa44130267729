"""The OLE container of an old workbook (.xls, .et), read strictly: every sector belongs to one stream."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intake.limits import Limits, in_mib
from intake.refusals import Refused

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = struct.Struct("<8s16x2H2sHH6x3L4x5L")
_HEADER_SIZE = 512
_IN_HEADER = 109
_ENTRY = struct.Struct("<64sHBx3L36xLLL")
_FREE, _LAST_SECTOR, _NONE = 0xFFFFFFFF, 0xFFFFFFFA, 0xFFFFFFFF
_END_OF_CHAIN = 0xFFFFFFFE
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_SMALL_SECTOR, _SMALL_BELOW = 64, 4096
_SECTOR_SHIFTS = {3: 9, 4: 12}
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the directory; `left`, `right` and `child` lead to others."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Ole:
    """A container that passed every check.

    `names` are all storages and streams as paths (`MBD001/Workbook`), case-folded; `streams` holds the
    bytes of those at the top, by case-folded name.
    """

    names: tuple[str, ...]
    streams: Mapping[str, bytes]


def open_ole(content: bytes, limits: Limits) -> Ole:
    """Check the container and put together the streams of its top storage.

    Raises:
        Refused: the first thing that is wrong with it.
    """
    if len(content) > limits.file_bytes:
        raise Refused("file-too-large", size=in_mib(len(content)), limit=in_mib(limits.file_bytes))
    _refuse_zip_behind(content)
    sectors = _Sectors(content)
    entries = _read_directory(sectors, limits)
    if not entries or entries[0].kind != _ROOT:
        raise damaged("root")
    paths = list(_walk(entries))
    if len({path for path, _ in paths}) < len(paths):
        twice = next(path for at, (path, _) in enumerate(paths) if path in {one for one, _ in paths[:at]})
        raise Refused("duplicate-part", part=twice, other=twice)
    small = _SmallSectors(sectors, entries[0])
    streams = {
        path: small.stream(entry) if entry.size < _SMALL_BELOW else sectors.stream(entry)
        for path, entry in paths
        if entry.kind == _STREAM and "/" not in path
    }
    return Ole(tuple(path for path, _ in paths), streams)


def damaged(what: object) -> Refused:
    """The container contradicts itself there."""
    return Refused("damaged-ole", what=what)


class _Sectors:
    """The file cut into sectors, and which sector follows which; each is given out once only."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER_SIZE:
            raise Refused("truncated-ole")
        magic, _, version, order, shift, small_shift, *rest = _HEADER.unpack_from(content)
        fat_count, self.directory, cutoff, self.small_fat, small_count, more, more_count = rest[1:]
        if magic != MAGIC or order != 0xFFFE.to_bytes(2, "little") or _SECTOR_SHIFTS.get(version) != shift:
            raise damaged("header")
        if small_shift != 6 or cutoff != _SMALL_BELOW:
            raise damaged("header")
        self._content = content
        self.size = 1 << shift
        self._count = -(-(len(content) - self.size) // self.size)
        self._taken = bytearray(max(self._count, 0))
        self.small_fat_count = small_count
        self._next = self._read_fat(fat_count, more, more_count)

    def chain(self, start: int) -> list[int]:
        """The numbers of the sectors from one on; they belong to whoever asked first."""
        found = []
        sector = start
        while sector != _END_OF_CHAIN:
            self._take(sector)
            found.append(sector)
            sector = self._next[sector] if sector < len(self._next) else _FREE
        return found

    def joined(self, sectors: list[int]) -> bytes:
        """The bytes of these sectors; the last one of a file may be cut short."""
        return b"".join(self._sector(sector) for sector in sectors)

    def stream(self, entry: _Entry) -> bytes:
        """The bytes of a stream of 4,096 bytes and more."""
        data = self.joined(self.chain(entry.start)) if entry.size else b""
        if len(data) < entry.size:
            raise Refused("truncated-ole")
        return data[: entry.size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self.size
        return self._content[at : at + self.size]

    def _take(self, sector: int) -> None:
        if sector >= _LAST_SECTOR:
            raise damaged("chain")
        if sector >= self._count:
            raise Refused("truncated-ole")
        if self._taken[sector]:
            raise damaged("sector")
        self._taken[sector] = 1

    def _read_fat(self, fat_count: int, more: int, more_count: int) -> tuple[int, ...]:
        places = list(struct.unpack_from(f"<{_IN_HEADER}L", self._content, _HEADER_SIZE - 4 * _IN_HEADER))
        numbers = self.size // 4
        for _ in range(more_count):
            self._take(more)
            *further, more = self._numbers(more, numbers)
            places += further
        places = [place for place in places if place != _FREE]
        if len(places) != fat_count:
            raise damaged("fat")
        found: list[int] = []
        for place in places:
            self._take(place)
            found += self._numbers(place, numbers)
        if self._count > len(found):
            raise Refused("trailing-data")
        return tuple(found)

    def _numbers(self, sector: int, count: int) -> tuple[int, ...]:
        data = self._sector(sector)
        if len(data) < 4 * count:
            raise Refused("truncated-ole")
        return struct.unpack(f"<{count}L", data)


class _SmallSectors:
    """Streams below 4,096 bytes, which lie in one stream of the root."""

    def __init__(self, sectors: _Sectors, root: _Entry) -> None:
        table = sectors.joined(sectors.chain(sectors.small_fat)) if sectors.small_fat_count else b""
        self._next = struct.unpack(f"<{len(table) // 4}L", table[: len(table) // 4 * 4])
        self._data = sectors.stream(root)
        self._taken: set[int] = set()

    def stream(self, entry: _Entry) -> bytes:
        """The bytes of a small stream."""
        pieces = []
        sector = entry.start if entry.size else _END_OF_CHAIN
        while sector != _END_OF_CHAIN:
            if sector in self._taken or sector >= len(self._next):
                raise damaged("small sector")
            self._taken.add(sector)
            pieces.append(self._data[sector * _SMALL_SECTOR : (sector + 1) * _SMALL_SECTOR])
            sector = self._next[sector]
        data = b"".join(pieces)
        if len(data) < entry.size:
            raise Refused("truncated-ole")
        return data[: entry.size]


def _read_directory(sectors: _Sectors, limits: Limits) -> list[_Entry]:
    data = sectors.joined(sectors.chain(sectors.directory))
    entries = []
    used = 0
    for at in range(0, len(data) - _ENTRY.size + 1, _ENTRY.size):
        name, name_size, kind, left, right, child, start, size, high = _ENTRY.unpack_from(data, at)
        used += kind != 0
        if used > limits.parts:
            raise Refused("too-many-parts", count=used, limit=limits.parts)
        if kind not in (0, _STORAGE, _STREAM, _ROOT) or (kind == _STREAM and high and sectors.size > 512):
            raise damaged("directory")
        if name_size > 64 or (kind and (name_size < 2 or name_size % 2)):
            raise damaged("name")
        words = name[: max(name_size - 2, 0)].decode("utf-16-le", "replace").casefold()
        entries.append(_Entry(words, kind, left, right, child, start, size))
    return entries


def _walk(entries: list[_Entry]) -> Iterator[tuple[str, _Entry]]:
    """Every storage and stream that the root leads to, with its path; none may be reached twice."""
    seen = {0}
    waiting = [(entries[0].child, "")]
    while waiting:
        number, above = waiting.pop()
        if number == _NONE:
            continue
        if number >= len(entries) or number in seen or entries[number].kind not in (_STORAGE, _STREAM):
            raise damaged("tree")
        seen.add(number)
        entry = entries[number]
        path = above + entry.name.replace("/", "_")
        yield path, entry
        waiting += [(entry.left, above), (entry.right, above)]
        if entry.kind == _STORAGE:
            waiting.append((entry.child, f"{path}/"))


def _refuse_zip_behind(content: bytes) -> None:
    """A file that is a zip when read from its end is a workbook to one program and another to the next."""
    at = content.rfind(_ZIP_END, len(content) - _ZIP_END_SIZE - 0xFFFF if len(content) > 0x10015 else 0)
    if at >= 0 and at + _ZIP_END_SIZE <= len(content):
        (comment,) = struct.unpack_from("<H", content, at + _ZIP_END_SIZE - 2)
        if at + _ZIP_END_SIZE + comment == len(content):
            raise Refused("trailing-data")
