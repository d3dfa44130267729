"""Assembling: files by their names, codes used once, and what good files become."""

from __future__ import annotations

import pytest

from scoring.codes import NodeCode
from tests.support.defects import (
    COUNT,
    FLOOR,
    FORM,
    RATE,
    RULESET,
    UNITS,
    VETO,
    Defect,
    adjustment,
    assert_told,
    defect,
)
from tests.support.rulesets import changed, load, small_files


@pytest.mark.parametrize(
    "case",
    [
        defect("a key is missing", (RATE, "name: 办结率\n", ""), code="missing-key", at="code: I1"),
        defect(
            "a key is unknown", (RATE, "measure:", "mesure:"), code="unknown-key", at="mesure", found="mesure"
        ),
        defect("a key is empty", (RATE, "name: 办结率", 'name: ""'), code="wrong-form", at='"\nparent'),
        defect(
            "a word is no choice", (RATE, "missing: zero", "missing: nought"), code="wrong-form", at="nought"
        ),
        defect(
            "a word is unknown",
            (FORM, "provider: region", "provider: regoin"),
            code="unknown-word",
            at="regoin",
        ),
        defect("a key is written twice", (RATE, "measure:", "name:"), code="duplicate-key", at='name: "%"'),
        defect("a file has no place", ("I9.yaml", "", "a: 1"), code="unknown-file", at=None),
        defect("a file lies too deep", ("forms/old/F9.yaml", "", "a: 1"), code="unknown-file", at=None),
        defect("a file has another ending", ("forms/F02.yml", "", "a: 1"), code="unknown-file", at=None),
        defect(
            "a file is no mapping",
            ("units.yaml", "units:\n", "- 甲\n- units:\n"),
            code="wrong-form",
            at="- 甲",
        ),
        defect(
            "a document is unknown",
            (RATE, "document: paper", "document: papers"),
            code="unknown-document",
            at="papers",
            found="papers",
        ),
        defect(
            "an attribute has the name of an element",
            (RULESET, "population: {type", "E1: {type"),
            (COUNT, "population / 250", "E1 / 250"),
            (UNITS, "population: 1000", "E1: 1000"),
            (UNITS, "population: 500", "E1: 500"),
            (UNITS, "population: 250", "E1: 250"),
            code="duplicate-code",
            at=None,
            found="E1",
        ),
        defect(
            "a constant has the name of a reserved word",
            (RULESET, "issued:", "base_rank:"),
            (COUNT, "issued", "E5"),
            code="duplicate-code",
            at=None,
            found="base_rank",
        ),
        defect(
            "a tie break asks for a node that is not there",
            (RULESET, "{node: item-1}", "{node: item-9}"),
            code="unknown-node",
            at="item-9",
            found="item-9",
        ),
        defect(
            "two elements have one code",
            (FORM, "code: E7,", "code: E1,"),
            (COUNT, "E7 + ", ""),
            code="duplicate-code",
            at="{code: E1, name: 年报数",
        ),
        defect(
            "two forms have one code",
            ("forms/F02.yaml", "", "code: F01\ntitle: 表\nprovider: region\nelements: []\n"),
            code="duplicate-code",
            at="code: F01",
        ),
        defect(
            "two checks have one code",
            (FORM, "code: F01-2", "code: F01-1"),
            code="duplicate-code",
            at="{code: F01-1, rule: E3",
        ),
        defect(
            "two indicators have one code",
            (COUNT, "code: I2", "code: I1"),
            code="duplicate-code",
            at="code: I1",
            more=["weights-do-not-sum", "clause-forgotten"],
        ),
        defect(
            "an indicator has the code of a node",
            (COUNT, "code: I2", "code: item-1"),
            code="duplicate-code",
            at="code: item-1",
            more=["weights-do-not-sum"],
        ),
        defect(
            "an indicator has no parent that is there",
            (COUNT, "parent: item-2", "parent: item-9"),
            code="unknown-node",
            at="code: I2",
            found="item-9",
            more=["weights-do-not-sum", "clause-of-other-item"],
        ),
        defect(
            "a floor stands under no node",
            adjustment(FLOOR, "nodes: sections", "nodes: [section-9]"),
            code="unknown-node",
            at="{code: V3",
            found="section-9",
        ),
        defect(
            "an adjustment has the code of an indicator",
            adjustment(VETO, "code: V1", "code: I1"),
            code="duplicate-code",
            at="{code: I1",
        ),
        defect(
            "two adjustments have one code",
            adjustment(VETO, "code: V1", "code: B1"),
            code="duplicate-code",
            at="{code: B1, kind: bonus",
            more=["duplicate-code"],
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def test_the_small_rule_set_has_nothing_wrong() -> None:
    rules, issues = load(small_files())
    assert rules is not None
    assert issues == []


def test_indicators_stand_under_their_nodes_in_the_order_of_their_files() -> None:
    files = changed(small_files(), COUNT, "parent: item-2", "parent: item-1")
    rules, _ = load({**files, "indicators/I0.yaml": files.pop(COUNT)})
    assert rules is not None
    assert rules.nodes[NodeCode("item-1")].children == ("I2", "I1")


@pytest.mark.parametrize("file", ["plan.yaml", "units.yaml", "adjustments.yaml"])
def test_some_files_may_be_absent(file: str) -> None:
    files = {name: text for name, text in small_files().items() if name != file}
    rules, _ = load(files)
    assert rules is not None


def test_without_a_ruleset_yaml_there_is_no_rule_set() -> None:
    assert load({"plan.yaml": small_files()["plan.yaml"]}) == (None, [])
