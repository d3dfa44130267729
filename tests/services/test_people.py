"""People and their keys: a key is told once, kept nowhere, and opens only while it may."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.codes import UnitCode
from services.errors import Invalid, Unauthenticated
from services.people import actor_of_key, add_person
from services.policy import Role
from tests.support.office import BEIJING, Office

STAFF, REGION = {Role.OFFICE_OPERATOR}, {Role.REGION_FILLER}
SECRET = "a-key-that-somebody-else-has-drawn-at-random"


def test_a_person_is_known_by_the_key_that_was_given(office: Office) -> None:
    key = add_person(office.context, name="王芳", roles={Role.REGION_FILLER}, unit=BEIJING)
    actor = actor_of_key(office.context, secret=key)
    assert (actor.name, actor.roles, actor.unit) == ("王芳", frozenset({Role.REGION_FILLER}), BEIJING)


def test_two_people_of_one_name_have_keys_of_their_own(office: Office) -> None:
    keys = {add_person(office.context, name="王芳", roles={Role.OFFICE_OPERATOR}) for _ in range(2)}
    assert len(keys) == 2
    assert len({actor_of_key(office.context, secret=key).id for key in keys}) == 2


def test_a_key_can_be_brought_along(office: Office) -> None:
    assert add_person(office.context, name="审计", roles={Role.AUDITOR}, secret=SECRET) == SECRET
    assert actor_of_key(office.context, secret=SECRET).unit is None


def test_the_key_stands_neither_in_the_log_nor_in_the_database(office: Office) -> None:
    key = add_person(office.context, name="王芳", roles={Role.OFFICE_OPERATOR})
    with office.context.read() as work:
        (entry,) = work.log.entries()
        (person,) = work.people.all()
        (kept,) = work.people.keys(person.id)
    assert (entry.act, entry.actor, entry.object_id) == ("add_person", "system", person.id)
    assert entry.detail == {"name": "王芳", "roles": ["office_operator"], "unit": None}
    assert key not in f"{entry}{person}{kept}"


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"name": " ", "roles": STAFF}, id="no name"),
        pytest.param({"name": "甲" * 101, "roles": STAFF}, id="an endless name"),
        pytest.param({"name": "甲\n乙", "roles": STAFF}, id="a name of two lines"),
        pytest.param({"name": "甲\x1b[2J", "roles": STAFF}, id="a name that clears the screen"),
        pytest.param({"name": "甲", "roles": {Role.SYSTEM}}, id="the system is nobody"),
        pytest.param({"name": "甲", "roles": {Role.REGION_FILLER}}, id="a region without a unit"),
        pytest.param({"name": "甲", "roles": STAFF, "unit": BEIJING}, id="an office with a unit"),
        pytest.param({"name": "甲", "roles": REGION, "unit": UnitCode("990000")}, id="no such unit"),
    ],
)
def test_a_person_who_cannot_be_is_refused_and_nobody_is_kept(office: Office, asked: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        add_person(office.context, **asked)
    assert refused.value.zh
    with office.context.read() as work:
        assert work.people.all() == ()
        assert work.log.entries() == ()


@pytest.mark.parametrize(
    "secret", ["", SECRET[:12], SECRET[:-1], f"{SECRET} ", SECRET.upper(), "别的", "\x00", "\udc00"]
)
def test_any_other_key_opens_nothing(office: Office, secret: str) -> None:
    add_person(office.context, name="王芳", roles={Role.OFFICE_OPERATOR}, secret=SECRET)
    with pytest.raises(Unauthenticated):
        actor_of_key(office.context, secret=secret)


def test_a_revoked_key_opens_nothing_while_another_one_of_the_person_does(office: Office) -> None:
    first = add_person(office.context, name="王芳", roles={Role.OFFICE_OPERATOR})
    with office.context.write() as work:
        (person,) = work.people.all()
        work.people.give_key(person.id, SECRET, created_at=office.now)
        work.people.revoke_key(first[:12], revoked_at=office.now)
        work.commit()
    with pytest.raises(Unauthenticated):
        actor_of_key(office.context, secret=first)
    assert actor_of_key(office.context, secret=SECRET).id == person.id


def test_a_disabled_person_is_not_known(office: Office) -> None:
    key = add_person(office.context, name="王芳", roles={Role.OFFICE_OPERATOR})
    with office.context.write() as work:
        work.people.disable(work.people.all()[0].id)
        work.commit()
    with pytest.raises(Unauthenticated):
        actor_of_key(office.context, secret=key)
