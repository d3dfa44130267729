"""An exact number has one text, and nothing but such a text is read back."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import RowDamaged, UnstorableNumber, UnstorableText
from models.texts import number_to_text, storable_text, text_to_number

NUMBERS = st.one_of(
    st.fractions(),
    st.builds(Fraction, st.integers(-(10**48), 10**48), st.sampled_from([1, 10**4, 10**18, 3 * 2**90])),
)


@given(NUMBERS)
def test_a_number_comes_back_from_its_text(number: Fraction) -> None:
    assert text_to_number(number_to_text(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(-25, 10), "-2.5"),
        (Fraction(-1, 20), "-0.05"),
        (Fraction(200, 3), "200/3"),
        (
            Fraction("123456789012345678901234567890.123456789012345678"),
            "123456789012345678901234567890.123456789012345678",
        ),
    ],
)
def test_a_number_is_written_in_its_shortest_exact_form(number: Fraction, text: str) -> None:
    assert number_to_text(number) == text
    assert text_to_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "12abc", "１２", "1_000", "1e3", "NaN", "+1", "1.", ".5", "1/0", "1/-2", " 1", "1\n"]
)
def test_a_text_that_was_not_written_as_a_number_is_called_damaged(text: str) -> None:
    with pytest.raises(RowDamaged, match="备份"):
        text_to_number(text)


def test_the_longest_number_fits_and_a_longer_one_is_refused() -> None:
    for longest in (Fraction(2**3000 - 1, 2**2999), Fraction(2**2999, 3**1892)):
        assert text_to_number(number_to_text(longest)) == longest
    with pytest.raises(UnstorableNumber, match="3001"):
        number_to_text(Fraction(1, 2**3000))


@pytest.mark.parametrize("text", ["", "北京", "a\nb\t", "𠮷", "\x01\x7f", "\ufffe"])
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert storable_text(text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [("a\x00b", "U+0000"), ("北\x00京", "U+0000"), ("\ud83d", "U+D83D"), ("x\udfff", "U+DFFF")],
)
def test_text_that_not_every_database_can_keep_is_refused(text: str, code: str) -> None:
    with pytest.raises(UnstorableText) as caught:
        storable_text(text)
    assert code in str(caught.value)
    str(caught.value).encode()  # the message itself must be writable anywhere
