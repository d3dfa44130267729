"""Whether rules were made known before the period that they govern began; a note for those who come after."""

from __future__ import annotations

from scoring.errors import Issue, Place, Severity
from scoring.rulebook.rules import RuleSet


def is_published_late(rules: RuleSet) -> bool:
    """Whether the rules were made known only after the period that they govern had begun."""
    return rules.published is not None and rules.published > rules.effective[0]


def late_publication(rules: RuleSet) -> Issue | None:
    """A note that the rules came late, at the day they were published; None where they came in time."""
    if not is_published_late(rules):
        return None
    start, end = rules.effective
    return Issue(
        code="published-late",
        zh=f"规则集于 {rules.published} 公布,晚于适用期({start} 至 {end})开始",
        en=f"published on {rules.published}, after the period it governs had begun",
        fix_zh="这是提示,不影响计分;确属如此的,请写 accept 说明原因",
        fix_en="only a note: answer it with the reason",
        place=rules.places.get("published", Place(file="ruleset.yaml")),
        severity=Severity.SOFT,
    )
