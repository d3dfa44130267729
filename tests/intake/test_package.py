"""The zip container: every way to make one readable in two ways is refused by name."""

from __future__ import annotations

import struct
import tracemalloc
import zlib

import pytest

from intake.formats import parse_file
from intake.limits import DEFAULT_LIMITS, in_mib
from intake.package import open_package
from intake.refusals import Refused
from intake.strict_xlsx import parse_xlsx
from tests.support.hostile_containers import CONTAINERS, FIRST_SHEET, Case, deflate
from tests.support.xlsx import DESCRIPTOR, STORED, UTF8, Part, make_xlsx, pack, plain_parts, xlsx_parts

SHEET = xlsx_parts()[FIRST_SHEET]
LONG_DESCRIPTOR = struct.pack("<L2Q", zlib.crc32(SHEET), len(deflate(SHEET)), len(SHEET))


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CONTAINERS.items()])
def test_a_hostile_container_is_refused_by_its_name(case: Case) -> None:
    build, code = case
    workbook, refusals = parse_file(build())
    assert workbook is None
    assert [refusal.code for refusal in refusals] == [code]


@pytest.mark.parametrize(
    "wrong",
    [
        {"flags": DESCRIPTOR},
        {"flags": DESCRIPTOR, "marked": False},
        {"flags": DESCRIPTOR, "descriptor": LONG_DESCRIPTOR},
        {"flags": UTF8},
        {"flags": 0x0002},
        {"method": STORED},
        {"extra": struct.pack("<2HL", 0x5455, 4, 0)},
        {"local_extra": struct.pack("<2H", 0xA220, 260) + bytes(260)},
        {"local_extra": b"\0\0"},
        {"made_by": 0x0314, "external": 0o100644 << 16},
    ],
    ids=str,
)
def test_what_honest_programs_write_is_taken(wrong: dict[str, object]) -> None:
    parts = plain_parts(xlsx_parts())
    (part,) = (part for part in parts if part.name == FIRST_SHEET)
    for field, value in wrong.items():
        setattr(part, field, value)
    package = open_package(pack(parts), DEFAULT_LIMITS)
    assert dict(package.xml) == {name.casefold(): data for name, data in xlsx_parts().items()}


def test_pictures_and_folders_are_listed_but_not_kept() -> None:
    parts = [*plain_parts(xlsx_parts()), Part("xl/media/", b""), Part("xl/media/章.png", b"png", flags=UTF8)]
    package = open_package(pack(parts), DEFAULT_LIMITS)
    assert {"xl/media/", "xl/media/章.png"} <= set(package.names)
    assert not any("media" in name for name in package.xml)


def test_a_part_is_found_in_any_case_and_its_absence_has_a_name() -> None:
    package = open_package(make_xlsx(), DEFAULT_LIMITS)
    assert package.part("XL/Workbook.XML") == xlsx_parts()["xl/workbook.xml"]
    with pytest.raises(Refused) as caught:
        package.part("xl/none.xml")
    assert caught.value.refusal.code == "missing-part"


def test_a_bomb_is_not_inflated_beyond_what_it_declares() -> None:
    content = CONTAINERS["a bomb that lies about its size"][0]()
    tracemalloc.start()
    try:
        with pytest.raises(Refused):
            open_package(content, DEFAULT_LIMITS)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2 * 2**20


@pytest.mark.parametrize("size", range(0, 1200, 7))
def test_a_file_cut_anywhere_is_refused(size: int) -> None:
    content = make_xlsx()
    workbook, refusals = parse_xlsx(content[: len(content) * size // 1200])
    assert workbook is None
    assert len(refusals) == 1


def test_a_file_with_one_byte_changed_is_refused_or_reads_the_same() -> None:
    content = make_xlsx()
    honest, _ = parse_xlsx(content)
    assert honest is not None
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= 0x55
        workbook, refusals = parse_xlsx(bytes(changed))
        assert (workbook is None) == bool(refusals)
        if workbook is not None:
            assert workbook.sheets == honest.sheets, f"byte {place} changed what is read"


@pytest.mark.parametrize(
    ("size", "shown"), [(20 * 2**20, "20 MiB"), (20 * 2**20 + 1, "20.1 MiB"), (1, "0.1 MiB")]
)
def test_a_size_above_a_limit_never_reads_like_the_limit(size: int, shown: str) -> None:
    assert in_mib(size) == shown
