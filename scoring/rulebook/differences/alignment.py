"""Which item of one list is which of another: by what names it, then by the place between known ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from scoring.methods.checklist import Part
from scoring.methods.ladder import Rung
from scoring.methods.peer_quantiles import QuantileBand
from scoring.methods.piecewise import Knot
from scoring.numbers import exact_text
from scoring.rulebook.final_rules import Grade, TieBreak
from scoring.rulebook.sources import Example, RuleSetExample

Pair = tuple[Any, Any]
"""The same item before and after; None where it came or went."""
_KEYS: Mapping[type, Callable[[Any], object]] = {
    Rung: lambda rung: (rung.test, rung.threshold),
    Knot: lambda knot: knot.at,
    QuantileBand: lambda band: band.at_least,
    Part: lambda part: part.element,
    Grade: lambda grade: grade.name,
    TieBreak: lambda rule: (rule.node, rule.by_value),
    Example: lambda example: example.name,
    RuleSetExample: lambda example: example.name,
}
_LABELS: Mapping[type, Callable[[Any], str]] = {
    Rung: lambda rung: f"“{rung}”档",
    Knot: lambda knot: f"“{exact_text(knot.at)}”处折点",
    QuantileBand: lambda band: f"“P{exact_text(100 * band.at_least)}”档",
    Part: lambda part: f"清单项“{part.name}”",
    Example: lambda example: f"“{example.name}”",
    RuleSetExample: lambda example: f"“{example.name}”",
}
_NEVER_RENAMED = (Example, RuleSetExample, Part)


def aligned(before: Sequence[Any], after: Sequence[Any]) -> Iterator[Pair]:
    """Every item of both lists once, in the order of the later one as far as it goes.

    Items of one key are one item. Between two of these, what is left over on both sides is taken for the same
    item with a new key, one after the other: the third rung stays the third rung when its threshold moves.
    """
    matcher = SequenceMatcher(None, [_key(each) for each in before], [_key(each) for each in after], False)
    for act, start, end, first, last in matcher.get_opcodes():
        gone, new = list(before[start:end]), list(after[first:last])
        if act == "equal" or not _renamable(gone, new):
            yield from _unpaired(act, gone, new)
            continue
        for position in range(max(len(gone), len(new))):
            yield _at(gone, position), _at(new, position)


def label_of(item: object, position: int) -> str:
    """What an item of a list is called."""
    label = _LABELS.get(type(item))
    return label(item) if label else f"第 {position + 1} 项"


def _unpaired(act: str, gone: Sequence[Any], new: Sequence[Any]) -> Iterator[Pair]:
    if act == "equal":
        yield from zip(gone, new, strict=True)
        return
    yield from ((each, None) for each in gone)
    yield from ((None, each) for each in new)


def _renamable(gone: Sequence[Any], new: Sequence[Any]) -> bool:
    return not any(isinstance(each, _NEVER_RENAMED) for each in (*gone, *new))


def _at(items: Sequence[Any], position: int) -> Any:
    return items[position] if position < len(items) else None


def _key(item: Any) -> object:
    found = _KEYS.get(type(item))
    return found(item) if found else item
