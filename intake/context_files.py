"""Check contexts as files: canonical JSON, written one way and read strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction
from typing import Any, NoReturn

from intake.check_context import CheckContext, gather_context
from intake.wording import fault, worded
from intake.wording_contexts import CONTEXT_WORDINGS
from scoring.codes import ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.errors import Issue, Place
from scoring.facts import Amount, Fact, Series, Standing
from scoring.numbers import exact_text, number_from_text
from scoring.periods import Period, is_reporting_period, period_from_text
from scoring.rulebook.forms import ElementType, Provider
from scoring.rulebook.rules import RuleSet

FORMAT = "kaohe-check-context-1"
MOST_BYTES = 4 * 1024 * 1024
_MOST_FACTS = 20_000
_MOST_TEXT = 200
_HEAD = (
    "format",
    "unit",
    "period",
    "provider",
    "rule_set",
    "rules_digest",
    "forms_digest",
    "as_of",
    "digest",
)
_KEYS = frozenset({*_HEAD, "facts", "accepted"})
_STANDINGS = {"value": Standing.VALUE, "nil": Standing.NIL, "not_applicable": Standing.NOT_APPLICABLE}
_WORDS = {standing: word for word, standing in _STANDINGS.items()}


class _Unreadable(ValueError):
    """What stands there cannot be meant; the argument says what, in Chinese."""


def context_bytes(context: CheckContext) -> bytes:
    """The context as a file: UTF-8, sorted keys, one line; the same bytes for the same context."""
    content: dict[str, object] = {"format": FORMAT, "digest": context.digest}
    for each in fields(context):
        content[each.name] = getattr(context, each.name)
    content["period"] = context.period.code
    content["provider"] = context.provider.value
    content["facts"] = [_row(fact) for fact in context.facts]
    content["accepted"] = [_row(fact) for fact in context.accepted]
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def read_context(content: bytes, rules: RuleSet) -> tuple[CheckContext | None, tuple[Issue, ...]]:
    """The context of a file, or the one reason why it is none.

    It must have been made under these very rules (any part of their year): by others a server would check
    otherwise. rules: the rule set as loaded.
    """
    if len(content) > MOST_BYTES:
        return None, (_issue("context-too-large", most=MOST_BYTES // 1024 // 1024),)
    try:
        tree = json.loads(
            content.decode("utf-8"),
            parse_float=_no_number,
            parse_int=_no_number,
            parse_constant=_no_number,
            object_pairs_hook=_no_key_twice,
        )
        head = _head(tree)
        if head["rules_digest"] != rules.digest:
            return None, (_other_rules(head, rules),)
        context = _context(tree, head, rules)
    except _Unreadable as wrong:
        return None, (_issue("context-unreadable", why=wrong),)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        return None, (_issue("context-unreadable", why="不是 UTF-8 编码的 JSON"),)
    if context.digest != head["digest"]:
        return None, (_issue("context-changed"),)
    return context, ()


def other_report(context: CheckContext, unit: UnitCode, period: Period, provider: Provider) -> Issue | None:
    """The issue of a context that was made for another report than this one; None where it was not."""
    theirs = f"{context.unit} {context.period.code}（{context.provider}）"
    ours = f"{unit} {period.code}（{provider}）"
    return None if theirs == ours else _issue("context-other-report", theirs=theirs, ours=ours)


def _row(fact: Fact) -> list[str]:
    amount = fact.amount if fact.standing is Standing.VALUE else ""
    text = exact_text(amount) if isinstance(amount, Fraction) else amount or ""
    return [*fact.series, _WORDS[fact.standing], text]


def _no_number(_: str) -> NoReturn:
    raise _Unreadable("数要写成带引号的文字")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Unreadable("同一个键写了两次")
    return found


def _head(tree: object) -> dict[str, str]:
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise _Unreadable(f"开头没有写明 format 是 {FORMAT}")
    if tree.keys() != _KEYS:
        named = "、".join(sorted(map(str, tree.keys() ^ _KEYS)))[:_MOST_TEXT]
        raise _Unreadable(f"多了或少了这些键：{named}")
    return {key: _text(tree[key]) for key in _HEAD}


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MOST_TEXT:
        raise _Unreadable("有一处不是不太长的文字")
    return value


def _context(tree: Mapping[str, Any], head: Mapping[str, str], rules: RuleSet) -> CheckContext:
    unit, period = UnitCode(head["unit"]), period_from_text(head["period"])
    if unit not in rules.units:
        raise _Unreadable(f"没有被考核单位 {unit}")
    if period is None or period.yearly or period.year != rules.year:
        raise _Unreadable(f"报告期 {head['period']} 不是本规则集的季度")
    if head["provider"] not in list(Provider):
        raise _Unreadable(f"没有填报方 {head['provider']}")
    facts = [_fact(row, unit, rules) for key in ("facts", "accepted") for row in _rows(tree[key])]
    return gather_context(
        rules.in_force(period), unit, period, Provider(head["provider"]), facts, as_of=head["as_of"]
    )


def _rows(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > _MOST_FACTS:
        raise _Unreadable(f"facts 和 accepted 要是不超过 {_MOST_FACTS} 行的列表")
    return value


def _fact(row: object, unit: UnitCode, rules: RuleSet) -> Fact:
    if not isinstance(row, list) or len(row) != len(Series._fields) + 2:
        raise _Unreadable("有一行不是五栏")
    code, period, member, word, text = map(_text, row)
    element = rules.elements.get(ElementCode(code))
    if element is None or (member and member not in element.members):
        raise _Unreadable(f"没有数据项 {code}[{member}]")
    if not is_reporting_period(period) or word not in _STANDINGS:
        raise _Unreadable(f"{code} 的期别“{period}”或情形“{word}”不对")
    standing = _STANDINGS[word]
    amount: Amount | None = {Standing.NIL: Fraction(0)}.get(standing)
    if standing is Standing.VALUE:
        amount = text if element.type is ElementType.CHOICE else number_from_text(text)
        if amount is None:
            raise _Unreadable(f"{code} 的“{text}”不是数")
    elif text:
        raise _Unreadable(f"{code} 没有数却写了“{text}”")
    return Fact(unit, Series(element.code, PeriodCode(period), MemberCode(member)), amount, standing)


def _other_rules(head: Mapping[str, str], rules: RuleSet) -> Issue:
    return _issue("context-other-rules", theirs=head["rule_set"], ours=f"{rules.code} {rules.version}")


def _issue(code: str, **words: object) -> Issue:
    return worded(CONTEXT_WORDINGS, fault(code, **words), Place())
