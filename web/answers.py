"""The answer to an upload, laid out for a page: the verdict, what to do, and everything else in order."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from intake.explanations import Explanation, soft_issues
from intake.issue_keys import IssueKey, issue_key
from intake.labels import VALUE_HEAD
from intake.report import Intake, Verdict
from intake.verdicts import by_stakes
from scoring.errors import Issue, Severity
from scoring.facts import Series
from scoring.rulebook.rules import RuleSet
from services.explaining import Offer
from services.report_changes import ReportChanges
from services.upload_answers import UploadAnswer
from web.figure_texts import element_title, fact_text, series_title
from web.report_words import CHECK_FAMILIES, NOT_RUN_REASONS

_SHORT = 10
_NOT_TAKEN = "没有采用"
_Cell = tuple[str, str]
"""Code of the element, and the member where it is broken down."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody has typed for one issue; wrong: what is wrong with it, empty where nothing is.

    unproved: only a file is missing that proves it.
    """

    reason: str
    text: str
    wrong: str = ""
    unproved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownIssue:
    """One issue with all that is told of it; `also`: others that one explanation answers with it.

    field: a name for the parts of a form, the same whenever the issue is shown. stakes: None where nothing
    hangs on it.
    """

    issue: Issue
    key: IssueKey
    field: str
    stakes: Fraction | None
    also: tuple[Issue, ...] = ()
    said: Explanation | None = None
    offered: Offer | None = None
    typed: Typed | None = None


@dataclass(frozen=True, slots=True)
class FormGaps:
    """What was due on a form and not reported: elements, each with the columns that are blank."""

    form: str
    count: int
    elements: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class CheckLeftOut:
    """A check that was not decided, and for what: rows or columns, none where it is about the whole form."""

    form: str
    title: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Checks that were not decided for the same reason."""

    reason: str
    count: int
    checks: tuple[CheckLeftOut, ...]


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure that is not as it was."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """Everything below the verdict, in the order in which it is read.

    unfit: explanations in the file that could not be taken. against: the version compared with, None where
    nothing was reported before.
    """

    to_correct: tuple[ShownIssue, ...]
    to_explain: tuple[ShownIssue, ...]
    waiting: int
    unfit: tuple[Issue, ...]
    missing: tuple[FormGaps, ...]
    left_out: tuple[LeftOut, ...]
    against: int | None
    changed: tuple[ChangedFigure, ...]

    @property
    def gaps(self) -> int:
        """How many figures were due and not reported."""
        return sum(form.count for form in self.missing)


def shown_answer(
    answer: UploadAnswer, rules: RuleSet, typed: Mapping[IssueKey, Typed] | None = None
) -> ShownAnswer:
    """The answer laid out; `typed`: what was just sent and not taken, shown again as it was typed."""
    read = answer.intake
    ordered = by_stakes(read.issues, answer.stakes)
    # A file that is no report at all puts everything at stake, which tells nobody anything.
    stakes = {} if read.verdict is Verdict.UNREADABLE else answer.stakes
    soft = soft_issues(ordered)
    against = answer.changes.against
    faulty = _faulty_cells(read.issues)
    return ShownAnswer(
        to_correct=tuple(_shown(issue, stakes) for issue in ordered if issue.severity is Severity.HARD),
        to_explain=tuple(_to_explain(answer, soft, ordered, typed or {})),
        waiting=len(answer.waiting),
        unfit=tuple(
            issue for issue in ordered if issue.severity is Severity.SOFT and issue_key(issue) not in soft
        ),
        missing=() if read.verdict is Verdict.UNREADABLE else tuple(_gaps(read, rules, faulty)),
        left_out=tuple(_left_out(read, rules)),
        against=None if against is None else against.version,
        changed=changed_figures(answer.changes, rules, read.period.code, faulty),
    )


def changed_figures(
    changes: ReportChanges, rules: RuleSet, period: str, faulty: Collection[_Cell] = ()
) -> tuple[ChangedFigure, ...]:
    """The figures that are not as they were, as texts; `faulty`: cells whose figures were not taken."""
    return tuple(
        ChangedFigure(
            series_title(rules, each.series, period),
            fact_text(rules, each.before),
            _NOT_TAKEN if _cell_of(each.series) in faulty else fact_text(rules, each.after),
        )
        for each in changes.figures
    )


def field_of(key: IssueKey) -> str:
    """A name for the parts of a form that are about one issue."""
    return hashlib.sha256(key.encode()).hexdigest()[:_SHORT]


def _shown(issue: Issue, stakes: Mapping[IssueKey, Fraction]) -> ShownIssue:
    key = issue_key(issue)
    return ShownIssue(issue=issue, key=key, field=field_of(key), stakes=stakes.get(key) or None)


def _to_explain(
    answer: UploadAnswer,
    soft: Mapping[IssueKey, Issue],
    ordered: Sequence[Issue],
    typed: Mapping[IssueKey, Typed],
) -> Iterable[ShownIssue]:
    same: dict[IssueKey, list[Issue]] = {}
    for issue in ordered:
        same.setdefault(issue_key(issue), []).append(issue)
    for key, issue in soft.items():
        yield ShownIssue(
            issue=issue,
            key=key,
            field=field_of(key),
            stakes=answer.stakes.get(key) or None,
            also=tuple(each for each in same[key] if each is not issue),
            said=answer.explained.get(key),
            offered=answer.offered.get(key),
            typed=typed.get(key),
        )


def _faulty_cells(issues: Iterable[Issue]) -> frozenset[_Cell]:
    """The cells at which something stands that was not taken."""
    hard = (issue.place for issue in issues if issue.severity is Severity.HARD)
    return frozenset(
        (place.row_label.split()[0], "" if place.column_label == VALUE_HEAD else place.column_label)
        for place in hard
        if place.row_label.strip()
    )


def _cell_of(series: Series) -> _Cell:
    return str(series.element), str(series.member)


def _gaps(read: Intake, rules: RuleSet, faulty: Collection[_Cell]) -> Iterable[FormGaps]:
    found: dict[str, dict[str, list[str]]] = {}
    for series in read.missing:
        if _cell_of(series) in faulty:
            continue
        element = rules.elements.get(series.element)
        form = _form_title(rules, element.form) if element else ""
        blank = found.setdefault(form, {}).setdefault(element_title(rules, series.element), [])
        blank += [str(series.member)] if series.member else []
    for form, elements in found.items():
        count = sum(max(1, len(blank)) for blank in elements.values())
        yield FormGaps(form, count, tuple((title, tuple(blank)) for title, blank in elements.items()))


def _left_out(read: Intake, rules: RuleSet) -> Iterable[LeftOut]:
    for reason, words in NOT_RUN_REASONS.items():
        found: dict[tuple[str, str], list[str]] = {}
        of_reason = [each for each in read.checks_not_run if each.reason is reason]
        for each in of_reason:
            about = found.setdefault((each.form, each.check), [])
            about += [each.about] if each.about else []
        if of_reason:
            checks = (
                CheckLeftOut(_form_title(rules, form), _check_title(rules, form, check), tuple(about))
                for (form, check), about in found.items()
            )
            yield LeftOut(words, len(of_reason), tuple(checks))


def _form_title(rules: RuleSet, code: str) -> str:
    title = next((form.title for form in rules.forms.values() if form.code == code), "")
    return f"{code} {title}".strip()


def _check_title(rules: RuleSet, form: str, check: str) -> str:
    checks = (each for known in rules.forms.values() if known.code == form for each in known.checks)
    named = next((each.message for each in checks if each.code == check), "")
    return named or CHECK_FAMILIES.get(check, check)
