"""Pictures as whole numbers: where the dots of a strip and the points of a line go. No float, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

_STEP = 10
_DOT = 6
_MARGIN = 14
_STRIP_WIDTH = 640
_LANE = 12


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One unit on the strip."""

    x: int
    y: int
    label: str
    score: Fraction
    style: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Scores side by side on one axis; dots that would touch are piled up."""

    width: int
    height: int
    base: int
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    mean: int | None


def strip_of(entries: Sequence[tuple[str, Fraction, str]], mean: Fraction | None) -> Strip:
    """A strip of (label, score, style), and where their mean lies; empty without entries."""
    if not entries:
        return Strip(_STRIP_WIDTH, 0, 0, (), (), None)
    ordered = sorted(entries, key=lambda entry: entry[1])
    low, high = _bounds(ordered[0][1], ordered[-1][1])
    lanes: list[int] = []
    placed: list[tuple[int, int, tuple[str, Fraction, str]]] = []
    for entry in ordered:
        x = _position(entry[1], low, high, _STRIP_WIDTH)
        lane = _free_lane(lanes, x)
        placed.append((x, lane, entry))
    base = _LANE * max(4, len(lanes)) + _DOT
    dots = tuple(
        Dot(x, base - _DOT - 2 - _LANE * lane, label, score, style)
        for x, lane, (label, score, style) in placed
    )
    ticks = tuple(
        Tick(_position(Fraction(mark), low, high, _STRIP_WIDTH), str(mark))
        for mark in range(low, high + 1, _tick_step(low, high))
    )
    at = None if mean is None else _position(mean, low, high, _STRIP_WIDTH)
    return Strip(_STRIP_WIDTH, base + 22, base, dots, ticks, at)


def _bounds(least: Fraction, most: Fraction) -> tuple[int, int]:
    low = int(least // _STEP) * _STEP
    high = int(-(-most // _STEP)) * _STEP
    return (low, high) if high > low else (low, low + _STEP)


def _tick_step(low: int, high: int) -> int:
    return _STEP if high - low <= 10 * _STEP else -(-(high - low) // (10 * _STEP)) * _STEP


def _position(score: Fraction, low: int, high: int, width: int) -> int:
    return _MARGIN + int((score - low) * (width - 2 * _MARGIN) / (high - low))


def _free_lane(lanes: list[int], x: int) -> int:
    for lane, last in enumerate(lanes):
        if x - last >= _LANE:
            lanes[lane] = x
            return lane
    lanes.append(x)
    return len(lanes) - 1


@dataclass(frozen=True, slots=True)
class Stop:
    """One period on a trend."""

    x: int
    y: int
    label: str
    score: str
    text: str
    current: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """A unit's scores over the periods of a year, and the height of the lines behind them."""

    width: int
    height: int
    base: int
    stops: tuple[Stop, ...]
    ticks: tuple[Tick, ...]

    @property
    def line(self) -> str:
        """The points of the line."""
        return " ".join(f"{stop.x},{stop.y}" for stop in self.stops)

    @property
    def area(self) -> str:
        """The points of the area below it."""
        first, last = self.stops[0], self.stops[-1]
        return f"{first.x},{self.base} {self.line} {last.x},{self.base}"


def trend_of(entries: Sequence[tuple[str, Fraction, str, str, bool]]) -> Trend | None:
    """A trend of (label, score, its text, what is said of it, current) in time; None with fewer than two."""
    if len(entries) < 2:
        return None
    width, top, base = 320, 22, 116
    low, high = _bounds(min(entry[1] for entry in entries), max(entry[1] for entry in entries))
    left, right = 40, width - 30

    def height_of(score: Fraction) -> int:
        return base - int((score - low) * (base - top) / (high - low))

    stops = tuple(
        Stop(
            left + 10 + position * (right - left - 10) // (len(entries) - 1),
            height_of(score),
            label,
            written,
            said,
            current,
        )
        for position, (label, score, written, said, current) in enumerate(entries)
    )
    marks = sorted({low, (low + high) // 2, high})
    return Trend(width, base + 26, base, stops, tuple(Tick(height_of(Fraction(m)), str(m)) for m in marks))
