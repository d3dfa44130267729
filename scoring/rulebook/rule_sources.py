"""Finds where a rule, or a part of one, is written: the trees of the rule files, asked by code and keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scoring.errors import Place
from scoring.rulebook.tree import Branch, Entries, Items, Scalar

FRAME = "ruleset.yaml"
ADJUSTMENTS = "adjustments.yaml"
INDICATORS = "indicators/"
EXAMPLES = "examples.yaml"

Path = tuple[str | int, ...]


class RuleSources:
    """The trees of a rule set's files, by the codes of the rules that they hold."""

    def __init__(self, trees: Mapping[str, Branch]) -> None:
        self.trees = trees
        self._rules = dict(_coded(trees))

    def rule(self, code: str) -> Branch | None:
        """The mapping of an indicator, adjustment or node; None where it is not found."""
        return self._rules.get(code)

    def frame(self) -> Branch | None:
        """The mapping of ruleset.yaml."""
        return self.trees.get(FRAME)

    def place(self, branch: Branch | None, *path: str | int, default: Place | None = None) -> Place:
        """Where the path under a branch begins; as far down as the path goes."""
        if branch is None:
            return default or Place()
        return reached(branch, path)[0].place


def is_own(place: Place) -> bool:
    """Whether the place is in a file of the rule set itself, and not of one that it inherits from."""
    return not place.file.startswith("../")


def reached(branch: Branch, path: Path) -> tuple[Branch, bool]:
    """The branch at the end of a path, or the last on the way there; and whether it is the end."""
    here = branch
    for step in path:
        below = _below(here, step)
        if below is None:
            return here, False
        here = below
    return here, True


def _below(branch: Branch, step: str | int) -> Branch | None:
    if isinstance(branch, Entries) and isinstance(step, str):
        return branch.by_key[step][1] if step in branch.by_key else None
    if isinstance(branch, Items) and isinstance(step, int):
        return branch.nodes[step] if step < len(branch.nodes) else None
    return None


def _coded(trees: Mapping[str, Branch]) -> Iterator[tuple[str, Branch]]:
    """Every mapping with a code: the indicators, the adjustments and the nodes of the tree."""
    for name, tree in trees.items():
        if name.startswith(INDICATORS):
            yield from _own_code(tree)
        elif name == ADJUSTMENTS:
            found, whole = reached(tree, ("adjustments",))
            if whole and isinstance(found, Items):
                for each in found.nodes:
                    yield from _own_code(each)
        elif name == FRAME:
            found, whole = reached(tree, ("tree",))
            if whole:
                yield from _nodes(found)


def _nodes(branch: Branch) -> Iterator[tuple[str, Branch]]:
    yield from _own_code(branch)
    children, whole = reached(branch, ("children",))
    if whole and isinstance(children, Items):
        for each in children.nodes:
            yield from _nodes(each)


def _own_code(branch: Branch) -> Iterator[tuple[str, Branch]]:
    if isinstance(branch, Entries) and "code" in branch.by_key:
        code = branch.by_key["code"][1]
        if isinstance(code, Scalar):
            yield code.text, branch
