"""Reporting: how the quarters stand, and where a quarter's workbook is handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from intake.limits import DEFAULT_LIMITS, in_mib
from intake.report import Intake, Verdict
from scoring.codes import UnitCode
from scoring.periods import QUARTERS, period_from_text, quarter_code
from services.annotated import annotated_check
from services.context import Context
from services.errors import Invalid, Rejected
from services.filings import Filing, filed_versions, filing_of, filings_of_quarter, filings_of_unit
from services.policy import Action, Actor, allowed, demand
from services.reports import XLSX
from services.submit import check_report, submit_report
from services.templates import migrate_template, template
from services.upload_answers import UploadAnswer
from services.views import Export
from web.answers import changed_figures, shown_answer
from web.banners import banner_of_check
from web.rendering import links_of, render
from web.report_words import state_word
from web.uploads import Upload, received_upload
from web.visitors import Here, Visiting

router = APIRouter()
FORMATS_TAKEN = ".xlsx、.xls、.et、.csv，或装有 .csv 的 .zip"
ACCEPTED_SUFFIXES = ".xlsx,.xls,.et,.csv,.zip"
_NO_FILE = "还没有选择文件。请先点“选择文件”，选中填好的报表。"


@router.get("/reports", response_class=HTMLResponse)
def filings(
    request: Request, site: Here, visitor: Visiting, year: str = "", period: str = "", state: str = ""
) -> Response:
    """A region's quarters of a year; for everybody else a quarter of all units."""
    actor = visitor.actor
    if actor.unit is not None:
        return _own_quarters(request, site.context, actor, year)
    return _all_units(request, site.context, actor, period, state)


def _own_quarters(request: Request, context: Context, actor: Actor, year: str) -> Response:
    years = context.library.years()
    chosen = int(year) if year.isascii() and year.isdecimal() else years[0]
    found = filings_of_unit(context, actor=actor, unit=actor.unit or UnitCode(""), year=chosen)
    return render(request, "filings.html", title=f"{chosen}年报送", filings=found, year=chosen, years=years)


def _all_units(request: Request, context: Context, actor: Actor, period: str, state: str) -> Response:
    year = context.library.years()[0]
    asked = period_from_text(period) if period else None
    if period and (asked is None or asked.yearly):
        raise Invalid(f"报告期“{period}”要写成季度，如 2021Q1", "the period must be a quarter such as 2021Q1")
    year = asked.year if asked else year
    quarter = asked.quarter if asked else _latest_quarter(context, actor, year)
    found = filings_of_quarter(context, actor=actor, period=quarter_code(year, quarter))
    titles = [state_word(filing).title for filing in found]
    return render(
        request,
        "filings_all.html",
        title=f"{year}年第{quarter}季度报送情况",
        period=quarter_code(year, quarter),
        periods=[quarter_code(year, each) for each in QUARTERS],
        filings=[each for each, title in zip(found, titles, strict=True) if state in ("", title)],
        counts=Counter(titles),
        state=state,
    )


def _latest_quarter(context: Context, actor: Actor, year: int) -> int:
    """The last quarter of a year for which anything came; the first where nothing did."""
    for quarter in reversed(QUARTERS):
        found = filings_of_quarter(context, actor=actor, period=quarter_code(year, quarter))
        if any(filing.latest for filing in found):
            return quarter
    return QUARTERS[0]


@router.get("/regions/{unit}/reports/{period}", response_class=HTMLResponse)
def filing_page(request: Request, site: Here, visitor: Visiting, unit: str, period: str) -> Response:
    """One quarter of one unit: until when, the form to hand in, every version."""
    return _filing_page(request, site.context, visitor.actor, UnitCode(unit), period)


def _filing_page(
    request: Request,
    context: Context,
    actor: Actor,
    unit: UnitCode,
    period: str,
    *,
    wrong: str = "",
    status: int = 200,
) -> Response:
    filing = filing_of(context, actor=actor, unit=unit, period=period)
    versions = filed_versions(context, actor=actor, unit=unit, period=period)
    rules = context.library.current(filing.period.year)
    return render(
        request,
        "filing.html",
        status=status,
        title=f"{filing.name}{filing.period.title}报送",
        filing=filing,
        versions=[(each, changed_figures(each.changes, rules, period)) for each in versions],
        wrong=wrong,
        **_form_values(actor, unit),
    )


def _form_values(actor: Actor, unit: UnitCode) -> dict[str, object]:
    """What the upload form says and whether there is one."""
    return {
        "may_upload": allowed(actor, Action.UPLOAD, unit),
        "formats": FORMATS_TAKEN,
        "suffixes": ACCEPTED_SUFFIXES,
        "largest": in_mib(DEFAULT_LIMITS.file_bytes).replace("MiB", "MB"),
        "rows": DEFAULT_LIMITS.rows,
        "sheets": DEFAULT_LIMITS.sheets,
    }


