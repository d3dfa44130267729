"""The panel: all units of a period side by side, as statistics look at them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Protocol

from scoring.evaluation import Outcome
from scoring.expressions import Expression, Statistic
from scoring.facts import Standing
from scoring.statistics import Found, of_group


class Panel(Protocol):
    """Knows what every statistic comes to for every unit."""

    @property
    def before(self) -> Panel:
        """The same units in the period before."""
        ...

    def found(self, statistic: Statistic, row: int) -> Found:
        """What the statistic comes to for the unit of a row."""
        ...


class PlainPanel:
    """Reckons each statistic once for all units, when it is first asked for.

    rows: the units in the order of the rule set. evaluate: the outcome of an expression for the unit of a
    row. scope: in which group of a scope the unit of a row is, or why in none. earlier: makes the panel of
    the period before.
    """

    def __init__(
        self,
        rows: Sequence[int],
        evaluate: Callable[[Expression, int], Outcome],
        scope: Callable[[str, int], str | Standing],
        earlier: Callable[[], Panel],
    ) -> None:
        self._rows, self._evaluate, self._scope = rows, evaluate, scope
        self._earlier = earlier
        self._found: dict[Statistic, dict[int, Found]] = {}

    @cached_property
    def before(self) -> Panel:
        """The same units in the period before."""
        return self._earlier()

    def found(self, statistic: Statistic, row: int) -> Found:
        """What the statistic comes to for the unit of a row."""
        if statistic not in self._found:
            self._found[statistic] = self._reckoned(statistic)
        return self._found[statistic][row]

    def _reckoned(self, statistic: Statistic) -> dict[int, Found]:
        found: dict[int, Found] = {}
        groups: dict[str, list[int]] = {}
        for row in self._rows:
            group = self._scope(statistic.scope, row)
            if isinstance(group, Standing):
                found[row] = Found(statistic, group, 0)
            else:
                groups.setdefault(group, []).append(row)
        for rows in groups.values():
            outcomes = [_number(self._evaluate(statistic.inner, row)) for row in rows]
            found.update(zip(rows, of_group(statistic, outcomes), strict=True))
        return found


def _number(outcome: Outcome) -> Fraction | Standing:
    if isinstance(outcome, str):
        return Standing.UNDEFINED
    return Fraction(outcome) if isinstance(outcome, bool) else outcome
