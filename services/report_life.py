"""The life of a report: one table says which act may follow which state, and names the rule that refuses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from models.records import ReportState, StoredReport
from models.unit_of_work import UnitOfWork
from services.errors import Conflict
from services.policy import Action


class Act(StrEnum):
    """What people do to a report that is kept; each is one entry of the log."""

    EXPLAIN = "explain_issues"
    TAKE = "take_report"
    ACCEPT = "accept_report"
    RETURN = "return_report"


ACT_WORDS: Final[Mapping[Act, tuple[str, str]]] = {
    Act.EXPLAIN: ("说明问题", "explain"),
    Act.TAKE: ("开始审核", "take for review"),
    Act.ACCEPT: ("审核通过", "accept"),
    Act.RETURN: ("退回", "return"),
}
STATE_WORDS: Final[Mapping[ReportState, str]] = {
    ReportState.DRAFT: "待说明",
    ReportState.SUBMITTED: "已提交",
    ReportState.RESUBMITTED: "已重新提交",
    ReportState.UNDER_REVIEW: "审核中",
    ReportState.RETURNED: "已退回",
    ReportState.ACCEPTED: "已通过",
    ReportState.LOCKED: "已锁定",
    ReportState.AMENDED: "锁定后更正",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One line of the table.

    later: where a version after the first goes instead; None = where the first goes. action: the right that
    is asked for. two_persons: nobody who made the report may do it.
    """

    to: ReportState
    action: Action
    later: ReportState | None = None
    two_persons: bool = False

    def state_for(self, version: int) -> ReportState:
        """Where this version goes."""
        return self.to if version == 1 or self.later is None else self.later


_EXPLAINED = Move(to=ReportState.SUBMITTED, later=ReportState.RESUBMITTED, action=Action.UPLOAD)
_TAKEN = Move(to=ReportState.UNDER_REVIEW, action=Action.REVIEW, two_persons=True)
_ACCEPTED = Move(to=ReportState.ACCEPTED, action=Action.REVIEW, two_persons=True)
_RETURNED = Move(to=ReportState.RETURNED, action=Action.REVIEW, two_persons=True)

MOVES: Final[Mapping[tuple[ReportState, Act], Move]] = {
    (ReportState.DRAFT, Act.EXPLAIN): _EXPLAINED,
    (ReportState.SUBMITTED, Act.TAKE): _TAKEN,
    (ReportState.SUBMITTED, Act.ACCEPT): _ACCEPTED,
    (ReportState.SUBMITTED, Act.RETURN): _RETURNED,
    (ReportState.RESUBMITTED, Act.TAKE): _TAKEN,
    (ReportState.RESUBMITTED, Act.ACCEPT): _ACCEPTED,
    (ReportState.RESUBMITTED, Act.RETURN): _RETURNED,
    (ReportState.UNDER_REVIEW, Act.ACCEPT): _ACCEPTED,
    (ReportState.UNDER_REVIEW, Act.RETURN): _RETURNED,
}
"""Every move there is: what is not in it, nobody can do. A report that waits to be explained moves on when
its last question is answered."""

WAITS_FOR_REVIEW: Final = frozenset(state for state, act in MOVES if act is Act.ACCEPT)
"""The states in which the office decides."""


class IllegalMove(Conflict):
    """The report is in a state in which this cannot be done; says what can."""

    code = "wrong-state"

    def __init__(self, state: ReportState, act: Act) -> None:
        self.state, self.act = state, act
        next_acts = acts_after(state)
        zh, en = ACT_WORDS[act]
        may = "、".join(ACT_WORDS[each][0] for each in next_acts)
        may_en = ", ".join(ACT_WORDS[each][1] for each in next_acts)
        hint = f"现在可以:{may}" if may else "要更改的,请重新上传一版"
        hint_en = f"what may be done now: {may_en}" if may_en else "to change it, upload a new version"
        super().__init__(
            f"报表现在是“{STATE_WORDS[state]}”({state}),不能{zh};{hint}",
            f"the report is {state}: it is impossible to {en} it; {hint_en}",
        )


def acts_after(state: ReportState) -> tuple[Act, ...]:
    """What may be done to a report in this state, in the order of the acts."""
    return tuple(act for act in Act if (state, act) in MOVES)


def states_before(act: Act) -> tuple[ReportState, ...]:
    """The states in which this may be done."""
    return tuple(state for state in ReportState if (state, act) in MOVES)


def demand_move(state: ReportState, act: Act) -> Move:
    """The line of the table; raises IllegalMove where there is none."""
    move = MOVES.get((state, act))
    if move is None:
        raise IllegalMove(state, act)
    return move


def makers_of(work: UnitOfWork, report: StoredReport) -> Collection[str]:
    """Who made the report what it is: the one who uploaded it, and those who explained it."""
    return {report.actor} | {each.actor for each in work.explanations.of_report(report.id).values()}


def life_table() -> str:
    """The table as the documentation prints it, in Markdown."""
    lines = ["| 状态 | 做什么 | 变成 | 谁 | 另一个人 |", "|---|---|---|---|---|"]
    for (state, act), move in MOVES.items():
        after = [f"{STATE_WORDS[each]} `{each}`" for each in (move.to, move.later) if each is not None]
        second = "是" if move.two_persons else "否"
        lines.append(
            f"| {STATE_WORDS[state]} `{state}` | {ACT_WORDS[act][0]} | {' / '.join(after)} "
            f"| {move.action} | {second} |"
        )
    return "\n".join(lines)
