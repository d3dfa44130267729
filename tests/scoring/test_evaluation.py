"""The plain evaluator: exact results, and the one reason that wins where there is no result."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.codes import ElementCode
from scoring.errors import Place
from scoring.evaluation import Evaluator, Outcome
from scoring.expressions import Figure, OfQuarters, OverQuarters, Text
from scoring.facts import Amount, Standing
from scoring.rulebook.formulas import parse_formula
from scoring.rulebook.language import Vocabulary

FIGURES: dict[str, Amount | Standing] = {
    "E1": Fraction(7),
    "E2": Fraction("2.5"),
    "ZERO": Fraction(0),
    "BIG": Fraction(10) ** 500,
    "WORD": "是",
    "NA": Standing.NOT_APPLICABLE,
    "LATER": Standing.NOT_DUE,
    "GONE": Standing.MISSING,
    "ODD": Standing.UNDEFINED,
}
WORDS = Vocabulary(
    elements=dict.fromkeys(FIGURES, ()), attributes={"population", "group"}, choices={"WORD": ("是", "否")}
)


def evaluated(text: str) -> Outcome:
    formula, issues = parse_formula(text, WORDS, Place())
    assert formula is not None, issues
    attributes: dict[str, Amount | Standing] = {"population": Fraction(1000), "group": "东"}
    return Evaluator(lambda figure: FIGURES[figure.element], attributes.__getitem__).evaluate(formula.root)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/3*3", "1"),
        ("E1 + E2 * 2", "12"),
        ("(E1 - E2) / 2", "2.25"),
        ("-E1", "-7"),
        ("+E1", "7"),
        ("E1 % 4", "3"),
        ("-7 % 4", "1"),
        ("2 ** 10", "1024"),
        ("population / 100", "10"),
        ("min(E1, 3, 9)", "3"),
        ("max(E1, 3, 9)", "9"),
        ("abs(E2 - E1)", "4.5"),
        ("clamp(E1, 0, 5)", "5"),
        ("clamp(E1, 8, 9)", "8"),
        ("round(E2)", "3"),
        ("round(2/3, 2)", "0.67"),
        ("round(1/3+1/3+1/3-0.995, 2)", "0.01"),
        ("round(-E2)", "-3"),
        ("truncate(2/3, 3)", "0.666"),
        ("truncate(-E2)", "-2"),
        ("floor(-E2)", "-3"),
        ("ceil(-E2)", "-2"),
        ("sqrt(E1 + 2)", "3"),
        ("log10(1000)", "3"),
        ("ln(1)", "0"),
        ("coalesce(E1, 3)", "7"),
        ("coalesce(GONE, NA, 3)", "3"),
        ("E1 if E1 > 5 else E2", "7"),
        ("E1 if E1 > 7 else E2", "2.5"),
        pytest.param("E1 if E1 > 5 else GONE", "7", id="the branch not taken does not count"),
    ],
)
def test_numbers_come_out_exactly(text: str, expected: str) -> None:
    assert evaluated(text) == Fraction(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/3*3 >= 1", True),
        ("E1 > 7", False),
        ("E1 >= 7", True),
        ("E1 < 7", False),
        ("E1 <= 7", True),
        ("E1 == 7", True),
        ("E1 != 7", False),
        ("0 < E2 < E1 < 8", True),
        ("0 < E2 < 2", False),
        ("not E1 > 7", True),
        ("E1 > 7 or E2 > 2", True),
        ("E1 > 5 and E2 > 2", True),
        ("E1 > 5 and E2 > 3", False),
        ('WORD == "是"', True),
        ('WORD == "否"', False),
        ('WORD != "否"', True),
        ("is_missing(GONE)", True),
        ("is_missing(NA)", False),
        ("is_missing(WORD)", False),
        ("is_missing(1/ZERO)", False),
        ("is_not_applicable(NA)", True),
        ("is_not_applicable(E1)", False),
        pytest.param("E1 > 5 or GONE > 1", True, id="or is decided by the first that holds"),
        pytest.param("E1 > 7 and GONE > 1", False, id="and is decided by the first that does not"),
    ],
)
def test_conditions_are_decided_from_the_left(text: str, expected: bool) -> None:
    assert evaluated(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GONE + 1", Standing.MISSING),
        ("1 / ZERO", Standing.ZERO_DENOMINATOR),
        ("1 % ZERO", Standing.ZERO_DENOMINATOR),
        ("ln(ZERO)", Standing.UNDEFINED),
        ("sqrt(-E1)", Standing.UNDEFINED),
        ("log10(-E1)", Standing.UNDEFINED),
        ("ZERO ** (-1)", Standing.UNDEFINED),
        ("(-E1) ** E2", Standing.UNDEFINED),
        pytest.param("BIG * BIG", Standing.UNDEFINED, id="too long to be held exactly"),
        pytest.param("1 / ZERO + ODD", Standing.UNDEFINED, id="undefined wins over a zero denominator"),
        pytest.param("ODD + GONE", Standing.MISSING, id="missing wins over undefined"),
        pytest.param("GONE + LATER", Standing.NOT_DUE, id="not due wins over missing"),
        pytest.param("LATER + NA", Standing.NOT_APPLICABLE, id="not applicable wins over all"),
        pytest.param("min(GONE, NA)", Standing.NOT_APPLICABLE, id="in functions too"),
        pytest.param("GONE > LATER", Standing.NOT_DUE, id="in comparisons too"),
        pytest.param("GONE > 1 or E1 > 5", Standing.MISSING, id="what comes after the gap decides nothing"),
        pytest.param("GONE > 1 and E1 > 7", Standing.MISSING, id="nor after and"),
        pytest.param("not GONE > 1", Standing.MISSING, id="not of a gap is the gap"),
        pytest.param("1 if GONE > 1 else 2", Standing.MISSING, id="a choice that cannot be made"),
        pytest.param("coalesce(NA, GONE)", Standing.MISSING, id="coalesce without any value gives the last"),
    ],
)
def test_of_several_reasons_for_no_value_the_strongest_wins(text: str, expected: Standing) -> None:
    assert evaluated(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("group + 1", Standing.UNDEFINED),
        ("min(group, 1)", Standing.UNDEFINED),
        ("-group", Standing.UNDEFINED),
        ("group > 1", False),
        ("group != 1", True),
        ("group", "东"),
        ('"甲" == "甲"', True),
    ],
)
def test_a_word_where_a_number_is_wanted_is_undefined_and_equals_none(text: str, expected: object) -> None:
    assert evaluated(text) == expected


def test_a_word_stands_for_itself() -> None:
    assert Evaluator(lambda _: Fraction(0), lambda _: Fraction(0)).evaluate(Text("是")) == "是"


def test_what_goes_over_quarters_must_be_expanded_before() -> None:
    with pytest.raises(TypeError, match="expanded"):
        Evaluator(lambda _: Fraction(0), lambda _: Fraction(0)).evaluate(
            OverQuarters(OfQuarters.MEAN, Figure(ElementCode("E1")))
        )


ATOMS = ["E1", "E2", "ZERO", "NA", "LATER", "GONE", "ODD", "BIG", "WORD", "group", "0", "3", "0.5", '"是"']
SHAPES = [
    "({} + {})",
    "({} / {})",
    "({} ** {})",
    "-({})",
    "ln({})",
    "sqrt({})",
    "min({}, {})",
    "round({}, 2)",
    "coalesce({}, {})",
    "({} if {} else {})",
    "({} >= {})",
    "({} and {})",
    "not ({})",
    "is_missing({})",
]


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda shape, fillings: shape.format(*fillings),
        st.sampled_from(SHAPES),
        st.lists(inner, min_size=3, max_size=3),
    )


@given(st.recursive(st.sampled_from(ATOMS), nested, max_leaves=12))
def test_whatever_parses_evaluates_without_an_exception(text: str) -> None:
    formula, _ = parse_formula(text, WORDS, Place())
    if formula is not None:
        assert isinstance(evaluated(text), Fraction | str | bool | Standing)
