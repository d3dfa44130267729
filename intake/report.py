"""From the bytes of a report to its facts, or to everything that is wrong with it, in one pass."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from intake.all_checks import check_figures
from intake.annotated.typed_explanations import read_explanations, unfit_explanations
from intake.canonical import figures_digest
from intake.check_context import CheckContext
from intake.check_results import CheckNotRun
from intake.csv_forms import name_csv_sheets
from intake.entries import Entry, read_entry
from intake.explanations import Explanation
from intake.facts import facts_of
from intake.fields import Field, due_forms, event_elements, fields_of
from intake.layout import Layout, find_layout
from intake.normalisations import Normalisation
from intake.origin import Asked
from intake.peers import Peers
from intake.reading_notes import reading_notes
from intake.readings import State
from intake.regularity.look import Look
from intake.regularity.registry import find_suspicions
from intake.typed import type_issues
from intake.wording import fault, worded
from intake.wording_sheets import SHEET_WORDINGS
from intake.workbook import Workbook, read_workbook
from scoring.codes import ElementCode, FormCode, UnitCode
from scoring.errors import Issue, Place, Severity, has_hard
from scoring.facts import Fact, Series
from scoring.periods import Period
from scoring.rulebook.forms import Form, Provider
from scoring.rulebook.rules import RuleSet

Reader = Callable[[bytes], tuple[Workbook | None, tuple[Issue, ...]]]
"""Bytes in, a workbook or the reasons against it out."""


class Verdict(StrEnum):
    """What can become of a report."""

    IN_ORDER = "in_order"
    TO_EXPLAIN = "to_explain"
    """Nothing stops it, but each soft issue needs an explanation."""
    TO_CORRECT = "to_correct"
    """At least one hard issue; everything that could be decided is listed."""
    UNREADABLE = "unreadable"
    """The file cannot be read or is somebody else's; no cell was looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """All that is known of a report after one pass.

    facts: of every field that is neither blank nor faulty, also when the verdict is to correct.
    missing: the series that were due and not reported. required, filled and faulty count fields, totals
    included; a field is faulty when it has a hard issue, or when its row or column cannot be found.
    """

    verdict: Verdict
    digest: str
    unit: UnitCode
    period: Period
    provider: Provider
    facts: tuple[Fact, ...] = ()
    issues: tuple[Issue, ...] = ()
    normalisations: tuple[Normalisation, ...] = ()
    checks_not_run: tuple[CheckNotRun, ...] = ()
    missing: tuple[Series, ...] = ()
    required: int = 0
    filled: int = 0
    faulty: int = 0
    figures_digest: str = ""
    """SHA-256 of the canonical report: the same figures have the same one; empty where nothing was read."""
    format: str = ""
    """What the file was: `xlsx`, `xls`, `csv`, `zip`; empty where that is not known."""
    explanations: tuple[Explanation, ...] = ()
    """What the file itself says to soft issues, judged by nobody yet."""
    findings: tuple[Issue, ...] = ()
    """For the reviewer alone: they may rest on figures of others that the submitter does not see."""

    @property
    def faulty_share(self) -> Fraction:
        """Faulty fields to required ones; 0 where nothing is required."""
        return Fraction(self.faulty, self.required) if self.required else Fraction(0)


def read_report(
    content: bytes,
    *,
    rules: RuleSet,
    unit: UnitCode,
    period: Period,
    provider: Provider,
    context: CheckContext | None = None,
    peers: Peers | None = None,
    reader: Reader | None = None,
) -> Intake:
    """Read one report and check it: file, sheets, cells, rows, relations within, between and over time.

    rules: those in force for the period. context: what was accepted before, made for this very report; the
    checks that need figures which are not in it are listed as not run. peers: with them the findings for the
    reviewer are made, too, of a report without hard issues. reader: in place of the child process.

    Raises:
        UnknownUnit: the rule set does not assess that unit.
        ValueError: the context is that of another report.
    """
    asked = Asked(rules=rules, unit=unit, period=period, provider=provider)
    if context and (context.unit, context.period, context.provider) != (unit, period, provider):
        raise ValueError("the context is that of another report")
    workbook, refusals = (reader or read_workbook)(content)
    forms = due_forms(rules, provider, period)
    fields = fields_of(forms, period)
    if workbook is None:
        return _unread(asked, hashlib.sha256(content).hexdigest(), refusals, fields)
    workbook = name_csv_sheets(workbook, rules.forms.values())
    layout = find_layout(workbook, forms, fields, asked)
    if layout.foreign:
        return _unread(asked, workbook.digest, layout.issues, fields)
    entries = tuple(
        read_entry(
            field,
            layout.spots.get(field.number),
            date1904=workbook.date1904 if workbook.format.has_calendar else None,
            nil_form=field.form in layout.nil_forms,
        )
        for field in fields
    )
    read = _judge(asked, workbook.digest, layout, forms, entries, context)
    read = replace(read, normalisations=(*reading_notes(workbook), *read.normalisations))
    if peers is not None and read.verdict is not Verdict.TO_CORRECT:
        earlier = context.facts if context else ()
        look = Look(rules, unit, period, provider, read.facts, earlier, peers)
        read = replace(read, findings=find_suspicions(look))
    return _with_explanations(read, workbook, rules)


def _with_explanations(read: Intake, workbook: Workbook, rules: RuleSet) -> Intake:
    """The intake with what was typed into the workbook's list of issues, and what is wrong with that."""
    typed = read_explanations(workbook, rules.explanations)
    issues = (*read.issues, *unfit_explanations(typed, read.issues, rules.explanations))
    said = tuple(each.explanation for each in typed)
    return replace(read, verdict=_verdict(issues), issues=issues, explanations=said, format=workbook.format)


