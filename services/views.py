"""What use cases answer with: frozen, shared by the API, the pages and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from models.records import ReportId, ReportState, RunId, StoredReport
from scoring.codes import NodeCode, PeriodCode, UnitCode
from scoring.results import AdjustmentScore, NodeScore, UnitResult
from scoring.rulebook.rules import RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof of what was handed in and how it stands."""

    report: ReportId
    unit: UnitCode
    period: PeriodCode
    version: int
    state: ReportState
    file_name: str
    file_sha256: str
    format: str
    figures_sha256: str
    """The same figures have the same one, in whatever file they came; empty for tables."""
    received_at: datetime
    reason: str = ""


def receipt_of(report: StoredReport) -> Receipt:
    """What the submitter keeps: which file, which version, when, in which state."""
    return Receipt(
        report=report.id,
        unit=report.unit,
        period=report.period,
        version=report.version,
        state=report.state,
        file_name=report.file_name,
        file_sha256=report.file_sha256,
        format=report.format,
        figures_sha256=report.figures_sha256,
        received_at=report.received_at,
        reason=report.reason,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """One scoring run."""

    id: RunId
    period: PeriodCode
    label: str
    rule_set: str
    rule_set_version: str
    rule_set_digest: str
    facts_digest: str
    result_digest: str
    engine_version: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingLine:
    """One unit in a ranking; sections in the order of the tree."""

    unit: UnitCode
    name: str
    short: str
    result: UnitResult
    sections: tuple[NodeScore, ...]
    best: tuple[str, ...] = ()
    """Titles of the sections with the most points, where the rules name them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A run's ranking, best first; units without a place come last."""

    run: RunView
    section_titles: tuple[tuple[NodeCode, str, Fraction], ...]
    """Code, title and full points of each section."""
    lines: tuple[RankingLine, ...]
    names_best: bool = False
    """Whether the rules ask to name each unit's best sections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """One node of a unit's card: how deep it lies, what it is called, what it earned."""

    depth: int
    code: NodeCode
    title: str
    kind: str
    measure: str
    score: NodeScore
    best: tuple[tuple[NodeCode, str], ...] = ()
    """Code and title of the children with the most points, where the rules name them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionCard:
    """Everything a run says of one unit, as the tree reads."""

    run: RunView
    unit: UnitCode
    name: str
    result: UnitResult
    lines: tuple[CardLine, ...]
    adjustments: tuple[tuple[str, AdjustmentScore], ...]
    """Name and effect of each adjustment that held."""
    rules: RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file to hand out."""

    content: bytes
    media_type: str
    file_name: str
