"""What a scoring method can do with a value: rungs, stretches, bands, words, parts, limits; each a way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any

from scoring.codes import ElementCode
from scoring.facts import Amount, Standing
from scoring.methods.base import Method, Quantity, Subject
from scoring.methods.checklist import YES, Checklist
from scoring.methods.deduction import Deduction
from scoring.methods.graded import Graded
from scoring.methods.ladder import Ladder
from scoring.methods.peer_quantiles import PeerQuantiles, quantile
from scoring.methods.peer_range import PeerRange
from scoring.methods.peer_rank import PeerRank
from scoring.methods.piecewise import Piecewise
from scoring.numbers import shown
from scoring.rulebook.forms import Element

_BEYOND = Fraction(10**30)


@dataclass(frozen=True, slots=True)
class Shown:
    """What an example showed to a method: its subject, and the answers to the parts of a checklist."""

    subject: Subject
    answers: Mapping[ElementCode, Amount | Standing]


@dataclass(frozen=True, slots=True)
class MethodWay:
    """One thing a method can do. path: where it stands under `method:`."""

    kind: str
    what: str
    needed: str
    path: tuple[str | int, ...]
    reached: Callable[[Shown], bool]


def method_ways(
    method: Method, elements: Mapping[ElementCode, Element], choices: Collection[str] = ()
) -> tuple[MethodWay, ...]:
    """Every way of a method; `choices` are the words that its value can be."""
    if isinstance(method, Checklist):
        return tuple(_parts(method, elements))
    if isinstance(method, Graded):
        return tuple(_words(method, choices))
    return tuple(_WAYS.get(type(method), _limits)(method))


def _ladder(method: Ladder) -> Iterator[MethodWay]:
    for index, rung in enumerate(method.rungs):
        yield _position("rung", f"档次 {rung}", f"值在 {rung} 这一档", ("rungs", index), _rung, method, index)
    last = len(method.rungs)
    yield _position("rung", "各档都不到", "值不到任何一档", ("otherwise",), _rung, method, last)


def _rung(method: Ladder, subject: Subject) -> int:
    value = Fraction(subject.value)
    holding = (index for index, rung in enumerate(method.rungs) if rung.holds(value))
    return next(holding, len(method.rungs))


def _position(
    kind: str,
    what: str,
    needed: str,
    path: tuple[str | int, ...],
    position: Callable[[Any, Subject], int],
    method: Method,
    index: int,
) -> MethodWay:
    """A way that is taken where the value's position is this one."""
    return MethodWay(kind, what, needed, path, partial(_is_at, position, method, index))


def _is_at(position: Callable[[Any, Subject], int], method: Method, index: int, found: Shown) -> bool:
    return position(method, found.subject) == index


def _piecewise(method: Piecewise) -> Iterator[MethodWay]:
    knots = [knot.at for knot in method.points]
    first, last = shown(knots[0]), shown(knots[-1])
    yield _position("stretch", f"≤{first}", f"值 ≤{first}", ("points", 0), _stretch, method, 0)
    for index, (low, high) in enumerate(pairwise(knots), start=1):
        text = f"{shown(low)} 与 {shown(high)} 之间"
        yield _position("stretch", text, f"值在 {text}", ("points", index), _stretch, method, index)
    end = len(knots)
    yield _position("stretch", f"≥{last}", f"值 ≥{last}", ("points", end - 1), _stretch, method, end)


def _stretch(method: Piecewise, subject: Subject) -> int:
    """0 up to the first knot, then 1 for the stretch behind it, and so on; a knot begins a stretch."""
    value = Fraction(subject.value)
    if value <= method.points[0].at:
        return 0
    return sum(value >= knot.at for knot in method.points)


def _quantiles(method: PeerQuantiles) -> Iterator[MethodWay]:
    for index, band in enumerate(method.bands):
        name = f"P{shown(band.at_least * 100)}"
        yield _position(
            "band", f"分位档 {name}", f"值在 {name} 这一档", ("bands", index), _band, method, index
        )
    last = len(method.bands)
    yield _position("band", "各分位档都不到", "值不到任何一档", ("otherwise",), _band, method, last)


def _band(method: PeerQuantiles, subject: Subject) -> int:
    value = Fraction(subject.value)
    for index, band in enumerate(method.bands):
        limit = quantile(subject.peers, band.at_least if subject.higher_is_better else 1 - band.at_least)
        if value >= limit if subject.higher_is_better else value <= limit:
            return index
    return len(method.bands)


def _words(method: Graded, choices: Collection[str]) -> Iterator[MethodWay]:
    for word in method.scale:
        yield MethodWay("word", f"评为{word}", f"评为“{word}”", ("scale", word), partial(_is_word, {word}))
    beyond = set(choices) - set(method.scale)
    if beyond:
        named = "、".join(sorted(beyond))
        yield MethodWay(
            "word", "评语不在表内", f"评为 {named} 之一", ("otherwise",), partial(_is_word, beyond)
        )


