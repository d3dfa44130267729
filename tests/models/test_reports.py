"""Reports come back as they were handed in, and the last accepted version stays in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from models.errors import Conflict, NotStored, WrongState
from models.records import ReportId, ReportState, Sha256
from models.unit_of_work import Database
from scoring.codes import PeriodCode, UnitCode
from scoring.errors import Issue, Place, Severity
from scoring.facts import Fact, Standing
from tests.support.stored import (
    A_REPORT,
    A_RUN,
    BEIJING,
    FILE_DIGEST,
    FIRST_QUARTER,
    NOON,
    TIANJIN,
    add_report,
    fact,
    hand_in,
    keep_basics,
)

SECOND_QUARTER = PeriodCode("2021Q2")
ACCEPTED = ReportState.ACCEPTED


def test_a_report_comes_back_as_it_was_added(database: Database) -> None:
    with database.writing() as work:
        keep_basics(work)
        work.reports.add(A_REPORT)
        work.commit()
    with database.reading() as work:
        assert work.reports.by_id(A_REPORT.id, unit=None) == A_REPORT
        assert work.reports.by_id(A_REPORT.id, unit=BEIJING) == A_REPORT


def test_another_unit_cannot_tell_a_report_from_one_that_is_not_there(database: Database) -> None:
    with database.writing() as work:
        keep_basics(work)
        add_report(work)
        told = []
        for name in ("report-1", "report-2"):
            with pytest.raises(NotStored) as caught:
                work.reports.by_id(ReportId(name), unit=TIANJIN)
            told.append(str(caught.value).replace(name, "…"))
        assert told[0] == told[1]


def test_issues_come_back_in_order_with_their_cells(database: Database) -> None:
    place = Place(sheet="F01", cell="C5", row_label="立案", column_label="本季")
    issues = (
        Issue(
            code="not-a-number",
            zh="不是数",
            en="Not a number.",
            fix_zh="改成数",
            fix_en="Write a number.",
            place=place,
            found="１２",
            expected="12",
            source="F01",
        ),
        Issue(code="jump", zh="变化很大", en="A big change.", severity=Severity.SOFT),
    )
    with database.writing() as work:
        keep_basics(work)
        report = add_report(work, issues=issues)
        assert work.reports.issues(report.id) == issues
        assert work.reports.issues(ReportId("none")) == ()


FACTS = (
    fact(Fraction(0), "E101", cell="F01!C5"),
    fact(Fraction(0), "E102", standing=Standing.NIL, cell="表!一!C6"),
    fact(None, "E103", standing=Standing.NOT_APPLICABLE, cell="F01!C7"),
    fact(None, "E104", standing=Standing.MISSING),
    fact(None, "E105", standing=Standing.NOT_DUE),
    fact("优", "E106", cell="F01!C8"),
    fact("12.5", "E107"),
    fact(Fraction("123456789012345678901234567890.123456789012345678"), "E108"),
    fact(Fraction(-200, 3), "E109", member="市场监管"),
    fact(Fraction(-200, 3), "E109", member="药监"),
    fact(Fraction(1), "E109", member="药监", period=PeriodCode("2021")),
)


def test_facts_come_back_exactly_and_with_their_cells(database: Database) -> None:
    with database.writing() as work:
        keep_basics(work)
        report = add_report(work, facts=iter(FACTS))
        found = tuple(work.reports.facts(report.id))
    assert {each.series: each for each in found} == {each.series: each for each in FACTS}
    assert len(found) == len(FACTS)
    assert found[0].origin == f"{FILE_DIGEST}!F01!C5"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (fact(Fraction(1), unit=TIANJIN), "unit 120000"),
        (replace(fact(Fraction(1)), origin="0" * 64 + "!F01!C5"), "no cell of the file"),
        (replace(fact(Fraction(1)), origin=FILE_DIGEST), "no cell of the file"),
    ],
)
def test_a_fact_of_another_unit_or_file_is_refused(database: Database, wrong: Fact, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        hand_in(database, facts=[fact(Fraction(1), "E100"), wrong])


def test_versions_count_by_unit_period_and_provider(database: Database) -> None:
    with database.writing() as work:
        keep_basics(work)
        assert work.reports.next_version(BEIJING, FIRST_QUARTER, "region") == 1
        add_report(work)
        add_report(work, version=2)
        assert work.reports.next_version(BEIJING, FIRST_QUARTER, "region") == 3
        assert work.reports.next_version(TIANJIN, FIRST_QUARTER, "region") == 1
        assert work.reports.next_version(BEIJING, SECOND_QUARTER, "region") == 1
        assert work.reports.next_version(BEIJING, FIRST_QUARTER, "ministry") == 1


def test_one_version_cannot_come_twice(database: Database) -> None:
    hand_in(database)
    with pytest.raises(Conflict):
        hand_in(database, id=ReportId("another"))


def test_one_figure_cannot_come_twice_in_a_report(database: Database) -> None:
    with pytest.raises(Conflict):
        hand_in(database, facts=[fact(Fraction(1)), fact(Fraction(2))])


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((), None),
        ((ReportState.SUBMITTED,), None),
        ((ACCEPTED,), 1),
        ((ACCEPTED, ReportState.SUBMITTED), 1),
        ((ACCEPTED, ReportState.RETURNED, ReportState.DRAFT), 1),
        ((ACCEPTED, ReportState.RETURNED, ACCEPTED), 3),
        ((ReportState.LOCKED, ReportState.RESUBMITTED), 1),
        ((ReportState.LOCKED, ReportState.AMENDED), 2),
    ],
)
def test_the_last_accepted_version_is_in_force(
    database: Database, states: tuple[ReportState, ...], expected: int | None
) -> None:
    with database.writing() as work:
        keep_basics(work)
        for version, state in enumerate(states, start=1):
            add_report(work, version=version, state=state, facts=[fact(Fraction(version))])
        found = work.reports.latest_in_force(BEIJING, FIRST_QUARTER, "region")
        assert (found and found.version) == expected
        assert [each.version for each in work.reports.in_force(unit=None)] == ([expected] if expected else [])
        amounts = [each.amount for each in work.reports.facts_in_force([FIRST_QUARTER], unit=BEIJING)]
        assert amounts == ([expected] if expected else [])


def test_reports_in_force_are_narrowed_to_periods_and_to_a_unit(database: Database) -> None:
    wanted = [
        (SECOND_QUARTER, "region", BEIJING),
        (FIRST_QUARTER, "region", TIANJIN),
        (FIRST_QUARTER, "region", BEIJING),
        (FIRST_QUARTER, "ministry", BEIJING),
    ]
    with database.writing() as work:
        keep_basics(work)
        for period, provider, unit in wanted:
            add_report(
                work,
                period=period,
                provider=provider,
                unit=unit,
                state=ACCEPTED,
                facts=[fact(Fraction(1), unit=unit, period=period)],
            )

        def found(*periods: PeriodCode, unit: UnitCode | None) -> list[tuple[str, str, str]]:
            reports = work.reports.in_force(periods or None, unit=unit)
            facts = work.reports.facts_in_force(periods or None, unit=unit)
            assert [each.unit for each in facts] == [each.unit for each in reports]
            return [(each.period, each.provider, each.unit) for each in reports]

        assert found(unit=None) == sorted(wanted)
        assert found(FIRST_QUARTER, unit=None) == sorted(wanted)[:3]
        assert found(FIRST_QUARTER, unit=BEIJING) == sorted(wanted)[:2]
        assert found(SECOND_QUARTER, unit=TIANJIN) == []
        assert work.reports.in_force([], unit=None) == ()


def test_a_run_keeps_the_facts_it_has_used_when_others_come_into_force(database: Database) -> None:
    with database.writing() as work:
        keep_basics(work)
        first = add_report(work, version=1, state=ACCEPTED, facts=[fact(Fraction(1))])
        work.runs.add(A_RUN, scores=(), adjustments=(), results=(), reports=[first.id])
        add_report(work, version=2, state=ACCEPTED, facts=[fact(Fraction(2))])
        assert [each.amount for each in work.reports.facts_of_run(A_RUN.id)] == [1]
        assert [each.amount for each in work.reports.facts_in_force(unit=None)] == [2]


def test_the_same_bytes_are_found_again_only_where_they_were_handed_in(database: Database) -> None:
    with database.writing() as work:
        keep_basics(work)
        other = work.blobs.keep(b"another workbook")
        add_report(work, version=1)
        again = add_report(work, version=2)
        add_report(work, version=3, file_sha256=other)
        key = (BEIJING, FIRST_QUARTER, "region")
        assert work.reports.find_same_content(*key, FILE_DIGEST) == again
        assert work.reports.find_same_content(TIANJIN, FIRST_QUARTER, "region", FILE_DIGEST) is None
        assert work.reports.find_same_content(BEIJING, SECOND_QUARTER, "region", other) is None


def test_a_report_that_says_the_same_is_found_whatever_its_bytes(database: Database) -> None:
    said, other = Sha256("c" * 64), Sha256("d" * 64)
    with database.writing() as work:
        keep_basics(work)
        first = add_report(work, content_sha256=said)
        add_report(work, version=2)
        key = (BEIJING, FIRST_QUARTER, "region")
        assert work.reports.find_same_content(*key, other, said) == first
        assert work.reports.find_same_content(*key, other, other) is None
        assert work.reports.find_same_content(*key, other) is None


def test_the_submitter_and_the_reviewer_are_told_different_things(database: Database) -> None:
    told, only_reviewer = (Issue(code=code, zh="错", en="Wrong.") for code in ("a", "b"))
    with database.writing() as work:
        keep_basics(work)
        report = add_report(work, issues=[told], findings=[only_reviewer])
        assert work.reports.issues(report.id) == (told,)
        assert work.reports.findings(report.id) == (only_reviewer,)


def test_a_report_moves_only_from_the_states_that_were_named(database: Database) -> None:
    with database.writing() as work:
        keep_basics(work)
        add_report(work)
        moved = work.reports.move(
            A_REPORT.id,
            from_states={ReportState.SUBMITTED, ReportState.RESUBMITTED},
            to_state=ReportState.RETURNED,
            decided_at=NOON,
            reason="缺表",
        )
        assert moved == replace(A_REPORT, state=ReportState.RETURNED, decided_at=NOON, reason="缺表")
        with pytest.raises(WrongState, match="returned"):
            work.reports.move(A_REPORT.id, from_states=[ReportState.SUBMITTED], to_state=ACCEPTED)
        assert work.reports.by_id(A_REPORT.id, unit=None) == moved
        with pytest.raises(NotStored):
            work.reports.move(ReportId("none"), from_states=[ReportState.SUBMITTED], to_state=ACCEPTED)


def test_a_move_without_a_decision_leaves_the_last_one(database: Database) -> None:
    with database.writing() as work:
        keep_basics(work)
        add_report(work, id=A_REPORT.id, state=ACCEPTED, decided_at=NOON, reason="齐全")
        moved = work.reports.move(A_REPORT.id, from_states=[ACCEPTED], to_state=ReportState.LOCKED)
        assert (moved.state, moved.decided_at, moved.reason) == (ReportState.LOCKED, NOON, "齐全")


def test_the_list_has_the_newest_first_and_goes_on_after_any_report(database: Database) -> None:
    with database.writing() as work:
        keep_basics(work)
        for version in range(1, 6):
            # two pairs come at the same moment: then the id decides
            add_report(work, version=version, received_at=NOON + timedelta(hours=version // 2))
        whole = work.reports.list(unit=None)
        assert [each.version for each in whole] == [5, 4, 3, 2, 1]
        for position, report in enumerate(whole):
            assert (
                work.reports.list(unit=None, after=report.id, limit=2) == whole[position + 1 : position + 3]
            )


def test_the_list_is_narrowed_by_everything_that_is_named(database: Database) -> None:
    with database.writing() as work:
        keep_basics(work)
        mine = add_report(work)
        theirs = add_report(work, unit=TIANJIN, state=ACCEPTED)
        later = add_report(work, period=SECOND_QUARTER, received_at=NOON + timedelta(days=90))
        line = add_report(work, provider="ministry", received_at=NOON - timedelta(days=1))
        everything = work.reports.list
        assert everything(unit=BEIJING) == (later, mine, line)
        assert everything(unit=TIANJIN) == (theirs,)
        assert everything(unit=None, period=FIRST_QUARTER, provider="region") == (theirs, mine)
        assert everything(unit=None, provider="ministry") == (line,)
        assert everything(unit=None, states=[ACCEPTED]) == (theirs,)
        assert everything(unit=BEIJING, states=[ACCEPTED]) == ()
        assert everything(unit=None, states=[]) == ()
        with pytest.raises(NotStored):
            everything(unit=BEIJING, after=theirs.id)
