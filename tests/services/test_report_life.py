"""The life of a report: the table is whole, and no walk through the services leaves it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from models.records import ReportId, ReportState, StoredReport
from models.unit_of_work import Database
from scoring.codes import UnitCode
from services.errors import Conflict, NotAllowed, NotFound
from services.explaining import explain_issues
from services.policy import Actor, Role
from services.report_life import (
    ACT_WORDS,
    MOVES,
    STATE_WORDS,
    WAITS_FOR_REVIEW,
    Act,
    IllegalMove,
    acts_after,
    life_table,
    states_before,
)
from services.review import accept_report, return_report, take_report
from services.views import Receipt
from tests.support.databases import copy_of_sqlite
from tests.support.office import BEIJING, OFFICE, ROOT, Office, clerk
from tests.support.stored import A_REPORT, keep_basics

EVERYBODY = Actor(
    id=clerk(BEIJING).id,
    name="一人两职",
    roles=frozenset({Role.REGION_FILLER, Role.OFFICE_OPERATOR}),
    unit=BEIJING,
)
PAIRS = sorted(product(ReportState, Act))


def put(office: Office, state: ReportState, version: int = 1, unit: UnitCode = BEIJING) -> ReportId:
    """A report in this state, as if it had come there."""
    report = replace(
        A_REPORT,
        id=ReportId(f"{unit}-{version}"),
        unit=unit,
        version=version,
        state=state,
        actor=clerk(unit).id,
    )
    with office.context.write() as work:
        keep_basics(work)
        work.reports.add(report)
        work.commit()
    return report.id


def do(office: Office, act: Act, report: ReportId, actor: Actor = OFFICE) -> Receipt:
    """One act by the one whose act it is."""
    match act:
        case Act.EXPLAIN:
            asked = clerk(BEIJING)
            return explain_issues(office.context, actor=asked, report=report, given=[]).receipt
        case Act.TAKE:
            return take_report(office.context, actor=actor, report=report)
        case Act.ACCEPT:
            return accept_report(office.context, actor=actor, report=report)
        case Act.RETURN:
            return return_report(office.context, actor=actor, report=report, reason="请核对")


def stored(office: Office, report: ReportId) -> StoredReport:
    """The report as it is kept."""
    with office.context.read() as work:
        return work.reports.by_id(report, unit=None)


@pytest.mark.parametrize(("state", "act"), [pair for pair in PAIRS if pair not in MOVES])
def test_what_is_not_in_the_table_is_refused_with_the_state_and_what_may_be_done(
    office: Office, state: ReportState, act: Act
) -> None:
    report = put(office, state)
    with pytest.raises(IllegalMove) as caught:
        do(office, act, report)
    assert STATE_WORDS[state] in caught.value.zh
    assert ACT_WORDS[act][0] in caught.value.zh
    assert all(ACT_WORDS[each][0] in caught.value.zh for each in acts_after(state))
    assert state in caught.value.en
    assert stored(office, report).state is state
    with office.context.read() as work:
        assert list(work.log.entries()) == []


@pytest.mark.parametrize("act", [Act.TAKE, Act.ACCEPT, Act.RETURN])
def test_each_review_act_leads_where_the_table_says_and_is_logged(office: Office, act: Act) -> None:
    for version, state in enumerate(states_before(act), 1):
        report = put(office, state, version)
        assert do(office, act, report).state is MOVES[state, act].state_for(version)
        with office.context.read() as work:
            last = work.log.entries()[-1]
        assert (last.act, last.object_id, last.actor) == (act, report, OFFICE.id)


@pytest.mark.parametrize("act", [Act.TAKE, Act.ACCEPT, Act.RETURN])
def test_nobody_reviews_what_they_handed_in_themselves(office: Office, act: Act) -> None:
    report = put(office, ReportState.SUBMITTED)
    with pytest.raises(NotAllowed) as caught:
        do(office, act, report, EVERYBODY)
    assert caught.value.barrier == "two-persons"
    assert stored(office, report).state is ReportState.SUBMITTED


def test_a_report_that_is_taken_is_not_decided(office: Office) -> None:
    report = put(office, ReportState.SUBMITTED)
    do(office, Act.TAKE, report)
    taken = stored(office, report)
    assert (taken.state, taken.decided_at, taken.reason) == (ReportState.UNDER_REVIEW, None, "")


@pytest.mark.parametrize("act", [Act.TAKE, Act.ACCEPT, Act.RETURN])
def test_a_report_that_there_is_not_is_not_found(office: Office, act: Act) -> None:
    with pytest.raises(NotFound):
        do(office, act, ReportId("none"))


def test_every_state_and_act_has_words() -> None:
    assert set(STATE_WORDS) == set(ReportState)
    assert set(ACT_WORDS) == set(Act)


def test_what_waits_for_review_can_be_returned_too() -> None:
    assert set(states_before(Act.RETURN)) == WAITS_FOR_REVIEW


def test_the_table_in_the_documentation_is_this_one() -> None:
    page = (ROOT / "docs/reporting.md").read_text(encoding="utf-8")
    assert page.split("<!-- life:start -->\n")[1].split("\n<!-- life:end -->")[0] == life_table()


@contextmanager
def fresh_office(template: Path) -> Iterator[Office]:
    """An office with a database that nobody has used."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(copy_of_sqlite(template, Path(folder)))
        yield Office(database)
        database.close()


