"""The difference of two rule sets by meaning: what came, went, moved and changed, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from scoring.periods import QUARTERS, Period
from scoring.rulebook.differences.changes import Change, Difference, Version, Weight
from scoring.rulebook.differences.difference_parts import part_changes
from scoring.rulebook.differences.difference_values import source_text
from scoring.rulebook.differences.difference_walk import Pairing
from scoring.rulebook.differences.usage import scored_names
from scoring.rulebook.lineage import DatedChoice
from scoring.rulebook.rules import RuleSet

_ORDER = (
    "nodes",
    "indicators",
    "adjustments",
    "grades",
    "ranking",
    "elements",
    "forms",
    "checks",
    "units",
    "attributes",
    "constants",
    "definitions",
    "tables",
    "breakdowns",
    "clauses",
    "documents",
    "workdays",
    "deadline",
)
"""In which order the parts are told, after what the rule set says of itself; unknown parts come last."""
_BY_USE = {"elements", "attributes", "constants", "definitions", "tables"}
"""Parts of which only those can move points that some rule mentions."""


def rule_difference(before: RuleSet, after: RuleSet) -> Difference:
    """What turns the earlier rule set into the later one; empty where both mean the same.

    Where values are dated, each quarter is compared by what is in force on its last day, and each change says
    which quarters it concerns.
    """
    found: dict[Change, set[int]] = {}
    for quarters, one, other in _stretches(before, after):
        for change in plain_changes(one, other):
            found.setdefault(change, set()).update(quarters)
    changes = [_dated(change, quarters, after) for change, quarters in found.items()]
    return Difference(
        before=version_of(before),
        after=version_of(after),
        changes=tuple(sorted(changes, key=_position)),
        new_templates=before.forms_digest != after.forms_digest,
    )


def plain_changes(before: RuleSet, after: RuleSet) -> Iterator[Change]:
    """Every difference between two rule sets as they are in force at one time."""
    used = scored_names(before) | scored_names(after)
    for change in part_changes(Pairing(before, after)):
        yield _weighed(change, used)


def _weighed(change: Change, used: frozenset[str]) -> Change:
    """The change, which cannot move points where no rule mentions what it is about.

    What came or went by itself moves nothing either: the rules that use it now are changes of their own.
    """
    if not change.moves_points:
        return change
    if change.container == "units":
        attribute = change.path[1] if change.path[:1] == ("attributes",) and len(change.path) > 1 else ""
        return replace(change, weight=Weight.NONE) if attribute and attribute not in used else change
    if change.container in _BY_USE and (change.code not in used or not change.path):
        return replace(change, weight=Weight.REPORTS if change.changes_template else Weight.NONE)
    return change


def _stretches(before: RuleSet, after: RuleSet) -> list[tuple[list[int], RuleSet, RuleSet]]:
    """The pairs of rule sets that are in force together, the last first, with the quarters of each."""
    pairs: list[tuple[list[int], RuleSet, RuleSet]] = []
    for quarter in reversed(QUARTERS):
        one, other = _in_force(before, quarter), _in_force(after, quarter)
        if pairs and pairs[-1][1] is one and pairs[-1][2] is other:
            pairs[-1][0].append(quarter)
        else:
            pairs.append(([quarter], one, other))
    return pairs


def _in_force(rules: RuleSet, quarter: int) -> RuleSet:
    return rules.in_force(Period(rules.year, quarter, yearly=False))


def _dated(change: Change, quarters: Iterable[int], after: RuleSet) -> Change:
    """The change with the quarters it concerns, its first day, and what its file says of that date."""
    concerned = tuple(sorted(quarters))
    start = after.effective[0]
    if concerned[0] > 1:
        start = max(start, date(after.year, 3 * concerned[0] - 2, 1))
    change = replace(change, quarters=concerned, since=start, year=after.year)
    choice = _choice(change, after)
    if choice is None:
        return change
    source = source_text(choice.source, after) or change.source
    return replace(change, since=max(choice.start, after.effective[0]), source=source, because=choice.because)


def _choice(change: Change, after: RuleSet) -> DatedChoice | None:
    """The dated value that the change is about; None where nothing of it is dated."""
    last = Period(after.year, change.quarters[-1], yearly=False).last_day
    for value in after.dated:
        key = value.path.partition(".")[0].partition("[")[0]
        of_thing = value.rule == change.code and key in change.path[:1]
        of_frame = value.rule == after.code and key in (change.container, *change.path[:1])
        if of_thing or (of_frame and change.code in value.path):
            return value.on(last)
    return None


def version_of(rules: RuleSet) -> Version:
    """Which rule set it is, as comparisons name it."""
    return Version(
        code=rules.code,
        title=rules.title,
        version=rules.version,
        digest=rules.digest,
        effective=rules.effective,
    )


def _position(change: Change) -> int:
    """Stable: within a part the changes stay as they were found."""
    if change.container in _ORDER:
        return _ORDER.index(change.container) + 1
    return len(_ORDER) + 1 if change.container else 0
