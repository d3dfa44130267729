"""Evidence files for tests: real ones of every kind, and hostile ones with the code each must get."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache

import docx
import pypdf
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, PdfObject, TextStringObject

MIB = 1024 * 1024
Build = Callable[[], bytes]
Case = tuple[Build, str]


@cache
def jpeg(progressive: bool = False) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.effect_noise((64, 48), 60).save(out, "JPEG", progressive=progressive)
    return out.getvalue()


@cache
def png() -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.effect_noise((64, 48), 60).save(out, "PNG")
    return out.getvalue()


@cache
def pdf() -> bytes:
    """A page without anything on it."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    return _written(writer)


def _written(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@cache
def word() -> bytes:
    """A document with a heading, a table, a picture and a link's worth of text."""
    document = docx.Document()
    document.add_heading("情况说明", 1)
    document.add_paragraph("查处案件 12 件。")
    document.add_table(2, 2)
    document.add_picture(io.BytesIO(png()))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def archive(parts: Mapping[str, bytes], *, stored: bool = False) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue()


def word_with(parts: Mapping[str, bytes] | None = None, **replaced: tuple[bytes, bytes]) -> bytes:
    """The document with further parts, or with a passage replaced in `document`, `types` or `relations`."""
    names = {
        "document": "word/document.xml",
        "types": "[Content_Types].xml",
        "relations": "word/_rels/document.xml.rels",
    }
    with zipfile.ZipFile(io.BytesIO(word())) as made:
        found = {name: made.read(name) for name in made.namelist()}
    for key, (old, new) in replaced.items():
        assert old in found[names[key]], key
        found[names[key]] = found[names[key]].replace(old, new, 1)
    return archive({**found, **(parts or {})})


def relation(kind: str, target: str, mode: str = "") -> tuple[bytes, bytes]:
    """One more relationship of the document."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    outside = f' TargetMode="{mode}"' if mode else ""
    line = f'<Relationship Id="rX" Type="{base}/{kind}" Target="{target}"{outside}/></Relationships>'
    return b"</Relationships>", line.encode()


def field(*instructions: str) -> tuple[bytes, bytes]:
    """A field of the document, its instruction in one or more runs."""
    runs = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in instructions)
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return b"<w:sectPr", f"<w:p>{begin}{runs}{end}</w:p><w:sectPr".encode()


def pdf_with(objects: bytes, *, head: bytes = b"%PDF-1.7\n") -> bytes:
    """A file that looks whole, with these objects in it."""
    return head + objects + b"\nstartxref\n0\n%%EOF\n"


def pdf_stream(dictionary: bytes, data: bytes) -> bytes:
    """One object with a stream."""
    return b"1 0 obj\n<<" + dictionary + b">>\nstream\n" + data + b"\nendstream\nendobj\n"


def objects_stream(inside: bytes, dictionary: bytes = b"/Type /ObjStm /Filter /FlateDecode /N 1") -> bytes:
    """A file with a packed object stream."""
    return pdf_with(pdf_stream(dictionary, zlib.compress(b"5 0 " + inside)))


def pdf_with_script() -> bytes:
    """A script that runs when the file is opened."""
    return _pdf_that_does({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): _SCRIPT})


def pdf_with_attachment() -> bytes:
    """A file within the file."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_attachment("x.exe", b"MZ")
    return _written(writer)


def pdf_with_launch() -> bytes:
    """A program that is started when the file is opened."""
    return _pdf_that_does({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): _PROGRAM})


_SCRIPT, _PROGRAM = TextStringObject("app.alert(1)"), TextStringObject("cmd.exe")


def _pdf_that_does(action: dict[NameObject, PdfObject]) -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    return _written(writer)


