"""What files are read for at a desk: rules from a folder, forms, a unit and a quarter by what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from intake.check_context import CheckContext
from intake.context_files import MOST_BYTES, read_context
from intake.fields import due_elements
from intake.limits import DEFAULT_LIMITS
from intake.workbook import Workbook, read_workbook
from scoring.codes import FormCode, UnitCode
from scoring.periods import QUARTERS, Period, period_from_text
from scoring.rulebook.files import read_rule_set
from scoring.rulebook.forms import Form, Provider
from scoring.rulebook.rules import RuleSet
from services.errors import Invalid, NotFound, Rejected

_MOST_READ = 5 * DEFAULT_LIMITS.file_bytes
"""Far more than is taken, so that the size of what is refused is told as it is; yet some files never end."""


def opened_workbook(file: Path) -> tuple[bytes, Workbook]:
    """The bytes of a file and the workbook in them; raises Rejected with the reasons, or OSError."""
    with file.open("rb") as opened:
        content = opened.read(_MOST_READ)
    workbook, refusals = read_workbook(content)
    if workbook is None:
        raise Rejected(refusals)
    return content, workbook


def whose_report(file: Path, marks: Mapping[str, str], unit: str, period: str) -> tuple[str, str]:
    """Unit and period as asked for, else as the marks of the file say; raises Invalid where neither does."""
    asked_unit, asked_period = unit or marks.get("unit", ""), period or marks.get("period", "")
    if not asked_unit or not asked_period:
        raise Invalid(
            f"{file.name} 没有说明是哪个单位、哪个报告期的报表,请用 --unit 和 --period 指明",
            "the file does not say whose report it is: give --unit and --period",
        )
    return asked_unit, asked_period


def loaded_rules(folder: Path) -> RuleSet:
    """The rule set of a folder; raises Rejected with its issues."""
    rules, issues = read_rule_set(folder)
    if rules is None:
        raise Rejected(issues)
    return rules


def forms_of(rules: RuleSet, codes: Sequence[str]) -> list[Form]:
    """The forms of these codes, all of one provider; without codes those of the units. Raises Invalid."""
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


def unit_of(rules: RuleSet, code: str) -> UnitCode:
    """The unit of that code; raises NotFound."""
    if UnitCode(code) not in rules.units:
        raise NotFound("被考核单位", code or "(规则集没有列出单位)")
    return UnitCode(code)


def quarter_of(rules: RuleSet, text: str) -> Period:
    """A quarter of the rule set's year; raises Invalid."""
    period = period_from_text(text)
    if period is None or period.yearly or period.year != rules.year:
        raise Invalid(
            f"报告期“{text}”要写成 {rules.year}Q1 至 {rules.year}Q4",
            "the period must be a quarter of the year",
        )
    return period


def first_quarter(rules: RuleSet, forms: Sequence[Form]) -> Period:
    """The first quarter in which something of every form is due."""
    quarters = [Period(rules.year, quarter, yearly=False) for quarter in QUARTERS]
    return next((each for each in quarters if all(due_elements(form, each) for form in forms)), quarters[-1])


def context_of(file: Path, rules: RuleSet) -> CheckContext:
    """The check context in a file; raises Rejected, or OSError."""
    with file.open("rb") as opened:
        found, issues = read_context(opened.read(MOST_BYTES + 1), rules)
    if found is None:
        raise Rejected(issues)
    return found


def provider_of(text: str) -> Provider:
    """The provider that marks name; a region where they name none that there is."""
    try:
        return Provider(text or Provider.REGION)
    except ValueError:
        # Whatever else stands there is told as an issue, against what a region's report would say.
        return Provider.REGION
