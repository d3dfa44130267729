"""The reasons and bounds of explanations, as ruleset.yaml says them."""

from __future__ import annotations

import pytest

from scoring.errors import Severity
from scoring.rulebook.explanations import COMMON_REASONS, Reason, ReasonCode
from tests.support.rulesets import changed, load, rules_from, small_files

_FRAME = "ruleset.yaml"


def written(block: str) -> dict[str, str]:
    return dict(changed(small_files(), _FRAME, "tree:\n", f"explanations:\n{block}tree:\n"))


def test_a_rule_set_that_says_nothing_offers_the_common_reasons() -> None:
    rules = rules_from(small_files()).explanations
    assert rules.reasons == COMMON_REASONS
    assert (rules.least, rules.most, rules.quarters) == (5, 500, 2)


def test_reasons_and_bounds_are_taken_as_written_and_in_their_order() -> None:
    reasons = "  reasons:\n    b: {name: 乙, needs_evidence: yes}\n    a: {name: 甲}\n"
    rules = rules_from(written(f"  least: 8\n  most: 90\n  quarters: 0\n{reasons}")).explanations
    assert rules.reasons == (
        Reason(code=ReasonCode("b"), name="乙", needs_evidence=True),
        Reason(code=ReasonCode("a"), name="甲"),
    )
    assert (rules.least, rules.most, rules.quarters) == (8, 90, 0)
    assert rules.name("b") == "乙"
    assert rules.name("gone") == "gone"


@pytest.mark.parametrize(
    ("block", "says"),
    [
        ("  reasons: {Upper: {name: 甲}}\n", "小写字母"),
        ("  reasons: {a: {}}\n", "name"),
        ("  least: 9\n  most: 8\n", "least 不能大于 most"),
        ("  least: -1\n", "least"),
        ("  quarters: 9\n", "quarters"),
        ("  reason: {}\n", "reason"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_place(block: str, says: str) -> None:
    _, issues = load(written(block))
    (issue,) = issues
    assert issue.severity is Severity.HARD
    assert says in issue.zh
    assert issue.place.file == _FRAME
    assert issue.place.line is not None
