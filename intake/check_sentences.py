"""Putting a broken relation into words: both sides, the difference, and every cell that is concerned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from intake.entries import Entry
from intake.rounding_slack import Spread, slack_of
from intake.wording import fault, worded
from intake.wording_cells import CELL_WORDINGS
from scoring.codes import WHOLE, ElementCode, MemberCode
from scoring.errors import Issue, Place, Severity
from scoring.evaluation import Evaluator, Outcome
from scoring.expressions import Comparison, Expression, Figure, Logic, When
from scoring.facts import Amount
from scoring.numbers import shown
from scoring.rulebook.forms import Check, ElementType
from scoring.rulebook.rules import RuleSet

_MOST_CELLS = 16
_MOST_CHECKS = 3
"""Somebody tired looks at a few more cells, not at a list of codes."""
_FIX_ZH = "请核对以上单元格，改正填错的一个；确认无误的，请说明原因。"
_FIX_EN = "Check these cells and correct the wrong one; if all are right, explain why."


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A relation that does not hold: of which member, between which cells, and where it is told."""

    check: Check
    member: MemberCode
    root: Expression
    place: Entry
    cells: Mapping[Figure, tuple[Entry, ...]]
    """The cells of this report behind each figure; none for what others or earlier reports say."""
    spread: Spread


def total_difference(
    total: Entry, members: Sequence[Entry], found: Amount | None, expected: Fraction, slack: Fraction
) -> Issue:
    """The issue of a total that is not the sum of its members."""
    spot = total.spot
    difference = shown(abs(found - expected)) if isinstance(found, Fraction) else "—"
    what = fault(
        "total-differs",
        difference=difference,
        slack=shown(slack),
        cells=cells_named(members, spot.sheet if spot else ""),
    )
    place = spot.place(total.field) if spot else Place()
    return worded(CELL_WORDINGS, what, place, found=total.reading.shown, expected=shown(expected))


def broken_relation(broken: Broken, evaluator: Evaluator, rules: RuleSet) -> Issue:
    """The issue of a check that does not hold, at the cell of its left-hand figure."""
    check, place, spot = broken.check, broken.place, broken.place.spot
    sources = tuple(dict.fromkeys(_source(figure, rules) for figure in broken.cells))
    forms = {rules.elements[figure.element].form for figure in broken.cells}
    home = spot.sheet if spot and len(forms) == 1 else ""
    values = [_value(figure, found, evaluator, home, rules) for figure, found in broken.cells.items()]
    sides_zh, sides_en = _sides(broken, evaluator)
    about_zh, about_en = (f"（{broken.member}）", f" ({broken.member})") if broken.member else ("", "")
    listed_zh, listed_en = "；".join(values), "; ".join(values).replace("、", ", ")
    when_zh, when_en = ("年初至今", ", year to date") if check.year_to_date else ("本期", "")
    doubt_zh, doubt_en = _doubt(broken, sources, rules) if len(sources) > 1 else ("", "")
    return Issue(
        code=f"check-{check.code.lower()}",
        zh=f"{check.message}{about_zh}。{when_zh}应有 {check.rule.text}，"
        f"现在 {listed_zh}{sides_zh}。{doubt_zh}",
        en=f"Check {check.code}{about_en} does not hold: {check.rule.text}{when_en}; "
        f"{listed_en}{sides_en}.{doubt_en}",
        fix_zh=check.hint or _FIX_ZH,
        fix_en=_FIX_EN,
        place=spot.place(place.field) if spot else Place(),
        severity=Severity.HARD if check.hard else Severity.SOFT,
        found=place.text or place.reading.shown,
        expected=check.rule.text,
        source=check.source,
    )


def _source(figure: Figure, rules: RuleSet) -> str:
    """Whose word a figure is: the form on which it stands, and whether an earlier report said it."""
    form = rules.forms[rules.elements[figure.element].form]
    earlier = "以前各期" if figure.when is not When.NOW else ""
    return f"{form.code} {form.title}{earlier}"


def _doubt(broken: Broken, sources: Sequence[str], rules: RuleSet) -> tuple[str, str]:
    """That nobody here can tell which figure is wrong, and what else is said of the same cells."""
    others = _others_about(broken, rules)
    few, more = others[:_MOST_CHECKS], len(others) > _MOST_CHECKS
    also_zh = f"同样用到这些数的还有审核关系 {'、'.join(few)}{' 等' if more else ''}。" if few else ""
    also_en = f" The same figures are held to {', '.join(few)}{' and others' if more else ''}." if few else ""
    named = "、".join(f"“{each}”" for each in sources)
    return (
        f"{named}的数互相对不上，系统无法判断哪一个有误。{also_zh}",
        f" These figures contradict each other, and which of them is wrong cannot be told here.{also_en}",
    )


