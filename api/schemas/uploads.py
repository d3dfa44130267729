"""Shapes of an upload's answer: the verdict first, then everything that one pass over the file has found."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from pydantic import Field

from api.schemas.base import Amount, Body, Exact
from api.schemas.problems import IssueBody, issue_body
from api.schemas.reports import ReceiptBody, receipt_body
from intake.explanations import Explanation
from intake.issue_keys import issue_key
from intake.report import Intake, Verdict
from intake.verdicts import by_stakes, headline
from scoring.account_texts import STANDING_TITLES
from scoring.errors import Issue
from scoring.facts import Fact, Standing
from scoring.numbers import exact_text
from scoring.rulebook.explanations import ExplanationRules
from services.explaining import Offer
from services.forecast import Forecast
from services.report_changes import FigureChange, ReportChanges
from services.upload_answers import KeptAnswer, UploadAnswer


class GivenBody(Body):
    """What was said to a soft issue."""

    reason: str = Field(description="原因代码。The code of a reason.")
    text: str


class OfferBody(GivenBody):
    """What was accepted in an earlier quarter and may be said again."""

    period: str


class FoundIssueBody(IssueBody):
    """One thing that is wrong, what hangs on it, and what was said to it."""

    key: str = Field(description="在各版本、各季度都不变;情况说明按它对应。The same in every version.")
    points_at_stake: Exact = Field(description="涉及的指标满分合计。Full points of the indicators concerned.")
    explanation: GivenBody | None = None
    offered: OfferBody | None = None


class NormalisationBody(Body):
    """A value that was not taken exactly as typed."""

    sheet: str
    cell: str
    before: str
    after: str
    zh: str
    en: str


class CheckNotRunBody(Body):
    """A check that could not be decided."""

    form: str
    check: str
    about: str
    reason: str


class SeriesBody(Body):
    """A figure that was due and not reported."""

    element: str
    period: str
    member: str


class FigureChangeBody(Body):
    """One figure that is not as it was; null = was not, or is not, reported."""

    element: str
    name: str
    period: str
    member: str
    before: Amount | None
    after: Amount | None


class ChangesBody(Body):
    """What is new against the version before it."""

    against: int | None = Field(description="与第几版比较;空 = 以前没有报过。Null = nothing to compare with.")
    figures: list[FigureChangeBody]


class ForecastLineBody(Body):
    """One indicator whose points would change."""

    code: str
    title: str
    full: Exact
    before: Exact | None
    after: Exact | None


class ForecastBody(Body):
    """What the unit's own score would be; others' figures are as they are in force now."""

    period: str
    score: Exact | None
    before: Exact | None = Field(description="按现在有效的数。With what is in force now.")
    lines: list[ForecastLineBody]


class ReasonBody(Body):
    """A reason that an explanation may give."""

    code: str
    name: str
    needs_evidence: bool


class ExplainingBody(Body):
    """How soft issues are explained."""

    least: int = Field(description="至少几个字。Characters at least.")
    most: int
    reasons: list[ReasonBody]


class FindingsBody(Body):
    """Everything that one pass over a file has found, the verdict first."""

    verdict: Verdict
    zh: str = Field(description="一句话结论。The verdict in a sentence.")
    en: str
    format: str = Field(description="读成什么格式。What the file was read as.")
    figures_sha256: str = Field(description="同样的数,不论什么格式,都是这个摘要。Of the figures alone.")
    required: int = Field(description="应填的格数。Cells that are due.")
    filled: int
    faulty: int
    to_correct: int = Field(description="必须改正的有几处。Hard issues.")
    to_explain: int = Field(description="还要说明的有几处。Soft issues that nobody has explained.")
    issues: list[FoundIssueBody] = Field(description="必须改正的在前,涉及分值大的在前。Dearest first.")
    normalisations: list[NormalisationBody]
    checks_not_run: list[CheckNotRunBody]
    missing: list[SeriesBody]


class UploadBody(Body):
    """What an upload is answered with."""

    findings: FindingsBody
    receipt: ReceiptBody | None = Field(description="回执;只试不收 (dry_run) 时为空。")
    repeated: bool = Field(description="同样的内容以前收过,回执还是那一份。The same content came before.")
    changes: ChangesBody
    forecast: ForecastBody | None = Field(description="试算的本单位得分;只在 dry_run 时有。Of a dry run.")
    explaining: ExplainingBody


def kept_body(answer: KeptAnswer) -> UploadBody:
    """The answer to an upload that was kept."""
    return _body(answer, receipt_body(answer.receipt), repeated=answer.repeated)


def dry_run_body(answer: UploadAnswer) -> UploadBody:
    """The answer to a file that was only looked at."""
    return _body(answer, None, repeated=False)


def _body(answer: UploadAnswer, receipt: ReceiptBody | None, *, repeated: bool) -> UploadBody:
    return UploadBody(
        findings=findings_body(answer),
        receipt=receipt,
        repeated=repeated,
        changes=changes_body(answer.changes),
        forecast=None if answer.forecast is None else _forecast(answer.forecast),
        explaining=explaining_body(answer.explaining),
    )


def findings_body(answer: UploadAnswer) -> FindingsBody:
    """What was found, on the wire; the command line says it in the same words."""
    found, waiting = answer.intake, len(answer.waiting)
    said = headline(found, waiting=waiting)
    issues = [_found(issue, answer) for issue in by_stakes(found.issues, answer.stakes)]
    return FindingsBody(
        verdict=found.verdict,
        zh=said.zh,
        en=said.en,
        format=found.format,
        figures_sha256=found.figures_digest,
        required=found.required,
        filled=found.filled,
        faulty=found.faulty,
        to_correct=sum(issue.severity == "hard" for issue in issues),
        to_explain=waiting,
        issues=issues,
        normalisations=_normalisations(found),
        checks_not_run=[
            CheckNotRunBody(form=each.form, check=each.check, about=each.about, reason=each.reason)
            for each in found.checks_not_run
        ],
        missing=[
            SeriesBody(element=each.element, period=each.period, member=each.member) for each in found.missing
        ],
    )


def _found(issue: Issue, answer: UploadAnswer) -> FoundIssueBody:
    key = issue_key(issue)
    return FoundIssueBody(
        **issue_body(issue).model_dump(),
        key=key,
        points_at_stake=exact_text(answer.stakes.get(key, Fraction(0))),
        explanation=_given(answer.explained.get(key)),
        offered=_offer(answer.offered.get(key)),
    )


def _given(said: Explanation | None) -> GivenBody | None:
    return None if said is None else GivenBody(reason=said.reason, text=said.text)


def _offer(offer: Offer | None) -> OfferBody | None:
    if offer is None:
        return None
    said = offer.explanation
    return OfferBody(reason=said.reason, text=said.text, period=offer.period)


def _normalisations(found: Intake) -> list[NormalisationBody]:
    return [
        NormalisationBody(
            sheet=each.sheet,
            cell=each.cell,
            before=each.before,
            after=each.after,
            zh=each.why,
            en=each.why_en,
        )
        for each in found.normalisations
    ]


def changes_body(changes: ReportChanges) -> ChangesBody:
    """Changes on the wire."""
    against = None if changes.against is None else changes.against.version
    return ChangesBody(against=against, figures=[_change(each) for each in changes.figures])


def _change(change: FigureChange) -> FigureChangeBody:
    series = change.series
    return FigureChangeBody(
        element=series.element,
        name=change.name,
        period=series.period,
        member=series.member,
        before=_figure(change.before, change.dated),
        after=_figure(change.after, change.dated),
    )


def _figure(fact: Fact | None, dated: bool) -> str | None:
    if fact is None or fact.standing is Standing.MISSING:
        return None
    if fact.standing is not Standing.VALUE or fact.amount is None:
        return STANDING_TITLES[fact.standing]
    if isinstance(fact.amount, str):
        return fact.amount
    return date.fromordinal(int(fact.amount)).isoformat() if dated else exact_text(fact.amount)


def _forecast(forecast: Forecast) -> ForecastBody:
    return ForecastBody(
        period=forecast.period.code,
        score=_exact(forecast.score),
        before=_exact(forecast.before),
        lines=[
            ForecastLineBody(
                code=each.code,
                title=each.title,
                full=exact_text(each.full),
                before=_exact(each.before),
                after=_exact(each.after),
            )
            for each in forecast.lines
        ],
    )


def _exact(amount: Fraction | None) -> str | None:
    return None if amount is None else exact_text(amount)


def explaining_body(rules: ExplanationRules) -> ExplainingBody:
    """The reasons and bounds of explanations on the wire."""
    reasons = [
        ReasonBody(code=each.code, name=each.name, needs_evidence=each.needs_evidence)
        for each in rules.reasons
    ]
    return ExplainingBody(least=rules.least, most=rules.most, reasons=reasons)
