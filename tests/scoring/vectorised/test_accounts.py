"""Accounts read from a score table say the same as those of the plain engine."""

from __future__ import annotations

import pytest
from hypothesis import given

from scoring import accounts
from scoring.account_data import as_data
from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from scoring.errors import UnknownNode, UnknownUnit
from scoring.facts import Facts
from scoring.periods import Period
from scoring.vectorised.accounts import account_of
from scoring.vectorised.engine import VectorEngine
from tests.support.random_scoring import Case, cases
from tests.support.rulesets import small_rules


@given(cases(most_units=3))
def test_the_account_of_any_node_is_that_of_the_plain_engine(case: Case) -> None:
    plain = PlainEngine(case.rules, case.facts, case.period)
    table = VectorEngine(case.rules, case.facts, case.period).table
    for unit in case.facts.units:
        for code in case.rules.order:
            found, expected = account_of(table, unit, code), accounts.account_of(plain, unit, code)
            assert found == expected
            assert type(found) is type(expected)


def test_an_account_from_a_table_can_be_written_out() -> None:
    rules = small_rules()
    table = VectorEngine(rules, Facts(tuple(rules.units), {}), Period(2021, 4, yearly=True)).table
    for code in rules.order:
        assert as_data(account_of(table, UnitCode("110000"), code))["node"] == code


def test_who_and_what_is_unknown_is_said() -> None:
    rules = small_rules()
    table = VectorEngine(rules, Facts(tuple(rules.units), {}), Period(2021, 4, yearly=True)).table
    with pytest.raises(UnknownUnit):
        account_of(table, UnitCode("999999"), rules.root)
    with pytest.raises(UnknownNode):
        account_of(table, UnitCode("110000"), NodeCode("nothing"))
