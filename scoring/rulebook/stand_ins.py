"""Formulas of scoring in which a figure that was not reported gives way to what its element says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scoring.codes import ElementCode
from scoring.errors import Place
from scoring.expressions import Call, Expression, Figure, Formula, Substitute, When, parts, rebuilt
from scoring.facts import Standing
from scoring.rulebook.language import MOST_WRITTEN_OUT, StandIn, Vocabulary
from scoring.rulebook.measure import count_parts
from scoring.rulebook.tree import Findings

_RAW = frozenset({"is_missing", "is_not_applicable"})
"""What asks how a figure stands looks at the figure itself."""


def going_by_stand_ins(
    formula: Formula | None, words: Vocabulary, place: Place, findings: Findings
) -> Formula | None:
    """The formula in which a figure that is missing gives way to what stands for it."""
    if formula is None or not words.stand_ins:
        return formula
    root = _replaced(formula.root, words.stand_ins)
    if root is formula.root:
        return formula
    if count_parts(root) > MOST_WRITTEN_OUT:
        zh, en = f"缺数的代替展开以后,公式超过 {MOST_WRITTEN_OUT} 个部分", "too many parts with stand-ins"
        findings.add(place, "formula-too-long", zh, en, "请简化 if_missing")
        return formula
    return replace(formula, root=root)


def _replaced(node: Expression, known: Mapping[ElementCode, StandIn]) -> Expression:
    if isinstance(node, Figure):
        own = known.get(node.element)
        if own is None or node.members or node.when is not When.NOW:
            return node
        return Substitute(node, (Standing.MISSING,), own.root, own.what, own.by)
    if isinstance(node, Call) and node.function in _RAW:
        return node
    return rebuilt(node, tuple(_replaced(part, known) for part in parts(node)))
