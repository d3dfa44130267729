"""A rule set whose values change within the year: one whole rule set for each stretch without a change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date

from scoring.errors import Issue, Place
from scoring.periods import QUARTERS, Period
from scoring.rulebook.assemble import FRAME, Trees, assemble_rule_set
from scoring.rulebook.dated import DatedTrees, Span, effective_of, find_dated
from scoring.rulebook.lineage import Lineage
from scoring.rulebook.rules import RuleSet, Slice
from scoring.rulebook.tree import Branch, Entries, Findings, Items

MOST_SLICES = 16
"""Each is read and checked as a rule set of its own."""


def assemble_in_time(
    trees: Trees, digest: str, findings: Findings, lineage: Lineage | None = None
) -> RuleSet | None:
    """The rule set of trees in which values may be dated; None where there is not even a ruleset.yaml.

    Findings that hold at all times are told once; of any other, when it holds.
    """
    if FRAME not in trees:
        return assemble_rule_set(trees, digest, findings)
    effective = effective_of(trees[FRAME])
    dated = find_dated(trees, effective, findings)
    if not dated.values:
        rules = assemble_rule_set(trees, digest, findings)
        return rules if rules is None or lineage is None else replace(rules, lineage=lineage)
    spans = dated.spans(effective)
    if len(spans) > MOST_SLICES:
        zh = f"全部分期规定把适用期切成了 {len(spans)} 段,最多 {MOST_SLICES} 段"
        findings.add(
            dated.values[0].place, "too-many-dates", zh, f"more than {MOST_SLICES} stretches of time"
        )
        spans = spans[-1:]
    slices = _slices(dated, spans, digest, lineage or Lineage(), findings)
    if not slices:
        return None
    for each in slices[:-1]:
        _check_shape(each, slices[-1].rules, findings)
    _check_values(dated, slices[-1].rules, findings)
    last, answers = slices[-1].rules, tuple(findings.answers)
    return replace(last, slices=slices if len(slices) > 1 else (), answers=answers)


def _slices(
    dated: DatedTrees, spans: tuple[Span, ...], digest: str, lineage: Lineage, findings: Findings
) -> tuple[Slice, ...]:
    """The rule set of each stretch; a later one takes over what is equal in the one before."""
    found: list[Slice] = []
    told: dict[Issue, list[Span]] = {}
    for start, end in spans:
        own = Findings()
        own.incomplete = findings.incomplete
        rules = assemble_rule_set(dated.on(start), digest, own)
        findings.answers.extend(each for each in own.answers if each not in findings.answers)
        for issue in dict.fromkeys(own.issues):
            told.setdefault(issue, []).append((start, end))
        if rules is not None:
            rules = replace(rules, dated=dated.values, lineage=lineage)
            found.append(
                Slice(start=start, end=end, rules=_sharing(rules, found[-1].rules if found else None))
            )
    within = {line for start, _ in spans for use in dated.uses_on(start) for line in _lines(use)}
    for issue, held in told.items():
        always = len(held) == len(spans) or (issue.place.file, issue.place.line) in within
        findings.issues.append(issue if always else _on_days(issue, held))
    return tuple(found)


def _lines(branch: Branch) -> Iterator[tuple[str, int]]:
    """Every line on which something of a branch stands."""
    yield branch.mark.file, branch.mark.line
    if isinstance(branch, Items):
        for each in branch.nodes:
            yield from _lines(each)
    elif isinstance(branch, Entries):
        for mark, node in branch.by_key.values():
            yield mark.file, mark.line
            yield from _lines(node)


def _on_days(issue: Issue, spans: list[Span]) -> Issue:
    zh = "、".join(f"{start} 至 {end}" for start, end in spans)
    en = ", ".join(f"{start} to {end}" for start, end in spans)
    return replace(issue, zh=f"({zh})" + issue.zh, en=f"({en}) {issue.en}")


def _sharing(rules: RuleSet, earlier: RuleSet | None) -> RuleSet:
    """The rule set with the parts of the earlier one that are the same."""
    if earlier is None:
        return rules
    same = {}
    for each in fields(rules):
        mine, theirs = getattr(rules, each.name), getattr(earlier, each.name)
        if mine is not theirs and mine == theirs:
            same[each.name] = theirs
    return replace(rules, **same)


def _check_shape(one: Slice, last: RuleSet, findings: Findings) -> None:
    """Stored figures and scores go by codes: which there are, and what is reported, is the same all year."""
    for kind, codes in _SHAPES.items():
        mine, theirs = codes(one.rules), codes(last)
        for code in sorted({*mine, *theirs}):
            if mine.get(code) != theirs.get(code):
                place = _place_of(one.rules, last, code)
                both = code in mine and code in theirs
                zh = f"{kind} {code} 在 {one.start} 至 {one.end} 与 {last.effective[1]} " + (
                    "报送的方式不同(类型、计量单位、频率、小数位、选项、分类不能分期)"
                    if both
                    else "不是都有:代码全年都要有,不考核的时候可以把分值写成 0"
                )
                findings.add(place, "dated-shape", zh, f"{code} is not the same all year")


def _place_of(one: RuleSet, last: RuleSet, code: str) -> Place:
    for rules in (one, last):
        for found in (rules.indicators, rules.nodes, rules.forms, rules.elements, rules.units):
            each = {str(key): each for key, each in found.items()}.get(code)
            if each is not None:
                return each.place
    adjustments = (each.place for rules in (one, last) for each in rules.adjustments if each.code == code)
    return next(adjustments, Place(file=FRAME))


def _elements(rules: RuleSet) -> dict[str, object]:
    return {
        each.code: (
            *(each.form, each.provider, each.type, each.measure, each.places, each.choices),
            *(each.frequency, each.over_time, each.breakdown, each.members),
        )
        for each in rules.elements.values()
    }


_SHAPES: Mapping[str, Callable[[RuleSet], dict[str, object]]] = {
    "数据项": _elements,
    "表": lambda rules: {code: (form.provider, form.frequency) for code, form in rules.forms.items()},
    "指标": lambda rules: dict.fromkeys(rules.indicators),
    "节点": lambda rules: {code: code == rules.root for code in rules.nodes},
    "加减分事项": lambda rules: {each.code: each.kind for each in rules.adjustments},
    "单位": lambda rules: dict.fromkeys(rules.units),
    "单位属性": lambda rules: dict.fromkeys(rules.attribute_names),
}


def _check_values(dated: DatedTrees, rules: RuleSet, findings: Findings) -> None:
    """The documents that dates name exist, and every choice is in force at the end of some period."""
    ends = {rules.effective[1]}
    for year in range(rules.effective[0].year, rules.effective[1].year + 1):
        ends |= {Period(year, quarter, yearly=False).last_day for quarter in QUARTERS}
    counted = [day for day in ends if rules.effective[0] <= day <= rules.effective[1]]
    for value in dated.values:
        for choice in value.choices:
            if choice.source is not None and choice.source.document not in rules.documents:
                documents = rules.documents
                findings.unknown(value.place, "unknown-document", "文件", choice.source.document, documents)
            if not any(choice.holds_on(day) for day in counted):
                _tell_unused(value.rule, value.path, choice.start, choice.end, value.place, findings)


def _tell_unused(rule: str, path: str, start: date, end: date, place: Place, findings: Findings) -> None:
    zh = f"{rule} {path} 在 {start} 至 {end} 的规定不会用到:各考核期按期末那一天的规定计分"
    en = "no period ends while this is in force, so nothing is scored by it"
    findings.add(place, "dated-unused", zh, en, "请核对日期", soft=True)
