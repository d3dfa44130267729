"""People and their keys: who is behind a request."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping

from models.errors import UnstorableText
from models.records import Person, PersonId
from scoring.codes import UnitCode
from scoring.errors import one_line
from services.context import Context
from services.errors import Invalid, Unauthenticated
from services.identifiers import new_identifier
from services.policy import OF_A_REGION, Actor, Role
from services.system_facts import SYSTEM

_LONGEST_NAME = 100


def add_person(
    context: Context,
    *,
    name: str,
    roles: Collection[Role],
    unit: UnitCode | None = None,
    secret: str | None = None,
) -> str:
    """A new person with a key; returns the secret, which is kept nowhere and shown once.

    Raises Invalid: no name or an endless one, no role, a region's person without a unit,
    another's with one, or a unit or role that there is not.
    """
    _check(context, name, roles, unit)
    given = secret or f"{secrets.token_hex(4)}.{secrets.token_urlsafe(24)}"
    now = context.clock()
    person = Person(id=PersonId(new_identifier(now)), name=name, role=" ".join(sorted(roles)), unit=unit)
    with context.write() as work:
        work.people.add(person)
        work.people.give_key(person.id, given, created_at=now)
        detail = {"name": name, "roles": sorted(roles), "unit": unit}
        work.log.append(
            at=now,
            actor=SYSTEM.id,
            act="add_person",
            object_kind="person",
            object_id=person.id,
            detail=detail,
        )
        work.commit()
    return given


def _check(context: Context, name: str, roles: Collection[Role], unit: UnitCode | None) -> None:
    if not name.strip():
        raise Invalid("姓名不能是空的", "a name is needed")
    if len(name) > _LONGEST_NAME or one_line(name) != name:
        raise Invalid(
            f"姓名最多 {_LONGEST_NAME} 个字,不含换行等看不见的字符",
            f"a name is at most {_LONGEST_NAME} printable characters",
        )
    if not roles:
        raise Invalid("至少要有一个角色", "at least one role is needed")
    if Role.SYSTEM in roles:
        raise Invalid("system 是系统自己的账号,不能给人", "that role is the system's own")
    if any((role in OF_A_REGION) != (unit is not None) for role in roles):
        raise Invalid(
            "地区的角色要写明单位,其他角色不写单位,两类角色不能兼任",
            "a unit is needed for the roles of a region, and only for them",
        )
    years = context.library.years()
    if unit is not None and not any(unit in context.library.current(year).units for year in years):
        raise Invalid(f"规则集中没有被考核单位 {unit}", f"no rule set assesses the unit {unit}")


def actor_of_key(context: Context, *, secret: str) -> Actor:
    """Who holds the key; raises Unauthenticated for a wrong, revoked or disabled one."""
    try:
        with context.read() as work:
            person = work.people.by_key(secret) if secret else None
    except UnstorableText:
        person = None  # no such text was ever kept
    if person is None:
        raise Unauthenticated
    return Actor(
        id=person.id,
        name=person.name,
        roles=frozenset(Role(role) for role in person.role.split()),
        unit=person.unit,
    )


def names_of(context: Context, people: Iterable[str]) -> Mapping[str, str]:
    """The names of those of these ids who are known, also of the disabled."""
    wanted = frozenset(people)
    if not wanted:
        return {}
    with context.read() as work:
        return {str(each.id): each.name for each in work.people.all() if each.id in wanted}
