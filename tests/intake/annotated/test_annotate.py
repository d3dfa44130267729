"""A workbook comes back with its issues shown and nothing else changed; the next round unmarks it."""

from __future__ import annotations

import io
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.annotated.annotate import CannotAnnotate, annotate_workbook
from intake.annotated.notes import LAST_LINE, RULE
from intake.annotated.ours import is_ours
from intake.cells import Workbook
from intake.explanations import Explanation
from intake.issue_keys import issue_key
from scoring.errors import Issue, Place, Severity
from scoring.rulebook.explanations import COMMON_REASONS, ReasonCode
from tests.support.read_xlsx import read
from tests.support.reports import agreeing_figures, template
from tests.support.rich_books import (
    COMMENTS,
    THREADED,
    THREADS,
    canonical,
    packed,
    parts_of,
    prefixed_parts,
    rich_parts,
    small_parts,
    strict_parts,
)
from tests.support.xlsx import MAIN, styles_xml, workbook_xml

NEVER_TOUCHED = (
    "xl/sharedStrings.xml",
    "xl/calcChain.xml",
    "xl/drawings/drawing1.xml",
    "xl/drawings/_rels/drawing1.xml.rels",
    "xl/drawings/vmlDrawing2.vml",
    "xl/media/image1.png",
    "xl/charts/chart1.xml",
    "xl/printerSettings/printerSettings1.bin",
    "customXml/item1.xml",
    "xl/worksheets/sheet2.xml",
    "xl/threadedComments/threadedComment1.xml",
    "xl/persons/person.xml",
)


def issue(
    cell: str = "B2", sheet: str = "表1", severity: Severity = Severity.HARD, code: str = "bad", **more: str
) -> Issue:
    place = Place(sheet=sheet, cell=cell, row_label="E101 立案数", column_label="合计")
    words = {"zh": "这里不对。", "en": "Wrong.", "fix_zh": "请改正。", "fix_en": "Mend it.", **more}
    return Issue(code=code, place=place, severity=severity, **words)


SOFT = Severity.SOFT
SOME = (
    issue("B2"),
    issue("C2", severity=SOFT),
    issue("D3"),
    issue("F5"),
    issue("B7"),
    issue("E9", severity=SOFT),
)


def plain_xlsxwriter() -> bytes:
    return template(agreeing_figures())


BOOKS: Mapping[str, Callable[[], bytes]] = {
    "excel without comments": lambda: packed(rich_parts()),
    "excel with comments": lambda: packed(rich_parts(comments=COMMENTS)),
    "excel with threads": lambda: packed(rich_parts(comments=THREADED, threads=THREADS)),
    "styles without a count": lambda: packed(rich_parts(count="")),
    "strict dialect": lambda: packed(strict_parts()),
    "prefixes everywhere": lambda: packed(prefixed_parts()),
    "no rows": lambda: packed(small_parts("")),
    "rows and cells without addresses": lambda: packed(
        small_parts("<row><c><v>1</v></c></row><row><c/><c><v>2</v></c></row>")
    ),
    "styles that say nothing": lambda: packed(
        small_parts(**{"xl__styles.xml": f'<styleSheet xmlns="{MAIN}"/>'})
    ),
    "two cell formats that are the same": lambda: packed(
        small_parts('<row r="2"><c r="B2" s="1"/></row>', **{"xl__styles.xml": styles_xml("0.0", "0.0")})
    ),
    "other quotes and blanks": lambda: packed(
        small_parts("<row r='2' ><c  r = 'B2'  s='0' ><v >1</v ></c ></row >")
    ),
}


def without_styles() -> bytes:
    parts = small_parts()
    del parts["xl/styles.xml"]
    arrows = parts["xl/_rels/workbook.xml.rels"].decode()
    line = next(each for each in arrows.split("<") if "styles" in each)
    parts["xl/_rels/workbook.xml.rels"] = arrows.replace(f"<{line}", "").encode()
    return packed(parts)


ALL = {**BOOKS, "no styles at all": without_styles}


def figures(workbook: Workbook) -> list[object]:
    """Everything that a workbook says, without our sheets and without styles that show nothing."""
    return [
        (sheet.name, sheet.visibility, sheet.merged, dict(sheet.cells))
        for sheet in workbook.sheets
        if not is_ours(sheet)
    ]


