"""Scoring methods as the book prints them: a table where a method has steps, sentences where it has none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from scoring.methods.base import Method, Quantity
from scoring.methods.checklist import Checklist
from scoring.methods.graded import Graded
from scoring.methods.ladder import SIGNS, Ladder, Rung
from scoring.methods.peer_quantiles import PeerQuantiles
from scoring.methods.piecewise import Piecewise
from scoring.numbers import shown
from services.rule_book.document import Block, Column, Group, Paragraph, Table, cells
from services.rule_book.layout import Layout, joined, prose, raw, spoken
from services.rule_book.typography import printed

_STEP = re.compile(r"每 ?(差|超)? ?([0-9.]+) (?=得|扣|加)")
_REACHED = re.compile(r"^(达到) ([0-9.-]+) (?=得满分)")
_BEYOND = {"at_least": "below", "above": "at_most", "at_most": "above", "below": "at_least"}
_NO_SHARE = "—"
_FALLING, _RISING = {"at_least", "above"}, {"at_most", "below"}


def method_lines(method: Method, full: Fraction, measure: str) -> tuple[str, ...]:
    """The method in sentences, one a rung or step."""
    return tuple(printed(_measured(line, measure)) for line in method.describe(full))


def method_summary(method: Method, full: Fraction, measure: str) -> tuple[Layout, ...]:
    """The method in a few lines, for a table of many indicators."""
    lines = method_lines(method, full, measure)
    if isinstance(method, Ladder):
        unit = measure if measure == "%" else ""
        lines = tuple(f"{text}得{shown(earn.points(full))}分" for text, earn in ladder_bands(method, unit))
    return (joined([prose(line) for line in lines], "；"),)


def method_blocks(method: Method, full: Fraction, measure: str, verb: str = "得") -> tuple[Block, ...]:
    """The method in full.

    verb: 得 for points that are earned; 加 or 扣 for those that come on top or off.
    """
    writer = _TABLES.get(type(method))
    if writer is not None:
        told = writer(method, full, measure)
    else:
        told = tuple(Paragraph(prose(f"{line}。")) for line in method_lines(method, full, measure))
    return (*(_said_with(verb, block) for block in told), *_scope(method))


def _said_with(verb: str, block: Block) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(raw(spoken(block.text).replace("得", verb)))
    if isinstance(block, Table):
        columns = (replace(each, head=each.head.replace("得", verb)) for each in block.columns)
        return replace(block, columns=tuple(columns))
    return block


def ladder_bands(ladder: Ladder, unit: str = "") -> tuple[tuple[str, Quantity], ...]:
    """Each step as a band with its sides: ("≥90，<95", its points)."""
    rungs = ladder.rungs
    if not _in_order(rungs):
        return (*((f"{rung}{unit}", rung.earn) for rung in rungs), ("其余", ladder.otherwise))
    bands = [(_side(rungs[0].test, rungs[0], unit), rungs[0].earn)]
    for better, rung in pairwise(rungs):
        sides = [_side(rung.test, rung, unit), _side(_BEYOND[better.test], better, unit)]
        bands.append(("，".join(sides), rung.earn))
    return (*bands, (_side(_BEYOND[rungs[-1].test], rungs[-1], unit), ladder.otherwise))


def _in_order(rungs: Sequence[Rung]) -> bool:
    """Whether the rungs go one way, so that each ends where the one before it begins."""
    tests = {rung.test for rung in rungs}
    if tests <= _FALLING:
        return all(above.threshold > below.threshold for above, below in pairwise(rungs))
    return tests <= _RISING and all(low.threshold < high.threshold for low, high in pairwise(rungs))


def _side(test: str, rung: Rung, unit: str) -> str:
    return f"{SIGNS[test]}{shown(rung.threshold)}{unit}"


def _ladder(method: Ladder, full: Fraction, measure: str) -> tuple[Block, ...]:
    head = f"指标值（{measure}）" if measure else "指标值"
    rows = [(raw(text), *_earned(earn, full)) for text, earn in ladder_bands(method)]
    blocks: tuple[Block, ...] = (_table("计分档次", head, rows),)
    if not _in_order(method.rungs):
        blocks = (Paragraph(prose("自上而下，先符合哪一档，按哪一档计分。")), *blocks)
    return blocks


def _quantiles(method: PeerQuantiles, full: Fraction, _: str) -> tuple[Block, ...]:
    bands = [(f"达到组内第{shown(band.at_least * 100)}百分位", band.earn) for band in method.bands]
    rows = [(prose(text), *_earned(earn, full)) for text, earn in (*bands, ("其余", method.otherwise))]
    note = "百分位在组内有数的单位之间按线性插值计算；自上而下，先达到哪一档，按哪一档计分。"
    return (_table("计分档次", "组内位置", rows), Paragraph(prose(note)))


def _graded(method: Graded, full: Fraction, _: str) -> tuple[Block, ...]:
    scale = [*((f"“{word}”", earn) for word, earn in method.scale.items()), ("其余", method.otherwise)]
    return (_table("计分档次", "评语", [(prose(text), *_earned(earn, full)) for text, earn in scale]),)


def _piecewise(method: Piecewise, full: Fraction, measure: str) -> tuple[Block, ...]:
    head = f"指标值（{measure}）" if measure else "指标值"
    rows = [(raw(shown(knot.at)), *_earned(knot.earn, full)) for knot in method.points]
    note = "相邻两点之间按直线比例计算，两端以外按端点计。"
    return (_table("折点", head, rows), Paragraph(prose(note)))


def _checklist(method: Checklist, full: Fraction, _: str) -> tuple[Block, ...]:
    rows = [(prose(part.name), raw(part.element), raw(shown(part.earn))) for part in method.parts]
    columns = (Column("事项", 12), Column("数据项", 4, "center"), Column("分值", 4, "center"))
    note = f"填“是”的得该项分值；不适用的项不计，其余按比例折算，最多{shown(full)}分。"
    return (Table(columns, (Group(cells(*rows)),), "清单"), Paragraph(prose(note)))


def _table(name: str, head: str, rows: Sequence[tuple[Layout, Layout, Layout]]) -> Table:
    value, share, earned = (
        Column(head, 10, "center"),
        Column("占满分", 5, "center"),
        Column("得分", 5, "center"),
    )
    if any(spoken(part) != _NO_SHARE for _, part, _ in rows):
        return Table((value, share, earned), (Group(cells(*rows)),), name)
    return Table((value, earned), (Group(cells(*((text, points) for text, _, points in rows))),), name)


def _earned(earn: Quantity, full: Fraction) -> tuple[Layout, Layout]:
    """The share of full points as the rule writes it, and the points."""
    return raw(str(earn) if earn.of_full else _NO_SHARE), raw(shown(earn.points(full)))


def _scope(method: Method) -> tuple[Block, ...]:
    if not method.peers:
        return ()
    group = "同一比较组内" if getattr(method, "group", "peers") == "peers" else "全部单位中"
    return (Paragraph(prose(f"与{group}有数的单位相比。")),)


def _measured(line: str, measure: str) -> str:
    """The sentence with the measure of the indicator at its steps: 每差 1 个百分点."""
    if not measure:
        return line
    step = "个百分点" if measure == "%" else measure
    reached = "%" if measure == "%" else measure
    found = _STEP.sub(lambda match: f"每{match[1] or ''}{match[2]}{step}", line)
    return _REACHED.sub(lambda match: f"{match[1]}{match[2]}{reached}", found)


_TABLES: Mapping[type, Callable[[Any, Fraction, str], tuple[Block, ...]]] = {
    Ladder: _ladder,
    PeerQuantiles: _quantiles,
    Graded: _graded,
    Piecewise: _piecewise,
    Checklist: _checklist,
}
