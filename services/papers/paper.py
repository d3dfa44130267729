"""A paper before any format: title, summary, sections; of the blocks that printed rules are built of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from scoring.numbers import fixed_text
from scoring.results import Place
from services.exports.table import provenance
from services.rule_book.document import Block, Book, Fact, Facts, Section
from services.rule_book.layout import Layout, raw
from services.views import RunView

NUMERALS = "一二三四五六七八九十"
_BAR = 10
MARK = "未发布"


@dataclass(frozen=True, slots=True)
class Paper:
    """The document, and the mark that every page bears; empty = none."""

    document: Book
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far the results have come: said on the paper, and decided elsewhere.

    released: whether they have been made public; else every page is marked. objections_until: the last day of
    the objection window in words; empty = not yet fixed.
    """

    released: bool = False
    objections_until: str = ""


def points(value: Fraction | None) -> Layout:
    """Two decimals; a dash where there are none."""
    return raw("—" if value is None else fixed_text(value, 2).replace("-", "−"))


def place(value: Place | None) -> str:
    """Such as 第3名."""
    return "不排名" if value is None else f"第{value}名"


def share(part: Fraction | None, whole: Fraction) -> str:
    """In hundredths with one decimal; a dash where nothing could be earned."""
    return f"{fixed_text(100 * part / whole, 1)}%" if part is not None and whole else "—"


def bar(part: Fraction | None, whole: Fraction) -> str:
    """Ten squares, as many of them full as tenths were earned, cut."""
    if part is None or not whole:
        return ""
    full = min(_BAR, max(0, int(_BAR * part / whole)))
    return "■" * full + "□" * (_BAR - full)


def numbered(titled: Iterable[tuple[str, tuple[Block, ...], bool]]) -> Iterator[Section]:
    """Sections of level 1 with Chinese numerals; title, blocks, whether its pages lie on their side."""
    for at, (title, blocks, wide) in enumerate(titled):
        yield Section(
            number=f"{NUMERALS[at]}、",
            title=title,
            anchor=f"part-{at + 1}",
            level=1,
            blocks=blocks,
            wide=wide,
        )


def origin(run: RunView) -> Facts:
    """What the figures rest on."""
    return Facts(tuple(Fact(head, (raw(value),)) for _, head, value in provenance(run)), "依据")


def assessment(run: RunView) -> str:
    """What the rule set assesses: its title without the word for a rule book."""
    return run.rule_set.removesuffix("评分细则") or run.rule_set


def period_words(run: RunView) -> str:
    """Such as 2021年度 or 2021年1至9月（监测）."""
    year, quarter, rest = run.period.partition("Q")
    told = f"{year}年1至{3 * int(rest)}月" if quarter else f"{year}年度"
    return told if run.label in told else f"{told}（{run.label}）"
