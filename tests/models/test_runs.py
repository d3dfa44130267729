"""A run is written whole and read as ranking, as the card of a unit, and by node."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from models.errors import Conflict, NotStored, RowDamaged
from models.records import ReportId, RunId
from models.unit_of_work import Database, UnitOfWork
from scoring.codes import NodeCode, UnitCode
from scoring.results import AdjustmentScore, Outcome
from tests.support.databases import plant
from tests.support.stored import (
    A_REPORT,
    A_RUN,
    BEIJING,
    FIRST_QUARTER,
    NOON,
    TIANJIN,
    add_report,
    keep_basics,
    result,
    score,
)

HEBEI = UnitCode("130000")
SCORES = (
    score(BEIJING, "I01", Fraction(20, 3), value=Fraction(2, 3)),
    score(BEIJING, "I02", Fraction(0), value="差"),
    score(BEIJING, "total", Fraction(20, 3), rank=1),
    score(TIANJIN, "I01", None, full=Fraction(0), outcome=Outcome.NOT_APPLICABLE),
    score(TIANJIN, "total", Fraction(13, 2), rank=2),
    score(HEBEI, "I01", Fraction(34, 5)),
)
ADJUSTMENTS = (
    AdjustmentScore(BEIJING, NodeCode("B01"), Fraction(1, 2), triggered=True, value=Fraction(3)),
    AdjustmentScore(BEIJING, NodeCode("P01"), Fraction(-2), triggered=True),
    AdjustmentScore(TIANJIN, NodeCode("B01"), Fraction(0), triggered=False, value="无"),
)
RESULTS = (
    result(
        TIANJIN, Fraction(13, 2), 2, group="东部", group_rank=2, effects=(NodeCode("V01"), NodeCode("降级"))
    ),
    result(HEBEI, None, None),
    result(BEIJING, Fraction(31, 6), 1, bonus=Fraction(1, 2), penalty=Fraction(-2), grade="优秀", tier="一"),
)


def add_run(work: UnitOfWork) -> None:
    """The run above, made of the sample report."""
    keep_basics(work)
    add_report(work)
    work.runs.add(A_RUN, scores=iter(SCORES), adjustments=ADJUSTMENTS, results=RESULTS, reports=[A_REPORT.id])


def test_a_run_comes_back_with_the_reports_it_used(database: Database) -> None:
    with database.writing() as work:
        add_run(work)
        work.commit()
    with database.reading() as work:
        assert work.runs.by_id(A_RUN.id) == A_RUN
        assert work.runs.reports(A_RUN.id) == (A_REPORT.id,)


def test_the_ranking_is_in_order_of_rank_with_the_unranked_last(database: Database) -> None:
    with database.writing() as work:
        add_run(work)
        assert work.runs.ranking(A_RUN.id) == (RESULTS[2], RESULTS[0], RESULTS[1])
        assert work.runs.ranking(RunId("none")) == ()


def test_equal_ranks_stay_in_the_order_in_which_they_came(database: Database) -> None:
    tied = [result(UnitCode(code), Fraction(1), 1) for code in ("c", "a", "b")]
    with database.writing() as work:
        keep_basics(work)
        work.runs.add(A_RUN, scores=(), adjustments=(), results=tied, reports=())
        assert work.runs.ranking(A_RUN.id) == tuple(tied)


def test_a_card_has_everything_of_one_unit_and_nothing_of_another(database: Database) -> None:
    with database.writing() as work:
        add_run(work)
        card = work.runs.card(A_RUN.id, BEIJING)
        assert card.result == RESULTS[2]
        assert card.scores == SCORES[:3]
        assert card.adjustments == ADJUSTMENTS[:2]
        assert card.by_node[NodeCode("I02")].value == "差"
        assert work.runs.card(A_RUN.id, TIANJIN).adjustments == ADJUSTMENTS[2:]


def test_one_number_is_found_by_unit_and_node(database: Database) -> None:
    with database.writing() as work:
        add_run(work)
        for each in SCORES:
            assert work.runs.node(A_RUN.id, each.unit, each.node) == each


def test_the_page_of_a_node_has_most_points_first_by_their_exact_size(database: Database) -> None:
    with database.writing() as work:
        add_run(work)
        # 34/5 > 20/3, though not as texts
        assert work.runs.at_node(A_RUN.id, NodeCode("I01")) == (SCORES[5], SCORES[0], SCORES[3])
        assert work.runs.at_node(A_RUN.id, NodeCode("I99")) == ()


def test_what_a_run_does_not_have_is_not_there(database: Database) -> None:
    with database.writing() as work:
        add_run(work)
        with pytest.raises(NotStored):
            work.runs.by_id(RunId("none"))
        with pytest.raises(NotStored):
            work.runs.card(A_RUN.id, UnitCode("999999"))
        with pytest.raises(NotStored):
            work.runs.node(A_RUN.id, HEBEI, NodeCode("total"))


def test_the_latest_run_of_a_period_is_the_newest_with_the_label(database: Database) -> None:
    later = replace(A_RUN, id=RunId("run-2"), created_at=NOON + timedelta(microseconds=1))
    yearly = replace(A_RUN, id=RunId("run-3"), label="年度", created_at=NOON - timedelta(days=1))
    same_moment = replace(A_RUN, id=RunId("run-0"))
    with database.writing() as work:
        keep_basics(work)
        assert work.runs.latest(FIRST_QUARTER) is None
        for run in (later, A_RUN, yearly, same_moment):
            work.runs.add(run, scores=(), adjustments=(), results=(), reports=())
        assert work.runs.latest(FIRST_QUARTER) == later
        assert work.runs.latest(FIRST_QUARTER, label="年度") == yearly
        assert work.runs.latest(FIRST_QUARTER, label="别的") is None
        assert work.runs.list() == (later, A_RUN, same_moment, yearly)
        assert work.runs.list(period=FIRST_QUARTER, limit=1) == (later,)


@pytest.mark.parametrize(
    "repeated",
    [{"scores": SCORES[:1] * 2}, {"adjustments": ADJUSTMENTS[:1] * 2}, {"results": RESULTS[:1] * 2}],
    ids=lambda repeated: next(iter(repeated)),
)
def test_nothing_comes_twice_in_a_run(database: Database, repeated: dict[str, object]) -> None:
    with pytest.raises(Conflict):
        add_in_a_unit_of_work(database, **repeated)


def test_a_run_names_only_reports_that_are_there(database: Database) -> None:
    with pytest.raises(Conflict):
        add_in_a_unit_of_work(database, reports=[ReportId("none")])


def test_effects_that_were_changed_by_another_way_are_called_damaged(url: str, database: Database) -> None:
    add_in_a_unit_of_work(database, results=RESULTS[:1])
    plant(url, "run_results", "effects", "V01")
    with database.reading() as work, pytest.raises(RowDamaged, match="V01"):
        work.runs.ranking(A_RUN.id)


def add_in_a_unit_of_work(database: Database, **parts: object) -> None:
    """A run that is empty but for the named parts."""
    whole = {"scores": (), "adjustments": (), "results": (), "reports": (), **parts}
    with database.writing() as work:
        keep_basics(work)
        work.runs.add(A_RUN, **whole)  # type: ignore[arg-type]
        work.commit()


def test_places_may_be_halves(database: Database) -> None:
    half = Decimal("2.5")
    results = [
        result(UnitCode("c"), Fraction(1), 4, group_rank=2),
        result(UnitCode("a"), Fraction(2), half, group_rank=Decimal("1.5")),
        result(UnitCode("b"), Fraction(3), 1),
    ]
    scores = [score(BEIJING, "I01", Fraction(1), rank=half), score(BEIJING, "I02", Fraction(1), rank=3)]
    with database.writing() as work:
        keep_basics(work)
        work.runs.add(A_RUN, scores=scores, adjustments=(), results=results, reports=())
        work.commit()
    with database.reading() as work:
        assert work.runs.ranking(A_RUN.id) == (results[2], results[1], results[0])
        found = [work.runs.node(A_RUN.id, BEIJING, each.node).rank for each in scores]
        assert (found, list(map(type, found))) == ([half, 3], [Decimal, int])
