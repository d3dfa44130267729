"""The score report of one region (成绩单): what it earned and lost, on what that rests, how to object."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scoring.numbers import Rounding, shown
from scoring.results import Outcome
from services.papers.paper import (
    MARK,
    Paper,
    Standing,
    assessment,
    bar,
    numbered,
    origin,
    period_words,
    place,
    points,
    share,
)
from services.rule_book.document import (
    Block,
    Book,
    Column,
    Fact,
    Facts,
    Group,
    Listing,
    Paragraph,
    Table,
    cells,
)
from services.rule_book.layout import Layout, Words, raw
from services.views import CardLine, RegionCard

_SHOWN = 5
"""How many of the strongest and of the weakest are named."""
INDICATOR = "indicator"


def score_report(card: RegionCard, *, placed: int, placed_in_group: int, standing: Standing) -> Paper:
    """The paper; placed: how many units have a place in the whole, and in the unit's group."""
    document = Book(
        title=raw(f"{assessment(card.run)}成绩单").text,
        subtitle=raw(f"{card.name}　{period_words(card.run)}").text,
        cover=(),
        chapters=tuple(
            numbered(
                (
                    ("总评", (_summary(card, placed, placed_in_group),), False),
                    ("各部分得分", (_sections(card),), False),
                    ("优势和短板", tuple(_extremes(card)), False),
                    ("逐项得分", (_items(card),), False),
                    ("加减分和等级调整", tuple(_adjustments(card)), False),
                    ("没有计分的指标", tuple(_unscored(card)), False),
                    ("说明和申诉", tuple(_notes(card, standing)), False),
                    ("依据", (origin(card.run),), False),
                )
            )
        ),
        day=card.run.created_at.date(),
        identifier=card.run.result_digest,
    )
    return Paper(document, "" if standing.released else MARK)


def _summary(card: RegionCard, placed: int, placed_in_group: int) -> Facts:
    result = card.result
    root = next(line for line in card.lines if line.code == card.rules.root)
    extras = f"加分{_text(result.bonus)}，减分{_text(result.penalty)}"
    rows = [
        Fact("总分", (raw(f"{_text(result.score)}分（满分{_text(root.score.full)}分）"),)),
        Fact("其中", (raw(f"基础分{_text(result.base)}，{extras}"),)),
        Fact("名次", (raw(f"{place(result.rank)}，共{placed}个单位排名"),)),
    ]
    if result.group:
        told = f"{result.group}：{place(result.group_rank)}，同组共{placed_in_group}个单位排名"
        rows.append(Fact("同组", (raw(told),)))
    for label, text in (("等级", result.grade), ("档次", result.tier)):
        if text:
            rows.append(Fact(label, (raw(text),)))
    if result.converted is not None:
        rows.append(Fact("折算分", (points(result.converted),)))
    return Facts(tuple(rows), "总评")


def _text(value: Fraction | None) -> str:
    found = points(value)
    return found.text if isinstance(found, Words) else ""


def _sections(card: RegionCard) -> Table:
    columns = (
        Column("部分", 29),
        Column("满分", 10, "right"),
        Column("得分", 10, "right"),
        Column("失分", 10, "right"),
        Column("得分率", 11, "right"),
        Column("得分率图示", 30, "center"),
    )
    rows = [
        (
            raw(line.title),
            points(line.score.full),
            points(line.score.points),
            points(_lost(line)),
            raw(share(line.score.points, line.score.full)),
            raw(bar(line.score.points, line.score.full)),
        )
        for line in card.lines
        if line.depth == 1
    ]
    return Table(columns, (Group(cells(*rows)),), "各部分得分")


def _lost(line: CardLine) -> Fraction | None:
    return None if line.score.points is None else line.score.full - line.score.points


def _scored(card: RegionCard) -> list[CardLine]:
    return [each for each in card.lines if each.kind == INDICATOR and each.score.points is not None]


def _extremes(card: RegionCard) -> Iterator[Block]:
    """By share of full points; of equals, the heavier first."""
    scored = [each for each in _scored(card) if each.score.full]
    best = sorted(scored, key=lambda each: (-_rate(each), -each.score.full, each.code))
    worst = sorted(scored, key=lambda each: (-(_lost(each) or 0), each.code))
    yield from _named("得分率最高的指标", [each for each in best if _rate(each) > 0][:_SHOWN])
    yield from _named("失分最多的指标", [each for each in worst if _lost(each)][:_SHOWN])


def _rate(line: CardLine) -> Fraction:
    return (line.score.points or Fraction(0)) / line.score.full


