"""A template that is not the one asked for: which one it is, which one is wanted, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from intake.cells import Cell
from intake.labels import META_SHEET
from intake.wording import fault, worded
from intake.wording_sheets import SHEET_WORDINGS
from scoring.codes import UnitCode
from scoring.errors import Issue, Place
from scoring.periods import period_from_text
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet

PROVIDER_TITLES = {
    Provider.REGION: "省级报送",
    Provider.MINISTRY: "国家部门提供",
    Provider.ON_SITE: "考核组填写",
    Provider.OFFICE: "全国双打办登记",
    Provider.SYSTEM: "系统生成",
}
NOT_MOVED = frozenset({"wrong-unit", "wrong-provider"})
"""Whose figures are somebody else's: they are never carried into another template."""

_CODES = {
    "template_version": "template-version",
    "rule_set": "wrong-rule-set",
    "unit": "wrong-unit",
    "period": "wrong-period",
    "provider": "wrong-provider",
    "forms_digest": "forms-changed",
}
_UNSAID = "没有写明"
_LONGEST = 40


def compare_marks(marks: Mapping[str, Cell], wanted: Mapping[str, str], rules: RuleSet) -> tuple[Issue, ...]:
    """An issue for each mark that is not as wanted; each says the whole of what the file is."""
    said = {key: cell.text for key, cell in marks.items()}
    wrong = [key for key in _CODES if said.get(key, "") != wanted[key]]
    if "rule_set" in wrong and "forms_digest" in wrong:
        # Another rule set has other forms: that is said once.
        wrong.remove("forms_digest")
    return tuple(_issues(wrong, marks, said, wanted, rules))


def _issues(
    wrong: list[str],
    marks: Mapping[str, Cell],
    said: Mapping[str, str],
    wanted: Mapping[str, str],
    rules: RuleSet,
) -> Iterator[Issue]:
    movable = NOT_MOVED.isdisjoint(_CODES[key] for key in wrong)
    for key in wrong:
        cell = marks.get(key)
        place = Place(sheet=META_SHEET, cell=cell.address if cell else "", row_label=key)
        found, expected = said.get(key, ""), wanted[key]
        what = fault(
            _CODES[key], found=mark_text(key, found, rules), expected=mark_text(key, expected, rules)
        )
        issue = worded(SHEET_WORDINGS, what, place, found=found, expected=expected)
        yield issue if key == "forms_digest" else _with_way_out(issue, said, wanted, rules, movable=movable)


def _with_way_out(
    issue: Issue, said: Mapping[str, str], wanted: Mapping[str, str], rules: RuleSet, *, movable: bool
) -> Issue:
    right = template_named(wanted, rules)
    fix_zh = f"请确认没有传错文件；应当用{right}，从系统下载，或者用 kaohe template 生成。"
    fix_en = "Make sure this is the right file; download the template for this unit and period."
    if movable:
        fix_zh += "已经填好的数不用重填：用“旧模板换新”（kaohe migrate）搬进去，搬不了的逐项列出。"
        fix_en += " What is filled in already can be carried over with `kaohe migrate`."
    else:
        fix_zh += "别的单位、别的填报方的数不能搬过来。"
        fix_en += " Figures of another unit or provider cannot be carried over."
    whole = template_named(said, rules)
    return replace(issue, zh=f"{issue.zh}这个文件是{whole}。", fix_zh=fix_zh, fix_en=fix_en)


def template_named(marks: Mapping[str, str], rules: RuleSet) -> str:
    """`北京市2021年第四季度的模板（省级报送，模板第 2 版，规则 national-2021 1.0）`."""
    told = {key: mark_text(key, marks.get(key, ""), rules) for key in _CODES}
    about = f"{told['provider']}，模板第 {told['template_version']} 版，规则 {told['rule_set']}"
    return f"{told['unit']}{told['period']}的模板（{about}）"


def mark_text(key: str, value: str, rules: RuleSet) -> str:
    """A mark for people: the name of a unit, the title of a quarter; anything unknown as it stands."""
    shown = value if value.isprintable() else _UNSAID
    shown = (shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…") or _UNSAID
    if key == "unit" and UnitCode(value) in rules.units:
        return f"{rules.units[UnitCode(value)].name}（{value}）"
    if key == "period":
        period = period_from_text(value)
        return shown if period is None else period.title
    if key == "provider":
        return next((title for provider, title in PROVIDER_TITLES.items() if provider == value), shown)
    if key == "forms_digest":
        return shown[:12]
    return shown
