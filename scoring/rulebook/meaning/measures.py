"""Units of measure, exact: what a figure is counted in, and by which factor two such units differ.

A measure is a scale and the kinds of thing it counts: 万元 is 10000 of 元, 件/10万人 is 1/100000 of 件 per
人, % is 1/100 of nothing in particular. Words that are not known are kinds of their own; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from scoring.numbers import shown

Kinds = tuple[tuple[str, int], ...]
"""Each kind of thing with its power, in order; empty for a ratio."""
_ONE = Fraction(1)
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Measure:
    """How many base units one is, and of which kinds.

    difference: of percentages (百分点), not a percentage itself.
    """

    scale: Fraction
    kinds: Kinds = ()
    difference: bool = False

    @property
    def is_ratio(self) -> bool:
        """Whether it counts nothing in particular: a share, a percentage, a multiple."""
        return not self.kinds

    @property
    def is_quotient(self) -> bool:
        """Whether it is of one thing for each of another."""
        return any(power > 0 for _, power in self.kinds) and any(power < 0 for _, power in self.kinds)

    @property
    def is_date(self) -> bool:
        """Whether it is a day of the calendar, of which two cannot be added."""
        return self.kinds == DATE.kinds

    def times(self, other: Measure) -> Measure:
        """The measure of a product."""
        return Measure(self.scale * other.scale, _merged(self.kinds, other.kinds, 1))

    def over(self, other: Measure) -> Measure:
        """The measure of a quotient."""
        return Measure(self.scale / other.scale, _merged(self.kinds, other.kinds, -1))

    def scaled(self, factor: Fraction) -> Measure:
        """The measure of a number that was multiplied by a factor: 100 times a ratio is a percentage."""
        return replace(self, scale=self.scale / factor)

    def __str__(self) -> str:
        """For people, as a rule file would write it where there is a word for it."""
        if self.difference and self.scale == _PERCENT.scale:
            return "百分点"
        if not self.kinds:
            return _RATIO_NAMES.get(self.scale) or f"比值的 {shown(self.scale)}"
        above = [_power(name, power) for name, power in self.kinds if power > 0]
        below = [_power(name, -power) for name, power in self.kinds if power < 0]
        if len(above) == 1 and not below:
            return _sized(above[0], self.scale)
        if len(below) == 1 and self.scale < 1:
            return f"{'·'.join(above) or '1'}/{_sized(below[0], 1 / self.scale)}"
        return f"{_sized('·'.join(above) or '1', self.scale)}{''.join(f'/{each}' for each in below)}"


def _merged(left: Kinds, right: Kinds, sign: int) -> Kinds:
    powers = dict(left)
    for name, power in right:
        powers[name] = powers.get(name, 0) + sign * power
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def _power(name: str, power: int) -> str:
    return name if power == 1 else f"{name}^{power}"


def _sized(name: str, scale: Fraction) -> str:
    """So many of a base unit: the unit of that size (吨), else a power of ten before it (10万人)."""
    unit = next((word for word, found in _CONVERTED.items() if found == (name, scale)), "")
    if unit or scale == 1:
        return unit or name
    for word, factor in _DESCENDING:
        if scale % factor == 0 and scale / factor < factor:
            times = scale / factor
            return f"{'' if times == 1 else shown(times)}{word}{name}"
    return f"{shown(scale)}{name}"


_PERCENT = Measure(Fraction(1, 100))
RATIO = Measure(_ONE)
DATE = Measure(_ONE, (("日期", 1),))
DAY = Measure(Fraction(_SECONDS_A_DAY), (("秒", 1),))
POINTS = Measure(_ONE, (("分", 1),))
_RATIO_NAMES = {_ONE: "比值", Fraction(1, 100): "%", Fraction(1, 1000): "‰", Fraction(1, 10_000): "万分比"}
_PREFIXES: Mapping[str, int] = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_DESCENDING = (("亿", 10**8), ("万", 10**4))
_CONVERTED: Mapping[str, tuple[str, Fraction]] = {
    **{name: (name, _ONE) for name in ("元", "美元", "欧元", "英镑", "日元", "港元")},
    **{"人民币元": ("元", _ONE), "角": ("元", Fraction(1, 10))},
    **{"千克": ("千克", _ONE), "公斤": ("千克", _ONE), "斤": ("千克", Fraction(1, 2))},
    **{"克": ("千克", Fraction(1, 1000)), "毫克": ("千克", Fraction(1, 10**6))},
    **{
        "微克": ("千克", Fraction(1, 10**9)),
        "吨": ("千克", Fraction(1000)),
        "公吨": ("千克", Fraction(1000)),
    },
    **{"米": ("米", _ONE), "千米": ("米", Fraction(1000)), "公里": ("米", Fraction(1000))},
    **{"厘米": ("米", Fraction(1, 100)), "毫米": ("米", Fraction(1, 1000))},
    **{"平方米": ("平方米", _ONE), "平方公里": ("平方米", Fraction(10**6))},
    **{"平方千米": ("平方米", Fraction(10**6)), "公顷": ("平方米", Fraction(10**4))},
    **{"亩": ("平方米", Fraction(2000, 3))},
    **{
        "立方米": ("立方米", _ONE),
        "升": ("立方米", Fraction(1, 1000)),
        "毫升": ("立方米", Fraction(1, 10**6)),
    },
    **{"秒": ("秒", _ONE), "分钟": ("秒", Fraction(60)), "小时": ("秒", Fraction(3600))},
    **{"天": ("秒", DAY.scale), "日": ("秒", DAY.scale), "周": ("秒", 7 * DAY.scale)},
    **{"千瓦时": ("千瓦时", _ONE), "千瓦": ("千瓦", _ONE), "工作日": ("工作日", _ONE)},
    **{"年": ("年", _ONE), "月": ("月", _ONE), "个月": ("月", _ONE), "季度": ("季度", _ONE)},
}
"""Units with a size: the base unit of their kind, and how many of it one is. A month has no fixed length."""
_FAMILIES: Mapping[str, str] = {
    **dict.fromkeys(("件", "起", "宗", "例"), "案"),
    **dict.fromkeys(("批", "批次"), "批"),
    **dict.fromkeys(("户", "家", "所", "座"), "户"),
    **dict.fromkeys(("户次", "家次", "次", "场", "场次"), "次"),
    **dict.fromkeys(("人", "名"), "人"),
    **{word: word for word in ("人次", "台", "辆", "艘", "架", "篇", "期", "页", "分")},
}
"""Words by which things are counted, and those that may count the same things."""
_VAGUE = frozenset({"个", "项", "条", "处", "种", "类", "份", "套", "只", "支", "次"})
"""Words that count anything."""
_RATIOS: Mapping[str, Measure] = {
    **dict.fromkeys(("%", "百分比"), _PERCENT),
    "‰": Measure(Fraction(1, 1000)),
    "万分比": Measure(Fraction(1, 10_000)),
    **dict.fromkeys(("比值", "比例", "比率", "倍", "倍数", "无量纲", "系数"), RATIO),
    **dict.fromkeys(("百分点", "个百分点"), Measure(Fraction(1, 100), difference=True)),
}
_COUNTED = re.compile(r"([0-9]{1,12})?(十万|百万|千万|十亿|百亿|千亿|万亿|十|百|千|万|亿)?(.*)", re.DOTALL)


@lru_cache(maxsize=4096)
def measure_from_text(text: str) -> Measure | None:
    """The measure that a rule file writes; None for an empty one.

    A word that is not known becomes a kind of its own, so that it agrees with itself and nothing else.
    """
    word = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not word:
        return None
    first, *below = word.split("/")
    found = _simple(first)
    for each in below:
        found = found.over(_simple(each))
    return found


def _simple(word: str) -> Measure:
    """A measure without a stroke; `每万人件` is 件/万人."""
    if word == "日期":
        return DATE
    found = _RATIOS.get(word) or _counted(word)
    if found is None and word.startswith("每"):
        splits = [(_counted(word[1:at]), _counted(word[at:])) for at in range(2, len(word))]
        found = next((above.over(below) for below, above in splits if below and above), None)
    return found or Measure(_ONE, ((word, 1),))


def _counted(word: str) -> Measure | None:
    """A known unit, perhaps with a number and a power of ten before it; None for any other word."""
    base = _base(word)
    if base is not None:
        return base
    match = _COUNTED.fullmatch(word)
    base = _base(match[3]) if match else None
    if match is None or base is None:
        return None
    times = int(match[1] or 1) * _PREFIXES.get(match[2] or "", 1)
    return replace(base, scale=base.scale * times) if times else None


def _base(word: str) -> Measure | None:
    if word in _CONVERTED:
        name, scale = _CONVERTED[word]
        return Measure(scale, ((name, 1),))
    return Measure(_ONE, ((word, 1),)) if word in _FAMILIES or word in _VAGUE else None


def same_things(left: Measure, right: Measure) -> bool:
    """Whether two words are used for the same things, as 件 and 起 for cases."""
    return _families(left.kinds) == _families(right.kinds)


def surely_differ(left: Measure, right: Measure) -> bool:
    """Whether no reading of the words makes the two count the same: both are known, and not vague."""
    if not _known(left.kinds) or not _known(right.kinds):
        return False
    if _vague(left.kinds) or _vague(right.kinds):
        # Anything can be counted by a vague word, but money, time and weight are not counted.
        return _has_size(left.kinds) or _has_size(right.kinds)
    return not same_things(left, right)


def _known(kinds: Kinds) -> bool:
    return all(name in _BASES for name, _ in kinds)


def _vague(kinds: Kinds) -> bool:
    return any(name in _VAGUE for name, _ in kinds)


def _has_size(kinds: Kinds) -> bool:
    return any(name in _SIZED for name, _ in kinds)


def _families(kinds: Iterable[tuple[str, int]]) -> Kinds:
    merged: Kinds = ()
    for name, power in kinds:
        merged = _merged(merged, ((_FAMILIES.get(name, name), power),), 1)
    return merged


_SIZED = frozenset({name for name, _ in _CONVERTED.values()} | {"日期"})
_BASES = _SIZED | frozenset(_FAMILIES) | _VAGUE
