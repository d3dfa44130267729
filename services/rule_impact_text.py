"""The impact of a change of rules for people, as a table, and as plain data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.errors import one_line
from scoring.impacts.attribution import MOST_SPLIT, Split
from scoring.impacts.change_groups import ChangeGroup
from scoring.impacts.impact import PeriodImpact, UnitImpact, Watched
from scoring.numbers import exact_text, shown
from scoring.results import UnitResult
from scoring.rulebook.differences.changes import Version
from scoring.rulebook.differences.difference_text import change_data, statement
from services.harmless import harmless
from services.rule_impact import RuleImpact

WATCHED_TITLES = {
    Watched.POINTS: "得分",
    Watched.RANK: "名次",
    Watched.GRADE: "等级",
    Watched.TIER: "档",
}
_NONE = "—"
_UNSPLIT = f"改动超过 {MOST_SPLIT} 组,每组单独代入,合不拢的写在“其余”:各组之间的相互影响。"
_SPLIT = "每个单位的分差按改动分摊:对改动的一切先后次序取平均(沙普利值),各部分相加正好等于分差。"
CSV_COLUMNS = (
    *("period", "unit", "name"),
    *("score_before", "score_after", "score_change"),
    *("rank_before", "rank_after", "group_rank_before", "group_rank_after"),
    *("grade_before", "grade_after", "tier_before", "tier_after"),
)


def as_text(impact: RuleImpact) -> str:
    """For a terminal: what was compared, the numbered changes, then for each period who moves and why."""
    lines = [f"规则集 {_version(impact.before)} → {_version(impact.after)}"]
    if not impact.groups:
        lines.append("没有可能影响得分的改动。")
    else:
        lines += ["", f"可能影响得分的改动({len(impact.groups)} 组)"]
        lines += [
            f"  [{number}] {one_line(told)}"
            for number, group in enumerate(impact.groups, 1)
            for told in _told(group)
        ]
    for period in impact.periods:
        lines += ["", *_period_lines(period, _numbers(impact, period))]
    return "\n".join(lines) + "\n"


def _told(group: ChangeGroup) -> Iterator[str]:
    for change in group.changes:
        since = "" if not change.source else f",依据{change.source}"
        yield f"{statement(change)}{since}"


def _version(version: Version) -> str:
    return f"{version.code} 版本 {version.version}"


def _numbers(impact: RuleImpact, period: PeriodImpact) -> list[int]:
    """The numbers of a period's groups among those of all periods."""
    known = {group.key: number for number, group in enumerate(impact.groups, 1)}
    return [known[group.key] for group in period.groups]


def _period_lines(period: PeriodImpact, numbers: Sequence[int]) -> Iterator[str]:
    yield f"{period.period.title}:{_summary(period)}"
    yield from (f"  {line}" for line in _by_group(period, numbers))
    moved = sorted((unit for unit in period.units if unit.moves), key=lambda unit: -unit.gain)
    for title, chosen in (
        ("得分增加", [unit for unit in moved if unit.gain > 0]),
        ("得分减少", [unit for unit in moved if unit.gain < 0][::-1]),
        ("得分不变,名次或等级变动", [unit for unit in moved if not unit.gain]),
    ):
        if chosen:
            yield f"  {title}({len(chosen)} 个)"
            yield from (f"    {_unit_line(unit, numbers)}" for unit in chosen)
    rest = len(period.units) - len(moved)
    if rest:
        yield f"  其余 {rest} 个单位没有变动。"


def _summary(period: PeriodImpact) -> str:
    counts = "、".join(f"{WATCHED_TITLES[what]} {len(period.moved(what))} 个" for what in Watched)
    return f"{len(period.units)} 个单位中变动的有:{counts}。"


def _by_group(period: PeriodImpact, numbers: Sequence[int]) -> Iterator[str]:
    """What each group of changes did to all units together."""
    if not period.groups:
        return
    yield _SPLIT if period.exact else _UNSPLIT
    for place, number in enumerate(numbers):
        yield f"改动 [{number}]:{_parts_of_all(period, place)}"
    if any(unit.points.rest for unit in period.units):
        yield f"其余:{_parts_of_all(period, len(numbers))}"


def _parts_of_all(period: PeriodImpact, place: int) -> str:
    """What one group, or after the last what is left over, did to all units."""
    gains, ranks, grades = (
        [(*split.parts, split.rest)[place] for split in splits]
        for splits in zip(*((unit.points, unit.rank, unit.grade) for unit in period.units), strict=True)
    )
    up, down = [each for each in gains if each > 0], [each for each in gains if each < 0]
    points = [f"{len(each)} 个单位共 {_signed(sum(each, Fraction(0)))} 分" for each in (up, down) if each]
    for title, parts in (("名次", ranks), ("等级", grades)):
        touched = sum(1 for part in parts if part)
        points += [f"牵动{title} {touched} 个"] if touched else []
    return "、".join(points) or "没有影响"


