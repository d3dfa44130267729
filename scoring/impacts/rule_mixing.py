"""Rule sets between two others: the earlier one with some of the changes that lead to the later one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, NamedTuple, TypeVar

from scoring.codes import NodeCode, UnitCode
from scoring.rulebook.differences.changes import Act, Change
from scoring.rulebook.forms import Element, Form
from scoring.rulebook.rules import Indicator, Node, RuleSet, Unit

TREE, RULE, WHOLE = "tree", "rule", ""
"""What of a thing changes: its place and weight in the tree, how it is reckoned, or all of it."""
_IN_TREE = {"parent", "points", "weight", "kind"}
_DERIVED = {"children", "place", "code"}
_AS_ONE = {
    "grades": "grades",
    "grade_on_rounded": "grades",
    "ranking": "ranking",
}
_BY_CODE = {"adjustments", "elements", "tables", "constants", "definitions"}
_OPEN_ENDED = {"nodes": RULE, "indicators": RULE}
T = TypeVar("T")


class Edit(NamedTuple):
    """The smallest step from one rule set to the other."""

    part: str
    """A part of the rule set, or a single property of it."""
    code: str = ""
    """Which thing of that part, or which attribute of all units; empty where there is only one."""
    facet: str = WHOLE


def edits_of(change: Change) -> frozenset[Edit]:
    """The steps that make up a change."""
    part = change.container or change.path[0]
    if part in _AS_ONE:
        return frozenset({Edit(_AS_ONE[part])})
    if part in _OPEN_ENDED:
        return frozenset(_tree_edits(part, change))
    if part == "units":
        named = change.path[:1] == ("attributes",) and len(change.path) > 1
        return frozenset({Edit("units", change.path[1] if named else "")})
    if part == "attributes":
        return frozenset({Edit("units", change.code)})
    if change.act is Act.RENUMBERED:
        return frozenset({Edit(part, change.before), Edit(part, change.code)})
    return frozenset({Edit(part, change.code if part in _BY_CODE else "")})


def _tree_edits(part: str, change: Change) -> Iterator[Edit]:
    if change.act is Act.RENUMBERED:
        yield Edit(part, change.before, TREE)
        yield Edit(part, change.code, TREE)
    elif not change.path or change.path[0] in _IN_TREE:
        yield Edit(part, change.code, TREE)
    else:
        yield Edit(part, change.code, RULE)


def mixed(before: RuleSet, after: RuleSet, edits: Collection[Edit]) -> RuleSet:
    """The earlier rule set with some steps taken.

    Names that only the later one has (elements, tables, constants) are there from the start: by themselves
    they do nothing, and a rule that is taken over may need them.
    """
    taken = frozenset(edits)
    nodes = _things("nodes", before.nodes, after.nodes, taken)
    indicators = _things("indicators", before.indicators, after.indicators, taken)
    singles = {
        edit.part: getattr(after, edit.part)
        for edit in taken
        if edit.part in _FIELDS and not edit.code and edit.part not in _PARTS
    }
    if Edit("grades") in taken:
        singles["grade_on_rounded"] = after.grade_on_rounded
    return replace(
        before,
        nodes=_with_children(before, after, nodes, indicators),
        indicators=indicators,
        adjustments=_adjustments(before, after, taken),
        forms=_forms(before, after, taken),
        units=_units(before, after, taken),
        tables=_named("tables", before.tables, after.tables, taken),
        constants=_named("constants", before.constants, after.constants, taken),
        definitions=_named("definitions", before.definitions, after.definitions, taken),
        slices=(),
        **singles,
    )


_FIELDS = frozenset(each.name for each in fields(RuleSet))
_PARTS = frozenset({"units", "nodes", "indicators", "adjustments", "forms", *_BY_CODE})


def _things(
    part: str, before: Mapping[NodeCode, Any], after: Mapping[NodeCode, Any], taken: Collection[Edit]
) -> dict[NodeCode, Any]:
    """Nodes or indicators: those of the earlier rule set, each with the facets that are taken over."""
    found: dict[NodeCode, Any] = {}
    for code in (*before, *(each for each in after if each not in before)):
        placed, reckoned = Edit(part, code, TREE) in taken, Edit(part, code, RULE) in taken
        old, new = before.get(code), after.get(code)
        if old is None or new is None:
            kept = new if placed else old
            if kept is not None:
                found[code] = kept
        else:
            found[code] = _facets(old, new, placed=placed, reckoned=reckoned)
    return found


def _facets(old: Indicator | Node, new: Indicator | Node, *, placed: bool, reckoned: bool) -> Any:
    names = [each.name for each in fields(new) if each.name not in _DERIVED]
    chosen = [name for name in names if (placed if name in _IN_TREE else reckoned)]
    return replace(old, **{name: getattr(new, name) for name in chosen})


def _with_children(
    before: RuleSet,
    after: RuleSet,
    nodes: Mapping[NodeCode, Node],
    indicators: Mapping[NodeCode, Indicator],
) -> dict[NodeCode, Node]:
    """The nodes with the children that name them as their parent, in the order of the tree."""
    order = dict.fromkeys((*before.order, *after.order))
    children: dict[NodeCode, list[NodeCode]] = {code: [] for code in nodes}
    for code in order:
        thing = nodes.get(code) or indicators.get(code)
        if thing is not None and thing.parent in children:
            children[thing.parent].append(code)
    return {code: replace(node, children=tuple(children[code])) for code, node in nodes.items()}


def _adjustments(before: RuleSet, after: RuleSet, taken: Collection[Edit]) -> tuple[Any, ...]:
    old = {each.code: each for each in before.adjustments}
    new = {each.code: each for each in after.adjustments}
    lists = (new, old) if Edit("adjustments") in taken else (old, new)
    chosen = ((new if Edit("adjustments", code) in taken else old).get(code) for code in merged_order(*lists))
    return tuple(each for each in chosen if each is not None)


def merged_order(first: Iterable[T], other: Iterable[T]) -> list[T]:
    """The first order with what only the other has, each after what it follows there."""
    found = list(first)
    place = 0
    for each in other:
        if each in found:
            place = found.index(each) + 1
        else:
            found.insert(place, each)
            place += 1
    return found


def _named(part: str, old: Mapping[str, T], new: Mapping[str, T], taken: Collection[Edit]) -> dict[str, T]:
    """What is found by its name; nothing is taken away, since nothing asks for it any more."""
    found = {**new, **old}
    found |= {name: new[name] for name in new if Edit(part, name) in taken}
    return found


def _forms(before: RuleSet, after: RuleSet, taken: Collection[Edit]) -> dict[Any, Form]:
    chosen = _named("elements", _by_text(before.elements), _by_text(after.elements), taken)
    forms: dict[Any, Form] = {**after.forms, **before.forms}
    held: dict[Any, list[Element]] = {code: [] for code in forms}
    for element in chosen.values():
        held[element.form].append(element)
    return {code: replace(form, elements=tuple(held[code])) for code, form in forms.items()}


def _by_text(elements: Mapping[Any, Element]) -> dict[str, Element]:
    return {str(code): element for code, element in elements.items()}


def _units(before: RuleSet, after: RuleSet, taken: Collection[Edit]) -> dict[UnitCode, Unit]:
    """The units of the roster that is taken, with the attributes that are."""
    roster: Iterable[UnitCode] = after.units if Edit("units") in taken else before.units
    later = {edit.code for edit in taken if edit.part == "units" and edit.code}
    found = {}
    for code in roster:
        old, new = before.units.get(code), after.units.get(code)
        unit = old or new
        if unit is None:
            continue
        attributes = dict(unit.attributes)
        for name in later:
            attributes.pop(name, None)
            if new is not None and name in new.attributes:
                attributes[name] = new.attributes[name]
        found[code] = replace(unit, attributes=attributes)
    return found
