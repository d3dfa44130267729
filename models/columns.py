"""Column types that keep a value exactly, and in the same text, on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, TypeVar

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from models.errors import MomentWithoutZone, RowDamaged
from models.texts import number_to_text, storable_text, text_to_number
from scoring.facts import Standing

_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z", re.ASCII)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_Value = TypeVar("_Value")
_Member = TypeVar("_Member", bound=StrEnum)


class _Kept(TypeDecorator[_Value]):
    """A type whose values are written by `keep` and read by `give`; NULL stays None."""

    impl: type[TypeEngine[Any]] = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text compared and sorted by code point: PostgreSQL must be told so, SQLite does by itself."""
        return Text(collation="C") if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: _Value | None, _dialect: Dialect) -> Any:
        """From Python to the database."""
        return None if value is None else self.keep(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> _Value | None:
        """From the database to Python."""
        return None if value is None else self.give(value)

    def keep(self, value: _Value) -> str | int:
        """What is stored for a value."""
        raise NotImplementedError

    def give(self, stored: Any) -> _Value:
        """The value of what is stored.

        Raises:
            RowDamaged: it is nothing that `keep` has written.
        """
        raise NotImplementedError


class Words(_Kept[str]):
    """Text that every database can keep; an enumeration's member goes in as its plain text."""

    cache_ok = True

    def keep(self, value: str) -> str:
        """Raises UnstorableText for NUL and lone surrogates."""
        return storable_text(str(value))

    def give(self, stored: str) -> str:
        """As it is."""
        return stored


class ExactNumber(_Kept[Fraction]):
    """An exact number as canonical text; no type of a database keeps it otherwise."""

    cache_ok = True

    def keep(self, value: Fraction) -> str:
        """Raises UnstorableNumber for more than about 900 digits."""
        return number_to_text(value)

    def give(self, stored: str) -> Fraction:
        """Always a Fraction."""
        return text_to_number(stored)


class Moment(_Kept[datetime]):
    """A moment as UTC text of one length, "2021-05-01T08:00:00.000000Z": texts sort as times do."""

    cache_ok = True

    def keep(self, value: datetime) -> str:
        """Raises MomentWithoutZone for a time that could mean any of 24 hours."""
        if value.utcoffset() is None:
            raise MomentWithoutZone(value)
        return value.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"

    def give(self, stored: str) -> datetime:
        """Always in UTC."""
        if not _MOMENT.fullmatch(stored):
            raise RowDamaged("时间", stored)
        try:
            return datetime.fromisoformat(stored)
        except ValueError:
            raise RowDamaged("时间", stored) from None


class Day(_Kept[date]):
    """A day of the calendar as "2021-05-08": texts sort as days do."""

    cache_ok = True

    def keep(self, value: date) -> str:
        """The day; the day of a moment (ask which zone's) is refused."""
        if isinstance(value, datetime):
            raise TypeError("a day is wanted, not a moment")
        return value.isoformat()

    def give(self, stored: str) -> date:
        """The day."""
        if not _DAY.fullmatch(stored):
            raise RowDamaged("日期", stored)
        try:
            return date.fromisoformat(stored)
        except ValueError:
            raise RowDamaged("日期", stored) from None


class Chosen(_Kept[_Member]):
    """A member of an enumeration as its text."""

    cache_ok = True

    def __init__(self, members: type[_Member]) -> None:
        self.members = members
        super().__init__()

    def keep(self, value: _Member) -> str:
        """A text that is no member is refused (ValueError), so that a slip of the pen is never stored."""
        return self.members(value).value

    def give(self, stored: str) -> _Member:
        """A member."""
        try:
            return self.members(stored)
        except ValueError:
            raise RowDamaged(self.members.__name__, stored) from None


class StandingName(_Kept[Standing]):
    """A standing by its name in small letters, "not_due": its number is free to change."""

    cache_ok = True

    def keep(self, value: Standing) -> str:
        """The name."""
        return value.name.lower()

    def give(self, stored: str) -> Standing:
        """The standing of that name."""
        try:
            return Standing[stored.upper()]
        except KeyError:
            raise RowDamaged("数的状态", stored) from None


class Flag(_Kept[bool]):
    """Yes or no as 1 or 0: STRICT tables of SQLite know no boolean."""

    impl = Integer
    cache_ok = True

    def load_dialect_impl(self, _dialect: Dialect) -> TypeEngine[Any]:
        """A plain whole number on both."""
        return Integer()

    def keep(self, value: bool) -> int:
        """1 or 0."""
        return int(value)

    def give(self, stored: int) -> bool:
        """True or False."""
        return bool(stored)
