"""A line of the book: words, names with their codes, and the fractions, powers and cases of formulas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.rule_book.typography import printed, visible

ATOM, PRODUCT, SUM, LOOSE = 3, 2, 1, 0
"""How tightly the parts of a row hold together, and so whether it needs brackets inside another."""


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that stands out."""

    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """Something by its name, with the code that rule files use beside it; the code may be empty."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Row:
    """Parts one after the other."""

    parts: tuple[Layout, ...]
    level: int = LOOSE


@dataclass(frozen=True, slots=True)
class Quotient:
    """A fraction: one part above the bar, one below."""

    above: Layout
    below: Layout


@dataclass(frozen=True, slots=True)
class Raised:
    """A power."""

    base: Layout
    exponent: Layout


@dataclass(frozen=True, slots=True)
class Root:
    """A square root."""

    inner: Layout


@dataclass(frozen=True, slots=True)
class Cases:
    """One of several parts, each with the condition under which it counts; asked from the first."""

    branches: tuple[tuple[Layout, Layout], ...]
    """Part, condition."""
    otherwise: Layout


Layout = Words | Strong | Named | Row | Quotient | Raised | Root | Cases


def prose(text: str) -> Words:
    """Words with the punctuation of print."""
    return Words(printed(text))


def raw(text: str) -> Words:
    """Words whose signs stay as they are, such as codes and formulas."""
    return Words(visible(text))


def row(*parts: Layout | str, level: int = LOOSE) -> Row:
    """Parts one after the other; texts are prose."""
    return Row(tuple(prose(part) if isinstance(part, str) else part for part in parts), level)


def joined(parts: Iterable[Layout], separator: str) -> Layout:
    """Parts with a separator between them; empty words where there is none."""
    found: list[Layout] = []
    for part in parts:
        found += [Words(separator), part] if found else [part]
    return Row(tuple(found)) if found else Words("")


def level_of(layout: Layout) -> int:
    """How tightly a layout holds together as text on one line."""
    if isinstance(layout, Row):
        return layout.level
    if isinstance(layout, Quotient):
        return PRODUCT
    return LOOSE if isinstance(layout, Cases) else ATOM


def spoken(layout: Layout) -> str:
    """The layout as plain text on one line: fractions with ÷, cases as sentences."""
    match layout:
        case Words(text) | Strong(text):
            return text
        case Named(name, code):
            return f"{name}〔{code}〕" if code else name
        case Row(parts):
            return "".join(spoken(part) for part in parts)
        case Quotient(above, below):
            return f"{_at_least(above, PRODUCT)} ÷ {_at_least(below, ATOM)}"
        case Raised(base, exponent):
            return f"{_at_least(base, ATOM)}^{_at_least(exponent, ATOM)}"
        case Root(inner):
            return f"√{_at_least(inner, ATOM)}"
        case Cases(branches, otherwise):
            lines = [f"{spoken(condition)}时为{spoken(part)}" for part, condition in branches]
            return f"{'；'.join(lines)}；其余为{spoken(otherwise)}"


def _at_least(layout: Layout, level: int) -> str:
    text = spoken(layout)
    return text if level_of(layout) >= level else f"（{text}）"
