"""What goes into either database comes out the same, to the last digit and the last character."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.errors import MomentWithoutZone, RowDamaged, UnstorableNumber, UnstorableText
from models.unit_of_work import Database
from scoring.facts import Amount
from tests.support.databases import plant
from tests.support.stored import (
    A_REPORT,
    A_RUN,
    BEIJING,
    NOON,
    TIANJIN,
    add_report,
    fact,
    hand_in,
    keep_basics,
    result,
    score,
)

AMOUNTS: st.SearchStrategy[Amount] = st.one_of(
    st.fractions(),
    st.builds(
        lambda whole, places: Fraction(whole, 10**places), st.integers(-(10**48), 10**48), st.integers(0, 18)
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(amounts=st.lists(AMOUNTS, max_size=20))
def test_every_amount_survives_storage(database: Database, amounts: list[Amount]) -> None:
    # left without a commit, each example finds the tables empty
    with database.writing() as work:
        keep_basics(work)
        elements = [f"E{number:03}" for number in range(len(amounts))]
        report = add_report(work, facts=[fact(*each) for each in zip(amounts, elements, strict=True)])
        assert [each.amount for each in work.reports.facts(report.id)] == amounts


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(points=st.lists(st.fractions(), min_size=2, max_size=2))
def test_every_score_survives_storage(database: Database, points: list[Fraction]) -> None:
    scores = (score(BEIJING, "I01", points[0], value=points[1]), score(BEIJING, "I02", None, value="优"))
    finals = (result(BEIJING, points[0], 1, bonus=points[1], converted=points[0]),)
    with database.writing() as work:
        keep_basics(work)
        work.runs.add(A_RUN, scores=scores, adjustments=(), results=finals, reports=())
        assert work.runs.card(A_RUN.id, BEIJING).scores == scores
        assert work.runs.ranking(A_RUN.id) == finals


@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_a_character_that_cannot_be_kept_is_refused_before_the_database_by_every_way_in(
    database: Database, character: str
) -> None:
    broken = f"张{character}三"
    with database.writing() as work:
        keep_basics(work)
        with pytest.raises(UnstorableText):
            work.reports.add(replace(A_REPORT, file_name=broken))
        with pytest.raises(UnstorableText):
            work.reports.list(unit=None, provider=broken)
        with pytest.raises(UnstorableText):
            work.log.append(
                at=NOON, actor="a", act="b", object_kind="c", object_id="d", detail={"名": [broken]}
            )
        with pytest.raises(UnstorableText):
            work.log.append(at=NOON, actor="a", act="b", object_kind="c", object_id="d", detail={broken: 1})
        # nothing reached the database, so the transaction is still sound
        work.reports.add(A_REPORT)
        work.commit()


def test_a_bad_character_in_the_middle_of_many_rows_keeps_all_of_them_out(database: Database) -> None:
    facts = [fact(Fraction(number), f"E{number:03}") for number in range(50)]
    facts[30] = fact("坏\x00字", "E030")
    with pytest.raises(UnstorableText):
        hand_in(database, facts=facts)
    with database.reading() as work:
        assert work.reports.list(unit=None) == ()


def test_a_number_too_long_to_be_written_is_refused(database: Database) -> None:
    with pytest.raises(UnstorableNumber):
        hand_in(database, facts=[fact(Fraction(1, 3**4000))])


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2021, 1, 1, tzinfo=UTC),
        datetime(2021, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2021, 4, 12, 12, tzinfo=timezone(timedelta(hours=8))),
        datetime(999, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, tzinfo=UTC),
    ],
)
def test_a_moment_comes_back_as_the_same_moment_in_utc(database: Database, moment: datetime) -> None:
    with database.writing() as work:
        keep_basics(work)
        report = add_report(work, received_at=moment)
        found = work.reports.by_id(report.id, unit=None).received_at
        assert found == moment
        assert found.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(MomentWithoutZone):
        hand_in(database, received_at=NOON.replace(tzinfo=None))


def test_texts_are_sorted_by_code_point_on_both_databases(database: Database) -> None:
    units = ["a", "B", "重庆", "安徽", "é", "𠮷", "\uff21", "_", "10", "9"]
    with database.writing() as work:
        keep_basics(work)
        scores = [score(unit, "I01", Fraction(1)) for unit in units]  # type: ignore[arg-type]
        work.runs.add(A_RUN, scores=scores, adjustments=(), results=(), reports=())
        assert [each.unit for each in work.runs.at_node(A_RUN.id, "I01")] == sorted(units)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("column", "planted", "told"),
    [
        ("state", "lost", "ReportState"),
        ("received_at", "2021-04-12", "时间"),
        ("received_at", "2021-13-12T00:00:00.000000Z", "时间"),
    ],
)
def test_a_report_changed_by_another_way_is_called_damaged(
    url: str, database: Database, column: str, planted: str, told: str
) -> None:
    hand_in(database)
    plant(url, "reports", column, planted)
    with database.reading() as work, pytest.raises(RowDamaged, match=told):
        work.reports.list(unit=None)


@pytest.mark.parametrize(
    ("column", "planted", "told"), [("amount", "12abc", "12abc"), ("standing", "gone", "gone")]
)
def test_a_fact_changed_by_another_way_is_called_damaged(
    url: str, database: Database, column: str, planted: str, told: str
) -> None:
    report = hand_in(database, unit=TIANJIN, facts=[fact(Fraction(12), unit=TIANJIN)])
    plant(url, "report_facts", column, planted)
    with database.reading() as work, pytest.raises(RowDamaged, match=told):
        tuple(work.reports.facts(report.id))
