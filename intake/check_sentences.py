"""Putting a broken relation into words: both sides, the difference, and every cell that is concerned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from intake.entries import Entry
from intake.wording import fault, worded
from intake.wording_cells import CELL_WORDINGS
from scoring.codes import MemberCode
from scoring.errors import Issue, Place, Severity
from scoring.evaluation import Evaluator, Outcome
from scoring.expressions import Comparison, Expression, Figure, Logic
from scoring.facts import Amount
from scoring.numbers import shown
from scoring.rulebook.forms import Check, ElementType

_MOST_CELLS = 16
_FIX_ZH = "请核对以上单元格，改正填错的一个；确认无误的，请说明原因。"
_FIX_EN = "Check these cells and correct the wrong one; if all are right, explain why."


def total_difference(
    total: Entry, members: Sequence[Entry], found: Amount | None, expected: Fraction
) -> Issue:
    """The issue of a total that is not the sum of its members."""
    spot = total.spot
    difference = shown(abs(found - expected)) if isinstance(found, Fraction) else "—"
    what = fault(
        "total-differs", difference=difference, cells=cells_named(members, spot.sheet if spot else "")
    )
    place = spot.place(total.field) if spot else Place()
    return worded(CELL_WORDINGS, what, place, found=total.reading.shown, expected=shown(expected))


def broken_relation(
    check: Check,
    member: MemberCode,
    root: Expression,
    place: Entry,
    cells: Mapping[Figure, tuple[Entry, ...]],
    evaluator: Evaluator,
) -> Issue:
    """The issue of a check that does not hold, at the cell of its left-hand figure."""
    spot = place.spot
    home = spot.sheet if spot else ""
    values = [_value(figure, found, evaluator, home) for figure, found in cells.items()]
    sides_zh, sides_en = _sides(root, cells, evaluator)
    about_zh, about_en = (f"（{member}）", f" ({member})") if member else ("", "")
    listed_zh, listed_en = "；".join(values), "; ".join(values).replace("、", ", ")
    when_zh, when_en = ("年初至今", ", year to date") if check.year_to_date else ("本期", "")
    return Issue(
        code=f"check-{check.code.lower()}",
        zh=f"{check.message}{about_zh}。{when_zh}应有 {check.rule.text}，现在 {listed_zh}{sides_zh}。",
        en=f"Check {check.code}{about_en} does not hold: {check.rule.text}{when_en}; {listed_en}{sides_en}.",
        fix_zh=check.hint or _FIX_ZH,
        fix_en=_FIX_EN,
        place=spot.place(place.field) if spot else Place(),
        severity=Severity.HARD if check.hard else Severity.SOFT,
        found=place.text or place.reading.shown,
        expected=check.rule.text,
        source=check.source,
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


def _value(figure: Figure, entries: Sequence[Entry], evaluator: Evaluator, home: str) -> str:
    name = entries[0].field.element.name if entries else ""
    cells = cells_named(entries, home)
    amount = _outcome_text(evaluator.evaluate(figure), is_date=_is_date(entries))
    return f"{figure.label} {name}".strip() + f" = {amount}" + (f" ({cells})" if cells else "")


def _sides(
    root: Expression, cells: Mapping[Figure, tuple[Entry, ...]], evaluator: Evaluator
) -> tuple[str, str]:
    """Both sides and their difference, where the relation is a single comparison."""
    comparison = _broken_comparison(root, evaluator)
    if comparison is None:
        return "", ""
    left, right = evaluator.evaluate(comparison.left), evaluator.evaluate(comparison.right)
    if not isinstance(left, Fraction) or not isinstance(right, Fraction):
        return "", ""
    dates = any(
        isinstance(side, Figure) and _is_date(cells[side]) for side in (comparison.left, comparison.right)
    )
    shown_left, shown_right = (_outcome_text(side, is_date=dates) for side in (left, right))
    apart = shown(abs(left - right))
    return (
        f"；左边 {shown_left}，右边 {shown_right}，相差 {apart}{' 天' if dates else ''}",
        f"; left {shown_left}, right {shown_right}, {apart}{' days' if dates else ''} apart",
    )


def _broken_comparison(root: Expression, evaluator: Evaluator) -> Comparison | None:
    if isinstance(root, Comparison):
        return root
    if isinstance(root, Logic) and root.operator == "and":
        broken = next((part for part in root.operands if evaluator.evaluate(part) is False), None)
        return _broken_comparison(broken, evaluator) if broken is not None else None
    return None


def _is_date(entries: Sequence[Entry]) -> bool:
    return bool(entries) and entries[0].field.element.type is ElementType.DATE


def _outcome_text(outcome: Outcome, *, is_date: bool) -> str:
    if isinstance(outcome, Fraction):
        day = is_date and date.min.toordinal() <= outcome <= date.max.toordinal()
        return date.fromordinal(int(outcome)).isoformat() if day else shown(outcome)
    return str(outcome) if isinstance(outcome, str) else "?"
