"""Conditions that are always or never true, and the branches of formulas that are therefore never taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.errors import Issue, Severity
from scoring.expression_text import expression_text
from scoring.expressions import Choice, Comparison, Expression, Logic, parts
from scoring.methods.checklist import Checklist
from scoring.rulebook.meaning.asked import Asked, asked_anywhere
from scoring.rulebook.meaning.bounds import NOTHING_KNOWN, Bounds, Known
from scoring.rulebook.rules import RuleSet

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Decided:
    """A condition whose truth is known beforehand; `branch` is what is never taken, None where nothing is."""

    condition: Expression
    truth: bool
    branch: Expression | None = None


def branch_issues(rules: RuleSet, bounds: Bounds) -> Iterator[Issue]:
    """Every condition decided beforehand: by the formula alone (hard), or by what figures can be (soft).

    The checks of forms are left out: they must hold of every report, and many do by the bounds of elements.
    """
    bare = Bounds(rules, declared=False)
    checklists = {
        f"指标 {each.code}" for each in rules.indicators.values() if isinstance(each.method, Checklist)
    }
    for asked in asked_anywhere(rules):
        if asked.key == "rule" or (asked.rule in checklists and asked.key == "value"):
            continue
        sure = list(decided_in(asked.formula.root, bare))
        yield from (_issue(asked, each, Severity.HARD) for each in sure)
        for each in decided_in(asked.formula.root, bounds):
            if each not in sure:
                yield _issue(asked, each, Severity.SOFT)


def decided_in(node: Expression, bounds: Bounds, known: Known = NOTHING_KNOWN) -> Iterator[Decided]:
    """The outermost conditions of an expression that are decided; what is never taken is not looked into."""
    if isinstance(node, Choice):
        yield from _decided_choice(node, bounds, known)
    elif isinstance(node, Comparison):
        truth = bounds.truth(node, known)
        if truth is not None:
            yield Decided(node, truth)
        else:
            yield from _within(node, bounds, known)
    elif isinstance(node, Logic):
        yield from _decided_logic(node, bounds, known)
    else:
        yield from _within(node, bounds, known)


def _within(node: Expression, bounds: Bounds, known: Known) -> Iterator[Decided]:
    for part in parts(node):
        yield from decided_in(part, bounds, known)


def _decided_choice(node: Choice, bounds: Bounds, known: Known) -> Iterator[Decided]:
    truth = bounds.truth(node.condition, known)
    if truth is None:
        yield from decided_in(node.condition, bounds, known)
    else:
        yield Decided(node.condition, truth, node.otherwise if truth else node.then)
    for way, inner in bounds.ways(node, known):
        yield from decided_in(way, bounds, inner)


def _decided_logic(node: Logic, bounds: Bounds, known: Known) -> Iterator[Decided]:
    """A part is looked at only where those before it have not decided the whole."""
    truth = bounds.truth(node, known)
    if truth is not None:
        yield Decided(node, truth)
        return
    for part in node.operands:
        yield from decided_in(part, bounds, known)
        if node.operator != "not":
            known = bounds.assuming(part, node.operator == "and", known)


def _issue(asked: Asked, found: Decided, severity: Severity) -> Issue:
    condition = _cut(expression_text(found.condition))
    where = f"{asked.rule} 的 {asked.key}"
    word, english = ("总是成立", "always holds") if found.truth else ("永远不成立", "never holds")
    why = "" if severity is Severity.HARD else "(按数据项的取值范围和审核关系)"
    zh, en = f"{where}:条件 {condition} {word}{why}", f"{asked.rule}, {asked.key}: {condition} {english}"
    code = "decided-condition"
    fix, fix_en = "请核对条件里的界限和方向", "check the limit and the direction of the condition"
    if found.branch is not None:
        code = "dead-branch"
        branch = _cut(expression_text(found.branch))
        zh, en = f"{zh},所以 {branch} 永远用不到", f"{en}, so {branch} is never taken"
        fix = "请核对条件的界限和各种情形的次序,或删去用不到的一支"
        fix_en = "check the limits and the order of the cases, or delete the branch"
    return Issue(code=code, zh=zh, en=en, fix_zh=fix, fix_en=fix_en, place=asked.place, severity=severity)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
