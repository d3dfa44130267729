"""What a number format makes of a number on the screen: the number itself, or something that is not it."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from intake.measures import factor_between, is_percent

# Sections end at a semicolon that nothing quotes.
_SECTION = re.compile(r'(?:"[^"]*"?|\\.|!.|_.|\*.|\[[^\]]*\]|[^;"\\!_*\[]|[\\!_*\[])*', re.DOTALL)
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | [\\!](?P<escaped>.) | _(?P<padding>.) | \*(?P<repeated>.)
    | \[\$(?P<currency>[^\]]*?)(?:-[^\]-]*)?\]
    | \[(?P<condition>[<>=]{1,2})(?P<bound>[+-]?[0-9.]+)\]
    | \[(?P<colour>[^\]]*)\]
    | (?P<place>General|G/通用格式|[0#?]|@) | (?P<exponent>[Ee][+-]) | (?P<bare>.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_DENOMINATOR = re.compile(r"(?<=[0#?])/[0-9]+")
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_PLAIN = frozenset({"", "General", "G/通用格式", "@"})
_SIGNS, _OPENED = frozenset("-−－–—△▲▽▼"), frozenset("(（")
_RED = frozenset({"red", "红色", "color3"})
_PERCENT = frozenset("%％‰")
_ZEROS = "0０零〇"
_TEXT_SECTION = 4


@dataclass(frozen=True, slots=True)
class _Section:
    """One part of a format: what it shows `before` the digits, and what among and `after` them."""

    before: str
    after: str
    repeated: str
    holds: str
    """`0` where the number, `@` where the text is shown; both, or empty for neither."""
    red: bool
    condition: Callable[[Decimal], bool] | None


def shows_another_number(number_format: str, value: Decimal, measure: str) -> bool:
    """Whether what is seen is not the number that is stored: it is hidden, or has other digits or signs.

    Colours, rounding and thousands left out are not looked at here.
    """
    if number_format in _PLAIN:
        return False
    sections = _sections(number_format)
    at = _chosen(sections, value)
    section = sections[at]
    if not section.holds:
        return bool(value) or _prints_digits(section, measure, but=_ZEROS)
    if _prints_digits(section, measure) or section.holds.count("@") > 1:
        return True
    return _sign_is_wrong(section, value, own=at > 0 or section.condition is not None)


def shows_another_text(number_format: str) -> bool:
    """Whether a text is hidden, replaced or added to by the format of its cell."""
    if number_format in _PLAIN:
        return False
    sections = _sections(number_format)
    if len(sections) < _TEXT_SECTION and "@" not in sections[-1].holds:
        return False
    section = sections[-1]
    return section.holds.count("@") != 1 or _prints_digits(section, "") or _has_sign(section)


def prints_digits(number_format: str) -> bool:
    """Whether a format shows digits that are its own, in any of its sections."""
    return any(_prints_digits(section, "") for section in _sections(number_format))


def _sections(number_format: str) -> list[_Section]:
    found, at = [], 0
    while True:
        match = _SECTION.match(number_format, at)
        end = match.end() if match else at
        found.append(_section(number_format[at:end]))
        if end >= len(number_format):
            return found
        at = end + 1


def _section(code: str) -> _Section:
    sides, repeated, holds = ["", ""], "", ""
    red, condition = False, None
    for match in _TOKEN.finditer(_DENOMINATOR.sub("/", code)):
        kind, text = match.lastgroup, match[match.lastgroup or 0]
        match kind:
            case "place":
                holds += "@" if text == "@" else "0"
            case "quoted" | "escaped" | "currency" | "bare":
                sides[bool(holds)] += text
            case "repeated":
                repeated += text
            case "bound":
                condition = _condition(match["condition"], text)
            case "colour":
                red = red or text.casefold() in _RED
    return _Section(sides[0], sides[1], repeated, holds, red, condition)


def _condition(sign: str, bound: str) -> Callable[[Decimal], bool] | None:
    compare = _COMPARE.get(sign)
    if compare is None or not re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", bound):
        return None
    limit = Decimal(bound)
    return lambda value: compare(value, limit)


def _chosen(sections: Sequence[_Section], value: Decimal) -> int:
    """Which section a number is shown by."""
    numeric = sections[: _TEXT_SECTION - 1]
    if any(section.condition for section in numeric):
        fitting = (at for at, each in enumerate(numeric) if each.condition is None or each.condition(value))
        return next(fitting, len(numeric) - 1)
    if value < 0 and len(numeric) > 1:
        return 1
    return 2 if not value and len(numeric) > 2 else 0


def _prints_digits(section: _Section, measure: str, but: str = "") -> bool:
    return any(
        _means_number(text, measure, but) for text in (section.before, section.after, section.repeated)
    )


def _means_number(text: str, measure: str, but: str) -> bool:
    words = text.strip()
    if not words or factor_between(words, measure) == 1:
        return False
    if not _PERCENT.isdisjoint(words) and not is_percent(measure):
        return True
    own = [sign for sign in words if sign.isnumeric() and sign not in but]
    return any(sign.isdecimal() for sign in own) or len(own) == len(words)


def _sign_is_wrong(section: _Section, value: Decimal, *, own: bool) -> bool:
    """Whether a number looks negative and is not, or the other way round; own: the format gives the sign."""
    signed = _has_sign(section)
    if value < 0:
        return own and not signed and not section.red
    return bool(value) and signed


def _has_sign(section: _Section) -> bool:
    opened = not _OPENED.isdisjoint(section.before)
    return opened or not _SIGNS.isdisjoint(section.before + section.after)
