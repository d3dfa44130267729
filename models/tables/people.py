"""Who may act, and the keys by which they are known to the program."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import STRICT, Base
from models.records import PersonId, Sha256
from scoring.codes import UnitCode


class PersonRow(Base):
    """One person, or an account of the system itself."""

    __tablename__ = "people"
    __table_args__ = STRICT

    id: Mapped[PersonId] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str]
    unit: Mapped[UnitCode | None]
    disabled: Mapped[bool]


class ApiKeyRow(Base):
    """One key: its first characters to find and show it by, and the digest of the whole."""

    __tablename__ = "api_keys"
    __table_args__ = (
        UniqueConstraint("hash"),
        CheckConstraint("length(hash) = 64", name="hash"),
        STRICT,
    )

    prefix: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[Sha256]
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
