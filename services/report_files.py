"""Templates and reports as files, without a database: what a rule author or a submitter tries at a desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from intake.check_context import CheckContext
from intake.context_files import MOST_BYTES, other_report, read_context
from intake.fields import due_elements
from intake.limits import DEFAULT_LIMITS
from intake.origin import marks_of
from intake.report import Intake, read_report
from intake.template import write_template
from intake.workbook import read_workbook
from scoring.codes import FormCode, UnitCode
from scoring.periods import QUARTERS, Period, period_from_text
from scoring.rulebook.files import read_rule_set
from scoring.rulebook.forms import Form, Provider
from scoring.rulebook.rules import RuleSet
from services.errors import Invalid, NotFound, Rejected

_MOST_READ = 5 * DEFAULT_LIMITS.file_bytes
"""Far more than is taken, so that the size of what is refused is told as it is; yet some files never end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankTemplate:
    """A template, and for whom and when it was made."""

    content: bytes
    unit: UnitCode
    unit_name: str
    period: Period


def blank_template(*, folder: Path, forms: Sequence[str], unit: str = "", period: str = "") -> BlankTemplate:
    """The workbook of some forms of one provider; no forms = all that regions fill in.

    Without a unit it is made for the first one, without a period for the first quarter in which something
    of every form is due. Raises Rejected for a rule set that does not load, Invalid or NotFound.
    """
    rules = _rules(folder)
    chosen = _forms(rules, forms)
    code = _unit(rules, unit or next(iter(rules.units), ""))
    quarter = _quarter(rules, period) if period else _first_quarter(rules, chosen)
    held = rules.in_force(quarter)
    chosen = [held.forms[form.code] for form in chosen]
    content = write_template(held, chosen, code, quarter, chosen[0].provider)
    return BlankTemplate(content=content, unit=code, unit_name=rules.units[code].name, period=quarter)


def check_file(
    *, folder: Path, file: Path, unit: str = "", period: str = "", context: Path | None = None
) -> Intake:
    """Everything that handing the file in would say.

    The unit and the period are those that the workbook's own marks name, unless they are given. context: a
    check context as the server hands it out; without one nothing is known of other periods and providers.

    Raises:
        Rejected: the rule set does not load, the file is no workbook, or the context is not for it.
        Invalid: neither the file nor the caller says for whom or when it is.
        OSError: a file cannot be read.
    """
    rules = _rules(folder)
    known = None if context is None else _context(context, rules)
    with file.open("rb") as opened:
        content = opened.read(_MOST_READ)
    workbook, refusals = read_workbook(content)
    if workbook is None:
        raise Rejected(refusals)
    marks = marks_of(workbook)
    asked_unit, asked_period = unit or marks.get("unit", ""), period or marks.get("period", "")
    if not asked_unit or not asked_period:
        raise Invalid(
            f"{file.name} 没有说明是哪个单位、哪个报告期的报表,请用 --unit 和 --period 指明",
            "the file does not say whose report it is: give --unit and --period",
        )
    quarter, code = _quarter(rules, asked_period), _unit(rules, asked_unit)
    provider = _provider(marks.get("provider", ""))
    other = None if known is None else other_report(known, code, quarter, provider)
    if other is not None:
        raise Rejected((other,))
    return read_report(
        content,
        rules=rules.in_force(quarter),
        unit=code,
        period=quarter,
        provider=provider,
        context=known,
        reader=lambda _: (workbook, refusals),
    )


def _context(file: Path, rules: RuleSet) -> CheckContext:
    with file.open("rb") as opened:
        found, issues = read_context(opened.read(MOST_BYTES + 1), rules)
    if found is None:
        raise Rejected(issues)
    return found


def _rules(folder: Path) -> RuleSet:
    rules, issues = read_rule_set(folder)
    if rules is None:
        raise Rejected(issues)
    return rules


def _forms(rules: RuleSet, codes: Sequence[str]) -> list[Form]:
    unknown = [code for code in codes if FormCode(code) not in rules.forms]
    if unknown:
        raise Invalid(
            f"规则集没有表 {'、'.join(unknown)},有的是 {'、'.join(rules.forms)}",
            f"no such form: {', '.join(unknown)}",
        )
    chosen = [
        form
        for form in rules.forms.values()
        if (form.code in codes if codes else form.provider is Provider.REGION)
    ]
    if not chosen:
        raise Invalid(
            "规则集没有由被考核单位填报的表,请写明表的代码", "no form is filled in by units: name one"
        )
    if len({form.provider for form in chosen}) > 1:
        raise Invalid(
            f"{'、'.join(form.code for form in chosen)} 不由同一方填报,不能放进一个模板",
            "forms of different providers do not fit into one workbook",
        )
    return chosen


def _unit(rules: RuleSet, code: str) -> UnitCode:
    if UnitCode(code) not in rules.units:
        raise NotFound("被考核单位", code or "(规则集没有列出单位)")
    return UnitCode(code)


def _quarter(rules: RuleSet, text: str) -> Period:
    period = period_from_text(text)
    if period is None or period.yearly or period.year != rules.year:
        raise Invalid(
            f"报告期“{text}”要写成 {rules.year}Q1 至 {rules.year}Q4",
            "the period must be a quarter of the year",
        )
    return period


def _first_quarter(rules: RuleSet, forms: Sequence[Form]) -> Period:
    quarters = [Period(rules.year, quarter, yearly=False) for quarter in QUARTERS]
    return next((each for each in quarters if all(due_elements(form, each) for form in forms)), quarters[-1])


def _provider(text: str) -> Provider:
    try:
        return Provider(text or Provider.REGION)
    except ValueError:
        # Whatever else stands there is told as an issue, against what a region's report would say.
        return Provider.REGION
