"""How numbers and absences are written in formulas: markers for absences, rounding that meets exact ties."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scoring.facts import Standing
from scoring.numbers import Rounding, RoundingMode, exact_text, terminating_decimal

OPEN = "【"
"""What every marker begins with; no word of a report does."""
MARKERS = {
    Standing.NOT_APPLICABLE: "【不适用】",
    Standing.NOT_DUE: "【未到期】",
    Standing.MISSING: "【未报】",
    Standing.UNDEFINED: "【无法计算】",
    Standing.ZERO_DENOMINATOR: "【分母为零】",
}
"""Absences, the one that wins over the others first."""
NO_SCORE = "【无得分】"
_EPSILON_PLACES = 10
_SHORT = 15


class Unexpressible(Exception):
    """Something that no formula of a spreadsheet says; its text says why, for people."""


def quoted(text: str) -> str:
    """A word within a formula."""
    return '"' + text.replace('"', '""') + '"'


def marker(standing: Standing) -> str:
    """The marker of an absence within a formula."""
    return quoted(MARKERS[standing])


def number(value: Fraction) -> str:
    """A number within a formula: a decimal where it is short, else a quotient; negative ones in brackets."""
    text = terminating_decimal(value)
    if text is None or len(text.strip("-0.").replace(".", "")) > _SHORT:
        text = exact_text(value)
    return f"({text})" if value < 0 or "/" in text else text


def cached(outcome: object) -> float | str | bool:
    """What a cell shows before anything is recalculated."""
    if isinstance(outcome, Standing):
        return MARKERS.get(outcome, "")
    if isinstance(outcome, Fraction):
        return float(outcome)
    return outcome if isinstance(outcome, bool | str) else NO_SCORE


def is_absent(cell: str) -> str:
    """Whether a cell holds a marker."""
    return f'LEFT({cell},1)="{OPEN}"'


def any_is(cells: Sequence[str], word: str) -> str:
    """Whether any of the cells holds this word."""
    tests = [f"{cell}={word}" for cell in cells]
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def worst_absence(cells: Sequence[str], without: Sequence[Standing] = ()) -> str:
    """The marker that wins among these cells, of which one at least holds no number."""
    text = marker(Standing.UNDEFINED)
    found = (
        f"IF({any_is(cells, marker(Standing.ZERO_DENOMINATOR))},{marker(Standing.ZERO_DENOMINATOR)},{text})"
    )
    for standing in (Standing.UNDEFINED, Standing.MISSING, Standing.NOT_DUE, Standing.NOT_APPLICABLE):
        if standing not in without:
            word = marker(standing)
            found = f"IF({any_is(cells, word)},{word},{found})"
    return found


def settled(text: str) -> str:
    """A number without the dust of binary fractions, so that what is equal compares as equal."""
    return f"ROUND({text},{_EPSILON_PLACES})"


def rounded(text: str, rounding: Rounding | None) -> str:
    """A number by the rule's rounding; dust is taken off first, so that a tie is still seen as one."""
    return text if rounding is None else to_places(text, rounding.places, rounding.mode)


def to_places(text: str, places: int, mode: RoundingMode) -> str:
    """A number to decimal places by one of the modes."""
    clean = f"ROUND({text},{min(places + _EPSILON_PLACES, 12)})"
    if mode is RoundingMode.HALF_UP:
        return f"ROUND({clean},{places})"
    if mode is RoundingMode.TRUNCATE:
        return f"TRUNC({clean},{places})"
    scale = "1" + "0" * places
    lifted = f"ROUND(({text})*{scale},9)" if places else f"ROUND({text},9)"
    whole = {
        RoundingMode.FLOOR: f"INT({lifted})",
        RoundingMode.CEIL: f"(-INT(-{lifted}))",
        RoundingMode.HALF_EVEN: (
            f"IF(ABS({lifted}-TRUNC({lifted}))=0.5,2*ROUND({lifted}/2,0),ROUND({lifted},0))"
        ),
    }[mode]
    return f"{whole}/{scale}" if places else whole
