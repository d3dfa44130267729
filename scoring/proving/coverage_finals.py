"""Which ways of adjustments, nodes, grades and ranking the worked examples show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scoring.example_runs import AdjustmentRun, GivenEngine, Prepared, run_adjustment, run_set_example
from scoring.expressions import Formula
from scoring.facts import Standing
from scoring.methods.base import Subject
from scoring.numbers import shown
from scoring.proving.coverage_forks import fork_words, forks_of
from scoring.proving.coverage_methods import MethodWay, Shown, method_ways
from scoring.proving.coverage_ways import WayKind, Ways
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind, TieBreak, Ties
from scoring.rulebook.forks import Fork, without_way
from scoring.rulebook.rule_sources import RuleSources, reached
from scoring.rulebook.rules import Node, RuleSet
from scoring.rulebook.sources import Example, RuleSetExample

_HOLDS = {True: "事项成立", False: "事项不成立"}
_NOT_RECORDED = "没有登记"
_WHOLE = "整套例(examples.yaml)里"
_NEUTRAL: Mapping[str, tuple[str, Callable[[Node], Node]]] = {
    "rescale": ("不适用的分折算掉", lambda node: replace(node, rescale=False)),
    "coverage": ("有分的下级太少", lambda node: replace(node, coverage=None)),
    "best": ("按最好的单位折算", lambda node: replace(node, best=None)),
    "at_least": ("低于下限而提到下限", lambda node: replace(node, at_least=None)),
    "at_most": ("高于上限而压到上限", lambda node: replace(node, at_most=None)),
}
"""What a node can do besides aggregating, by its keys; and the node that does nothing of it."""


@dataclass(frozen=True, slots=True)
class SetRun:
    """An example of the whole rule set, and how it was scored."""

    example: RuleSetExample
    prepared: Prepared
    engine: GivenEngine


def run_sets(rules: RuleSet, prepared: Sequence[tuple[RuleSetExample, Prepared]]) -> tuple[SetRun, ...]:
    """The runs of those examples that can be read."""
    runs = []
    for example, each in prepared:
        engine, unread = run_set_example(rules, example, each)
        if not unread:
            runs.append(SetRun(example, each, engine))
    return tuple(runs)


def cover_adjustment(
    rules: RuleSet,
    adjustment: Adjustment,
    own: Sequence[tuple[Example, Prepared]],
    runs: Sequence[SetRun],
    sources: RuleSources,
    ways: Ways,
) -> None:
    """Adds the ways of an adjustment, and shows those that its own examples or the whole set's take."""
    found = _Adjustment(rules, adjustment, sources, ways)
    for example, prepared in own:
        run = None if prepared.unread else run_adjustment(rules, adjustment, example, prepared)
        if run is not None:
            found.show(run)
            found.show_forks(run, example, prepared)
    for each in runs:
        for adjusted in each.engine.adjusted:
            score = next(score for score in adjusted.scores if score.code == adjustment.code)
            found.show_held(score.triggered or adjustment in adjusted.events)