@pytest.mark.parametrize("name", sorted(ALL))
def test_values_formulas_and_formats_stay_as_they_were(name: str) -> None:
    content = ALL[name]()
    marked = annotate_workbook(content, SOME)
    before, after = read(content), read(marked)
    assert figures(after) == figures(before)
    assert sum(is_ours(sheet) for sheet in after.sheets) == 2
    assert after.date1904 == before.date1904


@pytest.mark.parametrize("name", sorted(ALL))
def test_without_issues_the_workbook_is_again_what_its_owner_made(name: str) -> None:
    content = ALL[name]()
    twice = annotate_workbook(annotate_workbook(content, SOME), SOME[1:4])
    back = parts_of(annotate_workbook(twice, ()))
    before = parts_of(content)
    assert list(back) == list(before)
    assert {part: canonical(part, data) for part, data in back.items()} == {
        part: canonical(part, data) for part, data in before.items()
    }


@pytest.mark.parametrize(
    "name", ["excel without comments", "excel with comments", "excel with threads", "styles without a count"]
)
def test_it_is_even_byte_for_byte_what_it_was(name: str) -> None:
    content = ALL[name]()
    back = annotate_workbook(annotate_workbook(content, SOME), ())
    assert parts_of(back) == parts_of(content)


def test_the_template_comes_back_byte_for_byte() -> None:
    content = plain_xlsxwriter()
    sheets = [sheet.name for sheet in read(content).sheets if sheet.name.startswith("F")]
    marked = annotate_workbook(content, [issue("E5", sheet) for sheet in sheets])
    assert parts_of(annotate_workbook(marked, ())) == parts_of(content)


def test_parts_that_are_not_concerned_stay_byte_for_byte() -> None:
    content = packed(rich_parts(comments=THREADED, threads=THREADS))
    before, after = parts_of(content), parts_of(annotate_workbook(content, SOME))
    assert {name: after[name] for name in NEVER_TOUCHED} == {name: before[name] for name in NEVER_TOUCHED}


def test_a_workbook_without_issues_and_marks_is_returned_as_it_is() -> None:
    content = packed(rich_parts(comments=COMMENTS))
    assert annotate_workbook(content, ()) is content


def test_the_same_work_gives_the_same_bytes() -> None:
    content = packed(rich_parts(comments=COMMENTS))
    assert annotate_workbook(content, SOME) == annotate_workbook(content, SOME)


def test_marking_what_is_marked_is_marking_the_original() -> None:
    content = packed(rich_parts(comments=COMMENTS))
    once = annotate_workbook(content, SOME)
    assert parts_of(annotate_workbook(once, SOME)) == parts_of(once)


def opened(content: bytes) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        # It warns of what it will not keep; that is why it is not what marks the workbook.
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(content))


def test_bad_cells_are_coloured_and_keep_everything_else_of_their_style() -> None:
    content = packed(rich_parts(comments=COMMENTS))
    before, after = opened(content)["表1"], opened(annotate_workbook(content, SOME))["表1"]
    red, amber = after["B2"], after["C2"]
    assert red.fill.fgColor.rgb[:5] == "FFFFC"
    assert amber.fill.fgColor.rgb[:5] == "FFFFE"
    for cell in ("B2", "C2", "D3"):
        assert after[cell].number_format == before[cell].number_format
        assert after[cell].protection.locked == before[cell].protection.locked
    # A cell that was not there shows the format of its row or column.
    assert after["F5"].number_format == '0.000"件"'
    assert before["A1"].fill.fgColor.theme == after["A1"].fill.fgColor.theme == 4
    assert repr(after["B3"].fill) == repr(before["B3"].fill)


def test_each_bad_cell_has_a_comment_and_those_of_others_stand_above_ours() -> None:
    content = packed(rich_parts(comments=COMMENTS))
    sheet = opened(annotate_workbook(content, SOME))["表1"]
    assert sheet["C2"].comment.author == "考核系统"
    assert sheet["C2"].comment.text == f"考核系统 · 需要说明\n这里不对。\n怎么办：请改正。\n{LAST_LINE}"
    others = sheet["B2"].comment
    assert others.author == "张三"
    assert others.text.startswith(f"张三:\n这个数核对过 & 无误\n{RULE}\n考核系统 · 必须改正\n这里不对。")
    assert sheet["A4"].comment.text == "只有一句"


def test_a_comment_of_one_plain_text_is_extended_and_restored() -> None:
    content = packed(rich_parts(comments=COMMENTS))
    marked = annotate_workbook(content, [issue("A4")])
    assert opened(marked)["表1"]["A4"].comment.text.startswith(f"只有一句\n{RULE}\n考核系统")
    assert parts_of(annotate_workbook(marked, ())) == parts_of(content)


