"""Every format of every content, with evil words in every text of it: read back, none of them is run."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace

import pyarrow.parquet
import pytest

from intake.shared_strings import decode_text
from models.records import RunId
from scoring.codes import UnitCode
from services.exports.ranking_table import ranking_table
from services.exports.registry import FORMATS
from services.runs import ranking
from services.score import score_period
from services.views import Ranking
from tests.support.evil import EVIL, held_to_csv, held_to_json, held_to_workbook
from tests.support.office import OFFICE, Office


def texts_of(told: object) -> list[str]:
    """Every text in what was read."""
    if isinstance(told, dict):
        return [text for pair in told.items() for each in pair for text in texts_of(each)]
    if isinstance(told, list):
        return [text for each in told for text in texts_of(each)]
    return [told] if isinstance(told, str) else []


READ_BACK: Mapping[str, Callable[[bytes], list[str]]] = {
    "csv": lambda content: [cell for row in held_to_csv(content.decode("utf-8-sig")) for cell in row],
    "xlsx": held_to_workbook,
    "json": lambda content: texts_of(held_to_json(content.decode())),
    "parquet": lambda content: texts_of(pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist()),
}


@pytest.fixture(scope="module")
def view(reporting_office: Office) -> Ranking:
    run = score_period(reporting_office.context, actor=OFFICE, period="2021Q1").id
    return ranking(reporting_office.context, actor=OFFICE, run=RunId(run))


def evil(view: Ranking, word: str) -> Ranking:
    """The ranking with the word in every text that comes from somebody."""
    line = view.lines[0]
    code = UnitCode(word)
    result = replace(line.result, unit=code, group=word, grade=word, tier=word)
    run = replace(view.run, rule_set=word, label=word)
    titles = tuple((code, word, full) for code, _, full in view.section_titles)
    lines = (replace(line, unit=code, name=word, best=(word, word), result=result),)
    return replace(view, run=run, lines=lines, section_titles=titles, names_best=True)


def test_every_format_is_read_back() -> None:
    assert set(READ_BACK) == set(FORMATS)


@pytest.mark.filterwarnings("ignore:Must have at least one data row")
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("word", EVIL)
def test_no_word_is_run(view: Ranking, form: str, word: str) -> None:
    write, _ = FORMATS[form]
    texts: list[str] = READ_BACK[form](write(ranking_table(evil(view, word))))
    kept = [text for text in texts if word.strip()[:4] in decode_text(text)]
    assert len(kept) >= 5, texts
