"""Who may do what to which object: the one place that answers, and that narrows every list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scoring.codes import FormCode, UnitCode
from services.errors import NotAllowed


class Role(StrEnum):
    """What a person is to the assessment; one person may have several."""

    REGION_FILLER = "region_filler"
    """Fills in the reports of one unit."""
    REGION_APPROVER = "region_approver"
    """Signs the reports of one unit before they go to the office; raises its objections."""
    MINISTRY = "ministry"
    """A ministry line: hands in the figures of its own forms."""
    ASSESSOR = "assessor"
    """Checks on site, in the units assigned."""
    OFFICE_OPERATOR = "office_operator"
    """The national office's daily work: reviews, scores, prepares, proposes."""
    OFFICE_APPROVER = "office_approver"
    """The national office's second person: confirms, releases, decides."""
    AUDITOR = "auditor"
    """Reads everything, history included; writes nothing."""
    ADMINISTRATOR = "administrator"
    """Keeps accounts; sees no figures."""
    SYSTEM = "system"
    """The system itself: what it derives, it signs as itself."""


class Action(StrEnum):
    """What can be done; the word is used in refusals."""

    UPLOAD = "上传报表"
    APPROVE_REPORT = "审签报表"
    READ_REPORT = "查看报表"
    REVIEW = "审核报表"
    UPLOAD_TABLE = "上传数据表"
    TEMPLATE = "下载模板"
    ATTACH_EVIDENCE = "上传佐证材料"
    READ_EVIDENCE = "查看佐证材料"
    KEEP_CALENDAR = "维护工作日历"
    EXTEND_DEADLINE = "准予延期"
    SCORE = "计分"
    READ_RANKING = "查看排名"
    READ_CARD = "查看得分"
    EXPORT = "导出结果"
    COMPARE_RULES = "比较规则集"
    KEEP_PEOPLE = "管理账号"
    READ_LOG = "查看操作记录"


class Reach(StrEnum):
    """How far a right goes."""

    ALL = "all"
    OWN = "own"
    """The actor's own unit."""
    ASSIGNED = "assigned"
    """The units that an assessor was assigned."""
    LINE = "line"
    """The forms of the actor's own ministry line."""
    RELEASED = "released"
    """What has been published, whoever it is about."""