def test_what_somebody_wrote_into_our_comment_is_kept() -> None:
    content = packed(rich_parts())
    parts = parts_of(annotate_workbook(content, [issue("C2")]))
    name = next(each for each in parts if "comments" in each)
    parts[name] = parts[name].replace(LAST_LINE.encode(), f"{LAST_LINE}\n李四:已改".encode())
    assert opened(annotate_workbook(packed(parts), ()))["表1"]["C2"].comment.text.strip() == "李四:已改"


def test_an_issue_in_a_merged_range_is_shown_on_the_cell_that_is_seen() -> None:
    sheet = opened(annotate_workbook(packed(rich_parts()), [issue("C1")]))["表1"]
    assert "考核系统" in sheet["A1"].comment.text
    assert sheet["A1"].fill.fgColor.rgb[:5] == "FFFFC"


def test_several_issues_on_a_cell_share_one_comment_with_the_hard_one_first() -> None:
    both = [issue("C2", severity=SOFT, zh="可疑。"), issue("C2", zh="错误。")]
    text = opened(annotate_workbook(packed(rich_parts()), both))["表1"]["C2"].comment.text
    assert text.startswith("考核系统 · 必须改正\n错误。")
    assert "可疑。" in text


def test_our_fill_on_a_cell_that_was_moved_or_copied_is_taken_away_too() -> None:
    content = packed(rich_parts())
    parts = parts_of(annotate_workbook(content, [issue("B2")]))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    bad = sheet.split('r="B2" s="')[1].split('"')[0]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace('<c r="A2"', f'<c r="A2" s="{bad}"').encode()
    after = opened(annotate_workbook(packed(parts), ()))["表1"]
    assert after["A2"].fill.fill_type is None
    assert after["B2"].fill.fill_type is None
    assert after["B2"].number_format == '0.000"件"'


def looks_of(cell: Any) -> tuple[str, ...]:
    return repr(cell.fill), repr(cell.font), repr(cell.alignment), cell.number_format


def test_marks_are_taken_away_after_openpyxl_has_rewritten_everything() -> None:
    content = packed(rich_parts(comments=COMMENTS))
    before = opened(content)["表1"]
    book = opened(annotate_workbook(content, SOME))
    book["表1"]["B2"] = 7
    buffer = io.BytesIO()
    book.save(buffer)
    after = opened(annotate_workbook(buffer.getvalue(), ()))
    assert after.sheetnames == ["表1", "说明"]
    sheet = after["表1"]
    assert sheet["B2"].value == 7
    for row in before.iter_rows():
        for cell in row:
            assert looks_of(sheet[cell.coordinate]) == looks_of(cell)
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment} == {"A4", "B2"}
    assert LAST_LINE not in sheet["B2"].comment.text


def test_our_list_is_the_sheet_that_opens_and_the_only_one_chosen() -> None:
    book = opened(annotate_workbook(packed(rich_parts()), SOME))
    assert book.active == book["问题清单"]
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["问题清单"]
    assert book["_kaohe_marks"].sheet_state == "veryHidden"


def test_the_list_says_everything_of_each_issue_with_most_points_first() -> None:
    hard = issue("B2", found="=1+1", expected="整数", source="第 3 条", code="a")
    soft = issue("C2", severity=SOFT, code="b")
    book = opened(
        annotate_workbook(
            packed(rich_parts()),
            [hard, soft],
            stakes={issue_key(soft): Fraction(5, 2), issue_key(hard): Fraction(1, 3)},
            offered={
                issue_key(soft): Explanation(key=issue_key(soft), reason=ReasonCode("campaign"), text="春雷")
            },
            reasons=COMMON_REASONS,
        )
    )
    rows = [[cell.value for cell in row] for row in book["问题清单"].iter_rows(min_row=4)]
    assert rows[0][:-1] == [
        *("序号", "级别", "影响分值", "工作表", "位置", "数据项", "栏目", "填的是", "问题", "怎么办"),
        *("应为", "依据", "原因", "情况说明"),
    ]
    assert rows[1][:6] == [1, "需要说明", 2.5, "表1", "C2", "E101 立案数"]
    assert rows[1][-3:] == ["专项行动", "春雷", issue_key(soft)]
    assert rows[2][1:3] == ["必须改正", 0.33]
    assert rows[2][7:12] == ["=1+1", "这里不对。", "请改正。", "整数", "第 3 条"]
    sheet = book["问题清单"]
    assert sheet["E5"].hyperlink.location == "'表1'!C2"
    assert not sheet["M5"].protection.locked
    assert sheet["M6"].protection.locked
    assert sheet.auto_filter.ref == "A4:O6"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.column_dimensions["O"].hidden
    reasons, _ = sheet.data_validations.dataValidation
    assert reasons.formula1 == "'_kaohe_marks'!$H$1:$H$9"


