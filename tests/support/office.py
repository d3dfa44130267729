"""A national office for tests: a migrated database, the real rule set, a clock that can be set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

from intake.explanations import Explanation
from intake.template import write_template
from models.unit_of_work import Database
from sample_reports.generate.regions import regions_of
from sample_reports.generate.year import ledger_of
from scoring.codes import ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.facts import Amount, Series, Standing
from scoring.periods import Period
from scoring.rulebook.explanations import ReasonCode
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet
from services.context import Context
from services.explaining import explain_issues
from services.policy import Actor, Role
from services.review import accept_report
from services.rule_library import RuleLibrary
from services.submit import submit_report
from services.upload_answers import KeptAnswer
from services.views import Receipt

ROOT = Path(__file__).parents[2]
CHINA = timezone(timedelta(hours=8))
OFFICE_ROLES = frozenset({Role.OFFICE_OPERATOR, Role.OFFICE_APPROVER})
"""Both roles of the office in one person, where a test is not about the two persons."""
OFFICE = Actor(id="office-1", name="双打办", roles=OFFICE_ROLES)
AUDITOR = Actor(id="auditor-1", name="审计", roles=frozenset({Role.AUDITOR}))
BEIJING, TIANJIN = UnitCode("110000"), UnitCode("120000")
IN_TIME = {1: datetime(2021, 4, 8, 10, tzinfo=CHINA), 2: datetime(2021, 7, 8, 10, tzinfo=CHINA)}


def clerk(unit: UnitCode) -> Actor:
    """Somebody who fills in the reports of a unit."""
    return Actor(id=f"clerk-{unit}", name="填报人", roles=frozenset({Role.REGION_FILLER}), unit=unit)


@dataclass
class Office:
    """What a test works with; `now` is what the clock says."""

    database: Database
    now: datetime = IN_TIME[1]
    context: Context = field(init=False)

    def __post_init__(self) -> None:
        self.context = Context(
            write=self.database.writing,
            read=self.database.reading,
            library=RuleLibrary(ROOT / "rules"),
            clock=lambda: self.now,
        )

    @property
    def rules(self) -> RuleSet:
        """The national rule set of 2021."""
        return self.context.library.current(2021)

    def workbook(
        self, unit: UnitCode, quarter: int, changed: Mapping[Series, Amount | Standing] | None = None
    ) -> bytes:
        """A filled-in workbook of the sample year, in order unless figures are changed."""
        forms = [form for form in self.rules.forms.values() if form.provider is Provider.REGION]
        filled = {**sample_figures(self.rules, unit), **(changed or {})}
        period = Period(2021, quarter, yearly=False)
        return write_template(self.rules, forms, unit, period, Provider.REGION, filled=filled)

    def submit(self, unit: UnitCode, quarter: int, content: bytes, name: str = "报表.xlsx") -> KeptAnswer:
        """Hands a workbook in as the unit's clerk."""
        return submit_report(
            self.context,
            actor=clerk(unit),
            unit=unit,
            period=f"2021Q{quarter}",
            content=content,
            file_name=name,
        )

    def explained(self, answer: KeptAnswer) -> Receipt:
        """The same report with something said to every issue that waits for it."""
        said = [
            Explanation(key=key, reason=ReasonCode("confirmed"), text=f"已与台账核对无误：{issue.code}")
            for key, issue in answer.waiting.items()
        ]
        if not said:
            return answer.receipt
        actor = clerk(answer.receipt.unit)
        return explain_issues(self.context, actor=actor, report=answer.receipt.report, given=said).receipt

    def accepted(
        self,
        unit: UnitCode,
        quarter: int,
        changed: Mapping[Series, Amount | Standing] | None = None,
    ) -> Receipt:
        """A report of the sample year, handed in, explained where that is needed, and accepted."""
        receipt = self.explained(self.submit(unit, quarter, self.workbook(unit, quarter, changed)))
        return accept_report(self.context, actor=OFFICE, report=receipt.report)

    def at(self, moment: datetime) -> Context:
        """The context at another time."""
        return replace(self.context, clock=lambda: moment)


def sample_figures(rules: RuleSet, unit: UnitCode) -> dict[Series, Amount | Standing]:
    """Every figure that the sample year tells of a unit."""
    region = next(each for each in regions_of(rules) if each.code == unit)
    facts = ledger_of(region, rules).facts()
    return {fact.series: fact.amount if fact.amount is not None else fact.standing for fact in facts}


def series(element: str, period: str, member: str = "") -> Series:
    """A series by plain words."""
    return Series(ElementCode(element), PeriodCode(period), MemberCode(member))


def number(value: int) -> Fraction:
    """A figure."""
    return Fraction(value)
