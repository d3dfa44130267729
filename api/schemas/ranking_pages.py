"""The shape of a page of a ranking."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Body
from api.schemas.runs import ResultBody, RunBody, ScoreBody, result_body, run_body, score_body
from services.ranking_pages import RankingPage


class PageLineBody(Body):
    """One unit."""

    unit: str
    name: str
    short: str
    result: ResultBody
    score: ScoreBody | None = Field(description="排序所按节点的得分。At the node sorted by.")


class RankingPageBody(Body):
    """Some lines of a ranking."""

    run: RunBody
    total: int = Field(description="符合条件的共有多少行。How many lines the filters leave.")
    items: list[PageLineBody]
    after: str | None = Field(description="下一页的标记;没有下一页则为空。The cursor of the next page.")


def ranking_page_body(found: RankingPage) -> RankingPageBody:
    """A page for the wire."""
    return RankingPageBody(
        run=run_body(found.run),
        total=found.total,
        items=[
            PageLineBody(
                unit=line.unit,
                name=line.name,
                short=line.short,
                result=result_body(line.result),
                score=None if line.score is None else score_body(line.score),
            )
            for line in found.lines
        ],
        after=found.after,
    )
