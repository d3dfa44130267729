"""From the tree of adjustments.yaml to bonuses, penalties, voids, vetoes, demotions and floors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from scoring.codes import ElementCode, NodeCode
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind
from scoring.rulebook.parts import Surroundings, read_examples, read_method, read_source
from scoring.rulebook.tree import Branch, Findings, Record, Scalar
from scoring.rulebook.vocabulary import read_condition, read_formula

_MOST_GRADES = 20


@dataclass(frozen=True, slots=True)
class Outside:
    """What adjustments.yaml says."""

    adjustments: tuple[Adjustment, ...] = ()
    bonus_cap: Fraction | None = None
    penalty_cap: Fraction | None = None


def parse_adjustments(tree: Branch, around: Surroundings, findings: Findings) -> Outside:
    """Everything outside the tree of points; no cap written, no cap."""
    record = Record(tree, "加减分", findings)
    found = Outside(
        tuple(parse_adjustment(each, around) for each in record.records("adjustments")),
        record.maybe_number("bonus_cap"),
        record.maybe_number("penalty_cap"),
    )
    record.close()
    return found


def parse_adjustment(record: Record, around: Surroundings) -> Adjustment:
    """One adjustment; a key that its kind has no use for is unknown."""
    code = NodeCode(record.text("code", required=True))
    record.what = f"加减分事项 {code}"
    kind = AdjustmentKind(record.word("kind", list(AdjustmentKind), "bonus", required=True) or "bonus")
    common = Adjustment(
        code=code,
        kind=kind,
        name=record.text("name", required=True),
        reason=record.text("reason"),
        source=read_source(record, around, required=False),
        evidence=record.text("evidence"),
        examples=read_examples(record),
        place=record.place,
        places=record.places(),
    )
    found = _READERS[kind](common, record, around)
    record.close()
    return found


def _counted(common: Adjustment, record: Record, around: Surroundings) -> Adjustment:
    return replace(
        common,
        value=read_formula(record, "value", around.vocabulary, record.findings, required=True),
        method=read_method(record, record.findings),
    )


def _void(common: Adjustment, record: Record, _: Surroundings) -> Adjustment:
    element = ElementCode(record.text("element", required=True))
    return replace(common, element=element, deduct=record.share("deduct"))


def _veto(common: Adjustment, record: Record, around: Surroundings) -> Adjustment:
    return replace(_event(common, record, around), grade_at_most=_grade(record))


def _demotion(common: Adjustment, record: Record, around: Surroundings) -> Adjustment:
    return replace(_event(common, record, around), by=record.whole("by", 1, most=_MOST_GRADES))


def _event(common: Adjustment, record: Record, around: Surroundings) -> Adjustment:
    return replace(
        _effects(common, record),
        when=read_condition(record, "when", around.vocabulary, record.findings, required=True),
    )


def _floor(common: Adjustment, record: Record, _: Surroundings) -> Adjustment:
    node = record.node("nodes", required=True)
    names = (node.text,) if isinstance(node, Scalar) else record.words("nodes")
    return replace(
        _effects(common, record),
        nodes=tuple(NodeCode(name) for name in names),
        ratio_below=record.share("ratio_below", required=True),
        grade_at_most=_grade(record),
    )


def _effects(common: Adjustment, record: Record) -> Adjustment:
    return replace(
        common,
        ranked=record.flag("ranked", default=True),
        scored=record.flag("scored", default=True),
        no_bonus=record.flag("no_bonus"),
        cap_score=record.flag("cap_score"),
    )


def _grade(record: Record) -> str:
    """The best grade still possible; empty for the lowest, which is said in so many words."""
    if record.has("grade"):
        record.word("grade", ["lowest"])
        return ""
    return record.text("grade_at_most", required=True)


_READERS: Mapping[AdjustmentKind, Callable[[Adjustment, Record, Surroundings], Adjustment]] = {
    AdjustmentKind.BONUS: _counted,
    AdjustmentKind.PENALTY: _counted,
    AdjustmentKind.VOID: _void,
    AdjustmentKind.VETO: _veto,
    AdjustmentKind.DEMOTION: _demotion,
    AdjustmentKind.FLOOR: _floor,
}