def test_a_sheet_of_the_submitter_with_our_name_stays() -> None:
    tabs = '<sheet name="问题清单" sheetId="1" r:id="rId1"/>'
    content = packed(small_parts(**{"xl__workbook.xml": workbook_xml(tabs)}))
    marked = annotate_workbook(content, [issue("A2", "问题清单")])
    assert opened(marked).sheetnames == ["问题清单", "问题清单2", "_kaohe_marks"]
    assert parts_of(annotate_workbook(marked, ())) == parts_of(content)


def test_issues_without_a_cell_or_sheet_are_listed_all_the_same() -> None:
    lost = [issue("", ""), issue("", "表1"), issue("C2", "没有这张表"), issue("A1", "_meta"), issue("瞎写")]
    book = opened(annotate_workbook(packed(rich_parts()), lost))
    assert [row[0].value for row in book["问题清单"].iter_rows(min_row=5)] == [1, 2, 3, 4, 5]
    assert all(cell.comment is None for row in book["表1"].iter_rows() for cell in row)


HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+1|cmd",
    "@SUM(A1)",
    "a\x00b\x07\x1b[31m",
    "_x000D__x0041_",
    "<script>&amp;]]>\"'",
    "\ud800 半个",
    "\ufffe\uffff",
    "\u202e反向",
    "字" * 40_000,
    "😀" * 20_000,
    LAST_LINE + "之后",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_words_of_strangers_are_shown_and_never_obeyed(text: str) -> None:
    content = packed(rich_parts(comments=COMMENTS))
    bad = issue("B2", zh=text, fix_zh=text, found=text, expected=text, source=text)
    named = Place(sheet=text, cell=text, row_label=text, column_label=text)
    marked = annotate_workbook(
        content,
        [bad, Issue(code="x", zh=text, en=text, place=named, severity=SOFT)],
        offered={issue_key(bad): Explanation(key=issue_key(bad), reason=ReasonCode(text), text=text)},
        reasons=COMMON_REASONS,
        title=text,
    )
    book = read(marked)
    listed = next(sheet for sheet in book.sheets if sheet.name == "问题清单")
    assert all(cell.formula == "" and len(cell.text) <= 32_767 for cell in listed.cells.values())
    comment = opened(marked)["表1"]["B2"].comment.text
    assert len(comment.encode("utf-16-le")) // 2 <= 32_767
    assert parts_of(annotate_workbook(marked, ())) == parts_of(content)


def test_a_text_that_looks_like_an_escape_is_listed_letter_by_letter() -> None:
    marked = annotate_workbook(packed(rich_parts()), [issue("B2", found="_x000D_ 甲")])
    listed = next(sheet for sheet in read(marked).sheets if sheet.name == "问题清单")
    assert "_x000D_ 甲" in {cell.text for cell in listed.cells.values()}


def test_a_full_workbook_has_no_room() -> None:
    tabs = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 50))
    with pytest.raises(CannotAnnotate):
        annotate_workbook(
            packed(small_parts(**{"xl__workbook.xml": workbook_xml(tabs)})), [issue("A2", "表1")]
        )


def test_a_colour_of_the_submitters_that_is_like_a_mark_is_never_taken_for_one() -> None:
    like_a_mark = '<fill><patternFill patternType="solid"><fgColor rgb="FFFFC0C0"/></patternFill></fill>'
    xfs = '<xf numFmtId="0"/><xf numFmtId="0" fillId="1" applyFill="1"/>'
    styles = (
        f'<styleSheet xmlns="{MAIN}"><fills><fill/>{like_a_mark}</fills><cellXfs>{xfs}</cellXfs></styleSheet>'
    )
    rows = '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    content = packed(small_parts(rows, **{"xl__styles.xml": styles}))
    for bad in ("A1", "B1"):
        assert parts_of(annotate_workbook(annotate_workbook(content, [issue(bad)]), ())) == parts_of(content)


