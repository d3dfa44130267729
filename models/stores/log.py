"""The store of the log: one entry for every act, in the same transaction as what the act changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, func, insert, select

from models.errors import RowDamaged
from models.records import Detail, LogEntry
from models.stores.rows import columns_of
from models.tables.log import LogEntryRow
from models.texts import storable_text

_MOST_AT_ONCE: Final = 1000


def canonical_json(detail: Detail) -> str:
    """The one text of a detail: sorted keys, no blanks, characters as they are.

    Raises:
        TypeError: it holds a float, a key that is no text, or something else that is not plain data.
        UnstorableText: a text in it cannot be kept.
    """
    return json.dumps(
        _plain(detail), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def _plain(value: object) -> object:
    match value:
        case str():
            return storable_text(value)
        case None | bool() | int():
            return value
        case Mapping():
            return {_plain_key(key): _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case _:
            raise TypeError(f"a log entry cannot tell {type(value).__name__}: write it as text")


def _plain_key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key in a log entry's detail must be a text, not {key!r}")
    return storable_text(key)


class Log:
    """The log in the transaction of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(
        self,
        *,
        at: datetime,
        actor: str,
        act: str,
        object_kind: str,
        object_id: str,
        detail: Detail | None = None,
    ) -> LogEntry:
        """Add an entry at the end. No act is without an actor.

        Raises:
            ValueError: actor or act is empty.
            TypeError: the detail is not plain data (see `canonical_json`).
        """
        if not actor or not act:
            raise ValueError("a log entry needs an actor and an act")
        told = canonical_json(detail or {})
        # Nobody else writes until this transaction ends, so the last position stays the last.
        position = self.last_position() + 1
        entry = LogEntry(
            position=position,
            at=at,
            actor=actor,
            act=act,
            object_kind=object_kind,
            object_id=object_id,
            detail=json.loads(told),
        )
        self._connection.execute(
            insert(LogEntryRow).values(
                position=position,
                at=at,
                actor=actor,
                act=act,
                object_kind=object_kind,
                object_id=object_id,
                detail=told,
            )
        )
        return entry

    def last_position(self) -> int:
        """The position of the last entry; 0 when there is none."""
        return self._connection.execute(select(func.coalesce(func.max(LogEntryRow.position), 0))).scalar_one()

    def entries(self, *, after: int = 0, limit: int = _MOST_AT_ONCE) -> tuple[LogEntry, ...]:
        """Entries after a position, oldest first, at most `limit` (and never more than 1,000)."""
        return self._read(
            self._selected().where(LogEntryRow.position > after).limit(min(limit, _MOST_AT_ONCE))
        )

    def about(self, object_kind: str, object_id: str) -> tuple[LogEntry, ...]:
        """Everything that was ever done to one object, oldest first."""
        return self._read(
            self._selected().where(LogEntryRow.object_kind == object_kind, LogEntryRow.object_id == object_id)
        )

    def _selected(self) -> Select[Any]:
        return select(*columns_of(LogEntry, LogEntryRow)).order_by(LogEntryRow.position)

    def _read(self, query: Select[Any]) -> tuple[LogEntry, ...]:
        return tuple(_entry(row._asdict()) for row in self._connection.execute(query))


def _entry(values: dict[str, Any]) -> LogEntry:
    try:
        detail = json.loads(values["detail"])
    except json.JSONDecodeError:
        raise RowDamaged("操作记录", values["detail"]) from None
    return LogEntry(**{**values, "detail": detail})
