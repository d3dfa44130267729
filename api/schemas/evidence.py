"""Shapes of evidence: files, and what each of them proves."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.schemas.base import Body, Moment
from intake.evidence.kinds import EvidenceKind
from services.evidence import EvidenceView, Proves

_Word = Annotated[str, Field(max_length=500)]


class LinkBody(Body):
    """One thing that a file proves."""

    id: str
    element: str = Field(description="数据项;其余为空。A figure.")
    member: str = Field(description="分类。Its breakdown.")
    indicator: str = Field(description="指标。An indicator.")
    issue: str = Field(description="说明所对应的问题。The key of the issue that was explained.")
    note: str
    linked_at: Moment
    withdrawn_at: Moment | None


class EvidenceBody(Body):
    """One file that a unit has attached to a period."""

    id: str
    unit: str
    period: str
    kind: EvidenceKind = Field(description="按内容判断的格式。By its content.")
    file_name: str = Field(description="只用于显示。Only to be shown.")
    size: int
    sha256: str
    uploaded_at: Moment
    withdrawn_at: Moment | None
    withdrawn_because: str
    links: list[LinkBody]


class EvidencesBody(Body):
    """Files, oldest first."""

    items: list[EvidenceBody]


class ProvesBody(Body):
    """What a file is said to prove: one of element, indicator and issue."""

    element: _Word = ""
    member: _Word = ""
    indicator: _Word = ""
    issue: _Word = ""
    note: _Word = ""

    def as_asked(self) -> Proves:
        """For the use case."""
        return Proves(**self.model_dump())


class WithdrawBody(Body):
    """What is asked for when a file is taken back."""

    reason: _Word = Field(description="理由。Why.")


def evidence_body(view: EvidenceView) -> EvidenceBody:
    """A file on the wire."""
    file = view.file
    return EvidenceBody(
        id=file.id,
        unit=file.unit,
        period=file.period,
        kind=EvidenceKind(file.kind),
        file_name=file.file_name,
        size=file.size,
        sha256=file.sha256,
        uploaded_at=file.uploaded_at,
        withdrawn_at=file.withdrawn_at,
        withdrawn_because=file.withdrawn_because,
        links=[
            LinkBody(
                id=link.id,
                element=link.element,
                member=link.member,
                indicator=link.indicator,
                issue=link.issue_key,
                note=link.note,
                linked_at=link.linked_at,
                withdrawn_at=link.withdrawn_at,
            )
            for link in view.links
        ],
    )
