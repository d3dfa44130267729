"""Style sheets and pictures: read once, and named by their digest so that they can be kept for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent / "static"
_MEDIA = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Asset:
    """One file to hand out."""

    name: str
    """With its digest: kaohe.0123456789ab.css."""
    content: bytes
    media_type: str


def read_assets(folder: Path = _FOLDER) -> Mapping[str, Asset]:
    """The files of a folder by their plain names; only of the kinds known here."""
    return {path.name: _read(path) for path in sorted(folder.iterdir()) if path.suffix in _MEDIA}


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
    return Asset(f"{path.stem}.{digest}{path.suffix}", content, _MEDIA[path.suffix])
