"""The figures of units on two sheets: what was reported, and how figures of formulas are made of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from scoring.evaluation import Outcome
from scoring.expression_text import expression_text
from scoring.expressions import Earlier, Expression, Figure, Statistic, expanded
from scoring.facts import Series, Standing
from scoring.figures import Resolved
from scoring.rulebook.forms import ElementType
from scoring.values import UnitView
from services.exports.executable.expressions import Compiler, over_members
from services.exports.executable.pages import Cell, Page, live, text
from services.exports.executable.words import cached, is_absent, marker, worst_absence

DAY_ZERO = date(1899, 12, 30).toordinal()
"""The day that spreadsheets count from, in the days of the rules."""


class Book:
    """The three sheets of data and steps, shared by all units that the workbook looks at."""

    def __init__(self, prefix: str = "") -> None:
        self.data = Page(
            f"{prefix}数据",
            ("单位", "数据项", "名称", "报告期", "分项", "数值", "填报情况", "计量单位", "出处"),
            (10, 8, 34, 10, 12, 14, 10, 10, 44),
        )
        self.steps = Page(f"{prefix}步骤", ("单位", "算什么", "结果", "说明"), (10, 56, 18, 40))
        self.series: dict[tuple[int, Series], str] = {}


class UnitCells:
    """The cells of one unit in one period; the same figure, attribute or step stands there once."""

    def __init__(self, book: Book, view: UnitView) -> None:
        self.book, self.view = book, view
        self.unit = view.facts.units[view.row]
        self._known: dict[object, str] = {}
        self._past: UnitCells | None = None

    def figure(self, figure: Figure) -> str:
        """The address of a figure: that of what was reported where that is all, else of a step."""
        key = figure, figure.together
        if key not in self._known:
            self.view.figure(figure)
            self._known[key] = self._figure(self.view.asked[figure])
        return self._known[key]

    def attribute(self, name: str) -> str:
        """The address of a property of the unit."""
        if name not in self._known:
            found = self.view.attribute(name)
            told = self.view.rules.attributes.get(name)
            title, measure = (told.title, told.measure) if told else (name, "")
            if name == "base_rank":
                title, measure = "加减分以前的名次(固定值)", ""
            row = self.book.data.add(
                text(self.unit), text(name), text(title), text(""), text(""),
                Cell(cached(found), look="figure"), text("名录"), text(measure), text("规则集"),
            )  # fmt: skip
            self._known[name] = self.book.data.at("F", row)
        return self._known[name]

    def statistic(self, statistic: Statistic) -> str:
        """What is reckoned of many units stands there as a fixed number."""
        if statistic not in self._known:
            found = self.view.statistic(statistic)
            label = expression_text(statistic)
            self._known[statistic] = self.fixed(label, found)
        return self._known[statistic]

    def fixed(self, label: str, found: Outcome) -> str:
        """A number that rests on other units' figures, and is therefore only stated."""
        note = text("固定值:由各单位的数算出,不随本表改变", "fixed")
        row = self.book.steps.add(text(self.unit), text(label), Cell(cached(found), look="fixed"), note)
        return self.book.steps.at("C", row)

    def step(self, node: Expression, formula: str) -> str:
        """A step in a cell of its own."""
        key = "step", formula
        if key not in self._known:
            self._known[key] = self.worked(expression_text(node), formula, self.view.outcome(node))
        return self._known[key]

    def worked(self, label: str, formula: str, found: Outcome, note: str = "") -> str:
        """A formula under a label; the address of its result."""
        row = self.book.steps.add(
            text(self.unit), text(label), live(formula, cached(found), "value"), text(note)
        )
        return self.book.steps.at("C", row)

    def compiler(self) -> Compiler:
        """Writes formulas over these cells."""
        return Compiler(self)

    def earlier(self, node: Earlier) -> str:
        """The same expression a period before, on cells of its own."""
        view = self.view
        if self._past is None:
            before = UnitView(
                view.rules, view.facts, view.row, view.period.before(), view.extra, view.panel.before
            )
            self._past = UnitCells(self.book, before)
        quarters = self._past.view.period.quarters()
        root = expanded(node.inner, quarters, view.rules.sharing_quarters)
        return self._past.compiler().cell(root)

    def _series(self, series: Series, resolved: Resolved) -> str:
        key = self.view.row, series
        if key not in self.book.series:
            [found] = [each for each in resolved.made_of if each.series == series]
            element = self.view.rules.elements[series.element]
            amount = Cell(cached(found.outcome), look="figure")
            if element.type is ElementType.DATE and isinstance(found.amount, Fraction):
                day = date.fromordinal(int(found.amount))
                formula = f"DATE({day.year},{day.month},{day.day})+{DAY_ZERO}"
                amount = live(formula, float(found.amount), "day")
            state = {Standing.NIL: "零申报", Standing.VALUE: "有值"}.get(found.standing, "")
            row = self.book.data.add(
                text(self.unit), text(series.element), text(element.name), text(series.period),
                text(series.member), amount, text(state or cached_word(found.standing)),
                text(element.measure), text(found.origin),
            )  # fmt: skip
            self.book.series[key] = self.book.data.at("F", row)
        return self.book.series[key]

    def _figure(self, resolved: Resolved) -> str:
        if not resolved.series:
            return self.worked(
                resolved.figure.label, marker(resolved.standing), resolved.standing, "还没有到期"
            )
        cells = [self._series(each, resolved) for each in resolved.series]
        if len(cells) == 1:
            return cells[0]
        note = "；".join(
            f"第{each.quarter}季度不计({'、'.join(each.lacking)} 未报)" for each in resolved.left_out
        )
        members: dict[str, list[str]] = {}
        for series, cell in zip(resolved.series, cells, strict=True):
            members.setdefault(series.member, []).append(cell)
        label = resolved.figure.label
        texts = [self._over_time(resolved, each) for each in members.values()]
        if len(texts) == 1:
            return self.worked(label, texts[0], resolved.outcome, note)
        parts = [
            own[0]
            if len(own) == 1
            else self.worked(f"{label} · {name}", formula, _of_member(resolved, name), note)
            for (name, own), formula in zip(members.items(), texts, strict=True)
        ]
        return self.worked(label, over_members("sum_members", parts), resolved.outcome, note)

    def _over_time(self, resolved: Resolved, cells: Sequence[str]) -> str:
        element = self.view.rules.elements[resolved.figure.element]
        if len(cells) == 1:
            return cells[0]
        order = list(cells) if element.over_time.value == "first" else list(reversed(cells))
        if element.adds_up and element.over_time.value != "first":
            there = f"SUM({','.join(cells)})"
        else:
            there = order[-1]
            for cell in reversed(order[:-1]):
                there = f"IF({is_absent(cell)},{there},{cell})"
        missing = marker(Standing.MISSING)
        lacks = " + ".join(f"IF({cell}={missing},1,0)" for cell in cells).replace(" ", "")
        absent = "+".join(f"IF({is_absent(cell)},1,0)" for cell in cells)
        told = worst_absence(cells, without=[Standing.MISSING])
        if self.view.rules.partial_periods:
            nothing = f"IF({lacks}={len(cells)},{missing},{told})"
            return f"IF({absent}<{len(cells)},{there},{nothing})"
        return f"IF({lacks}>0,{missing},IF({absent}<{len(cells)},{there},{told}))"


def cached_word(standing: Standing) -> str:
    """A standing as a reader of the data sheet is told it."""
    return str(cached(standing)).strip("【】")


def _of_member(resolved: Resolved, name: str) -> Outcome:
    """What one member of a sum comes to, for the cell that shows it before recalculation."""
    amounts = [each.amount for each in resolved.made_of if each.series.member == name]
    numbers = [each for each in amounts if isinstance(each, Fraction)]
    return sum(numbers, Fraction(0)) if numbers else Standing.MISSING
