"""The grammar of figures typed as text: which texts are one exact number, and why the others are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from intake.chinese_numerals import chinese_number
from intake.measures import factor_between
from intake.numbers_text import LONGEST
from intake.odd_characters import look_alikes, looks_like, odd_numerals
from intake.readings import Change, half_width, spelling_changes
from intake.wording import Fault, fault

_MOST_DIGITS = 18
_PLAIN = r"[0-9]+(?:\.[0-9]+)?"
# Sign or currency, digits in groups, the places, the rest.
_FIGURE = re.compile(
    r"([¥￥]?) *([+-]?)((?:[0-9]+(?:[, ][0-9]*)*(?<! ))?)(\.?[0-9]*) *(.*)", re.ASCII | re.DOTALL
)
_COMMAS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+", re.ASCII)
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+", re.ASCII)
_ABOUT_BEFORE = re.compile(r"(?:大?约|将?近|超|逾|达|不到|左右|上下) *[0-9]", re.ASCII)
_ABOUT_BEHIND = ("余", "多", "左右", "上下", "以上", "以内", "以下", "近", "几", "许")
_BOUND = re.compile(r"(?:[<>≤≥]=?|不[少低多高]于|不超过|至少|至多|最多|大于|小于|多于|少于|超过|低于) *[0-9]")
_RANGE = re.compile(rf"{_PLAIN} *[^0-9.,]{{0,4}}? *(?:-|~|—|–|―|至|到) *{_PLAIN} *[^0-9]{{0,4}}", re.ASCII)
_EXPONENT = re.compile(rf"[+-]?{_PLAIN}[eE][+-]?[0-9]{{1,3}}", re.ASCII)
_NEGATIVE = re.compile(
    rf"(?:{_PLAIN} *-|\( *{_PLAIN} *\)|[△▲▽▼] *{_PLAIN}|[-—–] +{_PLAIN}|[—–]{_PLAIN})", re.ASCII
)
_WORDS = re.compile(r"[^\d.,_+*/=\s-][^\d.,_]{0,11}", re.DOTALL)
_LETTER = re.compile(r"[\w%‰°]")
_DIGITS_AND_POINTS = re.compile(r"[0-9.,]+", re.ASCII)
_APOSTROPHES = ("'", "’", "‘", "`")
_ERROR_VALUE = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|#+)")


@dataclass(frozen=True, slots=True)
class Figure:
    """An exact number, the measure or currency sign written with it ("" for none), and what was changed."""

    number: Decimal
    suffix: str
    changes: tuple[Change, ...]


def figure_of(text: str, measure: str) -> Figure | Fault:
    """The figure that a text is; `measure` is the declared one, which must not be read as a word of doubt."""
    narrow = half_width(text).strip()
    quoted = narrow.startswith(_APOSTROPHES)
    if quoted:
        narrow = narrow[1:].lstrip()
    doubt = _doubt(narrow)
    if doubt is not None:
        return doubt
    parsed = _parsed(narrow, measure)
    if parsed is None:
        return _no_figure(narrow, measure)
    if isinstance(parsed, Fault):
        return parsed
    changes = [Change("数字存成了文本，按数字读取", "a number kept as text was read as a number")]
    changes += spelling_changes(text)
    if quoted:
        changes.append(Change("去掉开头的撇号", "the leading apostrophe was removed"))
    return Figure(parsed.number, parsed.suffix, (*changes, *parsed.changes))


def _doubt(narrow: str) -> Fault | None:
    """Texts with digits in them that say more, or less, than one number."""
    if _ERROR_VALUE.fullmatch(narrow):
        return fault("error-value")
    if _EXPONENT.fullmatch(narrow):
        return _exponent(narrow)
    if _RANGE.fullmatch(narrow):
        return fault("range-for-figure")
    if _BOUND.match(narrow):
        return fault("bound-for-figure")
    if _NEGATIVE.fullmatch(narrow):
        digits = "".join(re.findall(r"[0-9.]", narrow))
        return fault("perhaps-negative", reading=digits)
    return fault("approximate") if _ABOUT_BEFORE.match(narrow) else None


def _exponent(narrow: str) -> Fault:
    value = Decimal(narrow)
    if abs(value.adjusted()) > _MOST_DIGITS or len(narrow) > LONGEST:
        return fault("number-too-large")
    return fault("exponent-typed", reading=f"{value:f}")


def _parsed(narrow: str, measure: str) -> Figure | Fault | None:
    """The figure of a narrowed text; a fault where its digits are doubtful, None where it is no number."""
    match = _FIGURE.fullmatch(narrow)
    if match is None or len(narrow) > 2 * LONGEST:
        return None
    currency, sign, groups, places, rest = match.groups()
    if not groups.strip(",") and not places.strip("."):
        return None
    suffix = rest.strip()
    if suffix and (currency or factor_between(suffix, measure) is None):
        if suffix.startswith(_ABOUT_BEHIND) or suffix.endswith(_ABOUT_BEHIND):
            return fault("approximate")
        if currency or not _may_be_measure(suffix):
            return None
    digits = groups.replace(",", "").replace(" ", "")
    doubt = _grouping(groups, digits, places)
    if doubt is not None:
        return doubt
    number = Decimal(f"{sign}{digits or '0'}{places if len(places) > 1 else ''}")
    return Figure(number, suffix or currency, _digit_changes(sign, groups, places))


def _may_be_measure(suffix: str) -> bool:
    """Whether words stand behind the digits: neither more digits, nor what looks like them."""
    if not _WORDS.fullmatch(suffix) or not _LETTER.search(suffix):
        return False
    return not _DIGITS_AND_POINTS.fullmatch(looks_like(suffix)) and not odd_numerals(suffix)


def _grouping(groups: str, digits: str, places: str) -> Fault | None:
    if groups.isdigit() or not groups or _COMMAS.fullmatch(groups) or _SPACED.fullmatch(groups):
        return None
    whole = f"{digits}{places}".rstrip(".")
    if "," not in groups:
        return fault("blank-inside", reading=whole)
    before, _, behind = groups.partition(",")
    point = f"{before}.{behind}" if behind.isdigit() and not places and before.isdigit() else ""
    return fault(
        "comma-misplaced",
        reading=whole,
        other=f"逗号是小数点的，填 {point}；" if point else "",
        other_en=f"{point} if the comma is a decimal point, " if point else "",
    )


def _digit_changes(sign: str, groups: str, places: str) -> tuple[Change, ...]:
    found: list[Change] = []
    if "," in groups:
        found.append(Change("去掉千分位逗号", "thousands commas were removed"))
    if " " in groups:
        found.append(Change("去掉千分位空格", "blanks between thousands were removed"))
    if sign == "+":
        found.append(Change("去掉正号", "the plus sign was removed"))
    if places == "." or (places and not groups):
        found.append(Change("补齐小数点前后的 0", "a digit was put beside the bare decimal point"))
    return tuple(found)


def _no_figure(narrow: str, measure: str) -> Fault:
    """Why a text is no figure at all, with what it may have been meant to be."""
    words = narrow
    if measure and narrow.endswith(measure):
        words = narrow[: -len(measure)].strip()
    meant = chinese_number(words)
    if meant is not None:
        return fault("chinese-numeral", reading=meant)
    alike = look_alikes(narrow)
    if alike and (len(narrow) == 1 or any(character.isdecimal() for character in narrow)):
        figure = _parsed(looks_like(narrow), measure)
        if isinstance(figure, Figure):
            return fault("look-alike", characters=alike, reading=f"{figure.number:f}")
    odd = odd_numerals(narrow)
    return fault("odd-character", characters=odd) if odd else fault("not-a-number")
