"""What a rule was before it came here, and what it is at other times of the year."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.rulebook.lineage import Change, DatedChoice, DatedValue, Dropped, RuleKind, RuleOrigin, Standing
from scoring.rulebook.rules import RuleSet
from services.rule_book.document import Fact
from services.rule_book.formulas_words import day_text, in_words
from services.rule_book.layout import Layout, Words, prose, raw, row
from services.rule_book.methods_words import method_summary
from services.rule_book.sources_words import source_line

_KINDS = {
    RuleKind.INDICATOR: "指标",
    RuleKind.NODE: "项目",
    RuleKind.ADJUSTMENT: "加减分事项",
    RuleKind.FORM: "报表",
    RuleKind.ELEMENT: "数据项",
    RuleKind.CHECK: "审核关系",
    RuleKind.SECTION: "要点的章",
}


KEYS = {
    "name": "名称",
    "title": "标题",
    "points": "分值",
    "weight": "权重",
    "value": "公式",
    "applicable_when": "适用条件",
    "missing": "未报的处理",
    "zero_denominator": "分母为0的处理",
    "undefined": "无法计算的处理",
    "method": "计分办法",
    "rounding": "取整",
    "clauses": "对应条款",
    "reason": "设置理由",
    "source": "依据",
    "assessor": "考核单位",
    "evidence": "佐证材料",
    "examples": "示例",
    "measure": "计量单位",
    "tree": "分值结构",
    "attributes": "单位属性",
    "constants": "常数",
    "tables": "参数表",
    "definitions": "定义",
    "grades": "等级",
    "ranking": "排名",
    "units": "考核单位",
    "deduct": "扣减比例",
    "when": "适用情形",
    "accept": "对检查结果的答复",
}
"""Keys of rule files as readers know them; of others the key itself is printed."""


def dated_facts(code: str, rules: RuleSet) -> Iterator[Fact]:
    """The values of a rule that change within the year; nothing where none does."""
    lines = tuple(line for each in rules.dated if each.rule == code for line in dated_lines(each, rules))
    if lines:
        yield Fact("分期规定", (*lines, prose("本条其余各栏写的是适用期最后一天的规定。")))


def dated_lines(value: DatedValue, rules: RuleSet) -> Iterator[Layout]:
    """A line for each stretch of time."""
    for each in value.choices:
        span = f"{day_text(each.start)}至{day_text(each.end)}："
        grounds = [each.because, source_line(each.source, rules)]
        why = "；".join(text for text in grounds if text)
        yield row(span, _choice_words(value, each, rules), f"（{why}）" if why else "")


def _choice_words(value: DatedValue, choice: DatedChoice, rules: RuleSet) -> Layout:
    """What holds in a stretch: a method in its own words, anything else as its file writes it."""
    key, _, rest = value.path.partition(".")
    title = KEYS.get(key, key)
    then = next((each.rules for each in rules.slices if each.start <= choice.start <= each.end), rules)
    indicator = next((each for each in then.indicators.values() if each.code == value.rule), None)
    if key == "method" and indicator is not None:
        method = method_summary(indicator.method, indicator.points, indicator.measure)
        return row(f"{title}为：", *method)
    if key == "value" and indicator is not None and indicator.value is not None:
        return row(f"{title}为：", in_words(indicator.value, then))
    where = f"的 {rest} " if rest else ""
    return row(f"{title}{where}为", raw(f" {choice.text}"))


def lineage_facts(kind: RuleKind, code: str, rules: RuleSet) -> Iterator[Fact]:
    """Where the rule was inherited from, and what was changed; nothing where a rule set inherits nothing."""
    if not rules.lineage.parents:
        return
    found = rules.provenance(kind, code)
    if found.standing is Standing.OWN:
        lines: tuple[Layout, ...] = (prose(f"本规则集增加。{_because(found.added)}"),)
    else:
        head = row("沿用", origin_name(found.origin), _because_after(found.added))
        lines = (head, *(change_line(each) for each in found.changes))
    yield Fact("沿革", lines)


def change_line(each: Change) -> Layout:
    """What one rule set changed, and why."""
    return row(
        origin_name(each.by),
        "改动了",
        prose("、".join(KEYS.get(key, key) for key in each.keys)),
        f"：{each.reason}",
    )


def dropped_line(each: Dropped) -> Layout:
    """A rule that no longer holds, and why."""
    name = row(f"{_KINDS.get(each.kind, '')}", raw(f" {each.code} "), each.name)
    return row(origin_name(each.origin), "的", name, f"不再适用：{each.reason}")


def origin_name(origin: RuleOrigin) -> Layout:
    """A rule set by code and version."""
    return row(Words("“"), raw(origin.code), f"”第{origin.version}版")


def _because(reason: str) -> str:
    return f"理由：{reason}" if reason else ""


def _because_after(reason: str) -> str:
    return f"（增加的理由：{reason}）" if reason else ""
