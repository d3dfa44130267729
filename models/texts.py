"""Values as the one text in which every database keeps them: words, exact numbers, amounts."""

from __future__ import annotations

import re
from enum import StrEnum
from fractions import Fraction
from typing import Final

from models.errors import RowDamaged, UnstorableNumber, UnstorableText
from scoring.facts import Amount
from scoring.numbers import exact_text

_NUMBER: Final = re.compile(r"(-?[0-9]+)(?:\.([0-9]+)|/([0-9]+))?", re.ASCII)
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
# Python writes whole numbers of up to 4,300 digits; a decimal of this many bits stays below that.
_MOST_BITS: Final = 3000


def storable_text(text: str) -> str:
    """The text itself.

    Raises:
        UnstorableText: it holds NUL (PostgreSQL refuses it, SQLite cuts at it) or a lone surrogate.
    """
    if text.isascii() and "\x00" not in text:
        return text
    if found := _UNSTORABLE.search(text):
        raise UnstorableText(text, found[0])
    return text


def number_to_text(number: Fraction) -> str:
    """The one text of an exact number: "12.5", or "200/3" where no decimal ends.

    Raises:
        UnstorableNumber: numerator or denominator has more than 3,000 bits (about 900 digits).
    """
    bits = max(number.numerator.bit_length(), number.denominator.bit_length())
    if bits > _MOST_BITS:
        raise UnstorableNumber(bits)
    return exact_text(number)


def text_to_number(text: str) -> Fraction:
    """An exact number from what `number_to_text` wrote.

    Raises:
        RowDamaged: the text is anything else.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise RowDamaged("数", text)
    whole, decimals, denominator = match.groups()
    if decimals is not None:
        return Fraction(int(whole + decimals), 10 ** len(decimals))
    if denominator is None:
        return Fraction(int(whole))
    if not int(denominator):
        raise RowDamaged("数", text)
    return Fraction(int(whole), int(denominator))


class AmountKind(StrEnum):
    """What the text of an amount is: an exact number, a word of a choice, or nothing at all."""

    NUMBER = "number"
    WORD = "word"
    NONE = "none"


def amount_to_texts(amount: Amount | None) -> tuple[str | None, AmountKind]:
    """An amount as the two columns that hold it."""
    if amount is None:
        return None, AmountKind.NONE
    if isinstance(amount, str):
        return amount, AmountKind.WORD
    return number_to_text(amount), AmountKind.NUMBER


def texts_to_amount(text: str | None, kind: AmountKind) -> Amount | None:
    """The amount from its two columns."""
    if text is None:
        return None
    return text if kind is AmountKind.WORD else text_to_number(text)
