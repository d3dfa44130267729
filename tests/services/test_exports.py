"""Exports read back: the stored figures to the last digit, the same bytes again, nothing that is run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pyarrow.parquet
import pytest

from models.records import RunId
from scoring.codes import UnitCode
from scoring.facts import Standing
from scoring.numbers import exact_text, ratio_from_text
from services.errors import Invalid, NotAllowed, NotFound
from services.export_run import CONTENTS, OF_A_UNIT, export_run
from services.exports.breakdown_table import breakdown_table
from services.exports.csv_file import ENDLESS, csv_file
from services.exports.json_file import json_file
from services.exports.parquet_file import EXACT, SCALE, parquet_file
from services.exports.ranking_table import ranking_table
from services.exports.registry import FORMATS
from services.exports.table import Column, Kind, Table, provenance
from services.exports.xlsx_file import EXACT_SHEET, ORIGIN_SHEET, xlsx_file
from services.harmless import harmless
from services.policy import Actor
from services.runs import ranking, region_card
from services.score import score_period
from services.views import Ranking
from tests.support.office import AUDITOR, BEIJING, OFFICE, TIANJIN, Office, clerk

Exact = list[dict[str, str | None]]
THIRD = Fraction(200, 3)


@pytest.fixture(scope="module")
def run(reporting_office: Office) -> RunId:
    return score_period(reporting_office.context, actor=OFFICE, period="2021Q1").id


@pytest.fixture(scope="module")
def view(reporting_office: Office, run: RunId) -> Ranking:
    return ranking(reporting_office.context, actor=OFFICE, run=run)


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def exact_csv(content: bytes, table: Table) -> Exact:
    """Numbers that do not end are told in the column of their own."""
    found: Exact = []
    for row in rows_of_csv(content):
        endless = dict(each.split("=", 1) for each in row[ENDLESS].split("；") if each)
        found.append({each.key: endless.get(each.head, row[each.head]) or None for each in table.columns})
    return found


def exact_xlsx(content: bytes, table: Table) -> Exact:
    sheet = openpyxl.load_workbook(io.BytesIO(content))[EXACT_SHEET]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == [each.head for each in table.columns]
    keys = [each.key for each in table.columns]
    return [
        {key: str(cell) if cell else None for key, cell in zip(keys, row, strict=True)} for row in rows[1:]
    ]


def exact_json(content: bytes, table: Table) -> Exact:
    told = json.loads(content)
    assert [each["key"] for each in told["columns"]] == [each.key for each in table.columns]
    return [{key: cell or None for key, cell in row.items()} for row in told["rows"]]


def exact_parquet(content: bytes, table: Table) -> Exact:
    rows = pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist()
    names = {each.key: each.key if each.kind is Kind.TEXT else each.key + EXACT for each in table.columns}
    return [{key: row[name] or None for key, name in names.items()} for row in rows]


READERS: dict[str, Callable[[bytes, Table], Exact]] = {
    "csv": exact_csv,
    "xlsx": exact_xlsx,
    "json": exact_json,
    "parquet": exact_parquet,
}


def test_every_format_has_a_reader_here() -> None:
    assert set(READERS) == set(FORMATS)


def expected(table: Table) -> Exact:
    """What every format must tell, from the stored figures themselves."""
    return [
        {
            column.key: (exact_text(cell) if isinstance(cell, Fraction) else str(cell))
            if cell not in {None, ""}
            else None
            for column, cell in zip(table.columns, row, strict=True)
        }
        for row in table.rows
    ]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("content", CONTENTS)
def test_every_file_tells_the_stored_figures_to_the_last_digit(
    reporting_office: Office, run: RunId, content: str, form: str
) -> None:
    table = CONTENTS[content](reporting_office.context, OFFICE, run, None)
    made = export_run(reporting_office.context, actor=OFFICE, run=run, content=content, form=form)
    assert READERS[form](made.content, table) == expected(table)
    assert made.file_name == f"{content}-2021Q1.{form}"
    assert len(table.rows) >= 32


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("content", CONTENTS)
def test_the_same_run_gives_the_same_bytes_whoever_asks(
    reporting_office: Office, run: RunId, content: str, form: str
) -> None:
    first, second = (
        export_run(reporting_office.context, actor=actor, run=run, content=content, form=form).content
        for actor in (OFFICE, AUDITOR)
    )
    assert first == second


def test_the_ranking_has_the_scores_of_the_run(reporting_office: Office, run: RunId, view: Ranking) -> None:
    made = export_run(reporting_office.context, actor=OFFICE, run=run, content="ranking", form="json")
    told = {row["unit"]: row for row in json.loads(made.content)["rows"]}
    for line in view.lines:
        score = line.result.score
        assert ratio_from_text(told[line.unit]["score"] or "0") == (score or 0)
        assert told[line.unit]["rank"] == (None if line.result.rank is None else str(line.result.rank))


def test_the_breakdown_ends_with_the_final_score_and_tells_each_loss(
    reporting_office: Office, run: RunId
) -> None:
    card = region_card(reporting_office.context, actor=OFFICE, run=run, unit=BEIJING)
    rows = expected(breakdown_table(card.run, [card]))
    points = {row["node"]: ratio_from_text(row["points"] or "0") or Fraction(0) for row in rows}
    assert points[card.rules.root] == card.result.base
    assert points["result"] == card.result.score
    for row in rows:
        if row["lost"] is not None:
            assert ratio_from_text(row["points"] or "") is not None
            assert Fraction(row["points"] or 0) + Fraction(row["lost"]) == Fraction(row["full"] or 0)


def test_a_region_has_its_own_rows_and_nobody_elses(reporting_office: Office, run: RunId) -> None:
    context = reporting_office.context
    for content in OF_A_UNIT:
        made = export_run(context, actor=clerk(BEIJING), run=run, content=content, form="json", unit=BEIJING)
        assert {row["unit"] for row in json.loads(made.content)["rows"]} == {BEIJING}
        for unit in (TIANJIN, None):
            with pytest.raises(NotAllowed):
                export_run(context, actor=clerk(BEIJING), run=run, content=content, form="json", unit=unit)


@pytest.mark.parametrize(
    ("actor", "run_name", "unit", "content", "form", "error"),
    [
        (OFFICE, None, None, "rankings", "csv", Invalid),
        (OFFICE, None, None, "ranking", "xls", Invalid),
        (OFFICE, None, BEIJING, "ranking", "csv", Invalid),
        (OFFICE, "none", None, "facts", "csv", NotFound),
        (OFFICE, None, UnitCode("nowhere"), "facts", "csv", NotFound),
        (OFFICE, None, UnitCode("nowhere"), "breakdown", "csv", NotFound),
    ],
)
def test_what_is_not_there_is_said_so(
    reporting_office: Office,
    run: RunId,
    actor: Actor,
    run_name: str | None,
    unit: UnitCode | None,
    content: str,
    form: str,
    error: type[Exception],
) -> None:
    asked = RunId(run_name) if run_name else run
    with pytest.raises(error):
        export_run(reporting_office.context, actor=actor, run=asked, content=content, form=form, unit=unit)


def test_the_five_kinds_of_nothing_are_told_apart(reporting_office: Office, run: RunId) -> None:
    made = export_run(reporting_office.context, actor=OFFICE, run=run, content="facts", form="json")
    rows = json.loads(made.content)["rows"]
    assert {row["standing"] for row in rows} <= {each.name.lower() for each in Standing}
    for row in rows:
        assert (row["value"] is None and not row["text"]) == (row["standing"] not in {"value", "nil"})


@pytest.fixture
def odd(view: Ranking) -> Table:
    """One row of figures that files are bad at."""
    keys = ("name", "endless", "long", "small", "place", "empty")
    columns = tuple(Column(key, key, Kind.TEXT if key == "name" else Kind.NUMBER) for key in keys)
    long = Fraction(10**30) + Fraction(1, 8)
    row = ("北京市", THIRD, long, Fraction(-1, 10**15), Decimal("2.5"), None)
    return Table(content="odd", sheet="怪", columns=columns, rows=(row,), run=view.run)


@pytest.mark.parametrize("form", FORMATS)
def test_figures_that_files_are_bad_at_come_back_whole(odd: Table, form: str) -> None:
    [row] = READERS[form](FORMATS[form][0](odd), odd)
    assert row == {
        "name": "北京市",
        "endless": "200/3",
        "long": "1000000000000000000000000000000.125",
        "small": "-0.000000000000001",
        "place": "2.5",
        "empty": None,
    }


def test_a_csv_keeps_28_digits_of_what_does_not_end(odd: Table) -> None:
    [row] = rows_of_csv(csv_file(odd))
    assert row["endless"] == "66.66666666666666666666666667"
    assert row[ENDLESS] == "endless=200/3；long=1000000000000000000000000000000.125"


def test_parquet_has_decimals_of_one_scale_and_null_where_they_do_not_fit(odd: Table) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(parquet_file(odd)))
    [row] = table.to_pylist()
    assert row["endless"] == Decimal("66.666666666667")
    assert (row["long"], row["small"], row["empty"]) == (None, Decimal(0).scaleb(-SCALE), None)
    assert {table.schema.field(name).type.scale for name in ("endless", "long", "place")} == {SCALE}


def test_every_file_says_what_it_rests_on(odd: Table) -> None:
    told = {key: value for key, _, value in provenance(odd.run)}
    assert json.loads(json_file(odd))["provenance"] == told
    assert all(len(told[key]) == 64 for key in ("rule_set_digest", "facts_digest", "result_digest"))
    [row] = rows_of_csv(csv_file(odd))
    assert [row[head] for _, head, _ in provenance(odd.run)] == list(told.values())
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_file(odd)))[ORIGIN_SHEET]
    assert [cells[1] for cells in sheet.iter_rows(values_only=True)] == list(told.values())
    metadata = pyarrow.parquet.read_schema(io.BytesIO(parquet_file(odd))).metadata
    assert {key: metadata[key.encode()].decode() for key in told} == told


def test_csv_opens_as_chinese_and_has_a_row_a_unit(view: Ranking) -> None:
    content = csv_file(ranking_table(view))
    rows = rows_of_csv(content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(rows[0])[:3] == ["名次", "代码", "单位"]
    assert len(rows) == 32
    assert {row["单位"] for row in rows[:2]} == {"北京市", "天津市"}


def test_the_workbook_shows_points_rounded_half_up_to_two_decimals(view: Ranking) -> None:
    half = replace(view.lines[0], result=replace(view.lines[0].result, base=Fraction(285, 1000)))
    table = ranking_table(replace(view, lines=(half,)))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_file(table)))["排名"]
    shown = {str(head.value): cell.value for head, cell in zip(sheet[2], sheet[3], strict=True)}
    assert shown["基础分"] == 0.29


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "\uff1d1+1", "\ufeff=1", " =1"])
def test_a_name_that_looks_like_a_formula_stays_a_text(view: Ranking, name: str) -> None:
    evil = ranking_table(replace(view, lines=(replace(view.lines[0], name=name),)))
    [row] = rows_of_csv(csv_file(evil))
    cell = openpyxl.load_workbook(io.BytesIO(xlsx_file(evil)))["排名"].cell(3, 3)
    assert row["单位"] == f"'{name}"
    assert cell.data_type == "s"


def test_honest_texts_are_left_alone() -> None:
    assert [harmless(text) for text in ("北京市", "", "1-2", "a=b")] == ["北京市", "", "1-2", "a=b"]


def test_half_places_and_best_sections_are_told_where_there_are_some(view: Ranking) -> None:
    line = view.lines[0]
    shared = replace(line, result=replace(line.result, rank=Decimal("2.5")), best=("第一章", "第二章"))
    told = ranking_table(replace(view, lines=(shared,), names_best=True))
    [row] = rows_of_csv(csv_file(told))
    assert (row["名次"], row["得分最高"]) == ("2.5", "第一章、第二章")
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_file(told)))["排名"]
    assert sheet.cell(3, 1).value == 2.5
