"""JPEG pictures: every marker walked from the first to the last, and nothing behind it."""

from __future__ import annotations

import re

from intake.evidence.kinds import Doubt, Size, check_size

_START, _END = b"\xff\xd8", 0xD9
_SCAN = 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_RESTARTS = range(0xD0, 0xD8)
_ALONE = 0x01
_FILLED = re.compile(rb"\xff+")
_MARKER = re.compile(rb"\xff(?=[^\x00\xd0-\xd7\xff])")
"""Within a picture's data: 0xFF before a zero or a restart marker belongs to it."""
_MOST_PICTURES = 16
"""Phones put further pictures (depth, brightness) behind the first, each whole."""
_MOST_SEGMENTS = 20_000
_FEWEST_IN_FRAME = 8


def is_jpeg(content: bytes) -> bool:
    """Whether it begins as one."""
    return content.startswith(b"\xff\xd8\xff")


def check_jpeg(content: bytes) -> None:
    """Raises Doubt unless it is one whole picture, or several whole ones one behind the other."""
    at = 0
    for _ in range(_MOST_PICTURES):
        at = _end_of_picture(content, at)
        if at == len(content):
            return
        if not content.startswith(_START, at):
            raise Doubt("trailing-bytes", what="JPEG", count=len(content) - at)
    raise Doubt("trailing-bytes", what="JPEG", count=len(content) - at)


def _end_of_picture(content: bytes, start: int) -> int:
    """Where the picture that begins here ends."""
    at, framed, scanned = start + 2, False, False
    for _ in range(_MOST_SEGMENTS):
        marker, at = _marker(content, at)
        if marker == _END and scanned:
            return at
        if marker in {_END, _START[1]}:
            raise Doubt("picture-broken", what="JPEG")
        if marker in _RESTARTS or marker == _ALONE:
            continue
        body, following = _segment(content, at)
        if marker in _FRAMES:
            check_size(_size(body))
            framed = True
        at = following
        if marker == _SCAN:
            if not framed:
                raise Doubt("picture-broken", what="JPEG")
            at, scanned = _after_scan(content, at), True
    raise Doubt("picture-broken", what="JPEG")


def _marker(content: bytes, at: int) -> tuple[int, int]:
    """The marker here, and where its segment begins; it may be filled up with 0xFF."""
    filled = _FILLED.match(content, at)
    if filled is None or filled.end() == len(content) or content[filled.end()] == 0:
        raise Doubt("picture-broken", what="JPEG")
    return content[filled.end()], filled.end() + 1


def _segment(content: bytes, at: int) -> tuple[bytes, int]:
    size = int.from_bytes(content[at : at + 2])
    if size < 2 or at + size > len(content):
        raise Doubt("picture-broken", what="JPEG")
    return content[at + 2 : at + size], at + size


def _size(frame: bytes) -> Size:
    if len(frame) < _FEWEST_IN_FRAME:
        raise Doubt("picture-broken", what="JPEG")
    return Size(width=int.from_bytes(frame[3:5]), height=int.from_bytes(frame[1:3]))


def _after_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that is no part of the picture's data."""
    found = _MARKER.search(content, at)
    if found is None:
        raise Doubt("picture-broken", what="JPEG")
    return found.start()
