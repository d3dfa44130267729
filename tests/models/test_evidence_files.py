"""Evidence files are kept as they were attached; they can be withdrawn, once, and never deleted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from models.errors import Conflict, NotStored
from models.evidence_records import StoredEvidence, StoredLink
from models.unit_of_work import Database, UnitOfWork
from tests.support.stored import BEIJING, FILE, FILE_DIGEST, FIRST_QUARTER, NOON, TIANJIN

A_FILE = StoredEvidence(
    id="f1",
    sha256=FILE_DIGEST,
    unit=BEIJING,
    period=FIRST_QUARTER,
    kind="pdf",
    file_name="照片.pdf",
    size=10,
    uploaded_by="clerk",
    uploaded_at=NOON,
)
A_LINK = StoredLink(
    id="l1",
    evidence_id="f1",
    element="E101",
    member="市场监管",
    indicator="",
    issue_key="",
    note="台账第 3 页",
    linked_by="clerk",
    linked_at=NOON,
)


def keep(work: UnitOfWork, *files: StoredEvidence) -> None:
    """Keep files with their bytes."""
    work.blobs.keep(FILE)
    for each in files:
        work.evidence.add(each)


def test_files_come_back_by_unit_and_period(database: Database) -> None:
    other = replace(A_FILE, id="f2", unit=TIANJIN)
    with database.writing() as work:
        keep(work, A_FILE, other)
        assert work.evidence.list(unit=BEIJING, period=FIRST_QUARTER) == (A_FILE,)
        assert work.evidence.list(unit=None) == (A_FILE, other)
        assert work.evidence.by_id("f2", unit=None) == other
        for unit, name in ((BEIJING, "f2"), (BEIJING, "none")):
            with pytest.raises(NotStored):
                work.evidence.by_id(name, unit=unit)


def test_a_withdrawn_file_is_still_there_and_withdrawn_once(database: Database) -> None:
    with database.writing() as work:
        keep(work, A_FILE)
        work.evidence.withdraw("f1", at=NOON, by="clerk", because="传错")
        found = work.evidence.by_id("f1", unit=BEIJING)
        assert (found.withdrawn_at, found.withdrawn_because) == (NOON, "传错")
        with pytest.raises(NotStored):
            work.evidence.withdraw("f1", at=NOON, by="clerk", because="again")


def test_links_come_back_and_are_withdrawn_by_their_file(database: Database) -> None:
    other = replace(A_LINK, id="l2", element="", member="", indicator="I01-1")
    with database.writing() as work:
        keep(work, A_FILE)
        for each in (A_LINK, other):
            work.evidence.add_link(each)
        assert work.evidence.links(["f1"]) == (A_LINK, other)
        with pytest.raises(NotStored):
            work.evidence.withdraw_link("f9", "l1", at=NOON, by="clerk")
        work.evidence.withdraw_link("f1", "l1", at=NOON, by="clerk")
        assert [bool(each.withdrawn_at) for each in work.evidence.links(["f1"])] == [True, False]
        assert work.evidence.links([]) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"indicator": "I01-1"}, id="two things"),
        pytest.param({"issue_key": "k"}, id="a figure and an issue"),
        pytest.param({"element": "", "member": ""}, id="nothing"),
        pytest.param({"indicator": "I", "issue_key": "k"}, id="three things"),
        pytest.param({"evidence_id": "none"}, id="no file"),
    ],
)
def test_a_link_proves_one_thing_of_one_file(database: Database, wrong: dict[str, str]) -> None:
    link = replace(A_LINK, **wrong)  # type: ignore[arg-type]
    with database.writing() as work:
        keep(work, A_FILE)
        work.commit()
    with pytest.raises(Conflict), database.writing() as work:
        work.evidence.add_link(link)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence SET file_name = 'x'",
        "UPDATE evidence SET withdrawn_because = 'x'",
        "DELETE FROM evidence_links",
        "UPDATE evidence_links SET note = 'x'",
        "UPDATE evidence_links SET withdrawn_by = 'x'",
    ],
)
def test_what_was_attached_stays_as_it_was_attached(database: Database, url: str, statement: str) -> None:
    with database.writing() as work:
        keep(work, A_FILE)
        work.evidence.add_link(A_LINK)
        work.evidence.withdraw_link("f1", "l1", at=NOON, by="clerk")
        work.evidence.withdraw("f1", at=NOON, by="clerk", because="传错")
        work.commit()
    engine = create_engine(url)
    with pytest.raises(DBAPIError, match="written once"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
