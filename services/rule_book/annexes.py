"""Every annex that a rule set has something for, with its number."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.rulebook.rules import RuleSet
from services.rule_book.annex_clauses import crosswalk_annex
from services.rule_book.annex_forms import bans_annex, forms_annex
from services.rule_book.annex_parameters import parameters_annex
from services.rule_book.annex_units import units_annex
from services.rule_book.document import Section
from services.rule_book.numbering import annex_number


def annexes(rules: RuleSet) -> Iterator[Section]:
    """Every annex that the rule set has something for, numbered from 1."""
    count = 0
    for maker in (forms_annex, crosswalk_annex, units_annex, parameters_annex, bans_annex):
        made = maker(rules)
        if made is not None:
            count += 1
            yield Section(
                number=annex_number(count),
                title=made.title,
                anchor=made.anchor,
                level=1,
                blocks=made.blocks,
                sections=made.sections,
            )
