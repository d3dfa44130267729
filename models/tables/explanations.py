"""What submitters say to soft issues, word for word; a later saying stands beside the earlier one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import STRICT, Base
from models.records import ReportId


class ExplanationRow(Base):
    """One explanation; the highest version of an issue is the one that counts. Written once."""

    __tablename__ = "explanations"
    __table_args__ = (CheckConstraint("version >= 1", name="version"), STRICT)

    report_id: Mapped[ReportId] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    issue_key: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str]
    text: Mapped[str]
    found: Mapped[str]
    given_at: Mapped[datetime]
    actor: Mapped[str]
