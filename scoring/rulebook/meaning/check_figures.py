"""What formulas ask for: figures that may earn points, that are due, that add up, and that units have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scoring.codes import ElementCode
from scoring.errors import Place
from scoring.expressions import PEERS, Attribute, Figure, Formula, OverQuarters, Statistic, walk
from scoring.rulebook.forms import ElementType, Frequency
from scoring.rulebook.meaning.asked import asked_by_adjustment, asked_by_indicator, standing_in
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.tree import Findings


@dataclass(frozen=True, slots=True)
class _Rule:
    """An indicator or adjustment, with what it asks for."""

    name: str
    place: Place
    formulas: tuple[Formula, ...]
    element: ElementCode | None = None
    earns: bool = True

    def figures(self) -> Iterator[Figure]:
        """Every figure of its formulas."""
        return (figure for formula in self.formulas for figure in formula.figures())

    def elements(self) -> set[ElementCode]:
        """Every element it looks at."""
        return {figure.element for figure in self.figures()} | ({self.element} if self.element else set())


def check_figures(rules: RuleSet, findings: Findings) -> None:
    """Adds every finding about the figures and attributes that rules ask for."""
    asking = tuple(_rules(rules))
    for rule in asking:
        _check_bans(rules, rule, findings)
        _check_quarters(rules, rule, findings)
        _check_totals(rules, rule, findings)
        _check_peers(rules, rule, findings)
    formulas = [formula for rule in asking for formula in rule.formulas]
    _check_units(rules, formulas, findings)
    _check_unused(rules, asking, findings)


def _rules(rules: RuleSet) -> Iterator[_Rule]:
    for indicator in rules.indicators.values():
        formulas = _with_substitutes(rules, [each.formula for each in asked_by_indicator(indicator)])
        name, earns = f"指标 {indicator.code}", not indicator.statistical
        yield _Rule(name, indicator.place, formulas, None, earns)
    for each in rules.adjustments:
        formulas = _with_substitutes(rules, [asked.formula for asked in asked_by_adjustment(each)])
        yield _Rule(f"事项 {each.code}", each.place, formulas, each.element)


def _with_substitutes(rules: RuleSet, formulas: list[Formula]) -> tuple[Formula, ...]:
    """The formulas, and those that stand in for figures they ask for, and so on; each once."""
    found = dict.fromkeys(formulas)
    waiting = list(formulas)
    while waiting:
        for figure in waiting.pop().figures():
            substitute = standing_in(rules, figure.element)
            if substitute is not None and substitute not in found:
                found[substitute] = None
                waiting.append(substitute)
    return tuple(found)


def _check_bans(rules: RuleSet, rule: _Rule, findings: Findings) -> None:
    """A figure that must never earn points earns none through any formula."""
    for code in sorted(rule.elements()):
        element = rules.elements.get(code)
        if rule.earns and element is not None and element.ban is not None:
            zh = f"{rule.name} 用到 {code} {element.name},它只作统计,不得计分:{element.ban.reason}"
            en = f"{code} is statistical only and may never earn points"
            fix = f"依据:{element.ban.source}。请改用其他数据项,或写 points: 0 和 statistical: yes"
            findings.add(rule.place, "banned-figure", zh, en, fix, found=code)


def _check_quarters(rules: RuleSet, rule: _Rule, findings: Findings) -> None:
    """What is looked at quarter by quarter is reported each quarter."""
    over = (part for each in rule.formulas for part in walk(each.root) if isinstance(part, OverQuarters))
    asked = {part.element for each in over for part in walk(each.inner) if isinstance(part, Figure)}
    for code in sorted(asked):
        if rules.elements[code].frequency is not Frequency.QUARTERLY:
            zh = f"{rule.name} 逐季看 {code}(如 mean_of_quarters),它不是季报数"
            findings.add(rule.place, "not-quarterly", zh, f"{code} is not reported each quarter", found=code)


def _check_totals(rules: RuleSet, rule: _Rule, findings: Findings) -> None:
    """Choices and dates have no sum over the members of a breakdown."""
    for figure in rule.figures():
        element = rules.elements[figure.element]
        adds_up = element.type in {ElementType.INTEGER, ElementType.DECIMAL}
        if not adds_up and len(figure.members or element.members) > 1:
            zh = f"{rule.name} 用到 {element.code} 的合计,选项和日期没有合计,请写明一个分类"
            findings.add(rule.place, "no-sum", zh, f"{element.code} has no total", found=element.code)


def _check_peers(rules: RuleSet, rule: _Rule, findings: Findings) -> None:
    """Peers are asked for only where the rule set says who they are."""
    scopes = {part.scope for part in _statistics(rule.formulas)}
    if PEERS in scopes and not rules.ranking.peer_group:
        zh, en = f"{rule.name} 的统计量用到同组(peers),规则集没有分组", "no peer group is named"
        findings.add(rule.place, "no-peer-group", zh, en, "请在 ruleset.yaml 写 peer_group:")


def _statistics(formulas: Iterable[Formula]) -> Iterator[Statistic]:
    return (part for each in formulas for part in walk(each.root) if isinstance(part, Statistic))


def _check_units(rules: RuleSet, formulas: Sequence[Formula], findings: Findings) -> None:
    asked = {part.name for each in formulas for part in walk(each.root) if isinstance(part, Attribute)}
    asked |= {part.scope for part in _statistics(formulas)}
    needed = {name for name in (*asked, rules.ranking.peer_group) if name in rules.attribute_names}
    for unit in rules.units.values():
        for name in sorted(needed - unit.attributes.keys()):
            zh, en = (
                f"单位 {unit.code} {unit.name} 缺少属性 {name},而规则要用到它",
                f"{unit.code} has no {name}",
            )
            findings.add(unit.place, "missing-attribute", zh, en, f"请补上 {name}:", found=name)


def _check_unused(rules: RuleSet, asking: Iterable[_Rule], findings: Findings) -> None:
    checks = (check.rule for form in rules.forms.values() for check in form.checks)
    used = {figure.element for rule in checks for figure in rule.figures()}
    used |= {code for rule in asking for code in rule.elements()}
    for element in rules.elements.values():
        if element.code not in used and element.ban is None:
            zh = f"数据项 {element.code} {element.name} 没有任何指标或审核关系用到"
            findings.add(element.place, "unused-element", zh, f"{element.code} is used by nothing", soft=True)
