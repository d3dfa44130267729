"""The values at which each scoring method turns: thresholds, targets, knots."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from scoring.methods.base import Method


def thresholds_of(method: Method) -> tuple[Fraction, ...]:
    """Values written into the method, in its own order; none for a method that is not known here."""
    reader = _READERS.get(method.kind)
    return reader(method) if reader is not None else ()


_READERS: Mapping[str, Callable[[Any], tuple[Fraction, ...]]] = {
    "ladder": lambda method: tuple(rung.threshold for rung in method.rungs),
    "piecewise": lambda method: tuple(knot.at for knot in method.points),
    "slope": lambda method: (method.target,),
    "attain": lambda method: (method.start, method.target),
}
