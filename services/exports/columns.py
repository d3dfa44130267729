"""The columns of an exported ranking, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scoring.numbers import fixed_text
from scoring.results import Place
from services.views import Ranking


def heads(ranking: Ranking) -> list[str]:
    """The head row."""
    sections = [f"{title}({fixed_text(full, 2)})" for _, title, full in ranking.section_titles]
    return [
        "名次",
        "代码",
        "单位",
        "分组",
        "组内名次",
        *sections,
        "基础分",
        "加分",
        "减分",
        "总分",
        "等级",
        "档次",
        "折算分",
        *(["得分最高"] if ranking.names_best else []),
    ]


def rows(ranking: Ranking) -> Iterator[list[str | Fraction | Place | None]]:
    """One row a unit; numbers as numbers, empty where there is none."""
    for line in ranking.lines:
        result = line.result
        yield [
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
            *(["、".join(line.best)] if ranking.names_best else []),
        ]
