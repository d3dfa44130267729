"""Every look that is taken for the reviewer, in the order in which findings are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from intake.regularity.equal_blocks import equal_blocks
from intake.regularity.far_from_peers import far_from_peers
from intake.regularity.last_digits import last_digits
from intake.regularity.look import Look
from intake.regularity.on_threshold import on_thresholds
from intake.regularity.same_figure import same_figures
from scoring.errors import Issue

LOOKS: Mapping[str, Callable[[Look], Iterator[Issue]]] = {
    "peers": far_from_peers,
    "same_figure": same_figures,
    "last_digit": last_digits,
    "on_threshold": on_thresholds,
    "equal_block": equal_blocks,
}
"""By the key of `plausibility` in ruleset.yaml that sets their limits."""


def find_suspicions(look: Look) -> tuple[Issue, ...]:
    """Everything that a reviewer should look at; no score and no acceptance rests on it."""
    return tuple(issue for take in LOOKS.values() for issue in take(look))
