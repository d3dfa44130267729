"""Honest files changed at random: `python -m tests.support.file_fuzz N [FIRST]` reads N, from seed FIRST on.

Each is read twice, in children of two readers. The answer must be a workbook or issues with a name of their
own, the same both times: never a breakdown of the reader, and never one thing now and another later. Every
file that ends otherwise is kept as fuzz-SEED in the folder for temporary files and told.
"""

from __future__ import annotations

import random
import struct
import sys
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from intake.cells import Workbook
from intake.limits import Limits
from intake.strict_xlsx import parse_xlsx
from intake.workbook import WorkbookReader
from scoring.errors import Issue
from tests.support.biff import Biff, biff_of
from tests.support.csv_files import csv_text, csv_zip
from tests.support.real_packages import PACKERS
from tests.support.xlsx import Part, pack

FOLDER = Path(__file__).resolve().parents[1] / "intake" / "real_files"
BROKEN = frozenset({"reading-failed", "reading-crashed"})
"""What the reader says of itself when it broke down."""
UNHURRIED = Limits(seconds=120, cpu_seconds=60)
_WORDS = (
    *(b"<v>", b"</v>", b"<c/>", b"<c ", b"<f>", b"<is>", b"<t>", b"<row>", b"</row>", b"<!--", b"-->"),
    *(b"<![CDATA[", b'r="A1"', b's="', b't="s"', b't="e"', b'si="0"', b"0", b"-1", b"9" * 20, b'"', b"<"),
    *(b">", b"&", b"&#0;", b"_xD800_", b"\0", b" ", b"XFD1048576", b"A1:", b"External", b"../../"),
    *(b"\xff", b"\xed\xa0\x80", b"1E999"),
)
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0xFFFFFFFF, 0x80000000)
Mutation = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True)
class Outcome:
    """How one file ended; `codes` are empty when it was taken."""

    seed: int
    codes: tuple[str, ...]
    wrong: str = ""


