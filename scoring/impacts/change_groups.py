"""Changes that can be taken one by one: each group leaves a rule set that can be scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scoring.codes import ElementCode, NodeCode
from scoring.impacts.rule_mixing import RULE, TREE, Edit, edits_of
from scoring.rulebook.differences.changes import Act, Change
from scoring.rulebook.differences.usage import names_in
from scoring.rulebook.rules import RuleSet

_MOST_NAMED = 3
_OF_STRUCTURE = {"type", "members", "choices"}
"""Fields of an element on which the formulas that name it depend."""
_WORKED_IN = {"constants", "definitions"}
_TREE_PARTS = ("nodes", "indicators")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """Changes that are taken together or not at all."""

    changes: tuple[Change, ...]
    edits: frozenset[Edit]

    @property
    def key(self) -> str:
        """The same for the same changes, in every period."""
        return " ".join(sorted(f"{each.address}={each.after}" for each in self.changes))

    @property
    def title(self) -> str:
        """The first few changes by name."""
        named = list(dict.fromkeys(change.name for change in self.changes))
        more = f"等 {len(named)} 处" if len(named) > _MOST_NAMED else ""
        return "、".join(named[:_MOST_NAMED]) + more


def group_changes(before: RuleSet, after: RuleSet, changes: Iterable[Change]) -> tuple[ChangeGroup, ...]:
    """The changes that can move points, in groups, in the order of their first changes.

    Together go: points given to one indicator or node and taken from another below the same parent; a
    constant or definition and the formulas that name it; what one side alone has and what refers to it.
    """
    moving = [change for change in changes if change.moves_points]
    joined = _Joined()
    for change in moving:
        joined.together(edits_of(change))
    edits = {edit for change in moving for edit in edits_of(change)}
    for link in (*_balanced(before, after, edits), *_named_together(before, after, moving, edits)):
        joined.together(link)
    return tuple(_groups(moving, joined))


def _groups(changes: Sequence[Change], joined: _Joined) -> Iterator[ChangeGroup]:
    found: dict[Edit, list[Change]] = {}
    for change in changes:
        found.setdefault(joined.root(min(edits_of(change))), []).append(change)
    for members in found.values():
        edits = frozenset(edit for change in members for edit in edits_of(change))
        yield ChangeGroup(changes=tuple(members), edits=edits)


class _Joined:
    """Which edits go together, directly or through others."""

    def __init__(self) -> None:
        self.parents: dict[Edit, Edit] = {}

    def root(self, edit: Edit) -> Edit:
        """The same edit for all that go together."""
        while self.parents.setdefault(edit, edit) != edit:
            edit = self.parents[edit]
        return edit

    def together(self, edits: Iterable[Edit]) -> None:
        """Has these go together."""
        roots = sorted({self.root(edit) for edit in edits})
        for root in roots[1:]:
            self.parents[root] = roots[0]


def _balanced(before: RuleSet, after: RuleSet, edits: Iterable[Edit]) -> Iterator[set[Edit]]:
    """Each change of weight with the nearest node above whose own weight stays: below it the sum is kept."""
    placed = {edit for edit in edits if edit.facet == TREE}
    for edit in placed:
        yield {edit, *(_steady_above(rules, edit.code, placed) for rules in (before, after))}
    if Edit("root") in edits:
        yield {Edit("root"), *placed}


def _steady_above(rules: RuleSet, code: str, placed: Iterable[Edit]) -> Edit:
    """A name for the balance that a change of weight belongs to, as one of the rule sets sees it."""
    parent = _parent(rules, code)
    while parent is not None and Edit("nodes", parent, TREE) in placed:
        code, parent = parent, _parent(rules, parent)
    known = parent is not None or NodeCode(code) in rules.nodes
    return Edit("balance", parent or "") if known else Edit("balance", f"of {code}")


def _parent(rules: RuleSet, code: str) -> str | None:
    thing = rules.indicators.get(NodeCode(code)) or rules.nodes.get(NodeCode(code))
    return None if thing is None or thing.parent is None else str(thing.parent)


def _named_together(
    before: RuleSet, after: RuleSet, changes: Sequence[Change], edits: Iterable[Edit]
) -> Iterator[set[Edit]]:
    """Each changed rule with those changes without which the names in it would not mean anything."""
    needed = _needed(before, after, changes)
    for edit in edits:
        for rules in (before, after):
            thing = _thing(rules, edit)
            if thing is not None:
                named = names_in(rules, thing) & needed.keys()
                yield {edit, *(each for name in named for each in needed[name] if each in edits)}
        if edit.facet == RULE:
            # Of a thing that only one side has there is no rule to take over by itself.
            both = _thing(before, edit) is not None and _thing(after, edit) is not None
            yield {edit} if both else {edit, edit._replace(facet=TREE)}


def _needed(before: RuleSet, after: RuleSet, changes: Sequence[Change]) -> Mapping[str, set[Edit]]:
    """The changes that a rule may need to be taken with, by the names under which it mentions them."""
    found: dict[str, set[Edit]] = {}
    for change in changes:
        structural = change.container == "elements" and change.path[:1] and change.path[0] in _OF_STRUCTURE
        if change.container in _WORKED_IN or structural or change.act is Act.MOVED:
            found.setdefault(change.code, set()).update(edits_of(change))
    for part in _TREE_PARTS:
        for code in {*getattr(before, part)} ^ {*getattr(after, part)}:
            found.setdefault(str(code), set()).add(Edit(part, str(code), TREE))
    for name in _attributes(before) ^ _attributes(after):
        found.setdefault(name, set()).add(Edit("units", name))
    for name in {grade.name for grade in before.grades} ^ {grade.name for grade in after.grades}:
        found.setdefault(name, set()).add(Edit("grades"))
    return found


def _attributes(rules: RuleSet) -> set[str]:
    return {name for unit in rules.units.values() for name in unit.attributes}


def _thing(rules: RuleSet, edit: Edit) -> object:
    """What an edit is about, as one of the rule sets has it."""
    if edit.part == "indicators":
        return rules.indicators.get(NodeCode(edit.code))
    if edit.part == "nodes":
        return rules.nodes.get(NodeCode(edit.code))
    if edit.part == "elements":
        return rules.elements.get(ElementCode(edit.code))
    if edit.part == "adjustments":
        return next((each for each in rules.adjustments if each.code == edit.code), None)
    return rules.ranking if edit.part == "ranking" else None