def _others_about(broken: Broken, rules: RuleSet) -> tuple[str, ...]:
    """The codes of other checks that look at any of the same figures, for any time."""
    own = {(figure.element, member) for figure in broken.cells for member in figure.members or (WHOLE,)}
    found = [
        check.code
        for form in rules.forms.values()
        for check in form.checks
        if check.code != broken.check.code and any(_touches(figure, own) for figure in check.rule.figures())
    ]
    return tuple(found)


def _touches(figure: Figure, cells: set[tuple[ElementCode, MemberCode]]) -> bool:
    members = figure.members or (WHOLE,)
    return any(
        element == figure.element and (member in members or WHOLE in (member, *members))
        for element, member in cells
    )


def cells_named(entries: Iterable[Entry], home: str) -> str:
    """The cells, "E5、F5"; those of another sheet than `home` behind its name."""
    by_sheet: dict[str, list[str]] = {}
    for entry in entries:
        if entry.spot:
            by_sheet.setdefault(entry.spot.sheet, []).append(entry.spot.address)
    return "、".join(
        ("" if sheet == home else f"{sheet}!") + _addresses(cells) for sheet, cells in by_sheet.items()
    )


def _addresses(cells: Sequence[str]) -> str:
    more = f" 等 {len(cells)} 格" if len(cells) > _MOST_CELLS else ""
    return "、".join(cells[:_MOST_CELLS]) + more


def _value(figure: Figure, entries: Sequence[Entry], evaluator: Evaluator, home: str, rules: RuleSet) -> str:
    element = rules.elements[figure.element]
    cells = cells_named(entries, home) or ("" if figure.when is not When.NOW else _source(figure, rules))
    amount = _outcome_text(evaluator.evaluate(figure), is_date=_is_date(figure, rules))
    return f"{figure.label} {element.name} = {amount}" + (f" ({cells})" if cells else "")


def _sides(broken: Broken, evaluator: Evaluator) -> tuple[str, str]:
    """Both sides, their difference and what rounding allows, where the relation is a single comparison."""
    comparison = _broken_comparison(broken.root, evaluator)
    if comparison is None:
        return "", ""
    left, right = evaluator.evaluate(comparison.left), evaluator.evaluate(comparison.right)
    if not isinstance(left, Fraction) or not isinstance(right, Fraction):
        return "", ""
    sides = (side for side in (comparison.left, comparison.right) if isinstance(side, Figure))
    dates = any(each.field.element.type is ElementType.DATE for side in sides for each in broken.cells[side])
    shown_left, shown_right = (_outcome_text(side, is_date=dates) for side in (left, right))
    apart = shown(abs(left - right))
    slack_zh, slack_en = _slack(comparison, evaluator, broken.spread)
    return (
        f"；左边 {shown_left}，右边 {shown_right}，相差 {apart}{' 天' if dates else ''}{slack_zh}",
        f"; left {shown_left}, right {shown_right}, {apart}{' days' if dates else ''} apart{slack_en}",
    )


def _slack(comparison: Comparison, evaluator: Evaluator, spread: Spread) -> tuple[str, str]:
    slack = slack_of(comparison, evaluator, spread)
    if not slack and comparison.operator != "==":
        return "", ""
    return f"（允许的舍入误差 {shown(slack)}）", f" ({shown(slack)} allowed for rounding)"


def _broken_comparison(root: Expression, evaluator: Evaluator) -> Comparison | None:
    if isinstance(root, Comparison):
        return root
    if isinstance(root, Logic) and root.operator == "and":
        broken = next((part for part in root.operands if evaluator.evaluate(part) is False), None)
        return _broken_comparison(broken, evaluator) if broken is not None else None
    return None


def _is_date(figure: Figure, rules: RuleSet) -> bool:
    return rules.elements[figure.element].type is ElementType.DATE


def _outcome_text(outcome: Outcome, *, is_date: bool) -> str:
    if isinstance(outcome, Fraction):
        day = is_date and date.min.toordinal() <= outcome <= date.max.toordinal()
        return date.fromordinal(int(outcome)).isoformat() if day else shown(outcome)
    return str(outcome) if isinstance(outcome, str) else "?"