def pdf_encrypted() -> bytes:
    """One that asks for a password."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    return _written(writer)


def chunk(kind: bytes, body: bytes, crc: int | None = None) -> bytes:
    """One chunk of a PNG."""
    return (
        struct.pack(">L", len(body))
        + kind
        + body
        + struct.pack(">L", zlib.crc32(kind + body) if crc is None else crc)
    )


def png_of(width: int, height: int, *more: bytes, depth: int = 8, colour: int = 0) -> bytes:
    """A PNG that says it has this size."""
    head = chunk(b"IHDR", struct.pack(">2L5B", width, height, depth, colour, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + data + chunk(b"IEND", b"")


def jpeg_of(width: int, height: int) -> bytes:
    """A JPEG that says it has this size."""
    content = jpeg()
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">2H", height, width) + content[at + 4 :]


def flipped(content: bytes, at: int) -> bytes:
    """One byte changed."""
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def with_zip_entry(name: str, part: bytes) -> bytes:
    """A zip with one file."""
    return archive({name: part})


def renamed_entry(before: str, after: bytes) -> bytes:
    """A zip whose one file is called by these bytes, which no library would write."""
    return archive({before: pdf()}).replace(before.encode(), after)


def encrypted_zip() -> bytes:
    """A zip whose entry says that it is encrypted."""
    content = bytearray(archive({"a.pdf": pdf()}))
    content[6] |= 1
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def word_of_markup(count: int) -> bytes:
    """A document with that many elements in one part; a few kilobytes as it is packed."""
    return word_with({"word/extra.xml": b"<a>" + b"<b/>" * count + b"</a>"})


MACRO_TYPES = (
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
)
HOSTILE: Mapping[str, Case] = {
    "nothing": (lambda: b"", "evidence-empty"),
    "a few bytes": (lambda: b"%PDF-1.4", "evidence-empty"),
    "a text": (lambda: "情况说明".encode() * 20, "evidence-kind"),
    "a web page": (lambda: b"<!doctype html><script>alert(1)</script>", "evidence-kind"),
    "a drawing with a script": (
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        "evidence-kind",
    ),
    "a program": (lambda: b"MZ" + bytes(100), "evidence-kind"),
    "an old Word document": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "evidence-kind"),
    "an animation": (lambda: b"GIF89a" + bytes(60), "evidence-kind"),
    "more than 20 MiB": (lambda: jpeg() + bytes(20 * 1024 * 1024), "evidence-too-large"),
    # JPEG
    "jpeg cut off": (lambda: jpeg()[:-2], "picture-broken"),
    "jpeg cut within a segment": (lambda: jpeg()[:30], "picture-broken"),
    "jpeg without a picture": (
        lambda: b"\xff\xd8\xff\xe0\x00\x10" + bytes(14) + b"\xff\xd9",
        "picture-broken",
    ),
    "jpeg with a program behind": (lambda: jpeg() + b"MZ" + bytes(64), "trailing-bytes"),
    "jpeg with a zip behind": (lambda: jpeg() + archive({"a.exe": b"MZ"}), "trailing-bytes"),
    "jpeg with a page behind": (lambda: jpeg() + b"<script>alert(1)</script>", "trailing-bytes"),
    "jpeg followed by half a jpeg": (lambda: jpeg() + jpeg()[:40], "picture-broken"),
    "jpeg of 65,000 pixels a side": (lambda: jpeg_of(65000, 65000), "picture-size"),
    "jpeg of no height": (lambda: jpeg_of(64, 0), "picture-size"),
    "jpeg of 400 million pixels": (lambda: jpeg_of(20000, 20000), "picture-too-many-pixels"),
    "jpeg of seventeen pictures": (lambda: jpeg() * 17, "trailing-bytes"),
    # PNG
    "png cut off": (lambda: png()[:-6], "picture-broken"),
    "png with a wrong signature": (lambda: b"\x89PNG\n\n\x1a\n" + png()[8:], "picture-broken"),
    "png with a wrong checksum": (lambda: flipped(png(), 45), "picture-broken"),
    "png with a zip behind": (lambda: png() + archive({"a.exe": b"MZ"}), "trailing-bytes"),
    "png of 30,000 pixels a side": (lambda: png_of(30000, 10), "picture-size"),
    "png of no width": (lambda: png_of(0, 10), "picture-size"),
    "png of 400 million pixels": (lambda: png_of(20000, 20000), "picture-too-many-pixels"),
    "png of an impossible depth": (lambda: png_of(10, 10, depth=3), "picture-broken"),
    "png with an unknown critical chunk": (lambda: png_of(10, 10, chunk(b"EVIL", b"x")), "picture-broken"),
    "png with two heads": (
        lambda: png_of(10, 10, chunk(b"IHDR", struct.pack(">2L5B", 9, 9, 8, 0, 0, 0, 0))),
        "picture-broken",
    ),
    "png without data": (
        lambda: png_of(10, 10)[:33] + chunk(b"IEND", b""),
        "picture-broken",
    ),
    "png with a chunk that claims gigabytes": (
        lambda: png_of(10, 10)[:33] + b"\x7f\xff\xff\xffIDAT" + bytes(40),
        "picture-broken",
    ),
    # PDF
    "pdf of no known version": (lambda: pdf_with(b"", head=b"%PDF-9.9\n"), "pdf-broken"),
    "pdf without an end": (lambda: pdf().rpartition(b"%%EOF")[0], "pdf-end"),
    "pdf with a program behind": (lambda: pdf() + b"MZ" + bytes(100), "pdf-end"),
    "pdf without a table of objects": (lambda: b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n", "pdf-broken"),
    "pdf with a script in large and small numbers": (
        lambda: pdf_with(b"<</S /#4a#61v#61#53cript>>"),
        "pdf-acts",
    ),
    "pdf with a script among millions of numbered names": (
        lambda: pdf_with(b"/a#41" * 3_000_000 + b"/#4CaunCh /#4Caunch "),
        "pdf-acts",
    ),
    "pdf that is a page, too": (
        lambda: pdf_with(b"%<html><script>alert(1)</script>\n"),
        "two-formats",
    ),
    "pdf that is a zip, too": (
        lambda: pdf_with(b"x") + archive({"a.exe": b"MZ"})[:-2] + struct.pack("<H", 7) + b"\n%%EOF\n",
        "two-formats",
    ),
    "pdf with a script": (pdf_with_script, "pdf-acts"),
    "pdf with an attachment": (pdf_with_attachment, "pdf-acts"),
    "pdf that starts a program": (pdf_with_launch, "pdf-acts"),
    "pdf that asks for a password": (pdf_encrypted, "pdf-encrypted"),
    "pdf with an escaped script": (
        lambda: pdf_with(b"1 0 obj\n<</S /J#61vaScr#69pt /JS (x)>>\nendobj\n"),
        "pdf-acts",
    ),
    "pdf with an escaped password": (
        lambda: pdf_with(b"trailer\n<</#45ncrypt 1 0 R>>\n"),
        "pdf-encrypted",
    ),
    "pdf with a script in an object stream": (lambda: objects_stream(b"<</S/JavaScript/JS(x)>>"), "pdf-acts"),
    "pdf with an escaped script in an object stream": (
        lambda: objects_stream(b"<</S/#4aavaScript/JS(x)>>"),
        "pdf-acts",
    ),
    "pdf with a script in a stream that hides what it is": (
        lambda: objects_stream(b"<</S/JavaScript/JS(x)>>", b"/Filter /FlateDecode"),
        "pdf-acts",
    ),
    "pdf with a script in a stream behind a comment": (
        lambda: pdf_with(
            pdf_stream(b"/Filter /FlateDecode", zlib.compress(b"%x\n5 0 <</S/JavaScript/JS(x)>>"))
        ),
        "pdf-acts",
    ),
    "pdf with a stream in a comment": (
        lambda: pdf_with(b"% >>stream\n1 0 obj\n<</S /JavaScript /JS (x)>>\nendobj\n% endstream\n"),
        "pdf-acts",
    ),
    "pdf with an object stream packed twice": (
        lambda: objects_stream(b"<<>>", b"/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode]"),
        "pdf-hidden-objects",
    ),
    "pdf with an object stream behind a predictor": (
        lambda: objects_stream(b"<<>>", b"/Type/ObjStm/Filter/FlateDecode/DecodeParms<</Predictor 12>>"),
        "pdf-hidden-objects",
    ),
    "pdf with an object stream that does not unpack": (
        lambda: pdf_with(pdf_stream(b"/Type /Obj#53tm /Filter /FlateDecode", b"\x78\x9c" + b"\xff" * 40)),
        "pdf-hidden-objects",
    ),
    "pdf that unpacks to 100 MiB": (lambda: objects_stream(b" " * (100 * 1024 * 1024)), "pdf-too-much"),
    "pdf with forms of the other kind": (lambda: pdf_with(b"1 0 obj\n<</XFA 2 0 R>>\nendobj\n"), "pdf-acts"),
    "pdf that sends a form": (lambda: pdf_with(b"1 0 obj\n<</S/SubmitForm>>\nendobj\n"), "pdf-acts"),
    # Word
    "docx with macros": (lambda: word_with({"word/vbaProject.bin": b"\xd0\xcf"}), "docx-part"),
    "docx of the type with macros": (lambda: word_with(types=MACRO_TYPES), "docx-acts"),
    "docx with an embedded object": (
        lambda: word_with({"word/embeddings/oleObject1.bin": b"\xd0\xcf"}),
        "docx-part",
    ),
    "docx with an embedded workbook": (
        lambda: word_with({"word/embeddings/Book1.xlsx": archive({"a": b"x"})}),
        "docx-part",
    ),
    "docx with a relation to an object": (
        lambda: word_with(relations=relation("oleObject", "embeddings/x.xml")),
        "docx-acts",
    ),
    "docx with a template elsewhere": (
        lambda: word_with(relations=relation("attachedTemplate", "http://x/a.dotm", "External")),
        "docx-outside",
    ),
    "docx with a picture elsewhere": (
        lambda: word_with(relations=relation("image", "http://x/a.png", "External")),
        "docx-outside",
    ),
    "docx with a frame elsewhere, in small letters": (
        lambda: word_with(relations=relation("frame", "file://x/share", "external")),
        "docx-outside",
    ),
    "docx with another document within": (
        lambda: word_with(relations=relation("aFChunk", "x.xml")),
        "docx-acts",
    ),
    "docx with a field that starts a program": (
        lambda: word_with(document=field("DDEAUTO c:\\\\cmd.exe")),
        "docx-outside",
    ),
    "docx with such a field in pieces": (
        lambda: word_with(document=field(" DD", "E", "AUTO c:\\\\cmd.exe")),
        "docx-outside",
    ),
    "docx with a field that fetches": (
        lambda: word_with(document=field("INCLUDEPICTURE http://x/a.png")),
        "docx-outside",
    ),
    "docx with a DTD": (
        lambda: word_with({"word/extra.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "docx-broken",
    ),
    "docx with a part that is no XML": (lambda: word_with({"word/extra.xml": b"<a><b></a>"}), "docx-broken"),
    "docx without a document": (
        lambda: archive({"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<R/>"}),
        "evidence-kind",
    ),
    "docx with a twin part": (
        lambda: word_with({"WORD/document.xml": b"<a/>"}),
        "container-unsound",
    ),
    "docx of 16 million elements": (lambda: word_of_markup(16_000_000), "docx-too-much"),
    "docx of a million and one elements": (lambda: word_of_markup(1_000_001), "docx-too-much"),
    "docx of two million attributes": (
        lambda: word_with(
            {"word/a.xml": b"<a " + b" ".join(b'b%d=""' % n for n in range(2_000_000)) + b"/>"}
        ),
        "docx-too-much",
    ),
    "docx of many attributes": (
        lambda: word_with(
            {
                "word/a.xml": b"<a>"
                + (b"<b " + b" ".join(b'c%d=""' % n for n in range(999)) + b"/>") * 1001
                + b"</a>"
            }
        ),
        "docx-too-much",
    ),
    "docx of one attribute": (
        lambda: word_with({"word/a.xml": b'<a b="' + b"x" * 5 * MIB + b'"/>'}),
        "docx-too-much",
    ),
    # archives
    "an empty archive": (lambda: archive({}), "container-unsound"),
    "an archive with a program": (lambda: archive({"a.exe": b"MZ" + bytes(64)}), "zip-member"),
    "an archive with a page": (lambda: archive({"a.html": b"<html><script>x</script></html>"}), "zip-member"),
    "an archive in an archive": (lambda: archive({"a.zip": archive({"b.pdf": pdf()})}), "zip-in-zip"),
    "an archive with a pdf called a page": (lambda: archive({"a.pdf.html": pdf()}), "zip-extension"),
    "an archive with a pdf called a picture": (lambda: archive({"a.png": pdf()}), "zip-extension"),
    "an archive with a hostile pdf": (lambda: archive({"a.pdf": pdf_with_script()}), "zip-member"),
    "an archive that climbs": (lambda: renamed_entry("aaaaa.pdf", b"../aa.pdf"), "container-unsound"),
    "an archive from the root": (lambda: renamed_entry("aaaaa.pdf", b"/aaaa.pdf"), "container-unsound"),
    "an archive with a drive": (lambda: renamed_entry("aaaaa.pdf", b"C:aaa.pdf"), "container-unsound"),
    "an archive that writes backwards": (lambda: archive({"a\u202efdp.pdf": pdf()}), "zip-name"),
    "an archive with a password": (encrypted_zip, "container-password"),
    "an archive of 101 files": (lambda: archive({f"{each}.pdf": pdf() for each in range(101)}), "zip-count"),
    "an archive that unpacks to 100 MiB": (
        lambda: archive({"a.pdf": bytes(100 * 1024 * 1024)}),
        "container-too-much",
    ),
    "an archive of documents that are bombs": (
        lambda: archive({f"{each}.docx": word_of_markup(400_000) for each in range(20)}),
        "zip-member",
    ),
    "an archive of documents with large pictures of nothing": (
        lambda: archive(
            {f"{each}.docx": word_with({"word/media/a.png": bytes(30 * MIB)}) for each in range(3)}
        ),
        "zip-member",
    ),
    "an archive of pdfs that are bombs": (
        lambda: archive({f"{each}.pdf": objects_stream(bytes(40 * MIB)) for each in range(20)}),
        "zip-member",
    ),
    "an archive behind a program": (lambda: b"MZ" + bytes(64) + archive({"a.pdf": pdf()}), "evidence-kind"),
    "an archive with something behind": (lambda: archive({"a.pdf": pdf()}) + b"x", "container-unsound"),
    "an archive cut off": (lambda: archive({"a.pdf": pdf()})[:-10], "container-unsound"),
    "a program for Java": (
        lambda: archive(
            {"META-INF/MANIFEST.MF": b"Main-Class: X\n", "X.class": b"\xca\xfe\xba\xbe" + bytes(20)}
        ),
        "zip-member",
    ),
    "a workbook": (
        lambda: archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}),
        "evidence-kind",
    ),
}
"""By name: how it is made, and the code of the issue that must answer it."""
