"""Evidence (佐证材料): attaching, listing, saving, withdrawing; never shown in a browser."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.dependencies import Service, SignedIn
from api.pages import attachment
from api.routes.answers import Responses, refusals
from api.schemas.evidence import EvidenceBody, EvidencesBody, ProvesBody, WithdrawBody, evidence_body
from api.uploads import received_upload, upload_form
from intake.evidence.kinds import MEDIA_TYPES
from scoring.codes import UnitCode
from services.evidence import (
    Proves,
    attach_evidence,
    evidence_file,
    link_evidence,
    list_evidence,
    unlink_evidence,
    withdraw_evidence,
)

router = APIRouter(prefix="/evidence", tags=["佐证材料 evidence"])

_WORDS = {"unit": "单位代码,如 110000", "period": "报告期,如 2021Q1"}
_PROVES = {
    "element": "证明哪个数据项",
    "member": "数据项的哪个分类",
    "indicator": "证明哪项指标",
    "issue": "证明哪条说明(问题的 key)",
    "note": "附注",
}
_HARMLESS = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "private, no-store",
    "cross-origin-resource-policy": "same-origin",
}
"""A stranger's file is saved, never rendered, whatever a browser makes of it."""
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FILE: Responses = {
    200: {
        "description": "原件,只供另存。The very bytes, to be saved.",
        "content": dict.fromkeys(MEDIA_TYPES.values(), _BINARY),
    }
}
_Name = Annotated[str, Path(max_length=64, description="佐证材料编号")]
_Link = Annotated[str, Path(max_length=64, description="关联的编号")]
_Unit = Annotated[str | None, Query(max_length=64, description="只要这个单位的")]
_Period = Annotated[str | None, Query(max_length=16, description="只要这个报告期的")]


@router.post(
    "",
    summary="上传佐证材料 · attach evidence",
    status_code=201,
    responses=refusals(404, 409, 413, 415, 422),
    openapi_extra=upload_form(_WORDS, _PROVES),
)
async def post_evidence(request: Request, context: Service, actor: SignedIn) -> EvidenceBody:
    """Keeps a PDF, JPG, PNG, DOCX or ZIP, told by its content, linked to the one thing that it proves."""
    async with received_upload(request, _WORDS, _PROVES) as upload:
        told = {name: upload.words.get(name, "") for name in _PROVES}
        view = await run_in_threadpool(
            attach_evidence,
            context,
            actor=actor,
            unit=UnitCode(upload.words["unit"]),
            period=upload.words["period"],
            content=upload.content,
            file_name=upload.file_name,
            proves=Proves(**told) if any(told.values()) else None,
        )
    return evidence_body(view)


@router.get("", summary="佐证材料清单 · evidence, oldest first", responses=refusals(422))
def get_evidence_list(
    context: Service, actor: SignedIn, unit: _Unit = None, period: _Period = None
) -> EvidencesBody:
    """The files that the asker may see, withdrawn ones too; a region's are its own."""
    found = list_evidence(context, actor=actor, unit=None if unit is None else UnitCode(unit), period=period)
    return EvidencesBody(items=[evidence_body(view) for view in found])


@router.get(
    "/{evidence}/file",
    summary="下载佐证材料 · save the file",
    responses=_FILE | refusals(404),
    response_class=Response,
)
def get_evidence_file(evidence: _Name, context: Service, actor: SignedIn) -> Response:
    """The file, proved to be the one that was kept; to be saved and never shown."""
    found = evidence_file(context, actor=actor, evidence=evidence)
    headers = {**_HARMLESS, "content-disposition": attachment(found.file_name)}
    return Response(found.content, media_type=found.media_type, headers=headers)


@router.post(
    "/{evidence}/links",
    summary="关联佐证材料 · say what it proves",
    status_code=201,
    responses=refusals(404, 409, 422),
)
def post_evidence_link(evidence: _Name, body: ProvesBody, context: Service, actor: SignedIn) -> EvidenceBody:
    """One more thing that the file proves."""
    return evidence_body(link_evidence(context, actor=actor, evidence=evidence, proves=body.as_asked()))


@router.post(
    "/{evidence}/links/{link}/withdraw", summary="取消关联 · take a link back", responses=refusals(404)
)
def post_evidence_unlink(evidence: _Name, link: _Link, context: Service, actor: SignedIn) -> EvidenceBody:
    """The link stays, marked as withdrawn."""
    return evidence_body(unlink_evidence(context, actor=actor, evidence=evidence, link=link))


@router.post(
    "/{evidence}/withdraw", summary="撤回佐证材料 · withdraw evidence", responses=refusals(404, 409, 422)
)
def post_evidence_withdrawal(
    evidence: _Name, body: WithdrawBody, context: Service, actor: SignedIn
) -> EvidenceBody:
    """The file stays, marked as withdrawn."""
    return evidence_body(withdraw_evidence(context, actor=actor, evidence=evidence, because=body.reason))
