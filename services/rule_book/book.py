"""From a rule set to its book: every chapter and annex, in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from scoring.rulebook.rules import RuleSet
from services.rule_book.annexes import annexes
from services.rule_book.cards import indicators_chapter
from services.rule_book.changes import notes_blocks
from services.rule_book.document import Book, Fact, Section
from services.rule_book.formulas_words import day_text
from services.rule_book.general import general_chapter
from services.rule_book.layout import prose, raw
from services.rule_book.numbering import annex_number, chapter_number
from services.rule_book.outside import adjustments_chapter
from services.rule_book.overview import overview_chapter
from services.rule_book.whole_examples import whole_examples_chapter

_EARLIEST = date(1980, 1, 1)
"""Zip files know no earlier day."""


def build_book(rules: RuleSet, changes: str = "") -> Book:
    """The book of a rule set.

    changes: the text of its CHANGES.md, printed last; empty = no such annex.
    """
    chapters = _chapters(rules)
    added = list(annexes(rules))
    if changes.strip():
        added.append(
            Section(
                number=annex_number(len(added) + 1),
                title="规则集的改动",
                anchor="changes",
                level=1,
                blocks=notes_blocks(changes),
            )
        )
    title = prose(rules.title).text
    return Book(
        title=title,
        subtitle=f"（第{raw(rules.version).text}版）",
        cover=_cover(rules),
        chapters=(*chapters, *added),
        day=max(rules.published or rules.effective[0], _EARLIEST),
        identifier=rules.digest,
    )


def _chapters(rules: RuleSet) -> list[Section]:
    makers: list[Callable[[RuleSet, str], Section]] = [general_chapter, overview_chapter, indicators_chapter]
    if rules.adjustments:
        makers.append(adjustments_chapter)
    if rules.examples:
        makers.append(whole_examples_chapter)
    return [make(rules, chapter_number(at)) for at, make in enumerate(makers, start=1)]


def _cover(rules: RuleSet) -> tuple[Fact, ...]:
    start, end = rules.effective
    published = "未公布" if rules.published is None else day_text(rules.published)
    digest = rules.digest
    parts = [digest[at : at + 32] for at in range(0, len(digest), 32)]
    return (
        Fact("规则集", (raw(rules.code),)),
        Fact("版本", (raw(rules.version),)),
        Fact("公布日期", (prose(published),)),
        Fact("适用期间", (prose(f"{day_text(start)}至{day_text(end)}"),)),
        Fact("内容摘要", tuple(raw(part) for part in parts)),
    )
