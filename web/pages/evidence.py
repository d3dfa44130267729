"""Evidence (佐证材料) for one issue of a kept report: what is there, attaching a file, taking one back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from intake.evidence.kinds import EVIDENCE_LIMITS, EXTENSIONS, MOST_FILES_IN_ZIP
from intake.explanations import soft_issues
from intake.file_names import harmless_name
from intake.issue_keys import IssueKey
from intake.limits import MIB, in_mib
from models.evidence_records import StoredEvidence, StoredLink
from models.records import ReportId
from scoring.errors import Issue
from services.context import Context
from services.errors import Conflict, Invalid, NotFound, Rejected
from services.evidence import (
    MOST_BYTES,
    MOST_FILES,
    EvidenceView,
    Proves,
    attach_evidence,
    evidence_file,
    list_evidence,
    withdraw_evidence,
)
from services.filings import filing_of
from services.people import names_of
from services.policy import Action, Actor, allowed, demand
from services.reports import report_with_issues
from services.views import Receipt
from web.forms import read_form
from web.rendering import links_of, render
from web.uploads import Upload, received_upload
from web.visitors import Here, Visiting

router = APIRouter()
LONGEST_NOTE = 500
_DONE = {"attached": "文件已附上。", "withdrawn": "文件已撤回。"}
_NO_FILE = "还没有选择文件。请先点“选择文件”，选中佐证材料。"
_TOO_LARGE, _UNFIT, _CONFLICT = 413, 422, 409
_TOO_LARGE_TOLD = (
    f"文件超过 {in_mib(EVIDENCE_LIMITS.file_bytes).replace('MiB', 'MB')}，没有保存。"
    "请降低扫描的分辨率，或者分成几个文件，再附一次，附注也要重写。"
)
_HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}
"""A stranger's file is saved, never rendered, whatever a browser makes of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFile:
    """A file that is linked to the issue. elsewhere: how many other things it proves."""

    file: StoredEvidence
    note: str
    by: str
    size: str
    elsewhere: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """What the page is about, and for whom."""

    context: Context
    actor: Actor
    receipt: Receipt
    key: IssueKey
    issue: Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wrong:
    """What was refused and what had been typed; `evidence`: the file that was not taken back, else none."""

    told: str
    status: int
    evidence: str = ""
    typed: str = ""


def files_by_issue(context: Context, actor: Actor, receipt: Receipt) -> Mapping[str, int]:
    """How many files that still count are linked to each issue of a report."""
    counts: dict[str, int] = {}
    for view in list_evidence(context, actor=actor, unit=receipt.unit, period=receipt.period):
        for key in {link.issue_key for link in view.links if link.withdrawn_at is None}:
            if view.file.withdrawn_at is None:
                counts[key] = counts.get(key, 0) + 1
    return counts


@router.get("/reports/{report}/evidence", response_class=HTMLResponse)
def evidence_page(
    request: Request, site: Here, visitor: Visiting, report: str, issue: str = "", done: str = ""
) -> Response:
    """The files that are linked to an issue and, for whoever reports, a form for one more."""
    return _page(request, _place(site.context, visitor.actor, report, issue), done=_DONE.get(done, ""))


@router.post("/reports/{report}/evidence", response_class=HTMLResponse)
async def attach(request: Request, site: Here, visitor: Visiting, report: str, issue: str = "") -> Response:
    """Keeps a file, linked to the issue; what cannot be taken is told on the page."""
    # Known before anything is read: whether there is such an issue, and who may attach something to it.
    find = partial(_own_place, site.context, visitor.actor, report, issue)
    place = await run_in_threadpool(find)
    try:
        async with received_upload(request) as upload:
            return await run_in_threadpool(partial(_attach, request, place, upload))
    except HTTPException as refusal:
        if refusal.status_code != _TOO_LARGE:
            raise
    wrong = _Wrong(told=_TOO_LARGE_TOLD, status=_TOO_LARGE)
    return await run_in_threadpool(partial(_page, request, place, wrong=wrong))


def _attach(request: Request, place: _Place, upload: Upload) -> Response:
    if not upload.content and not upload.file_name:
        return _page(request, place, wrong=_Wrong(told=_NO_FILE, status=_UNFIT, typed=upload.note))
    try:
        attach_evidence(
            place.context,
            actor=place.actor,
            unit=place.receipt.unit,
            period=place.receipt.period,
            content=upload.content,
            file_name=upload.file_name,
            proves=Proves(issue=place.key, note=" ".join(upload.note.split())),
        )
    except (Rejected, Conflict, Invalid) as refusal:
        return _page(request, place, wrong=replace(_wrong(refusal), typed=upload.note))
    return _back(request, place, "attached")


@router.post("/reports/{report}/evidence/{evidence}/withdraw", response_class=HTMLResponse)
async def withdraw(
    request: Request, site: Here, visitor: Visiting, report: str, evidence: str, issue: str = ""
) -> Response:
    """Takes a file back, with a reason; it is kept and marked."""
    place = await run_in_threadpool(partial(_own_place, site.context, visitor.actor, report, issue))
    form = await read_form(request)
    return await run_in_threadpool(partial(_withdraw, request, place, evidence, form.get("reason", "")))


