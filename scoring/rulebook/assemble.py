"""From the trees of all files to one rule set: frame, forms, units, indicators, adjustments, then the checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from scoring.codes import ClauseCode, FormCode, MemberCode, NodeCode
from scoring.errors import Place
from scoring.rulebook.checks import check_rule_set
from scoring.rulebook.parse_forms import parse_check, parse_form, parse_units
from scoring.rulebook.parse_indicators import Surroundings, parse_adjustment, parse_indicator
from scoring.rulebook.parse_ruleset import Frame, parse_frame, parse_plan, with_children
from scoring.rulebook.parse_workdays import parse_workdays
from scoring.rulebook.rules import Adjustment, Clause, Form, Indicator, Node, RuleSet
from scoring.rulebook.tree import Branch, Findings, Record
from scoring.rulebook.vocabulary import vocabulary_of

Trees = Mapping[str, Branch]
T = TypeVar("T")
C = TypeVar("C", bound=str)
RESERVED = ("base_rank",)


@dataclass(frozen=True, slots=True)
class _Outside:
    """What adjustments.yaml says."""

    adjustments: tuple[Adjustment, ...] = ()
    bonus_cap: Fraction | None = None
    penalty_cap: Fraction | None = None


def assemble_rule_set(trees: Trees, digest: str, findings: Findings) -> RuleSet | None:
    """The rule set, as whole as the issues allow; None where there is not even a ruleset.yaml."""
    if "ruleset.yaml" not in trees:
        return None
    clauses: dict[ClauseCode, Clause] = {}
    titles: dict[str, str] = {}
    if "plan.yaml" in trees:
        clauses, titles = parse_plan(trees["plan.yaml"], findings)
    frame = parse_frame(trees["ruleset.yaml"], titles, findings)
    forms = _forms(trees, frame, findings)
    words = vocabulary_of(
        (element for form in forms.values() for element in form.elements), frame.attributes, frame.constants
    )
    around = Surroundings(words, frame.points_rounding, frame.documents)
    found = (
        parse_indicator(tree, around, findings)
        for name, tree in sorted(trees.items())
        if name.startswith("indicators/")
    )
    indicators = _by_code(found, lambda each: each.code, lambda each: each.place, findings)
    beyond = replace(words, attributes=frozenset({*words.attributes, *RESERVED}))
    outside = _outside(trees, replace(around, vocabulary=beyond), findings)
    units = parse_units(trees["units.yaml"], frame.attributes, findings) if "units.yaml" in trees else {}
    nodes = _attached(frame.nodes, indicators, findings)
    rules = RuleSet(
        code=frame.code,
        title=frame.title,
        year=frame.year,
        version=frame.version,
        published=frame.published,
        effective=frame.effective,
        digest=digest,
        forms=forms,
        units=units,
        nodes=nodes,
        indicators=indicators,
        root=frame.root,
        adjustments=_named_nodes(outside.adjustments, frame),
        bonus_cap=outside.bonus_cap,
        penalty_cap=outside.penalty_cap,
        grades=frame.grades,
        grade_on_rounded=frame.grade_on_rounded,
        ranking=frame.ranking,
        total_rounding=frame.total_rounding,
        partial_periods=frame.partial_periods,
        clauses=clauses,
        documents=frame.documents,
        breakdowns=frame.breakdowns,
        constants=frame.constants,
        attribute_names=frame.attributes,
    )
    if "workdays.yaml" in trees:
        workdays, deadline = parse_workdays(trees["workdays.yaml"], findings)
        rules = replace(rules, workdays=workdays, deadline=deadline)
    check_rule_set(rules, findings)
    return rules


def _forms(trees: Trees, frame: Frame, findings: Findings) -> dict[FormCode, Form]:
    breakdowns = dict(frame.breakdowns)
    breakdowns.setdefault("indicators", _indicator_codes(trees))
    parsed = [
        parse_form(tree, breakdowns, findings)
        for name, tree in sorted(trees.items())
        if name.startswith("forms/")
    ]
    elements = [element for form, _ in parsed for element in form.elements]
    _by_code(elements, lambda each: each.code, lambda each: each.place, findings)
    words = vocabulary_of(elements, frame.attributes, frame.constants)
    whole: list[Form] = []
    for form, records in parsed:
        checks = (parse_check(record, breakdowns, words, findings) for record in records)
        whole.append(replace(form, checks=tuple(check for check in checks if check is not None)))
    return _by_code(whole, lambda each: each.code, lambda each: each.place, findings)


def _indicator_codes(trees: Trees) -> tuple[MemberCode, ...]:
    """The indicators as members of a breakdown, for forms that name indicators."""
    silent = Findings()
    records = (
        Record(tree, "", silent) for name, tree in sorted(trees.items()) if name.startswith("indicators/")
    )
    return tuple(MemberCode(record.text("code")) for record in records if record.has("code"))


def _by_code(
    found: Iterable[T], code: Callable[[T], C], place: Callable[[T], Place], findings: Findings
) -> dict[C, T]:
    by_code: dict[C, T] = {}
    for each in found:
        if code(each) in by_code:
            first = place(by_code[code(each)])
            zh = f"代码 {code(each)} 已在 {first} 用过"
            findings.add(place(each), "duplicate-code", zh, f"duplicate code {code(each)}", "请换一个代码")
        by_code[code(each)] = each
    return by_code


def _outside(trees: Trees, around: Surroundings, findings: Findings) -> _Outside:
    if "adjustments.yaml" not in trees:
        return _Outside()
    record = Record(trees["adjustments.yaml"], "加减分", findings)
    adjustments = tuple(parse_adjustment(each, around, findings) for each in record.records("adjustments"))
    found = _Outside(adjustments, record.maybe_number("bonus_cap"), record.maybe_number("penalty_cap"))
    record.close()
    return found


def _attached(
    nodes: Mapping[NodeCode, Node], indicators: Mapping[NodeCode, Indicator], findings: Findings
) -> dict[NodeCode, Node]:
    """The nodes with their indicators as children, in the order of the indicators' codes."""
    found = dict(nodes)
    for indicator in indicators.values():
        if indicator.parent not in found:
            findings.unknown(
                indicator.place, "unknown-node", f"上级节点(指标 {indicator.code})", indicator.parent, nodes
            )
        else:
            found[indicator.parent] = with_children(found[indicator.parent], [indicator.code])
    return found


def _named_nodes(adjustments: tuple[Adjustment, ...], frame: Frame) -> tuple[Adjustment, ...]:
    """A kind of node in the plural ("sections") means all nodes of that kind."""
    kinds: dict[str, list[NodeCode]] = {}
    for node in frame.nodes.values():
        kinds.setdefault(f"{node.kind}s", []).append(node.code)
    return tuple(
        replace(each, nodes=tuple(code for name in each.nodes for code in kinds.get(name, [name])))
        for each in adjustments
    )
