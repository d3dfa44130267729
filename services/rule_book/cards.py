"""The explanation of every indicator: what it measures, its formula, method, sources and worked examples."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.account_texts import rounding_text
from scoring.codes import NodeCode
from scoring.methods.checklist import Checklist
from scoring.numbers import shown
from scoring.rulebook.forms import Element
from scoring.rulebook.lineage import RuleKind
from scoring.rulebook.rules import Indicator, RuleSet
from services.rule_book.document import (
    Block,
    Column,
    Display,
    Fact,
    Facts,
    Group,
    Label,
    Paragraph,
    Section,
    Table,
    cells,
)
from services.rule_book.formulas_words import in_words
from services.rule_book.layout import Layout, Words, joined, prose, raw, row
from services.rule_book.lineage_words import dated_facts, lineage_facts
from services.rule_book.methods_words import method_blocks
from services.rule_book.numbering import item_number, section_number
from services.rule_book.overview import top_of
from services.rule_book.policies import policy_facts
from services.rule_book.sources_words import elements_of, formulas_of, providers_of, source_line
from services.rule_book.worked import indicator_examples

_DIRECTIONS = {"higher": "越高越好", "lower": "越低越好"}


def indicators_chapter(rules: RuleSet, number: str) -> Section:
    """All indicators, under the nodes directly below the root."""
    groups: dict[NodeCode, list[Indicator]] = {}
    for code in rules.order:
        if code in rules.indicators:
            indicator = rules.indicators[code]
            groups.setdefault(top_of(indicator.parent, rules), []).append(indicator)
    count = 0
    sections: list[Section] = []
    for position, (top, indicators) in enumerate(groups.items(), start=1):
        cards = tuple(_card(each, rules, count + at) for at, each in enumerate(indicators, start=1))
        count += len(indicators)
        node = rules.nodes[top]
        sections.append(
            Section(
                number=section_number(position),
                title=prose(node.title).text,
                anchor=f"group-{position}",
                level=2,
                note="" if node.points is None else f"{shown(node.points)}分",
                sections=cards,
            )
        )
    return Section(number=number, title="指标说明", anchor="indicators", level=1, sections=tuple(sections))


def _card(indicator: Indicator, rules: RuleSet, number: int) -> Section:
    return Section(
        number=item_number(number),
        title=f"{prose(indicator.name).text}（{raw(indicator.code).text}）",
        anchor=f"indicator-{number}",
        level=3,
        note=f"{shown(indicator.points)}分" if indicator.points else "不计分",
        blocks=tuple(_blocks(indicator, rules)),
    )


def _blocks(indicator: Indicator, rules: RuleSet) -> Iterator[Block]:
    yield Facts(tuple(_heading_facts(indicator, rules)), f"{indicator.code}的归属")
    yield Label("指标值")
    yield from _formula(indicator, rules)
    elements = elements_of(indicator, rules)
    if elements:
        yield _elements_table(elements, rules, f"{indicator.code}的数据项")
    yield from _attributes(indicator, rules)
    yield Label(f"计分办法：{prose(indicator.method.title).text}")
    yield from method_blocks(indicator.method, indicator.points, indicator.measure)
    yield Facts(tuple(_closing_facts(indicator, rules)), f"{indicator.code}的口径和依据")
    examples = indicator_examples(indicator, rules)
    if examples:
        yield Label("计分示例")
        yield from examples


def _heading_facts(indicator: Indicator, rules: RuleSet) -> Iterator[Fact]:
    path: list[str] = []
    code: NodeCode | None = indicator.parent
    while code is not None and code != rules.root:
        path.insert(0, rules.nodes[code].title)
        code = rules.nodes[code].parent
    if path:
        yield Fact("所属项目", (prose(" — ".join(path)),))
    if indicator.clauses:
        clauses = [rules.clauses.get(each) for each in indicator.clauses]
        lines = tuple(prose(f"第{each.code}款　{each.paraphrase}") for each in clauses if each is not None)
        if lines:
            yield Fact("对应条款", lines)
    told = [f"计量单位：{indicator.measure}"] if indicator.measure else []
    told.append(_DIRECTIONS.get(indicator.direction, indicator.direction))
    told.append("只在年度考核时计分" if indicator.yearly else "季度监测、年度考核都计分")
    if indicator.weight != 1:
        told.append(f"权重{shown(indicator.weight)}")
    if indicator.statistical or not indicator.points:
        told.append("只作统计，不计分")
    yield Fact("性质", (prose("；".join(told)),))


def _formula(indicator: Indicator, rules: RuleSet) -> Iterator[Block]:
    if isinstance(indicator.method, Checklist) or indicator.value is None:
        yield Paragraph(prose("清单中已做到各项的分值之和；不适用的项不计，其余按比例折算到全部分值。"))
    else:
        yield Display(row("指标值", Words(" = "), in_words(indicator.value, rules)))
    if indicator.applicable_when is not None:
        condition = in_words(indicator.applicable_when, rules)
        yield Paragraph(row("适用条件：", condition, "。不符合的，本项不适用。"))


def _elements_table(elements: tuple[Element, ...], rules: RuleSet, name: str) -> Table:
    columns = (
        Column("代号", 9, "center"),
        Column("数据项", 24),
        Column("单位", 9, "center"),
        Column("口径", 64),
    )
    rows = cells(*(_element_row(each, rules) for each in elements))
    return Table(columns, tuple(Group((each,)) for each in rows), name)


def _element_row(element: Element, rules: RuleSet) -> tuple[Layout | tuple[Layout, ...], ...]:
    lines: list[Layout] = [prose(element.definition)] if element.definition else []
    if element.if_missing is not None:
        lines.append(row("未报时，以", in_words(element.if_missing, rules), "代替。"))
    return (
        raw(element.code),
        prose(element.name),
        prose(element.measure or "—"),
        tuple(lines) or (raw("—"),),
    )


def _attributes(indicator: Indicator, rules: RuleSet) -> Iterator[Block]:
    """What else its formulas use: properties of units, constants, definitions and tables of parameters."""
    names = _names_in(" ".join(each.text for each in formulas_of(indicator)))
    said = [line for name, line in _meanings(rules) if name in names]
    if said:
        yield Paragraph(row("其中：", joined(said, "；"), "。"))


def _meanings(rules: RuleSet) -> Iterator[tuple[str, Layout]]:
    """Every name that a rule set gives to something other than an element, and what it stands for."""
    for each in rules.attributes.values():
        measure = f"（{each.measure}）" if each.measure else ""
        source = f"，取自{each.source}" if each.source else ""
        yield each.name, row(f"{each.title or each.name}{measure}", raw(f" {each.name}"), source)
    for constant in rules.constants.values():
        yield constant.name, row(prose(constant.title or constant.name), f"的依据：{constant.source}")
    for definition in rules.definitions.values():
        amount = in_words(definition.formula, rules)
        yield definition.name, row(prose(definition.title or definition.name), Words(" = "), amount)
    for table in rules.tables.values():
        yield table.name, row(prose(table.title or table.name), "见参数表")


def _names_in(text: str) -> set[str]:
    """The identifiers of formulas."""
    found = "".join(each if each.isidentifier() or each.isdigit() else " " for each in text)
    return set(found.split())


def _closing_facts(indicator: Indicator, rules: RuleSet) -> Iterator[Fact]:
    rounding = rounding_text(indicator.rounding)
    yield Fact("取整", (prose("得分不取整。" if indicator.rounding is None else f"得分{rounding}。"),))
    yield from policy_facts(indicator, rules)
    yield Fact("数据来源", (prose(providers_of(indicator, rules)),))
    told = {
        "考核单位": indicator.assessor,
        "佐证材料": indicator.evidence,
        "设置理由": indicator.reason,
        "依据": source_line(indicator.source, rules),
    }
    for label, text in told.items():
        if text:
            yield Fact(label, (prose(text),))
    yield from dated_facts(indicator.code, rules)
    yield from lineage_facts(RuleKind.INDICATOR, indicator.code, rules)
