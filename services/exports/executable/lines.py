"""The sheet of indicators: value, points and share in the total by formula, beside the engine's figures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.engine import PlainEngine
from scoring.evaluation import Outcome
from scoring.expressions import is_condition
from scoring.facts import Standing
from scoring.methods.peer_quantiles import quantile
from scoring.points import policy_for
from scoring.rulebook.rules import Indicator
from scoring.values import Value, indicator_value
from services.exports.executable.figures import Book, UnitCells
from services.exports.executable.methods import Asked, peers_asked, points_formula
from services.exports.executable.pages import Cell, Page, live, text
from services.exports.executable.words import (
    MARKERS,
    NO_SCORE,
    Unexpressible,
    cached,
    is_absent,
    marker,
    number,
    quoted,
    rounded,
)

HEADS = (
    "编号", "指标", "计量单位", "指标值", "满分", "取整前得分", "得分", "计入满分",
    "引擎指标值", "引擎得分", "得分差", "说明", "依据", "计算公式(规则)",
)  # fmt: skip
WIDTHS = (9, 34, 10, 14, 8, 12, 10, 10, 14, 10, 9, 24, 44, 40)


@dataclass(frozen=True, slots=True)
class Line:
    """Where the parts of one indicator stand."""

    points: str
    full: str


class Indicators:
    """Writes the lines of one unit. live: the peers' figures come in too, else what they come to is fixed."""

    def __init__(
        self, engine: PlainEngine, row: int, book: Book, cells: UnitCells, *, live_peers: bool, prefix: str
    ) -> None:
        self.engine, self.row, self.book, self.cells, self.live_peers = engine, row, book, cells, live_peers
        self.page = Page(f"{prefix}指标", HEADS, WIDTHS, printed=12)
        self.lines: dict[NodeCode, Line] = {}
        self.unexpressed: list[tuple[NodeCode, str]] = []
        self._others: dict[int, UnitCells] = {row: cells}

    def write(self, indicator: Indicator, voided: str) -> None:
        """One line; voided: the address of the count that voids it, or nothing."""
        code, page, row = indicator.code, self.page, self.page.next_row
        scored = self.engine.points(code)[self.row]
        earned = self.engine.totals[self.row][code]
        value_cell, full_cell, exact_cell = (page.at(each, row) for each in "DEF")
        try:
            value = live(value_formula(self.cells, indicator), cached(_outcome(scored.value)), "value")
            asked = Asked(
                value=value_cell,
                full=full_cell,
                higher=indicator.direction != "lower",
                peers=self._peers(indicator),
            )
            exact = live(
                _exact(indicator, asked), NO_SCORE if scored.rounded is None else float(scored.exact), "value"
            )
            note = text("")
        except Unexpressible as reason:
            self.unexpressed.append((code, str(reason)))
            value = Cell(cached(_outcome(scored.value)), look="fixed")
            exact = Cell(NO_SCORE if scored.rounded is None else float(scored.exact), look="fixed")
            note = text(f"未用公式:{reason}", "fixed")
        left_out = _left_out(indicator, value_cell)
        kept = f'IF({exact_cell}="{NO_SCORE}",{exact_cell},{rounded(exact_cell, indicator.rounding)})'
        if voided:
            kept = f"IF(ISNUMBER({voided}),IF({voided}>0,0,{kept}),{kept})"
        points = NO_SCORE if earned.points is None else float(earned.points)
        source = indicator.source
        page.add(
            text(code), text(indicator.name), text(indicator.measure), value,
            Cell(float(indicator.points), look="number"), exact,
            live(f"IF({left_out},0,{kept})", points),
            live(f"IF({left_out},0,{full_cell})", float(earned.full)),
            Cell(cached(_outcome(scored.value)), look="value"), Cell(points, look="number"),
            live(_gap(page.at("G", row), page.at("J", row)), 0.0, "difference"),
            note if note.shown else text(earned.outcome.title),
            text(getattr(source, "text", "") or "", "plain"),
            text("" if indicator.value is None else indicator.value.text, "plain"),
        )  # fmt: skip
        self.lines[code] = Line(page.at("G", row), page.at("H", row))

    def _peers(self, indicator: Indicator) -> dict[str, str]:
        asked = peers_asked(indicator.method, indicator.direction != "lower")
        values = self.engine.peers_of(indicator.code, self.row)
        if not asked or not values:
            return {name: "0" for name, _ in asked}
        own = self.engine.points(indicator.code)[self.row].value.amount
        group = self._group_cells(indicator) if self.live_peers else []
        found: dict[str, str] = {}
        for name, position in asked:
            amount = _of_group(name, position, values, own, indicator.direction != "lower")
            label = f"{indicator.code} 组内{_PEER_WORDS.get(name, name)}"
            if group:
                formula = _group_formula(
                    name, position, group, indicator.direction != "lower", self._own_value()
                )
                found[name] = self.cells.worked(label, formula, amount, "由同组各单位的数算出")
            else:
                found[name] = self.cells.fixed(label, amount)
        return found

    def _own_value(self) -> str:
        return self.page.at("D", self.page.next_row)

    def _group_cells(self, indicator: Indicator) -> list[str]:
        engine, all_units = self.engine, getattr(indicator.method, "group", "peers") != "peers"
        own = engine.group_of(self.row)
        rows = [each for each in range(len(engine.facts.units)) if all_units or engine.group_of(each) == own]
        cells = [self._value_of(indicator, each) for each in rows]
        units = [self.engine.facts.units[each] for each in rows]
        shown = [_outcome(indicator_value(indicator, self.engine.view(each))) for each in rows]
        # once more one below the other, so that functions can be given them as a range
        return [
            self.cells.worked(f"{indicator.code} 同组 {unit}", cell, found)
            for unit, cell, found in zip(units, cells, shown, strict=True)
        ]

    def _value_of(self, indicator: Indicator, row: int) -> str:
        if row not in self._others:
            self._others[row] = UnitCells(self.book, self.engine.view(row))
        cells = self._others[row]
        outcome = _outcome(indicator_value(indicator, self.engine.view(row)))
        return cells.worked(f"{indicator.code} {indicator.name}", value_formula(cells, indicator), outcome)


