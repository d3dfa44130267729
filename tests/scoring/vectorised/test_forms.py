"""Forms say what their formulas say, and are found wherever a formula is one combination over another."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.codes import ElementCode
from scoring.errors import Place
from scoring.evaluation import Evaluator
from scoring.expressions import Attribute, Expression, Figure
from scoring.facts import Standing
from scoring.rulebook.formulas import parse_formula
from scoring.rulebook.language import Vocabulary
from scoring.vectorised.forms import form_of, whole_form

WORDS = Vocabulary(elements={"A": (), "B": (), "C": ()}, attributes=("population",))
A, B, C, POPULATION = (
    Figure(ElementCode("A")),
    Figure(ElementCode("B")),
    Figure(ElementCode("C")),
    Attribute("population"),
)


def root_of(text: str) -> Expression:
    formula, issues = parse_formula(text, WORDS, Place())
    assert formula is not None, issues
    return formula.root


FORMS = [
    "A",
    "-A",
    "100 * A / B",
    "A / B * 100 - 5",
    "A - B",
    "100 * (A / last_year(A) - 1)",
    "0.3 * A + 0.05 * B - 2",
    "A / (B + C)",
    "(A - C) / (C - A)",
    "10000 * A / population",
    "1 - A / B",
    "A / B + C / B",
    "A / -B",
    "0 * A / B",
    "(A + 2 * B - 3) / (4 * C - 7)",
    "100 / A",
]


@pytest.mark.parametrize("text", FORMS)
@given(figures=st.lists(st.integers(-30, 30).map(lambda number: Fraction(number, 4)), min_size=5, max_size=5))
def test_a_form_has_the_value_of_its_formula(text: str, figures: list[Fraction]) -> None:
    root = root_of(text)
    form = form_of(root)
    assert form is not None
    leaves = form.leaves
    given_amounts: Mapping[object, Fraction] = dict(zip(leaves, figures, strict=False))
    plain = Evaluator(given_amounts.__getitem__, lambda name: given_amounts[Attribute(name)]).evaluate(root)
    # the same amounts as numerators over 100 for the first leaf and over 4 for the others
    dens = [100, *[4] * (len(leaves) - 1)][: len(leaves)]
    whole = whole_form(form, dens)
    numerators = [int(given_amounts[leaf] * den) for leaf, den in zip(leaves, dens, strict=True)]
    bottom = 1 if whole.bottom is None else whole.bottom.at(numerators)
    if plain is Standing.ZERO_DENOMINATOR:
        assert bottom == 0
    else:
        assert whole.scale * Fraction(whole.top.at(numerators), bottom) == plain
    assert whole.scale > 0


@pytest.mark.parametrize(
    "text",
    [
        "A * B",
        "A / B + C",
        "A / B / C",
        "A / (B / C)",
        "A / 0",
        "min(A, 100)",
        "A % B",
        "A ** 2",
        "A if B > 1 else C",
        "coalesce(A, 0)",
        "A / B * (C - C + 2)",
        "A / (B - B)",
    ],
)
def test_other_formulas_are_no_forms(text: str) -> None:
    assert form_of(root_of(text)) is None


def test_a_figure_that_cancels_out_is_still_asked_for() -> None:
    form = form_of(root_of("A + B - B"))
    assert form is not None
    assert form.leaves == (A, B)
    assert whole_form(form, [1, 1]).top.factors == (1, 0)


def test_forms_about_other_figures_have_the_same_shape() -> None:
    shapes = set()
    for text in ("100 * A / B", "5 * B / C", "C / A"):
        form = form_of(root_of(text))
        assert form is not None
        whole = whole_form(form, [100, 100])
        shapes.add((whole.top.shape, whole.bottom and whole.bottom.shape))
    assert len(shapes) == 1


def test_a_denominator_of_minuses_is_turned_round() -> None:
    form = form_of(root_of("A / -B"))
    assert form is not None
    whole = whole_form(form, [1, 1])
    assert whole.bottom is not None
    assert (whole.top.factors, whole.bottom.factors) == ((-1, 0), (0, 1))
