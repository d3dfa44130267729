"""A unit of work happens whole or not at all, alone, and speaks of failures without SQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.errors import Conflict, DatabaseBusy, NotStored, StorageFailed, StoreError
from models.unit_of_work import Database, UnitOfWork
from tests.support.stored import A_REPORT, FILE, FILE_DIGEST, add_report, hand_in, keep_basics


def is_kept(database: Database) -> bool:
    """Whether a new transaction sees the sample file."""
    with database.reading() as work:
        return work.blobs.has(FILE_DIGEST)


def test_nothing_happens_without_a_commit(database: Database) -> None:
    with database.writing() as work:
        work.blobs.keep(FILE)
        assert not is_kept(database)
    assert not is_kept(database)


def test_after_a_commit_it_has_happened(database: Database) -> None:
    with database.writing() as work:
        work.blobs.keep(FILE)
        work.commit()
    assert is_kept(database)


class Interrupted(Exception):
    """Something that went wrong elsewhere."""


def fail_halfway(database: Database) -> None:
    """Keep a file, and fail before the commit."""
    with database.writing() as work:
        work.blobs.keep(FILE)
        raise Interrupted


def test_an_exception_undoes_everything_and_goes_on_as_it_is(database: Database) -> None:
    with pytest.raises(Interrupted):
        fail_halfway(database)
    assert not is_kept(database)


def test_there_is_nothing_to_commit_twice_or_outside(database: Database) -> None:
    with database.writing() as work:
        work.commit()
        with pytest.raises(RuntimeError, match="no transaction"):
            work.commit()
    with pytest.raises(RuntimeError, match="no transaction"):
        work.commit()


def test_a_second_writer_waits_and_is_told_when_it_waits_too_long(database: Database) -> None:
    def write() -> None:
        with database.writing():
            pass

    with database.writing(), pytest.raises(DatabaseBusy):
        write()
    write()


def test_readers_do_not_wait_for_a_writer(database: Database) -> None:
    hand_in(database)
    with database.writing() as writer:
        writer.blobs.keep(b"another")
        with database.reading() as reader:
            assert reader.reports.by_id(A_REPORT.id, unit=None) == A_REPORT


def write_while_reading(database: Database) -> None:
    """Keep a file in a reading unit of work."""
    with database.reading() as work:
        work.blobs.keep(FILE)


def test_a_reader_cannot_write_and_the_next_writer_can(database: Database) -> None:
    with pytest.raises(StorageFailed, match=r"read-only|readonly"):
        write_while_reading(database)
    with database.writing() as work:
        work.blobs.keep(FILE)
        work.commit()
    assert is_kept(database)


# on SQLite the writer would have to wait until the reader is done
@pytest.mark.parametrize("url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_reader_sees_one_state(database: Database) -> None:
    with database.reading() as reader:
        assert not reader.blobs.has(FILE_DIGEST)
        with database.writing() as writer:
            writer.blobs.keep(FILE)
            writer.commit()
        assert not reader.blobs.has(FILE_DIGEST)
    assert is_kept(database)


def add_without_a_file(database: Database) -> None:
    """A report whose file was not kept."""
    with database.writing() as work:
        add_report(work)
        work.commit()


def test_a_conflict_is_told_without_the_rows_of_others(database: Database) -> None:
    hand_in(database)
    with pytest.raises(Conflict) as caught:
        hand_in(database)
    assert A_REPORT.file_name not in str(caught.value)
    assert "report-1" not in str(caught.value)


def test_a_report_needs_its_file_and_its_rule_set(database: Database) -> None:
    with pytest.raises(Conflict):
        add_without_a_file(database)


@pytest.mark.parametrize("address", ["", "no address", "mysql://x/y", "oracle+unheard://x/y"])
def test_what_is_no_address_of_a_database_is_said(address: str) -> None:
    with pytest.raises(StorageFailed):
        Database(address)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    file = tmp_path / "kaohe.db"
    file.write_bytes(b"something else" * 1000)
    database = Database(f"sqlite:///{file}")
    with pytest.raises(StorageFailed, match="not a database"):
        is_kept(database)
    database.close()


def test_a_server_that_does_not_answer_is_said(tmp_path: Path) -> None:
    database = Database(f"postgresql+psycopg://nobody@/nothing?host={tmp_path}")
    with pytest.raises(StorageFailed):
        is_kept(database)
    database.close()


def test_every_error_of_a_store_is_one_family() -> None:
    assert issubclass(DatabaseBusy, StorageFailed)
    assert {Conflict, NotStored, StorageFailed} <= set(StoreError.__subclasses__())


def test_all_stores_share_one_transaction(database: Database) -> None:
    with database.writing() as work:
        assert isinstance(work, UnitOfWork)
        keep_basics(work)
        add_report(work)
        work.log.append(
            at=A_REPORT.received_at, actor="a", act="submit", object_kind="report", object_id=A_REPORT.id
        )
    with database.reading() as work:
        assert work.rule_sets.all() == ()
        assert work.reports.list(unit=None) == ()
        assert work.log.entries() == ()
