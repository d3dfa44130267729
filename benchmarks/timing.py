"""What every benchmark here does alike: the median of CPU time over repeats, and a table in plain text."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
MILLISECOND, MICROSECOND = 1e-3, 1e-6


def median_cpu(function: Callable[[], object], repeats: int = 15) -> float:
    """The median CPU time of this process in seconds, after one call that does not count."""
    return median_cpu_on(lambda _: function(), lambda: None, repeats)


def median_cpu_on(function: Callable[[T], object], prepare: Callable[[], T], repeats: int = 15) -> float:
    """The same of a function of something that is made anew for every call, outside the time taken."""
    function(prepare())
    taken = []
    for _ in range(repeats):
        prepared = prepare()
        started = time.process_time()
        function(prepared)
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns as wide as their widest cell; the first to the left, figures to the right."""
    lines = [tuple(heads), *(tuple(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        first, *others = (
            cell.ljust(width) if not column else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join([first, *others]).rstrip())


def ratio(part: float, whole: float) -> str:
    """How many times the second the first is: "12.3 x"."""
    return f"{part / whole:.1f} x"
