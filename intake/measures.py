"""Families of measures with exact factors between them; everything outside a family is another measure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

# Only where one is an exact multiple of the other. 人 and 人次, 件, 起 and 宗 count different things.
_FAMILIES: tuple[Mapping[str, Fraction], ...] = (
    {
        "元": Fraction(1),
        "千元": Fraction(10**3),
        "万元": Fraction(10**4),
        "百万元": Fraction(10**6),
        "千万元": Fraction(10**7),
        "亿元": Fraction(10**8),
    },
    {
        "克": Fraction(1, 1000),
        "g": Fraction(1, 1000),
        "斤": Fraction(1, 2),
        "千克": Fraction(1),
        "公斤": Fraction(1),
        "kg": Fraction(1),
        "吨": Fraction(1000),
        "t": Fraction(1000),
        "万吨": Fraction(10**7),
    },
    {"%": Fraction(1), "‰": Fraction(1, 10)},
)
_FAMILY_OF = {name: family for family in _FAMILIES for name in family}
_BRACKETS = (("(", ")"), ("[", "]"), ("【", "】"))
_PERCENT = frozenset({"%", "百分比"})
_SHARES = frozenset({"比例", "比率", "比值", "份额"})
SCALES: Mapping[str, int] = {"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
"""Words that multiply whatever is counted."""


def plain_measure(text: str) -> str:
    """A measure without blanks and without brackets around it; Latin letters small."""
    name = "".join(text.split())
    for opening, closing in _BRACKETS:
        if name.startswith(opening) and name.endswith(closing):
            name = name[1:-1]
    small = name.lower()
    return "%" if small in _PERCENT else small


def is_percent(measure: str) -> bool:
    """Whether figures of the measure are percentages."""
    return plain_measure(measure) == "%"


def is_share(measure: str) -> bool:
    """Whether figures of the measure are shares of 1, of which 95 % is 0.95."""
    return plain_measure(measure) in _SHARES


def is_known(measure: str) -> bool:
    """Whether the text is a measure of one of the families."""
    return plain_measure(measure) in _FAMILY_OF


def factor_between(written: str, declared: str) -> Fraction | None:
    """By what a figure in the written measure is multiplied to be one in the declared; None for never.

    1 for the same measure, whether or not it belongs to a family.
    """
    one, other = plain_measure(written), plain_measure(declared)
    if one == other:
        return Fraction(1)
    family = _FAMILY_OF.get(one)
    return family[one] / family[other] if family and other in family else None


def converted(number: Decimal, factor: Fraction) -> Decimal:
    """The exact product; factors have no other primes than 2 and 5 in them, so it always ends."""
    product = Fraction(number) * factor
    places = 0
    while (product * 10**places).denominator != 1:
        places += 1
    return Decimal(int(product * 10**places)).scaleb(-places)


def scale_of(suffix: str, declared: str) -> int | None:
    """10,000 for 万 or 万件 behind a figure in 件: what its words multiply it by; None for other words."""
    name = plain_measure(suffix)
    for words, scale in SCALES.items():
        if name in (words, words + plain_measure(declared)):
            return scale
    return None
