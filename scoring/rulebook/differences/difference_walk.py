"""Walks two versions of one thing field by field and tells every difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass, replace
from typing import Any

from scoring.expressions import Formula
from scoring.methods.base import Quantity
from scoring.methods.checklist import Checklist
from scoring.numbers import Rounding
from scoring.rulebook.differences.alignment import aligned, label_of
from scoring.rulebook.differences.changes import Act, Change, Weight, joined
from scoring.rulebook.differences.difference_values import field_text, plain_text, source_text, whole_text
from scoring.rulebook.differences.difference_words import compared_fields, word_of
from scoring.rulebook.differences.rewriting import same_meaning
from scoring.rulebook.differences.word import Word
from scoring.rulebook.forms import Ban
from scoring.rulebook.rules import Coverage, Indicator, Policy, RuleSet
from scoring.rulebook.sources import Example, RuleSetExample, Source

_WHOLE = (Formula, Quantity, Policy, Rounding, Source, Ban, Coverage, Example, RuleSetExample)
"""Told as one, not part by part."""
_MOVING = {"parent", "form"}
_NAMING = {"name", "title"}


@dataclass(frozen=True, slots=True)
class Pairing:
    """The two rule sets; texts are made with the one that the text is from."""

    before: RuleSet
    after: RuleSet


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the comparison stands."""

    container: str
    code: str
    subject: str
    path: tuple[str, ...] = ()
    title: str = ""
    weight: Weight = Weight.NONE
    template: bool = False
    source: str = ""

    def at(self, step: str, title: str, word: Word | None = None) -> Spot:
        """One step further in; a field's word says what a change there can touch."""
        found = replace(self, path=(*self.path, step), title=joined(self.title, title))
        return found if word is None else replace(found, weight=word.weight, template=word.template)


def compared(before: Any, after: Any, spot: Spot, pairing: Pairing) -> Iterator[Change]:
    """Every difference between two versions of one thing, in the order of its fields."""
    spot = _sourced(before, after, spot, pairing)
    derived = _derived_fields(before, after)
    for name in compared_fields(type(after)):
        if name not in derived:
            yield from field_changes(before, after, name, spot, pairing)


def field_changes(before: Any, after: Any, name: str, spot: Spot, pairing: Pairing) -> Iterator[Change]:
    """Every difference in one field of two versions of one thing."""
    old, new = getattr(before, name), getattr(after, name)
    if old == new:
        return
    word = word_of(type(after), name)
    inner = spot.at(name, word.name, word)
    if _is_leaf(old, new):
        texts = field_text(before, name, old, pairing.before), field_text(after, name, new, pairing.after)
        yield _leaf(_act(name, old, new, texts), texts, inner)
    else:
        yield from _inside(old, new, inner, pairing)


def came(value: object, spot: Spot, pairing: Pairing) -> Change:
    """A thing that only the later rule set has."""
    spot = _sourced(None, value, spot, pairing)
    return _change(Act.ADDED, "", whole_text(value, pairing.after), spot)


def went(value: object, spot: Spot, pairing: Pairing) -> Change:
    """A thing that only the earlier rule set has."""
    spot = _sourced(value, None, spot, pairing)
    return _change(Act.REMOVED, whole_text(value, pairing.before), "", spot)


def listed(old: tuple[object, ...], new: tuple[object, ...], spot: Spot, pairing: Pairing) -> Change:
    """A list of words: whether they are others, or only in another order."""
    act = Act.REORDERED if sorted(map(str, old)) == sorted(map(str, new)) else Act.CHANGED
    return _change(act, plain_text(old, pairing.before), plain_text(new, pairing.after), spot)


def _inside(old: Any, new: Any, spot: Spot, pairing: Pairing) -> Iterator[Change]:
    if isinstance(new, Mapping):
        yield from _mapping(old, new, spot, pairing)
    elif isinstance(new, tuple):
        if any(is_dataclass(each) for each in (*old, *new)):
            yield from _items(old, new, spot, pairing)
        else:
            yield listed(old, new, spot, pairing)
    else:
        yield from compared(old, new, spot, pairing)


