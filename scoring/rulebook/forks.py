"""Where a formula can go two ways: its choices and fallbacks, each with its words and place in the file."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from scoring.errors import Place
from scoring.expressions import (
    MEMBER_FUNCTIONS,
    Call,
    Choice,
    Expression,
    Number,
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


@dataclass(frozen=True, slots=True)
class Fork:
    """A choice or fallback of a formula: its position among them, outermost first, and how many ways it has.

    text: the condition, or the fallback, as it is written; empty where that is not known. definition: the
    name of the definition it came in by; empty where it stands in the formula itself.
    """

    position: int
    ways: int
    is_choice: bool
    text: str = ""
    place: Place | None = None
    definition: str = ""
    within: int = 0
    """Its position within the definition."""


def forks(root: Expression, source: Branch | None, definitions: Mapping[str, Definition]) -> tuple[Fork, ...]:
    """Every fork of a formula; `source` is where it is written (a text, or cases), if that is known."""
    found = list(_numbered(root, definitions))
    own = [each for each in found if not each.definition]
    written = list(_written(source)) if source is not None else []
    if [each.is_choice for each in own] == [is_choice for is_choice, _, _ in written]:
        told = dict(zip((each.position for each in own), written, strict=True))
    else:
        told = {}
    return tuple(
        Fork(each.position, each.ways, each.is_choice, told[each.position][1], told[each.position][2])
        if each.position in told
        else each
        for each in found
    )


def is_fork(node: Expression) -> bool:
    """Whether the node can go more than one way."""
    return isinstance(node, Choice) or (isinstance(node, Call) and node.function == _FALLBACK)


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
        for part in parts(node):
            self.seen = start if _is_over_members(node) else self.seen
            new.append(self.cut(part))
        if here:
            at = self.way + isinstance(node, Choice)
            new[at] = _UNDEFINED
        return rebuilt(node, tuple(new))


def _is_over_members(node: Expression) -> bool:
    """Whether the parts of the node are one expression, once for each member of a breakdown."""
    return isinstance(node, Call) and node.function in MEMBER_FUNCTIONS


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
        if is_fork(node):
            ways = 2 if isinstance(node, Choice) else len(parts(node))
            yield Fork(position, ways, isinstance(node, Choice), definition=definition, within=within[0])
            position += 1
            within[0] += 1
        below = parts(node)[:1] if _is_over_members(node) else parts(node)
        waiting.extend((part, definition, within) for part in reversed(below))


def _has_fork(root: Expression) -> bool:
    return any(is_fork(node) for node in walk(root))


Written = tuple[bool, str, Place]


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
            yield True, node.text, node.place
        yield from _written(node)


def _in_text(scalar: Scalar) -> Iterator[Written]:
    source = half_width(scalar.text)
    try:
        tree = ast.parse(source, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node, told in _outermost_first(tree.body):
        text = ast.get_source_segment(source, told) or ""
        line = source.encode(errors="surrogatepass")[: told.col_offset]
        offset = len(line.decode(errors="surrogatepass"))
        place = scalar.place
        if scalar.one_line and place.column is not None:
            place = Place(file=place.file, line=place.line, column=place.column + offset)
        yield node, text, place


def _outermost_first(node: ast.AST) -> Iterator[tuple[bool, ast.expr]]:
    if isinstance(node, ast.IfExp):
        yield True, node.test
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id == "IF" and node.args:
            yield True, node.args[0]
        elif node.func.id == _FALLBACK:
            yield False, node
    for child in ast.iter_child_nodes(node):
        yield from _outermost_first(child)
