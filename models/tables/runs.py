"""Scoring runs and their results, stored as they are read: a ranking is sorted when written; written once."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import KEYED, Base
from models.records import ReportId, RunId, Sha256
from models.texts import AmountKind
from scoring.codes import NodeCode, PeriodCode, UnitCode
from scoring.results import Outcome

_VALUE = "(value_kind = 'none') = (value IS NULL)"


class RunRow(Base):
    """One scoring of one period."""

    __tablename__ = "runs"
    __table_args__ = (Index(None, "period", "created_at"), KEYED)

    id: Mapped[RunId] = mapped_column(primary_key=True)
    period: Mapped[PeriodCode]
    rule_set_digest: Mapped[Sha256] = mapped_column(ForeignKey("rule_sets.digest"))
    facts_digest: Mapped[Sha256]
    engine_version: Mapped[str]
    result_digest: Mapped[Sha256]
    label: Mapped[str]
    created_at: Mapped[datetime]
    actor: Mapped[str]


class RunReportRow(Base):
    """One report whose figures a run has used."""

    __tablename__ = "run_reports"
    __table_args__ = KEYED

    run_id: Mapped[RunId] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    report_id: Mapped[ReportId] = mapped_column(ForeignKey("reports.id"), primary_key=True)


class RunScoreRow(Base):
    """The score of one unit at one node; a card is read by the key, the page of a node by the index."""

    __tablename__ = "run_scores"
    __table_args__ = (CheckConstraint(_VALUE, name="value"), Index(None, "run_id", "node"), KEYED)

    run_id: Mapped[RunId] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    unit: Mapped[UnitCode] = mapped_column(primary_key=True)
    node: Mapped[NodeCode] = mapped_column(primary_key=True)
    value: Mapped[str | None]
    value_kind: Mapped[AmountKind]
    points: Mapped[Fraction | None]
    max_points: Mapped[Fraction]
    outcome: Mapped[Outcome]
    rank: Mapped[int | None]
    rank_half: Mapped[bool] = mapped_column(server_default="0")
    """Whether the place is half a place behind `rank`, where equals share the average of their places."""


class RunAdjustmentRow(Base):
    """What one adjustment did to one unit."""

    __tablename__ = "run_adjustments"
    __table_args__ = (CheckConstraint(_VALUE, name="value"), KEYED)

    run_id: Mapped[RunId] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    unit: Mapped[UnitCode] = mapped_column(primary_key=True)
    code: Mapped[NodeCode] = mapped_column(primary_key=True)
    points: Mapped[Fraction]
    triggered: Mapped[bool]
    value: Mapped[str | None]
    value_kind: Mapped[AmountKind]


class RunResultRow(Base):
    """The final result of one unit; position is its line in the ranking, from 0."""

    __tablename__ = "run_results"
    __table_args__ = (UniqueConstraint("run_id", "position"), KEYED)

    run_id: Mapped[RunId] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    unit: Mapped[UnitCode] = mapped_column(primary_key=True)
    position: Mapped[int]
    base: Mapped[Fraction | None]
    bonus: Mapped[Fraction]
    penalty: Mapped[Fraction]
    final: Mapped[Fraction | None]
    score: Mapped[Fraction | None]
    grade: Mapped[str]
    tier: Mapped[str]
    converted: Mapped[Fraction | None]
    rank: Mapped[int | None]
    peer_group: Mapped[str]
    group_rank: Mapped[int | None]
    effects: Mapped[str]
    """Codes of adjustments as a JSON list."""
    rank_half: Mapped[bool] = mapped_column(server_default="0")
    group_rank_half: Mapped[bool] = mapped_column(server_default="0")
    """Whether the places are half a place behind `rank` and `group_rank`."""
