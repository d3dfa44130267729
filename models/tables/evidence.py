"""Evidence files and what they prove; only their withdrawal is ever added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import STRICT, Base
from models.records import Sha256
from scoring.codes import PeriodCode, UnitCode


class EvidenceRow(Base):
    """One file; its bytes are a blob."""

    __tablename__ = "evidence"
    __table_args__ = (CheckConstraint("size >= 1", name="size"), Index(None, "unit", "period"), STRICT)

    id: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[Sha256] = mapped_column(ForeignKey("blobs.sha256"))
    unit: Mapped[UnitCode]
    period: Mapped[PeriodCode]
    kind: Mapped[str]
    file_name: Mapped[str]
    size: Mapped[int]
    uploaded_by: Mapped[str]
    uploaded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str]
    withdrawn_because: Mapped[str]


class EvidenceLinkRow(Base):
    """One thing that a file proves."""

    __tablename__ = "evidence_links"
    __table_args__ = (
        CheckConstraint(
            "(element <> '') <> (indicator <> '') AND issue_key = '' "
            "OR element = '' AND indicator = '' AND issue_key <> ''",
            name="one_target",
        ),
        STRICT,
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id"), index=True)
    element: Mapped[str]
    member: Mapped[str]
    indicator: Mapped[str]
    issue_key: Mapped[str]
    note: Mapped[str]
    linked_by: Mapped[str]
    linked_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str]
