"""The whole cards of units as a table: a row a node of the tree, the adjustments that held, the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring.results import AdjustmentScore, Outcome, UnitResult
from scoring.rulebook.rules import RuleSet
from services.exports.table import Cell, Column, Kind, Table
from services.views import CardLine, RegionCard, RunView

ADJUSTMENT = "adjustment"
"""The kind of a row that adds to or takes from the total."""
RESULT = "result"
"""The kind and code of the last row: points = the score by the rule set's rounding, value = before it."""
_COLUMNS = (
    Column("unit", "代码"),
    Column("name", "单位"),
    Column("depth", "层级", Kind.PLACE),
    Column("kind", "类别"),
    Column("node", "编号"),
    Column("title", "名称"),
    Column("measure", "计量单位"),
    Column("value", "指标值", Kind.NUMBER, places=None),
    Column("text", "指标值(文字)"),
    Column("points", "得分", Kind.NUMBER),
    Column("full", "满分", Kind.NUMBER),
    Column("lost", "失分", Kind.NUMBER),
    Column("outcome", "计分情况代码"),
    Column("outcome_title", "计分情况"),
    Column("rank", "名次", Kind.PLACE),
)


def breakdown_table(run: RunView, cards: Sequence[RegionCard]) -> Table:
    """The cards one after the other; each ends with its final result, of which the value is exact."""
    rows = tuple(row for card in cards for row in _rows(card))
    return Table(content="breakdown", sheet="得分明细", columns=_COLUMNS, rows=rows, run=run)


def _rows(card: RegionCard) -> Iterator[tuple[Cell, ...]]:
    for line in card.lines:
        yield (card.unit, card.name, *_line(line))
    for name, adjustment in card.adjustments:
        yield (card.unit, card.name, *_adjustment(name, adjustment, card.rules))
    yield (card.unit, card.name, *_result(card.result))


def _line(line: CardLine) -> tuple[Cell, ...]:
    score = line.score
    return (
        line.depth,
        line.kind,
        line.code,
        line.title,
        line.measure,
        None if isinstance(score.value, str) else score.value,
        score.value if isinstance(score.value, str) else "",
        score.points,
        score.full,
        None if score.points is None else score.full - score.points,
        score.outcome.value,
        score.outcome.title,
        score.rank,
    )


def _adjustment(name: str, score: AdjustmentScore, rules: RuleSet) -> tuple[Cell, ...]:
    kinds = {each.code: each.kind for each in rules.adjustments}
    value = score.value
    return (
        1,
        f"{ADJUSTMENT}:{kinds[score.code]}",
        score.code,
        name,
        "",
        None if isinstance(value, str) else value,
        value if isinstance(value, str) else "",
        score.points,
        None,
        None,
        Outcome.SCORED.value,
        Outcome.SCORED.title,
        None,
    )


def _result(result: UnitResult) -> tuple[Cell, ...]:
    outcome = Outcome.MISSING if result.score is None else Outcome.SCORED
    told = (0, RESULT, RESULT, "总分(含加减分)", "", result.final, "", result.score, None, None)
    return (*told, outcome.value, outcome.title, result.rank)