def _is_word(words: Collection[str], found: Shown) -> bool:
    return found.subject.value in words


def _range(method: PeerRange) -> Iterator[MethodWay]:
    for index, (what, path) in enumerate(
        (
            ("组内都相同", ("equal",)),
            ("组内最大", ("best",)),
            ("组内最小", ("best",)),
            ("组内居中", ("best",)),
        )
    ):
        yield _position("peers", what, f"本单位{what},组内有别的单位", path, _in_range, method, index)


def _in_range(_: PeerRange, subject: Subject) -> int:
    low, high = subject.peers[0], subject.peers[-1]
    if low == high:
        return 0
    return {high: 1, low: 2}.get(Fraction(subject.value), 3)


def _rank(_: PeerRank) -> Iterator[MethodWay]:
    for what, path, test in (
        ("第一名", (), _is_first),
        ("最后一名", (), _is_last),
        ("与别的单位并列", ("ties",), _is_tied),
    ):
        yield MethodWay("peers", what, f"本单位组内{what}", path, partial(_of_subject, test))


def _of_subject(test: Callable[[Subject], bool], found: Shown) -> bool:
    return test(found.subject)


def _is_first(subject: Subject) -> bool:
    best = subject.peers[-1] if subject.higher_is_better else subject.peers[0]
    return subject.value == best and subject.peers[0] != subject.peers[-1]


def _is_last(subject: Subject) -> bool:
    worst = subject.peers[0] if subject.higher_is_better else subject.peers[-1]
    return subject.value == worst and subject.peers[0] != subject.peers[-1]


def _is_tied(subject: Subject) -> bool:
    return list(subject.peers).count(Fraction(subject.value)) > 1


def _parts(method: Checklist, elements: Mapping[ElementCode, Element]) -> Iterator[MethodWay]:
    for index, part in enumerate(method.parts):
        answers: list[tuple[str, Callable[[Amount | Standing | None], bool]]] = [("是", _yes), ("否", _no)]
        if elements[part.element].may_be_not_applicable:
            answers.append(("不适用(NA)", _left_out))
        for word, test in answers:
            what, needed = f"{part.name}:{word}", f"{part.element} 填{word}"
            reached = partial(_answered, part.element, test)
            yield MethodWay("part", what, needed, ("parts", index), reached)


def _answered(element: ElementCode, test: Callable[[Amount | Standing | None], bool], found: Shown) -> bool:
    return test(found.answers.get(element))


def _yes(answer: Amount | Standing | None) -> bool:
    return answer == YES


def _no(answer: Amount | Standing | None) -> bool:
    return isinstance(answer, str) and answer != YES


def _left_out(answer: Amount | Standing | None) -> bool:
    return answer is Standing.NOT_APPLICABLE


def _limits(method: Method) -> Iterator[MethodWay]:
    """Of a method with a least or most number of points: each limit reached, and not reached."""
    if isinstance(method, Deduction):
        free: Method = replace(method, least=Quantity(-_BEYOND, of_full=False))
    else:
        names = {each.name for each in fields(method)}  # type: ignore[arg-type]  # every method is a dataclass
        limits = {"least": -_BEYOND, "most": _BEYOND}
        given = {key: Quantity(far, of_full=False) for key, far in limits.items() if key in names}
        free = replace(method, **given)  # type: ignore[type-var]  # the same
    for key, title in (("least", "最少得分"), ("most", "最多得分")):
        quantity = getattr(method, key, None)
        if isinstance(quantity, Quantity):
            for is_reached in (True, False):
                what = f"{title} {quantity} {'到了' if is_reached else '没有到'}"
                needed = (
                    f"按公式算的得分{_COMPARED[key, is_reached]} {quantity}"
                    f"{'(占满分)' if quantity.of_full else ''}"
                )
                yield MethodWay("limit", what, needed, (key,), _at_limit(free, key, quantity, is_reached))


_COMPARED = {
    ("least", True): "不高于",
    ("least", False): "高于",
    ("most", True): "不低于",
    ("most", False): "低于",
}


def _at_limit(free: Method, key: str, quantity: Quantity, is_reached: bool) -> Callable[[Shown], bool]:
    return partial(_limited, free, key, quantity, is_reached)


def _limited(free: Method, key: str, quantity: Quantity, is_reached: bool, found: Shown) -> bool:
    raw, limit = free.award(found.subject).points, quantity.points(found.subject.full)
    return (raw <= limit if key == "least" else raw >= limit) is is_reached


_WAYS: Mapping[type, Callable[[Any], Iterator[MethodWay]]] = {
    Ladder: _ladder,
    Piecewise: _piecewise,
    PeerQuantiles: _quantiles,
    PeerRange: _range,
    PeerRank: _rank,
}