def _unit_line(unit: UnitImpact, numbers: Sequence[int]) -> str:
    told = [f"{unit.unit} {unit.name}", _points_text(unit)]
    for title, field, split in (
        ("名次", "rank", unit.rank),
        ("组内", "group_rank", None),
        ("等级", "grade", unit.grade),
        ("档", "tier", None),
    ):
        one, other = (_field(result, field) for result in (unit.before, unit.after))
        if one != other:
            told.append(f"{title} {one} → {other}{_by_whom(split, numbers)}")
    parts = [
        f"[{number}] {_signed(part)}" for number, part in zip(numbers, unit.points.parts, strict=True) if part
    ]
    parts += [f"其余 {_signed(unit.points.rest)}"] if unit.points.rest else []
    told += [f"其中 {' '.join(parts)}"] if parts else []
    return one_line(",".join(told))


def _by_whom(split: Split | None, numbers: Sequence[int]) -> str:
    """The changes that had a part in it, by their numbers."""
    if split is None:
        return ""
    named = [f"[{number}]" for number, part in zip(numbers, split.parts, strict=True) if part]
    return f"({''.join(named)})" if named else ""


def _points_text(unit: UnitImpact) -> str:
    one, other = (_field(result, "score") for result in (unit.before, unit.after))
    return one if one == other else f"{one} → {other}({_signed(unit.gain)})"


def _field(result: UnitResult | None, name: str) -> str:
    value = None if result is None else getattr(result, name)
    if value is None or value == "":
        return _NONE
    return shown(Fraction(value)) if isinstance(value, int | Fraction) else str(value)


def _signed(value: Fraction) -> str:
    if not value:
        return "0"
    return f"+{shown(value, 4)}" if value > 0 else f"−{shown(-value, 4)}"


def as_csv(impact: RuleImpact) -> str:
    """One line a period and unit, moved or not; a column for each group of changes, numbered as in the text.

    Numbers are exact: decimals, or fractions such as 1/3. An empty cell: there was none.
    """
    columns = [*CSV_COLUMNS, *(f"change_{number}" for number in range(1, len(impact.groups) + 1)), "rest"]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for period in impact.periods:
        numbers = _numbers(impact, period)
        writer.writerows(_row(period, unit, numbers) for unit in period.units)
    return text.getvalue()


def _row(period: PeriodImpact, unit: UnitImpact, numbers: Sequence[int]) -> dict[str, str]:
    row = {"period": period.period.code, "unit": harmless(unit.unit), "name": harmless(unit.name)}
    for side, result in (("before", unit.before), ("after", unit.after)):
        for name in ("score", "rank", "group_rank", "grade", "tier"):
            row[f"{name}_{side}"] = _exact(None if result is None else getattr(result, name)) or ""
    row["score_change"], row["rest"] = exact_text(unit.gain), exact_text(unit.points.rest)
    parts = zip(numbers, unit.points.parts, strict=True)
    return row | {f"change_{number}": exact_text(part) for number, part in parts}


def as_data(impact: RuleImpact) -> dict[str, object]:
    """For programs: every unit, moved or not; numbers are exact texts."""
    return {
        "from": _version_data(impact.before),
        "to": _version_data(impact.after),
        "changes": [
            {
                "number": number,
                "title": group.title,
                "changes": [change_data(change) for change in group.changes],
            }
            for number, group in enumerate(impact.groups, 1)
        ],
        "periods": [_period_data(period, _numbers(impact, period)) for period in impact.periods],
    }


def _version_data(version: Version) -> dict[str, object]:
    return {"code": version.code, "version": version.version, "digest": version.digest}


def _period_data(period: PeriodImpact, numbers: Sequence[int]) -> dict[str, object]:
    return {
        "period": period.period.code,
        "exact_split": period.exact,
        "moved": {what.value: len(period.moved(what)) for what in Watched},
        "units": [_unit_data(unit, numbers) for unit in period.units],
    }


def _unit_data(unit: UnitImpact, numbers: Sequence[int]) -> dict[str, object]:
    splits = ((name, getattr(unit, name)) for name in ("points", "rank", "grade"))
    return {
        "unit": unit.unit,
        "name": unit.name,
        "before": _result_data(unit.before),
        "after": _result_data(unit.after),
        "gain": exact_text(unit.gain),
        "moved": [what.value for what in Watched if unit.moved(what)],
        "split": {name: _split_data(split, numbers) for name, split in splits},
    }


def _result_data(result: UnitResult | None) -> dict[str, object] | None:
    if result is None:
        return None
    names = ("score", "final", "rank", "group_rank", "grade", "tier")
    found: dict[str, object] = {name: _exact(getattr(result, name)) for name in names}
    return found | {"group": result.group, "effects": list[NodeCode](result.effects)}


def _split_data(split: Split, numbers: Iterable[int]) -> dict[str, object]:
    parts = zip(numbers, split.parts, strict=True)
    return {
        "by_change": {str(number): exact_text(part) for number, part in parts},
        "rest": exact_text(split.rest),
    }


def _exact(value: Fraction | int | str | None) -> str | None:
    return value if value is None or isinstance(value, str) else exact_text(Fraction(value))
