"""Tests of a rule set by its own worked examples: do they hold, what do they show, what would they notice."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from scoring.errors import Issue, Severity
from scoring.examples import WHOLE_SET, Checked, check_examples
from scoring.proving.mutants import Mutant
from scoring.proving.mutation import MutationLab, Verdict
from scoring.proving.rule_coverage import Way, cover_rules
from scoring.rulebook.answers import Answer, Answered, sort_by_answers
from scoring.rulebook.files import read_rule_set, rule_files, whole_trees
from scoring.rulebook.meaning.finding_kinds import MUTANT, UNCOVERED
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.tree import Branch
from services.errors import Invalid, Rejected

_CHUNK = 8


@dataclass(frozen=True, slots=True)
class Open:
    """Findings of one kind: those that stay open, and those that the rule files answer."""

    open: tuple[Issue, ...] = ()
    answered: tuple[Answered, ...] = ()
    idle: tuple[Answer, ...] = ()
    """Answers that meet nothing."""


@dataclass(frozen=True, slots=True)
class RuleTest:
    """What the examples of a rule set say. ways, verdicts: None where they were not asked for.

    verdicts is None as well where an example does not hold: it would notice everything.
    """

    rules: RuleSet
    checked: tuple[Checked, ...]
    ways: tuple[Way, ...] | None = None
    uncovered: Open = Open()
    verdicts: Mapping[Verdict, int] | None = None
    unnoticed: Open = Open()

    @property
    def failing(self) -> tuple[Checked, ...]:
        """The examples that do not hold."""
        return tuple(each for each in self.checked if each.differences)

    @property
    def fails(self) -> bool:
        """Whether anything has to be mended or answered."""
        return bool(self.failing or self.uncovered.open or self.unnoticed.open)


def check_rule_examples(
    *, folder: Path, coverage: bool = False, mutate: bool = False, only: str = "", jobs: int = 0
) -> RuleTest:
    """Runs the examples of a folder; of one rule where `only` is its code.

    jobs: how many processes try mutants; 0 for as many as the machine has processors. Raises Rejected where
    the rule set does not load, Invalid where it has no rule of that code.
    """
    rules, issues = read_rule_set(folder)
    if rules is None:
        raise Rejected(issues)
    _require_rule(rules, only)
    trees = read_trees(folder)
    checked = tuple(each for each in check_examples(rules) if only in ("", each.rule))
    found = RuleTest(rules, checked)
    if coverage:
        ways = tuple(each for each in cover_rules(rules, trees) if only in ("", each.rule))
        uncovered = [_uncovered_issue(each) for each in ways if not each.covered]
        found = replace(found, ways=ways, uncovered=_sorted(uncovered, rules, UNCOVERED))
    if mutate and not found.failing:
        found = _with_mutants(found, MutationLab(rules, trees), folder, only, jobs or os.cpu_count() or 1)
    return found


def read_trees(folder: Path) -> dict[str, Branch]:
    """The trees of a folder's rule files, and of those that it inherits."""
    return whole_trees(rule_files(folder))


def _require_rule(rules: RuleSet, only: str) -> None:
    known = {*rules.indicators, *rules.nodes, *(each.code for each in rules.adjustments), WHOLE_SET, ""}
    if only not in known:
        raise Invalid(f"规则集里没有 {only}", f"no rule {only}")


def _with_mutants(found: RuleTest, lab: MutationLab, folder: Path, only: str, jobs: int) -> RuleTest:
    tried = list(try_mutants(lab, folder, only=only, jobs=jobs))
    unnoticed = [_mutant_issue(mutant) for mutant, verdict in tried if verdict is Verdict.UNNOTICED]
    verdicts = Counter(verdict for _, verdict in tried)
    return replace(found, verdicts=verdicts, unnoticed=_sorted(unnoticed, found.rules, MUTANT))


def try_mutants(
    lab: MutationLab, folder: Path, *, only: str = "", jobs: int = 1
) -> Iterator[tuple[Mutant, Verdict]]:
    """Every mutant of the rule set, or of one rule, with what became of it; by several processes."""
    mutants = lab.mutants(only)
    if jobs <= 1 or len(mutants) < _CHUNK * jobs:
        yield from ((each, lab.try_mutant(each)) for each in mutants)
        return
    with ProcessPoolExecutor(jobs, get_context("fork"), _remember, (folder, only)) as pool:
        verdicts = pool.map(_try, range(len(mutants)), chunksize=_CHUNK)
        yield from zip(mutants, verdicts, strict=True)


_lab: tuple[MutationLab, Sequence[Mutant]] | None = None
"""Of a process that tries mutants: its rule set, and the mutants in the order in which all count them."""


def _remember(folder: Path, only: str) -> None:
    global _lab
    rules, issues = read_rule_set(folder)
    if rules is None:
        raise Rejected(issues)
    lab = MutationLab(rules, read_trees(folder))
    _lab = lab, lab.mutants(only)


def _try(number: int) -> Verdict:
    if _lab is None:
        raise RuntimeError("the process was not prepared")
    lab, mutants = _lab
    return lab.try_mutant(mutants[number])


def _uncovered_issue(way: Way) -> Issue:
    return Issue(
        code=UNCOVERED,
        zh=f"{way.rule}:没有例显示“{way.what}”",
        en=f"{way.rule}: no example shows this ({way.kind})",
        fix_zh=f"请加一个例:{way.needed}",
        fix_en="add an example that does",
        place=way.place,
        severity=Severity.SOFT,
        found=way.what,
    )


def _mutant_issue(mutant: Mutant) -> Issue:
    changed = f"{mutant.before} → {mutant.after}"
    return Issue(
        code=f"{MUTANT} {changed}",
        zh=f"{mutant.before} 改成 {mutant.after},没有一个例发现",
        en=f"no example notices {changed}",
        fix_zh="请加一个在这个数上或紧挨着它的例;改了也没有差别的,在这里写 accept",
        fix_en="add an example on or beside it",
        place=mutant.place,
        severity=Severity.SOFT,
        found=changed,
    )


def _sorted(issues: list[Issue], rules: RuleSet, kind: str) -> Open:
    """Apart by the answers: first those that name the very change, then those that name the kind."""
    versions = [each.rules for each in rules.slices] or [rules]
    answers = list(dict.fromkeys(answer for each in versions for answer in each.answers))
    own = [each for each in answers if each.finding == kind or each.finding.startswith(f"{kind} ")]
    exact = sort_by_answers(issues, own)
    rest = sort_by_answers([replace(each, code=kind) for each in exact.open], exact.idle)
    idle = tuple(each for each in rest.idle if not each.is_inherited)
    return Open(rest.open, (*exact.answered, *rest.answered), idle)
