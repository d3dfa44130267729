"""A report that is kept: its answer, explanations typed on the page, its files, its receipt, its review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from unicodedata import category

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from intake.explanations import Explanation
from intake.issue_keys import IssueKey
from models.records import ReportId, ReportState
from scoring.rulebook.explanations import ReasonCode
from services.annotated import annotated_report
from services.context import Context
from services.errors import Conflict, Invalid, Rejected
from services.explaining import explain_issues
from services.filings import filing_of
from services.policy import Action, Actor, allowed
from services.report_answers import answer_of_report
from services.report_life import IllegalMove
from services.reports import original_file, report_with_issues
from services.review import accept_report, return_report
from services.upload_answers import KeptAnswer
from web.answers import Typed, field_of, shown_answer
from web.banners import banner_of_report
from web.forms import read_form
from web.pages.evidence import files_by_issue
from web.pages.filing import as_download
from web.rendering import links_of, render
from web.report_words import WAITS_FOR_REVIEW
from web.visitors import Here, Visiting

router = APIRouter()
_LARGEST_FORM = 4 * 1024 * 1024
"""Bytes of a form of explanations: some hundreds of the longest, nine bytes a character."""
_UNPROVED = "explanation-needs-evidence"
_NO_REASON = "请选一个原因。"
_NO_TEXT = "请写明具体情况。"


@router.get("/reports/{report}", response_class=HTMLResponse)
def report_page(
    request: Request, site: Here, visitor: Visiting, report: str, again: str = "", said: str = ""
) -> Response:
    """The answer to a report: what was found, what to do, how it stands."""
    answer = answer_of_report(site.context, actor=visitor.actor, report=ReportId(report))
    return _page(
        request, site.context, visitor.actor, answer, again=bool(again), saved=_whole(said), typed={}
    )


def _page(
    request: Request,
    context: Context,
    actor: Actor,
    answer: KeptAnswer,
    *,
    again: bool,
    saved: int,
    typed: Mapping[IssueKey, Typed],
) -> Response:
    receipt, read = answer.receipt, answer.intake
    rules = context.library.current(read.period.year).in_force(read.period)
    shown = shown_answer(answer, rules, typed)
    is_own = allowed(actor, Action.UPLOAD, receipt.unit)
    filing = filing_of(context, actor=actor, unit=receipt.unit, period=receipt.period)
    return render(
        request,
        "report.html",
        status=422 if typed else 200,
        title=f"{filing.name}{read.period.title}报表第 {receipt.version} 版",
        filing=filing,
        answer=answer,
        read=read,
        receipt=receipt,
        shown=shown,
        banner=banner_of_report(answer, shown, own=is_own),
        is_own=is_own,
        evidence=files_by_issue(context, actor, receipt),
        explains=is_own and receipt.state is ReportState.DRAFT,
        reviews=allowed(actor, Action.REVIEW) and receipt.state in WAITS_FOR_REVIEW,
        is_latest=filing.latest is not None and filing.latest.report == receipt.report,
        unread=not read.format,
        again=again,
        saved=saved,
        wrong=[each for each in shown.to_explain if each.typed and each.typed.wrong],
    )


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


@router.post("/reports/{report}", response_class=HTMLResponse)
async def explain(request: Request, site: Here, visitor: Visiting, report: str) -> Response:
    """Keeps every explanation that can be taken; the others are shown again as they were typed."""
    find = partial(answer_of_report, site.context, actor=visitor.actor, report=ReportId(report))
    answer = await run_in_threadpool(find)
    form = await read_form(request, _LARGEST_FORM)
    return await run_in_threadpool(partial(_explain, request, site.context, visitor.actor, answer, form))


def _explain(
    request: Request, context: Context, actor: Actor, answer: KeptAnswer, form: Mapping[str, str]
) -> Response:
    report = answer.receipt.report
    if answer.receipt.state is not ReportState.DRAFT:
        raise Conflict("报表已经不是待说明状态，刚才的说明没有保存", "the report is no draft any more")
    typed = _typed(answer, form)
    wrong = {key: each for key, each in typed.items() if each.wrong}
    wrong |= _keep(context, actor, report, {key: each for key, each in typed.items() if not each.wrong})
    saved = len(typed) - len(wrong)
    if wrong:
        now = answer_of_report(context, actor=actor, report=report)
        return _page(request, context, actor, now, again=False, saved=saved, typed=wrong)
    return RedirectResponse(links_of(request).report(report, said=str(saved)), status_code=303)


def _keep(
    context: Context, actor: Actor, report: ReportId, typed: Mapping[IssueKey, Typed]
) -> dict[IssueKey, Typed]:
    """Keeps all that can be taken, at once where that is everything; gives back the rest, each with why."""
    given = [
        Explanation(key=key, reason=ReasonCode(each.reason), text=each.text) for key, each in typed.items()
    ]
    wrong: dict[IssueKey, Typed] = {}
    try:
        if given:
            explain_issues(context, actor=actor, report=report, given=given)
    except Rejected:
        for each in given:
            try:
                explain_issues(context, actor=actor, report=report, given=[each])
            except Rejected as refusal:
                told = "".join(f"{issue.zh}{issue.fix_zh}" for issue in refusal.issues)
                unproved = any(issue.code == _UNPROVED for issue in refusal.issues)
                wrong[each.key] = replace(typed[each.key], wrong=told, unproved=unproved)
    return wrong


def _typed(answer: KeptAnswer, form: Mapping[str, str]) -> dict[IssueKey, Typed]:
    """What was typed for each issue, judged; what was left blank or is said already is left out."""
    found: dict[IssueKey, Typed] = {}
    for key in (*answer.waiting, *answer.explained):
        field = field_of(key)
        reason = form.get(f"reason-{field}", "").strip()
        text = _plain(form.get(f"text-{field}", ""))
        if (reason or text) and not _is_untouched(answer, key, reason, text):
            wrong = "" if reason and text else (_NO_TEXT if reason else _NO_REASON)
            found[key] = Typed(reason, text, wrong)
    return found


def _is_untouched(answer: KeptAnswer, key: IssueKey, reason: str, text: str) -> bool:
    """Whether this is what the page had filled in: what is said already, or an offer nobody has confirmed."""
    said, offered = answer.explained.get(key), answer.offered.get(key)
    if said is not None:
        return (said.reason, said.text) == (reason, text)
    return offered is not None and (offered.explanation.text, "") == (text, reason)


def _plain(text: str) -> str:
    """Without what cannot be seen; browsers send line breaks as two characters, which would count twice."""
    one_break = text.replace("\r\n", "\n")
    return "".join(each for each in one_break if each == "\n" or category(each)[0] != "C").strip()


@router.get("/reports/{report}/file", response_class=Response)
def report_file(site: Here, visitor: Visiting, report: str) -> Response:
    """The very bytes that were handed in."""
    return as_download(original_file(site.context, actor=visitor.actor, report=ReportId(report)))


@router.get("/reports/{report}/annotated.xlsx", response_class=Response)
def report_annotated(site: Here, visitor: Visiting, report: str) -> Response:
    """The file with its issues shown in it, or the list of them as a workbook."""
    return as_download(annotated_report(site.context, actor=visitor.actor, report=ReportId(report)))


@router.get("/reports/{report}/receipt", response_class=HTMLResponse)
def report_receipt(request: Request, site: Here, visitor: Visiting, report: str) -> Response:
    """The receipt by itself, for paper."""
    view = report_with_issues(site.context, actor=visitor.actor, report=ReportId(report))
    receipt = view.receipt
    filing = filing_of(site.context, actor=visitor.actor, unit=receipt.unit, period=receipt.period)
    return render(
        request,
        "receipt.html",
        title=f"{filing.name}{filing.period.title}报送回执",
        receipt=receipt,
        filing=filing,
        printed_at=site.context.clock(),
    )


@router.post("/reports/{report}/decision", response_class=HTMLResponse)
async def decide(request: Request, site: Here, visitor: Visiting, report: str) -> Response:
    """The office accepts or returns; back to the report."""
    form = await read_form(request)
    await run_in_threadpool(partial(_decide, site.context, visitor.actor, ReportId(report), form))
    return RedirectResponse(links_of(request).report(report), status_code=303)


def _decide(context: Context, actor: Actor, report: ReportId, form: Mapping[str, str]) -> None:
    try:
        match form.get("decision"):
            case "accept":
                accept_report(context, actor=actor, report=report)
            case "return":
                return_report(context, actor=actor, report=report, reason=form.get("reason", ""))
            case _:
                raise Invalid("没有说明是通过还是退回", "neither accepted nor returned")
    except IllegalMove:
        raise Conflict("这份报表已经不在待审核状态", "the report does not wait for review") from None
