"""What the stores take and give besides the types of scoring: frozen records of what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from scoring.codes import NodeCode, PeriodCode, UnitCode
from scoring.results import AdjustmentScore, NodeScore, UnitResult
from scoring.rulebook.rules import RuleSet

ReportId = NewType("ReportId", str)
"""A report: a text that sorts by time and says nothing, such as a ULID."""

RunId = NewType("RunId", str)
"""A scoring run, named like a report."""

PersonId = NewType("PersonId", str)
"""A person who acts, or a system's own account."""

Sha256 = NewType("Sha256", str)
"""A SHA-256 in 64 small hexadecimal digits."""

Detail = Mapping[str, object]
"""What a log entry tells: texts, whole numbers, booleans, null, and lists and maps of them. No float."""


class ReportState(StrEnum):
    """Where a report is in its life. Which moves are allowed is for the services to say."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RESUBMITTED = "resubmitted"
    UNDER_REVIEW = "under_review"
    """A reviewer of the office has taken it."""
    RETURNED = "returned"
    ACCEPTED = "accepted"
    LOCKED = "locked"
    AMENDED = "amended"
    """Accepted after the lock, by two persons."""

    @property
    def is_in_force(self) -> bool:
        """Whether its figures count, as long as no later version's do."""
        return self in {ReportState.ACCEPTED, ReportState.LOCKED, ReportState.AMENDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRuleSet:
    """A rule set as it was when first used; its files are asked for by its digest."""

    digest: Sha256
    code: str
    title: str
    year: int
    version: str
    stored_at: datetime

    @classmethod
    def summary_of(cls, rule_set: RuleSet, stored_at: datetime) -> StoredRuleSet:
        """The record of a loaded rule set."""
        return cls(
            digest=Sha256(rule_set.digest),
            code=rule_set.code,
            title=rule_set.title,
            year=rule_set.year,
            version=rule_set.version,
            stored_at=stored_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReport:
    """One version of what a provider handed in for a unit and a period.

    `version` counts from 1 within (unit, period, provider). `decided_at` and `reason` belong to the last
    decision (acceptance, return); None and empty before any. Digests are empty and counts 0 for tables and
    for what the system derives. required, filled, faulty: fields, as `intake.report.Intake` counts them.
    """

    id: ReportId
    rule_set_digest: Sha256
    unit: UnitCode
    period: PeriodCode
    provider: str
    version: int
    state: ReportState
    file_sha256: Sha256
    file_name: str
    received_at: datetime
    actor: str
    decided_at: datetime | None = None
    reason: str = ""
    format: str = "xlsx"
    figures_sha256: Sha256 = Sha256("")
    """Of the canonical report: the same figures have the same one in whatever file they come."""
    content_sha256: Sha256 = Sha256("")
    """Of all that was read and found: figures, issues, explanations."""
    required: int = 0
    filled: int = 0
    faulty: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredExplanation:
    """What was said to one soft issue of a report; `version` counts from 1 for the issue.

    `found` is the value that the issue was about, so that it is known whether the saying still fits.
    """

    report_id: ReportId
    issue_key: str
    version: int
    reason: str
    text: str
    found: str
    given_at: datetime
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRun:
    """One scoring: of what, by what, when, by whom; its results never change."""

    id: RunId
    period: PeriodCode
    rule_set_digest: Sha256
    facts_digest: Sha256
    engine_version: str
    result_digest: Sha256
    label: str
    """What the run is for, in the words of the office: "监测", "年度"."""
    created_at: datetime
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCard:
    """Everything a run says of one unit; scores by node and adjustments by code, in code-point order."""

    result: UnitResult
    scores: tuple[NodeScore, ...]
    adjustments: tuple[AdjustmentScore, ...]

    @property
    def by_node(self) -> Mapping[NodeCode, NodeScore]:
        """The scores by their nodes."""
        return {score.node: score for score in self.scores}


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One act: who did what to what, and when. Positions run from 1 without a gap."""

    position: int
    at: datetime
    actor: str
    act: str
    object_kind: str
    object_id: str
    detail: Detail = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who may act; `role` holds the words of all roles, apart by blanks.

    `unit` is None for those who belong to no unit (the office, an auditor).
    """

    id: PersonId
    name: str
    role: str
    unit: UnitCode | None = None
    disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key without its secret: the prefix is what people see of it."""

    prefix: str
    person_id: PersonId
    created_at: datetime
    revoked_at: datetime | None = None
