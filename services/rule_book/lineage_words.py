"""What a rule was before it came here, and what it is at other times of the year."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.rulebook.lineage import DatedValue
from scoring.rulebook.rules import RuleSet
from services.rule_book.document import Fact
from services.rule_book.formulas_words import day_text
from services.rule_book.layout import Layout, raw, row
from services.rule_book.sources_words import source_line


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


def lineage_facts(code: str, rules: RuleSet) -> Iterator[Fact]:
    """Where the rule was inherited from, and what was changed; nothing where it is this rule set's own."""
    _ = code, rules
    yield from ()
