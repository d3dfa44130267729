"""The sample year: every sample report goes the way a real one goes, at the time it says it came."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from time import sleep

from intake.check_context import CheckContext
from intake.explanations import Explanation
from intake.report import Intake, read_report
from models.records import ReportState
from models.stores.blobs import digest_of
from models.unit_of_work import UnitOfWork
from scoring.codes import PeriodCode, UnitCode
from scoring.rulebook.explanations import ReasonCode
from scoring.rulebook.files import compose
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.tree import Findings, Record
from services.check_contexts import contexts_by_unit
from services.context import Context
from services.errors import NotFound, Rejected
from services.explaining import explain_issues
from services.people import add_person
from services.policy import OF_A_REGION, Actor, Role
from services.report_life import WAITS_FOR_REVIEW
from services.review import accept_report, return_report
from services.submit import PROVIDER, keep_upload, rules_for
from services.submit_table import submit_table

OFFICE = Actor(
    id="demo-office", name="演示·全国双打办", roles=frozenset({Role.OFFICE_OPERATOR, Role.OFFICE_APPROVER})
)
REVIEW_TAKES = timedelta(hours=20)
RETURN_REASON = "数据有差错,请按逐格说明改正后重报"
DEMO_KEYS = {
    Role.OFFICE_OPERATOR: "demo-office-key-known-to-everybody",
    Role.OFFICE_APPROVER: "demo-release-key-known-to-everybody",
    Role.AUDITOR: "demo-auditor-key-known-to-everybody",
    Role.MINISTRY: "demo-ministry-key-known-to-everybody",
    Role.ASSESSOR: "demo-assessor-key-known-to-everybody",
    Role.REGION_FILLER: "demo-guangdong-key-known-to-everybody",
    Role.REGION_APPROVER: "demo-signing-guangdong-key-known-to-everybody",
    Role.ADMINISTRATOR: "demo-administrator-key-known-to-everybody",
}
"""Only ever made by the demo, and only in its own database."""
_DEMO_REGION = UnitCode("440000")

_WAITING = tuple(WAITS_FOR_REVIEW)
_UNFINISHED = (ReportState.DRAFT, *_WAITING)

Progress = Callable[[int, int, str], None]
"""Told how many of how many files are done, and which one was."""


@dataclass(frozen=True, slots=True)
class SampleFile:
    """One line of the manifest."""

    path: str
    unit: UnitCode
    period: str
    received_at: datetime
    returned: bool
    reason: ReasonCode
    text: str
    """What its submitter says to every soft issue; empty leaves them open."""


def load_sample_year(context: Context, *, folder: Path, year: int, progress: Progress) -> int:
    """Hands in and reviews every report of the sample year, in the order of arrival; returns how many.

    Reports that are there already stay as they are, so it may be asked again. The workbooks of a quarter
    are read side by side: they only look back at earlier quarters.
    """
    files = sorted(_manifest(folder), key=lambda each: (each.received_at, each.path))
    _submit_others(context, folder, year, files)
    missing = _not_there_yet(context, folder, files)
    done = len(files) - len(missing)
    progress(done, len(files), "")
    if not missing:
        return done
    # Loaded here, and forked once for all quarters: it would take each process seconds.
    import pandera.pandas  # noqa: F401 - that is all that is wanted of it

    rules = context.library.current(year)
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork"), _remember, (rules, os.getpid())) as pool:
        for period in sorted({each.period for each in missing}):
            quarter = [each for each in missing if each.period == period]
            jobs = _jobs(context, folder, quarter)
            for each, read in zip(quarter, pool.map(_read_file, jobs), strict=True):
                _hand_in(context, folder, each, read)
                done += 1
                progress(done, len(files), each.path)
    return done


def _not_there_yet(context: Context, folder: Path, files: Sequence[SampleFile]) -> list[SampleFile]:
    with context.read() as work:
        return [each for each in files if not _is_done(work, folder, each)]


def _is_done(work: UnitOfWork, folder: Path, each: SampleFile) -> bool:
    """Whether the report is there and reviewed; an earlier loading may have been cut off in between."""
    digest = digest_of((folder / each.path).read_bytes())
    same = work.reports.find_same_content(each.unit, PeriodCode(each.period), PROVIDER, digest)
    return same is not None and same.state not in _UNFINISHED


_Job = tuple[CheckContext, Path]


def _jobs(context: Context, folder: Path, files: Sequence[SampleFile]) -> list[_Job]:
    rules, period = rules_for(context, files[0].unit, files[0].period)
    with context.read() as work:
        known = contexts_by_unit(work, rules, period, PROVIDER)
    return [(known[each.unit], folder / each.path) for each in files]


_remembered: list[RuleSet] = []
_LOOK_EVERY = 0.5
"""Seconds between two looks whether the parent is still there."""


def _remember(rules: RuleSet, parent: int) -> None:
    _remembered[:] = [rules]
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """Ends this process when the one that forked it was killed: it would wait for work for ever."""
    while os.getppid() == parent:
        sleep(_LOOK_EVERY)
    os._exit(1)


def _read_file(job: _Job) -> Intake:
    known, path = job
    return read_report(
        path.read_bytes(),
        rules=_remembered[0].in_force(known.period),
        unit=known.unit,
        period=known.period,
        provider=known.provider,
        context=known,
    )


def add_demo_people(context: Context) -> None:
    """One person a role with a key that is known to everybody; not where there are people already."""
    with context.read() as work:
        if work.people.all():
            return
    for role, key in DEMO_KEYS.items():
        unit = _DEMO_REGION if role in OF_A_REGION else None
        add_person(context, name=f"演示·{role}", roles={role}, unit=unit, secret=key)


def _hand_in(context: Context, folder: Path, each: SampleFile, read: Intake) -> None:
    arrived = replace(context, clock=lambda: each.received_at)
    reviewed = replace(context, clock=lambda: each.received_at + REVIEW_TAKES)
    region = Actor(
        id=f"demo-{each.unit}", name=each.unit, roles=frozenset({Role.REGION_FILLER}), unit=each.unit
    )
    content = (folder / each.path).read_bytes()
    answer = keep_upload(arrived, actor=region, read=read, content=content, file_name=Path(each.path).name)
    receipt = answer.receipt
    if receipt.state is ReportState.DRAFT and each.text:
        said = [Explanation(key=key, reason=each.reason, text=each.text) for key in answer.waiting]
        receipt = explain_issues(arrived, actor=region, report=receipt.report, given=said).receipt
    if receipt.state not in _WAITING:
        return
    if each.returned:
        return_report(reviewed, actor=OFFICE, report=receipt.report, reason=RETURN_REASON)
    else:
        accept_report(reviewed, actor=OFFICE, report=receipt.report)


def _submit_others(context: Context, folder: Path, year: int, files: Sequence[SampleFile]) -> None:
    table = folder / "other-providers.csv"
    if not table.is_file():
        raise NotFound("样例数据", str(table))
    last = max((each.received_at for each in files), default=context.clock())
    submit_table(
        replace(context, clock=lambda: last),
        actor=OFFICE,
        year=year,
        content=table.read_bytes(),
        file_name=table.name,
    )


def _manifest(folder: Path) -> Iterator[SampleFile]:
    path = folder / "manifest.yaml"
    if not path.is_file():
        raise NotFound("样例清单", str(path))
    findings = Findings()
    tree = compose(path.read_bytes(), path.name, findings)
    found = [] if tree is None else _sample_files(Record(tree, "样例清单", findings))
    if findings.issues:
        raise Rejected(findings.issues)
    yield from found


def _sample_files(record: Record) -> list[SampleFile]:
    said = _said(record, ("", ""))
    return [_sample_file(each, said) for each in record.records("files", required=True)]


def _said(record: Record, otherwise: tuple[str, str]) -> tuple[str, str]:
    """Reason and text that stand under `explanation`."""
    inner = record.record("explanation", "情况说明")
    if inner is None:
        return otherwise
    return inner.text("reason", required=True), inner.text("text", required=True)


def _sample_file(record: Record, otherwise: tuple[str, str]) -> SampleFile:
    reason, text = _said(record, otherwise)
    received = record.read("received_at", _moment, "带时区的时间", None, required=True)
    return SampleFile(
        path=record.text("file", required=True),
        unit=UnitCode(record.text("unit", required=True)),
        period=record.text("period", required=True),
        received_at=received or datetime.fromisoformat("2021-01-01T00:00:00+08:00"),
        returned=record.text("outcome") == "returned",
        reason=ReasonCode(reason),
        text=text,
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
