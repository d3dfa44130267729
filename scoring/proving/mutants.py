"""The mutants of a rule set: each number one step up or down, each word another word, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from scoring.errors import Place
from scoring.expressions import Choice, walk
from scoring.proving.coverage_indicators import can_be_without_denominator
from scoring.proving.mutant_changes import changes_of
from scoring.rulebook.forks import is_fork
from scoring.rulebook.forms import Frequency
from scoring.rulebook.rule_sources import ADJUSTMENTS, FRAME, INDICATORS, Path, RuleSources, is_own, reached
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.rulebook.tree import Branch, Entries, Items, Mark, Scalar

_NOT_SCORING = {
    *("code", "name", "title", "parent", "clauses", "measure", "reason", "because", "text", "source"),
    *("sources", "assessor", "evidence", "examples", "accept", "attributes", "breakdowns", "levels"),
    *("language", "year", "version", "published", "effective", "extends", "drop", "element", "nodes", "node"),
    *(
        "document",
        "tier",
        "grade",
        "type",
        "from",
        "to",
        "peer_group",
        "statistical",
        "checks",
        "explanations",
        "plausibility",
    ),
}
"""Keys under which nothing stands that moves a score by a step."""
_BY_DIRECTION = {"slope", "peer_quantiles", "peer_rank"}
"""The methods that ask which direction is better."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one rule file. before, after: what is seen to change; text: the whole word after it."""

    file: str
    path: Path
    place: Place
    before: str
    after: str
    text: str
    key: str = ""
    """Where the key changes instead of the value, the new one."""


def find_mutants(rules: RuleSet, trees: Mapping[str, Branch], only: str = "") -> tuple[Mutant, ...]:
    """Every mutant, in the order of the files; with `only` those of the rule with that code.

    What cannot change any score is left out.

    That is: the method of an indicator that is only shown, and policies that give as many of no points; the
    direction where the method does not ask for it; `assessed: yearly` where no figure is due earlier;
    policies of absences that cannot happen; cutting off instead of rounding down; numbers of tables that are
    given for each unit, which are data; whatever only people read. What is inherited as it was is left to the
    examples of that rule set.
    """
    found = (
        mutant
        for name, tree in trees.items()
        if name in {FRAME, ADJUSTMENTS} or name.startswith((INDICATORS, "forms/"))
        for mutant in _Finder(rules, name, tree).all()
    )
    wanted = RuleSources(trees).rule(only) if only else None
    return tuple(
        each
        for each in found
        if is_own(each.place) and (not only or _is_within(trees[each.file], each.path, wanted))
    )


def _is_within(branch: Branch, path: Path, wanted: Branch | None) -> bool:
    """Whether the path goes through the wanted branch."""
    return any(reached(branch, path[:length])[0] is wanted for length in range(len(path)))


class _Finder:
    """Walks the tree of one file."""

    def __init__(self, rules: RuleSet, file: str, tree: Branch) -> None:
        self.rules, self.file, self.tree = rules, file, tree
        self.indicator = _indicator_of(rules, file, tree)
        self.grades = tuple(grade.name for grade in rules.grades)

    def all(self) -> Iterator[Mutant]:
        """Every mutant of the file."""
        for path, scalar in _scalars(self.tree, ()):
            if self._scores(path):
                yield from self._changes(path, scalar)

    def _scores(self, path: Path) -> bool:
        """Whether what stands at the path can move a score."""
        keys = [step for step in path if isinstance(step, str)]
        if self.file.startswith("forms/"):
            return "if_missing" in keys
        if _NOT_SCORING.intersection(keys) or self._is_table_of_units(keys):
            return False
        test = _SCORES_ONLY_IF.get(keys[0]) if keys and self.indicator is not None else None
        return test is None or self.indicator is None or test(self.rules, self.indicator)

    def _is_table_of_units(self, keys: list[str]) -> bool:
        table = self.rules.tables.get(keys[1]) if keys[:1] == ["tables"] and len(keys) > 1 else None
        return table is not None and "unit" in table.keys and "rows" in keys

    def _changes(self, path: Path, scalar: Scalar) -> Iterator[Mutant]:
        keys = [step for step in path if isinstance(step, str)]
        worthless = self.indicator is not None and not self.indicator.points
        mark = scalar.mark
        for each in changes_of(keys, scalar.text, self.grades, worthless=worthless):
            column = mark.column + each.offset if scalar.one_line else mark.column
            place = Place(file=mark.file, line=mark.line, column=column)
            yield Mutant(self.file, path, place, each.before, each.after, each.text, each.key)


def _is_due_yearly_anyway(rules: RuleSet, indicator: Indicator) -> bool:
    """Whether nothing that the indicator asks for is due before the end of the year."""
    formulas = [each for each in (indicator.value, indicator.applicable_when) if each is not None]
    figures = [figure for each in formulas for figure in each.figures()]
    yearly = all(rules.elements[each.element].frequency is Frequency.YEARLY for each in figures)
    falls_back = any(
        is_fork(part) and not isinstance(part, Choice) for each in formulas for part in walk(each.root)
    )
    return indicator.yearly and bool(figures) and yearly and not falls_back


def _asks_direction(_: RuleSet, indicator: Indicator) -> bool:
    return not indicator.statistical and indicator.method.kind in _BY_DIRECTION


_SCORES_ONLY_IF: Mapping[str, Callable[[RuleSet, Indicator], bool]] = {
    "method": lambda _, indicator: not indicator.statistical,
    "direction": _asks_direction,
    "assessed": lambda rules, indicator: not _is_due_yearly_anyway(rules, indicator),
    "zero_denominator": lambda _, indicator: can_be_without_denominator(indicator),
    "undefined": lambda _, indicator: indicator.value is not None and indicator.value.can_be_undefined(),
}
"""The keys of an indicator that can move its score only where this is true."""


def _indicator_of(rules: RuleSet, file: str, tree: Branch) -> Indicator | None:
    if not file.startswith(INDICATORS) or not isinstance(tree, Entries) or "code" not in tree.by_key:
        return None
    code = tree.by_key["code"][1]
    return next((each for each in rules.indicators.values() if each.code == getattr(code, "text", "")), None)


def _scalars(branch: Branch, path: Path) -> Iterator[tuple[Path, Scalar]]:
    if isinstance(branch, Scalar):
        yield path, branch
    elif isinstance(branch, Items):
        for index, each in enumerate(branch.nodes):
            yield from _scalars(each, (*path, index))
    else:
        for key, (_, node) in branch.by_key.items():
            yield from _scalars(node, (*path, key))


def mutated(trees: Mapping[str, Branch], mutant: Mutant) -> dict[str, Branch]:
    """The trees with the mutant in them."""
    return {**trees, mutant.file: _changed(trees[mutant.file], mutant.path, mutant)}


def _changed(branch: Branch, path: Path, mutant: Mutant) -> Branch:
    if isinstance(branch, Scalar):
        return Scalar(mutant.text, branch.mark, branch.one_line)
    if isinstance(branch, Items):
        nodes = list(branch.nodes)
        at = int(path[0])
        nodes[at] = _changed(nodes[at], path[1:], mutant)
        return Items(tuple(nodes), branch.mark)
    found: dict[str, tuple[Mark, Branch]] = {}
    for key, (mark, node) in branch.by_key.items():
        if key == path[0]:
            new = mutant.key if mutant.key and len(path) == 1 else key
            found[new] = (mark, _changed(node, path[1:], mutant))
        else:
            found[key] = (mark, node)
    return Entries(found, branch.mark)
