"""Who may do what to whose data: the whole table, written out by hand."""

from __future__ import annotations

import pytest

from scoring.codes import UnitCode
from services.errors import NotAllowed
from services.policy import Action, Actor, Role, allowed, demand, visible_unit

OWN, OTHER = UnitCode("110000"), UnitCode("120000")
HOLDERS = {role: Actor(id=role, name=role, role=role, unit=None) for role in Role}
HOLDERS[Role.REGION] = Actor(id="region", name="填报人", role=Role.REGION, unit=OWN)

NOBODY: frozenset[Role] = frozenset()
READERS = frozenset({Role.OFFICE, Role.AUDITOR})
OF_OWN_UNIT = {
    Action.UPLOAD,
    Action.READ_REPORT,
    Action.READ_CARD,
    Action.TEMPLATE,
    Action.ATTACH_EVIDENCE,
    Action.READ_EVIDENCE,
}
"""What a region may do, to its own unit only."""
EVERYWHERE = {
    Action.UPLOAD: NOBODY,
    Action.UPLOAD_TABLE: {Role.MINISTRY, Role.OFFICE, Role.SYSTEM},
    Action.READ_REPORT: READERS,
    Action.REVIEW: {Role.OFFICE},
    Action.SCORE: {Role.OFFICE, Role.SYSTEM},
    Action.READ_RANKING: READERS,
    Action.READ_CARD: READERS,
    Action.EXPORT: READERS,
    Action.TEMPLATE: READERS,
    Action.COMPARE_RULES: READERS,
    Action.KEEP_CALENDAR: {Role.OFFICE},
    Action.EXTEND_DEADLINE: {Role.OFFICE},
    Action.ATTACH_EVIDENCE: NOBODY,
    Action.READ_EVIDENCE: READERS,
}
"""Who may do it, whichever unit it is about."""


def test_the_table_knows_every_action() -> None:
    assert set(EVERYWHERE) == set(Action)


@pytest.mark.parametrize("unit", [OWN, OTHER, None], ids=["own unit", "another unit", "no unit"])
@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_the_table_says(role: Role, action: Action, unit: UnitCode | None) -> None:
    actor = HOLDERS[role]
    expected = role in EVERYWHERE[action] or (role is Role.REGION and action in OF_OWN_UNIT and unit == OWN)
    assert allowed(actor, action, unit) is expected
    if expected:
        demand(actor, action, unit)
    else:
        with pytest.raises(NotAllowed) as refused:
            demand(actor, action, unit)
        assert action in refused.value.zh


@pytest.mark.parametrize("action", Action)
def test_a_region_without_a_unit_may_do_nothing(action: Action) -> None:
    nobody = Actor(id="x", name="x", role=Role.REGION, unit=None)
    assert not any(allowed(nobody, action, unit) for unit in (OWN, UnitCode(""), None))


@pytest.mark.parametrize("role", Role)
def test_only_a_region_sees_but_its_own_unit(role: Role) -> None:
    assert visible_unit(HOLDERS[role]) == (OWN if role is Role.REGION else None)


def test_a_region_without_a_unit_sees_none_rather_than_all() -> None:
    assert visible_unit(Actor(id="x", name="x", role=Role.REGION)) == ""
