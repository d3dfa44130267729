"""The log of all acts; entries are only ever added, at the end."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import STRICT, Base


class LogEntryRow(Base):
    """One act. A trigger holds that positions run on without a gap."""

    __tablename__ = "log_entries"
    __table_args__ = (
        CheckConstraint("position >= 1", name="position"),
        Index(None, "object_kind", "object_id", "position"),
        STRICT,
    )

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    act: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[str]
    detail: Mapped[str]
    """Canonical JSON: sorted keys, no blanks, no escapes that are not needed."""