class _Adjustment:
    """One adjustment, and the ways of it."""

    def __init__(self, rules: RuleSet, adjustment: Adjustment, sources: RuleSources, ways: Ways) -> None:
        self.rules, self.adjustment, self.ways = rules, adjustment, ways
        self.code, self.branch = adjustment.code, sources.rule(adjustment.code)
        self.counted = adjustment.value is not None
        self.key = "value" if self.counted else "when"
        self.steps: tuple[MethodWay, ...] = ()
        if adjustment.method is not None:
            self.steps = method_ways(adjustment.method, rules.elements)
        self.formula = adjustment.value or adjustment.when
        self.forks: tuple[Fork, ...] = ()
        self._add(sources)

    def _add(self, sources: RuleSources) -> None:
        default = self.adjustment.place
        place = sources.place(self.branch, self.key, default=default)
        if self.formula is not None:
            self.forks = forks_of(self.rules, sources, self.code, self.key, self.formula)
            for fork in self.forks:
                for way in range(fork.ways):
                    rule, what, needed = fork_words(self.code, self.key, fork, way)
                    self.ways.add(rule, WayKind.BRANCH, what, needed, fork.place or place)
        for step in self.steps:
            at = sources.place(self.branch, "method", *step.path, default=default)
            self.ways.add(self.code, WayKind.METHOD, step.what, step.needed, at)
        if self.counted:
            if any(True for _ in (self.formula.figures() if self.formula else ())):
                needed = "不给它要用的数"
                self.ways.add(self.code, WayKind.ABSENCE, _NOT_RECORDED, needed, place)
            return
        for what in _HOLDS.values():
            needed = f"{_WHOLE}有一个单位,{what}"
            self.ways.add(self.code, WayKind.CONDITION, what, needed, place)

    def show(self, run: AdjustmentRun) -> None:
        """Shows what one of its own examples takes, but for the branches."""
        if not self.counted:
            self.show_held(run.value == 1)
            return
        asked = [each.standing for each in run.view.asked.values()]
        if asked and any(each is Standing.MISSING for each in asked):
            self.ways.show(self.code, WayKind.ABSENCE, _NOT_RECORDED)
        if run.value is not None:
            found = Shown(Subject(run.value, Fraction(0)), {})
            for step in self.steps:
                self.ways.show(self.code, WayKind.METHOD, step.what, shown=step.reached(found))

    def show_held(self, held: bool) -> None:
        """Shows that the event has happened, or has not."""
        if not self.counted:
            self.ways.show(self.code, WayKind.CONDITION, _HOLDS[held])

    def show_forks(self, run: AdjustmentRun, example: Example, prepared: Prepared) -> None:
        """Shows the branches that one of its own examples takes."""
        formula = self.formula
        for fork in self.forks if formula is not None else ():
            for way in range(fork.ways):
                cut = Formula(formula.text, without_way(formula.root, fork.position, way))  # type: ignore[union-attr]
                adjustment = self.adjustment
                changed = replace(adjustment, value=cut) if self.counted else replace(adjustment, when=cut)
                others = (each for each in self.rules.adjustments if each.code != self.code)
                rules = replace(self.rules, adjustments=(*others, changed))
                other = run_adjustment(rules, changed, example, prepared)
                differs = other is not None and (other.value, other.standing) != (run.value, run.standing)
                rule, what, _ = fork_words(self.code, self.key, fork, way)
                self.ways.show(rule, WayKind.BRANCH, what, shown=differs)


def cover_caps(rules: RuleSet, runs: Sequence[SetRun], sources: RuleSources, ways: Ways) -> None:
    """The caps of all bonuses and of all penalties: reached or not."""
    file = sources.trees.get("adjustments.yaml")
    for key, title, cap, kind in (
        ("bonus_cap", "加分合计", rules.bonus_cap, AdjustmentKind.BONUS),
        ("penalty_cap", "减分合计", rules.penalty_cap, AdjustmentKind.PENALTY),
    ):
        if cap is None:
            continue
        place = sources.place(file, key)
        over, under = f"超过上限 {shown(cap)}", f"没有到上限 {shown(cap)}"
        for what in (over, under):
            ways.add(title, WayKind.CAP, what, f"{_WHOLE}有一个单位,{title}{what}", place)
        for run in runs:
            for adjusted in run.engine.adjusted:
                points = [each.points for each in adjusted.scores]
                signed = [each if kind is AdjustmentKind.BONUS else -each for each in points]
                gathered = sum((each for each in signed if each > 0), Fraction(0))
                ways.show(title, WayKind.CAP, over, shown=gathered > cap)
                ways.show(title, WayKind.CAP, under, shown=0 < gathered < cap)


