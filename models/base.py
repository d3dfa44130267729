"""The root of all tables: how constraints are named, and which Python type is kept in which column type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, ClassVar, Final

from sqlalchemy import Integer, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase

from models.calendar_records import DayKind, YearStatus
from models.columns import Chosen, Day, ExactNumber, Flag, Moment, StandingName, Words
from models.records import PersonId, ReportId, ReportState, RunId, Sha256
from models.texts import AmountKind
from scoring.codes import ElementCode, MemberCode, NodeCode, PeriodCode, UnitCode
from scoring.errors import Severity
from scoring.facts import Standing
from scoring.results import Outcome

NAMES: Final = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

STRICT: Final[Mapping[str, Any]] = {"sqlite_strict": True}
"""SQLite holds each column to its type."""

KEYED: Final[Mapping[str, Any]] = {"sqlite_strict": True, "sqlite_with_rowid": False}
"""The same, rows stored in the order of their primary key: for short rows with a key from the domain.

Wide rows (file contents, sentences) stay ordinary: SQLite's manual advises it from 1/20 of a page on.
"""

_TEXTS = (str, ReportId, RunId, PersonId, Sha256, ElementCode, MemberCode, NodeCode, PeriodCode, UnitCode)
_CHOICES = (AmountKind, ReportState, Severity, Outcome, DayKind, YearStatus)


class Base(DeclarativeBase):
    """Rows are never objects with a life of their own: the classes only name typed columns for queries."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        **dict.fromkeys(_TEXTS, Words),
        **{choice: Chosen(choice) for choice in _CHOICES},
        int: Integer,
        bool: Flag,
        bytes: LargeBinary,
        datetime: Moment,
        date: Day,
        Fraction: ExactNumber,
        Standing: StandingName,
    }
