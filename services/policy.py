"""Who may do what to whose data: the one place that answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scoring.codes import UnitCode
from services.errors import NotAllowed


class Role(StrEnum):
    """What a person is to the assessment."""

    REGION = "region"
    """Fills and reads the reports and results of one unit."""
    MINISTRY = "ministry"
    """A ministry line: hands in the tables of its own form."""
    OFFICE = "office"
    """The national office: reviews, scores, ranks, exports."""
    AUDITOR = "auditor"
    """Reads everything, writes nothing."""
    SYSTEM = "system"
    """The system itself: what it derives, it signs as itself."""


class Action(StrEnum):
    """What can be done; the word is used in refusals."""

    UPLOAD = "上传报表"
    UPLOAD_TABLE = "上传数据表"
    READ_REPORT = "查看报表"
    REVIEW = "审核报表"
    SCORE = "计分"
    READ_RANKING = "查看排名"
    READ_CARD = "查看得分"
    EXPORT = "导出结果"
    TEMPLATE = "下载模板"
    COMPARE_RULES = "比较规则集"
    KEEP_CALENDAR = "维护工作日历"
    EXTEND_DEADLINE = "准予延期"
    ATTACH_EVIDENCE = "上传佐证材料"
    READ_EVIDENCE = "查看佐证材料"


_OWN_UNIT = frozenset(
    {
        Action.UPLOAD,
        Action.READ_REPORT,
        Action.READ_CARD,
        Action.TEMPLATE,
        Action.ATTACH_EVIDENCE,
        Action.READ_EVIDENCE,
    }
)
_READS = frozenset(
    {
        Action.READ_REPORT,
        Action.READ_RANKING,
        Action.READ_CARD,
        Action.EXPORT,
        Action.TEMPLATE,
        Action.COMPARE_RULES,
        Action.READ_EVIDENCE,
    }
)
_ANYWHERE = {
    Role.REGION: frozenset[Action](),
    Role.MINISTRY: frozenset({Action.UPLOAD_TABLE}),
    Role.OFFICE: _READS
    | {
        Action.REVIEW,
        Action.SCORE,
        Action.UPLOAD_TABLE,
        Action.KEEP_CALENDAR,
        Action.EXTEND_DEADLINE,
    },
    Role.AUDITOR: _READS,
    Role.SYSTEM: frozenset({Action.UPLOAD_TABLE, Action.SCORE}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts."""

    id: str
    name: str
    role: Role
    unit: UnitCode | None = None


def allowed(actor: Actor, action: Action, unit: UnitCode | None = None) -> bool:
    """Whether the actor may do this, to this unit's data where it is about one unit."""
    if actor.role is Role.REGION:
        return action in _OWN_UNIT and unit is not None and unit == actor.unit
    return action in _ANYWHERE[actor.role]


def demand(actor: Actor, action: Action, unit: UnitCode | None = None) -> None:
    """Raises NotAllowed unless `allowed`."""
    if not allowed(actor, action, unit):
        raise NotAllowed(action)


def visible_unit(actor: Actor) -> UnitCode | None:
    """The only unit whose reports and results the actor may list; None = all of them."""
    return (actor.unit or UnitCode("")) if actor.role is Role.REGION else None
