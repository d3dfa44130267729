"""Rule sets and their files, so that any score can be made again from the very rules; written once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import KEYED, STRICT, Base
from models.records import Sha256


class RuleSetRow(Base):
    """One rule set, by the digest over the names and bytes of its files."""

    __tablename__ = "rule_sets"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest"), KEYED)

    digest: Mapped[Sha256] = mapped_column(primary_key=True)
    code: Mapped[str]
    title: Mapped[str]
    year: Mapped[int]
    version: Mapped[str]
    stored_at: Mapped[datetime]


class RuleSetFileRow(Base):
    """One file of a rule set; the path is relative to the rule set's folder."""

    __tablename__ = "rule_set_files"
    __table_args__ = STRICT

    digest: Mapped[Sha256] = mapped_column(ForeignKey("rule_sets.digest"), primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]
