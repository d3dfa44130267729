"""Asking about rule sets: those in use, and any older one by its digest; they are no secret."""

from __future__ import annotations

import re

from models.errors import NotStored
from scoring.rulebook.rules import RuleSet
from services.context import Context
from services.errors import NotFound

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)


def list_rule_sets(context: Context) -> tuple[RuleSet, ...]:
    """The rule sets in use, the latest year first."""
    return tuple(context.library.current(year) for year in context.library.years())


def rule_set(context: Context, *, name: str) -> RuleSet:
    """The rule set in use for a year ("2021"), or the one of a digest, as it was; raises NotFound."""
    if _YEAR.fullmatch(name):
        return context.library.current(int(name))
    if not _DIGEST.fullmatch(name):
        raise NotFound("规则集", name)
    with context.read() as work:
        try:
            return context.library.by_digest(name, work)
        except NotStored:
            raise NotFound("规则集", name) from None
