"""Pages of a ranking: every line once, in a total order, whatever it is sorted and filtered by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records import RunId
from models.unit_of_work import Database
from scoring.codes import NodeCode, UnitCode
from scoring.results import NodeScore, Outcome, UnitResult
from services.errors import Invalid, NotAllowed, NotFound
from services.ranking_orders import most_points_first
from services.ranking_pages import Asked, PageLine, ranking_page
from services.score import score_period
from tests.support.databases import copy_of_sqlite
from tests.support.office import BEIJING, OFFICE, TIANJIN, Office, clerk

ITEM = "item-01"


@pytest.fixture(scope="module")
def scored(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, RunId]]:
    database = Database(copy_of_sqlite(sqlite_template, tmp_path_factory.mktemp("pages")))
    office = Office(database)
    for unit in (BEIJING, TIANJIN):
        office.accepted(unit, 1)
    yield office, score_period(office.context, actor=OFFICE, period="2021Q1").id
    database.close()


@pytest.fixture(params=["kept", "reckoned"])
def run(scored: tuple[Office, RunId], request: pytest.FixtureRequest) -> RunId:
    """The run, and the same as it was kept before there were orders."""
    office, made = scored
    if request.param == "kept":
        return made
    other = RunId("0000-without-orders")
    with office.context.write() as work:
        if work.runs.list()[-1].id != other:
            stored = work.runs.by_id(made)
            codes = office.rules.order
            work.runs.add(
                replace(stored, id=other),
                scores=[score for code in codes for score in work.runs.at_node(made, code)],
                adjustments=[],
                results=work.runs.ranking(made),
                reports=[],
            )
            work.commit()
    return other


def all_pages(office: Office, run: RunId, asked: Asked, limit: int) -> list[PageLine]:
    found: list[PageLine] = []
    after = None
    while True:
        page = ranking_page(office.context, actor=OFFICE, run=run, asked=asked, limit=limit, after=after)
        found += page.lines
        assert len(page.lines) <= limit
        if page.after is None:
            assert len(found) == page.total
            return found
        after = page.after


ASKED = [
    Asked(),
    Asked(sort="name"),
    Asked(sort=ITEM),
    Asked(sort="I09-1", backwards=True),
    Asked(backwards=True),
    Asked(sort=ITEM, text="北"),
    Asked(outcome=Outcome.SCORED),
    Asked(sort="I09-1", outcome=Outcome.MISSING),
    Asked(sort="I09-1", outcome=Outcome.SCORED),
    Asked(grade="没有这个等级"),
    Asked(text="江", backwards=True),
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_the_pages_hold_every_wanted_line_once_in_the_order_asked_for(
    scored: tuple[Office, RunId], run: RunId, asked: Asked
) -> None:
    office, _ = scored
    lines = all_pages(office, run, asked, 7)
    assert [line.unit for line in lines] == expected(office, run, asked)
    assert all((line.score is not None) == (asked.sort not in {"rank", "name"}) for line in lines)


def expected(office: Office, run: RunId, asked: Asked) -> list[UnitCode]:
    """By reading everything."""
    rules = office.rules
    node = NodeCode(asked.sort) if asked.sort not in {"rank", "name"} else None
    with office.context.read() as work:
        results = list(work.runs.ranking(run))
        scores = {each.unit: each for each in work.runs.at_node(run, node or rules.root)}
    if asked.sort == "name":
        results.sort(key=lambda each: (rules.units[each.unit].name, each.unit))
    elif node:
        results.sort(key=lambda each: points_key(scores[each.unit]))
    if asked.backwards:
        results.reverse()
    return [each.unit for each in results if wanted(office, asked, each, scores[each.unit])]


def points_key(score: NodeScore) -> tuple[bool, Fraction]:
    return score.points is None, -(score.points or Fraction(0))


def wanted(office: Office, asked: Asked, result: UnitResult, score: NodeScore) -> bool:
    return (
        asked.text in office.rules.units[result.unit].name
        and asked.grade in {"", result.grade}
        and asked.outcome in {None, score.outcome}
    )


def test_groups_grades_and_tiers_narrow_the_ranking(scored: tuple[Office, RunId], run: RunId) -> None:
    office, _ = scored
    everybody = all_pages(office, run, Asked(), 500)
    for name in ("group", "grade", "tier"):
        for word in {getattr(line.result, name) for line in everybody} - {""}:
            found = all_pages(office, run, Asked(**{name: word}), 5)
            assert [each.unit for each in found] == [
                each.unit for each in everybody if getattr(each.result, name) == word
            ]


def test_a_cursor_of_another_question_is_refused(scored: tuple[Office, RunId]) -> None:
    office, run = scored
    after = ranking_page(office.context, actor=OFFICE, run=run, asked=Asked(), limit=5).after
    for asked, cursor in ((Asked(sort="name"), after), (Asked(), "x"), (Asked(), "WzEsMl0"), (Asked(), "图")):
        with pytest.raises(Invalid):
            ranking_page(office.context, actor=OFFICE, run=run, asked=asked, after=cursor)


def test_an_unknown_node_is_not_found_and_a_region_is_refused(scored: tuple[Office, RunId]) -> None:
    office, run = scored
    with pytest.raises(NotFound):
        ranking_page(office.context, actor=OFFICE, run=run, asked=Asked(sort="I99"))
    with pytest.raises(NotAllowed):
        ranking_page(office.context, actor=clerk(BEIJING), run=run, asked=Asked())


@given(st.lists(st.one_of(st.none(), st.fractions(max_denominator=4)), max_size=12))
def test_equal_points_stand_by_rank_and_none_at_the_end(points: list[Fraction | None]) -> None:
    units = [UnitCode(str(number)) for number in range(len(points))]
    scores = [
        NodeScore(unit, NodeCode("x"), None, each, Fraction(1), Outcome.SCORED)
        for unit, each in zip(units, points, strict=True)
    ]
    order = most_points_first(reversed(scores), {unit: place for place, unit in enumerate(units)})
    assert order == sorted(range(len(points)), key=lambda place: (*points_key(scores[place]), place))


def test_points_that_no_double_tells_apart_stand_in_their_order() -> None:
    huge, third = Fraction(10**400), Fraction(1, 3)
    points = [
        huge + 1,
        huge,
        third + Fraction(1, 10**40),
        third,
        third - Fraction(1, 10**40),
        -huge,
        -huge - 1,
    ]
    units = [UnitCode(str(number)) for number in range(len(points))]
    scores = [
        NodeScore(unit, NodeCode("x"), None, each, Fraction(1), Outcome.SCORED)
        for unit, each in zip(units, points, strict=True)
    ]
    places = {unit: len(units) - 1 - number for number, unit in enumerate(units)}
    assert most_points_first(scores, places) == list(range(len(points)))[::-1]
