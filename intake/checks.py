"""The relations between figures: totals and sums, and the checks of the forms, each naming its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from intake.check_sentences import broken_relation, total_difference
from intake.entries import Entry
from intake.facts import amount_of
from intake.known import Known
from intake.readings import State
from intake.wording import fault, worded
from intake.wording_cells import CELL_WORDINGS
from scoring.codes import ElementCode, FormCode, MemberCode
from scoring.errors import Issue
from scoring.evaluation import Evaluator
from scoring.expressions import Expression, Figure, When, expanded, parts, rebuilt, walk
from scoring.facts import Standing
from scoring.rulebook.forms import Check, Form

_WHOLE = MemberCode("")


class NotRun(StrEnum):
    """Why a check could not be decided."""

    FAULTY = "faulty"
    """A cell it needs has an issue of its own."""
    MISSING = "missing"
    """A figure of this report is not reported or was not found."""
    UNKNOWN = "unknown"
    """An accepted figure of an earlier period or of another provider is not known."""
    NOT_APPLICABLE = "not_applicable"
    UNDECIDED = "undecided"
    """Its formula has no value, such as a division by zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckNotRun:
    """A check that was not decided: its code ("total" for that of a 合计), for what, and why.

    `about`: the row of a total, the member of a check that is made for each; else empty.
    """

    form: FormCode
    check: str
    about: str
    reason: NotRun


@dataclass(slots=True)
class CheckResults:
    """What the checks found, in order."""

    issues: list[tuple[Entry, Issue]] = field(default_factory=list)
    not_run: list[CheckNotRun] = field(default_factory=list)


class Entries:
    """The entries of a report by the figure they are part of, and which of them are faulty."""

    def __init__(self, entries: Iterable[Entry], faulty: frozenset[int]) -> None:
        self.faulty = faulty
        self.rows: dict[ElementCode, dict[MemberCode, Entry]] = {}
        for entry in entries:
            self.rows.setdefault(entry.field.element.code, {})[entry.field.member] = entry

    def behind(self, figure: Figure) -> tuple[Entry, ...]:
        """The cells of this report that make up a figure of this quarter; none for other times."""
        row = self.rows.get(figure.element, {})
        if figure.when is not When.NOW or not row:
            return ()
        if figure.members:
            return tuple(row[member] for member in figure.members if member in row)
        return self.members(figure.element) or (row[_WHOLE],)

    def members(self, element: ElementCode) -> tuple[Entry, ...]:
        """The cells of the members of a broken-down element; none for others."""
        return tuple(entry for member, entry in self.rows[element].items() if member)

    def place(self, figure: Figure) -> Entry | None:
        """The one cell that stands for the figure: that of its single member, or of its total."""
        row = self.rows.get(figure.element, {}) if figure.when is When.NOW else {}
        return row.get(figure.members[0] if figure.members else _WHOLE)

    def is_faulty(self, entries: Iterable[Entry]) -> bool:
        """Whether any of them has an issue that keeps its value from being used."""
        return any(entry.state is State.UNREAD or entry.field.number in self.faulty for entry in entries)


def check_totals(entries: Entries, results: CheckResults) -> None:
    """Hold every 合计 against the sum of its members; those not applicable are left out of it."""
    for element, row in entries.rows.items():
        total = row[_WHOLE]
        if not total.field.is_total:
            continue
        members = entries.members(element)
        reason = _total_undecided(total, members, entries)
        if reason:
            results.not_run.append(
                CheckNotRun(form=total.field.form, check="total", about=total.field.row_label, reason=reason)
            )
        else:
            results.issues.extend((total, issue) for issue in _total_issues(total, members))


def _total_undecided(total: Entry, members: Sequence[Entry], entries: Entries) -> NotRun | None:
    if entries.is_faulty((total, *members)):
        return NotRun.FAULTY
    if any(entry.state is State.BLANK for entry in members):
        return NotRun.MISSING
    return None


def _total_issues(total: Entry, members: Sequence[Entry]) -> Iterator[Issue]:
    reported = [amount_of(entry) for entry in members if entry.state is not State.NOT_APPLICABLE]
    expected = sum((amount for amount in reported if isinstance(amount, Fraction)), Fraction(0))
    typed = any(entry.state is State.VALUE for entry in members)
    if total.state is State.BLANK:
        # The template's own formula shows nothing where no column holds a number.
        if typed and total.spot:
            yield worded(CELL_WORDINGS, fault("total-blank"), total.spot.place(total.field))
        return
    if total.state is State.NOT_APPLICABLE and not reported:
        return
    found = amount_of(total)
    if found != expected:
        yield total_difference(total, members, found, expected)


def run_checks(forms: Iterable[Form], entries: Entries, known: Known, results: CheckResults) -> None:
    """Decide every check of the forms, for each member where it says so; the undecided ones are listed."""
    for form in forms:
        quarterly = {(check.rule.text, check.each) for check in form.checks if not check.year_to_date}
        for check in form.checks:
            # In the first quarter the year to date is the quarter: the same relation is said once.
            if (
                check.year_to_date
                and known.period.quarter == 1
                and (check.rule.text, check.each) in quarterly
            ):
                continue
            for member in check.each or (_WHOLE,):
                _run(form, check, member, entries, known, results)


def _run(
    form: Form, check: Check, member: MemberCode, entries: Entries, known: Known, results: CheckResults
) -> None:
    root = about_member(expanded(check.rule.root, known.period.quarters()), member)
    figures = tuple(dict.fromkeys(part for part in walk(root) if isinstance(part, Figure)))
    place = next((entry for figure in figures if (entry := entries.place(figure)) is not None), None)
    if place is None:
        return  # nothing of it is due in this report
    evaluator = Evaluator(
        lambda figure: known.figure(figure, year_to_date=check.year_to_date), known.attribute
    )
    faulty = entries.is_faulty(entry for figure in figures for entry in entries.behind(figure))
    outcome = Standing.MISSING if faulty else evaluator.evaluate(root)
    if isinstance(outcome, Standing):
        if outcome is not Standing.NOT_DUE:
            reason = NotRun.FAULTY if faulty else _reason(outcome, figures, entries)
            results.not_run.append(CheckNotRun(form=form.code, check=check.code, about=member, reason=reason))
    elif not outcome:
        cells: Mapping[Figure, tuple[Entry, ...]] = {figure: entries.behind(figure) for figure in figures}
        results.issues.append((place, broken_relation(check, member, root, place, cells, evaluator)))


def _reason(outcome: Standing, figures: Iterable[Figure], entries: Entries) -> NotRun:
    if outcome is Standing.NOT_APPLICABLE:
        return NotRun.NOT_APPLICABLE
    if outcome is not Standing.MISSING:
        return NotRun.UNDECIDED
    needed = [entry for figure in figures for entry in entries.behind(figure)]
    return NotRun.MISSING if any(entry.state is State.BLANK for entry in needed) else NotRun.UNKNOWN


def about_member(node: Expression, member: MemberCode) -> Expression:
    """The expression about one member: every figure that names no members of its own is asked for it."""
    if not member:
        return node
    if isinstance(node, Figure):
        return node if node.members else replace(node, members=(member,))
    return rebuilt(node, tuple(about_member(part, member) for part in parts(node)))
