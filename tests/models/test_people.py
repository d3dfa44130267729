"""A person is known by a key until it is revoked or the person disabled; the secret is not stored."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from models.errors import Conflict, NotStored
from models.records import ApiKey, Person, PersonId
from models.unit_of_work import Database
from tests.support.stored import BEIJING, CLERK, NOON

A_PERSON = Person(id=CLERK, name="张三", role="reporter", unit=BEIJING)
AN_OFFICER = Person(id=PersonId("officer"), name="李四", role="office")
SECRET = "kh_" + "Zq8" * 12


def test_people_come_back_as_they_were_added(database: Database) -> None:
    with database.writing() as work:
        work.people.add(AN_OFFICER)
        work.people.add(A_PERSON)
        assert work.people.by_id(CLERK) == A_PERSON
        assert work.people.all() == (A_PERSON, AN_OFFICER)
        with pytest.raises(NotStored):
            work.people.by_id(PersonId("nobody"))


def test_a_key_is_known_and_no_other_is(database: Database) -> None:
    with database.writing() as work:
        work.people.add(A_PERSON)
        key = work.people.give_key(CLERK, SECRET, created_at=NOON)
        assert key == ApiKey(prefix=SECRET[:12], person_id=CLERK, created_at=NOON)
        assert work.people.keys(CLERK) == (key,)
        assert work.people.by_key(SECRET) == A_PERSON
        for wrong in (
            "",
            SECRET[:12],
            SECRET + "x",
            SECRET[:-1] + "x",
            "x" + SECRET[1:],
            SECRET[:-1] + "\ud800",
        ):
            assert work.people.by_key(wrong) is None


def test_a_revoked_key_is_known_no_more_and_keeps_its_first_date(database: Database) -> None:
    later = NOON + timedelta(days=1)
    with database.writing() as work:
        work.people.add(A_PERSON)
        prefix = work.people.give_key(CLERK, SECRET, created_at=NOON).prefix
        work.people.revoke_key(prefix, revoked_at=NOON)
        work.people.revoke_key(prefix, revoked_at=later)
        assert work.people.by_key(SECRET) is None
        assert [key.revoked_at for key in work.people.keys(CLERK)] == [NOON]
        with pytest.raises(NotStored):
            work.people.revoke_key("nothing", revoked_at=later)


def test_a_disabled_person_is_not_known_until_enabled_again(database: Database) -> None:
    with database.writing() as work:
        work.people.add(A_PERSON)
        work.people.give_key(CLERK, SECRET, created_at=NOON)
        work.people.disable(CLERK)
        assert work.people.by_key(SECRET) is None
        assert work.people.by_id(CLERK).disabled
        work.people.disable(CLERK, disabled=False)
        assert work.people.by_key(SECRET) == A_PERSON
        with pytest.raises(NotStored):
            work.people.disable(PersonId("nobody"))


def test_a_short_secret_is_no_key(database: Database) -> None:
    with database.writing() as work, pytest.raises(ValueError, match="32 characters"):
        work.people.give_key(CLERK, "x" * 31, created_at=NOON)


def test_a_key_needs_somebody_whose_it_is(database: Database) -> None:
    with pytest.raises(Conflict):
        give_to_nobody(database)


def give_to_nobody(database: Database) -> None:
    """A key for a person who is not there."""
    with database.writing() as work:
        work.people.give_key(PersonId("nobody"), SECRET, created_at=NOON)
        work.commit()


def test_the_secret_is_not_in_the_file(sqlite_template: Path, tmp_path: Path) -> None:
    file = tmp_path / "kaohe.db"
    shutil.copy(sqlite_template, file)
    database = Database(f"sqlite:///{file}")
    with database.writing() as work:
        work.people.add(A_PERSON)
        work.people.give_key(CLERK, SECRET, created_at=NOON)
        work.commit()
    database.close()
    stored = file.read_bytes()
    assert SECRET[:12].encode() in stored
    assert SECRET.encode() not in stored
