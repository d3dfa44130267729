"""From the tree of one of indicators/*.yaml to an indicator."""

from __future__ import annotations

from fractions import Fraction

from scoring.codes import ClauseCode, NodeCode
from scoring.expressions import Formula
from scoring.facts import Standing
from scoring.methods.checklist import Checklist
from scoring.methods.direct import Direct
from scoring.rulebook.language import Vocabulary
from scoring.rulebook.parse_policies import read_policies, value_with_substitutes
from scoring.rulebook.parts import Surroundings, read_examples, read_method, read_rounding, read_source
from scoring.rulebook.rules import Indicator
from scoring.rulebook.tree import Branch, Findings, Record
from scoring.rulebook.vocabulary import read_condition, read_formula


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
    policies = read_policies(record, around.vocabulary, value, divides=divides)
    indicator = Indicator(
        code=code,
        name=record.text("name", required=True),
        parent=NodeCode(record.text("parent", required=True)),
        points=record.number("points", required=True),
        method=method or Direct(),
        value=value_with_substitutes(value, policies),
        applicable_when=read_condition(record, "applicable_when", around.vocabulary, findings),
        weight=record.number("weight", Fraction(1)),
        measure=record.text("measure"),
        direction=record.word("direction", ["higher", "lower", "none"], "higher"),
        yearly=record.word("assessed", ["quarterly", "yearly"], "quarterly") == "yearly",
        missing=policies[Standing.MISSING],
        zero_denominator=policies[Standing.ZERO_DENOMINATOR],
        undefined=policies[Standing.UNDEFINED],
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
