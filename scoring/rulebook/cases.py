"""Formulas written as cases: what holds when, from the first that applies to all the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from scoring.errors import Place
from scoring.expressions import Choice, Expression, Formula, is_condition
from scoring.rulebook.language import MOST_WRITTEN_OUT
from scoring.rulebook.measure import count_parts
from scoring.rulebook.tree import Record, Scalar

MOST_CASES = 40


class _Case(NamedTuple):
    when: Formula
    then: Formula


def read_cases(
    record: Record,
    parse: Callable[[Scalar | None], Formula | None],
    is_word: Callable[[Expression], bool],
) -> Formula | None:
    """`{cases: [{when: CONDITION, then: FORMULA}, …], otherwise: FORMULA}` as one formula of choices.

    None where any part of it cannot be read; every such part is told at its place.
    """
    found = [_case(each, parse, is_word) for each in record.records("cases", required=True)]
    otherwise = _number(record, "otherwise", parse, is_word)
    record.close()
    place = record.at("cases")
    if len(found) > MOST_CASES:
        zh, en = f"最多写 {MOST_CASES} 种情形", f"at most {MOST_CASES} cases"
        record.findings.add(place, "formula-too-long", f"{record.what}:{zh}", en, "可以改用 tables:")
        return None
    cases = [each for each in found if each is not None]
    if otherwise is None or len(cases) < len(found):
        return None
    if not cases:
        if record.has("cases"):
            record.wrong(place, "cases 至少写一种情形", "at least one case is needed")
        return None
    return _joined(record, place, cases, otherwise)


def _case(
    record: Record, parse: Callable[[Scalar | None], Formula | None], is_word: Callable[[Expression], bool]
) -> _Case | None:
    when = parse(record.scalar("when", required=True))
    then = _number(record, "then", parse, is_word)
    record.close()
    if when is not None and not is_condition(when.root):
        zh, en = "when 要写条件(如 E101 >= 10)", "when must be a condition"
        record.findings.add(
            record.at("when"), "formula-type", f"{record.what}:{zh}", en, found=when.text[:60]
        )
        return None
    return None if when is None or then is None else _Case(when, then)


def _number(
    record: Record,
    key: str,
    parse: Callable[[Scalar | None], Formula | None],
    is_word: Callable[[Expression], bool],
) -> Formula | None:
    found = parse(record.scalar(key, required=True))
    if found is not None and (is_condition(found.root) or is_word(found.root)):
        zh, en = f"{key} 要写一个数,不能写条件或文字", f"{key} must be a number"
        record.findings.add(record.at(key), "formula-type", f"{record.what}:{zh}", en, found=found.text[:60])
        return None
    return found


def _joined(record: Record, place: Place, cases: list[_Case], otherwise: Formula) -> Formula | None:
    root = otherwise.root
    for case in reversed(cases):
        root = Choice(case.when.root, case.then.root, root)
    written = [part for case in cases for part in case] + [otherwise]
    if count_parts(root) > MOST_WRITTEN_OUT:
        zh, en = f"公式超过 {MOST_WRITTEN_OUT} 个部分", "too many parts"
        record.findings.add(place, "formula-too-long", f"{record.what}:{zh}", en)
        return None
    text = ";".join(f"{case.when.text} 时取 {case.then.text}" for case in cases)
    uses = dict.fromkeys(name for each in written for name in each.uses)
    return Formula(f"{text};其余取 {otherwise.text}", root, tuple(uses))
