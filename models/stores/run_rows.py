"""Scores, adjustments and results as rows of a run, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from models.bulk import Row
from models.errors import RowDamaged
from models.records import RunId
from models.texts import amount_to_texts, texts_to_amount
from scoring.codes import NodeCode
from scoring.results import AdjustmentScore, NodeScore, Place, UnitResult, half_places

SCORE_COLUMNS: Final = (
    "run_id",
    "unit",
    "node",
    "value",
    "value_kind",
    "points",
    "max_points",
    "outcome",
    "rank",
    "rank_half",
)
ADJUSTMENT_COLUMNS: Final = ("run_id", "unit", "code", "points", "triggered", "value", "value_kind")
RESULT_COLUMNS: Final = (
    "run_id",
    "unit",
    "position",
    "base",
    "bonus",
    "penalty",
    "final",
    "score",
    "grade",
    "tier",
    "converted",
    "rank",
    "peer_group",
    "group_rank",
    "effects",
    "rank_half",
    "group_rank_half",
)
_MADE_ANEW: Final = {"effects", "peer_group", "rank", "rank_half", "group_rank", "group_rank_half"}


def score_rows(run_id: RunId, scores: Iterable[NodeScore]) -> Iterator[Row]:
    """One row a score, in the order of SCORE_COLUMNS."""
    for score in scores:
        value, kind = amount_to_texts(score.value)
        yield (
            run_id,
            score.unit,
            score.node,
            value,
            kind,
            score.points,
            score.full,
            score.outcome,
            *_place_columns(score.rank),
        )


def score_from(values: dict[str, Any]) -> NodeScore:
    """The score from its columns (all but the run)."""
    return NodeScore(
        unit=values["unit"],
        node=values["node"],
        value=texts_to_amount(values["value"], values["value_kind"]),
        points=values["points"],
        full=values["max_points"],
        outcome=values["outcome"],
        rank=_place_from(values["rank"], values["rank_half"]),
    )


def adjustment_rows(run_id: RunId, adjustments: Iterable[AdjustmentScore]) -> Iterator[Row]:
    """One row an adjustment, in the order of ADJUSTMENT_COLUMNS."""
    for adjustment in adjustments:
        value, kind = amount_to_texts(adjustment.value)
        yield (
            run_id,
            adjustment.unit,
            adjustment.code,
            adjustment.points,
            adjustment.triggered,
            value,
            kind,
        )


def adjustment_from(values: dict[str, Any]) -> AdjustmentScore:
    """The adjustment from its columns (all but the run)."""
    return AdjustmentScore(
        unit=values["unit"],
        code=values["code"],
        points=values["points"],
        triggered=values["triggered"],
        value=texts_to_amount(values["value"], values["value_kind"]),
    )


def by_rank(results: Iterable[UnitResult]) -> list[UnitResult]:
    """Results as a ranking has them: by rank, those without one last, equals as they come."""
    return sorted(results, key=lambda result: (result.rank is None, result.rank or 0))


def result_rows(run_id: RunId, results: Iterable[UnitResult]) -> Iterator[Row]:
    """One row a result, in the order of RESULT_COLUMNS: by rank, those without one last.

    Results of equal rank stay in the order in which they came.
    """
    for position, result in enumerate(by_rank(results)):
        (rank, rank_half), (group_rank, group_rank_half) = map(
            _place_columns, (result.rank, result.group_rank)
        )
        yield (
            run_id,
            result.unit,
            position,
            result.base,
            result.bonus,
            result.penalty,
            result.final,
            result.score,
            result.grade,
            result.tier,
            result.converted,
            rank,
            result.group,
            group_rank,
            json.dumps(result.effects, ensure_ascii=False, separators=(",", ":")),
            rank_half,
            group_rank_half,
        )


def result_from(values: dict[str, Any]) -> UnitResult:
    """The result from its columns (all but the run and the position)."""
    try:
        effects = tuple(NodeCode(code) for code in json.loads(values["effects"]))
    except json.JSONDecodeError:
        raise RowDamaged("等级的影响因素", values["effects"]) from None
    group = values["peer_group"]
    rank = _place_from(values["rank"], values["rank_half"])
    group_rank = _place_from(values["group_rank"], values["group_rank_half"])
    rest = {name: value for name, value in values.items() if name not in _MADE_ANEW}
    return UnitResult(**rest, rank=rank, group=group, group_rank=group_rank, effects=effects)


def _place_columns(place: Place | None) -> tuple[int | None, bool]:
    """A place as its whole part, and whether half a place comes on top."""
    return (None, False) if place is None else (int(place), place != int(place))


def _place_from(whole: int | None, half: bool) -> Place | None:
    return None if whole is None else half_places(2 * whole + half)
