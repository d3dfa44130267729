"""The check context: what is chosen into it, and that as a file it comes back the same or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.check_context import CheckContext, gather_context
from intake.context_files import MOST_BYTES, context_bytes, read_context
from scoring.codes import ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.facts import Amount, Fact, Series, Standing
from scoring.periods import Period
from scoring.rulebook.forms import Provider
from tests.support.reports import BEIJING, LAST_QUARTER, rules_2021

THIRD = Period(2021, 3, False)


def fact(
    code: str,
    period: str,
    amount: Amount | None = Fraction(5),
    *,
    member: str = "",
    standing: Standing = Standing.VALUE,
    unit: UnitCode = BEIJING,
) -> Fact:
    return Fact(
        unit, Series(ElementCode(code), PeriodCode(period), MemberCode(member)), amount, standing, "o!s!A1"
    )


def context(*facts: Fact, period: Period = THIRD) -> CheckContext:
    return gather_context(rules_2021(), BEIJING, period, Provider.REGION, facts, as_of="2021-10-09")


def names(facts: tuple[Fact, ...]) -> list[str]:
    return [f"{each.series.element} {each.series.period}" for each in facts]


@pytest.mark.parametrize(
    ("period", "kept", "accepted"),
    [
        ("2021Q2", True, False),
        ("2021Q3", False, True),
        ("2021Q4", False, False),
        ("2020Q1", True, False),
        ("2020H2", True, False),
        ("2020", True, False),
        ("2019Q4", False, False),
        ("2021", False, False),
    ],
)
def test_own_figures_of_last_year_and_of_this_year_so_far_are_chosen(
    period: str, kept: bool, accepted: bool
) -> None:
    found = context(fact("E201", period))
    assert (bool(found.facts), bool(found.accepted)) == (kept, accepted)


def test_of_others_only_what_a_check_asks_for_is_told_and_never_other_units_figures() -> None:
    given_facts = [
        fact("EA12", "2021"),  # the ministry's, in F10-04
        fact("E606", "2021Q3"),  # the ministry's, in none of the region's checks
        fact("K091", "2021"),  # the assessors'
        fact("E201", "2021Q2", unit=UnitCode("120000")),
        fact("E201", "2021Q1", None, standing=Standing.MISSING),
    ]
    assert names(context(*given_facts, period=LAST_QUARTER).facts) == ["EA12 2021"]


def test_the_same_facts_in_any_order_are_the_same_context_without_origins() -> None:
    one, other = fact("E201", "2021Q1"), fact("E202", "2021Q1", Fraction(3))
    assert context(one, other) == context(other, one)
    assert context(one, other).digest == context(other, one).digest
    assert {each.origin for each in context(one, other).facts} == {""}
    assert context(one).digest != context(one, other).digest
    assert replace(context(one), as_of="later").digest == context(one).digest


WHOLE = context(
    fact("E103", "2021Q2", Fraction(12), member="海关"),
    fact("E107", "2020Q4", Fraction("80.25"), member="药监"),
    fact("E401", "2021Q1", None, standing=Standing.NOT_APPLICABLE),
    fact("E404", "2021Q1", Fraction(0), standing=Standing.NIL),
    fact("ED01", "2020", Fraction(737971)),
    fact("E201", "2021Q3", Fraction(7)),
)


def test_a_context_comes_back_from_its_file_as_it_was() -> None:
    content = context_bytes(WHOLE)
    found, issues = read_context(content, rules_2021())
    assert issues == ()
    assert found == WHOLE
    assert context_bytes(WHOLE) == content
    assert content.count(b"\n") == 1
    assert json.loads(content)["digest"] == WHOLE.digest


def edited(change: Callable[[dict[str, Any]], object]) -> bytes:
    tree = json.loads(context_bytes(WHOLE))
    change(tree)
    return json.dumps(tree).encode()


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b" " * (MOST_BYTES + 1), "context-too-large", "4 MiB"),
        (b"\xff\xfe", "context-unreadable", "UTF-8"),
        (b"{", "context-unreadable", "JSON"),
        (b"[" * 100_000, "context-unreadable", "JSON"),
        (b'{"format":1}', "context-unreadable", "引号"),
        (b'{"format":NaN}', "context-unreadable", "引号"),
        (b'{"a":"1","a":"2"}', "context-unreadable", "写了两次"),
        (b'{"format":"other"}', "context-unreadable", "kaohe-check-context-1"),
        (edited(lambda tree: tree.pop("unit")), "context-unreadable", "unit"),
        (edited(lambda tree: tree.update(more="1")), "context-unreadable", "more"),
        (edited(lambda tree: tree.update(unit="999999")), "context-unreadable", "999999"),
        (edited(lambda tree: tree.update(period="2021")), "context-unreadable", "2021"),
        (edited(lambda tree: tree.update(provider="me")), "context-unreadable", "me"),
        (edited(lambda tree: tree.update(facts="E201")), "context-unreadable", "列表"),
        (edited(lambda tree: tree["facts"].append(["E201"])), "context-unreadable", "五栏"),
        (edited(lambda tree: tree["facts"][0].__setitem__(0, "E999")), "context-unreadable", "E999"),
        (edited(lambda tree: tree["facts"][0].__setitem__(1, "2021Q5")), "context-unreadable", "2021Q5"),
        (edited(lambda tree: tree["facts"][0].__setitem__(2, "空")), "context-unreadable", "空"),
        (edited(lambda tree: tree["facts"][0].__setitem__(3, "maybe")), "context-unreadable", "maybe"),
        (edited(lambda tree: tree["facts"][0].__setitem__(4, "1e9")), "context-unreadable", "1e9"),
        (edited(lambda tree: tree["facts"][0].__setitem__(4, "13")), "context-changed", "摘要"),
        (edited(lambda tree: tree["facts"].pop()), "context-changed", "摘要"),
        (edited(lambda tree: tree.update(digest="0" * 64)), "context-changed", "摘要"),
        (edited(lambda tree: tree.update(rules_digest="0" * 64)), "context-other-rules", "national-2021 1.0"),
    ],
)
def test_any_other_file_is_refused_for_one_named_reason(content: bytes, code: str, says: str) -> None:
    found, issues = read_context(content, rules_2021())
    assert found is None
    assert [issue.code for issue in issues] == [code]
    assert says in issues[0].zh


@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_an_answer_comes(content: bytes) -> None:
    found, issues = read_context(content, rules_2021())
    assert (found is None) is bool(issues)
