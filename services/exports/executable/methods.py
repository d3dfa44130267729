"""From a scoring method to the formula of its points before rounding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from scoring.methods.base import Quantity
from services.exports.executable.words import Unexpressible, number, quoted, settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a method's formula looks at: addresses of the value and of full points.

    peers: of what the group comes to, by the name of it ("min", "max", "P50", "better", "same", "count").
    """

    value: str
    full: str
    higher: bool
    peers: Mapping[str, str]


def points_formula(method: Any, asked: Asked) -> str:
    """The points of a value; raises Unexpressible for a method that has no formula here."""
    write = _WRITERS.get(method.kind)
    if write is None:
        raise Unexpressible(f"计分方法“{method.title}”")
    return write(method, asked)


def peers_asked(method: Any, higher: bool) -> tuple[tuple[str, Fraction | None], ...]:
    """What a method has to know of its group: names, and for quantiles the position from 0 to 1."""
    if method.kind == "peer_range":
        return ("min", None), ("max", None)
    if method.kind == "peer_quantiles":
        return tuple(
            (f"P{number(band.at_least * 100)}", band.at_least if higher else 1 - band.at_least)
            for band in method.bands
        )
    return (("better", None), ("same", None), ("count", None)) if method.kind == "peer_rank" else ()


def _quantity(quantity: Quantity, full: str) -> str:
    return f"{number(quantity.amount)}*{full}" if quantity.of_full else number(quantity.amount)


def _within(text: str, least: Quantity | None, most: Quantity | None, full: str) -> str:
    if most is not None:
        text = f"MIN({_quantity(most, full)},{text})"
    return text if least is None else f"MAX({_quantity(least, full)},{text})"


_TESTS = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}


def _ladder(method: Any, asked: Asked) -> str:
    text = _quantity(method.otherwise, asked.full)
    for rung in reversed(method.rungs):
        test = f"{settled(asked.value)}{_TESTS[rung.test]}{number(rung.threshold)}"
        text = f"IF({test},{_quantity(rung.earn, asked.full)},{text})"
    return text


def _slope(method: Any, asked: Asked) -> str:
    gap = (
        f"({number(method.target)}-{asked.value})"
        if asked.higher
        else f"({asked.value}-{number(method.target)})"
    )
    count = f"ABS({gap})/{number(method.per)}"
    if method.steps == "whole":
        count = f"INT(ROUND({count},9))"
    elif method.steps == "started":
        count = f"(-INT(-ROUND({count},9)))"
    more = f"{asked.full}+{count}*{number(method.add)}" if method.add else asked.full
    moved = f"IF({settled(gap)}>0,{asked.full}-{count}*{number(method.deduct)},{more})"
    return _within(moved, method.least, method.most, asked.full)


def _attain(method: Any, asked: Asked) -> str:
    gone = f"({asked.value}-{number(method.start)})" if method.start else asked.value
    text = f"{asked.full}*{gone}/{number(method.target - method.start)}"
    return _within(text, method.least, method.most, asked.full)


def _credit(method: Any, asked: Asked) -> str:
    return _within(f"{number(method.each)}*{asked.value}", method.least, method.most, asked.full)


def _deduction(method: Any, asked: Asked) -> str:
    text = f"MIN({asked.full},{asked.full}-{number(method.each)}*{asked.value})"
    return _within(text, method.least, None, asked.full)


def _direct(method: Any, asked: Asked) -> str:
    return _within(asked.value, method.least, method.most, asked.full)


def _checklist(_: Any, asked: Asked) -> str:
    return f"MAX(0,MIN({asked.full},{asked.value}))"


def _graded(method: Any, asked: Asked) -> str:
    text = _quantity(method.otherwise, asked.full)
    for word, earn in reversed(list(method.scale.items())):
        text = f"IF(EXACT({asked.value},{quoted(word)}),{_quantity(earn, asked.full)},{text})"
    return text


def _piecewise(method: Any, asked: Asked) -> str:
    value, knots = asked.value, method.points
    text = _quantity(knots[-1].earn, asked.full)
    for low, high in reversed(list(pairwise(knots))):
        bottom, top = _quantity(low.earn, asked.full), _quantity(high.earn, asked.full)
        line = f"{bottom}+({top}-{bottom})*({value}-{number(low.at)})/{number(high.at - low.at)}"
        text = f"IF({settled(value)}<{number(high.at)},{line},{text})"
    first = knots[0]
    return f"IF({settled(value)}<{number(first.at)},{_quantity(first.earn, asked.full)},{text})"


def _peer_range(method: Any, asked: Asked) -> str:
    low, high = asked.peers["min"], asked.peers["max"]
    best, worst = (high, low) if method.best == "max" else (low, high)
    share = f"{asked.full}*({asked.value}-{worst})/({best}-{worst})"
    return f"IF({settled(low)}={settled(high)},{_quantity(method.equal, asked.full)},{share})"


def _peer_quantiles(method: Any, asked: Asked) -> str:
    text, sign = _quantity(method.otherwise, asked.full), ">=" if asked.higher else "<="
    for band in reversed(method.bands):
        limit = asked.peers[f"P{number(band.at_least * 100)}"]
        test = f"{settled(asked.value)}{sign}{settled(limit)}"
        text = f"IF({test},{_quantity(band.earn, asked.full)},{text})"
    return text


def _peer_rank(method: Any, asked: Asked) -> str:
    better, same, count = (asked.peers[name] for name in ("better", "same", "count"))
    behind = {"best": "0", "worst": f"{same}-1", "mean": f"({same}-1)/2"}[method.ties]
    return f"IF({count}>1,{asked.full}*({count}-1-{better}-{behind})/({count}-1),{asked.full})"


_WRITERS: Mapping[str, Callable[[Any, Asked], str]] = {
    "ladder": _ladder,
    "slope": _slope,
    "attain": _attain,
    "piecewise": _piecewise,
    "credit": _credit,
    "deduction": _deduction,
    "direct": _direct,
    "checklist": _checklist,
    "graded": _graded,
    "peer_quantiles": _peer_quantiles,
    "peer_range": _peer_range,
    "peer_rank": _peer_rank,
}
