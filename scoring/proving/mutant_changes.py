"""What a word of a rule file is changed into: numbers by one step, words into the others of their kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from scoring.numbers import RoundingMode
from scoring.rulebook.final_rules import Ties, Unscored
from scoring.rulebook.language import half_width
from scoring.rulebook.rules import Aggregate

_NUMBER = re.compile(r"P?-?[0-9]+(\.[0-9]+)?%?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_IN_FORMULA = re.compile(
    r"\"[^\"]*\"|'[^']*'|\[[^\]]*\]|(?P<number>(?<![\w.])[0-9]+(\.[0-9]+)?(?![\w.]))|(?P<sign>[<>]=?)"
)
_SIDES = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_KEYS = {"at_least": "above", "above": "at_least", "at_most": "below", "below": "at_most"}
"""The keys of rungs, and the same with the limit on the other side."""
_POLICIES = ("zero", "full", "not_applicable", "no_score")
_FAMILIES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "missing": (_POLICIES,),
    "zero_denominator": (_POLICIES,),
    "undefined": (_POLICIES,),
    "mode": (tuple(RoundingMode),),
    "ties": (tuple(Ties), ("best", "worst", "mean")),
    "on": (("rounded", "unrounded"),),
    "order": (("highest_first", "lowest_first"),),
    "unscored": (tuple(Unscored),),
    "aggregate": (tuple(each for each in Aggregate if each is not Aggregate.FORMULA),),
    "weights": (("present", "all"),),
    "direction": (("higher", "lower"),),
    "assessed": (("quarterly", "yearly"),),
    "steps": (("continuous", "whole", "started"),),
    "best": (("max", "min"),),
    "group": (("peers", "all"),),
    "by": (("points", "value"),),
    "partial_periods": (("available", "missing"),),
    "kind": (("bonus", "penalty"),),
}
"""The words that a key can have; where it has several lists, that which the word stands in."""
_POLICY_KEYS = ("missing", "zero_denominator", "undefined", "below")
_CUTTING = frozenset({RoundingMode.TRUNCATE, RoundingMode.FLOOR})
"""The same for all that is not negative."""
_SHARES = frozenset({"zero", "full"})
_FLAGS = ("rescale", "ranked", "no_bonus", "cap_score", "scored", "name_best")
_TURNED = {"yes": "no", "no": "yes", "true": "false", "false": "true", "是": "否", "否": "是"}
_FORMULAS = ("value", "applicable_when", "when", "then", "otherwise", "formula", "if_missing")


@dataclass(frozen=True, slots=True)
class Change:
    """before, after: what is seen to change; text: the whole word after it; offset: where it is in the word.

    key: where the key changes instead of the word, the new one.
    """

    before: str
    after: str
    text: str
    key: str = ""
    offset: int = 0


def changes_of(
    keys: Sequence[str], text: str, grades: Collection[str], *, worthless: bool = False
) -> Iterator[Change]:
    """Every change of a word that stands under these keys, the outermost first.

    grades: the names of all grades. worthless: whether it belongs to an indicator without points.
    """
    # A dated value is what it is dated for.
    keys = [each for each in keys if each not in {"dated", "use"}]
    key = keys[-1] if keys else ""
    if key == "otherwise" and any(each in _POLICY_KEYS for each in keys):
        key = _POLICY_KEYS[0]
    if "rungs" in keys and key in _KEYS:
        yield Change(f"{key}: {text}", _KEYS[key], text, _KEYS[key])
    moved = _others(key, text, grades, _SHARES if worthless else frozenset()) or _stepped(text)
    if moved:
        yield from (Change(text, each, each) for each in moved)
    elif key in _FORMULAS:
        yield from _in_formula(text)


def _stepped(text: str) -> list[str]:
    if _NUMBER.fullmatch(text):
        return number_steps(text)
    return day_steps(text) if _DAY.fullmatch(text) else []


def _others(key: str, text: str, grades: Collection[str], alike: frozenset[str]) -> list[str]:
    """The other words of the kind; empty where the word is of no kind."""
    if key in _FLAGS and text in _TURNED:
        return [_TURNED[text]]
    if key == "grade_at_most":
        return [grade for grade in grades if grade != text]
    family = next((each for each in _FAMILIES.get(key, ()) if text in each), ())
    if key in _POLICY_KEYS and not family and not _NUMBER.fullmatch(text):
        family = _POLICIES
    return [str(each) for each in family if each != text and {each, text} not in (_CUTTING, alike)]


def _in_formula(text: str) -> Iterator[Change]:
    """The numbers of a formula, and the sides of its comparisons."""
    source = half_width(text)
    for match in _IN_FORMULA.finditer(source):
        if match["number"]:
            new = number_steps(match["number"])
        elif match["sign"] and source[match.end() : match.end() + 1] != "=":
            new = [_SIDES[match["sign"]]]
        else:
            continue
        for each in new:
            whole = f"{source[: match.start()]}{_bracketed(each)}{source[match.end() :]}"
            yield Change(match[0], each, whole, offset=match.start())


def number_steps(text: str) -> list[str]:
    """The number one unit of its last digit up and down; it keeps its sign of percent or quantile."""
    prefix, suffix = ("P" if text[:1] == "P" else ""), ("%" if text[-1:] == "%" else "")
    number = Decimal(text.removeprefix("P").removesuffix("%"))
    step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    return [f"{prefix}{each:f}{suffix}" for each in (number + step, number - step)]


def day_steps(text: str) -> list[str]:
    """The next day and the day before."""
    day = date.fromisoformat(text)
    return [(day + timedelta(days=each)).isoformat() for each in (1, -1)]


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text
