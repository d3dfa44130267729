"""The comments of one sheet: adding ours, below what others wrote, and cutting ours out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake.annotated.notes import AUTHOR, RULE, find_blocks
from intake.annotated.safe_text import LONGEST, in_cell, in_xml
from intake.annotated.spans import Edits, Span, Unpatchable, prefix_of, read_tree
from intake.shared_strings import decode_text

_TEXT = frozenset({"t", "author"})
_DEPTH = 5
_LOOK = '<{p}rPr>{bold}<{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="宋体"/></{p}rPr>'


@dataclass(frozen=True, slots=True)
class Note:
    """What is written on one cell."""

    title: str
    body: str

    @property
    def text(self) -> str:
        """Both as one text."""
        return f"{self.title}\n{self.body}"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A part without our words; `gone` are the cells that have no comment any more, `left` how many have."""

    data: bytes
    gone: frozenset[str]
    left: int


def new_comments(namespace: str) -> bytes:
    """A part without comments."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<comments xmlns="{namespace}"><authors/><commentList/></comments>'.encode()


def with_notes(data: bytes, notes: Mapping[str, Note]) -> tuple[bytes, tuple[str, ...]]:
    """The part with notes by address, and those addresses that had no comment before.

    Raises:
        Unpatchable: the part is no list of comments.
    """
    root = read_tree(data, _DEPTH, _TEXT)
    edits, prefix = Edits(data), prefix_of(data, root)
    authors, listed = root.child("authors"), root.child("commentList")
    if root.name != "comments" or authors is None or listed is None:
        raise Unpatchable
    here = {one.attributes.get("ref", ""): one for one in listed.children}
    added = tuple(address for address in notes if address not in here)
    if added:
        number = _author(edits, authors, prefix)
        lines = (_comment(address, number, notes[address], prefix) for address in added)
        edits.append_to(listed, "".join(lines).encode())
    for address in notes.keys() & here.keys():
        _extend(edits, here[address], notes[address], prefix)
    return edits.made(), added


def without_notes(data: bytes) -> Cleaned:
    """The part without anything of ours; what others wrote into our comments stays.

    Raises:
        Unpatchable: the part is no list of comments.
    """
    root = read_tree(data, _DEPTH, _TEXT)
    edits = Edits(data)
    authors = [one.text.strip() for one in root.all("authors", "author")]
    ours = {str(index) for index, name in enumerate(authors) if name == AUTHOR}
    gone, used = set(), set()
    comments = list(root.all("commentList", "comment"))
    for comment in comments:
        author = comment.attributes.get("authorId", "")
        if _is_only_ours(comment, author in ours):
            gone.add(comment.attributes.get("ref", ""))
            edits.remove(comment)
        else:
            used.add(author)
            _cut_ours(edits, comment)
    if gone and authors and str(len(authors) - 1) in ours - used:
        *_, last = root.all("authors", "author")
        edits.remove(last)
    return Cleaned(edits.made(), frozenset(gone), len(comments) - len(gone))


def _texts(comment: Span) -> list[tuple[Span, Span]]:
    """Each text of a comment, with what goes when nothing of it is left."""
    found = []
    for text in comment.all("text"):
        for one in text.children:
            if one.name == "t":
                found.append((one, one))
            elif one.name == "r":
                found += [(each, one) for each in one.children if each.name == "t"]
    return found


def _is_only_ours(comment: Span, by_us: bool) -> bool:
    text = decode_text("".join(one.text for one, _ in _texts(comment)))
    blocks = find_blocks(text)
    left = len(text.strip()) - sum(end - start for start, end in blocks)
    return bool(blocks) and left <= 0 and (by_us or text.startswith(AUTHOR))


def _cut_ours(edits: Edits, comment: Span) -> None:
    texts = _texts(comment)
    whole = [decode_text(one.text) for one, _ in texts]
    blocks = find_blocks("".join(whole))
    at = 0
    for (span, owner), text in zip(texts, whole, strict=True):
        kept = _outside(text, at, blocks)
        if not kept and text:
            edits.remove(owner)
        elif kept != text:
            edits.replace(span.head, span.tail, _rewritten(edits.data[span.head : span.tail], text, kept))
        at += len(text)


def _outside(text: str, at: int, blocks: tuple[tuple[int, int], ...]) -> str:
    pieces, done = [], 0
    for start, end in blocks:
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            pieces.append(text[done:first])
            done = last
    return "".join([*pieces, text[done:]])


def _rewritten(raw: bytes, text: str, kept: str) -> bytes:
    """What is kept, letter by letter as it was written wherever only an end was cut off."""
    end = in_cell(text[len(kept) :]).encode()
    if text.startswith(kept) and raw.endswith(end):
        return raw[: len(raw) - len(end)]
    return in_cell(kept).encode()


def _author(edits: Edits, authors: Span, prefix: str) -> int:
    names = [one.text.strip() for one in authors.children]
    if AUTHOR in names:
        return names.index(AUTHOR)
    edits.append_to(authors, f"<{prefix}author>{AUTHOR}</{prefix}author>".encode())
    return len(names)


def _comment(address: str, author: int, note: Note, prefix: str) -> str:
    title, body = _run(note.title, prefix, bold=True), _run(f"\n{note.body}", prefix)
    text = f"<{prefix}text>{title}{body}</{prefix}text>"
    return f'<{prefix}comment ref="{address}" authorId="{author}">{text}</{prefix}comment>'


def _run(text: str, prefix: str, *, bold: bool = False) -> str:
    look = _LOOK.format(p=prefix, bold=f"<{prefix}b/>" if bold else "")
    return f'<{prefix}r>{look}<{prefix}t xml:space="preserve">{in_cell(text)}</{prefix}t></{prefix}r>'


def _extend(edits: Edits, comment: Span, note: Note, prefix: str) -> None:
    texts = _texts(comment)
    length = sum(len(one.text.encode("utf-16-le", "surrogatepass")) // 2 for one, _ in texts)
    ours = f"\n{RULE}\n{note.text}"
    text = next(iter(comment.all("text")), None)
    if text is None or length + len(ours.encode("utf-16-le")) // 2 > LONGEST:
        return
    if texts and texts[-1][0] is texts[-1][1] and not texts[-1][0].closed:
        edits.insert(texts[-1][0].tail, in_cell(ours).encode())
    else:
        edits.append_to(text, _run(ours, prefix).encode())


def is_about(data: bytes) -> bool:
    """Whether a part may hold words of ours at all."""
    return in_xml(AUTHOR).encode() in data
