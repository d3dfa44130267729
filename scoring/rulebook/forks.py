"""Where a formula can go two ways: its choices and fallbacks, each with its words and place in the file."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from scoring.errors import Place
from scoring.expressions import (
    MEMBER_FUNCTIONS,
    Call,
    Choice,
    Earlier,
    Expression,
    Number,
    Statistic,
    Substitute,
    parts,
    rebuilt,
    walk,
)
from scoring.rulebook.language import half_width
from scoring.rulebook.rules import Definition
from scoring.rulebook.tree import Branch, Entries, Items, Scalar

_UNDEFINED = Call("ln", (Number(Fraction(0)),))
"""Has no value, whatever the figures: what takes the place of a way to see whether it is taken."""
_FALLBACK = "coalesce"


class ForkKind(StrEnum):
    """What it is that decides which way is gone."""

    CHOICE = "choice"
    """A condition: holds, or does not."""
    FALLBACK = "fallback"
    """The first of several that has a value."""
    SUBSTITUTE = "substitute"
    """Whether there is a value, or something stands for it."""


@dataclass(frozen=True, slots=True)
class Fork:
    """A fork of a formula: its position among them, outermost first, and how many ways it has.

    text: the condition, or the fallback, as it is written; empty where that is not known; of a substitute
    what it stands for, by what. definition: the name of the definition it came in by; empty where it stands
    in the formula itself.
    """

    position: int
    ways: int
    kind: ForkKind
    text: str = ""
    place: Place | None = None
    definition: str = ""
    within: int = 0
    """Its position within the definition."""


def forks(root: Expression, source: Branch | None, definitions: Mapping[str, Definition]) -> tuple[Fork, ...]:
    """Every fork of a formula; `source` is where it is written (a text, or cases), if that is known."""
    found = list(_numbered(root, definitions))
    own = [each for each in found if not each.definition and each.kind is not ForkKind.SUBSTITUTE]
    written = list(_written(source)) if source is not None else []
    if [each.kind for each in own] != [kind for kind, _, _ in written]:
        return tuple(found)
    told = {
        each.position: replace(each, text=text, place=place)
        for each, (_, text, place) in zip(own, written, strict=True)
    }
    return tuple(told.get(each.position, each) for each in found)


def is_fork(node: Expression) -> bool:
    """Whether the node can go more than one way."""
    return _kind(node) is not None


def _kind(node: Expression) -> ForkKind | None:
    if isinstance(node, Choice):
        return ForkKind.CHOICE
    if isinstance(node, Substitute):
        return ForkKind.SUBSTITUTE
    is_fallback = isinstance(node, Call) and node.function == _FALLBACK
    return ForkKind.FALLBACK if is_fallback else None


def without_way(root: Expression, position: int, way: int) -> Expression:
    """The formula with one way of one fork made undefined; it comes to the same where that is not taken."""
    return _Cutter(position, way).cut(root)


class _Cutter:
    """Walks as `walk` does and counts forks."""

    def __init__(self, position: int, way: int) -> None:
        self.position, self.way, self.seen = position, way, 0

    def cut(self, node: Expression) -> Expression:
        """The node with the way replaced, if it is within it."""
        here = False
        if is_fork(node):
            here, self.seen = self.seen == self.position, self.seen + 1
        start, new = self.seen, []
        counted = _counted(node)
        for index, part in enumerate(parts(node)):
            if _is_over_members(node):
                self.seen = start
            new.append(self.cut(part) if index < counted or _is_over_members(node) else part)
        if here:
            at = self.way + isinstance(node, Choice)
            new[at] = _UNDEFINED
        return rebuilt(node, tuple(new))


def _is_over_members(node: Expression) -> bool:
    """Whether the parts of the node are one expression, once for each member of a breakdown."""
    return isinstance(node, Call) and node.function in MEMBER_FUNCTIONS


def _counted(node: Expression) -> int:
    """How many of the first parts of a node have forks of their own; the others repeat those."""
    if _is_over_members(node):
        return 1
    # A group's mean, or the period before, is of the same expression again.
    again = isinstance(node, Substitute) and isinstance(node.instead, Statistic | Earlier)
    return 1 if again else len(parts(node))


def _numbered(root: Expression, definitions: Mapping[str, Definition]) -> Iterator[Fork]:
    """The forks in the order of `walk`, those that came in by a definition under its name.

    One that stands for every member of a breakdown counts once.
    """
    names = {each.formula.root: name for name, each in definitions.items() if _has_fork(each.formula.root)}
    position = 0
    waiting: list[tuple[Expression, str, list[int]]] = [(root, "", [0])]
    while waiting:
        node, definition, within = waiting.pop()
        if node in names and names[node] != definition:
            definition, within = names[node], [0]
        kind = _kind(node)
        if kind is not None:
            ways = 2 if kind is ForkKind.CHOICE else len(parts(node))
            text = f"{node.what}没有的,以{node.by}代" if isinstance(node, Substitute) else ""
            yield Fork(position, ways, kind, text, definition=definition, within=within[0])
            position += 1
            within[0] += 1
        below = parts(node)[: _counted(node)]
        waiting.extend((part, definition, within) for part in reversed(below))


def _has_fork(root: Expression) -> bool:
    return any(is_fork(node) for node in walk(root))


Written = tuple[ForkKind, str, Place]


def _written(source: Branch) -> Iterator[Written]:
    """The forks as they are written, in the order in which they stand."""
    if isinstance(source, Scalar):
        yield from _in_text(source)
    elif isinstance(source, Items):
        for each in source.nodes:
            yield from _written(each)
    else:
        yield from _in_cases(source)


def _in_cases(source: Entries) -> Iterator[Written]:
    for key, (_, node) in source.by_key.items():
        if key == "when" and isinstance(node, Scalar):
            yield ForkKind.CHOICE, node.text, node.place
        yield from _written(node)


def _in_text(scalar: Scalar) -> Iterator[Written]:
    source = half_width(scalar.text)
    try:
        tree = ast.parse(source, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for kind, told in _outermost_first(tree.body):
        text = ast.get_source_segment(source, told) or ""
        line = source.encode(errors="surrogatepass")[: told.col_offset]
        offset = len(line.decode(errors="surrogatepass"))
        place = scalar.place
        if scalar.one_line and place.column is not None:
            place = Place(file=place.file, line=place.line, column=place.column + offset)
        yield kind, text, place


def _outermost_first(node: ast.AST) -> Iterator[tuple[ForkKind, ast.expr]]:
    if isinstance(node, ast.IfExp):
        yield ForkKind.CHOICE, node.test
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id == "IF" and node.args:
            yield ForkKind.CHOICE, node.args[0]
        elif node.func.id == _FALLBACK:
            yield ForkKind.FALLBACK, node
    for child in ast.iter_child_nodes(node):
        yield from _outermost_first(child)
