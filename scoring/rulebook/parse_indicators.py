"""From the tree of one of indicators/*.yaml to an indicator."""

from __future__ import annotations

from fractions import Fraction

from scoring.codes import ClauseCode, NodeCode
from scoring.expressions import Formula
from scoring.methods.checklist import Checklist
from scoring.methods.direct import Direct
from scoring.rulebook.language import Vocabulary
from scoring.rulebook.parts import Surroundings, read_examples, read_method, read_rounding, read_source
from scoring.rulebook.rules import Indicator, Policy
from scoring.rulebook.tree import Branch, Findings, Record, quantity_from_text
from scoring.rulebook.vocabulary import read_condition, read_formula

_POLICIES = {
    "zero": Policy(share=Fraction(0)),
    "full": Policy(share=Fraction(1)),
    "not_applicable": Policy(share=None),
    "no_score": Policy(share=None, blocks=True),
}


def parse_indicator(tree: Branch, around: Surroundings, findings: Findings) -> Indicator:
    """One indicator; where its method cannot be read, one that earns nothing stands in its place."""
    record = Record(tree, "指标", findings)
    code = NodeCode(record.text("code", required=True))
    record.what = f"指标 {code}"
    method = read_method(record, findings)
    if isinstance(method, Checklist):
        value, divides = _checklist_value(record, method, around.vocabulary, findings), False
    else:
        value = read_formula(record, "value", around.vocabulary, findings, required=method is not None)
        divides = value is not None and value.divides()
    indicator = Indicator(
        code=code,
        name=record.text("name", required=True),
        parent=NodeCode(record.text("parent", required=True)),
        points=record.number("points", required=True),
        method=method or Direct(),
        value=value,
        applicable_when=read_condition(record, "applicable_when", around.vocabulary, findings),
        weight=record.number("weight", Fraction(1)),
        measure=record.text("measure"),
        direction=record.word("direction", ["higher", "lower", "none"], "higher"),
        yearly=record.word("assessed", ["quarterly", "yearly"], "quarterly") == "yearly",
        missing=_policy(record, "missing", required=True),
        zero_denominator=_policy(record, "zero_denominator", required=divides),
        undefined=_policy(record, "undefined", required=value is not None and value.can_be_undefined()),
        rounding=read_rounding(record.record("rounding")) or around.rounding,
        clauses=tuple(ClauseCode(clause) for clause in record.words("clauses")),
        statistical=record.flag("statistical"),
        reason=record.text("reason", required=True),
        source=read_source(record, around, required=True),
        assessor=record.text("assessor"),
        evidence=record.text("evidence"),
        examples=read_examples(record),
        place=record.place,
        places=record.places(),
    )
    record.close()
    return indicator


def _checklist_value(
    record: Record, method: Checklist, words: Vocabulary, findings: Findings
) -> Formula | None:
    if record.has("value"):
        record.node("value")
        record.wrong(record.at("value"), "清单计分不写 value", "a checklist has no value")
    for part in method.parts:
        if part.element not in words.elements:
            known = words.elements.keys()
            findings.unknown(record.at("method"), "unknown-name", "数据项", part.element, known)
            return None
    return method.formula(unanswered_left_out=record.text("missing") == "not_applicable")


def policy_from_text(text: str) -> Policy | None:
    """The policy called zero, full, not_applicable or no_score, or a share such as "60%"."""
    if text in _POLICIES:
        return _POLICIES[text]
    quantity = quantity_from_text(text)
    return Policy(share=quantity.amount) if quantity is not None and quantity.of_full else None


def _policy(record: Record, key: str, *, required: bool) -> Policy:
    wanted = "zero、full、not_applicable、no_score 或百分比"
    return record.read(key, policy_from_text, wanted, _POLICIES["zero"], required)
