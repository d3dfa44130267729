"""What an account says of the rules themselves: what changed within the year, where they are from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.accounts import Account, LeafAccount, NodeAccount
from scoring.rulebook.lineage import DatedChoice, DatedValue, Provenance, RuleKind, RuleOrigin, Standing
from scoring.rulebook.meaning.publication import is_published_late
from scoring.rulebook.rules import Indicator, RuleSet

_NAME = re.compile(r"\w+")
_LONGEST = 160
_NAMED = {"constants", "definitions", "tables"}
"""Keys of ruleset.yaml whose entries are values that formulas name."""
_TITLES = {
    "points": "分值",
    "weight": "权重",
    "value": "公式",
    "method": "计分方法",
    "missing": "未报时的处理",
    "zero_denominator": "分母为零时的处理",
    "undefined": "无法计算时的处理",
    "applicable_when": "适用条件",
    "rounding": "取整",
    "aggregate": "汇总方法",
    "formula": "公式",
    "grades": "等级",
    "ranking": "排名",
    "constants": "常量",
    "definitions": "定义",
    "tables": "参数表",
    "bonus_cap": "加分上限",
    "penalty_cap": "减分上限",
    "when": "条件",
    "if_missing": "未报时的数",
    "name": "名称",
    "title": "标题",
    "reason": "理由",
    "source": "依据",
    "evidence": "佐证",
    "assessor": "评分单位",
    "measure": "计量单位",
    "direction": "方向",
    "assessed": "考核频率",
    "clauses": "条款",
    "parent": "上级",
    "examples": "例",
    "rescale": "折算",
    "weights": "权重的用法",
    "coverage": "覆盖要求",
}


def history_sentences(account: Account) -> tuple[str, ...]:
    """How the rules changed within the year, where they are from, whether they were published late."""
    dated = (_dated_sentence(account, each) for each in dated_values(account))
    provenance = _provenance_sentences(account.rules, _provenance(account))
    return (*dated, *provenance, *_late_sentences(account.rules))


def history_data(account: Account) -> dict[str, object]:
    """The same for JSON."""
    rules, provenance = account.rules, _provenance(account)
    return {
        "dated": [_dated_data(account, each) for each in dated_values(account)],
        "provenance": {
            "standing": provenance.standing,
            "origin": provenance.origin.code,
            "origin_version": provenance.origin.version,
            "added": provenance.added,
            "changes": [
                {
                    "rule_set": change.by.code,
                    "version": change.by.version,
                    "keys": list(change.keys),
                    "reason": change.reason,
                }
                for change in provenance.changes
            ],
        },
        "published": None if rules.published is None else rules.published.isoformat(),
        "published_late": is_published_late(rules),
    }


def dated_values(account: Account) -> tuple[DatedValue, ...]:
    """The values behind the number that change within the year."""
    if isinstance(account, LeafAccount):
        return tuple(each for each in account.rules.dated if _bears_on_leaf(account, each))
    return tuple(each for each in account.rules.dated if _bears_on_node(account, each))


def _bears_on_leaf(account: LeafAccount, value: DatedValue) -> bool:
    key, _, rest = value.path.partition(".")
    if value.rule == account.indicator.code:
        return True
    if value.rule == account.unit:
        return value.path in account.points.value.attributes
    if value.rule in account.rules.elements:
        return key == "if_missing" and any(each.figure.element == value.rule for each, _ in account.inputs)
    if value.rule != account.rules.code:
        return False
    if key in _NAMED:
        return rest.partition(".")[0] in names_in(account.rules, account.indicator)
    return value.path in {"rounding", "rounding.points"} or value.path.startswith("rounding.points.")


def names_in(rules: RuleSet, indicator: Indicator) -> set[str]:
    """Every name that an indicator's formulas use, also through definitions."""
    formulas = (indicator.value, indicator.applicable_when)
    waiting = [formula.text for formula in formulas if formula is not None]
    found: set[str] = set()
    while waiting:
        for name in _NAME.findall(waiting.pop()):
            if name not in found and name in rules.definitions:
                waiting.append(rules.definitions[name].formula.text)
            found.add(name)
    return found


