"""Reports, and what was found in them; all but a report's state is written once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import KEYED, STRICT, Base
from models.records import ReportId, ReportState, Sha256
from models.texts import AmountKind
from scoring.codes import ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.errors import Severity
from scoring.facts import Standing


class ReportRow(Base):
    """One version of a report. Only state, decided_at and reason ever change."""

    __tablename__ = "reports"
    __table_args__ = (
        UniqueConstraint("unit", "period", "provider", "version"),
        CheckConstraint("version >= 1", name="version"),
        Index(None, "period", "unit"),
        Index(None, "received_at", "id"),
        STRICT,
    )

    id: Mapped[ReportId] = mapped_column(primary_key=True)
    rule_set_digest: Mapped[Sha256] = mapped_column(ForeignKey("rule_sets.digest"))
    unit: Mapped[UnitCode]
    period: Mapped[PeriodCode]
    provider: Mapped[str]
    version: Mapped[int]
    state: Mapped[ReportState]
    file_sha256: Mapped[Sha256] = mapped_column(ForeignKey("blobs.sha256"))
    file_name: Mapped[str]
    received_at: Mapped[datetime]
    actor: Mapped[str]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str]
    format: Mapped[str] = mapped_column(server_default="xlsx")
    figures_sha256: Mapped[Sha256] = mapped_column(server_default="")
    content_sha256: Mapped[Sha256] = mapped_column(server_default="")
    required: Mapped[int] = mapped_column(server_default="0")
    filled: Mapped[int] = mapped_column(server_default="0")
    faulty: Mapped[int] = mapped_column(server_default="0")


class ReportIssueRow(Base):
    """One thing wrong in a report, in the order in which the submitter was told (from 0)."""

    __tablename__ = "report_issues"
    __table_args__ = STRICT

    report_id: Mapped[ReportId] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    severity: Mapped[Severity]
    zh: Mapped[str]
    en: Mapped[str]
    fix_zh: Mapped[str]
    fix_en: Mapped[str]
    sheet: Mapped[str]
    cell: Mapped[str]
    row_label: Mapped[str]
    column_label: Mapped[str]
    found: Mapped[str]
    expected: Mapped[str]
    source: Mapped[str]


class ReportFindingRow(Base):
    """One thing that only the reviewer is told, in order (from 0); the columns are those of an issue."""

    __tablename__ = "report_findings"
    __table_args__ = STRICT

    report_id: Mapped[ReportId] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    severity: Mapped[Severity]
    zh: Mapped[str]
    en: Mapped[str]
    fix_zh: Mapped[str]
    fix_en: Mapped[str]
    sheet: Mapped[str]
    cell: Mapped[str]
    row_label: Mapped[str]
    column_label: Mapped[str]
    found: Mapped[str]
    expected: Mapped[str]
    source: Mapped[str]


class ReportFactRow(Base):
    """One figure of a report, and the cell it was read from (both empty where there is none)."""

    __tablename__ = "report_facts"
    __table_args__ = (CheckConstraint("(kind = 'none') = (amount IS NULL)", name="amount"), KEYED)

    report_id: Mapped[ReportId] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    element: Mapped[ElementCode] = mapped_column(primary_key=True)
    member: Mapped[MemberCode] = mapped_column(primary_key=True)
    period: Mapped[PeriodCode] = mapped_column(primary_key=True)
    amount: Mapped[str | None]
    kind: Mapped[AmountKind]
    standing: Mapped[Standing]
    sheet: Mapped[str]
    cell: Mapped[str]
