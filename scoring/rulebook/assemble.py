"""From the trees of all files to one rule set: frame, forms, units, rules, then the checks of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from scoring.codes import ClauseCode, FormCode, MemberCode, NodeCode, UnitCode
from scoring.errors import Place
from scoring.expressions import SCOPES
from scoring.rulebook.final_rules import Adjustment, Ties
from scoring.rulebook.forms import Check, Element, Form
from scoring.rulebook.language import Vocabulary
from scoring.rulebook.meaning.checks import check_rule_set
from scoring.rulebook.node_formulas import check_asked_children
from scoring.rulebook.parse_adjustments import Outside, parse_adjustments
from scoring.rulebook.parse_definitions import check_name, parse_definitions
from scoring.rulebook.parse_examples import parse_examples
from scoring.rulebook.parse_forms import parse_check, parse_form
from scoring.rulebook.parse_indicators import parse_indicator
from scoring.rulebook.parse_plan import parse_plan
from scoring.rulebook.parse_ruleset import READ_ELSEWHERE, Frame, parse_frame
from scoring.rulebook.parse_stand_ins import read_stand_ins, stand_ins_of, with_stand_ins
from scoring.rulebook.parse_tables import parse_tables
from scoring.rulebook.parse_units import parse_units
from scoring.rulebook.parse_workdays import parse_workdays
from scoring.rulebook.parts import Surroundings
from scoring.rulebook.rules import Clause, Definition, Indicator, Node, RuleSet, Table, Unit
from scoring.rulebook.tree import Branch, Entries, Findings, Record
from scoring.rulebook.vocabulary import vocabulary_of

Trees = Mapping[str, Branch]
T = TypeVar("T")
C = TypeVar("C", bound=str)
FRAME = "ruleset.yaml"
FOLDERS = ("forms", "indicators")
FILES = (FRAME, "plan.yaml", "units.yaml", "adjustments.yaml", "workdays.yaml", "examples.yaml")
RESERVED = ("base_rank",)
"""Names that only adjustments may use."""


def assemble_rule_set(trees: Trees, digest: str, findings: Findings) -> RuleSet | None:
    """The rule set, as whole as the issues allow; None where there is not even a ruleset.yaml."""
    trees = _known(trees, findings)
    if FRAME not in trees:
        return None
    clauses: dict[ClauseCode, Clause] = {}
    titles: dict[str, str] = {}
    if "plan.yaml" in trees:
        clauses, titles = parse_plan(trees["plan.yaml"], findings)
    frame = parse_frame(trees[FRAME], titles, findings)
    ground = _ground(trees, frame, findings)
    around = ground.around
    indicators = _indicators(trees, around, findings)
    nodes = _attached(frame.nodes, indicators, findings)
    check_asked_children(frame.asked, nodes, indicators, findings)
    outside = _outside(trees, around, findings)
    rules = RuleSet(
        code=frame.code,
        title=frame.title,
        year=frame.year,
        version=frame.version,
        published=frame.published,
        effective=frame.effective,
        digest=digest,
        forms=ground.forms,
        units=ground.units,
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
        definitions=ground.definitions,
        tables=ground.tables,
        attribute_names=tuple(frame.attributes),
        attributes=frame.attribute_notes,
        limits=frame.limits,
        explanations=frame.explanations,
        plausibility=frame.plausibility,
        answers=tuple(findings.answers),
        places=_places(trees[FRAME]),
    )
    if "workdays.yaml" in trees:
        workdays, deadline = parse_workdays(trees["workdays.yaml"], findings)
        rules = replace(rules, workdays=workdays, deadline=deadline)
    if "examples.yaml" in trees:
        rules = replace(rules, examples=parse_examples(trees["examples.yaml"], findings))
    if not findings.incomplete:
        check_rule_set(rules, findings)
    return rules


def surroundings_of(trees: Trees) -> Surroundings:
    """What the rule set of these trees, which must load, gives to each of its rules."""
    silent = Findings()
    return _ground(trees, parse_frame(trees[FRAME], {}, silent), silent).around


class _Ground(NamedTuple):
    """What rules stand on: forms and units, named formulas and tables, and the words that these give."""

    forms: Mapping[FormCode, Form]
    units: Mapping[UnitCode, Unit]
    tables: Mapping[str, Table]
    definitions: Mapping[str, Definition]
    around: Surroundings


def _ground(trees: Trees, frame: Frame, findings: Findings) -> _Ground:
    units = parse_units(trees["units.yaml"], frame.attributes, findings) if "units.yaml" in trees else {}
    record = Record(trees[FRAME], "规则集", findings)
    tables = parse_tables(record, frame.attributes, units, frame.year, findings)
    breakdowns = {"indicators": _indicator_codes(trees), **frame.breakdowns}
    forms = [parse_form(tree, breakdowns, findings) for tree in _within(trees, "forms")]
    elements = [element for form, _ in forms for element in form.elements]
    words = vocabulary_of(elements, frame.attributes, frame.constants, tables)
    definitions, words = parse_definitions(record, words, findings)
    _check_names(record, frame, elements, findings)
    whole = _with_checks(forms, breakdowns, words, findings)
    by_code = {element.code: element for element in elements}
    stand_ins = read_stand_ins(_within(trees, "forms"), by_code, words, findings)
    whole = {code: with_stand_ins(form, stand_ins) for code, form in whole.items()}
    words = replace(words, stand_ins=stand_ins_of(stand_ins, by_code))
    around = Surroundings(words, frame.points_rounding, frame.documents)
    return _Ground(whole, units, tables, definitions, around)


def _check_names(record: Record, frame: Frame, elements: Sequence[Element], findings: Findings) -> None:
    """Every name that formulas can use means one thing."""
    by_code = _by_code(elements, lambda each: each.code, lambda each: each.place, findings)
    for name in sorted({*frame.attributes, *RESERVED} & {*by_code, *frame.constants}):
        zh, en = f"名称 {name} 用了两次:数据项、单位属性和常量不能同名", f"name {name} means two things"
        findings.add(Place(file=FRAME), "duplicate-code", zh, en, "请换一个名称", found=name)
    taken = {*frame.attributes, *frame.constants, *by_code, *RESERVED, *SCOPES, *Ties}
    for key in READ_ELSEWHERE:
        inner = record.record(key)
        for name, (mark, _) in inner.by_key.items() if inner is not None else ():
            check_name(name, mark, taken, findings)
            taken.add(name)


def _known(trees: Trees, findings: Findings) -> Trees:
    """The files that have a place in a rule set; any other may be a misspelt one, and is told."""
    known: dict[str, Branch] = {}
    for name, tree in trees.items():
        folder, _, rest = name.rpartition("/")
        if name in FILES or (folder in FOLDERS and rest.endswith(".yaml")):
            known[name] = tree
        else:
            zh, en = f"不认识的文件 {name},没有读它", f"unknown file {name}, not read"
            fix = f"文件只能是 {'、'.join(FILES)},或放在 {'、'.join(FOLDERS)} 文件夹中,以 .yaml 结尾"
            findings.add(Place(file=tree.mark.file), "unknown-file", zh, en, fix)
    return known


def _places(frame: Branch) -> dict[str, Place]:
    """Where the keys of ruleset.yaml stand."""
    keys = frame.by_key if isinstance(frame, Entries) else {}
    return {key: mark.place for key, (mark, _) in keys.items()}


def _within(trees: Trees, folder: str) -> Iterator[Branch]:
    return (tree for name, tree in sorted(trees.items()) if name.startswith(f"{folder}/"))


def _with_checks(
    parsed: Sequence[tuple[Form, tuple[Record, ...]]],
    breakdowns: Mapping[str, tuple[MemberCode, ...]],
    words: Vocabulary,
    findings: Findings,
) -> dict[FormCode, Form]:
    """The forms with their checks, for which all names must be known."""
    whole: list[Form] = []
    for form, records in parsed:
        checks = (parse_check(record, breakdowns, words, findings) for record in records)
        whole.append(replace(form, checks=tuple(check for check in checks if check is not None)))
    checks_of_all: list[Check] = [check for form in whole for check in form.checks]
    _by_code(checks_of_all, lambda each: each.code, lambda each: each.place, findings)
    _by_code(whole, lambda each: each.code, lambda each: each.place, findings)
    return _merged(whole)


def _merged(forms: Iterable[Form]) -> dict[FormCode, Form]:
    """By code; elements of a form whose code is taken stay known, so that nothing else is wrong with them."""
    found: dict[FormCode, Form] = {}
    for form in forms:
        first = found.get(form.code)
        found[form.code] = replace(first, elements=first.elements + form.elements) if first else form
    return found


def _indicator_codes(trees: Trees) -> tuple[MemberCode, ...]:
    """The indicators as members of a breakdown, for forms that name indicators."""
    silent = Findings()
    records = (Record(tree, "", silent) for tree in _within(trees, "indicators"))
    return tuple(MemberCode(record.text("code")) for record in records if record.has("code"))


def _indicators(trees: Trees, around: Surroundings, findings: Findings) -> dict[NodeCode, Indicator]:
    found = (parse_indicator(tree, around, findings) for tree in _within(trees, "indicators"))
    return _by_code(found, lambda each: each.code, lambda each: each.place, findings)


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


def _outside(trees: Trees, around: Surroundings, findings: Findings) -> Outside:
    if "adjustments.yaml" not in trees:
        return Outside()
    words = around.vocabulary
    beyond = replace(words, attributes=frozenset({*words.attributes, *RESERVED}), own=RESERVED)
    return parse_adjustments(trees["adjustments.yaml"], replace(around, vocabulary=beyond), findings)


def _attached(
    nodes: Mapping[NodeCode, Node], indicators: Mapping[NodeCode, Indicator], findings: Findings
) -> dict[NodeCode, Node]:
    """The nodes with their indicators as children, in the order of the indicators' files."""
    found = dict(nodes)
    for code, indicator in indicators.items():
        parent = found.get(indicator.parent)
        if code in nodes:
            zh, en = f"代码 {code} 已用于树中的节点", f"code {code} is used in the tree"
            findings.add(indicator.place, "duplicate-code", zh, en, "请换一个代码")
        elif parent is None:
            kind = f"上级节点(指标 {code})"
            findings.unknown(indicator.place, "unknown-node", kind, indicator.parent, nodes)
        else:
            found[parent.code] = replace(parent, children=(*parent.children, code))
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
