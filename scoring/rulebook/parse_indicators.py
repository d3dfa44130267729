"""From the trees of indicators/*.yaml and adjustments.yaml to indicators, adjustments and their examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scoring.codes import ClauseCode, ElementCode, NodeCode
from scoring.methods.base import Method
from scoring.methods.checklist import Checklist
from scoring.methods.direct import Direct
from scoring.numbers import Rounding
from scoring.rulebook.formulas import Vocabulary
from scoring.rulebook.parse_methods import parse_method
from scoring.rulebook.rules import Adjustment, AdjustmentKind, Example, Indicator, Policy, Source
from scoring.rulebook.tree import Branch, Entries, Findings, Record, Scalar, quantity_from_text
from scoring.rulebook.vocabulary import formula_of, read_formula


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rule set as a whole gives to each indicator."""

    vocabulary: Vocabulary
    rounding: Rounding | None
    documents: Mapping[str, object]


def parse_indicator(tree: Branch, around: Surroundings, findings: Findings) -> Indicator:
    """One indicator; where its method cannot be read, one that earns nothing stands in its place."""
    record = Record(tree, "指标", findings)
    code = NodeCode(record.text("code", required=True))
    record.what = f"指标 {code}"
    method = read_method(record, findings) or Direct()
    value = read_formula(record, "value", around.vocabulary, findings)
    if isinstance(method, Checklist):
        value = _checklist_value(record, method, around.vocabulary, findings)
    elif not record.has("value"):
        record.node("value", required=True)
    divides = value is not None and value.divides()
    indicator = Indicator(
        code=code,
        name=record.text("name", required=True),
        parent=NodeCode(record.text("parent", required=True)),
        points=record.number("points", required=True),
        method=method,
        value=value,
        applicable_when=read_formula(record, "applicable_when", around.vocabulary, findings),
        weight=record.number("weight", Fraction(1)),
        measure=record.text("measure"),
        direction=record.word("direction", ["higher", "lower", "none"], "higher"),
        yearly=record.word("assessed", ["quarterly", "yearly"], "quarterly") == "yearly",
        missing=_policy(record, "missing", required=True),
        zero_denominator=_policy(
            record, "zero_denominator", required=divides and not isinstance(method, Checklist)
        ),
        undefined=_policy(record, "undefined", required=value is not None and value.can_be_undefined()),
        rounding=_rounding(record, around.rounding),
        clauses=tuple(ClauseCode(clause) for clause in record.words("clauses")),
        statistical=record.flag("statistical"),
        reason=record.text("reason", required=True),
        source=read_source(record, around, required=True),
        assessor=record.text("assessor"),
        evidence=record.text("evidence"),
        examples=read_examples(record),
        place=record.place,
    )
    record.close()
    return indicator


def read_method(record: Record, findings: Findings) -> Method | None:
    """The method under `method:`."""
    inner = record.record("method", "计分方法", required=True)
    return parse_method(inner, findings) if inner else None


def _checklist_value(record: Record, method: Checklist, words: Vocabulary, findings: Findings):  # type: ignore[no-untyped-def]
    if record.has("value"):
        record.wrong(record.at("value"), "清单计分不写 value", "a checklist has no value")
    for part in method.parts:
        if part.element not in words.elements:
            findings.unknown(
                record.at("method"), "unknown-name", "数据项", part.element, words.elements.keys()
            )
            return None
    return method.formula() if method.parts else None


_POLICIES = {
    "zero": Policy(share=Fraction(0)),
    "full": Policy(share=Fraction(1)),
    "not_applicable": Policy(share=None),
    "no_score": Policy(share=None, blocks=True),
}


def policy_from_text(text: str) -> Policy | None:
    """zero, full, not_applicable, no_score, or a share such as "60%"."""
    if text in _POLICIES:
        return _POLICIES[text]
    quantity = quantity_from_text(text)
    return Policy(share=quantity.amount) if quantity is not None and quantity.of_full else None


def _policy(record: Record, key: str, *, required: bool) -> Policy:
    wanted = "zero、full、not_applicable、no_score 或百分比"
    return record.read(key, policy_from_text, wanted, _POLICIES["zero"], required)


