"""Between which bounds the functions of the formula language lie, given the bounds of their arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from scoring.expressions import Call, Number
from scoring.numbers import Rounding, RoundingMode, square_root
from scoring.rulebook.meaning.intervals import EVERYTHING, NOT_NEGATIVE, Interval, hull


def _least(_: Call, found: list[Interval]) -> Interval:
    return Interval(
        None if any(each.low is None for each in found) else min(each.low or Fraction(0) for each in found),
        min((each.high for each in found if each.high is not None), default=None),
    )


def _greatest(node: Call, found: list[Interval]) -> Interval:
    return -_least(node, [-each for each in found])


def _clamped(node: Call, found: list[Interval]) -> Interval:
    value, least, most = found
    return _greatest(node, [least, _least(node, [most, value])])


def _size(node: Call, found: list[Interval]) -> Interval:
    inner = found[0]
    if inner.never_negative:
        return inner
    return _greatest(node, [inner, -inner]).meet(NOT_NEGATIVE)


def _rounded(node: Call, found: list[Interval]) -> Interval:
    places = node.arguments[1] if len(node.arguments) > 1 else None
    if places is not None and not isinstance(places, Number):
        return EVERYTHING
    rounding = Rounding(int(places.value) if isinstance(places, Number) else 0, _MODES[node.function])
    low, high = (None if end is None else rounding.apply(end) for end in (found[0].low, found[0].high))
    return Interval(low, high)


def _rooted(_: Call, found: list[Interval]) -> Interval:
    inner = found[0].meet(NOT_NEGATIVE)
    low, high = (None if end is None or end < 0 else square_root(end) for end in (inner.low, inner.high))
    return Interval(low, high).meet(NOT_NEGATIVE)


_MODES = {
    "round": RoundingMode.HALF_UP,
    "round_half_even": RoundingMode.HALF_EVEN,
    "truncate": RoundingMode.TRUNCATE,
    "floor": RoundingMode.FLOOR,
    "ceil": RoundingMode.CEIL,
}
CALL_BOUNDS: Mapping[str, Callable[[Call, list[Interval]], Interval]] = {
    "min": _least,
    "max": _greatest,
    "clamp": _clamped,
    "abs": _size,
    "sqrt": _rooted,
    "coalesce": lambda _, found: hull(found),
    **dict.fromkeys(_MODES, _rounded),
}
