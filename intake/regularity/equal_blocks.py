"""Neighbouring figures that are all those of another unit, or all those of the unit's last period."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from intake.plausibility.own_history import codes_before
from intake.regularity.look import Look
from intake.wording import fault
from scoring.errors import Issue
from scoring.facts import Amount, Fact, Series
from scoring.numbers import shown
from scoring.rulebook.forms import Element

_FEWEST_DIFFERENT = 3
_SMALL = 10
"""Figures below it are equal by chance so often that they neither count nor break a block."""
_MOST_SHOWN = 8

_Numbers = Sequence[tuple[Element, Fact, Fraction]]
_Other = Callable[[Element, Fact], Amount | None]
"""The figure that another report has in the place of one of this."""


def equal_blocks(look: Look) -> Iterator[Issue]:
    """Looks for runs of equal figures in the order of the forms, of at least so many that are not small.

    A run has three different figures at least. Against the last period only flows are compared: stocks stay
    the same by nature. Each block is told once for each whose it is.
    Source: duplicated blocks as a mark of copied answers in surveys (Kuriakose and Robbins, 2016).
    False positives: see docs/checks-of-reports.md.
    """
    rule = look.rules.plausibility.equal_block
    if rule is None:
        return
    numbers = list(look.numbers())
    for unit, facts in look.peers.by_unit.items():
        name = look.rules.units[unit].name
        theirs = {fact.series: fact.amount for fact in facts}
        yield from _blocks(look, numbers, _same_period(theirs), rule.figures, (name, name))
    flows = [each for each in numbers if each[0].adds_up]
    own = ("本单位上一期", "the unit's own last period")
    yield from _blocks(look, flows, _last_period(look), rule.figures, own)


def _same_period(theirs: Mapping[Series, Amount | None]) -> _Other:
    return lambda _, fact: theirs.get(fact.series)


def _last_period(look: Look) -> _Other:
    def before(element: Element, fact: Fact) -> Fraction | None:
        (code,) = codes_before(element, look.period, 1)
        return look.history.part(element, code, fact.series.member)

    return before


def _blocks(
    look: Look, numbers: _Numbers, other: _Other, least: int, whose: tuple[str, str]
) -> Iterator[Issue]:
    block: list[tuple[Fact, Fraction]] = []
    for element, fact, amount in numbers:
        equal = other(element, fact) == amount
        if equal and amount >= _SMALL:
            block.append((fact, amount))
        elif not equal:
            yield from _told(look, block, least, whose)
            block = []
    yield from _told(look, block, least, whose)


def _told(
    look: Look, block: Sequence[tuple[Fact, Fraction]], least: int, whose: tuple[str, str]
) -> Iterator[Issue]:
    amounts = [amount for _, amount in block]
    if len(block) < least or len(set(amounts)) < _FEWEST_DIFFERENT:
        return
    rule = look.rules.plausibility.equal_block
    listed = "、".join(shown(amount) for amount in amounts[:_MOST_SHOWN])
    more = "等" if len(amounts) > _MOST_SHOWN else ""
    what = fault("equal-block", figures=len(block), whose=whose[0], whose_en=whose[1], amounts=listed + more)
    yield look.finding(what, look.place(block[0][0].series), rule.source if rule else "", listed)
