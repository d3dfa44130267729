"""Units of measure: what formulas add and compare, and whether a value is in the measure that is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from scoring.errors import Issue, Severity
from scoring.expressions import Expression, Figure, Operation, walk
from scoring.numbers import shown
from scoring.rulebook.forms import ElementType
from scoring.rulebook.meaning.asked import Asked, asked_anywhere
from scoring.rulebook.meaning.measures import (
    DATE,
    POINTS,
    RATIO,
    Measure,
    measure_from_text,
    same_things,
    surely_differ,
)
from scoring.rulebook.meaning.method_thresholds import thresholds_of
from scoring.rulebook.meaning.yields import Clash, Weighing, Yielded
from scoring.rulebook.rules import Indicator, RuleSet

_PERCENT = Fraction(1, 100)
_LARGE_SHARE = 10
"""Shares of a whole do not come near it; limits beyond it are meant in percent."""
_IN_MEASURE = frozenset({"value", "missing", "zero_denominator", "undefined", "if_missing", "formula"})
"""The keys whose formulas come to a figure in the measure that is declared."""
_WITHOUT = frozenset({"checklist", "graded"})
"""Methods whose value is no figure in any measure."""


def measure_issues(rules: RuleSet) -> Iterator[Issue]:
    """Everything about measures: what is surely wrong (hard), and what is to be looked at (soft)."""
    declared = _of_element(rules), _of_attribute(rules), _of_constant(rules)
    for asked in asked_anywhere(rules):
        weighing = Weighing(*declared)
        found = weighing.outcome(asked.formula.root)
        yield from (_clash_issue(asked, clash) for clash in weighing.clashes)
        measure = measure_from_text(asked.measure) if asked.key in _IN_MEASURE else None
        if measure is not None and found.measure is not None and not weighing.clashes:
            yield from _outcome_issues(asked, measure, found)
    for indicator in rules.indicators.values():
        yield from _indicator_issues(indicator)


def _of_element(rules: RuleSet) -> Callable[[Figure], Measure | None]:
    found: dict[str, Measure | None] = {}
    for element in rules.elements.values():
        if element.type is not ElementType.CHOICE:
            is_date = element.type is ElementType.DATE
            found[element.code] = DATE if is_date else measure_from_text(element.measure)
    return lambda figure: found.get(figure.element)


def _of_attribute(rules: RuleSet) -> Callable[[str], Measure | None]:
    found = {name: measure_from_text(each.measure) for name, each in rules.attributes.items()}
    found |= {name: measure_from_text(each.measure) for name, each in rules.tables.items()}
    return found.get


def _of_constant(rules: RuleSet) -> Callable[[str], Measure | None]:
    found = {
        name: DATE if each.type is ElementType.DATE else measure_from_text(each.measure)
        for name, each in rules.constants.items()
    }
    return found.get


def _clash_issue(asked: Asked, clash: Clash) -> Issue:
    where = f"{asked.rule} 的 {asked.key}"
    pair = f"{clash.left_text}({clash.left})与 {clash.right_text}({clash.right})"
    english = f"{asked.rule}, {asked.key}: {clash.left_text} and {clash.right_text}"
    if clash.kind == "scale":
        fix, fix_en = _conversion(clash)
        return _issue(
            asked,
            "measure-scale",
            f"{where} 把 {pair}相加减或相比较,两个单位相差 {_times(clash.factor)} 倍",
            f"{english} differ in size by a factor of {_times(clash.factor)}",
            fix,
            fix_en,
            sure=clash.sure,
        )
    if clash.kind == "dates":
        zh, en = f"{where} 把两个日期 {pair}相加,日期只能相减", f"{english}: two dates cannot be added"
        return _issue(asked, "dates-added", zh, en, "日期之差写 a - b,得天数", "subtract them: days")
    return _issue(
        asked,
        "measure-mixed",
        f"{where} 把 {pair}相加减或相比较,它们不是同一种计量单位",
        f"{english} are counted in different measures",
        "请核对数据项;确要加权合计的,各乘以写明的权数(如 2 * E1 + 3 * E2)",
        "check the elements; for a weighted sum write the weight of each",
        sure=clash.sure,
    )


def _times(factor: Fraction) -> str:
    return shown(max(factor, 1 / factor))


def _conversion(clash: Clash) -> tuple[str, str]:
    """Which of the two to divide by how much: the smaller unit becomes the larger one."""
    small = clash.right_text if clash.factor > 1 else clash.left_text
    times = _times(clash.factor)
    return f"请换算成同一单位,如 ({small}) / {times}", f"convert one of them: ({small}) / {times}"


def _outcome_issues(asked: Asked, declared: Measure, found: Yielded) -> Iterator[Issue]:
    measure = found.measure
    if measure is None:
        return
    where = f"{asked.rule} 的 {asked.key} 算出来是 {measure}"
    english = f"{asked.rule}, {asked.key} yields {measure}"
    if declared.kinds != measure.kinds:
        loose = declared == RATIO and measure.is_quotient
        if not (found.weighted or loose or same_things(declared, measure)):
            zh, en = f"{where},measure 却写 {asked.measure}", f"{english}, not {asked.measure}"
            fix = f"请改 measure: {measure},或核对公式"
            sure = surely_differ(declared, measure) and POINTS.kinds != declared.kinds
            yield _issue(
                asked, "measure-of-value", zh, en, fix, "change the measure or the formula", sure=sure
            )
    elif declared.scale != measure.scale:
        if not found.weighted or _is_power_of_ten(measure.scale / declared.scale):
            yield _scale_issue(asked, declared, found)
    elif declared.is_ratio and declared.scale == _PERCENT and declared.difference != measure.difference:
        zh = f"{where},measure 却写 {asked.measure}:两个百分数之差是百分点,百分数本身不是"
        en = f"{english}, not {asked.measure}: a difference of percentages is in percentage points"
        fix = f"请写 measure: {'百分点' if measure.difference else '%'}"
        # A growth rate is often said in points; a plain share never is.
        sure = measure.difference or not _subtracts(asked.formula.root)
        yield _issue(asked, "percent-and-points", zh, en, fix, "write the other of the two", sure=sure)


def _adds(root: Expression) -> bool:
    return any(isinstance(part, Operation) and part.operator == "+" for part in walk(root))


def _subtracts(root: Expression) -> bool:
    return any(isinstance(part, Operation) and part.operator == "-" for part in walk(root))


def _scale_issue(asked: Asked, declared: Measure, found: Yielded) -> Issue:
    """The right thing, larger or smaller by a factor; in a sum even a power of ten may be a weight."""
    measure = found.measure or declared
    factor = measure.scale / declared.scale
    off = _times(factor)
    zh = f"{asked.rule} 的 {asked.key} 算出来是 {measure},measure 却写 {asked.measure},相差 {off} 倍"
    en = f"{asked.rule}, {asked.key} yields {measure}, {off} times off from {asked.measure}"
    text = asked.formula.text
    way = f"{shown(factor)} * ({text})" if factor > 1 else f"({text}) / {shown(1 / factor)}"
    fix = f"请写 {way},或改 measure: {measure}"
    sure = not found.weighted or not _adds(asked.formula.root)
    return _issue(asked, "measure-of-value", zh, en, fix, f"write {way}, or change the measure", sure=sure)


def _is_power_of_ten(factor: Fraction) -> bool:
    whole = factor if factor >= 1 else 1 / factor
    return whole.denominator == 1 and str(whole.numerator).strip("0") == "1"


def _indicator_issues(indicator: Indicator) -> Iterator[Issue]:
    if indicator.method.kind in _WITHOUT or indicator.value is None:
        return
    asked = Asked(
        f"指标 {indicator.code}",
        "method",
        indicator.value,
        indicator.places.get("method", indicator.place),
    )
    if not indicator.measure:
        zh, en = f"指标 {indicator.code} 没有写计量单位", f"indicator {indicator.code} has no measure"
        yield _issue(
            asked, "no-measure", zh, en, '请写 measure:,如 "%"、件、天', "write its measure", sure=False
        )
        return
    measure, limits = (
        measure_from_text(indicator.measure),
        [abs(each) for each in thresholds_of(indicator.method)],
    )
    largest = max(limits, default=Fraction(0))
    if measure is None or not measure.is_ratio or not largest:
        return
    if measure.scale == _PERCENT and largest <= 1:
        zh = f"指标 {indicator.code} 的单位是 {indicator.measure},方法里的界限却都不到 1"
        en = f"indicator {indicator.code} is in {indicator.measure}, yet no limit of its method exceeds 1"
        fix = "80% 在方法里写 80"
        yield _issue(asked, "threshold-in-other-measure", zh, en, fix, "write 80 for 80%", sure=False)
    elif measure.scale == 1 and min(limits) >= _LARGE_SHARE:
        zh = f"指标 {indicator.code} 的单位是 {indicator.measure}(80% 即 0.8),方法里的界限却都像百分数"
        en = f"indicator {indicator.code} is a ratio, yet the limits of its method look like percentages"
        fix = '请写 measure: "%" 和 100 * (…),或把界限写成 0.8'
        yield _issue(asked, "threshold-in-other-measure", zh, en, fix, "write 0.8 for 80%", sure=False)


def _issue(asked: Asked, code: str, zh: str, en: str, fix: str, fix_en: str, *, sure: bool = True) -> Issue:
    return Issue(
        code=code,
        zh=zh,
        en=en,
        fix_zh=fix,
        fix_en=fix_en,
        place=asked.place,
        severity=Severity.HARD if sure else Severity.SOFT,
    )
