"""adjustments.yaml: each kind with the keys that it has a use for."""

from __future__ import annotations

import pytest

from scoring.codes import NodeCode
from scoring.methods.credit import Credit
from scoring.rulebook.final_rules import Adjustment
from tests.support.defects import (
    ADJUSTMENTS,
    BONUS,
    FLOOR,
    VETO,
    VOID,
    Change,
    Defect,
    adjustment,
    assert_told,
    defect,
)
from tests.support.rulesets import rules_from, small_files, small_rules


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "a kind of adjustment is unknown",
            adjustment(BONUS, "kind: bonus", "kind: bonsu"),
            code="unknown-word",
            at="bonsu",
        ),
        defect(
            "a bonus counts nothing", adjustment(BONUS, "value: X2, ", ""), code="missing-key", at="{code: B1"
        ),
        defect(
            "a bonus has a condition that nobody would ask",
            adjustment(BONUS, "value: X2,", "value: X2, when: X2 > 1,"),
            code="unknown-key",
            at="when: X2 > 1",
            found="when",
        ),
        defect(
            "a veto is no condition",
            adjustment(VETO, "X2 >= 3", "X2"),
            code="formula-type",
            at="X2, grade",
            found="X2",
        ),
        defect(
            "a veto does not say how far down",
            adjustment(VETO, "grade: lowest, ", ""),
            code="missing-key",
            at="{code: V1",
        ),
        defect(
            "a void names no figure",
            adjustment(VOID, "element: X1, ", ""),
            code="missing-key",
            at="{code: P2",
            more=["unknown-name", "unused-element"],
        ),
        defect(
            "a void names an unknown figure",
            adjustment(VOID, "element: X1", "element: X11"),
            code="unknown-name",
            at="{code: P2",
            found="X11",
            more=["unused-element"],
        ),
        defect(
            "a floor has no height",
            adjustment(FLOOR, "ratio_below: 40%, ", ""),
            code="missing-key",
            at="{code: V3",
        ),
        defect(
            "a floor's height is no share", adjustment(FLOOR, "40%", "40"), code="wrong-form", at="40, grade"
        ),
        defect(
            "a cap is no number",
            (ADJUSTMENTS, "bonus_cap: 2", "bonus_cap: 两分"),
            code="wrong-form",
            at="两分",
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def by_code(*changes: Change) -> dict[NodeCode, Adjustment]:
    return {each.code: each for each in small_rules(*changes).adjustments}


def test_each_kind_keeps_what_it_has_a_use_for() -> None:
    found = by_code()
    bonus, void, veto, demotion, floor = (found[NodeCode(code)] for code in ("B1", "P2", "V1", "V2", "V3"))
    assert isinstance(bonus.method, Credit)
    assert bonus.value is not None
    assert [void.element, str(void.deduct)] == ["X1", "1/2"]
    assert veto.when is not None
    assert [veto.grade_at_most, veto.ranked, veto.no_bonus] == ["", False, False]
    assert [demotion.by, demotion.cap_score, demotion.ranked] == [1, True, True]
    assert [floor.nodes, str(floor.ratio_below), floor.grade_at_most] == [("section-1",), "2/5", "合格"]


def test_nodes_are_named_one_by_one_or_by_their_kind() -> None:
    named = adjustment(FLOOR, "nodes: sections", "nodes: [item-1, I2]")
    assert by_code(named)[NodeCode("V3")].nodes == ("item-1", "I2")
    plural = adjustment(FLOOR, "nodes: sections", "nodes: items")
    assert by_code(plural)[NodeCode("V3")].nodes == ("item-1", "item-2")


def test_only_adjustments_may_ask_for_the_place_before_them() -> None:
    asked = by_code(adjustment(BONUS, "value: X2", "value: base_rank"))[NodeCode("B1")].value
    assert asked is not None
    assert asked.text == "base_rank"


def test_caps_are_those_written_and_without_the_file_there_is_nothing_outside() -> None:
    rules = small_rules()
    assert [rules.bonus_cap, rules.penalty_cap] == [2, 3]
    files = {name: text for name, text in small_files().items() if name != ADJUSTMENTS}
    bare = rules_from(files)
    assert [bare.adjustments, bare.bonus_cap, bare.penalty_cap] == [(), None, None]
