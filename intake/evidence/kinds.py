"""The kinds of evidence files, their limits, and what a check says of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from intake.limits import MIB, Limits, in_mib
from intake.refusals import Refusal
from intake.wording import Fault, fault

EVIDENCE_LIMITS = Limits(file_bytes=20 * MIB, unpacked_bytes=64 * MIB, parts=300)
"""For containers; a file that is larger, or that unpacks to more, is refused."""
MOST_MARKUP = 1_000_000
"""Elements and attributes in the Word documents of one upload; a report of 500 pages has some 300,000."""
MOST_PIXELS_A_SIDE = 20_000
MOST_PIXELS = 100_000_000
MOST_FILES_IN_ZIP = 100


class EvidenceKind(StrEnum):
    """What an evidence file is, by its content."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    DOCX = "docx"
    ZIP = "zip"


MEDIA_TYPES = {
    EvidenceKind.PDF: "application/pdf",
    EvidenceKind.JPEG: "image/jpeg",
    EvidenceKind.PNG: "image/png",
    EvidenceKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    EvidenceKind.ZIP: "application/zip",
}
EXTENSIONS = {
    EvidenceKind.PDF: (".pdf",),
    EvidenceKind.JPEG: (".jpg", ".jpeg"),
    EvidenceKind.PNG: (".png",),
    EvidenceKind.DOCX: (".docx",),
    EvidenceKind.ZIP: (".zip",),
}
"""The first is the one that a file is handed out with."""


@dataclass(slots=True)
class Allowance:
    """What may still be unpacked and looked through; an archive and all that is in it share one."""

    unpacked: int = EVIDENCE_LIMITS.unpacked_bytes
    markup: int = MOST_MARKUP

    @property
    def limits(self) -> Limits:
        """The limits of a container that is opened now."""
        return replace(EVIDENCE_LIMITS, unpacked_bytes=self.unpacked)


class Doubt(Exception):
    """Carries what is wrong with a file out of a check; never leaves `intake.evidence`."""

    def __init__(self, code: str, **words: object) -> None:
        self.fault: Fault = fault(code, **words)
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Size:
    """Of a picture, in pixels."""

    width: int
    height: int


def check_size(size: Size) -> None:
    """Raises Doubt for a picture of no size, or one that takes too much memory to open."""
    if not (0 < size.width <= MOST_PIXELS_A_SIDE and 0 < size.height <= MOST_PIXELS_A_SIDE):
        raise Doubt("picture-size", width=size.width, height=size.height, most=MOST_PIXELS_A_SIDE)
    if size.width * size.height > MOST_PIXELS:
        raise Doubt("picture-too-many-pixels", most=MOST_PIXELS // 1_000_000)


def doubt_of(refusal: Refusal) -> Doubt:
    """Why a container is not opened, in the words for evidence files."""
    match refusal.code:
        case "encrypted-part":
            return Doubt("container-password")
        case "unpacked-too-large" | "too-many-parts":
            most, parts = in_mib(EVIDENCE_LIMITS.unpacked_bytes), EVIDENCE_LIMITS.parts
            return Doubt("container-too-much", limit=most, parts=parts)
        case _:
            return Doubt("container-unsound", reason=refusal.code)
