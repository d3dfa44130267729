"""Figures that their submitter must explain: against last quarter, last year, and all earlier ones.

One issue for a cell, however many of these look at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from intake.check_results import CheckResults, Entries, NotRun, place_of
from intake.entries import Entry
from intake.facts import amount_of
from intake.fields import due_elements, series_period
from intake.plausibility.outliers import find_outlier
from intake.plausibility.own_history import OwnHistory, codes_before
from intake.readings import State
from intake.wording import fault, worded
from intake.wording_doubts import DOUBT_WORDINGS
from scoring.codes import WHOLE, FormCode
from scoring.errors import Issue
from scoring.numbers import fixed_text, shown
from scoring.periods import Period
from scoring.rulebook.forms import Element, ElementType, Form
from scoring.rulebook.plausibility import ChangeRule, HistoryRule
from scoring.rulebook.rules import RuleSet

_NUMERIC = frozenset({ElementType.INTEGER, ElementType.DECIMAL})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a figure is doubtful, and the source of the limit."""

    zh: str
    en: str
    source: str


@dataclass(frozen=True, slots=True)
class Current:
    """A figure of this report: its element, its total or single cell, and how much it is."""

    element: Element
    entry: Entry
    amount: Fraction


def find_doubts(
    rules: RuleSet,
    forms: Sequence[Form],
    period: Period,
    entries: Entries,
    history: OwnHistory,
    results: CheckResults,
) -> None:
    """Adds an issue for each doubtful figure, and which of the two looks could not be taken, form by form."""
    limits = rules.plausibility
    unknown: dict[str, list[FormCode]] = {"change": [], "history": []}
    for form in forms:
        for current in _current_figures(form, period, entries):
            reasons: list[Reason] = []
            if limits.change and _is_asked(current.element, limits.change.elements):
                found = _changes(current, period, history, limits.change)
                reasons += found or ()
                unknown["change"] += [form.code] if found is None else []
            if limits.history and _is_asked(current.element, limits.history.elements):
                far = _history(current, history, limits.history)
                reasons += far or ()
                unknown["history"] += [form.code] if far is None else []
            if reasons:
                results.issues.append((current.entry, _issue(current, reasons)))
    for check, codes in unknown.items():
        results.left_out(check, codes, NotRun.UNKNOWN)


def _is_asked(element: Element, named: Sequence[str]) -> bool:
    return not named or element.code in named


def _current_figures(form: Form, period: Period, entries: Entries) -> Iterator[Current]:
    """The numbers of a form of which every part is known; running annual figures grow by themselves."""
    for element in due_elements(form, period):
        if element.type not in _NUMERIC or element.cumulative:
            continue
        entry = entries.rows[element.code][WHOLE]
        parts = entries.members(element.code) or (entry,)
        amount = _sum_of(parts, entries)
        if amount is not None:
            yield Current(element, entry, amount)


def _sum_of(parts: Sequence[Entry], entries: Entries) -> Fraction | None:
    if entries.is_faulty(parts) or any(part.state is State.BLANK for part in parts):
        return None
    amounts = [amount_of(part) for part in parts if part.state is not State.NOT_APPLICABLE]
    numbers = [amount for amount in amounts if isinstance(amount, Fraction)]
    return sum(numbers, Fraction(0)) if numbers else None


def _changes(current: Current, period: Period, history: OwnHistory, rule: ChangeRule) -> list[Reason] | None:
    """How it moved since the period before and the same one last year; None where neither is known."""
    element = current.element
    (before,) = codes_before(element, period, 1)
    a_year_ago = series_period(element, replace(period, year=period.year - 1))
    words = {before: ("上一期", "the period before"), a_year_ago: ("上年同期", "the same period last year")}
    known = {code: amount for code in words if (amount := history.total(element, code)) is not None}
    if not known:
        return None
    return [
        _change(current.amount, base, words[code], rule)
        for code, base in known.items()
        if base >= rule.base and abs(current.amount - base) > rule.over * base
    ]


def _change(amount: Fraction, base: Fraction, words: tuple[str, str], rule: ChangeRule) -> Reason:
    share = _tenths(100 * abs(amount - base) / base)
    way_zh, way_en = ("增加", "more") if amount > base else ("减少", "less")
    limit = shown(100 * rule.over)
    return Reason(
        f"比{words[0]}的 {shown(base)} {way_zh} {share}%，超过 {limit}%",
        f"{share}% {way_en} than the {shown(base)} of {words[1]}, beyond {limit}%",
        rule.source,
    )


def _history(current: Current, history: OwnHistory, rule: HistoryRule) -> list[Reason] | None:
    """Whether it is far from all earlier ones; None where there are too few of these."""
    earlier = [amount for amount in history.totals(current.element) if amount > 0]
    if len(earlier) < rule.periods:
        return None
    far = find_outlier(current.amount, earlier, limit=rule.z, spread=rule.spread)
    if far is None or far.median < rule.base:
        return []
    median, z, limit = _tenths(far.median), _tenths(far.z), shown(rule.z)
    return [
        Reason(
            f"偏离以往 {len(earlier)} 期的中位数 {median}（稳健 z 值 {z}，超过 {limit}）",
            f"far from the median {median} of {len(earlier)} earlier periods (robust z {z}, beyond {limit})",
            rule.source,
        )
    ]


def _issue(current: Current, reasons: Sequence[Reason]) -> Issue:
    entry = current.entry
    what = fault(
        "doubtful-figure",
        amount=shown(current.amount),
        reasons="；".join(each.zh for each in reasons),
        reasons_en="; ".join(each.en for each in reasons),
    )
    found = entry.text or entry.reading.shown
    issue = worded(DOUBT_WORDINGS, what, place_of(entry), found=found)
    return replace(issue, source=_joined(each.source for each in reasons))


def _joined(sources: Iterable[str]) -> str:
    return "；".join(dict.fromkeys(sources))


def _tenths(value: Fraction) -> str:
    text = fixed_text(value, 1)
    return text.removesuffix(".0")
