"""What a rule set remembers of how it came about: values that change within the year."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from scoring.errors import Place
from scoring.rulebook.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedChoice:
    """What a dated value is from one day to another, both inclusive."""

    start: date
    end: date
    text: str
    """The value as its file writes it; lists and mappings on one line."""
    source: Source | None = None
    because: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """A value that changes within the effective period, with everything that it is in turn."""

    rule: str
    """The code of what it belongs to: indicator, node, adjustment, form, element, unit, or the rule set."""
    path: str
    """Where it stands within that: "points", "method.rungs[2].earn", "constants.target.value"."""
    choices: tuple[DatedChoice, ...]
    """In the order of time, without a hole and without an overlap."""
    place: Place = field(default_factory=Place, compare=False)

    def on(self, day: date) -> DatedChoice:
        """What is in force on a day; before the first choice the first, after the last the last."""
        before = [each for each in self.choices if each.start <= day]
        return before[-1] if before else self.choices[0]
