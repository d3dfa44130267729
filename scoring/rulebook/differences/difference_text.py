"""A comparison of two rule sets as Chinese sentences: for a terminal, for Markdown, and as plain data."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.errors import one_line
from scoring.periods import QUARTERS, Period
from scoring.rulebook.differences.changes import Act, Change, Difference, Version, Weight, joined

SECTIONS = {
    Weight.POINTS: "可能影响得分",
    Weight.REPORTS: "影响填报和审核,不影响已报数字的得分",
    Weight.NONE: "不影响得分",
}
EMPTY = "两个规则集的含义相同。"
_ONLY_WRITING = "含义相同,只有写法不同。"
_NUMERALS = "一二三四"
_YES_NO = ("是", "否")


def as_text(difference: Difference) -> str:
    """For a terminal: heading, then what can move points, what changes reports, and the rest."""
    lines = [_heading(difference), _summary(difference)]
    for weight, changes in _sections(difference):
        lines += ["", f"{SECTIONS[weight]}({len(changes)} 处)"]
        lines += [f"  {number}. {one_line(sentence(each))}" for number, each in enumerate(changes, 1)]
    return "\n".join(lines) + "\n"


def as_markdown(difference: Difference) -> str:
    """For a comment on a proposed change; code of the rules stands in backticks."""
    lines = [f"### {_heading(difference)}", "", _summary(difference)]
    for weight, changes in _sections(difference):
        lines += ["", f"#### {SECTIONS[weight]}({len(changes)} 处)", ""]
        lines += [f"{number}. {_escaped(sentence(each))}" for number, each in enumerate(changes, 1)]
    return "\n".join(lines) + "\n"


def as_data(difference: Difference) -> dict[str, object]:
    """For programs; the same difference gives the same data in the same order."""
    return {
        "from": _version_data(difference.before),
        "to": _version_data(difference.after),
        "equal": difference.is_empty,
        "new_templates": difference.new_templates,
        "changes": [change_data(change) for change in difference.changes],
    }


def change_data(change: Change) -> dict[str, object]:
    """One change for programs."""
    return {
        "act": change.act.value,
        "code": change.code,
        "path": change.address,
        "subject": change.subject,
        "title": change.title,
        "from": change.before,
        "to": change.after,
        "since": change.since.isoformat() if change.since else None,
        "quarters": list(change.quarters),
        "source": change.source,
        "because": change.because,
        "can_move": change.weight.value,
        "moves_points": change.moves_points,
        "changes_template": change.changes_template,
        "zh": sentence(change),
    }


def sentence(change: Change) -> str:
    """A change as one Chinese sentence."""
    parts = [statement(change)]
    if change.weight is not Weight.NONE:
        parts += [since_text(change), f"依据{change.source}" if change.source else ""]
        parts += [f"理由:{change.because}" if change.because else ""]
    return f"{','.join(part for part in parts if part).rstrip('。')}。"


def statement(change: Change) -> str:
    """What changed, without since when and why."""
    subject, before, after = _subject(change), change.before, change.after
    if change.act is Act.ADDED:
        return f"{subject}是新增的:{after}" if change.path else f"新增{subject}:{after}"
    if change.act is Act.REMOVED:
        return f"{subject}被删去:{before}" if change.path else f"删去{subject}:{before}"
    if change.act is Act.MOVED:
        return f"{change.subject}由 {before} 移到 {after}"
    if change.act is Act.REWRITTEN:
        return f"{subject}仅改写法:{before} 写成 {after}"
    if change.act is Act.FOLLOWS:
        return f"{subject}{after} 文字未变,所引用的常量、定义或数据项变了"
    colon = ":" if change.act is Act.REORDERED or after in _YES_NO else ""
    return f"{subject}{colon}由 {before} 改为 {after}"


def since_text(change: Change) -> str:
    """Since when, or for which quarters, the change holds."""
    if change.quarters == QUARTERS:
        return f"自 {change.since.isoformat()} 起" if change.since else ""
    first, last = change.quarters[0], change.quarters[-1]
    if last == QUARTERS[-1] and change.quarters == tuple(range(first, last + 1)):
        return f"自 {Period(change.year, first, yearly=False).title}起"
    named = "、".join(f"第{_NUMERALS[quarter - 1]}季度" for quarter in change.quarters)
    return f"限于 {change.year}年{named}"


def _subject(change: Change) -> str:
    return joined(change.subject, change.title)


def _heading(difference: Difference) -> str:
    one, other = difference.before, difference.after
    if one.code == other.code:
        return f"规则集 {one.code}:版本 {one.version} → 版本 {other.version}"
    return f"规则集 {one.code} 版本 {one.version} → {other.code} 版本 {other.version}"


def _summary(difference: Difference) -> str:
    if not difference.changes:
        return EMPTY
    if difference.is_empty:
        return _ONLY_WRITING
    counts = "、".join(f"{SECTIONS[weight]} {len(found)} 处" for weight, found in _sections(difference))
    templates = "已下载的报表模板要重新下载。" if difference.new_templates else "已下载的报表模板仍可使用。"
    return f"共 {len(difference.changes)} 处不同:{counts}。{templates}"


def _sections(difference: Difference) -> Iterator[tuple[Weight, tuple[Change, ...]]]:
    for weight in SECTIONS:
        changes = difference.of_weight(weight)
        if changes:
            yield weight, changes


def _version_data(version: Version) -> dict[str, object]:
    return {
        "code": version.code,
        "title": version.title,
        "version": version.version,
        "digest": version.digest,
        "effective_from": version.effective[0].isoformat(),
        "effective_to": version.effective[1].isoformat(),
    }


def _escaped(text: str) -> str:
    """Nothing that Markdown would take for its own signs, and formulas as code."""
    plain = one_line(text).replace("`", "'")
    coded = plain.replace("“", "`").replace("”", "`") if plain.count("“") == plain.count("”") else plain
    outside = coded.split("`")
    return "`".join(part if number % 2 else _plain(part) for number, part in enumerate(outside))


def _plain(text: str) -> str:
    for sign in "\\*_<>|[]":
        text = text.replace(sign, f"\\{sign}")
    return text
