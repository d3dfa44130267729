"""Formulas over the children of a node: what points("A"), share("A") and value("A") stand for.

In a parsed formula each is an attribute whose name is the call as written, so that the evaluator of formulas
needs to know nothing of trees.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from scoring.codes import NodeCode
from scoring.evaluation import Evaluator, Outcome
from scoring.expressions import Figure, Formula
from scoring.facts import Amount, Standing

CHILD_WORDS: Final = ("points", "share", "value")
"""Points earned; points over full points; the value of an indicator before it became points."""
Asked = Callable[[NodeCode], Amount | Standing]


def child_name(word: str, code: str) -> str:
    """The name of the attribute that stands for a word about a child."""
    return f'{word}("{code}")'


def asked_child(name: str) -> tuple[str, NodeCode]:
    """The word and the child of such an attribute."""
    word, _, rest = name.partition('("')
    return word, NodeCode(rest.removesuffix('")'))


def evaluate_children(formula: Formula, asked: Mapping[str, Asked]) -> Outcome:
    """The outcome of a formula; `asked` answers for each of CHILD_WORDS."""

    def attribute(name: str) -> Amount | Standing:
        word, code = asked_child(name)
        return asked[word](code)

    return Evaluator(_no_figure, attribute).evaluate(formula.root)


def _no_figure(figure: Figure) -> Amount | Standing:
    raise TypeError(f"the formula of a node asks for {figure.label}; only its children are there")
