"""How large an expression is once everything in it is written out."""

from __future__ import annotations

from scoring.expressions import Expression, OverQuarters, parts
from scoring.periods import QUARTERS


def count_parts(node: Expression) -> int:
    """How many parts it has; what goes over quarters counts four times."""
    inner = sum(count_parts(part) for part in parts(node))
    return 1 + (len(QUARTERS) * inner if isinstance(node, OverQuarters) else inner)


def count_levels(node: Expression) -> int:
    """How deep its parts are nested; a constant is one level."""
    return 1 + max((count_levels(part) for part in parts(node)), default=0)
