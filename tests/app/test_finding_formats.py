"""How the findings of a check are printed: for people, for SARIF readers, for GitHub."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.finding_formats import as_data, as_sarif, counts, github_lines, proofs, text_lines
from scoring.errors import Issue, Place, Severity
from scoring.rulebook.answers import Answer, Answered
from services.rule_checks import RuleCheck

FOLDER = Path("rules/某省/2021")
PLACE = Place(file="indicators/I1.yaml", line=7, column=3)
HARD = Issue(
    code="no-sum", zh="没有合计", en="no total", fix_zh="请写明分类", fix_en="name a member", place=PLACE
)
SOFT = Issue(code="cliff", zh="100%, 落差:大", en="a cliff", severity=Severity.SOFT)
ANSWER = Answer(finding="cliff", reason="有意\n为之", place=PLACE, first=(1, 1), last=(9, 9))
CHECK = RuleCheck((HARD, SOFT), (Answered(SOFT, ANSWER),))


def test_a_line_says_place_severity_code_what_is_wrong_and_what_to_do() -> None:
    assert list(text_lines(CHECK)) == [
        "indicators/I1.yaml:7:3: 错误 no-sum: 没有合计 怎么改:请写明分类",
        "提示 cliff: 100%, 落差:大",
        "已答复 cliff: 100%, 落差:大 理由:有意\\n为之",
    ]


def test_the_last_line_counts_what_is_open_and_what_is_answered() -> None:
    assert counts(CHECK) == "共 1 个错误、1 个提示;另有 1 个提示已在文件中答复。"
    assert counts(RuleCheck((HARD,), ())) == "共 1 个错误、0 个提示。"
    assert counts(RuleCheck((), ())) == "没有问题。"


def test_what_is_proved_and_what_was_only_searched_are_told_apart() -> None:
    assert proofs(RuleCheck((), ())) == ""
    assert proofs(RuleCheck((), (), 3)) == "激励:3 项指标已证明“做得更好不会少得分”。"
    assert "2 项在典型值和边界值上没有找到反例" in proofs(RuleCheck((), (), 3, 2))


def test_json_lists_open_findings_and_those_answered_only_when_asked() -> None:
    assert [each["severity"] for each in as_data(CHECK, answered=False)] == ["hard", "soft"]
    assert [each["severity"] for each in as_data(CHECK, answered=True)] == ["hard", "soft", "answered"]
    assert as_data(CHECK, answered=True)[-1]["reason"] == ANSWER.reason


def test_sarif_has_rules_levels_places_and_suppressions() -> None:
    log: Any = json.loads(json.dumps(as_sarif(CHECK, FOLDER)))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["cliff", "no-sum"]
    hard, soft, answered = run["results"]
    assert (hard["ruleId"], hard["ruleIndex"], hard["level"]) == ("no-sum", 1, "error")
    location = hard["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "rules/%E6%9F%90%E7%9C%81/2021/indicators/I1.yaml"
    assert location["region"] == {"startLine": 7, "startColumn": 3}
    assert (soft["level"], "locations" in soft, "suppressions" in soft) == ("warning", False, False)
    assert answered["suppressions"] == [{"kind": "inSource", "justification": ANSWER.reason}]
    assert "name a member" in hard["message"]["text"]


def test_github_gets_one_command_a_finding_with_signs_of_its_own_escaped() -> None:
    assert list(github_lines(CHECK, FOLDER)) == [
        "::error file=rules/某省/2021/indicators/I1.yaml,line=7,col=3,title=no-sum::没有合计 请写明分类",
        "::warning title=cliff::100%25, 落差:大",
        "::notice title=cliff::100%25, 落差:大 已答复:有意%0A为之",
    ]