_PEER_WORDS = {
    "min": "最小值",
    "max": "最大值",
    "better": "更好的家数",
    "same": "相同的家数",
    "count": "有值的家数",
}


def value_formula(cells: UnitCells, indicator: Indicator) -> str:
    """The value of an indicator, or the marker of why there is none."""
    view = cells.view
    if indicator.yearly and not (view.period.yearly or view.period.quarter == 4):
        return marker(Standing.NOT_DUE)
    if indicator.value is None:
        return marker(Standing.MISSING)
    quarters, sharing = view.period.quarters(), view.rules.sharing_quarters
    root = indicator.value.written_out(quarters, sharing)
    compiler = cells.compiler()
    text_ = compiler.formula(root)
    if is_condition(root):
        cell = compiler.cell(root)
        text_ = f"IF({is_absent(cell)},{cell},IF({cell},1,0))"
    if indicator.applicable_when is None:
        return text_
    condition = indicator.applicable_when.written_out(quarters, sharing)
    return compiler.branch(condition, text_, marker(Standing.NOT_APPLICABLE))


def _outcome(value: Value) -> Outcome:
    return value.standing if value.amount is None else value.amount


def _exact(indicator: Indicator, asked: Asked) -> str:
    """The points before rounding: by the policies where there is no value, else by the method."""
    text_ = points_formula(indicator.method, asked)
    for standing in (Standing.MISSING, Standing.ZERO_DENOMINATOR, Standing.UNDEFINED):
        policy = policy_for(indicator, standing)
        if policy.blocks:
            points = quoted(NO_SCORE)
        elif policy.share is None:
            points = "0"
        elif policy.lowest:
            points = number(indicator.method.lowest(indicator.points))
        else:
            points = f"{number(policy.share)}*{asked.full}"
        text_ = f"IF({asked.value}={marker(standing)},{points},{text_})"
    out = (f"{asked.value}={marker(each)}" for each in (Standing.NOT_DUE, Standing.NOT_APPLICABLE))
    return f"IF(OR({','.join(out)}),0,{text_})"


def _left_out(indicator: Indicator, value: str) -> str:
    """Whether the indicator does not count, by the marker in its value."""
    out = [
        standing
        for standing in MARKERS
        if standing in {Standing.NOT_DUE, Standing.NOT_APPLICABLE}
        or (policy_for(indicator, standing).share is None and not policy_for(indicator, standing).blocks)
    ]
    return f"OR({','.join(f'{value}={marker(each)}' for each in out)})"


def _of_group(
    name: str, position: Fraction | None, values: list[Fraction], own: object, higher: bool
) -> Fraction:
    if position is not None:
        return quantile(values, position)
    if name in {"min", "max"}:
        return values[0] if name == "min" else values[-1]
    if name == "count" or not isinstance(own, Fraction):
        return Fraction(len(values))
    if name == "same":
        return Fraction(values.count(own))
    return Fraction(sum(each > own if higher else each < own for each in values))


def _group_formula(name: str, position: Fraction | None, cells: list[str], higher: bool, own: str) -> str:
    listed = f"{cells[0]}:{cells[-1].rpartition('!')[2]}"
    if position is not None:
        return f"PERCENTILE({listed},{number(position)})"
    if name in {"min", "max", "count"}:
        return f"{name.upper()}({listed})"
    sign = "=" if name == "same" else ">" if higher else "<"
    return "+".join(f"IF(ISNUMBER({cell}),IF(ROUND({cell},10){sign}ROUND({own},10),1,0),0)" for cell in cells)


def _gap(mine: str, given: str) -> str:
    return f"IF({mine}={given},0,{mine}-{given})"