def _bears_on_node(account: NodeAccount, value: DatedValue) -> bool:
    if value.rule == account.node.code:
        return True
    if account.result is None:
        return False
    held = {each.code for each in account.adjustments if each.triggered}
    whole = value.rule in {"", account.rules.code}
    return value.rule in held or (whole and value.path.partition(".")[0] in _OF_THE_TOTAL)


_OF_THE_TOTAL = {"grades", "ranking", "rounding", "bonus_cap", "penalty_cap"}


def _dated_sentence(account: Account, value: DatedValue) -> str:
    turns = ";".join(_turn(account, each) for each in value.choices)
    day = account.period.last_day
    return f"{_title(value)}分期规定:{turns}。本期按 {day} 有效的规定,为 {_cut(value.on(day).text)}。"


def _turn(account: Account, choice: DatedChoice) -> str:
    last = choice.end >= account.rules.effective[1]
    time = f"自 {choice.start} 起" if last else f"自 {choice.start} 至 {choice.end} "
    because = f"因为{choice.because}" if choice.because else ""
    grounds = ",".join(part for part in (_source_text(account.rules, choice), because) if part)
    return f"{time}为 {_cut(choice.text)}" + (f"({grounds})" if grounds else "")


def _source_text(rules: RuleSet, choice: DatedChoice) -> str:
    if choice.source is None:
        return ""
    document = rules.documents.get(choice.source.document)
    title = document.title if document else choice.source.document
    return f"依据{title}:{choice.source.text}" if choice.source.text else f"依据{title}"


def _title(value: DatedValue) -> str:
    key = re.split(r"[.\[]", value.path)[0]
    title = _TITLES.get(key, key)
    return title if title and value.path == key else f"{title}({value.path})"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _dated_data(account: Account, value: DatedValue) -> dict[str, object]:
    held = value.on(account.period.last_day)
    return {
        "rule": value.rule,
        "path": value.path,
        "choices": [
            {
                "start": choice.start.isoformat(),
                "end": choice.end.isoformat(),
                "value": choice.text,
                "source": _source_text(account.rules, choice).removeprefix("依据"),
                "because": choice.because,
                "in_force": choice == held,
            }
            for choice in value.choices
        ],
    }


def _provenance(account: Account) -> Provenance:
    if isinstance(account, LeafAccount):
        return account.rules.provenance(RuleKind.INDICATOR, account.indicator.code)
    return account.rules.provenance(RuleKind.NODE, account.node.code)


def _provenance_sentences(rules: RuleSet, provenance: Provenance) -> Iterator[str]:
    if not rules.lineage.parents:
        return
    if provenance.standing is Standing.OWN:
        reason = f",理由:{_ended(provenance.added)}" if provenance.added else "。"
        yield f"本项是本规则集在继承的规则之外增加的{reason}"
        return
    yield f"本项继承自{_named(rules, provenance.origin)}。"
    for change in provenance.changes:
        who = "本规则集" if change.by == rules.origin else _named(rules, change.by)
        yield f"{who}改了{'、'.join(map(_key_title, change.keys))},理由:{_ended(change.reason)}"


def _key_title(key: str) -> str:
    return _TITLES.get(key, key)


def _named(rules: RuleSet, origin: RuleOrigin) -> str:
    titles = [parent.title for parent in rules.lineage.parents if parent.origin == origin]
    title = f"《{titles[0]}》" if titles else origin.code
    return f"{title}(第 {origin.version} 版)"


def _ended(text: str) -> str:
    return text if text.endswith(("。", "!", "?")) else f"{text}。"


def _late_sentences(rules: RuleSet) -> Iterator[str]:
    if is_published_late(rules):
        start, end = rules.effective
        yield f"规则集于 {rules.published} 公布,适用于 {start} 至 {end} 的工作,公布晚于适用期开始。"