def test_more_kinds_of_fills_than_shades_lose_the_colour_and_nothing_else() -> None:
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF00{n:04X}"/></patternFill></fill>'
        for n in range(300)
    )
    xfs = "".join(f'<xf numFmtId="0" fillId="{n}"/>' for n in range(300))
    styles = f'<styleSheet xmlns="{MAIN}"><fills>{fills}</fills><cellXfs>{xfs}</cellXfs></styleSheet>'
    rows = "".join(f'<row r="{n + 1}"><c r="A{n + 1}" s="{n}"><v>1</v></c></row>' for n in range(300))
    content = packed(small_parts(rows, **{"xl__styles.xml": styles}))
    marked = annotate_workbook(content, [issue(f"A{n + 1}") for n in range(300)])
    sheet = opened(marked)["表1"]
    assert sum(sheet[f"A{n + 1}"].comment is not None for n in range(300)) == 300
    assert parts_of(annotate_workbook(marked, ())) == parts_of(content)


@pytest.mark.parametrize(
    "fill",
    ['<fill/><evil xmlns="x"/>', "<fill><patternFill patternType='solid'/>", '<fill><a b="&x;"/></fill>'],
)
def test_a_hidden_sheet_that_somebody_has_forged_puts_nothing_into_the_styles(fill: str) -> None:
    parts = parts_of(annotate_workbook(packed(rich_parts()), [issue("B2")]))
    name = next(each for each, data in parts.items() if b"kaohe-marks/1" in data)
    told = "&lt;fill&gt;&lt;patternFill patternType=&quot;none&quot;/&gt;&lt;/fill&gt;"
    escaped = fill.replace("&", "&amp;").replace("<", "&lt;")
    assert told in parts[name].decode()
    parts[name] = parts[name].decode().replace(told, escaped).encode()
    back = annotate_workbook(packed(parts), ())
    assert b"evil" not in parts_of(back)["xl/styles.xml"]
    assert read(back).sheet("表1") is not None


LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><comments>&b;</comments>'
ODD_COMMENTS = {
    "no XML at all": "<comments",
    "a DTD": LAUGHS,
    "another root": "<x/>",
    "no list": f'<comments xmlns="{MAIN}"/>',
    "millions of elements": f'<comments xmlns="{MAIN}"><authors>{"<author/>" * 300_000}</authors></comments>',
    "beginnings without an end": COMMENTS.replace("只有一句", "考核系统 · 必须改正&#10;" * 40_000),
}


@pytest.mark.parametrize("name", sorted(ODD_COMMENTS))
def test_comments_that_nobody_could_read_are_left_alone_and_cost_little(name: str) -> None:
    content = packed(rich_parts(comments=ODD_COMMENTS[name]))
    start = time.perf_counter()
    marked = annotate_workbook(content, [issue("C2")])
    assert time.perf_counter() - start < 5
    assert opened_sheet(marked, "问题清单")
    assert parts_of(annotate_workbook(marked, ())) == parts_of(content)


@pytest.mark.parametrize("shapes", ["<v:shape " * 200_000, "<o:idmap " * 200_000, "<x:Row>" * 200_000])
def test_drawings_of_comments_that_never_end_cost_little(shapes: str) -> None:
    parts = rich_parts(comments=COMMENTS)
    name = "xl/drawings/vmlDrawing1.vml"
    parts[name] = parts[name].replace(b"</xml>", shapes.encode() + b"</xml>")
    content = packed(parts)
    start = time.perf_counter()
    back = annotate_workbook(annotate_workbook(content, [issue("C2")]), ())
    assert time.perf_counter() - start < 5
    assert set(parts_of(back)) == set(parts)


def opened_sheet(content: bytes, name: str) -> bool:
    return name in {sheet.name for sheet in read(content).sheets}


PLACES = [f"{column}{row}" for column in "ABCDEFG" for row in range(1, 10)]


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(Severity)), max_size=20),
    st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(Severity)), max_size=20),
    st.sampled_from(sorted(ALL)),
)
def test_any_cells_marked_twice_and_then_unmarked_are_as_before(
    first: Sequence[tuple[str, Severity]], second: Sequence[tuple[str, Severity]], name: str
) -> None:
    content = ALL[name]()
    once = annotate_workbook(content, [issue(cell, severity=severity) for cell, severity in first])
    twice = annotate_workbook(once, [issue(cell, severity=severity) for cell, severity in second])
    assert figures(read(twice)) == figures(read(content))
    back, before = parts_of(annotate_workbook(twice, ())), parts_of(content)
    assert {part: canonical(part, data) for part, data in back.items()} == {
        part: canonical(part, data) for part, data in before.items()
    }
