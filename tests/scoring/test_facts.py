"""Facts: exact columns, five ways of having no number, and a digest that knows no order."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.codes import ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.facts import Amount, Fact, Facts, Series, Standing, canonical_line, gather_facts

UNITS = (UnitCode("a"), UnitCode("b"), UnitCode("c"))
E1 = Series(ElementCode("E1"), PeriodCode("2021Q1"))
E2 = Series(ElementCode("E2"), PeriodCode("2021Q1"), MemberCode("药监"))


def fact(unit: str, amount: Amount | None, standing: Standing = Standing.VALUE, series: Series = E1) -> Fact:
    return Fact(UnitCode(unit), series, amount, standing, f"file!sheet!{unit}")


def gathered(*facts: Fact) -> Facts:
    return gather_facts(UNITS, facts)


def test_a_fact_comes_back_exactly_with_its_standing_and_origin() -> None:
    facts = gathered(fact("a", Fraction("1.25")), fact("b", Fraction(0), Standing.NIL))
    assert facts.amount(0, E1) == Fraction("1.25")
    assert (facts.amount(1, E1), facts.standing(1, E1)) == (0, Standing.NIL)
    assert facts.origins[UnitCode("a"), E1] == "file!sheet!a"


@pytest.mark.parametrize("standing", [each for each in Standing if not each.has_value])
def test_the_absence_of_a_number_keeps_its_reason(standing: Standing) -> None:
    facts = gathered(fact("a", None, standing))
    assert facts.amount(0, E1) is standing
    assert facts.standing(0, E1) is standing


@pytest.mark.parametrize("few", [0, 100])
def test_a_table_of_many_units_is_looked_up_one_by_one_with_the_same_result(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scoring.facts._FEW_UNITS", few)
    nil, gone = fact("b", Fraction(0), Standing.NIL), fact("c", None, Standing.NOT_DUE)
    facts = gathered(fact("a", Fraction("1.5")), nil, gone)
    assert [facts.amount(row, E1) for row in range(3)] == [Fraction("1.5"), 0, Standing.NOT_DUE]


def test_what_is_not_there_was_not_reported() -> None:
    facts = gathered(fact("a", Fraction(1)))
    assert facts.amount(2, E1) is Standing.MISSING
    assert facts.amount(0, E2) is Standing.MISSING
    assert facts.standing(0, E2) is Standing.MISSING


def test_only_values_and_nil_have_a_value() -> None:
    assert [each for each in Standing if each.has_value] == [Standing.VALUE, Standing.NIL]


@pytest.mark.parametrize(
    ("amounts", "places", "numerators", "kind"),
    [
        pytest.param(["1", "2"], 0, [1, 2], np.int64, id="whole numbers"),
        pytest.param(["1.5", "0.25"], 2, [150, 25], np.int64, id="the most places of any unit"),
        pytest.param(["-3", "0"], 0, [-3, 0], np.int64, id="negative numbers"),
        pytest.param([str(2**62 - 1), "0"], 0, [2**62 - 1, 0], np.int64, id="as wide as int64 takes safely"),
        pytest.param([str(2**62), "0"], 0, [2**62, 0], np.object_, id="wider: Python's own integers"),
        pytest.param([str(-(10**39)), "0.1"], 1, [-(10**40), 1], np.object_, id="wide and fine at once"),
    ],
)
def test_a_column_holds_numerators_over_a_power_of_ten(
    amounts: list[str], places: int, numerators: list[int], kind: type
) -> None:
    facts = gathered(*(fact(unit, Fraction(each)) for unit, each in zip("ab", amounts, strict=True)))
    column = facts.columns[E1]
    assert column.places == places
    assert column.numerators.dtype == np.dtype(kind)
    assert [int(each) for each in column.numerators] == [*numerators, 0]
    assert [facts.amount(row, E1) for row in (0, 1)] == [Fraction(each) for each in amounts]
    assert column.bounds == (min(*numerators, 0), max(*numerators, 0))


def test_a_column_says_whether_every_unit_has_a_value() -> None:
    whole = gathered(fact("a", Fraction(1)), fact("b", Fraction(2)), fact("c", Fraction(0), Standing.NIL))
    assert whole.columns[E1].complete
    assert not gathered(fact("a", Fraction(1))).columns[E1].complete
    assert list(whole.columns[E1].doubles) == [1, 2, 0]


def test_a_column_without_units_has_bounds_zero() -> None:
    column = gather_facts([UNITS[0]], [fact("a", Fraction(1))]).columns[E1]
    nobody = type(column)(column.numerators[:0], column.standings[:0])
    assert nobody.bounds == (0, 0)


def test_words_are_held_by_their_index() -> None:
    facts = gathered(fact("a", "是"), fact("b", "否"), fact("c", None, Standing.NOT_APPLICABLE))
    column = facts.columns[E1]
    assert column.words == ("否", "是")
    assert [facts.amount(row, E1) for row in (0, 1, 2)] == ["是", "否", Standing.NOT_APPLICABLE]


def test_of_two_facts_for_one_place_the_later_stands() -> None:
    assert gathered(fact("a", Fraction(1)), fact("a", Fraction(2))).amount(0, E1) == 2


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        pytest.param([fact("z", Fraction(1))], KeyError, id="of a stranger"),
        pytest.param([fact("a", Fraction(1, 3))], ValueError, id="with a decimal that never ends"),
        pytest.param([fact("a", Fraction(1)), fact("b", "是")], ValueError, id="numbers beside words"),
    ],
)
def test_a_caller_who_gives_impossible_facts_is_told(facts: list[Fact], error: type[Exception]) -> None:
    with pytest.raises(error):
        gathered(*facts)


def test_rows_are_found_by_unit() -> None:
    assert dict(gathered().rows) == {"a": 0, "b": 1, "c": 2}


def test_all_facts_but_the_missing_come_in_a_fixed_order() -> None:
    facts = gathered(
        fact("b", Fraction(2), series=E2), fact("c", None, Standing.MISSING), fact("a", Fraction(1))
    )
    assert [(each.series, each.unit) for each in facts] == [(E1, UNITS[0]), (E2, UNITS[1])]


AMOUNTS = st.one_of(
    st.tuples(st.decimals(-1000, 1000, places=2).map(Fraction), st.just(Standing.VALUE)),
    st.just((Fraction(0), Standing.NIL)),
    st.just((None, Standing.NOT_APPLICABLE)),
)


@given(st.dictionaries(st.tuples(st.sampled_from(UNITS), st.sampled_from([E1, E2])), AMOUNTS), st.randoms())
def test_the_digest_knows_no_order_and_no_origin(
    written: dict[tuple[UnitCode, Series], tuple[Fraction | None, Standing]], chance: random.Random
) -> None:
    facts = [Fact(unit, series, *amount, "here") for (unit, series), amount in written.items()]
    moved = [Fact(each.unit, each.series, each.amount, each.standing) for each in facts]
    chance.shuffle(moved)
    assert gather_facts(UNITS, facts).digest == gather_facts(reversed(UNITS), moved).digest


@pytest.mark.parametrize(
    "other",
    [
        fact("b", Fraction(1)),
        fact("a", Fraction(2)),
        fact("a", Fraction(0), Standing.NIL),
        fact("a", None, Standing.NOT_APPLICABLE),
        fact("a", Fraction(1), series=E2),
    ],
    ids=["another unit", "another amount", "nil", "not applicable", "another series"],
)
def test_the_digest_changes_with_every_fact(other: Fact) -> None:
    assert gathered(fact("a", Fraction(1))).digest != gathered(other).digest


def test_a_nil_and_a_zero_are_told_apart_in_the_digest() -> None:
    zero, nil = gathered(fact("a", Fraction(0))), gathered(fact("a", Fraction(0), Standing.NIL))
    assert zero.digest != nil.digest


def test_a_canonical_line_writes_the_shortest_exact_text() -> None:
    assert canonical_line(fact("a", Fraction("1.50"), series=E2)) == "a\t2021Q1\tE2\t药监\t1.5"
    assert canonical_line(fact("a", None, Standing.NOT_DUE)) == "a\t2021Q1\tE1\t\tNOT_DUE"
    assert canonical_line(fact("a", "是")) == "a\t2021Q1\tE1\t\t是"
