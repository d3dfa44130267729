"""An annex before it has its number."""

from __future__ import annotations

from dataclasses import dataclass

from services.rule_book.document import Block, Section
from services.rule_book.numbering import section_number


@dataclass(frozen=True, slots=True)
class Annex:
    """Title and content; its number follows from which annexes a rule set has."""

    title: str
    anchor: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


def plain_section(number: int, title: str, anchor: str, blocks: tuple[Block, ...]) -> Section:
    """A section of an annex."""
    return Section(number=section_number(number), title=title, anchor=anchor, level=2, blocks=blocks)