class Life(RuleBasedStateMachine):
    """Hands in versions and reviews them in any order, beside a model of what must hold."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self._open = fresh_office(self.template)
        self.office = self._open.__enter__()
        self.states: dict[ReportId, ReportState] = {}
        self.log: list[tuple[str, str]] = []

    def teardown(self) -> None:
        self._open.__exit__(None, None, None)

    @rule(state=st.sampled_from([ReportState.SUBMITTED, ReportState.RETURNED, ReportState.DRAFT]))
    def hand_in(self, state: ReportState) -> None:
        self.states[put(self.office, state, len(self.states) + 1)] = state

    @precondition(lambda self: self.states)
    @rule(data=st.data(), act=st.sampled_from([Act.TAKE, Act.ACCEPT, Act.RETURN]), own=st.booleans())
    def act(self, data: st.DataObject, act: Act, own: bool) -> None:
        report = data.draw(st.sampled_from(sorted(self.states)))
        version = int(report.split("-")[1])
        move = MOVES.get((self.states[report], act))
        later = any(int(each.split("-")[1]) > version for each in self.in_force())
        try:
            receipt = do(self.office, act, report, EVERYBODY if own else OFFICE)
        except NotAllowed:
            assert own
            return
        except IllegalMove:
            assert move is None
            return
        except Conflict:
            assert act is Act.ACCEPT
            assert later
            return
        assert not own
        assert move is not None
        assert not (later and act is Act.ACCEPT)
        assert receipt.state is move.state_for(version)
        self.states[report] = receipt.state
        self.log.append((act, report))

    def in_force(self) -> list[ReportId]:
        return [each for each, state in self.states.items() if state.is_in_force]

    @invariant()
    def no_version_is_lost_or_moved_by_itself(self) -> None:
        with self.office.context.read() as work:
            kept = {each.id: each.state for each in work.reports.list(unit=None)}
        assert kept == self.states

    @invariant()
    def the_last_accepted_version_is_in_force(self) -> None:
        accepted = sorted(self.in_force(), key=lambda each: int(each.split("-")[1]))
        with self.office.context.read() as work:
            found = [each.id for each in work.reports.in_force(unit=None)]
        assert found == accepted[-1:]

    @invariant()
    def every_act_is_one_entry_of_the_log(self) -> None:
        with self.office.context.read() as work:
            assert [(each.act, each.object_id) for each in work.log.entries()] == self.log


def test_no_walk_leaves_the_table_or_loses_a_version(sqlite_template: Path) -> None:
    Life.template = sqlite_template
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=25,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
