"""The store of extensions: who may report later than the rule says, granted by whom, and whether it holds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from models.calendar_records import StoredExtension
from models.errors import NotStored
from models.stores.rows import columns_of, values_of
from models.tables.calendar import ExtensionRow
from scoring.codes import PeriodCode, UnitCode


class Extensions:
    """Extensions in the transaction of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, extension: StoredExtension) -> None:
        """Keep a new one.

        Raises:
            IntegrityError: the id is taken, or who asked is who granted (Conflict, outside).
        """
        self._connection.execute(insert(ExtensionRow).values(values_of(extension)))

    def list(self, *, unit: UnitCode | None, period: PeriodCode | None = None) -> tuple[StoredExtension, ...]:
        """Extensions in the order in which they were granted, revoked ones too; None does not narrow."""
        query = select(*columns_of(StoredExtension, ExtensionRow))
        if unit is not None:
            query = query.where(ExtensionRow.unit == unit)
        if period is not None:
            query = query.where(ExtensionRow.period == period)
        found = self._connection.execute(query.order_by(ExtensionRow.granted_at, ExtensionRow.id))
        return tuple(StoredExtension(**row._asdict()) for row in found)

    def in_force(self, unit: UnitCode, period: PeriodCode) -> StoredExtension | None:
        """The one that counts: the last granted that is not revoked; None = the rule's own last day."""
        valid = [each for each in self.list(unit=unit, period=period) if each.revoked_at is None]
        return valid[-1] if valid else None

    def revoke(self, extension_id: str, *, at: datetime, by: str, because: str) -> None:
        """From now on it does not count; one that is revoked already stays as it was.

        Raises:
            NotStored: there is none of this id that still counts.
        """
        changed = self._connection.execute(
            update(ExtensionRow)
            .where(ExtensionRow.id == extension_id, ExtensionRow.revoked_at.is_(None))
            .values(revoked_at=at, revoked_by=by, revoked_because=because)
        )
        if not changed.rowcount:
            raise NotStored("延期", extension_id)