@router.get("/regions/{unit}/reports/{period}/template.xlsx", response_class=Response)
def filing_template(site: Here, visitor: Visiting, unit: str, period: str) -> Response:
    """The workbook to fill in."""
    made = template(site.context, actor=visitor.actor, unit=UnitCode(unit), period=period)
    return as_download(made)


def as_download(file: Export) -> Response:
    """A file to be kept, never shown in the browser."""
    disposition = f'attachment; filename="{file.file_name}"'
    return Response(file.content, media_type=file.media_type, headers={"Content-Disposition": disposition})


@router.post("/regions/{unit}/reports/{period}", response_class=HTMLResponse)
async def hand_in(request: Request, site: Here, visitor: Visiting, unit: str, period: str) -> Response:
    """Looks at the file, gives it back annotated, or takes it: as the button says that was pressed.

    What is kept is redirected to; of what was only looked at nothing is kept, so the answer is this page.
    """
    code = UnitCode(unit)
    # Known before anything is read: whether there is such a report, and who may hand it in.
    await run_in_threadpool(_demand_upload, site.context, visitor.actor, code, period)
    async with received_upload(request) as upload:
        act = _ACTS.get(upload.act, _check)
        if not upload.content and not upload.file_name:
            act = _no_file
        return await run_in_threadpool(
            partial(act, request, site.context, visitor.actor, code, period, upload)
        )


def _demand_upload(context: Context, actor: Actor, unit: UnitCode, period: str) -> None:
    demand(actor, Action.UPLOAD, unit)
    filing_of(context, actor=actor, unit=unit, period=period)


def _no_file(
    request: Request, context: Context, actor: Actor, unit: UnitCode, period: str, _upload: Upload
) -> Response:
    return _filing_page(request, context, actor, unit, period, wrong=_NO_FILE, status=422)


def _check(
    request: Request, context: Context, actor: Actor, unit: UnitCode, period: str, upload: Upload
) -> Response:
    found = check_report(context, actor=actor, unit=unit, period=period, content=upload.content)
    return _answer_page(request, context, actor, found, upload, status=200)


def _annotate(
    _request: Request, context: Context, actor: Actor, unit: UnitCode, period: str, upload: Upload
) -> Response:
    return as_download(
        annotated_check(context, actor=actor, unit=unit, period=period, content=upload.content)
    )


def _migrate(
    request: Request, context: Context, actor: Actor, unit: UnitCode, period: str, upload: Upload
) -> Response:
    try:
        made = migrate_template(context, actor=actor, unit=unit, period=period, content=upload.content)
    except Rejected as refusal:
        return _not_carried(request, context, actor, unit, period, refusal)
    name = f"{unit}-{made.period.code}-migrated.xlsx"
    return as_download(Export(content=made.content, media_type=XLSX, file_name=name))


def _not_carried(
    request: Request, context: Context, actor: Actor, unit: UnitCode, period: str, refusal: Rejected
) -> Response:
    """The page of the quarter with the reasons why nothing of an old workbook could be carried over."""
    told = " ".join(f"{issue.zh}{issue.fix_zh}" for issue in refusal.issues)
    return _filing_page(request, context, actor, unit, period, wrong=f"没有换成：{told}", status=422)


def _submit(
    request: Request, context: Context, actor: Actor, unit: UnitCode, period: str, upload: Upload
) -> Response:
    try:
        kept = submit_report(
            context,
            actor=actor,
            unit=unit,
            period=period,
            content=upload.content,
            file_name=upload.file_name,
        )
    except Rejected:
        # Read once more for everything else that is told of it; nothing was kept.
        found = check_report(context, actor=actor, unit=unit, period=period, content=upload.content)
        return _answer_page(request, context, actor, found, upload, status=422)
    query = {"again": "1"} if kept.repeated else {}
    return RedirectResponse(links_of(request).report(kept.receipt.report, **query), status_code=303)


_Act = Callable[[Request, Context, Actor, UnitCode, str, Upload], Response]
_ACTS: dict[str, _Act] = {"check": _check, "submit": _submit, "annotate": _annotate, "migrate": _migrate}


def _answer_page(
    request: Request,
    context: Context,
    actor: Actor,
    answer: UploadAnswer,
    upload: Upload,
    *,
    status: int,
) -> Response:
    read: Intake = answer.intake
    rules = context.library.current(read.period.year).in_force(read.period)
    shown = shown_answer(answer, rules)
    filing: Filing = filing_of(context, actor=actor, unit=read.unit, period=read.period.code)
    return render(
        request,
        "check.html",
        status=status,
        title=f"{filing.name}{read.period.title}报表的检查结果",
        filing=filing,
        answer=answer,
        read=read,
        shown=shown,
        banner=banner_of_check(read.verdict, shown),
        unreadable=read.verdict is Verdict.UNREADABLE,
        file_name=upload.file_name,
        wrong="",
        **_form_values(actor, read.unit),
    )
