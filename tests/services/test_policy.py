"""Who may do what to whose data: the whole table, written out by hand."""

from __future__ import annotations

from itertools import product

import pytest

from scoring.codes import FormCode, UnitCode
from services.errors import NotAllowed
from services.policy import RIGHTS, TWO_PERSONS, Action, Actor, Barrier, Role, allowed, demand, refusal
from services.policy import visible_unit as narrowed

OWN, OTHER = UnitCode("110000"), UnitCode("120000")
FORM, OTHER_FORM = FormCode("EXT"), FormCode("EX2")

LETTERS = {
    "f": Role.REGION_FILLER,
    "a": Role.REGION_APPROVER,
    "m": Role.MINISTRY,
    "e": Role.ASSESSOR,
    "o": Role.OFFICE_OPERATOR,
    "p": Role.OFFICE_APPROVER,
    "u": Role.AUDITOR,
    "d": Role.ADMINISTRATOR,
    "s": Role.SYSTEM,
}
"""A letter for each role."""
# Action: who may do it to the own unit, who to another, and who where it is about no unit in particular.
TABLE = {
    Action.UPLOAD: ("f", "", ""),
    Action.APPROVE_REPORT: ("a", "", ""),
    Action.READ_REPORT: ("faopu", "opu", "opu"),
    Action.REVIEW: ("o", "o", "o"),
    Action.UPLOAD_TABLE: ("meos", "mos", "meos"),
    Action.TEMPLATE: ("faopu", "opu", "opu"),
    Action.ATTACH_EVIDENCE: ("fa", "", ""),
    Action.READ_EVIDENCE: ("faopu", "opu", "opu"),
    Action.KEEP_CALENDAR: ("op", "op", "op"),
    Action.EXTEND_DEADLINE: ("p", "p", "p"),
    Action.SCORE: ("os", "os", "os"),
    Action.READ_RANKING: ("opu", "opu", "opu"),
    Action.READ_CARD: ("faopu", "opu", "opu"),
    Action.EXPORT: ("opu", "opu", "opu"),
    Action.COMPARE_RULES: ("opu", "opu", "opu"),
    Action.KEEP_PEOPLE: ("d", "d", "d"),
    Action.READ_LOG: ("opu", "opu", "opu"),
}
UNITS = (OWN, OTHER, None)


def holder(*roles: Role, **more: object) -> Actor:
    """Somebody of 北京 with these roles; an assessor is sent there, too."""
    known = {"unit": OWN, "assigned": frozenset({OWN}), **more}
    return Actor(id="x", name="x", roles=frozenset(roles), **known)  # type: ignore[arg-type]


def test_the_table_knows_every_action_and_every_role() -> None:
    assert set(TABLE) == set(Action) == set(RIGHTS)
    assert set(LETTERS.values()) == set(Role)


@pytest.mark.parametrize(
    ("place", "unit"), list(enumerate(UNITS)), ids=["own unit", "another unit", "no unit"]
)
@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize(("letter", "role"), list(LETTERS.items()))
def test_each_role_may_do_what_the_table_says(
    letter: str, role: Role, action: Action, place: int, unit: UnitCode | None
) -> None:
    actor = holder(role)
    expected = letter in TABLE[action][place]
    assert allowed(actor, action, unit) is expected
    if expected:
        demand(actor, action, unit)
    else:
        with pytest.raises(NotAllowed) as refused:
            demand(actor, action, unit)
        assert action in refused.value.zh
        assert refused.value.barrier in set(Barrier)


def test_an_auditor_changes_nothing_and_an_administrator_sees_no_figures() -> None:
    reads = {action for action in Action if action.name.startswith(("READ", "EXPORT", "TEMPLATE", "COMPARE"))}
    assert {action for action in Action if allowed(holder(Role.AUDITOR), action)} == reads
    assert {action for action in Action if allowed(holder(Role.ADMINISTRATOR), action)} == {
        Action.KEEP_PEOPLE
    }


def test_the_office_does_not_touch_the_figures_of_a_region() -> None:
    office = holder(Role.OFFICE_OPERATOR, Role.OFFICE_APPROVER, Role.AUDITOR, unit=None)
    for action, unit in product((Action.UPLOAD, Action.APPROVE_REPORT, Action.ATTACH_EVIDENCE), UNITS):
        assert not allowed(office, action, unit)


def test_with_two_roles_one_may_do_what_either_may() -> None:
    both = holder(Role.REGION_FILLER, Role.REGION_APPROVER)
    assert allowed(both, Action.UPLOAD, OWN)
    assert allowed(both, Action.APPROVE_REPORT, OWN)


@pytest.mark.parametrize("action", sorted(TWO_PERSONS))
def test_what_needs_two_persons_is_not_done_by_one_of_two_roles(action: Action) -> None:
    everything = holder(*Role)
    assert allowed(everything, action, OWN, made_by={"y"})
    assert refusal(everything, action, OWN, made_by={"x"}) is Barrier.TWO_PERSONS


@pytest.mark.parametrize("action", Action)
def test_a_region_without_a_unit_may_do_nothing(action: Action) -> None:
    nobody = holder(Role.REGION_FILLER, Role.REGION_APPROVER, unit=None)
    assert not any(allowed(nobody, action, unit) for unit in (OWN, UnitCode(""), None))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [((), (True, True, True)), ((FORM,), (True, False, True))],
    ids=["every line", "one line"],
)
def test_a_ministry_gives_the_forms_of_its_line(
    lines: tuple[FormCode, ...], expected: tuple[bool, ...]
) -> None:
    ministry = holder(Role.MINISTRY, lines=frozenset(lines))
    found = tuple(
        allowed(ministry, Action.UPLOAD_TABLE, OTHER, form=form) for form in (FORM, OTHER_FORM, None)
    )
    assert found == expected


def test_a_key_does_no_more_than_it_was_made_for() -> None:
    narrow = holder(Role.OFFICE_OPERATOR, scopes=frozenset({Action.READ_RANKING, Action.UPLOAD}))
    assert allowed(narrow, Action.READ_RANKING)
    assert refusal(narrow, Action.SCORE) is Barrier.KEY_SCOPE
    assert refusal(narrow, Action.UPLOAD, OWN) is Barrier.ROLE


@pytest.mark.parametrize(
    ("roles", "seen"),
    [
        ((Role.REGION_FILLER,), OWN),
        ((Role.AUDITOR,), None),
        ((Role.OFFICE_APPROVER,), None),
        ((Role.ADMINISTRATOR,), OWN),
    ],
    ids=["a region", "an auditor", "the office", "an administrator"],
)
def test_lists_are_narrowed_to_the_own_unit(roles: tuple[Role, ...], seen: UnitCode | None) -> None:
    assert narrowed(holder(*roles), Action.READ_REPORT) == seen


def test_who_has_no_unit_sees_none_rather_than_all() -> None:
    assert narrowed(holder(Role.REGION_FILLER, unit=None), Action.READ_REPORT) == ""
