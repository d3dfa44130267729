"""The circular of results (通报): the ranking of all units, and what each part of the assessment shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from scoring.numbers import fixed_text
from scoring.results import NodeScore
from services.papers.paper import (
    MARK,
    Paper,
    Standing,
    assessment,
    numbered,
    origin,
    period_words,
    points,
    share,
)
from services.rule_book.document import Block, Book, Column, Group, Label, Listing, Paragraph, Table, cells
from services.rule_book.layout import Layout, raw
from services.views import Ranking, RankingLine

_NAMED = 3


def circular(ranking: Ranking, *, standing: Standing) -> Paper:
    """The paper; sentences follow from the figures alone."""
    run = ranking.run
    document = Book(
        title=raw(f"关于{assessment(run)}结果的通报").text,
        subtitle=raw(period_words(run)).text,
        cover=(),
        chapters=tuple(
            numbered(
                (
                    ("总体情况", tuple(_overall(ranking)), False),
                    ("排名", (_places(ranking),), True),
                    ("各部分情况", tuple(_parts(ranking)), False),
                    ("说明", tuple(_notes()), False),
                    ("依据", (origin(run),), False),
                )
            )
        ),
        day=run.created_at.date(),
        identifier=run.result_digest,
    )
    return Paper(document, "" if standing.released else MARK)


def _overall(ranking: Ranking) -> Iterator[Block]:
    scored = [line for line in ranking.lines if line.result.score is not None]
    scores = [line.result.score for line in scored if line.result.score is not None]
    yield Paragraph(raw(f"本次共考核{len(ranking.lines)}个单位，其中{len(scored)}个单位有总分。"))
    if scores:
        average = fixed_text(sum(scores, Fraction(0)) / len(scores), 2)
        top = max(scores)
        best = _listed([line for line in scored if line.result.score == top])
        told = f"平均{average}分，最高{fixed_text(top, 2)}分（{best}），最低{fixed_text(min(scores), 2)}分。"
        yield Paragraph(raw(told))
    for word, named in (("等级", "grade"), ("档次", "tier")):
        counts = Counter(getattr(line.result, named) for line in scored)
        texts = [f"{name}{count}个" for name, count in counts.items() if name]
        if texts:
            yield Paragraph(raw(f"按{word}分：{'，'.join(texts)}。"))


def _listed(lines: list[RankingLine]) -> str:
    names = "、".join(line.name for line in lines[:_NAMED])
    return names if len(lines) <= _NAMED else f"{names}等{len(lines)}个单位"


def _places(ranking: Ranking) -> Table:
    sections = ranking.section_titles
    has_tier = any(line.result.tier for line in ranking.lines)
    has_converted = any(line.result.converted is not None for line in ranking.lines)
    columns = (
        Column("名次", 6, "center"),
        Column("单位", 17),
        *(Column(f"{title}（{fixed_text(full, 0)}）", 8, "right") for _, title, full in sections),
        Column("加分", 7, "right"),
        Column("减分", 8, "right"),
        Column("总分", 10, "right"),
        Column("等级", 8, "center"),
        *([Column("档次", 8, "center")] if has_tier else []),
        *([Column("折算分", 8, "right")] if has_converted else []),
    )
    rows = [_row(line, has_tier=has_tier, has_converted=has_converted) for line in ranking.lines]
    return Table(columns, (Group(cells(*rows)),), "排名")


def _row(line: RankingLine, *, has_tier: bool, has_converted: bool) -> tuple[Layout, ...]:
    result = line.result
    return (
        raw("—" if result.rank is None else str(result.rank)),
        raw(line.name),
        *(points(section.points) for section in line.sections),
        points(result.bonus),
        points(result.penalty),
        points(result.score),
        raw(result.grade or "—"),
        *([raw(result.tier or "—")] if has_tier else []),
        *([points(result.converted)] if has_converted else []),
    )


def _parts(ranking: Ranking) -> Iterator[Block]:
    for at, (_, title, full) in enumerate(ranking.section_titles):
        yield Label(raw(f"{title}（满分{fixed_text(full, 2)}分）").text)
        yield Paragraph(raw(_sentence([(line, line.sections[at]) for line in ranking.lines])))


def _sentence(found: list[tuple[RankingLine, NodeScore]]) -> str:
    """Average share, the best and the weakest by share of what each could earn."""
    rates = [
        (score.points / score.full, line) for line, score in found if score.points is not None and score.full
    ]
    if not rates:
        return "没有单位有得分。"
    average = sum((rate for rate, _ in rates), Fraction(0)) / len(rates)
    best, worst = max(rate for rate, _ in rates), min(rate for rate, _ in rates)
    told = f"{len(rates)}个单位有得分，平均得分率{share(average, Fraction(1))}。"
    if best == worst:
        return f"{told}各单位得分率相同。"
    highest = _listed([line for rate, line in rates if rate == best])
    lowest = _listed([line for rate, line in rates if rate == worst])
    one = Fraction(1)
    return f"{told}得分率最高的是{highest}（{share(best, one)}），最低的是{lowest}（{share(worst, one)}）。"


def _notes() -> Iterator[Block]:
    items = (
        "表中的数保留两位小数，四舍五入，只用于印制；名次和等级按规则集的约定确定，不依据印制的数。",
        "排在最后、名次为“—”的单位没有总分或不参加排名。表头括号内是各部分满分；个别单位有不适用的指标时按比例折算。",
        "各部分情况由得分按固定句式写成，未加评价。",
    )
    yield Listing(tuple(map(raw, items)), numbered=True)
