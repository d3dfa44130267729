"""The mutants of a rule set: each number one step up or down, each word another word, one at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from scoring.coverage_indicators import can_be_without_denominator
from scoring.errors import Place
from scoring.expressions import Call, walk
from scoring.numbers import RoundingMode
from scoring.rulebook.final_rules import Ties, Unscored
from scoring.rulebook.forks import is_fork
from scoring.rulebook.forms import Frequency
from scoring.rulebook.language import half_width
from scoring.rulebook.rule_sources import ADJUSTMENTS, FRAME, INDICATORS, Path, RuleSources, is_own, reached
from scoring.rulebook.rules import Aggregate, Indicator, RuleSet
from scoring.rulebook.tree import Branch, Entries, Items, Mark, Scalar

_NUMBER = re.compile(r"P?-?[0-9]+(\.[0-9]+)?%?", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_IN_FORMULA = re.compile(
    r"\"[^\"]*\"|'[^']*'|\[[^\]]*\]|(?P<number>(?<![\w.])[0-9]+(\.[0-9]+)?(?![\w.]))|(?P<sign>[<>]=?)"
)
_SIDES = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_KEYS = {"at_least": "above", "above": "at_least", "at_most": "below", "below": "at_most"}
"""The keys of rungs, and the same with the limit on the other side."""
_POLICIES = ("zero", "full", "not_applicable", "no_score")
_FAMILIES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "missing": (_POLICIES,),
    "zero_denominator": (_POLICIES,),
    "undefined": (_POLICIES,),
    "mode": (tuple(RoundingMode),),
    "ties": (tuple(Ties), ("best", "worst", "mean")),
    "on": (("rounded", "unrounded"),),
    "order": (("highest_first", "lowest_first"),),
    "unscored": (tuple(Unscored),),
    "aggregate": (tuple(each for each in Aggregate if each is not Aggregate.FORMULA),),
    "weights": (("present", "all"),),
    "direction": (("higher", "lower"),),
    "assessed": (("quarterly", "yearly"),),
    "steps": (("continuous", "whole", "started"),),
    "best": (("max", "min"),),
    "group": (("peers", "all"),),
    "by": (("points", "value"),),
    "partial_periods": (("available", "missing"),),
    "kind": (("bonus", "penalty"),),
}
"""The words that a key can have; where it has several lists, that which the word stands in."""
_POLICY_KEYS = ("missing", "zero_denominator", "undefined", "below")
_FLAGS = ("rescale", "ranked", "no_bonus", "cap_score", "scored", "name_best")
_TURNED = {"yes": "no", "no": "yes", "true": "false", "false": "true", "是": "否", "否": "是"}
_FORMULAS = ("value", "applicable_when", "when", "then", "otherwise", "formula", "if_missing", "use")
_NOT_SCORING = {
    *("code", "name", "title", "parent", "clauses", "measure", "reason", "because", "text", "source"),
    *("sources", "assessor", "evidence", "examples", "accept", "attributes", "breakdowns", "levels"),
    *("language", "year", "version", "published", "effective", "extends", "drop", "element", "nodes", "node"),
    *("document", "tier", "grade", "type", "from", "to", "peer_group", "statistical", "tree_titles"),
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

    That is: the method of an indicator without points, and policies that would give it as many; the
    direction where the method does not ask for it; `assessed: yearly` where no figure is due earlier;
    policies of absences that cannot happen; numbers of tables that are given for each unit, which are data;
    whatever only people read. What is inherited as it was is left to the examples of that rule set.
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
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        yield from self._flipped_key(path, scalar, key)
        words = self._words(key, scalar.text)
        if words:
            for word in words:
                yield self._mutant(path, scalar, scalar.text, word, word)
        elif _NUMBER.fullmatch(scalar.text):
            for number in steps(scalar.text):
                yield self._mutant(path, scalar, scalar.text, number, number)
        elif _DAY.fullmatch(scalar.text):
            for day in _days(scalar.text):
                yield self._mutant(path, scalar, scalar.text, day, day)
        elif key in _FORMULAS:
            yield from self._in_formula(path, scalar)

    def _flipped_key(self, path: Path, scalar: Scalar, key: str) -> Iterator[Mutant]:
        """The limit of a rung on the other side."""
        if "rungs" in path and key in _KEYS:
            yield self._mutant(path, scalar, f"{key}: {scalar.text}", _KEYS[key], scalar.text, _KEYS[key])

    def _words(self, key: str, text: str) -> tuple[str, ...]:
        if key in _FLAGS and text in _TURNED:
            return (_TURNED[text],)
        if key == "grade_at_most":
            return tuple(grade for grade in self.grades if grade != text)
        family = next((each for each in _FAMILIES.get(key, ()) if text in each), ())
        if key in _POLICY_KEYS and not family and not _NUMBER.fullmatch(text):
            family = _POLICIES
        alike = {"zero", "full"} if self.indicator is not None and not self.indicator.points else set()
        if key == "mode" and text != RoundingMode.FLOOR:
            # Points are never negative, and then cutting off and rounding down are the same.
            alike = {RoundingMode.FLOOR} if text != RoundingMode.TRUNCATE else alike
        return tuple(
            str(word) for word in family if word != text and not (word in alike and text in {*alike, *family})
        )

    def _in_formula(self, path: Path, scalar: Scalar) -> Iterator[Mutant]:
        source = half_width(scalar.text)
        for match in _IN_FORMULA.finditer(source):
            if match["number"]:
                new = steps(match["number"])
            elif match["sign"] and source[match.end() : match.end() + 1] != "=":
                new = [_SIDES[match["sign"]]]
            else:
                continue
            for each in new:
                text = f"{source[: match.start()]}{_bracketed(each)}{source[match.end() :]}"
                yield self._mutant(path, scalar, match[0], each, text, offset=match.start())

    def _mutant(
        self,
        path: Path,
        scalar: Scalar,
        before: str,
        after: str,
        text: str,
        key: str = "",
        *,
        offset: int = 0,
    ) -> Mutant:
        mark = scalar.mark
        column = mark.column + offset if scalar.one_line else mark.column
        place = Place(file=mark.file, line=mark.line, column=column)
        return Mutant(self.file, path, place, before, after, text, key)


def _is_due_yearly_anyway(rules: RuleSet, indicator: Indicator) -> bool:
    """Whether nothing that the indicator asks for is due before the end of the year."""
    formulas = [each for each in (indicator.value, indicator.applicable_when) if each is not None]
    figures = [figure for each in formulas for figure in each.figures()]
    yearly = all(rules.elements[each.element].frequency is Frequency.YEARLY for each in figures)
    falls_back = any(
        is_fork(part) and isinstance(part, Call) for each in formulas for part in walk(each.root)
    )
    return indicator.yearly and bool(figures) and yearly and not falls_back


def _asks_direction(_: RuleSet, indicator: Indicator) -> bool:
    return bool(indicator.points) and indicator.method.kind in _BY_DIRECTION


_SCORES_ONLY_IF: Mapping[str, Callable[[RuleSet, Indicator], bool]] = {
    "method": lambda _, indicator: bool(indicator.points),
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


def steps(text: str) -> list[str]:
    """The number one unit of its last digit up and down; it keeps its sign of percent or quantile."""
    prefix, suffix = ("P" if text[:1] == "P" else ""), ("%" if text[-1:] == "%" else "")
    number = Decimal(text.removeprefix("P").removesuffix("%"))
    step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    return [f"{prefix}{each:f}{suffix}" for each in (number + step, number - step)]


def _days(text: str) -> list[str]:
    day = date.fromisoformat(text)
    return [(day + timedelta(days=each)).isoformat() for each in (1, -1)]


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


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