def _withdraw(request: Request, place: _Place, evidence: str, reason: str) -> Response:
    if evidence not in {view.file.id for view in _linked(place)}:
        raise NotFound("佐证材料", evidence)
    try:
        withdraw_evidence(place.context, actor=place.actor, evidence=evidence, because=reason)
    except (Conflict, Invalid) as refusal:
        wrong = replace(_wrong(refusal), evidence=evidence, typed=reason)
        return _page(request, place, wrong=wrong)
    return _back(request, place, "withdrawn")


@router.get("/evidence/{evidence}/file", response_class=Response)
def save_evidence(site: Here, visitor: Visiting, evidence: str) -> Response:
    """The very bytes, to be saved and never shown."""
    found = evidence_file(site.context, actor=visitor.actor, evidence=evidence)
    headers = {**_HARMLESS, "Content-Disposition": _attachment(found.file_name)}
    return Response(found.content, media_type=found.media_type, headers=headers)


def _attachment(file_name: str) -> str:
    """The name twice: in signs that every browser takes, and as it is, each of its signs encoded."""
    name = harmless_name(file_name)
    plain = "".join(each if each.isascii() and (each.isalnum() or each in "._-") else "_" for each in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _place(context: Context, actor: Actor, report: str, issue: str) -> _Place:
    """Raises NotFound where the actor sees no such report, or nothing in it waits for this explanation."""
    view = report_with_issues(context, actor=actor, report=ReportId(report))
    key = IssueKey(issue)
    found = soft_issues(view.issues).get(key)
    if found is None:
        raise NotFound("要说明的问题", issue)
    return _Place(context=context, actor=actor, receipt=view.receipt, key=key, issue=found)


def _own_place(context: Context, actor: Actor, report: str, issue: str) -> _Place:
    place = _place(context, actor, report, issue)
    demand(actor, Action.ATTACH_EVIDENCE, place.receipt.unit)
    return place


def _linked(place: _Place) -> list[EvidenceView]:
    receipt = place.receipt
    found = list_evidence(place.context, actor=place.actor, unit=receipt.unit, period=receipt.period)
    return [view for view in found if any(_is_about(link, place.key) for link in view.links)]


def _is_about(link: StoredLink, key: IssueKey) -> bool:
    return link.issue_key == key and link.withdrawn_at is None


def _shown(place: _Place) -> list[ShownFile]:
    linked = _linked(place)
    names = names_of(place.context, {view.file.uploaded_by for view in linked})
    return [
        ShownFile(
            file=view.file,
            note="；".join(link.note for link in view.links if link.note and _is_about(link, place.key)),
            by=names.get(view.file.uploaded_by, view.file.uploaded_by),
            size=_size(view.file.size),
            elsewhere=sum(
                link.withdrawn_at is None and not _is_about(link, place.key) for link in view.links
            ),
        )
        for view in linked
    ]


def _page(request: Request, place: _Place, *, done: str = "", wrong: _Wrong | None = None) -> Response:
    receipt = place.receipt
    filing = filing_of(place.context, actor=place.actor, unit=receipt.unit, period=receipt.period)
    return render(
        request,
        "evidence.html",
        status=wrong.status if wrong else 200,
        title=f"{filing.name}{filing.period.title}报表第 {receipt.version} 版的佐证材料",
        filing=filing,
        receipt=receipt,
        key=place.key,
        issue=place.issue,
        files=_shown(place),
        is_own=allowed(place.actor, Action.ATTACH_EVIDENCE, receipt.unit),
        done=done,
        wrong=wrong,
        kinds="、".join(kind.upper() for kind in EXTENSIONS),
        suffixes=",".join(suffix for suffixes in EXTENSIONS.values() for suffix in suffixes),
        largest=_in_mb(EVIDENCE_LIMITS.file_bytes),
        most_files=MOST_FILES,
        most=_in_mb(MOST_BYTES),
        most_in_zip=MOST_FILES_IN_ZIP,
        longest_note=LONGEST_NOTE,
    )


def _back(request: Request, place: _Place, done: str) -> Response:
    address = links_of(request).evidence(place.receipt.report, place.key, done=done)
    return RedirectResponse(address, status_code=303)


def _wrong(refusal: Rejected | Conflict | Invalid) -> _Wrong:
    if isinstance(refusal, Rejected):
        told = "".join(f"{issue.zh}{issue.fix_zh}" for issue in refusal.issues)
        return _Wrong(told=told, status=_UNFIT)
    return _Wrong(told=f"{refusal.zh}。", status=_CONFLICT if isinstance(refusal, Conflict) else _UNFIT)


def _size(count: int) -> str:
    return f"{-(-count // 1024)} KB" if count < MIB else _in_mb(count)


def _in_mb(count: int) -> str:
    return in_mib(count).replace("MiB", "MB")
