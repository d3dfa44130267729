"""Keeps a rule set with its files the first time anything rests on it."""

from __future__ import annotations

from models.records import StoredRuleSet
from models.unit_of_work import UnitOfWork
from scoring.rulebook.rules import RuleSet
from services.context import Context
from services.policy import Actor


def keep_rules(context: Context, work: UnitOfWork, rules: RuleSet, actor: Actor) -> None:
    """The rule set's files in the database, so that it can be laid out again years later; logged once."""
    now = context.clock()
    if work.rule_sets.keep(StoredRuleSet.summary_of(rules, now), context.library.files(rules.digest)):
        detail = {"code": rules.code, "version": rules.version}
        work.log.append(
            at=now,
            actor=actor.id,
            act="keep_rule_set",
            object_kind="rule_set",
            object_id=rules.digest,
            detail=detail,
        )
