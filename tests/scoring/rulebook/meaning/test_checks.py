"""The rule set as a whole: sums, clauses and references."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import scoring.rulebook
from tests.support.defects import (
    COUNT,
    PLAN,
    RATE,
    RULESET,
    VETO,
    VOID,
    Defect,
    adjustment,
    assert_told,
    defect,
)


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "children do not make their parent",
            (RULESET, "{code: item-1, points: 60}", "{code: item-1, points: 61}"),
            code="weights-do-not-sum",
            at="code: section-1",
            more=["weights-do-not-sum"],
        ),
        defect(
            "indicators do not make their item",
            (RATE, "points: 60\n", "points: 59\n"),
            code="weights-do-not-sum",
            at="{code: item-1",
            file=RULESET,
        ),
        defect(
            "an item of some points has nothing under it",
            (
                RULESET,
                "- {code: item-2, points: 40}",
                "- {code: item-2, points: 40}\n        - {code: item-3, title: 空, points: 1}",
            ),
            code="weights-do-not-sum",
            at="code: section-1",
            more=["weights-do-not-sum"],
        ),
        defect(
            "a node weighs less than nothing",
            (RULESET, "{code: item-2, points: 40}", "{code: item-2, points: 40, weight: -1}"),
            code="negative-weight",
            at="{code: item-2",
            more=["weights-do-not-sum"],
        ),
        defect(
            "a clause is forgotten",
            (PLAN, "            not_assessed: 只有中央做\n", ""),
            code="clause-forgotten",
            at='code: "2.2"',
        ),
        defect(
            "a clause is measured and set aside",
            (COUNT, '["2.1"]', '["2.1", "2.2"]'),
            code="clause-both-ways",
            at='code: "2.2"',
            file=PLAN,
        ),
        defect(
            "an indicator's points are negative",
            (COUNT, "points: 40\n", "points: -40\n"),
            code="negative-points",
            at="code: I2",
            more=["weights-do-not-sum"],
        ),
        defect(
            "an indicator's weight is negative",
            (COUNT, "points: 40\n", "points: 40\nweight: -1\n"),
            code="negative-weight",
            at="code: I2",
            more=["weights-do-not-sum"],
        ),
        defect(
            "an indicator measures no clause",
            (RATE, 'clauses: ["1.1"]\n', ""),
            code="no-clause",
            at="code: I1",
            more=["clause-forgotten"],
        ),
        defect(
            "an indicator measures a clause that is not there",
            (RATE, '["1.1"]', '["1.1", "1.9"]'),
            code="unknown-clause",
            at="code: I1",
            found="1.9",
        ),
        defect(
            "an indicator measures a clause of another item",
            (RATE, '["1.1"]', '["1.1", "2.1"]'),
            code="clause-of-other-item",
            at="code: I1",
        ),
        defect(
            "a veto names no grade",
            adjustment(VETO, "grade: lowest", "grade_at_most: 及格"),
            code="unknown-grade",
            at="{code: V1",
            found="及格",
        ),
        defect(
            "a void's figure is not broken down by indicator",
            adjustment(VOID, "element: X1", "element: E3"),
            code="void-needs-indicators",
            at="{code: P2",
            more=["unused-element"],
        ),
        defect(
            "a void's figure is not broken down at all",
            adjustment(VOID, "element: X1", "element: E1"),
            code="void-needs-indicators",
            at="{code: P2",
            more=["unused-element"],
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def kebab_words(folder: Path) -> set[str]:
    """The words in kebab-case that stand as texts in the sources of a folder."""
    texts = (
        node.value
        for source in folder.rglob("*.py")
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    found = (re.fullmatch(r"(?:\w+:\w+ )?([a-z]+(?:-[a-z0-9]+)+)", text) for text in texts)
    return {match[1] for match in found if match}


def test_every_kind_of_finding_that_the_rule_book_knows_has_its_defect_in_these_tests() -> None:
    known, shown = kebab_words(Path(scoring.rulebook.__path__[0])), kebab_words(Path(__file__).parents[1])
    assert known - shown == set()
