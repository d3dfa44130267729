"""Everything that can be said against a rule set before anybody is scored by it.

Loading refuses what cannot be scored in one way only; this looks further, at what was meant by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scoring.errors import Issue, Severity, has_hard
from scoring.examples import check_examples
from scoring.incentives.check import Incentives, check_incentives
from scoring.incentives.improvement import Proof
from scoring.rulebook.answers import Answer, Answered, sort_by_answers
from scoring.rulebook.files import read_with_findings
from scoring.rulebook.meaning.check_meaning import meaning_issues
from scoring.rulebook.meaning.finding_kinds import idle_answer, is_for_tests
from scoring.rulebook.meaning.publication import late_publication
from scoring.rulebook.tree import Findings


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """What a check has found: issues still open, hard ones first, and findings answered in the files."""

    open: tuple[Issue, ...]
    answered: tuple[Answered, ...]
    proved: int = 0
    """Of so many indicators it is proved that improving a figure never lowers points."""
    searched: int = 0
    """For so many others no counter-example was found."""

    def fails(self, *, strict: bool) -> bool:
        """Whether the rule set is refused: for hard issues, and strictly for any finding left open."""
        return has_hard(self.open) or (strict and bool(self.open))


def check_rules(*, folder: Path) -> tuple[Issue, ...]:
    """Everything wrong with a rule set, its own examples included, but for what its files answer."""
    return check_rule_files(folder=folder).open


def check_rule_files(*, folder: Path) -> RuleCheck:
    """The whole check of a folder; what needs sound rules is looked at where nothing is hard."""
    rules, findings = read_with_findings(folder)
    incentives = Incentives()
    if rules is not None:
        findings.issues.extend(each.issue for each in check_examples(rules) if each.issue)
        findings.issues.extend(meaning_issues(rules))
        findings.issues.extend(each for each in [late_publication(rules)] if each)
        incentives = check_incentives(rules)
        findings.issues.extend(incentives.issues)
    found = sort_by_answers(findings.issues, dict.fromkeys(findings.answers))
    idle = _idle(found.idle, findings) if rules is not None else ()
    issues = sorted((*found.open, *idle), key=_order)
    proofs = list(incentives.proofs.values())
    known = proofs.count(Proof.PROVED), proofs.count(Proof.SEARCHED)
    return RuleCheck(tuple(issues), found.answered, *known)


def _idle(answers: tuple[Answer, ...], findings: Findings) -> tuple[Issue, ...]:
    told = {issue.code for issue in findings.issues}
    own = (each for each in answers if not is_for_tests(each) and not each.is_inherited)
    return tuple(idle_answer(each, told) for each in own)


def _order(issue: Issue) -> tuple[bool, str, int, int]:
    place = issue.place
    return issue.severity is not Severity.HARD, place.file, place.line or 0, place.column or 0
