"""The annexes about data: forms with their elements, and what may never earn points."""

from __future__ import annotations

from scoring.rulebook.forms import Element, ElementType, Form, OverTime
from scoring.rulebook.rules import RuleSet
from services.rule_book.annex import Annex
from services.rule_book.document import Block, Cell, Column, Group, Listing, Paragraph, Section, Table, cells
from services.rule_book.layout import Layout, joined, prose, raw, row
from services.rule_book.numbering import section_number
from services.rule_book.sources_words import FREQUENCIES, PROVIDERS

_OVER_TIME = {OverTime.SUM: "累计", OverTime.LAST: "取最近一期", OverTime.FIRST: "取第一期"}
_TYPES = {
    ElementType.INTEGER: "整数",
    ElementType.DECIMAL: "小数",
    ElementType.DATE: "日期",
    ElementType.CHOICE: "选项",
}


def forms_annex(rules: RuleSet) -> Annex | None:
    """Each form with its notes and elements; None where nothing is reported."""
    if not rules.forms:
        return None
    sections = tuple(_form(each, at) for at, each in enumerate(rules.forms.values(), start=1))
    return Annex("报表和数据项", "forms", sections=sections)


def _form(form: Form, number: int) -> Section:
    said = f"{PROVIDERS[form.provider]}，{FREQUENCIES[form.frequency]}一次。"
    blocks: list[Block] = [Paragraph(prose(said))]
    if form.notes:
        blocks.append(Listing(tuple(prose(note) for note in form.notes), numbered=True))
    columns = (
        Column("代号", 9, "center"),
        Column("数据项", 24),
        Column("单位", 9, "center"),
        Column("类型", 13, "center"),
        Column("口径", 51),
    )
    rows = cells(*(_element_row(element) for element in form.elements))
    blocks.append(Table(columns, tuple(Group((each,)) for each in rows), f"{form.code}的数据项"))
    return Section(
        number=section_number(number),
        title=f"{prose(form.title).text}（{raw(form.code).text}）",
        anchor=f"form-{number}",
        level=2,
        blocks=tuple(blocks),
    )


def _element_row(element: Element) -> tuple[Layout | Cell, ...]:
    kind = [_TYPES[element.type]]
    if element.type is not ElementType.CHOICE:
        kind.append(_OVER_TIME[element.over_time])
    lines: list[Layout] = [prose(element.definition)] if element.definition else []
    if element.members:
        lines.append(prose(f"按{'、'.join(_shortened(element.members))}分列。"))
    if element.choices:
        lines.append(prose(f"选项：{'、'.join(element.choices)}。"))
    if element.ban is not None:
        lines.append(prose("只作统计，不得计分。"))
    return (
        raw(element.code),
        prose(element.name),
        prose(element.measure or "—"),
        tuple(prose(each) for each in kind),
        tuple(lines) or (raw("—"),),
    )


_MOST_MEMBERS = 12


def _shortened(members: tuple[str, ...]) -> tuple[str, ...]:
    """The members; of very many only how they begin and how many there are."""
    if len(members) <= _MOST_MEMBERS:
        return members
    return (*members[:3], f"……（共{len(members)}类）")


def bans_annex(rules: RuleSet) -> Annex | None:
    """The elements that may never earn points, by reason; None where there is none."""
    found: dict[tuple[str, str], list[Element]] = {}
    for element in rules.elements.values():
        if element.ban is not None:
            found.setdefault((element.ban.reason, element.ban.source), []).append(element)
    if not found:
        return None
    rows = cells(
        *(
            (
                joined([row(raw(f"{each.code} "), prose(each.name)) for each in elements], "、"),
                prose(reason),
                prose(source),
            )
            for (reason, source), elements in found.items()
        )
    )
    columns = (Column("数据项", 34), Column("理由", 36), Column("依据", 38))
    head = "下列数据只供统计和查询，任何公式都不得用来计分："
    table = Table(columns, tuple(Group((each,)) for each in rows), "只作统计的数据")
    return Annex("只作统计、不得计分的数据", "bans", blocks=(Paragraph(prose(head)), table))