def _named(title: str, lines: list[CardLine]) -> Iterator[Block]:
    if not lines:
        yield Paragraph(raw(f"{title}：无。"))
        return
    columns = (
        Column(title, 52),
        Column("满分", 12, "right"),
        Column("得分", 12, "right"),
        Column("失分", 12, "right"),
        Column("得分率", 12, "right"),
    )
    rows = [
        (
            raw(f"{each.code}　{each.title}"),
            points(each.score.full),
            points(each.score.points),
            points(_lost(each)),
            raw(share(each.score.points, each.score.full)),
        )
        for each in lines
    ]
    yield Table(columns, (Group(cells(*rows)),), title)


def _items(card: RegionCard) -> Table:
    columns = (
        Column("编号", 9),
        Column("指标", 34),
        Column("指标值", 21, "right"),
        Column("满分", 9, "right"),
        Column("得分", 9, "right"),
        Column("失分", 9, "right"),
        Column("情况", 11, "center"),
    )
    return Table(columns, tuple(_groups(card)), "逐项得分")


def _groups(card: RegionCard) -> Iterator[Group]:
    """A group a node right above indicators, by which they are read."""
    title = ""
    rows: list[tuple[Layout, ...]] = []
    for line in card.lines:
        if line.kind == INDICATOR:
            rows.append(_item(line))
            continue
        if rows:
            yield Group(cells(*rows), title)
        told = f"得{_text(line.score.points)}分／满{_text(line.score.full)}分"
        title, rows = raw(f"{line.title}（{told}）").text, []
    if rows:
        yield Group(cells(*rows), title)


def _item(line: CardLine) -> tuple[Layout, ...]:
    score = line.score
    return (
        raw(line.code),
        raw(line.title),
        raw(_value(line)),
        points(score.full),
        points(score.points),
        points(_lost(line)),
        raw(score.outcome.title),
    )


def _value(line: CardLine) -> str:
    value = line.score.value
    if value is None:
        return "—"
    text = value if isinstance(value, str) else shown(value, 4).replace("-", "−")
    return f"{text}{line.measure}"


def _adjustments(card: RegionCard) -> Iterator[Block]:
    if not card.adjustments and not card.result.effects:
        yield Paragraph(raw("本期没有加分、减分和等级调整。"))
        return
    names = {each.code: each.name for each in card.rules.adjustments}
    columns = (Column("编号", 15), Column("事项", 65), Column("分值", 20, "right"))
    rows = [(raw(each.code), raw(name), points(each.points)) for name, each in card.adjustments]
    if rows:
        yield Table(columns, (Group(cells(*rows)),), "加减分")
    if card.result.effects:
        told = "、".join(names.get(code, code) for code in card.result.effects)
        yield Paragraph(raw(f"影响等级的事项：{told}。"))


def _unscored(card: RegionCard) -> Iterator[Block]:
    others = [each for each in card.lines if each.kind == INDICATOR]
    found = [each for each in others if each.score.outcome is not Outcome.SCORED]
    if not found:
        yield Paragraph(raw("全部指标都已计分。"))
        return
    for outcome in dict.fromkeys(each.score.outcome for each in found):
        of_it = [f"{each.code} {each.title}" for each in found if each.score.outcome is outcome]
        counted = "不计入满分" if outcome.left_out else "计入满分"
        yield Paragraph(raw(f"{outcome.title}（{counted}）{len(of_it)}项：{'、'.join(of_it)}。"))


def _notes(card: RegionCard, standing: Standing) -> Iterator[Block]:
    until = standing.objections_until or "考核办公室通知的日期"
    items = (
        "未报、零申报、不适用、未到期和零是五种不同的情况，分别计分，不互相代替。不适用和未到期的指标不计入满分，其余指标按比例折算。",
        f"本表的数保留两位小数，四舍五入，只用于印制；{_rounding(card.rules.total_rounding)}名次和等级不依据本表中四舍五入后的数重新计算。",
        f"对任何一项得分有异议的，请在{until}前向考核办公室提出申诉，写明指标编号、理由并附佐证材料。申诉期间该项得分标为复核中。",
        "每项得分的计算过程、所用数据和数据在上报文件中的单元格，可以在系统中按批次和指标编号查到。",
    )
    yield Listing(tuple(map(raw, items)), numbered=True)


def _rounding(rounding: Rounding | None) -> str:
    if rounding is None:
        return "总分不取整；"
    return f"总分按规则保留{rounding.places}位小数；"
