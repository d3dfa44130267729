"""What moves a score or a grade from outside the tree: bonuses, penalties, vetoes, demotions and floors."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scoring.expressions import Figure
from scoring.numbers import shown
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind
from scoring.rulebook.lineage import RuleKind
from scoring.rulebook.rules import RuleSet
from services.rule_book.document import Block, Display, Fact, Facts, Label, Paragraph, Section
from services.rule_book.formulas_words import in_words
from services.rule_book.layout import Layout, Words, prose, raw, row
from services.rule_book.lineage_words import dated_facts, lineage_facts
from services.rule_book.methods_words import method_blocks
from services.rule_book.numbering import item_number, section_number
from services.rule_book.sources_words import source_line
from services.rule_book.worked import adjustment_examples, sign_of

_KINDS = {
    AdjustmentKind.BONUS: "加分",
    AdjustmentKind.PENALTY: "减分",
    AdjustmentKind.VOID: "虚报归零",
    AdjustmentKind.VETO: "一票否决",
    AdjustmentKind.DEMOTION: "降级",
    AdjustmentKind.FLOOR: "底线",
}


def adjustments_chapter(rules: RuleSet, number: str) -> Section:
    """All adjustments, kind by kind, in the order in which they take effect."""
    sections: list[Section] = []
    count = 0
    for kind, title in _KINDS.items():
        found = [each for each in rules.adjustments if each.kind is kind]
        if found:
            cards = tuple(_card(each, rules, count + at) for at, each in enumerate(found, start=1))
            count += len(found)
            sections.append(
                Section(
                    number=section_number(len(sections) + 1),
                    title=title,
                    anchor=f"adjustments-{kind.value}",
                    level=2,
                    blocks=_cap(kind, rules),
                    sections=cards,
                )
            )
    head = "下列事项按先后次序处理：先加分、减分和虚报归零，得出最后得分；再依次看否决、降级和底线。"
    none = "没有登记的事项，视为没有发生。"
    return Section(
        number=number,
        title="加减分和等级限制",
        anchor="adjustments",
        level=1,
        blocks=(Paragraph(prose(head + none)),),
        sections=tuple(sections),
    )


def _cap(kind: AdjustmentKind, rules: RuleSet) -> tuple[Block, ...]:
    caps = {AdjustmentKind.BONUS: rules.bonus_cap, AdjustmentKind.PENALTY: rules.penalty_cap}
    cap = caps.get(kind)
    if cap is None:
        return ()
    return (Paragraph(prose(f"各项{_KINDS[kind]}合计最多{shown(cap)}分。")),)


def _card(each: Adjustment, rules: RuleSet, number: int) -> Section:
    return Section(
        number=item_number(number),
        title=f"{prose(each.name).text}（{raw(each.code).text}）",
        anchor=f"adjustment-{number}",
        level=3,
        blocks=tuple(_blocks(each, rules)),
    )


def _blocks(each: Adjustment, rules: RuleSet) -> Iterator[Block]:
    if each.value is not None:
        yield Display(row("计数", Words(" = "), in_words(each.value, rules)))
    if each.method is not None:
        yield Label(f"计分办法：{prose(each.method.title).text}")
        yield from method_blocks(each.method, Fraction(0), _measure(each, rules), sign_of(each))
    yield Facts(tuple(_facts(each, rules)), f"{each.code}的规定")
    examples = adjustment_examples(each, rules)
    if examples:
        yield Label("计分示例")
        yield from examples


def _measure(each: Adjustment, rules: RuleSet) -> str:
    """The measure of what is counted, where that is one figure by itself."""
    root = each.value.root if each.value is not None else None
    return rules.elements[root.element].measure if isinstance(root, Figure) else ""


def _facts(each: Adjustment, rules: RuleSet) -> Iterator[Fact]:
    condition = _condition(each, rules)
    if condition is not None:
        yield Fact("适用情形", (condition,))
    consequence = _consequence(each, rules)
    if consequence:
        yield Fact("后果", (prose(consequence),))
    told = {"佐证材料": each.evidence, "设置理由": each.reason, "依据": source_line(each.source, rules)}
    for label, text in told.items():
        if text:
            yield Fact(label, (prose(text),))
    yield from dated_facts(each.code, rules)
    yield from lineage_facts(RuleKind.ADJUSTMENT, each.code, rules)


def _condition(each: Adjustment, rules: RuleSet) -> Layout | None:
    if each.ratio_below is not None:
        titles = "、".join(rules.nodes[code].title for code in each.nodes if code in rules.nodes)
        return prose(f"下列任一项的得分低于其满分的{shown(100 * each.ratio_below)}%：{titles}。")
    if each.when is not None:
        return row(in_words(each.when, rules), "。")
    if each.element is not None:
        element = rules.elements.get(each.element)
        name = element.name if element is not None else each.element
        return row(f"“{name}”", raw(f" {each.element} "), "登记了该指标的。")
    return None


def _consequence(each: Adjustment, rules: RuleSet) -> str:
    said: list[str] = []
    if each.kind is AdjustmentKind.VOID:
        said.append("被认定的指标得0分")
        if each.deduct:
            said.append(f"另扣该指标分值的{shown(100 * each.deduct)}%")
    elif each.kind is AdjustmentKind.DEMOTION:
        said.append(f"等级降{each.by}级")
    elif each.kind in {AdjustmentKind.VETO, AdjustmentKind.FLOOR} and rules.grades:
        said.append(_ceiling(each, rules))
    if each.cap_score:
        said.append("得分压到原等级下限以下")
    flags = {"不参加排名": each.ranked, "不保留总分": each.scored, "不参加加分": not each.no_bonus}
    said += [text for text, kept in flags.items() if not kept]
    return f"{'；'.join(said)}。" if said else ""


def _ceiling(each: Adjustment, rules: RuleSet) -> str:
    lowest = rules.grades[-1].name
    if not each.grade_at_most or each.grade_at_most == lowest:
        return f"等级定为{lowest}"
    return f"等级不得高于{each.grade_at_most}"
