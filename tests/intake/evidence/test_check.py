"""Evidence files: real ones pass as what they are, hostile ones are refused by name, all of it quickly."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pypdf
import pytest
from PIL import Image

from intake.evidence import wording_evidence
from intake.evidence.check import check_evidence
from intake.evidence.kinds import EvidenceKind
from intake.evidence.wording_evidence import EVIDENCE_WORDINGS
from scoring.errors import Severity
from tests.support.hostile_evidence import HOSTILE, archive, jpeg, pdf, png, word, word_with

SOURCES = [each for each in Path(wording_evidence.__file__).parent.glob("*.py") if "wording" not in each.name]


def picture(form: str, mode: str = "RGB", **options: object) -> bytes:
    """A picture as Pillow writes it."""
    out = io.BytesIO()
    Image.new(mode, (300, 200), 1).save(out, form, **options)
    return out.getvalue()


def compressed_pdf() -> bytes:
    """A PDF whose objects stand in object streams, as most programs write them today."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.pdf_header = "%PDF-1.7"
    out = io.BytesIO()
    writer.compress_identical_objects()
    writer.write(out)
    return out.getvalue()


def printed(html: str = "<h1>情况说明</h1><p>查处案件 <a href='https://example.org'>12</a> 件</p>") -> bytes:
    """A PDF as WeasyPrint writes it, with object streams."""
    weasyprint = pytest.importorskip("weasyprint")
    made: bytes = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    return made


def linked_word() -> bytes:
    """A document with a link, which leads outside only when somebody follows it."""
    document = docx.Document()
    document.part.relate_to(
        "https://example.org",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


REAL: Mapping[str, tuple[Callable[[], bytes], EvidenceKind]] = {
    "a picture": (lambda: jpeg(), EvidenceKind.JPEG),
    "a progressive picture": (lambda: jpeg(progressive=True), EvidenceKind.JPEG),
    "a grey picture": (lambda: picture("JPEG", "L"), EvidenceKind.JPEG),
    "a picture in four colours": (lambda: picture("JPEG", "CMYK"), EvidenceKind.JPEG),
    "a picture with remarks": (
        lambda: picture("JPEG", comment=b"x" * 500, dpi=(300, 300)),
        EvidenceKind.JPEG,
    ),
    "a phone's picture with another behind": (lambda: jpeg() + jpeg(), EvidenceKind.JPEG),
    "a drawing": (lambda: png(), EvidenceKind.PNG),
    "a drawing with a palette": (lambda: picture("PNG", "P"), EvidenceKind.PNG),
    "a drawing that can be seen through": (lambda: picture("PNG", "RGBA", dpi=(300, 300)), EvidenceKind.PNG),
    "a black and white drawing": (lambda: picture("PNG", "1"), EvidenceKind.PNG),
    "a pdf by pypdf": (lambda: pdf(), EvidenceKind.PDF),
    "a pdf with identical objects put together": (compressed_pdf, EvidenceKind.PDF),
    "a pdf by Pillow": (lambda: picture("PDF"), EvidenceKind.PDF),
    "a pdf by WeasyPrint": (printed, EvidenceKind.PDF),
    "a pdf that speaks of scripts": (
        lambda: printed("<p>/JavaScript /Launch /Encrypt</p>"),
        EvidenceKind.PDF,
    ),
    "a document": (lambda: word(), EvidenceKind.DOCX),
    "a document with a link": (linked_word, EvidenceKind.DOCX),
    "a document with page numbers": (
        lambda: word_with(
            document=(
                b"<w:sectPr",
                b'<w:p><w:fldSimple w:instr=" PAGE "/><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
                b'<w:instrText> HYPERLINK "http://x/dde link" </w:instrText></w:r><w:r>'
                b'<w:fldChar w:fldCharType="separate"/></w:r>'
                b'<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
                b"<w:sectPr",
            )
        ),
        EvidenceKind.DOCX,
    ),
    "an archive": (
        lambda: archive({"照片/一.jpg": jpeg(), "表.PNG": png(), "a.pdf": pdf(), "说明.docx": word()}),
        EvidenceKind.ZIP,
    ),
    "an archive that is not packed": (lambda: archive({"a.jpeg": jpeg()}, stored=True), EvidenceKind.ZIP),
}


@pytest.mark.parametrize("name", REAL)
def test_a_real_file_passes_as_what_it_is(name: str) -> None:
    make, kind = REAL[name]
    checked = check_evidence(make())
    assert checked.issue is None, str(checked.issue)
    assert checked.kind is kind


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_by_name_and_quickly(name: str) -> None:
    make, code = HOSTILE[name]
    content = make()
    start = time.perf_counter()
    checked = check_evidence(content)
    assert time.perf_counter() - start < 5
    assert checked.kind is None
    assert checked.issue is not None
    assert checked.issue.code == code, str(checked.issue)
    assert checked.issue.severity is Severity.HARD
    assert checked.issue.zh
    assert checked.issue.fix_zh


def test_the_collection_is_large_enough_and_meets_every_reason() -> None:
    assert len(HOSTILE) >= 80
    assert {code for _, code in HOSTILE.values()} == set(EVIDENCE_WORDINGS)


@pytest.mark.parametrize("code", EVIDENCE_WORDINGS)
def test_every_wording_is_used_and_whole_in_both_languages(code: str) -> None:
    assert any(f'"{code}"' in each.read_text(encoding="utf-8") for each in SOURCES)
    wording = EVIDENCE_WORDINGS[code]
    assert all((wording.zh, wording.en, wording.fix_zh, wording.fix_en))
    assert wording.zh.isascii() is False
    assert wording.en.isascii() or "×" in wording.en


@pytest.mark.parametrize("make", [jpeg, png, pdf, word], ids=["jpeg", "png", "pdf", "docx"])
def test_no_cut_or_changed_file_crashes_the_check(make: Callable[[], bytes]) -> None:
    content = make()
    chance = random.Random(2021)  # noqa: S311 - always the same files are wanted
    for _ in range(150):
        broken = bytearray(content[: chance.randrange(len(content))] if chance.random() < 0.3 else content)
        for _ in range(chance.randrange(1, 6)):
            if broken:
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        checked = check_evidence(bytes(broken))
        assert (checked.kind is None) is (checked.issue is not None)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"%PDF-1.7\n" + b"stream\n" * 2_000_000 + b"startxref\n0\n%%EOF", id="streams"),
        pytest.param(b"%PDF-1.7\n" + b"/a#" * 5_000_000 + b"startxref\n0\n%%EOF", id="escapes"),
        pytest.param(
            b"%PDF-1.7\n" + b"PK\x05\x06" * 4_000_000 + b"startxref\n0\n%%EOF", id="ends of archives"
        ),
        pytest.param(b"\xff\xd8" + b"\xff" * 15_000_000, id="filling"),
        pytest.param(jpeg()[:-2] + b"\xff\x00" * 7_000_000, id="a scan without an end"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0tEXt\0\0\0\0" * 1_000_000, id="chunks"),
    ],
)
def test_time_grows_with_the_size_and_no_faster(content: bytes) -> None:
    start = time.perf_counter()
    assert check_evidence(content).kind is None or content.startswith(b"%PDF")
    assert time.perf_counter() - start < 5
