"""The findings for which `rules check` asks a reason, by the codes that answers in rule files name."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from scoring.errors import Issue, Severity
from scoring.nearest import meant
from scoring.rulebook.answers import Answer

ANSWERABLE: Mapping[str, str] = {
    "unused-element": "数据项没有用到",
    "measure-mixed": "不同计量单位的数相加或相比",
    "measure-scale": "同一种计量单位大小不同",
    "measure-of-value": "指标值的计量单位与写明的不同",
    "percent-and-points": "百分数与百分点",
    "no-measure": "没有写计量单位",
    "threshold-in-other-measure": "界限与指标值的计量单位不符",
    "decided-condition": "条件总是或永远不成立",
    "dead-branch": "公式的一支永远用不到",
    "dead-rung": "档次或折线段永远用不到",
    "idle-rung": "相邻两档得分相同",
    "idle-slope": "扣分或加分不起作用",
    "idle-policy": "缺数的处理永远用不到",
    "always-the-same": "得分不随值变化",
    "full-points-out-of-reach": "满分谁也得不到",
    "published-late": "公布晚于适用期开始",
    "improving-costs": "做得更好反而少得分",
    "reward-turns": "一个数一直增加,得分却先升后降或先降后升",
    "silence-pays": "不报比如实报划算",
    "hidden-period-pays": "藏起一期比如实报划算",
    "cliff": "一步相差过多的得分",
    "nothing-done-pays": "没有可做的就不计入或得分",
    "outlier-exposed": "一个离群的单位改变所有单位的得分",
}
"""Each with its title; what is not among them stops a rule set and must be mended."""
UNCOVERED = "uncovered"
"""A thing that a rule can do and no worked example shows; found by `rules test --coverage`."""
MUTANT = "mutant"
"""A change that no worked example notices; found by `rules test --mutate`, which knows alone whether an
answer meets one. `mutant 0 → -1` answers that very change."""


def is_for_tests(answer: Answer) -> bool:
    """Whether the answer is for a finding of `rules test`, of which the check knows nothing."""
    return answer.finding.partition(" ")[0] in {UNCOVERED, MUTANT}


def idle_answer(answer: Answer, told: Collection[str]) -> Issue:
    """That an answer meets no finding: the rule was mended meanwhile, or the code is misspelt."""
    known = answer.finding in ANSWERABLE or answer.finding in told
    zh = f"accept 答复的 {answer.finding} 在这里没有被检查出来"
    if not known:
        zh = f"accept 答复的 {answer.finding} 不是可以答复的检查结论"
    fix = "规则已经改好的,请删去这条答复" if known else meant(answer.finding, ANSWERABLE)
    return Issue(
        code="accept-unneeded",
        zh=zh,
        en=f"this answer meets no finding: {answer.finding}",
        fix_zh=fix or "请删去这条答复",
        fix_en="delete the answer, or correct the code of the finding",
        place=answer.place,
        severity=Severity.SOFT,
        found=answer.finding,
    )
