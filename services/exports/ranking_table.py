"""The ranking of a run as a table: a row a unit, a column a section."""

from __future__ import annotations

from scoring.numbers import fixed_text
from services.exports.table import Cell, Column, Kind, Table
from services.views import Ranking, RankingLine


def ranking_table(ranking: Ranking) -> Table:
    """Best first; units without a place come last, as the run has them."""
    sections = [
        Column(f"section_{code}", f"{title}({fixed_text(full, 2)})", Kind.NUMBER)
        for code, title, full in ranking.section_titles
    ]
    columns = (
        Column("rank", "名次", Kind.PLACE),
        Column("unit", "代码"),
        Column("name", "单位"),
        Column("group", "分组"),
        Column("group_rank", "组内名次", Kind.PLACE),
        *sections,
        Column("base", "基础分", Kind.NUMBER),
        Column("bonus", "加分", Kind.NUMBER),
        Column("penalty", "减分", Kind.NUMBER),
        Column("score", "总分", Kind.NUMBER),
        Column("grade", "等级"),
        Column("tier", "档次"),
        Column("converted", "折算分", Kind.NUMBER),
        *([Column("best", "得分最高")] if ranking.names_best else []),
    )
    rows = tuple(_row(line, names_best=ranking.names_best) for line in ranking.lines)
    return Table(content="ranking", sheet="排名", columns=columns, rows=rows, run=ranking.run)


def _row(line: RankingLine, *, names_best: bool) -> tuple[Cell, ...]:
    result = line.result
    return (
        result.rank,
        line.unit,
        line.name,
        result.group,
        result.group_rank,
        *(section.points for section in line.sections),
        result.base,
        result.bonus,
        result.penalty,
        result.score,
        result.grade,
        result.tier,
        result.converted,
        *(["、".join(line.best)] if names_best else []),
    )
