"""The workday calendar and granted extensions; how they came to be as they are stands in the log."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import KEYED, STRICT, Base
from models.calendar_records import DayKind, YearStatus
from scoring.codes import PeriodCode, UnitCode


class CalendarYearRow(Base):
    """One year: whether its notice is out."""

    __tablename__ = "calendar_years"
    __table_args__ = STRICT

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[YearStatus]
    notice: Mapped[str]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
    log_position: Mapped[int] = mapped_column(ForeignKey("log_entries.position"))


class WorkdayRow(Base):
    """One day off, one weekend day worked, or one day that the office has set."""

    __tablename__ = "workdays"
    __table_args__ = KEYED

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[DayKind]
    source: Mapped[str]
    corrected: Mapped[bool]
    because: Mapped[str]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
    log_position: Mapped[int] = mapped_column(ForeignKey("log_entries.position"))


class ExtensionRow(Base):
    """One extension. Only its revocation is ever added."""

    __tablename__ = "extensions"
    __table_args__ = (
        CheckConstraint("asked_by <> granted_by", name="two_persons"),
        Index(None, "period", "unit"),
        STRICT,
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[UnitCode]
    period: Mapped[PeriodCode]
    last_day: Mapped[date]
    reason: Mapped[str]
    asked_by: Mapped[str]
    granted_by: Mapped[str]
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str]
    revoked_because: Mapped[str]