class Barrier(StrEnum):
    """The rule that refuses: named in every refusal."""

    ROLE = "role"
    UNIT = "own-unit"
    ASSIGNED = "assigned-unit"
    LINE = "own-line"
    RELEASED = "not-released"
    TWO_PERSONS = "two-persons"
    KEY_SCOPE = "key-scope"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts.

    unit: whose figures people of a region give. assigned: units of an assessor. lines: forms of a ministry
    line; empty = all that ministries give. scopes: what the key in use is narrowed to; None = all rights.
    """

    id: str
    name: str
    roles: frozenset[Role]
    unit: UnitCode | None = None
    assigned: frozenset[UnitCode] = frozenset()
    lines: frozenset[FormCode] = frozenset()
    scopes: frozenset[Action] | None = None


OF_A_REGION = frozenset({Role.REGION_FILLER, Role.REGION_APPROVER})
"""Those whose people belong to one unit."""
_REGION = (Role.REGION_FILLER, Role.REGION_APPROVER)
_OFFICE = (Role.OFFICE_OPERATOR, Role.OFFICE_APPROVER)
_OVERSIGHT = (*_OFFICE, Role.AUDITOR)


def _to(reach: Reach, *roles: Role) -> dict[Role, Reach]:
    return dict.fromkeys(roles, reach)


RIGHTS: Mapping[Action, Mapping[Role, Reach]] = {
    Action.UPLOAD: _to(Reach.OWN, Role.REGION_FILLER),
    Action.APPROVE_REPORT: _to(Reach.OWN, Role.REGION_APPROVER),
    Action.READ_REPORT: _to(Reach.OWN, *_REGION) | _to(Reach.ALL, *_OVERSIGHT),
    Action.REVIEW: _to(Reach.ALL, Role.OFFICE_OPERATOR),
    Action.UPLOAD_TABLE: _to(Reach.LINE, Role.MINISTRY)
    | _to(Reach.ASSIGNED, Role.ASSESSOR)
    | _to(Reach.ALL, Role.OFFICE_OPERATOR, Role.SYSTEM),
    Action.TEMPLATE: _to(Reach.OWN, *_REGION) | _to(Reach.ALL, *_OVERSIGHT),
    Action.ATTACH_EVIDENCE: _to(Reach.OWN, *_REGION),
    Action.READ_EVIDENCE: _to(Reach.OWN, *_REGION) | _to(Reach.ALL, *_OVERSIGHT),
    Action.KEEP_CALENDAR: _to(Reach.ALL, *_OFFICE),
    Action.EXTEND_DEADLINE: _to(Reach.ALL, Role.OFFICE_APPROVER),
    Action.SCORE: _to(Reach.ALL, Role.OFFICE_OPERATOR, Role.SYSTEM),
    Action.READ_RANKING: _to(Reach.ALL, *_OVERSIGHT),
    Action.READ_CARD: _to(Reach.OWN, *_REGION) | _to(Reach.ALL, *_OVERSIGHT),
    Action.EXPORT: _to(Reach.ALL, *_OVERSIGHT),
    Action.COMPARE_RULES: _to(Reach.ALL, *_OVERSIGHT),
    Action.KEEP_PEOPLE: _to(Reach.ALL, Role.ADMINISTRATOR),
    Action.READ_LOG: _to(Reach.ALL, *_OVERSIGHT),
}
"""Every right there is; what is not in it, nobody may do."""

TWO_PERSONS = frozenset({Action.APPROVE_REPORT, Action.REVIEW})
"""Acts that nobody may do to what they made themselves."""

_BARRIERS = {
    Reach.OWN: Barrier.UNIT,
    Reach.ASSIGNED: Barrier.ASSIGNED,
    Reach.LINE: Barrier.LINE,
    Reach.RELEASED: Barrier.RELEASED,
}


def refusal(
    actor: Actor,
    action: Action,
    unit: UnitCode | None = None,
    *,
    form: FormCode | None = None,
    released: bool = False,
    made_by: Collection[str] = (),
) -> Barrier | None:
    """The rule that forbids it; None where the actor may.

    unit, form: whose data and which form it is about; None = no one's in particular. released: whether it is
    published. made_by: who took the steps before, of which somebody else must take the next.
    """
    if actor.scopes is not None and action not in actor.scopes:
        return Barrier.KEY_SCOPE
    held = RIGHTS[action]
    reaches = [held[role] for role in Role if role in actor.roles and role in held]
    if not reaches:
        return Barrier.ROLE
    if not any(_reaches(actor, reach, unit, form, released) for reach in reaches):
        return _BARRIERS[reaches[0]]
    return Barrier.TWO_PERSONS if action in TWO_PERSONS and actor.id in made_by else None


def _reaches(
    actor: Actor, reach: Reach, unit: UnitCode | None, form: FormCode | None, released: bool
) -> bool:
    match reach:
        case Reach.ALL:
            return True
        case Reach.OWN:
            return unit is not None and unit == actor.unit
        case Reach.ASSIGNED:
            return unit is None or unit in actor.assigned
        case Reach.LINE:
            return form is None or not actor.lines or form in actor.lines
        case Reach.RELEASED:
            return released


def allowed(
    actor: Actor,
    action: Action,
    unit: UnitCode | None = None,
    *,
    form: FormCode | None = None,
    released: bool = False,
    made_by: Collection[str] = (),
) -> bool:
    """Whether the actor may do this; see `refusal`."""
    return refusal(actor, action, unit, form=form, released=released, made_by=made_by) is None


def demand(
    actor: Actor,
    action: Action,
    unit: UnitCode | None = None,
    *,
    form: FormCode | None = None,
    released: bool = False,
    made_by: Collection[str] = (),
) -> None:
    """Raises NotAllowed, with the rule that refuses, unless `allowed`."""
    barrier = refusal(actor, action, unit, form=form, released=released, made_by=made_by)
    if barrier is not None:
        raise NotAllowed(action, barrier)


def visible_unit(actor: Actor, action: Action) -> UnitCode | None:
    """The only unit whose data of this kind the actor may list; None = everybody's."""
    if allowed(actor, action):
        return None
    return actor.unit or UnitCode("")
