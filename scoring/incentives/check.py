"""Every finding about what the rules of a rule set reward, each with the figures that show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.errors import Issue, Severity
from scoring.incentives.cliffs import cliffs
from scoring.incentives.exposure import nothing_done_pays, outlier_effect
from scoring.incentives.improvement import CounterExample, Proof, improvement
from scoring.incentives.silence import Silence, hidden_period_pays, silence_pays
from scoring.incentives.supposed import variables_of
from scoring.incentives.trials import Trials
from scoring.numbers import shown
from scoring.results import Outcome
from scoring.rulebook.meaning.bounds import Bounds
from scoring.rulebook.meaning.check_effects import value_bounds
from scoring.rulebook.meaning.trends import Sloping
from scoring.rulebook.rules import Indicator, RuleSet


@dataclass
class Incentives:
    """What was found, and how it is known of each indicator that doing better never costs points."""

    issues: list[Issue] = field(default_factory=list)
    proofs: dict[NodeCode, Proof] = field(default_factory=dict)


def check_incentives(rules: RuleSet) -> Incentives:
    """The incentives of every indicator; where values change within the year, of each part of it."""
    found = Incentives()
    told: set[tuple[NodeCode, str]] = set()
    for each in (rules, *(part.rules for part in rules.slices)):
        changed = [
            indicator
            for indicator in each.indicators.values()
            if each is rules or indicator != rules.indicators.get(indicator.code)
        ]
        _check(each, changed, found, told)
    return found


def _check(
    rules: RuleSet, indicators: list[Indicator], found: Incentives, told: set[tuple[NodeCode, str]]
) -> None:
    bounds, trials = Bounds(rules), Trials(rules)
    sloping = Sloping(bounds)
    for indicator in indicators:
        proof, example = improvement(indicator, sloping, trials)
        found.proofs.setdefault(indicator.code, proof)
        issues = [
            *_improvement_issues(indicator, example),
            *_silence_issues(indicator, silence_pays(indicator, trials)),
            *_hiding_issues(indicator, hidden_period_pays(indicator, sloping, trials)),
            *_cliff_issues(rules, indicator, bounds, trials),
            *_nothing_issues(rules, indicator, trials),
            *_outlier_issues(indicator),
        ]
        for issue in issues:
            if (indicator.code, issue.code) not in told:
                told.add((indicator.code, issue.code))
                found.issues.append(issue)


def _improvement_issues(indicator: Indicator, found: CounterExample | None) -> Iterator[Issue]:
    if found is None:
        return
    code = indicator.code
    if found.turns:
        zh = f"指标 {code}:{found.moved.name} 一直增加,得分却先升后降(或先降后升)。反例:{found.told()}"
        en = f"indicator {code}: as {found.moved.name} grows, the points turn"
        fix = "请核对公式;本来就要求适中的,用 accept 写明理由"
        yield _issue(indicator, "reward-turns", zh, en, fix, "check the formula, or accept it", "value")
        return
    zh = f"指标 {code}:做得更好反而少得分。反例:{found.told()}"
    en = f"indicator {code}: a better value earns fewer points"
    fix = "请核对 direction、各档得分的次序和公式"
    fix_en = "check the direction, the order of points, and the formula"
    yield _issue(indicator, "improving-costs", zh, en, fix, fix_en, "method")


def _silence_issues(indicator: Indicator, found: Silence | None) -> Iterator[Issue]:
    if found is None:
        return
    zh = f"指标 {indicator.code}:不报比如实报最差的数更划算。反例:{found.told()}"
    en = f"indicator {indicator.code}: reporting nothing earns more than the worst report"
    fix = "请把 missing 改为 zero(或方法的最低分),或用 accept 写明另有什么办法防止不报"
    fix_en = "let what is missing earn nothing, or say what else keeps units from silence"
    yield _issue(indicator, "silence-pays", zh, en, fix, fix_en, "missing")


def _hiding_issues(indicator: Indicator, found: Silence | None) -> Iterator[Issue]:
    if found is None:
        return
    zh = f"指标 {indicator.code}:藏起最差的一期比如实报划算。反例:{found.told()}"
    en = f"indicator {indicator.code}: hiding the worst period earns more than reporting it"
    fix = "请用 partial_periods: missing 或更重的缺报扣分,或用 accept 写明另有什么办法防止缺报"
    fix_en = "use partial_periods: missing or a heavier penalty, or say what else prevents it"
    yield _issue(indicator, "hidden-period-pays", zh, en, fix, fix_en, "value")


def _cliff_issues(rules: RuleSet, indicator: Indicator, bounds: Bounds, trials: Trials) -> Iterator[Issue]:
    full = indicator.points
    allowed = rules.limits.cliff * abs(full)
    variables = variables_of(rules, indicator)
    found = cliffs(indicator, value_bounds(indicator, bounds), trials, variables)
    widest = max((each for each in found if each.size > allowed), key=lambda each: each.size, default=None)
    if widest is None:
        return
    share = f"{shown(100 * widest.size / abs(full), 1)}%"
    zh = (
        f"指标 {indicator.code}:{widest.step},得分由 {shown(widest.below)} 变为 {shown(widest.above)},"
        f"一步相差满分的 {share},超过界限 {shown(100 * rules.limits.cliff)}%"
    )
    en = f"indicator {indicator.code}: one step moves {share} of the full points"
    fix = "请加档或改用 slope、piecewise 使得分连续,或用 accept 写明理由"
    fix_en = "add rungs, use a slope or piecewise line, or accept it with a reason"
    yield _issue(indicator, "cliff", zh, en, fix, fix_en, "method")


def _nothing_issues(rules: RuleSet, indicator: Indicator, trials: Trials) -> Iterator[Issue]:
    tried = nothing_done_pays(indicator, trials, variables_of(rules, indicator))
    if tried is None:
        return
    points = tried.points
    gets = "不计入,其余折算" if points.outcome.left_out else f"得 {shown(points.rounded or Fraction(0))} 分"
    zh = f"指标 {indicator.code}:自己报的数都是 0(没有可做的)就{gets}。反例:{tried.report.told()}"
    en = f"indicator {indicator.code}: who reports nought is left out or paid"
    fix = "报 0 由本单位自己决定的,请改为 zero;确实可能没有的,用 accept 写明理由"
    fix_en = "let nought earn nothing, or say why there may really be nothing to do"
    by_zero = points.value.standing.name == Outcome.ZERO_DENOMINATOR.name
    key = "zero_denominator" if by_zero else "applicable_when"
    yield _issue(indicator, "nothing-done-pays", zh, en, fix, fix_en, key)


def _outlier_issues(indicator: Indicator) -> Iterator[Issue]:
    found = outlier_effect(indicator)
    if found is None:
        return
    before, after = found
    shows = f":如五个单位为 10 至 50,第三名得 {shown(before)} 分,最末一个变为 400 则得 {shown(after)} 分"
    zh = f"指标 {indicator.code} 按最大、最小值折算,一个离群的单位就改变所有单位的得分"
    zh += shows if before != after else ""
    en = f"indicator {indicator.code}: scaled by the extremes, so that one outlier moves everybody's points"
    fix = "请改用 peer_quantiles、peer_rank 或固定的界限,或用 accept 写明理由"
    fix_en = "use quantiles, ranks or fixed limits, or accept it with a reason"
    yield _issue(indicator, "outlier-exposed", zh, en, fix, fix_en, "method")


def _issue(indicator: Indicator, code: str, zh: str, en: str, fix: str, fix_en: str, key: str) -> Issue:
    return Issue(
        code=code,
        zh=zh,
        en=en,
        fix_zh=fix,
        fix_en=fix_en,
        place=indicator.places.get(key, indicator.place),
        severity=Severity.SOFT,
    )