def _judge(
    asked: Asked,
    digest: str,
    layout: Layout,
    forms: Sequence[Form],
    entries: Sequence[Entry],
    context: CheckContext | None,
) -> Intake:
    required = _required(entries, event_elements(asked.rules))
    blank = _blank_forms(required, layout)
    by_field = [(entry, entry.issue) for entry in entries if entry.issue]
    by_field += type_issues([entry for entry in required if entry.field.form not in blank])
    unusable = _hard_fields(by_field)
    facts = facts_of(entries, asked.unit, digest, unusable)
    results = check_figures(asked, forms, entries, unusable, facts, context)
    by_field += results.issues
    issues = (*layout.issues, *_blank_issues(required, blank, layout), *_in_order(by_field))
    return Intake(
        verdict=_verdict(issues),
        digest=digest,
        unit=asked.unit,
        period=asked.period,
        provider=asked.provider,
        facts=facts,
        figures_digest=figures_digest(asked.unit, asked.period, asked.provider, facts),
        issues=issues,
        normalisations=(
            *layout.normalisations,
            *(entry.normalisation for entry in entries if entry.normalisation),
        ),
        checks_not_run=tuple(results.not_run),
        missing=_missing(required, {fact.series for fact in facts}),
        required=len(required),
        filled=sum(
            entry.state not in {State.BLANK, State.UNREAD} or entry.issue is not None for entry in entries
        ),
        faulty=len(_hard_fields(by_field) | {entry.field.number for entry in entries if entry.spot is None}),
    )


def _required(entries: Sequence[Entry], events: frozenset[ElementCode]) -> tuple[Entry, ...]:
    """All entries but those of events that were not recorded: nothing is missing there."""
    return tuple(
        entry for entry in entries if entry.state is not State.BLANK or entry.field.element.code not in events
    )


def _unread(asked: Asked, digest: str, issues: tuple[Issue, ...], fields: Sequence[Field]) -> Intake:
    return Intake(
        verdict=Verdict.UNREADABLE,
        digest=digest,
        unit=asked.unit,
        period=asked.period,
        provider=asked.provider,
        issues=issues,
        missing=tuple(field.series for field in fields if not field.is_total),
        required=len(fields),
    )


def _hard_fields(issues: Iterable[tuple[Entry, Issue]]) -> frozenset[int]:
    return frozenset(entry.field.number for entry, issue in issues if issue.severity is Severity.HARD)


def _blank_forms(entries: Iterable[Entry], layout: Layout) -> Mapping[FormCode, int]:
    """The forms on which nothing at all is filled in, with how many fields each asks for."""
    asked: Counter[FormCode] = Counter()
    filled: set[FormCode] = set()
    for entry in entries:
        asked[entry.field.form] += 1
        if entry.state is not State.BLANK:
            filled.add(entry.field.form)
    return {code: count for code, count in asked.items() if code not in filled and code in layout.sheets}


def _blank_issues(entries: Sequence[Entry], blank: Mapping[FormCode, int], layout: Layout) -> list[Issue]:
    """One issue for a form that was left blank, not one for each of its cells; one more when all were."""
    if entries and all(entry.state is State.BLANK for entry in entries):
        return [worded(SHEET_WORDINGS, fault("report-blank"), Place())]
    return [
        worded(SHEET_WORDINGS, fault("form-blank", count=count), Place(sheet=layout.sheets[code]))
        for code, count in blank.items()
    ]


def _in_order(issues: Iterable[tuple[Entry, Issue]]) -> list[Issue]:
    return [issue for _, issue in sorted(issues, key=lambda pair: pair[0].field.number)]


def _missing(entries: Iterable[Entry], reported: set[Series]) -> tuple[Series, ...]:
    return tuple(
        entry.field.series
        for entry in entries
        if not entry.field.is_total and entry.field.series not in reported
    )


def _verdict(issues: Sequence[Issue]) -> Verdict:
    if has_hard(issues):
        return Verdict.TO_CORRECT
    return Verdict.TO_EXPLAIN if issues else Verdict.IN_ORDER