@cache
def honest_files() -> Mapping[str, bytes]:
    """Files to change, one of each way to write a report."""
    files = {path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.xlsx"))}
    book, _ = parse_xlsx(files["original"])
    assert book is not None
    files |= {f"packed as {name}": packer(book) for name, packer in PACKERS.items()}
    small = Workbook(book.sheets[1:3], book.date1904, book.digest, {})
    for version in (8, 5):
        files[f"BIFF{version}"] = _biff(small, version).file()
    files["csv"] = csv_text(book.sheets[1]).encode("gb18030")
    files["csv in UTF-16"] = csv_text(book.sheets[1], separator="\t").encode("utf-16")
    files["zip of csv"] = csv_zip(small)
    return files


def _biff(book: Workbook, version: int) -> Biff:
    return biff_of(book, version=version)


def changed_file(seed: int) -> bytes:
    """The file of a seed, always the same."""
    draw = random.Random(seed)  # noqa: S311 - nothing here is secret
    content = draw.choice(list(honest_files().values()))
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        content = draw.choice(_mutations(content))(content, draw)
    return content


def _mutations(content: bytes) -> Sequence[Mutation]:
    """Those that fit the kind of file; inside a container they go deeper than its bytes."""
    plain = (_flip, _splice, _cut)
    if content.startswith(b"PK"):
        return (*plain, *[_in_part] * 8, *[_swap_parts] * 2, *[_in_directory] * 2)
    if content.startswith(b"\xd0\xcf"):
        return (*plain, *[_in_record] * 8)
    return (*plain, *[_word_in] * 4)


def _flip(content: bytes, draw: random.Random) -> bytes:
    """Some bytes somewhere."""
    changed = bytearray(content)
    for _ in range(draw.randint(1, 4)):
        if changed:
            changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def _splice(content: bytes, draw: random.Random) -> bytes:
    """A piece of the file again at another place, or over it."""
    start, end = sorted((draw.randrange(len(content) + 1), draw.randrange(len(content) + 1)))
    at = draw.randrange(len(content) + 1)
    piece = content[start : min(end, start + 4096)]
    return content[:at] + piece + content[at + draw.choice((0, len(piece))) :]


def _cut(content: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(content) + 1)
    return content[:start] + content[start + draw.choice((1, 2, 4, 100, len(content))) :]


def _word_in(content: bytes, draw: random.Random) -> bytes:
    """A word that means something, somewhere."""
    at = draw.randrange(len(content) + 1)
    return content[:at] + draw.choice(_WORDS) + content[at + draw.choice((0, 0, 1, 8)) :]


def _parts(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        return {}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    return pack([Part(name, data) for name, data in parts.items() if name.isprintable()])


def _in_part(content: bytes, draw: random.Random) -> bytes:
    """A change inside one part, packed honestly."""
    parts = _parts(content)
    if not parts:
        return _flip(content, draw)
    name = draw.choice([*parts, *(each for each in parts if "sheet" in each or each.endswith(".xml"))])
    change = draw.choice((_flip, _splice, _word_in, _word_in, _element, _element, _element))
    return _packed({**parts, name: change(parts[name], draw)})


def _element(content: bytes, draw: random.Random) -> bytes:
    """An element taken out, doubled, or moved."""
    starts = [at for at in range(len(content)) if content[at : at + 1] == b"<"]
    if len(starts) < 3:
        return _word_in(content, draw)
    first = draw.randrange(len(starts) - 1)
    start, end = starts[first], starts[min(first + draw.choice((1, 1, 2, 3, 7)), len(starts) - 1)]
    piece, without = content[start:end], content[:start] + content[end:]
    at = draw.choice((start, draw.choice(starts)))
    return draw.choice((without, content[:at] + piece + content[at:], without[:at] + piece + without[at:]))


def _swap_parts(content: bytes, draw: random.Random) -> bytes:
    """Two parts under each other's name, or one of another file."""
    parts = _parts(content)
    if len(parts) < 2:
        return _cut(content, draw)
    one, other = draw.sample(list(parts), 2)
    strange = _parts(draw.choice(list(honest_files().values())))
    return _packed({**parts, one: parts[other], other: strange.get(other, parts[one])})


def _in_directory(content: bytes, draw: random.Random) -> bytes:
    """A number in a header of the container."""
    marks = (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x07\x08")
    places = [at for mark in marks for at in _found(content, mark)]
    return (
        _number(content, draw.choice(places) + draw.randrange(4, 46), draw) if places else _cut(content, draw)
    )


def _found(content: bytes, mark: bytes) -> Iterator[int]:
    at = content.find(mark)
    while at >= 0:
        yield at
        at = content.find(mark, at + 1)


def _in_record(content: bytes, draw: random.Random) -> bytes:
    """A number in the container or in a record."""
    at = draw.choice((draw.randrange(512), draw.randrange(512, 2048), draw.randrange(len(content))))
    return _number(content, at, draw)


def _number(content: bytes, at: int, draw: random.Random) -> bytes:
    form = draw.choice(("<B", "<H", "<L"))
    top = 256 ** struct.calcsize(form) - 1
    number = struct.pack(form, draw.choice((*_NUMBERS, draw.randrange(top), len(content))) & top)
    return content[:at] + number + content[at + len(number) :]


def judge(seed: int, readers: tuple[WorkbookReader, WorkbookReader]) -> Outcome:
    """Read the file of a seed twice, and say what is wrong with the answers."""
    content = changed_file(seed)
    try:
        first, again = (reader.read(content) for reader in readers)
    except Exception as error:  # noqa: BLE001 - any exception here is what is looked for
        return Outcome(seed, (), f"the parent failed: {error!r}")
    codes = tuple(issue.code for issue in first[1])
    return Outcome(seed, codes, _wrong(first, again))


def _wrong(
    first: tuple[Workbook | None, tuple[Issue, ...]], again: tuple[Workbook | None, tuple[Issue, ...]]
) -> str:
    workbook, issues = first
    if (workbook is None) != bool(issues):
        return "neither a workbook nor an issue, or both"
    if BROKEN & {issue.code for issue in issues}:
        return f"the reader broke down: {issues[0].zh}"
    return "" if first == again else "read differently the second time"


def run(seeds: Iterator[int] | range) -> Iterator[Outcome]:
    """Every seed's outcome."""
    with WorkbookReader(1, UNHURRIED) as one, WorkbookReader(1, UNHURRIED) as other:
        for seed in seeds:
            yield judge(seed, (one, other))


def main(arguments: Sequence[str]) -> int:
    """Run so many, tell what went wrong and how often each answer came; 1 when anything did."""
    if not arguments or not all(each.isdigit() for each in arguments):
        sys.stdout.write(str(__doc__))
        return 2
    first = int(arguments[1]) if len(arguments) > 1 else 0
    codes: Counter[str] = Counter()
    wrong = 0
    for outcome in run(range(first, first + int(arguments[0]))):
        codes.update(outcome.codes or ("taken",))
        if outcome.wrong:
            wrong += 1
            kept = Path(tempfile.gettempdir(), f"fuzz-{outcome.seed}")
            kept.write_bytes(changed_file(outcome.seed))
            sys.stdout.write(f"{kept}: {outcome.wrong}\n")
    told = ", ".join(f"{code} {count}" for code, count in codes.most_common())
    sys.stdout.write(f"{arguments[0]} files, {wrong} wrong: {told}\n")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