def _rounding(record: Record, default: Rounding | None) -> Rounding | None:
    inner = record.record("rounding")
    return default if inner is None else read_rounding(inner)


def read_rounding(record: Record) -> Rounding:
    """Places and mode."""
    from scoring.numbers import RoundingMode

    mode = record.word("mode", list(RoundingMode), "half_up") or "half_up"
    rounding = Rounding(record.whole("places", required=True, most=12), RoundingMode(mode))
    record.close()
    return rounding


def read_source(record: Record, around: Surroundings, *, required: bool) -> Source | None:
    """The document and what is meant in it."""
    inner = record.record("source", required=required)
    if inner is None:
        return None
    scalar = inner.scalar("document", required=True)
    if scalar is not None and scalar.text not in around.documents:
        inner.findings.unknown(scalar.place, "unknown-document", "文件", scalar.text, around.documents.keys())
    source = Source(document=scalar.text if scalar else "", text=inner.text("text"))
    inner.close()
    return source


def read_examples(record: Record) -> tuple[Example, ...]:
    """The worked examples of a rule."""
    return tuple(_example(each) for each in record.records("examples", f"{record.what} 例"))


def _example(record: Record) -> Example:
    expect = record.record("expect", f"{record.what} expect", required=True)
    peers = tuple(_figures(each) for each in record.records("peers"))
    last_year = record.record("last_year")
    given = record.record("given", required=True)
    example = Example(
        name=record.text("name", required=True),
        given=_figures(given) if given else {},
        last_year=_figures(last_year) if last_year else {},
        peers=peers,
        value=expect.ratio("value") if expect else None,
        points=expect.ratio("points") if expect else None,
        outcome=expect.text("outcome") if expect else "",
        place=record.place,
    )
    if expect:
        expect.close()
    record.close()
    return example


def _figures(record: Record) -> dict[str, str | Mapping[str, str]]:
    found: dict[str, str | Mapping[str, str]] = {}
    for key in record.by_key:
        node = record.node(key)
        if isinstance(node, Entries):
            inner = Record(node, f"{record.what} {key}", record.findings)
            found[key] = {name: inner.text(name) for name in inner.by_key}
        elif isinstance(node, Scalar):
            found[key] = node.text
    return found


def parse_adjustment(record: Record, around: Surroundings, findings: Findings) -> Adjustment:
    """One bonus, penalty, void, veto, demotion or floor."""
    code = NodeCode(record.text("code", required=True))
    record.what = f"加减分事项 {code}"
    kind = AdjustmentKind(record.word("kind", list(AdjustmentKind), "bonus", required=True) or "bonus")
    counted = kind in {AdjustmentKind.BONUS, AdjustmentKind.PENALTY}
    event = kind in {AdjustmentKind.VETO, AdjustmentKind.DEMOTION}
    grade = record.word("grade", ["lowest"])
    adjustment = Adjustment(
        code=code,
        kind=kind,
        name=record.text("name", required=True),
        value=read_formula(record, "value", around.vocabulary, findings, required=counted),
        method=read_method(record, findings) if counted else None,
        element=ElementCode(record.text("element", required=kind is AdjustmentKind.VOID)) or None,
        deduct=record.share("deduct"),
        when=read_formula(record, "when", around.vocabulary, findings, required=event),
        grade_at_most="" if grade else record.text("grade_at_most"),
        ranked=record.flag("ranked", default=True),
        no_bonus=record.flag("no_bonus"),
        by=record.whole("by", 1, most=20),
        cap_score=record.flag("cap_score"),
        nodes=_nodes(record),
        ratio_below=record.share("ratio_below") if record.has("ratio_below") else None,
        reason=record.text("reason"),
        source=read_source(record, around, required=False),
        evidence=record.text("evidence"),
        examples=read_examples(record),
        place=record.place,
    )
    record.close()
    return adjustment


def _nodes(record: Record) -> tuple[NodeCode, ...]:
    node = record.node("nodes")
    if isinstance(node, Scalar):
        return (NodeCode(node.text),)
    return tuple(NodeCode(word) for word in record.words("nodes"))


__all__ = [
    "Surroundings",
    "formula_of",
    "parse_adjustment",
    "parse_indicator",
    "policy_from_text",
    "read_rounding",
]
