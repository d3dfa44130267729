"""Figures far from those of the unit's group, per head: for the reviewer, since others' figures are in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from intake.fields import due_elements, series_period
from intake.plausibility.outliers import find_outlier
from intake.regularity.look import NUMERIC, Look
from intake.wording import fault
from scoring.attributes import attribute_of
from scoring.codes import UnitCode
from scoring.errors import Issue
from scoring.numbers import fixed_text, shown
from scoring.rulebook.forms import Element
from scoring.rulebook.plausibility import PeersRule


def far_from_peers(look: Look) -> Iterator[Issue]:
    """Looks for totals that are far from the median of the group, each divided by the unit's attribute.

    Source: the modified z-score, see `outliers`. Running annual figures and stocks are compared like others:
    all units are at the same time of the year.
    """
    rule = look.rules.plausibility.peers
    if rule is None or not look.peers.by_unit:
        return
    for form in look.forms:
        for element in due_elements(form, look.period):
            if element.type in NUMERIC and (not rule.elements or element.code in rule.elements):
                yield from _compared(look, element, rule)


def _compared(look: Look, element: Element, rule: PeersRule) -> Iterator[Issue]:
    period = series_period(element, look.period)
    amount, size = look.own.total(element, period), _size(look, look.unit, rule)
    if amount is None or size is None or amount < rule.base:
        return
    named, rates = _group(look, element, rule)
    if len(rates) < rule.units:
        return
    far = find_outlier(amount / size, rates, limit=rule.z, spread=rule.spread)
    if far is None or far.median * size < rule.base:
        return
    what = fault(
        "far-from-peers",
        amount=shown(amount),
        per=_title(look, rule.per),
        group=named,
        units=len(rates),
        median=fixed_text(far.median * size, 0),
        z=fixed_text(far.z, 1),
        limit=shown(rule.z),
    )
    yield look.finding(what, look.place_of_element(element), rule.source, shown(amount))


def _group(look: Look, element: Element, rule: PeersRule) -> tuple[str, Sequence[Fraction]]:
    """The figures that are compared: those of the own group, or of all units where it is too small."""
    group = look.rules.ranking.peer_group
    own = look.rules.units[look.unit].attributes.get(group)
    if own is not None:
        same = [unit for unit in look.others if look.rules.units[unit].attributes.get(group) == own]
        rates = _rates(look, same, element, rule)
        if len(rates) >= rule.units:
            return f"同组（{own}）", rates
    return "全部", _rates(look, look.others, element, rule)


def _rates(look: Look, units: Iterable[UnitCode], element: Element, rule: PeersRule) -> list[Fraction]:
    return [rate for unit in units if (rate := _rate(look, unit, element, rule))]


def _rate(look: Look, unit: UnitCode, element: Element, rule: PeersRule) -> Fraction | None:
    amount = look.others[unit].total(element, series_period(element, look.period))
    size = _size(look, unit, rule)
    return amount / size if amount and amount > 0 and size else None


def _size(look: Look, unit: UnitCode, rule: PeersRule) -> Fraction | None:
    if not rule.per:
        return Fraction(1)
    if unit not in look.sizes:
        size = attribute_of(look.rules, unit, look.period, rule.per)
        look.sizes[unit] = size if isinstance(size, Fraction) and size > 0 else None
    return look.sizes[unit]


def _title(look: Look, name: str) -> str:
    attribute = look.rules.attributes.get(name)
    return (attribute.title if attribute else "") or name or "1"