def _items(old: tuple[Any, ...], new: tuple[Any, ...], spot: Spot, pairing: Pairing) -> Iterator[Change]:
    found = list(aligned(old, new))
    for position, (one, other) in enumerate(found):
        label = label_of(other if one is None else one, position)
        inner = spot.at(str(position + 1), label)
        if one is None:
            yield came(other, inner, pairing)
        elif other is None:
            yield went(one, inner, pairing)
        elif one != other:
            yield from _versions(one, other, inner, pairing)


def _versions(one: Any, other: Any, spot: Spot, pairing: Pairing) -> Iterator[Change]:
    if isinstance(other, _WHOLE) or type(one) is not type(other):
        yield _leaf(Act.CHANGED, (whole_text(one, pairing.before), whole_text(other, pairing.after)), spot)
    else:
        yield from compared(one, other, spot, pairing)


def _mapping(
    old: Mapping[Any, Any], new: Mapping[Any, Any], spot: Spot, pairing: Pairing
) -> Iterator[Change]:
    for key in {**new, **old}:
        if old.get(key) == new.get(key) and (key in old) == (key in new):
            continue
        name = "/".join(map(str, key)) if isinstance(key, tuple) else str(key)
        inner = spot.at(name, f"“{name}”")
        before = plain_text(old[key], pairing.before) if key in old else ""
        after = plain_text(new[key], pairing.after) if key in new else ""
        act = Act.CHANGED if key in old and key in new else Act.ADDED if key in new else Act.REMOVED
        yield _change(act, before, after, inner)


def _is_leaf(old: object, new: object) -> bool:
    """Whether two values are told as wholes: they are of one piece, or of different kinds."""
    if type(old) is not type(new) or isinstance(new, _WHOLE):
        return not (isinstance(old, Mapping) and isinstance(new, Mapping))
    return not (isinstance(new, Mapping | tuple) or is_dataclass(new))


def _act(name: str, old: object, new: object, texts: tuple[str, str]) -> Act:
    if isinstance(old, Formula) and isinstance(new, Formula):
        if same_meaning(old, new):
            return Act.REWRITTEN
        return Act.FOLLOWS if texts[0] == texts[1] else Act.CHANGED
    if isinstance(old, Policy) and isinstance(new, Policy) and _same_policy(old, new):
        return Act.REWRITTEN
    return Act.MOVED if name in _MOVING else Act.RENAMED if name in _NAMING else Act.CHANGED


def _same_policy(old: Policy, new: Policy) -> bool:
    if old.instead is None or new.instead is None or not same_meaning(old.instead, new.instead):
        return False
    return replace(old, instead=None, word="") == replace(new, instead=None, word="")


def _derived_fields(before: object, after: object) -> frozenset[str]:
    """A checklist makes its own formula of its parts, which are told themselves."""
    alike = all(
        isinstance(each, Indicator) and isinstance(each.method, Checklist) for each in (before, after)
    )
    return frozenset({"value"}) if alike else frozenset()


def _sourced(before: object, after: object, spot: Spot, pairing: Pairing) -> Spot:
    """The spot with the source of the thing, the later one where it has any."""
    for thing, rules in ((after, pairing.after), (before, pairing.before)):
        source = getattr(thing, "source", None)
        if isinstance(source, Source | str) and source:
            return replace(spot, source=source_text(source, rules))
    return spot


def _leaf(act: Act, texts: tuple[str, str], spot: Spot) -> Change:
    weight = Weight.NONE if act is Act.REWRITTEN else spot.weight
    return replace(_change(act, *texts, spot), weight=weight)


def _change(act: Act, before: str, after: str, spot: Spot) -> Change:
    return Change(
        act=act,
        container=spot.container,
        code=spot.code,
        subject=spot.subject,
        path=spot.path,
        title=spot.title,
        before=before,
        after=after,
        weight=spot.weight,
        changes_template=spot.template and act is not Act.REWRITTEN,
        source=spot.source,
    )
