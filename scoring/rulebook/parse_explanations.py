"""From `explanations:` of ruleset.yaml to the rules by which soft issues are explained."""

from __future__ import annotations

import re

from scoring.rulebook.explanations import ExplanationRules, Reason, ReasonCode
from scoring.rulebook.tree import Record

_CODE = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)
_LONGEST_TEXT = 2_000
_MOST_QUARTERS = 8
_PLAIN = ExplanationRules()


def parse_explanations(frame: Record) -> ExplanationRules:
    """What ruleset.yaml says of explanations; where it says nothing, the common reasons."""
    record = frame.record("explanations", "情况说明的规则")
    if record is None:
        return _PLAIN
    found = ExplanationRules(
        reasons=tuple(_reason(code, inner) for code, inner in record.keyed("reasons", "原因"))
        or _PLAIN.reasons,
        least=record.whole("least", _PLAIN.least, most=_LONGEST_TEXT),
        most=record.whole("most", _PLAIN.most, most=_LONGEST_TEXT),
        quarters=record.whole("quarters", _PLAIN.quarters, most=_MOST_QUARTERS),
    )
    if found.least > found.most:
        record.wrong(record.at("least"), "least 不能大于 most", "least must not be more than most")
    record.close()
    return found


def _reason(code: str, record: Record) -> Reason:
    if not _CODE.fullmatch(code):
        zh = f"原因代码“{code}”要用小写字母、数字和下划线,字母开头"
        record.wrong(record.place, zh, "a reason's code is lower-case letters, digits and underscores", code)
    found = Reason(
        code=ReasonCode(code),
        name=record.text("name", required=True),
        needs_evidence=record.flag("needs_evidence"),
    )
    record.close()
    return found
