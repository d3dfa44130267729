"""How a submitter may explain a soft issue: the reasons to choose from, its length, how long it holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NewType

ReasonCode = NewType("ReasonCode", str)
"""A reason's own code, such as `campaign`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason of the list."""

    code: ReasonCode
    name: str
    """What the submitter chooses by, in Chinese."""
    needs_evidence: bool = False
    """Whether it only holds with a file that proves it."""


COMMON_REASONS = (
    Reason(code=ReasonCode("season"), name="季节或集中发布"),
    Reason(code=ReasonCode("campaign"), name="专项行动"),
    Reason(code=ReasonCode("large_case"), name="个别重大案件"),
    Reason(code=ReasonCode("organisation"), name="机构或职责调整"),
    Reason(code=ReasonCode("definition"), name="口径变化"),
    Reason(code=ReasonCode("correction"), name="更正以前的差错"),
    Reason(code=ReasonCode("not_available"), name="暂时取不到数"),
    Reason(code=ReasonCode("confirmed"), name="已核对无误"),
    Reason(code=ReasonCode("other"), name="其他"),
)
"""What a rule set that names no reasons offers."""


@dataclass(frozen=True)
class ExplanationRules:
    """What an explanation must be, and for how long it is offered again.

    least, most: characters of the text, both inclusive; blanks do not count for the least.
    quarters: in how many quarters after its own an accepted explanation is offered again; 0 = never.
    """

    reasons: tuple[Reason, ...] = COMMON_REASONS
    least: int = 5
    most: int = 500
    quarters: int = 2

    @cached_property
    def codes(self) -> frozenset[ReasonCode]:
        """The codes of the reasons."""
        return frozenset(each.code for each in self.reasons)

    def needs_evidence(self, code: str) -> bool:
        """Whether the reason only holds with a file that proves it; an unknown one does not say so."""
        return any(each.needs_evidence for each in self.reasons if each.code == code)

    def name(self, code: str) -> str:
        """What a reason is called; its code where it is not known (any more)."""
        return next((each.name for each in self.reasons if each.code == code), code)
