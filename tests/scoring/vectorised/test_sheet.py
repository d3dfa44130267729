"""Columns of the sheet are the figures that the plain engine resolves, unit by unit."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.codes import ElementCode, PeriodCode, UnitCode
from scoring.expressions import Attribute, Figure, When
from scoring.facts import Column, Facts, Series, Standing
from scoring.figures import resolve
from scoring.periods import Period
from scoring.rulebook.rules import RuleSet
from scoring.vectorised.distinct import kinds_of_units
from scoring.vectorised.sheet import Sheet
from tests.support.random_formulas import GREAT, PLAIN
from tests.support.random_scoring import PERIODS, facts_for, rule_sets
from tests.support.rulesets import small_rules

UNITS = [UnitCode(f"U{number}") for number in range(5)]
WHENS = st.sampled_from([When.NOW, When.NOW, *When])
TO_DATE = [When.NOW, When.YEAR_TO_DATE, When.LAST_YEAR]


@given(st.data())
def test_a_column_holds_what_the_plain_engine_resolves(data: st.DataObject) -> None:
    rules = data.draw(rule_sets(UNITS))
    facts = data.draw(facts_for(rules, UNITS, st.one_of(PLAIN, GREAT)))
    period, when = data.draw(PERIODS), data.draw(WHENS)
    sheet = Sheet(rules, facts, period)
    for element in rules.elements.values():
        members = element.members[: data.draw(st.integers(0, 2))]
        figure = together(data, rules, Figure(element.code, members, when))
        column = sheet.column(figure)
        plain = [resolve(figure, rules, facts, row, period).outcome for row in range(len(UNITS))]
        if not column.readable:
            rows, kinds = kinds_of_units(sheet, [figure])
            assert [plain[rows[kind]] for kind in kinds] == plain
            continue
        for row, outcome in enumerate(plain):
            standing = 0 if column.standings is None else int(column.standings[row])
            if isinstance(outcome, Standing):
                assert standing == outcome
            else:
                assert standing == 0
                number = int(column.numbers[row])
                amount = column.words[number] if column.words else sheet.quotients(figure).at(row)
                assert amount == outcome


def together(data: st.DataObject, rules: RuleSet, figure: Figure) -> Figure:
    """The figure, often with others that take the same quarters, where it adds up over them."""
    sharing = sorted(rules.sharing_quarters)
    if figure.element not in sharing or figure.when not in TO_DATE or data.draw(st.booleans()):
        return figure
    others = st.builds(Figure, st.sampled_from(sharing), st.just(()), st.sampled_from(TO_DATE))
    return replace(figure, together=(figure, *data.draw(st.lists(others, min_size=1, max_size=3))))


def quarterly(*amounts: tuple[int, int], places: int = 0) -> Facts:
    """Facts of E1 in the first quarter of 2021: numerator and standing of each unit, over 10^places."""
    numerators = np.array([numerator for numerator, _ in amounts], dtype=np.int64)
    standings = np.array([standing for _, standing in amounts], dtype=np.uint8)
    units = tuple(UnitCode(f"{row + 11}0000") for row in range(len(amounts)))
    return Facts(units, {Series(E1.element, PeriodCode("2021Q1")): Column(numerators, standings, places)})


E1 = Figure(ElementCode("E1"), (), When.Q1)
QUARTER = Period(2021, 1, yearly=False)


def test_what_stands_where_there_is_no_value_counts_for_nothing() -> None:
    facts = quarterly((5, Standing.VALUE), (7, Standing.MISSING), (0, Standing.NIL))
    column = Sheet(small_rules(), facts, QUARTER).column(E1)
    assert column.numbers.tolist() == [5, 0, 0]
    assert column.standings is not None
    assert column.standings.tolist() == [0, Standing.MISSING, 0]


def test_a_column_without_gaps_says_so() -> None:
    column = Sheet(small_rules(), quarterly((5, Standing.VALUE), (0, Standing.NIL)), QUARTER).column(E1)
    assert (column.standings, column.span) == (None, (0, 5))


@pytest.mark.parametrize(("places", "declared"), [(0, 2), (2, 2), (3, 2)])
def test_figures_have_at_least_the_places_that_their_element_declares(places: int, declared: int) -> None:
    rules = small_rules()
    form = next(
        form for form in rules.forms.values() if any(each.code == E1.element for each in form.elements)
    )
    elements = tuple(replace(each, places=declared) for each in form.elements)
    rules = replace(rules, forms={form.code: replace(form, elements=elements)})
    column = Sheet(rules, quarterly((15, Standing.VALUE), places=places), QUARTER).column(E1)
    assert column.den == 10 ** max(places, declared)
    assert column.quotients().at(0) == Fraction(15, 10**places)


def test_lifting_a_number_never_overflows() -> None:
    rules = small_rules()
    form = next(
        form for form in rules.forms.values() if any(each.code == E1.element for each in form.elements)
    )
    elements = tuple(replace(each, places=2) for each in form.elements)
    rules = replace(rules, forms={form.code: replace(form, elements=elements)})
    column = Sheet(rules, quarterly((2**61, Standing.VALUE)), QUARTER).column(E1)
    assert column.quotients().at(0) == 2**61


def test_an_attribute_reckoned_on_the_way_goes_before_the_units_own() -> None:
    rules = small_rules()
    facts = Facts(tuple(rules.units), {})
    sheet = Sheet(rules, facts, QUARTER)
    population = Attribute("population")
    places = np.array([3, 0, 1])
    with_places = sheet.with_attribute("population", places, places > 0)
    assert [with_places.quotients(population).at(row) for row in range(3)] == [3, 500, 1]
    assert [sheet.quotients(population).at(row) for row in range(3)] == [1000, 500, 250]


def test_attributes_of_words_are_told_apart_by_number() -> None:
    rules = small_rules()
    column = Sheet(rules, Facts(tuple(rules.units), {}), QUARTER).column(Attribute("group"))
    assert (column.words, column.numbers.tolist(), column.numeric) == (("东", "西"), [0, 0, 1], False)


def test_attributes_of_words_and_numbers_are_left_to_the_plain_engine() -> None:
    rules = small_rules()
    units = dict(rules.units)
    first = next(iter(units))
    units[first] = replace(units[first], attributes={"group": Fraction(1)})
    sheet = Sheet(replace(rules, units=units), Facts(tuple(units), {}), QUARTER)
    assert not sheet.column(Attribute("group")).readable
    rows, kinds = kinds_of_units(sheet, [Attribute("group")])
    assert len(rows) == len(set(kinds.tolist())) == 3


def test_an_attribute_that_a_unit_lacks_is_missing() -> None:
    rules = small_rules()
    column = Sheet(rules, Facts(tuple(rules.units), {}), QUARTER).column(Attribute("nothing"))
    assert column.standings is not None
    assert column.standings.tolist() == [Standing.MISSING] * 3
