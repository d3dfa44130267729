"""What an evidence file is, told by its content alone, and what is wrong with it; one file a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from unicodedata import category

from intake.evidence.docx_file import check_docx
from intake.evidence.jpeg_file import check_jpeg, is_jpeg
from intake.evidence.kinds import (
    EVIDENCE_LIMITS,
    EXTENSIONS,
    MOST_FILES_IN_ZIP,
    Allowance,
    Doubt,
    EvidenceKind,
    doubt_of,
)
from intake.evidence.pdf_file import check_pdf, is_pdf
from intake.evidence.png_file import check_png, is_png
from intake.evidence.wording_evidence import EVIDENCE_WORDINGS
from intake.limits import in_mib
from intake.package import names_in_zip, open_parts
from intake.refusals import Refused
from intake.wording import worded
from scoring.errors import Issue, Place

_BEGINNINGS: tuple[tuple[Callable[[bytes], bool], EvidenceKind], ...] = (
    (is_pdf, EvidenceKind.PDF),
    (is_jpeg, EvidenceKind.JPEG),
    (is_png, EvidenceKind.PNG),
)
_CONTENT_TYPES = "[content_types].xml"
_FEWEST = 16


@dataclass(frozen=True, slots=True)
class CheckedEvidence:
    """The verdict on a file: its kind, or the one issue for which it is refused."""

    kind: EvidenceKind | None
    issue: Issue | None


def check_evidence(content: bytes) -> CheckedEvidence:
    """Looks a file through; the first thing wrong with it is told. Its name plays no part.

    Time and memory grow with the size of the file and of what it unpacks to, both bounded.
    """
    try:
        return CheckedEvidence(_checked(content), None)
    except Doubt as doubt:
        return CheckedEvidence(None, worded(EVIDENCE_WORDINGS, doubt.fault, Place()))


def _checked(content: bytes) -> EvidenceKind:
    if len(content) > EVIDENCE_LIMITS.file_bytes:
        raise Doubt("evidence-too-large", limit=in_mib(EVIDENCE_LIMITS.file_bytes))
    kind = kind_of(content)
    _CHECKS[kind](content, Allowance())
    return kind


def kind_of(content: bytes) -> EvidenceKind:
    """What a file begins as; raises Doubt for anything else."""
    if len(content) < _FEWEST:
        raise Doubt("evidence-empty")
    for begins, kind in _BEGINNINGS:
        if begins(content):
            return kind
    if content.startswith(b"PK"):
        try:
            names = {name.casefold() for name in names_in_zip(content, EVIDENCE_LIMITS)}
        except Refused as refused:
            raise doubt_of(refused.refusal) from None
        return EvidenceKind.DOCX if _CONTENT_TYPES in names else EvidenceKind.ZIP
    raise Doubt("evidence-kind")


def check_zip(content: bytes, allowance: Allowance) -> None:
    """Raises Doubt unless all that is in it are evidence files of other kinds, named as what they are."""
    try:
        parts = [each for each in open_parts(content, allowance.limits) if not each[0].endswith("/")]
    except Refused as refused:
        raise doubt_of(refused.refusal) from None
    if not 0 < len(parts) <= MOST_FILES_IN_ZIP:
        raise Doubt("zip-count", most=MOST_FILES_IN_ZIP)
    allowance.unpacked -= sum(len(part) for _, part in parts)
    for name, part in parts:
        _check_member(name, part, allowance)


def _check_member(name: str, part: bytes, allowance: Allowance) -> None:
    if any(category(each)[0] == "C" for each in name):
        raise Doubt("zip-name", part=name.encode("unicode_escape").decode())
    try:
        kind = kind_of(part)
        if kind is EvidenceKind.ZIP:
            raise Doubt("zip-in-zip", part=name)
        _CHECKS[kind](part, allowance)
    except Doubt as doubt:
        if doubt.fault.code == "zip-in-zip":
            raise
        inner = worded(EVIDENCE_WORDINGS, doubt.fault, Place())
        raise Doubt("zip-member", part=name, zh=inner.zh, en=inner.en) from None
    if not name.casefold().endswith(EXTENSIONS[kind]):
        raise Doubt("zip-extension", part=name, kind=kind)


_CHECKS: Mapping[EvidenceKind, Callable[[bytes, Allowance], None]] = {
    EvidenceKind.PDF: check_pdf,
    EvidenceKind.JPEG: lambda content, _: check_jpeg(content),
    EvidenceKind.PNG: lambda content, _: check_png(content),
    EvidenceKind.DOCX: check_docx,
    EvidenceKind.ZIP: check_zip,
}
