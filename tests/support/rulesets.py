"""A small valid rule set as file texts, ways to change it, and terse facts to score it with."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent
from typing import Any

from scoring.codes import ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.engine import PlainEngine, Scoring
from scoring.errors import Issue, Severity
from scoring.facts import Fact, Facts, Series, gather_facts
from scoring.periods import Period, period_from_text
from scoring.reporting import read_amount
from scoring.rulebook.files import rule_set_from_files
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.tree import Findings

Files = dict[str, str]


def _text(content: str) -> str:
    return dedent(content).lstrip("\n")


RULESET = _text("""
    language: 1
    code: small
    title: 小规则集
    year: 2021
    version: "1"
    sources:
      paper: {title: 一份文件}
    attributes:
      group: {type: text}
      population: {type: integer, measure: 人}
    constants:
      issued: {type: date, value: 2021-05-16, source: 落款}
    breakdowns:
      lines: {title: 条线, members: [市场监管, 药监]}
    peer_group: group
    rounding:
      points: {places: 2, mode: half_up}
      total: {places: 2}
    ranking:
      on: unrounded
      ties: competition
      tie_breaks:
        - {node: item-1}
        - {fewest: zero_scores}
    grades:
      on: rounded
      bands:
        - {grade: 优秀, at_least: 90, tier: 第一档, converted: 10}
        - {grade: 合格, at_least: 60}
        - {grade: 不合格, otherwise: yes}
    tree:
      code: total
      title: 总分
      points: 100
      rescale: yes
      children:
        - code: section-1
          points: 100
          children:
            - {code: item-1, points: 60}
            - {code: item-2, points: 40}
    """)

PLAN = _text("""
    document: {title: 年度要点}
    sections:
      - code: section-1
        title: 第一章
        items:
          - code: item-1
            title: 第一项
            clauses:
              - code: "1.1"
                agencies: [甲部]
                leads: [甲部]
                mode: 负责
                addressed_to: central
                paraphrase: 一句话
                digest: abc
          - code: item-2
            title: 第二项
            clauses:
              - code: "2.1"
                agencies: [乙部]
                mode: 负责
                addressed_to: province
                paraphrase: 另一句话
                digest: def
              - code: "2.2"
                agencies: [乙部]
                mode: 负责
                addressed_to: central
                paraphrase: 又一句话
                digest: ghi
                not_assessed: 只有中央做
    """)

UNITS = _text("""
    units:
      - {code: "110000", name: 甲省, group: 东, population: 1000}
      - {code: "120000", name: 乙省, short: 乙, group: 东, population: 500}
      - {code: "130000", name: 丙省, group: 西, population: 250}
    """)

FORM = _text("""
    code: F01
    title: 季报表
    provider: region
    elements:
      - {code: E1, name: 应办数, measure: 件, type: integer}
      - {code: E2, name: 办结数, measure: 件, type: integer, may_be_not_applicable: yes}
      - {code: E3, name: 分线数, measure: 件, type: integer, breakdown: lines}
      - {code: E4, name: 刑拘数, measure: 人, type: integer, statistical_only: {reason: 禁止, source: 某通知}}
      - {code: E5, name: 印发日, type: date}
      - {code: E6, name: 是否开会, type: choice, choices: [是, 否], frequency: yearly}
      - {code: E7, name: 年报数, measure: 个, type: decimal, places: 1, frequency: yearly}
      - {code: E8, name: 半年报数, measure: 个, type: integer, frequency: half_yearly}
      - {code: X1, name: 虚报认定, measure: 次, type: integer, breakdown: indicators, frequency: yearly}
      - {code: X2, name: 好事, measure: 次, type: integer, frequency: yearly}
      - {code: X3, name: 坏事, measure: 次, type: integer, frequency: yearly}
    checks:
      - {code: F01-1, rule: E2 <= E1, message: 办结不多于应办, hint: 请核对}
      - {code: F01-2, rule: E3 <= previous(E3) + E3, each: lines, message: 前后应衔接, severity: soft}
    """)

RATE = _text("""
    code: I1
    name: 办结率
    parent: item-1
    clauses: ["1.1"]
    points: 60
    measure: "%"
    value: 100 * E2 / E1
    zero_denominator: not_applicable
    missing: zero
    method: {kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}
    reason: 说明办得怎样
    source: {document: paper, text: 第一条}
    examples:
      - name: 办结九成
        given: {E1: 10, E2: 9}
        expect: {value: 90, points: 60}
    """)

COUNT = _text("""
    code: I2
    name: 人均
    parent: item-2
    clauses: ["2.1"]
    points: 40
    value: E3 + E7 + E8 + (E5 - issued) + population / 250
    zero_denominator: zero
    missing: not_applicable
    method: {kind: credit, each: 1}
    reason: 说明做了多少
    source: {document: paper}
    """)

ADJUSTMENTS = _text("""
    bonus_cap: 2
    penalty_cap: 3
    adjustments:
      - {code: B1, kind: bonus, name: 推广, value: X2, method: {kind: credit, each: 0.5, most: 1}}
      - code: P1
        kind: penalty
        name: 通报
        value: coalesce(X3, 0)
        method: {kind: credit, each: 0.1, most: 3}
        examples:
          - {name: 两次, given: {X3: 2}, expect: {value: 2, points: 0.2}}
      - {code: P2, kind: void, name: 虚报, element: X1, deduct: 50%}
      - {code: V1, kind: veto, name: 大事, when: X2 >= 3, grade: lowest, ranked: no}
      - {code: V2, kind: demotion, name: 未报, when: E6 == "否", by: 1, cap_score: yes}
      - {code: V3, kind: floor, name: 底线, nodes: sections, ratio_below: 40%, grade_at_most: 合格}
    """)


def small_files() -> Files:
    """The files of a rule set that has no issue at all."""
    return {
        "ruleset.yaml": RULESET,
        "plan.yaml": PLAN,
        "units.yaml": UNITS,
        "forms/F01.yaml": FORM,
        "indicators/I1.yaml": RATE,
        "indicators/I2.yaml": COUNT,
        "adjustments.yaml": ADJUSTMENTS,
    }


def changed(files: Mapping[str, str], file: str, old: str, new: str) -> Files:
    """The files with one passage replaced, which must stand there exactly once."""
    assert files[file].count(old) == 1, f"{old!r} stands {files[file].count(old)} times in {file}"
    return {**files, file: files[file].replace(old, new)}


def load(files: Mapping[str, str | bytes]) -> tuple[RuleSet | None, list[Issue]]:
    """What the loader makes of the files."""
    findings = Findings()
    rules = rule_set_from_files(
        {name: each if isinstance(each, bytes) else each.encode() for name, each in files.items()}, findings
    )
    return rules, findings.issues


def rules_from(files: Mapping[str, str]) -> RuleSet:
    """The rule set of files that must have no hard issue."""
    rules, issues = load(files)
    assert [str(issue) for issue in issues if issue.severity is Severity.HARD] == []
    assert rules is not None
    return rules


def small_rules(*changes: tuple[str, str, str]) -> RuleSet:
    """The small rule set with changes (file, old, new), which must leave it usable."""
    files = small_files()
    for file, old, new in changes:
        files = changed(files, file, old, new)
    return rules_from(files)


def facts_from(rules: RuleSet, written: Mapping[Any, Mapping[str, str]]) -> Facts:
    """Facts of units, written as {"110000": {"E1 2021Q1": "5", "E3[药监] 2021Q2": "NA"}}."""
    facts = []
    for unit, figures in written.items():
        for where, text in figures.items():
            name, _, period = where.partition(" ")
            code, _, member = name.rstrip("]").partition("[")
            element = rules.elements[ElementCode(code)]
            read = read_amount(element, text)
            assert read is not None, f"{where}: {text}"
            series = Series(element.code, PeriodCode(period), MemberCode(member))
            facts.append(Fact(UnitCode(unit), series, *read))
    return gather_facts(rules.units, facts)


def period(text: str) -> Period:
    """A scored period, such as 2021Q3."""
    found = period_from_text(text)
    assert found is not None
    return found


def scored(rules: RuleSet, written: Mapping[Any, Mapping[str, str]], when: str = "2021") -> Scoring:
    """The plain engine's scoring of written facts."""
    return PlainEngine(rules, facts_from(rules, written), period(when)).score()