def cover_nodes(rules: RuleSet, runs: Sequence[SetRun], sources: RuleSources, ways: Ways) -> None:
    """What nodes do besides aggregating: shown where a node comes to something else without it."""
    for node in rules.nodes.values():
        branch = sources.rule(node.code)
        for key, (what, without) in _NEUTRAL.items():
            changed = without(node)
            if changed != node:
                place = sources.place(branch, key, default=node.place)
                needed = f"{_WHOLE}有一个单位的 {node.code} {what}"
                ways.add(node.code, WayKind.NODE, what, needed, place)
                ways.show(node.code, WayKind.NODE, what, shown=_node_differs(rules, changed, runs))
        _cover_node_forks(rules, node, runs, sources, ways)


def _cover_node_forks(
    rules: RuleSet, node: Node, runs: Sequence[SetRun], sources: RuleSources, ways: Ways
) -> None:
    formula = node.formula
    if formula is None:
        return
    for fork in forks_of(rules, sources, node.code, "formula", formula):
        for way in range(fork.ways):
            rule, what, needed = fork_words(node.code, "formula", fork, way)
            ways.add(rule, WayKind.BRANCH, what, needed, fork.place or node.place)
            cut = Formula(formula.text, without_way(formula.root, fork.position, way))
            differs = _node_differs(rules, replace(node, formula=cut), runs)
            ways.show(rule, WayKind.BRANCH, what, shown=differs)


def _node_differs(rules: RuleSet, node: Node, runs: Sequence[SetRun]) -> bool:
    changed = replace(rules, nodes={**rules.nodes, node.code: node})
    for run in runs:
        engine, _ = run_set_example(changed, run.example, run.prepared)
        before = [totals[node.code] for totals in run.engine.totals]
        if [totals[node.code] for totals in engine.totals] != before:
            return True
    return False


def cover_grades(rules: RuleSet, runs: Sequence[SetRun], sources: RuleSources, ways: Ways) -> None:
    """Each grade given to some unit."""
    given = {result.grade for run in runs for result in run.engine.results}
    for index, grade in enumerate(rules.grades):
        place = sources.place(sources.frame(), "grades", "bands", index)
        what = f"等级 {grade.name}"
        ways.add("等级", WayKind.GRADE, what, f"{_WHOLE}有一个单位得{what}", place)
        ways.show("等级", WayKind.GRADE, what, shown=grade.name in given)


def cover_ranking(rules: RuleSet, runs: Sequence[SetRun], sources: RuleSources, ways: Ways) -> None:
    """Each tie-break decides somewhere, and somewhere two units stay equal."""
    frame, ranking = sources.frame(), rules.ranking
    if frame is None or not reached(frame, ("ranking",))[1]:
        return
    for index, each in enumerate(ranking.tie_breaks):
        what = f"同分时 {_tie_break(each)} 分出先后"
        place = sources.place(frame, "ranking", "tie_breaks", index)
        ways.add("排名", WayKind.RANKING, what, f"{_WHOLE}有两个单位,{what}", place)
        fewer = tuple(other for other in ranking.tie_breaks if other is not each)
        changed = replace(rules, ranking=replace(ranking, tie_breaks=fewer))
        ways.show("排名", WayKind.RANKING, what, shown=_ranks_differ(changed, runs))
    what = "完全相同而并列"
    needed = f"{_WHOLE}有两个单位{what},后面还有一个单位"
    ways.add("排名", WayKind.RANKING, what, needed, sources.place(frame, "ranking", "ties"))
    for ties in Ties:
        if ties is not ranking.ties:
            changed = replace(rules, ranking=replace(ranking, ties=ties))
            ways.show("排名", WayKind.RANKING, what, shown=_ranks_differ(changed, runs))


def _tie_break(each: TieBreak) -> str:
    return "得零分的指标少" if each.node is None else str(each.node)


def _ranks_differ(changed: RuleSet, runs: Sequence[SetRun]) -> bool:
    for run in runs:
        engine, _ = run_set_example(changed, run.example, run.prepared)
        if list(_ranks(engine)) != list(_ranks(run.engine)):
            return True
    return False


def _ranks(engine: GivenEngine) -> Iterator[object]:
    for result in engine.results:
        yield result.rank
