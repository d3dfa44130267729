"""The relations between figures: totals and sums, and the checks of the forms, each naming its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from intake.check_results import CheckNotRun, CheckResults, Entries, NotRun
from intake.check_sentences import Broken, broken_relation, total_difference
from intake.entries import Entry
from intake.facts import amount_of
from intake.known import Known
from intake.readings import State
from intake.rounding_slack import half_unit, holds_within_rounding
from intake.wording import fault, worded
from intake.wording_cells import CELL_WORDINGS
from scoring.codes import WHOLE, MemberCode
from scoring.errors import Issue
from scoring.evaluation import Evaluator
from scoring.expressions import Expression, Figure, Formula, expanded, parts, rebuilt, walk
from scoring.facts import Standing
from scoring.rulebook.forms import Check, Form


def check_totals(entries: Entries, results: CheckResults) -> None:
    """Hold every 合计 against the sum of its members; those not applicable are left out of it."""
    for element, row in entries.rows.items():
        total = row[WHOLE]
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
    addends = sum(entry.state is State.VALUE for entry in members)
    # The total was rounded, and so was each of its parts.
    slack = (addends + 1) * half_unit(total.field.element)
    if not isinstance(found, Fraction) or abs(found - expected) > slack:
        yield total_difference(total, members, found, expected, slack)


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
            for member in check.each or (WHOLE,):
                _run(form, check, member, entries, known, results)


def _run(
    form: Form, check: Check, member: MemberCode, entries: Entries, known: Known, results: CheckResults
) -> None:
    root, figures = _written_out(check.rule, known.period.quarters(), member)
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
    elif not outcome and not holds_within_rounding(
        root, evaluator, spread := lambda figure: known.spread(figure, year_to_date=check.year_to_date)
    ):
        cells: Mapping[Figure, tuple[Entry, ...]] = {figure: entries.behind(figure) for figure in figures}
        broken = Broken(check=check, member=member, root=root, place=place, cells=cells, spread=spread)
        results.issues.append((place, broken_relation(broken, evaluator, known.rules)))


def _written_out(
    rule: Formula, quarters: tuple[int, ...], member: MemberCode
) -> tuple[Expression, tuple[Figure, ...]]:
    """The rule about one member in these quarters, and the figures it asks for; made once a rule set."""
    key = "about a member", quarters, member
    if key not in rule.kept:
        root = about_member(expanded(rule.root, quarters), member)
        figures = dict.fromkeys(part for part in walk(root) if isinstance(part, Figure))
        rule.kept[key] = root, tuple(figures)
    return rule.kept[key]


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
