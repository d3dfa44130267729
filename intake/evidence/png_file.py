"""PNG pictures: every chunk in place with its checksum, and nothing behind the last."""

from __future__ import annotations

import struct
import zlib

from intake.evidence.kinds import Doubt, Size, check_size

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD = struct.Struct(">L4s")
_IMAGE = struct.Struct(">2L5B")
_KNOWN = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
"""Bits a sample may have, by the type of colour."""
_ANCILLARY = 0x20
_MOST_CHUNKS = 100_000


def is_png(content: bytes) -> bool:
    """Whether it begins as one."""
    return content.startswith(b"\x89PNG")


def check_png(content: bytes) -> None:
    """Raises Doubt unless it is one whole picture. The pixels themselves are not unpacked."""
    if not content.startswith(_SIGNATURE):
        raise Doubt("picture-broken", what="PNG")
    at, seen = len(_SIGNATURE), set[bytes]()
    for _ in range(_MOST_CHUNKS):
        kind, body, at = _chunk(content, at)
        if (kind == b"IHDR") is bool(seen):
            raise Doubt("picture-broken", what="PNG")
        _check_chunk(kind, body)
        seen.add(kind)
        if kind == b"IEND":
            break
    if not {b"IDAT", b"IEND"} <= seen:
        raise Doubt("picture-broken", what="PNG")
    if at != len(content):
        raise Doubt("trailing-bytes", what="PNG", count=len(content) - at)


def _chunk(content: bytes, at: int) -> tuple[bytes, bytes, int]:
    if at + _HEAD.size > len(content):
        raise Doubt("picture-broken", what="PNG")
    size, kind = _HEAD.unpack_from(content, at)
    body_at = at + _HEAD.size
    end = body_at + size + 4
    if end > len(content) or not kind.isalpha():
        raise Doubt("picture-broken", what="PNG")
    body = content[body_at : end - 4]
    if zlib.crc32(body, zlib.crc32(kind)) != int.from_bytes(content[end - 4 : end]):
        raise Doubt("picture-broken", what="PNG")
    return kind, body, end


def _check_chunk(kind: bytes, body: bytes) -> None:
    if kind == b"IHDR":
        _check_head(body)
    ended_twice = kind == b"IEND" and body
    unknown = not kind[0] & _ANCILLARY and kind not in _KNOWN
    if ended_twice or unknown:
        raise Doubt("picture-broken", what="PNG")


def _check_head(body: bytes) -> None:
    if len(body) != _IMAGE.size:
        raise Doubt("picture-broken", what="PNG")
    width, height, depth, colour, compression, filtering, interlace = _IMAGE.unpack(body)
    check_size(Size(width=width, height=height))
    if depth not in _DEPTHS.get(colour, ()) or compression or filtering or interlace > 1:
        raise Doubt("picture-broken", what="PNG")
