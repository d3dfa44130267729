"""plan.yaml: the clauses of the work points."""

from __future__ import annotations

import pytest

from scoring.codes import ClauseCode
from tests.support.defects import COUNT, PLAN, Defect, assert_told, defect
from tests.support.rulesets import small_rules


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "the plan has no document",
            (PLAN, "document: {title: 年度要点}\n", ""),
            code="missing-key",
            at="sections",
        ),
        defect(
            "a section has the code of another part",
            (PLAN, "code: section-1", "code: item-1"),
            code="duplicate-code",
            at="6:15",
            found="item-1",
            more=["missing-key"],
        ),
        defect(
            "a clause is written twice",
            (PLAN, 'code: "2.1"', 'code: "1.1"'),
            (COUNT, '["2.1"]', '["1.1"]'),
            code="duplicate-code",
            at="19:20",
            found="1.1",
            more=["clause-of-other-item"],
        ),
        defect(
            "a clause is addressed to nobody known",
            (PLAN, "addressed_to: province", "addressed_to: town"),
            code="unknown-word",
            at="town",
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def test_a_clause_knows_its_item_and_who_answers_for_it() -> None:
    rules = small_rules()
    clause = rules.clauses[ClauseCode("1.1")]
    assert [clause.section, clause.item, clause.agencies, clause.leads] == [
        "section-1",
        "item-1",
        ("甲部",),
        ("甲部",),
    ]
    assert {code: (each.addressed_to, each.not_assessed) for code, each in rules.clauses.items()} == {
        "1.1": ("central", ""),
        "2.1": ("province", ""),
        "2.2": ("central", "只有中央做"),
    }
