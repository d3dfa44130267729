"""The parts of two rule sets, thing by thing: which came, which went, and which are to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from scoring.rulebook.differences.alignment import aligned
from scoring.rulebook.differences.changes import Act, Change, Weight
from scoring.rulebook.differences.difference_walk import (
    Pairing,
    Spot,
    came,
    compared,
    field_changes,
    listed,
    went,
)
from scoring.rulebook.differences.difference_words import FLAT_WORDS, SUBJECTS, compared_fields, word_of
from scoring.rulebook.differences.renumbering import renumbered
from scoring.rulebook.final_rules import Ties
from scoring.rulebook.rules import RuleSet

_SINGLE = {"ranking": "排名", "workdays": "工作日历", "deadline": "报送期限"}
_RULE_SET = Spot("", "", "规则集")
_LEVELS = {"total": "总分", "section": "章", "item": "项"}
_TOLD_APART = {"forms": ("elements", "checks"), "nodes": ("children",)}
"""What stands in a thing but is told by itself, or follows from other things."""
_ORDERED = {"forms": "elements", "nodes": "children"}


def part_changes(pairing: Pairing) -> Iterator[Change]:
    """Every difference between two rule sets, part by part."""
    for name in compared_fields(RuleSet):
        old, new = getattr(pairing.before, name), getattr(pairing.after, name)
        if name in _SINGLE:
            yield from _single(name, old, new, pairing)
        elif isinstance(new, Mapping):
            yield from _collection(name, old, new, pairing)
        elif name == "adjustments":
            yield from _collection(name, _by_code(old), _by_code(new), pairing)
        elif name == "grades":
            yield from _grades(old, new, pairing)
        else:
            yield from field_changes(pairing.before, pairing.after, name, _RULE_SET, pairing)


def _single(name: str, old: Any, new: Any, pairing: Pairing) -> Iterator[Change]:
    yield from _one(old, new, Spot(name, "", _SINGLE[name], weight=word_of(RuleSet, name).weight), pairing)


def _collection(
    name: str, old: Mapping[Any, Any], new: Mapping[Any, Any], pairing: Pairing
) -> Iterator[Change]:
    """Things by their code: those of the later rule set in its order, then those that are gone."""
    former = dict(renumbered(name, old, new))
    for code in _ordered(name, {**new, **old}, pairing):
        if code in former.values():
            continue
        spot = _spot(name, str(code), new.get(code, old.get(code)))
        if code in former:
            yield _renumbering(str(former[code]), spot)
        yield from _one(old.get(former.get(code, code)), new.get(code), spot, pairing)
    yield from _order_changes(name, old, new, pairing)
    if name == "forms":
        for flat in _TOLD_APART[name]:
            yield from _collection(flat, _flat(old, flat), _flat(new, flat), pairing)


def _renumbering(former: str, spot: Spot) -> Change:
    return Change(
        act=Act.RENUMBERED,
        container=spot.container,
        code=spot.code,
        subject=spot.subject,
        path=("code",),
        title="代码",
        before=former,
        after=spot.code,
        weight=spot.weight,
    )


def _one(old: Any, new: Any, spot: Spot, pairing: Pairing) -> Iterator[Change]:
    if old == new:
        return
    if old is None:
        yield came(new, spot, pairing)
    elif new is None:
        yield went(old, spot, pairing)
    elif isinstance(new, tuple):
        yield listed(old, new, spot.at("members", "成员"), pairing)
    else:
        for change in compared(old, new, spot, pairing):
            if change.path[0] not in _TOLD_APART.get(spot.container, ()):
                yield change


def _grades(old: tuple[Any, ...], new: tuple[Any, ...], pairing: Pairing) -> Iterator[Change]:
    """Grades by their name; a new name between known ones stands for the one that stood there."""
    for one, other in aligned(old, new):
        yield from _one(one, other, _spot("grades", (one or other).name, None), pairing)


def _order_changes(
    name: str, old: Mapping[Any, Any], new: Mapping[Any, Any], pairing: Pairing
) -> Iterator[Change]:
    """Another order of the same things, where it is seen: of units, on forms and in the tree."""
    if name == "units":
        ordinal = Ties.ORDINAL in (pairing.before.ranking.ties, pairing.after.ranking.ties)
        spot = Spot(name, "", "单位", ("order",), "次序", Weight.POINTS if ordinal else Weight.NONE)
        yield from _order_change(tuple(old), tuple(new), spot, pairing)
    if name == "adjustments":
        # Events that touch the grade do so one after the other.
        spot = Spot(name, "", "事项", ("order",), "次序", Weight.POINTS)
        yield from _order_change(tuple(old), tuple(new), spot, pairing)
    if name in _ORDERED:
        part = _ORDERED[name]
        for code in (each for each in new if each in old):
            spot = _spot(name, str(code), new[code]).at(part, f"{word_of(type(new[code]), part).name}次序")
            spot = replace(spot, weight=Weight.REPORTS if name == "forms" else Weight.NONE)
            yield from _order_change(getattr(old[code], part), getattr(new[code], part), spot, pairing)


def _order_change(
    old: tuple[Any, ...], new: tuple[Any, ...], spot: Spot, pairing: Pairing
) -> Iterator[Change]:
    first = [str(getattr(each, "code", each)) for each in old]
    second = [str(getattr(each, "code", each)) for each in new]
    one = tuple(each for each in first if each in second)
    other = tuple(each for each in second if each in first)
    if one != other:
        yield listed(one, other, spot, pairing)


def _by_code(things: Iterable[Any]) -> dict[Any, Any]:
    return {each.code: each for each in things}


def _flat(forms: Mapping[Any, Any], part: str) -> dict[Any, Any]:
    return _by_code(each for form in forms.values() for each in getattr(form, part))


def _ordered(name: str, codes: Iterable[Any], pairing: Pairing) -> list[Any]:
    """As the tree reads, for what stands in it."""
    if name not in ("nodes", "indicators"):
        return list(codes)
    order = [*dict.fromkeys((*pairing.after.order, *pairing.before.order))]
    places = {code: place for place, code in enumerate(order)}
    return sorted(codes, key=lambda code: places.get(code, len(order)))


def _spot(name: str, code: str, thing: Any) -> Spot:
    word = FLAT_WORDS.get(name) or word_of(RuleSet, name)
    called = _LEVELS.get(thing.kind, thing.kind) if name == "nodes" else SUBJECTS.get(name, word.name)
    title = getattr(thing, "title", "") or getattr(thing, "name", "")
    subject = f"{called} {code}({title})" if title and title != code else f"{called} {code}"
    return Spot(name, code, subject, weight=word.weight, template=word.template)
