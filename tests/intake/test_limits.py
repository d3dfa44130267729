"""Each limit: at it a file is taken, one beyond it is refused and told the limit; users know them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

import pytest

from intake.limits import DEFAULT_LIMITS, MIB, Limits, in_mib, published
from intake.refusal_sentences import issue_of
from intake.strict_xlsx import parse_xlsx
from tests.support.xlsx import (
    STORED,
    Part,
    make_xlsx,
    one_cell,
    pack,
    plain_parts,
    relationships,
    sheet_xml,
    strings_xml,
    workbook_xml,
    xlsx_parts,
)

FEW_CELLS = Limits(cells=12)
FEW_ELEMENTS = Limits(elements=500)
LITTLE_TEXT = Limits(workbook_characters=100_000)


@dataclass(frozen=True)
class Bound:
    """A file at a limit, made for a number, and what is said of one more."""

    make: Callable[[int], bytes]
    most: int
    code: str
    said: str
    found: str = ""
    limits: Limits = DEFAULT_LIMITS


def of_size(size: int) -> bytes:
    """A workbook of that many bytes: what is missing is a picture that is not packed."""
    parts = plain_parts(xlsx_parts())
    without = len(pack([*parts, Part("xl/media/a.bin", b"", method=STORED)]))
    return pack([*parts, Part("xl/media/a.bin", bytes(size - without), method=STORED)])


def unpacking_to(size: int) -> bytes:
    """A workbook whose parts have that many bytes together."""
    parts = xlsx_parts()
    return pack([*plain_parts(parts), Part("xl/media/a.bin", bytes(size - sum(map(len, parts.values()))))])


def with_parts(count: int) -> bytes:
    parts = plain_parts(xlsx_parts())
    return pack([*parts, *(Part(f"xl/media/{n}.bin", b"") for n in range(count - len(parts)))])


def with_sheets(count: int) -> bytes:
    names = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, count + 1))
    arrows = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, count + 1)]
    changed: dict[str, str | bytes | None] = {
        "xl/workbook.xml": workbook_xml(names),
        "xl/_rels/workbook.xml.rels": relationships(*arrows),
    }
    changed |= {f"xl/worksheets/sheet{n}.xml": sheet_xml() for n in range(1, count + 1)}
    return make_xlsx(changed=changed)


def rows(count: int) -> bytes:
    return make_xlsx(one_cell("<c><v>1</v></c>", row=count))


def columns(count: int) -> bytes:
    return make_xlsx(one_cell("<c/>" * (count - 1) + "<c><v>1</v></c>"))


def deep(levels: int) -> bytes:
    return make_xlsx(sheet_xml(after="<a>" * (levels - 1) + "</a>" * (levels - 1)))


def long_token(size: int) -> bytes:
    """A comment of that many bytes from `<` to `<`: the only place where nothing else limits them."""
    return make_xlsx(sheet_xml(after=f"<!--{'x' * (size - 7)}-->"))


def long_text(length: int) -> bytes:
    return make_xlsx(one_cell(f'<c t="str"><v>{"字" * length}</v></c>'))


def long_formula(length: int) -> bytes:
    return make_xlsx(one_cell(f"<c><f>{'1' * length}</f><v>1</v></c>"))


def much_text(length: int) -> bytes:
    """Shared by ten cells, and a rest in one more."""
    tenth, rest = divmod(length, 10)
    cells = '<c t="s"><v>0</v></c>' * 10 + '<c t="s"><v>1</v></c>'
    return make_xlsx(one_cell(cells), strings=strings_xml(f"<t>{'字' * tenth}</t>", f"<t>{'字' * rest}</t>"))


def merged(count: int) -> bytes:
    ranges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, count + 1))
    return make_xlsx(sheet_xml(after=f"<mergeCells>{ranges}</mergeCells>"))


def elements(count: int) -> bytes:
    """The other parts and the frame of the sheet have 22 elements."""
    return make_xlsx(sheet_xml(f"<row>{'<c/>' * (count - 30)}</row>"))


BOUNDS: Mapping[str, Bound] = {
    "file_bytes": Bound(of_size, 20 * MIB, "file-too-large", "20 MiB", "20.1 MiB"),
    "unpacked_bytes": Bound(unpacking_to, 64 * MIB, "unpacked-too-large", "64 MiB", "xl/media/a.bin"),
    "parts": Bound(with_parts, 300, "too-many-parts", "300", "301"),
    "sheets": Bound(with_sheets, 50, "too-many-sheets", "50"),
    "rows": Bound(rows, 20_000, "too-many-rows", "20000", "A20001"),
    "columns": Bound(columns, 256, "too-many-columns", "256", "IW1"),
    "cells": Bound(
        lambda count: make_xlsx(one_cell("<c><v>1</v></c>" * count)),
        12,
        "too-many-cells",
        "12",
        limits=FEW_CELLS,
    ),
    "xml_depth": Bound(deep, 64, "xml-too-deep", "64"),
    "text_characters": Bound(long_text, 32_767, "text-too-long", "32767", "32768"),
    "workbook_characters": Bound(much_text, 100_000, "too-much-text", "100000", limits=LITTLE_TEXT),
    "merged_ranges": Bound(merged, 10_000, "too-many-merged-ranges", "10000"),
}


def read(bound: Bound, count: int) -> list[str]:
    """The sentences of the refusals."""
    workbook, refusals = parse_xlsx(bound.make(count), bound.limits)
    assert (workbook is None) == bool(refusals)
    assert {refusal.code for refusal in refusals} <= {bound.code}
    issues = [issue_of(refusal) for refusal in refusals]
    # A person who reads only one of the languages is told the place, too.
    return [f"{each.place.cell} {each.zh} {each.place.cell} {each.en}" for each in issues]


@pytest.mark.parametrize("name", BOUNDS)
def test_a_file_at_a_limit_is_taken_and_one_beyond_it_is_told_the_limit(name: str) -> None:
    bound = BOUNDS[name]
    assert getattr(bound.limits, name) == bound.most
    assert read(bound, bound.most) == []
    (said,) = read(bound, bound.most + 1)
    assert said.count(bound.said) >= 2, said
    assert said.count(bound.found) >= 2 or not bound.found, said


def test_a_formula_is_as_long_as_a_text_at_most() -> None:
    bound = Bound(long_formula, 32_767, "text-too-long", "32767")
    assert read(bound, 32_767) == []
    assert len(read(bound, 32_768)) == 1


def test_a_token_is_taken_at_the_limit_and_refused_at_twice_of_it() -> None:
    bound = Bound(long_token, 300_000, "xml-token-too-long", "300000")
    assert read(bound, 300_000) == []
    (said,) = read(bound, 600_000)
    assert "300000" in said


def test_elements_are_counted_over_all_parts() -> None:
    bound = Bound(elements, 500, "too-many-elements", "500", limits=FEW_ELEMENTS)
    least = next(count for count in range(400, 600) if read(bound, count))
    assert read(bound, least - 1) == []
    # The sheets are read one after the other: both together are too many, each of them alone is not.
    one, two = sheet_xml("<row>" + "<c/>" * 300 + "</row>"), sheet_xml("<row>" + "<c/>" * 100 + "</row>")
    content = make_xlsx(
        one,
        changed={
            "xl/workbook.xml": workbook_xml('<sheet name="a" r:id="rId1"/><sheet name="b" r:id="rId2"/>'),
            "xl/_rels/workbook.xml.rels": relationships(
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml")
            ),
            "xl/worksheets/sheet2.xml": two,
        },
    )
    assert parse_xlsx(content, Limits(elements=500))[0] is not None
    assert [each.code for each in parse_xlsx(content, Limits(elements=400))[1]] == ["too-many-elements"]


def test_the_limits_are_those_that_are_promised() -> None:
    promised = {"file_bytes": 20 * MIB, "unpacked_bytes": 64 * MIB, "parts": 300, "sheets": 50}
    promised |= {"rows": 20_000, "columns": 256, "seconds": 5}
    assert {key: getattr(DEFAULT_LIMITS, key) for key in promised} == promised


def test_every_limit_is_published_in_both_languages() -> None:
    assert [each.key for each in published()] == [field.name for field in fields(Limits)]
    for each in published(Limits(rows=7)):
        assert each.most == (7 if each.key == "rows" else getattr(DEFAULT_LIMITS, each.key))
        assert any("\u4e00" <= sign <= "\u9fff" for sign in each.zh)
        assert each.en.isascii()
    told = [str(each) for each in published()]
    assert "文件大小 20 MiB · size of the file" in told
    assert any("20,000" in line for line in told)


@pytest.mark.parametrize(
    ("size", "shown"), [(20 * MIB, "20 MiB"), (20 * MIB + 1, "20.1 MiB"), (1, "0.1 MiB")]
)
def test_a_size_above_a_limit_never_reads_like_the_limit(size: int, shown: str) -> None:
    assert in_mib(size) == shown
