"""What a rule was before it came here, and what it is at other times of the year."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.rulebook.lineage import Change, DatedValue, Dropped, RuleKind, RuleOrigin, Standing
from scoring.rulebook.rules import RuleSet
from services.rule_book.document import Fact
from services.rule_book.formulas_words import day_text
from services.rule_book.layout import Layout, Words, prose, raw, row
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


def dated_facts(code: str, rules: RuleSet) -> Iterator[Fact]:
    """The values of a rule that change within the year; nothing where none does."""
    lines = tuple(line for each in rules.dated if each.rule == code for line in dated_lines(each, rules))
    if lines:
        yield Fact("分期规定", lines)


def dated_lines(value: DatedValue, rules: RuleSet) -> Iterator[Layout]:
    """A line for each stretch of time."""
    for each in value.choices:
        span = f"{day_text(each.start)}至{day_text(each.end)}："
        grounds = [each.because, source_line(each.source, rules)]
        why = "；".join(text for text in grounds if text)
        yield row(span, raw(f"{value.path} = {each.text}"), f"（{why}）" if why else "")


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
    return row(origin_name(each.by), "改动", Words(" "), raw("、".join(each.keys)), f"：{each.reason}")


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
