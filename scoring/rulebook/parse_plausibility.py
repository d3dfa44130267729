"""From `plausibility:` of ruleset.yaml to the limits beyond which a figure is doubtful."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from scoring.codes import ElementCode
from scoring.rulebook.plausibility import (
    ChangeRule,
    EqualBlockRule,
    HistoryRule,
    LastDigitRule,
    OnThresholdRule,
    PeersRule,
    Plausibility,
    SameFigureRule,
)
from scoring.rulebook.tree import Record

T = TypeVar("T")
_MOST_PERIODS = 40
_MOST_FIGURES = 1_000
_FEWEST_POINTS = 3
"""A median and a deviation from it say nothing about fewer."""


def parse_plausibility(frame: Record) -> Plausibility:
    """What ruleset.yaml looks for; nothing where it says nothing."""
    record = frame.record("plausibility", "数字的合理性")
    if record is None:
        return Plausibility()
    found = Plausibility(
        change=_part(record, "change", _change),
        history=_part(record, "history", _history),
        peers=_part(record, "peers", _peers),
        same_figure=_part(record, "same_figure", _same_figure),
        last_digit=_part(record, "last_digit", _last_digit),
        on_threshold=_part(record, "on_threshold", _on_threshold),
        equal_block=_part(record, "equal_block", _equal_block),
    )
    record.close()
    return found


def _part(record: Record, key: str, read: Callable[[Record], T]) -> T | None:
    inner = record.record(key, f"数字的合理性 {key}")
    if inner is None:
        return None
    found = read(inner)
    inner.close()
    return found


def _change(record: Record) -> ChangeRule:
    return ChangeRule(
        elements=_elements(record),
        over=_positive_share(record, "over", ChangeRule().over),
        base=_positive(record, "base_at_least", ChangeRule().base),
        source=record.text("source", required=True),
    )


def _history(record: Record) -> HistoryRule:
    plain = HistoryRule()
    return HistoryRule(
        elements=_elements(record),
        z=_positive(record, "robust_z", plain.z),
        periods=_count(record, "periods", plain.periods, _FEWEST_POINTS, _MOST_PERIODS),
        base=_positive(record, "base_at_least", plain.base),
        spread=_positive_share(record, "least_spread", plain.spread),
        source=record.text("source", required=True),
    )


def _peers(record: Record) -> PeersRule:
    plain = PeersRule()
    return PeersRule(
        elements=_elements(record),
        per=record.text("per"),
        z=_positive(record, "robust_z", plain.z),
        units=_count(record, "units", plain.units, _FEWEST_POINTS, _MOST_FIGURES),
        base=_positive(record, "base_at_least", plain.base),
        spread=_positive_share(record, "least_spread", plain.spread),
        source=record.text("source", required=True),
    )


def _same_figure(record: Record) -> SameFigureRule:
    plain = SameFigureRule()
    return SameFigureRule(
        periods=_count(record, "periods", plain.periods, 2, _MOST_PERIODS),
        at_least=_positive(record, "at_least", plain.at_least),
        source=record.text("source", required=True),
    )


def _last_digit(record: Record) -> LastDigitRule:
    plain = LastDigitRule()
    return LastDigitRule(
        figures=_count(record, "figures", plain.figures, 1, _MOST_FIGURES),
        at_least=_positive(record, "at_least", plain.at_least),
        chance=_positive_share(record, "chance", plain.chance),
        source=record.text("source", required=True),
    )


def _on_threshold(record: Record) -> OnThresholdRule:
    return OnThresholdRule(
        periods=_count(record, "periods", OnThresholdRule().periods, 2, _MOST_PERIODS),
        source=record.text("source", required=True),
    )


def _equal_block(record: Record) -> EqualBlockRule:
    return EqualBlockRule(
        figures=_count(record, "figures", EqualBlockRule().figures, 2, _MOST_FIGURES),
        source=record.text("source", required=True),
    )


def _elements(record: Record) -> tuple[ElementCode, ...]:
    return tuple(ElementCode(code) for code in record.words("elements", distinct=True))


def _positive(record: Record, key: str, default: Fraction) -> Fraction:
    found = record.number(key, default)
    if found <= 0:
        record.wrong(record.at(key), f"{key} 要大于 0", f"{key} must be more than nothing")
    return found


def _positive_share(record: Record, key: str, default: Fraction) -> Fraction:
    found = record.share(key, default)
    if found <= 0:
        record.wrong(record.at(key), f"{key} 要大于 0", f"{key} must be more than nothing")
    return found


def _count(record: Record, key: str, default: int, least: int, most: int) -> int:
    found = record.whole(key, default, most=most)
    if found < least:
        record.wrong(record.at(key), f"{key} 至少是 {least}", f"{key} must be at least {least}")
    return found
