"""What the store of evidence takes and gives: frozen records of files and of what they prove."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.records import Sha256
from scoring.codes import PeriodCode, UnitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvidence:
    """One file that a unit has attached to a period; its bytes are kept by their digest.

    kind: what its content is, such as pdf. file_name: only to be shown. withdrawn_at: None while it counts;
    it is never deleted.
    """

    id: str
    sha256: Sha256
    unit: UnitCode
    period: PeriodCode
    kind: str
    file_name: str
    size: int
    uploaded_by: str
    uploaded_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLink:
    """What a file proves: a figure (element, member, period), an indicator, or what was said to an issue.

    Of element, indicator and issue_key one is not empty.
    """

    id: str
    evidence_id: str
    element: str
    member: str
    indicator: str
    issue_key: str
    note: str
    linked_by: str
    linked_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
