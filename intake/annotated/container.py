"""The parts of a package, changed in memory and packed again; what is not changed keeps its packed bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_DEFLATED = 8
_DESCRIPTOR_FOLLOWS = 0x0008
_UTF8_NAME = 0x0800
# New parts bear the oldest date there is, so that the same work gives the same bytes.
_OLDEST = (0, 0x21)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Packed:
    """One part as it stands in the file."""

    name: str
    flags: int
    method: int
    stamp: tuple[int, int]
    crc: int
    size: int
    data: bytes
    made_by: int = _VERSION
    external: int = 0


class Container:
    """The parts of one package, by name without regard to case.

    content: bytes that the strict reader has taken. Raises zipfile.BadZipFile for others.
    """

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._content = content
        self._infos = {info.filename.casefold(): info for info in self._archive.infolist()}
        self._names = {key: info.filename for key, info in self._infos.items()}
        self._changed: dict[str, bytes] = {}

    @property
    def changed(self) -> bool:
        """Whether packing would give other parts than were read."""
        return bool(self._changed) or self._names.keys() != self._infos.keys()

    @property
    def count(self) -> int:
        """How many parts there are."""
        return len(self._names)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.casefold() in self._names

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises KeyError when there is none."""
        key = name.casefold()
        if key in self._changed:
            return self._changed[key]
        return self._archive.read(self._infos[self._names[key].casefold()])

    def write(self, name: str, data: bytes) -> None:
        """Change a part, or add one at the end; the bytes it had before leave it as it was."""
        key = name.casefold()
        info = self._infos.get(key)
        self._names.setdefault(key, info.filename if info else name)
        if info is not None and self._archive.read(info) == data:
            self._changed.pop(key, None)
        else:
            self._changed[key] = data

    def remove(self, name: str) -> None:
        """Take a part out, if it is there."""
        key = name.casefold()
        self._names.pop(key, None)
        self._changed.pop(key, None)

    def free_name(self, pattern: str) -> str:
        """The first name of a pattern such as `xl/comments{}.xml`, numbered from 1, that no part has."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def pack(self) -> bytes:
        """All parts as one file, in the order they had, new ones last."""
        body, directory = bytearray(), bytearray()
        for key, name in self._names.items():
            part = self._new(name, self._changed[key]) if key in self._changed else self._kept(key)
            directory += _central(part, len(body))
            body += _local(part)
        count, start = len(self._names), len(body)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
        return bytes(body + directory) + end

    def _new(self, name: str, data: bytes) -> _Packed:
        squeezer = zlib.compressobj(6, _DEFLATED, -zlib.MAX_WBITS)
        return _Packed(
            name=name,
            flags=0 if name.isascii() else _UTF8_NAME,
            method=_DEFLATED,
            stamp=_OLDEST,
            crc=zlib.crc32(data),
            size=len(data),
            data=squeezer.compress(data) + squeezer.flush(),
        )

    def _kept(self, key: str) -> _Packed:
        info = self._infos[key]
        at = info.header_offset
        name_size, extra_size = struct.unpack_from("<2H", self._content, at + 26)
        start = at + _LOCAL.size + name_size + extra_size
        clock, day = struct.unpack_from("<2H", self._content, at + 10)
        return _Packed(
            name=info.filename,
            flags=info.flag_bits & ~_DESCRIPTOR_FOLLOWS,
            method=info.compress_type,
            stamp=(clock, day),
            crc=info.CRC,
            size=info.file_size,
            data=self._content[start : start + info.compress_size],
            made_by=info.create_system << 8 | info.create_version,
            external=info.external_attr,
        )


def _local(part: _Packed) -> bytes:
    name = part.name.encode()
    sizes = (part.crc, len(part.data), part.size)
    head = (b"PK\x03\x04", _VERSION, part.flags, part.method, *part.stamp, *sizes, len(name), 0)
    return _LOCAL.pack(*head) + name + part.data


def _central(part: _Packed, offset: int) -> bytes:
    name = part.name.encode()
    sizes = (part.crc, len(part.data), part.size)
    return (
        _CENTRAL.pack(
            b"PK\x01\x02",
            part.made_by,
            _VERSION,
            part.flags,
            part.method,
            *part.stamp,
            *sizes,
            len(name),
            0,
            0,
            0,
            0,
            part.external,
            offset,
        )
        + name
    )
