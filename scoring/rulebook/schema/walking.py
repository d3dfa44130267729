"""Following a rule file down its shape: which record of the schema stands at which place of the file."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.rulebook.schema.shapes import Again, Either, Fields, Items, Kinds, Named, Shape
from scoring.rulebook.tree import Branch, Entries, Mark, Scalar
from scoring.rulebook.tree import Items as ItemsBranch


def records_of(node: Branch, shape: Shape) -> Iterator[tuple[Mark, Fields]]:
    """Each mapping with known keys in a part of a file, with the record that it is; outermost first."""
    yield from _records(node, shape, {})


def _records(node: Branch, shape: Shape, known: dict[str, Fields]) -> Iterator[tuple[Mark, Fields]]:
    found = _resolved(node, shape, known)
    if isinstance(found, Fields) and isinstance(node, Entries):
        known[found.title] = found
        yield node.mark, found
        shapes = {key.name: key.shape for key in found.keys}
        for name, (_, inner) in node.by_key.items():
            if name in shapes:
                yield from _records(inner, shapes[name], known)
    elif isinstance(found, Named) and isinstance(node, Entries):
        for _, inner in node.by_key.values():
            yield from _records(inner, found.of, known)
    elif isinstance(found, Items) and isinstance(node, ItemsBranch):
        for inner in node.nodes:
            yield from _records(inner, found.of, known)


def _resolved(node: Branch, shape: Shape, known: dict[str, Fields]) -> Shape:
    """The shape that is meant: of several the one that fits the kind of node, of kinds the one named."""
    if isinstance(shape, Again):
        return known[shape.title]
    if isinstance(shape, Kinds):
        word = node.by_key.get(shape.by) if isinstance(node, Entries) else None
        kind = word[1].text if word and isinstance(word[1], Scalar) else ""
        return shape.records.get(kind, shape)
    if isinstance(shape, Either) and isinstance(node, Entries):
        fits = [each for each in shape.shapes if isinstance(each, Fields | Named | Kinds)]
        return _resolved(node, fits[0], known) if fits else shape
    if isinstance(shape, Either) and isinstance(node, ItemsBranch):
        return next((each for each in shape.shapes if isinstance(each, Items)), shape)
    return shape
