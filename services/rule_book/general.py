"""总则: what the rules rest on, how a score is made, and how places and grades follow from it."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.account_texts import rounding_text
from scoring.numbers import Rounding, shown
from scoring.rulebook.rules import RuleSet
from scoring.workdays import Counting, Extension, Timeliness
from services.rule_book.document import Block, Column, Group, Listing, Paragraph, Section, Table, cells
from services.rule_book.formulas_words import day_text
from services.rule_book.layout import Layout, prose, raw, row
from services.rule_book.lineage_words import change_line, dropped_line, origin_name
from services.rule_book.numbering import section_number
from services.rule_book.places import grades_blocks, ranking_lines
from services.rule_book.structure import structure_blocks

_COUNTED = {Counting.CALENDAR_DAYS: "日", Counting.WORKDAYS: "个工作日"}
_EXTENDED = {
    Extension.NONE: "，到期日放假也不顺延",
    Extension.NEXT_WORKDAY: "；到期日不是工作日的，顺延到其后第一个工作日",
    Extension.AFTER_HOLIDAY: "；到期日在法定节假日的，顺延到假后第一天，一般周末不顺延",
    Extension.SECOND_DAY_AFTER_HOLIDAY: "；到期日在法定节假日的，顺延到假后第二天，一般周末不顺延",
}
_TIMELY = {Timeliness.FIRST: "第一版", Timeliness.ACCEPTED: "最后通过审核的一版"}


def general_chapter(rules: RuleSet, number: str) -> Section:
    """The chapter; sections that a rule set has nothing to say in are left out."""
    made = {
        "依据和适用范围": _scope(rules),
        "分值结构": structure_blocks(rules),
        "得分的计算步骤": (Listing(tuple(_steps(rules)), numbered=True),),
        "没有数的情形": _absences(rules),
        "排名": (Listing(tuple(prose(each) for each in ranking_lines(rules)), numbered=True),),
        "等级和档次": grades_blocks(rules),
        "报送期限": _deadline(rules),
    }
    kept = {title: blocks for title, blocks in made.items() if blocks}
    sections = tuple(
        Section(number=section_number(at), title=title, anchor=f"general-{at}", level=2, blocks=blocks)
        for at, (title, blocks) in enumerate(kept.items(), start=1)
    )
    return Section(number=number, title="总则", anchor="general", level=1, sections=sections)


def _scope(rules: RuleSet) -> tuple[Block, ...]:
    start, end = rules.effective
    whom = f"对{len(rules.units)}个单位" if rules.units else ""
    said = f"本细则适用于{day_text(start)}至{day_text(end)}{whom}的考核。"
    blocks: list[Block] = [Paragraph(prose(said))]
    if rules.published is not None and rules.published > start:
        late = f"本细则于{day_text(rules.published)}公布，晚于适用期的第一天；"
        blocks.append(Paragraph(prose(f"{late}公布以前发生的事项，同样按本细则计分。")))
    blocks += _lineage(rules)
    if rules.documents:
        blocks.append(Paragraph(prose("各项规则依据下列文件制定，具体依据写在每项指标之下：")))
        blocks.append(Listing(tuple(_document(rules, key) for key in rules.documents), numbered=True))
    return tuple(blocks)


def _lineage(rules: RuleSet) -> Iterator[Block]:
    """What the rule set inherits, what it changed in the frame, and what it dropped."""
    lineage = rules.lineage
    if lineage.parents:
        nearest = lineage.parents[0]
        head = row("本细则沿用《", nearest.title.strip("《》"), "》（", origin_name(nearest.origin), "）")
        yield Paragraph(row(head, "，沿用、改动和增加的情况写在每条规则之下。"))
    lines = (*map(change_line, lineage.frame), *map(dropped_line, lineage.dropped))
    if lines:
        yield Paragraph(prose("总纲的改动和不再适用的规则："))
        yield Listing(lines, numbered=True)


def _document(rules: RuleSet, key: str) -> Layout:
    document = rules.documents[key]
    number = f"（{document.number}）" if document.number else ""
    url = (raw(f" {document.url}"),) if document.url else ()
    return row(f"《{document.title.strip('《》')}》{number}", *url)


def _steps(rules: RuleSet) -> Iterator[Layout]:
    partial = "缺少某一季度的，按已报各季计算" if rules.partial_periods else "缺少某一季度的，视为未报"
    yield prose(f"取数。各季数据按数据项规定的方式（累计、取期末数或取期初数）汇成年初至今的数；{partial}。")
    yield prose("算指标值。按指标公式计算，全程用准确的分数，中途不取整。")
    yield prose(f"计分。按指标的计分办法把指标值换成得分；{_points_rounding(rules)}。")
    root = rules.nodes[rules.root]
    yield prose(f"合计。按分值结构逐级合成，得出{root.title}；不适用、未到期的指标不计入。")
    if rules.adjustments:
        caps = [
            f"{word}合计最多{shown(cap)}分"
            for word, cap in (("加分", rules.bonus_cap), ("减分", rules.penalty_cap))
            if cap is not None
        ]
        limits = f"；{'，'.join(caps)}" if caps else ""
        yield prose(f"加减分。在合计之外加分、减分{limits}；最后得分不低于0分。")
    if rules.total_rounding is not None:
        yield prose(f"取整。最后得分{rounding_text(rules.total_rounding)}。")
    if rules.grades:
        on = "取整后" if rules.grade_on_rounded else "未取整"
        yield prose(f"定等级。按{on}的最后得分定等级，再依次看否决、降级、底线，等级只会更低。")
    yield prose("排名。按最后得分排名，办法见“排名”一节。")


def _points_rounding(rules: RuleSet) -> str:
    found: dict[Rounding | None, int] = {}
    for indicator in rules.indicators.values():
        found[indicator.rounding] = found.get(indicator.rounding, 0) + 1
    if not found:
        return "得分不取整"
    usual = max(found, key=lambda each: found[each])
    text = "得分不取整" if usual is None else f"每项得分{rounding_text(usual)}，只取整一次"
    return text if len(found) == 1 else f"{text}（指标另有规定的从其规定）"


def _absences(rules: RuleSet) -> tuple[Block, ...]:
    left_out = "不计入，其余按比例折算" if any(each.rescale for each in rules.nodes.values()) else "不计入"
    rows = cells(
        (prose("0"), prose("发生数就是0"), prose("按0计算")),
        (prose("零申报"), prose("申明本期没有发生"), prose("按0计算，说明中注明零申报")),
        (prose("未报"), prose("应报而没有报"), prose("按各指标“未报”一栏的规定")),
        (prose("不适用"), prose("本单位没有这项工作"), prose(left_out)),
        (prose("未到期"), prose("还没有到应报的时候"), prose(left_out)),
        (prose("分母为0"), prose("公式的分母为0"), prose("按各指标“分母为0”一栏的规定")),
    )
    columns = (Column("情形", 14, "center"), Column("含义", 34), Column("怎样计", 52))
    table = Table(columns, (Group(rows),), "没有数的情形")
    return (Paragraph(prose("下列情形是不同的事，分别处理：")), table)


def _deadline(rules: RuleSet) -> tuple[Block, ...]:
    if rules.workdays is None:
        return ()
    said = (
        f"每季度结束后{rules.deadline.days}{_COUNTED[rules.deadline.counting]}内报送"
        f"{_EXTENDED[rules.deadline.extension]}。迟报按{_TIMELY[rules.deadline.timeliness]}的收到时间算，"
        "以工作日计；办公室准予延期的，按准予的日期算。"
    )
    rows = [
        (
            prose(f"第{'一二三四'[quarter - 1]}季度"),
            raw(day_text(rules.deadline.day(rules.year, quarter, rules.workdays))),
        )
        for quarter in (1, 2, 3, 4)
    ]
    columns = (Column("报告期", 20, "center"), Column("到期日（当天计入）", 30, "center"))
    return (Paragraph(prose(said)), Table(columns, (Group(cells(*rows)),), "报送期限"))
