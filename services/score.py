"""Scoring a period: facts in force to an immutable run that names everything it rests on."""

from __future__ import annotations

import hashlib

import orjson

from models.records import RunId, Sha256, StoredRun
from scoring.engine import Scoring
from scoring.facts import Facts
from scoring.numbers import exact_text
from scoring.periods import Period, period_from_text
from scoring.results import place_data
from scoring.rulebook.rules import RuleSet
from services.context import ENGINE_VERSION, Context
from services.engines import score_facts
from services.errors import Invalid
from services.identifiers import new_identifier
from services.period_facts import facts_of_period
from services.policy import Action, Actor, demand
from services.ranking_orders import orders_of
from services.rule_keeping import keep_rules
from services.runs import run_view
from services.system_facts import derive_system_facts
from services.views import RunView

ANNUAL, MONITORING = "年度", "监测"


def score_period(context: Context, *, actor: Actor, period: str) -> RunView:
    """Scores all units on what is in force now and keeps the run; a quarter is only monitoring.

    Scoring unchanged facts again gives a run with the same result digest.
    """
    demand(actor, Action.SCORE)
    scored = period_from_text(period)
    if scored is None:
        raise Invalid(
            f"考核期“{period}”要写成年度或季度,如 2021 或 2021Q2", "the period must be a year or quarter"
        )
    whole = context.library.current(scored.year)
    rules = whole.in_force(scored)
    derive_system_facts(context, rules=whole, period=scored)
    with context.read() as work:
        reports, facts = facts_of_period(work, rules, scored)
    scoring = score_facts(rules, facts, scored)
    run = _run(context, rules, facts, scored, scoring, actor)
    with context.write() as work:
        keep_rules(context, work, rules, actor)
        work.runs.add(
            run,
            scores=scoring.scores.values(),
            adjustments=scoring.adjustments.values(),
            results=scoring.results.values(),
            reports=reports,
        )
        orders = orders_of(rules, scoring.results.values(), scoring.scores.values())
        work.run_orders.add(run.id, orders)
        detail = {
            "period": run.period,
            "facts": run.facts_digest,
            "rules": rules.digest,
            "result": run.result_digest,
        }
        work.log.append(
            at=run.created_at,
            actor=actor.id,
            act="score_period",
            object_kind="run",
            object_id=run.id,
            detail=detail,
        )
        work.commit()
    return run_view(run, rules)


def _run(
    context: Context, rules: RuleSet, facts: Facts, period: Period, scoring: Scoring, actor: Actor
) -> StoredRun:
    now = context.clock()
    return StoredRun(
        id=RunId(new_identifier(now)),
        period=period.code,
        rule_set_digest=Sha256(rules.digest),
        facts_digest=Sha256(facts.digest),
        engine_version=ENGINE_VERSION,
        result_digest=Sha256(result_digest(scoring)),
        label=ANNUAL if period.yearly else MONITORING,
        created_at=now,
        actor=actor.id,
    )


def result_bytes(scoring: Scoring) -> bytes:
    """Every number of a scoring as canonical JSON: the same scoring gives the same bytes, always."""
    scores = [
        [
            score.unit,
            score.node,
            _text(score.value),
            _text(score.points),
            _text(score.full),
            score.outcome,
            place_data(score.rank),
        ]
        for _, score in sorted(scoring.scores.items())
    ]
    adjustments = [
        [each.unit, each.code, _text(each.points), each.triggered]
        for _, each in sorted(scoring.adjustments.items())
    ]
    results = [
        [
            each.unit,
            _text(each.final),
            _text(each.score),
            each.grade,
            place_data(each.rank),
            place_data(each.group_rank),
            list(each.effects),
        ]
        for _, each in sorted(scoring.results.items())
    ]
    return orjson.dumps({"scores": scores, "adjustments": adjustments, "results": results})


def result_digest(scoring: Scoring) -> str:
    """SHA-256 of `result_bytes`."""
    return hashlib.sha256(result_bytes(scoring)).hexdigest()


def _text(amount: object) -> str | None:
    return None if amount is None else amount if isinstance(amount, str) else exact_text(amount)  # type: ignore[arg-type]
