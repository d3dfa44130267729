"""From the text of a node's formula to a formula over its children, every child checked at its place."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scoring.child_formulas import CHILD_WORDS, asked_child, child_name
from scoring.codes import NodeCode
from scoring.errors import Place
from scoring.expressions import Attribute, Expression, Formula, is_condition, walk
from scoring.rulebook.formula_reader import FormulaReader, Refused
from scoring.rulebook.formulas import parse_formula
from scoring.rulebook.language import Vocabulary
from scoring.rulebook.rules import Indicator, Node
from scoring.rulebook.tree import Findings, Record


@dataclass(frozen=True, slots=True)
class AskedChild:
    """A child that the formula of a node asks for, and where."""

    node: NodeCode
    word: str
    child: NodeCode
    place: Place


def read_node_formula(record: Record, constants: Mapping[str, Fraction]) -> Formula | None:
    """The formula under `formula:`: a number made of children and constants."""
    scalar = record.scalar("formula", required=True)
    if scalar is None:
        return None
    place = _place_of(record)
    formula, issues = parse_formula(scalar.text, Vocabulary(constants=constants), place, _NodeFormulaReader)
    record.findings.issues.extend(issues)
    if formula is not None and is_condition(formula.root):
        zh, en = "这里要写一个数,不能写条件", "a number is needed, not a condition"
        record.findings.add(place, "formula-type", zh, en, found=formula.text[:60])
    return formula


def asked_children(node: NodeCode, formula: Formula, record: Record) -> Iterator[AskedChild]:
    """Every child that the formula asks for, each at its first occurrence."""
    place = _place_of(record)
    names = (part.name for part in walk(formula.root) if isinstance(part, Attribute))
    for name in dict.fromkeys(names):
        word, child = asked_child(name)
        offset = max(formula.text.find(child), 0)
        column = None if place.column is None else place.column + offset
        yield AskedChild(node, word, child, replace(place, column=column))


def check_asked_children(
    asked: Sequence[AskedChild],
    nodes: Mapping[NodeCode, Node],
    indicators: Mapping[NodeCode, Indicator],
    findings: Findings,
) -> None:
    """Adds what is wrong with the children that formulas ask for, once indicators hang in the tree."""
    for each in asked:
        children = nodes[each.node].children
        if each.child not in children:
            kind = f"下级(节点 {each.node} 的公式)"
            findings.unknown(each.place, "unknown-child", kind, each.child, children)
        elif each.word == "value" and each.child not in indicators:
            zh = f"{each.child} 是节点,没有指标值"
            fix = f'请改用 points("{each.child}") 或 share("{each.child}")'
            findings.add(each.place, "value-of-node", zh, f"{each.child} is a node without a value", fix)


def _place_of(record: Record) -> Place:
    scalar = record.scalar("formula")
    if scalar is None:
        return record.place
    return scalar.place if scalar.one_line else Place(file=scalar.mark.file, line=scalar.mark.line)


class _NodeFormulaReader(FormulaReader):
    """Knows the children's words besides; there are no figures here, since a node has none."""

    def expression(self, node: ast.expr) -> Expression:
        """Any expression of the language, or a word about a child."""
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if name not in CHILD_WORDS or not isinstance(node, ast.Call):
            return super().expression(node)
        self.count += 1
        code = node.args[0] if len(node.args) == 1 and not node.keywords else None
        if not isinstance(code, ast.Constant) or not isinstance(code.value, str):
            zh = f'{name} 的括号里写一个下级的代码,如 {name}("A")'
            raise Refused(node, "formula-arguments", zh, f'{name} takes the code of a child: {name}("A")')
        return Attribute(child_name(name, code.value))
