"""The sheet of the tree: items, sections and total, adjustments, events and grade, by formula."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.engine import PlainEngine
from scoring.expressions import Figure
from scoring.grades import in_order
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind, has_quota
from scoring.rulebook.rules import Aggregate, Node
from services.exports.executable.figures import UnitCells
from services.exports.executable.lines import Line
from services.exports.executable.methods import Asked, points_formula
from services.exports.executable.pages import Cell, Page, live, text
from services.exports.executable.words import (
    NO_SCORE,
    Unexpressible,
    is_absent,
    number,
    quoted,
    rounded,
    settled,
)

HEADS = ("编号", "名称", "得分", "满分(计入)", "引擎得分", "得分差", "说明")
WIDTHS = (12, 44, 14, 14, 14, 10, 44)
_HELD, _NOT_HELD = "发生", "未发生"
_KINDS = {
    AdjustmentKind.BONUS: "加分", AdjustmentKind.PENALTY: "减分", AdjustmentKind.VOID: "核查归零",
    AdjustmentKind.VETO: "否决", AdjustmentKind.DEMOTION: "降级", AdjustmentKind.FLOOR: "底线",
}  # fmt: skip


class Totals:
    """Writes the tree of one unit above its indicators, and all that follows the tree."""

    def __init__(
        self, engine: PlainEngine, row: int, cells: UnitCells, lines: dict[NodeCode, Line], prefix: str
    ) -> None:
        self.engine, self.row, self.cells = engine, row, cells
        self.rules, self.lines = engine.rules, dict(lines)
        self.page = Page(f"{prefix}汇总", HEADS, WIDTHS)
        self.unexpressed: list[tuple[NodeCode, str]] = []

    def write(self, voided: dict[NodeCode, str]) -> None:
        """Parents stand above their children, as the tree reads; formulas look down."""
        order = [code for code in self.rules.order if code in self.rules.nodes]
        first = self.page.next_row
        for at, code in enumerate(order):
            self.lines[code] = Line(self.page.at("C", first + at), self.page.at("D", first + at))
        for code in order:
            self._node(self.rules.nodes[code])
        self._final(voided)

    def _node(self, node: Node) -> None:
        earned = self.engine.totals[self.row][node.code]
        shown = NO_SCORE if earned.points is None else float(earned.points)
        depth = self._depth(node.code)
        try:
            points, full = self._formulas(node)
            made, most, note = live(points, shown), live(full, float(earned.full)), earned.outcome.title
        except Unexpressible as reason:
            self.unexpressed.append((node.code, str(reason)))
            made, most, note = (
                Cell(shown, look="fixed"),
                Cell(float(earned.full), look="fixed"),
                f"未用公式:{reason}",
            )
        self._row(node.code, "　" * depth + node.title, made, most, shown, note)

    def _formulas(self, node: Node) -> tuple[str, str]:
        if node.aggregate is not Aggregate.SUM or node.coverage is not None or node.best is not None:
            raise Unexpressible("合成方式")
        parts = [(self._weight(code), self.lines[code]) for code in node.children]
        if not parts:
            return "0", "0"
        points = "+".join(_weighed(weight, line.points) for weight, line in parts)
        full = "+".join(_weighed(weight, line.full) for weight, line in parts)
        text_, most = f"({points})", full
        if node.rescale and node.points is not None:
            whole = number(node.points)
            text_ = f"IF({settled(full)}>0,{text_}*{whole}/({full}),{text_})"
            most = f"IF({settled(full)}>0,{whole},0)"
        if node.at_most is not None:
            text_, most = f"MIN({number(node.at_most)},{text_})", f"MIN({number(node.at_most)},{most})"
        if node.at_least is not None:
            text_ = f"MAX({number(node.at_least)},{text_})"
        there = ",".join(line.points for _, line in parts)
        made = f"IF(COUNT({there})<{len(parts)},{quoted(NO_SCORE)},{rounded(text_, node.rounding)})"
        return made, most

    def _weight(self, code: NodeCode) -> Fraction:
        return (
            self.rules.nodes[code].weight if code in self.rules.nodes else self.rules.indicators[code].weight
        )

    def _depth(self, code: NodeCode) -> int:
        parent = self.rules.nodes[code].parent
        return 0 if parent is None else 1 + self._depth(parent)

    def _row(self, code: str, name: str, made: Cell, most: Cell, shown: float | str, note: str) -> str:
        at = self.page.next_row
        mine, given = self.page.at("C", at), self.page.at("E", at)
        other = "1" if isinstance(shown, str) else f"{mine}-{given}"
        gap = live(f"IF({mine}={given},0,{other})", 0.0, "difference")
        look = made.look if made.look in {"fixed", "text"} else "number"
        self.page.add(text(code), text(name), made, most, Cell(shown, look=look), gap, text(note))
        return mine

    def _said(self, code: str, name: str, formula: str, shown: float | str, note: str = "") -> str:
        look = "text" if isinstance(shown, str) else "number"
        return self._row(code, name, live(formula, shown, look), text(""), shown, note)

    def _final(self, voided: dict[NodeCode, str]) -> None:
        result = self.engine.results[self.row]
        adjusted, events = self.engine.adjusted[self.row], []
        gains: list[str] = []
        for each in self.rules.adjustments:
            if each.kind in {AdjustmentKind.BONUS, AdjustmentKind.PENALTY, AdjustmentKind.VOID}:
                gains.append(self._gain(each, voided))
            else:
                events.append(each)
        held = {each.code: self._event(each) for each in events}
        root = self.lines[self.rules.root].points
        if result.base is None or not all(each.scored for each in adjusted.events):
            self._given()
            return
        no_bonus = [held[each.code] for each in events if each.no_bonus]
        bonus = "+".join(f"MAX(0,{each})" for each in gains) or "0"
        if no_bonus:
            bonus = f"IF(OR({','.join(no_bonus)}),0,{bonus})"
        if self.rules.bonus_cap is not None:
            bonus = f"MIN({number(self.rules.bonus_cap)},{bonus})"
        penalty = "+".join(f"MIN(0,{each})" for each in gains) or "0"
        if self.rules.penalty_cap is not None:
            penalty = f"MAX({number(-self.rules.penalty_cap)},{penalty})"
        added = self._said("bonus", "加分合计(封顶后)", bonus, float(result.bonus))
        taken = self._said("penalty", "减分合计(封顶后)", penalty, float(result.penalty))
        before = max(Fraction(0), result.base + result.bonus + result.penalty)
        total = self._said("before", "加减分以后", f"MAX(0,{root}+{added}+{taken})", float(before))
        self._grade(total, in_order(events), held)

    def _gain(self, adjustment: Adjustment, voided: dict[NodeCode, str]) -> str:
        shown = next(each for each in self.engine.adjusted[self.row].scores if each.code == adjustment.code)
        name = f"{_KINDS[adjustment.kind]}:{adjustment.name}"
        if adjustment.kind is AdjustmentKind.VOID:
            taken = "+".join(
                f"IF(ISNUMBER({cell}),IF({cell}>0,{number(self.rules.indicators[code].points)},0),0)"
                for code, cell in voided.items()
            ) or "0"  # fmt: skip
            return self._said(
                adjustment.code, name, f"-({taken})*{number(adjustment.deduct)}", float(shown.points)
            )
        if adjustment.value is None or adjustment.method is None:
            return self._said(adjustment.code, name, "0", 0.0)
        view = self.cells.view
        root = adjustment.value.written_out(view.period.quarters(), self.rules.sharing_quarters)
        value = self.cells.compiler().cell(root)
        asked = Asked(value=value, full="0", higher=True, peers={})
        sign = "-" if adjustment.kind is AdjustmentKind.PENALTY else ""
        formula = f"IF(ISNUMBER({value}),{sign}({points_formula(adjustment.method, asked)}),0)"
        return self._said(adjustment.code, name, formula, float(self._before_veto(adjustment)))

    def _before_veto(self, adjustment: Adjustment) -> Fraction:
        """What an adjustment gives before a veto takes the bonus away."""
        from scoring.methods.base import Subject

        outcome = None if adjustment.value is None else self.cells.view.evaluate(adjustment.value)
        if not isinstance(outcome, Fraction) or adjustment.method is None:
            return Fraction(0)
        points = adjustment.method.award(Subject(outcome, Fraction(0))).points
        return -points if adjustment.kind is AdjustmentKind.PENALTY else points

    def _event(self, adjustment: Adjustment) -> str:
        holds = adjustment in self.engine.adjusted[self.row].events
        if adjustment.kind is AdjustmentKind.FLOOR and adjustment.ratio_below is not None:
            tests = [
                f"IF(ISNUMBER({line.points}),IF({line.full}>0,"
                f"{settled(f'{line.points}-{number(adjustment.ratio_below)}*{line.full}')}<0,FALSE),FALSE)"
                for line in (self.lines[code] for code in adjustment.nodes)
            ]
            formula = f"OR({','.join(tests)})" if tests else "FALSE"
        elif adjustment.when is not None:
            view = self.cells.view
            root = adjustment.when.written_out(view.period.quarters(), self.rules.sharing_quarters)
            cell = self.cells.compiler().cell(root)
            formula = f"IF({is_absent(cell)},FALSE,{cell})"
        else:
            formula = "FALSE"
        name = f"{_KINDS[adjustment.kind]}:{adjustment.name}"
        told = f"IF({formula},{quoted(_HELD)},{quoted(_NOT_HELD)})"
        mine = self._said(adjustment.code, name, told, _HELD if holds else _NOT_HELD)
        return f"{mine}={quoted(_HELD)}"

    def _grade(self, total: str, events: Sequence[Adjustment], held: dict[NodeCode, str]) -> None:
        rules, result = self.rules, self.engine.results[self.row]
        grades = rules.grades
        if not grades or any(map(has_quota, grades)):
            self._given()
            return
        looked = rounded(total, rules.total_rounding) if rules.grade_on_rounded else total
        position = str(len(grades) - 1)
        for at in range(len(grades) - 2, -1, -1):
            floor = grades[at].at_least
            position = str(at) if floor is None else f"IF({settled(looked)}>={number(floor)},{at},{position})"
        steps = self.cells.worked
        place, final = steps("按得分的等级(0 为最高)", position, ""), total
        names = [grade.name for grade in grades]
        places = rules.total_rounding.places if rules.total_rounding else 2
        for event in events:
            if event.kind is AdjustmentKind.DEMOTION:
                lower = f"MIN({place}+{event.by},{len(grades) - 1})"
            else:
                limit = names.index(event.grade_at_most) if event.grade_at_most else len(grades) - 1
                lower = f"MAX({place},{limit})"
            after = steps(f"{event.code} 以后的等级", f"IF({held[event.code]},{lower},{place})", "")
            if event.cap_score:
                tops = ",".join(
                    final if grade.at_least is None else number(grade.at_least - Fraction(1, 10**places))
                    for grade in grades
                )
                capped = f"IF({after}>{place},MIN({final},CHOOSE({after},{tops})),{final})"
                final = steps(f"{event.code} 以后的得分", capped, "")
            place = after
        shown = "" if result.final is None else float(result.final)
        exact = self._said("final", "总分(取整前)", final, shown)
        self._said("score", "总分", rounded(exact, rules.total_rounding), float(result.score or 0))
        listed = ",".join(quoted(each) for each in names)
        self._said("grade", "等级", f"CHOOSE({place}+1,{listed})", result.grade)
        tiers = ",".join(quoted(grade.tier) for grade in grades)
        self._said("tier", "档次", f"CHOOSE({place}+1,{tiers})", result.tier)
        if all(grade.converted is not None for grade in grades):
            points = ",".join(number(grade.converted or Fraction(0)) for grade in grades)
            self._said("converted", "折算分", f"CHOOSE({place}+1,{points})", float(result.converted or 0))
        self._ranks()

    def _given(self) -> None:
        """What the engine says, where the steps to it look at other units or have no formula."""
        result = self.engine.results[self.row]
        self.unexpressed.append((self.rules.root, "等级看名次,或没有总分"))
        for code, name, found in (("score", "总分", result.score), ("grade", "等级", result.grade)):
            shown = "" if found is None else found if isinstance(found, str) else float(found)
            self._row(code, name, Cell(shown, look="fixed"), text(""), shown, "未用公式:由引擎给出")
        self._ranks()

    def _ranks(self) -> None:
        result = self.engine.results[self.row]
        for code, name, place in (
            ("rank", "全国名次", result.rank),
            ("group_rank", "组内名次", result.group_rank),
        ):
            shown = "" if place is None else float(place)
            self._row(
                code, name, Cell(shown, look="fixed"), text(""), shown, "固定值:名次要看各单位,由引擎给出"
            )


def voiding_cells(engine: PlainEngine, cells: UnitCells) -> dict[NodeCode, str]:
    """For each indicator that can be voided the address of the count that voids it."""
    found: dict[NodeCode, str] = {}
    for each in engine.rules.adjustments:
        if each.kind is AdjustmentKind.VOID and each.element is not None:
            for member in engine.rules.elements[each.element].members:
                if NodeCode(member) in engine.rules.indicators:
                    found[NodeCode(member)] = cells.figure(Figure(each.element, (member,)))
    return found


def _weighed(weight: Fraction, cell: str) -> str:
    return cell if weight == 1 else f"{number(weight)}*{cell}"
