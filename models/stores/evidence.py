"""The store of evidence: files by unit and period, and what they prove; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from models.errors import NotStored
from models.evidence_records import StoredEvidence, StoredLink
from models.stores.rows import columns_of, values_of
from models.tables.evidence import EvidenceLinkRow, EvidenceRow
from scoring.codes import PeriodCode, UnitCode


class EvidenceFiles:
    """Evidence in the transaction of a unit of work.

    Where a method takes `unit`, it looks no further than that unit; None is for those who may see all.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, evidence: StoredEvidence) -> None:
        """Keep a new file; its bytes must be kept first."""
        self._connection.execute(insert(EvidenceRow).values(values_of(evidence)))

    def by_id(self, evidence_id: str, *, unit: UnitCode | None) -> StoredEvidence:
        """One file, withdrawn or not.

        Raises:
            NotStored: there is none of this id, or it is another unit's: the asker cannot tell which.
        """
        for found in self.list(unit=unit, ids=(evidence_id,)):
            return found
        raise NotStored("佐证材料", evidence_id)

    def list(
        self,
        *,
        unit: UnitCode | None,
        period: PeriodCode | None = None,
        ids: Iterable[str] | None = None,
    ) -> tuple[StoredEvidence, ...]:
        """Files in the order in which they came, withdrawn ones too; None does not narrow."""
        query = select(*columns_of(StoredEvidence, EvidenceRow))
        if unit is not None:
            query = query.where(EvidenceRow.unit == unit)
        if period is not None:
            query = query.where(EvidenceRow.period == period)
        if ids is not None:
            query = query.where(EvidenceRow.id.in_(tuple(ids)))
        found = self._connection.execute(query.order_by(EvidenceRow.uploaded_at, EvidenceRow.id))
        return tuple(StoredEvidence(**row._asdict()) for row in found)

    def withdraw(self, evidence_id: str, *, at: datetime, by: str, because: str) -> None:
        """From now on it proves nothing.

        Raises:
            NotStored: there is none of this id that is not withdrawn.
        """
        changed = self._connection.execute(
            update(EvidenceRow)
            .where(EvidenceRow.id == evidence_id, EvidenceRow.withdrawn_at.is_(None))
            .values(withdrawn_at=at, withdrawn_by=by, withdrawn_because=because)
        )
        if not changed.rowcount:
            raise NotStored("佐证材料", evidence_id)

    def add_link(self, link: StoredLink) -> None:
        """Keep what a file proves.

        Raises:
            IntegrityError: no such file, or not exactly one thing that it proves (Conflict, outside).
        """
        self._connection.execute(insert(EvidenceLinkRow).values(values_of(link)))

    def links(self, evidence_ids: Iterable[str]) -> tuple[StoredLink, ...]:
        """What these files prove, in the order in which it was said, withdrawn links too."""
        query = select(*columns_of(StoredLink, EvidenceLinkRow)).where(
            EvidenceLinkRow.evidence_id.in_(tuple(evidence_ids))
        )
        found = self._connection.execute(query.order_by(EvidenceLinkRow.linked_at, EvidenceLinkRow.id))
        return tuple(StoredLink(**row._asdict()) for row in found)

    def proved_issues(self, unit: UnitCode, period: PeriodCode) -> frozenset[str]:
        """The keys of the issues to which a file of the unit and period is linked, neither withdrawn."""
        query = (
            select(EvidenceLinkRow.issue_key)
            .join(EvidenceRow, EvidenceRow.id == EvidenceLinkRow.evidence_id)
            .where(
                EvidenceRow.unit == unit,
                EvidenceRow.period == period,
                EvidenceRow.withdrawn_at.is_(None),
                EvidenceLinkRow.withdrawn_at.is_(None),
                EvidenceLinkRow.issue_key != "",
            )
        )
        return frozenset(self._connection.execute(query).scalars())

    def withdraw_link(self, evidence_id: str, link_id: str, *, at: datetime, by: str) -> None:
        """From now on the file does not prove that.

        Raises:
            NotStored: the file has no link of this id that is not withdrawn.
        """
        changed = self._connection.execute(
            update(EvidenceLinkRow)
            .where(
                EvidenceLinkRow.id == link_id,
                EvidenceLinkRow.evidence_id == evidence_id,
                EvidenceLinkRow.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=at, withdrawn_by=by)
        )
        if not changed.rowcount:
            raise NotStored("佐证的对象", link_id)
