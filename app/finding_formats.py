"""What `kaohe rules check` prints: lines for a terminal, SARIF 2.1.0, annotations for GitHub workflows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from os.path import normpath
from pathlib import Path
from urllib.parse import quote

from app.shapes import issue_data
from scoring.errors import Issue, Severity, one_line
from services.rule_checks import RuleCheck

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.HARD: "error", Severity.SOFT: "warning"}
_TITLES = {Severity.HARD: "错误", Severity.SOFT: "提示"}


def text_lines(check: RuleCheck) -> Iterator[str]:
    """One line a finding, then those answered with their reasons."""
    for issue in check.open:
        yield _line(issue, _TITLES[issue.severity])
    for each in check.answered:
        yield f"{_line(replace(each.issue, fix_zh=''), '已答复')} 理由:{one_line(each.answer.reason)}"


def counts(check: RuleCheck) -> str:
    """How many of each, as the last line says it."""
    hard = sum(issue.severity is Severity.HARD for issue in check.open)
    parts = [f"{hard} 个错误", f"{len(check.open) - hard} 个提示"] if check.open else []
    told = f"共 {'、'.join(parts)}" if parts else "没有问题"
    return f"{told};另有 {len(check.answered)} 个提示已在文件中答复。" if check.answered else f"{told}。"


def proofs(check: RuleCheck) -> str:
    """Of how many indicators the incentives are proved; empty where none was looked at."""
    if not check.proved + check.searched:
        return ""
    searched = f";{check.searched} 项在典型值和边界值上没有找到反例" if check.searched else ""
    return f"激励:{check.proved} 项指标已证明“做得更好不会少得分”{searched}。"


def _line(issue: Issue, title: str) -> str:
    place = f"{one_line(str(issue.place))}: " if str(issue.place) else ""
    fix = f" 怎么改:{one_line(issue.fix_zh)}" if issue.fix_zh else ""
    return f"{place}{title} {issue.code}: {one_line(issue.zh)}{fix}"


def as_data(check: RuleCheck, *, answered: bool) -> list[dict[str, object]]:
    """The open findings as plain data; with `answered` also those answered, told by their severity."""
    found = [issue_data(issue) for issue in check.open]
    if answered:
        for each in check.answered:
            found.append({**issue_data(each.issue), "severity": "answered", "reason": each.answer.reason})
    return found


def as_sarif(check: RuleCheck, folder: Path) -> dict[str, object]:
    """A SARIF 2.1.0 log; findings answered in the files are suppressed there with their reasons."""
    issues = [*check.open, *(each.issue for each in check.answered)]
    codes = sorted({issue.code for issue in issues})
    results = [_result(issue, folder, codes) for issue in check.open]
    for each in check.answered:
        suppression = {"kind": "inSource", "justification": each.answer.reason}
        results.append({**_result(each.issue, folder, codes), "suppressions": [suppression]})
    driver = {"name": "kaohe", "rules": [_rule(code, issues) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "utf-8",
        "results": results,
    }
    return {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, issues: list[Issue]) -> dict[str, object]:
    first = next(issue for issue in issues if issue.code == code)
    return {"id": code, "defaultConfiguration": {"level": _LEVELS[first.severity]}}


def _result(issue: Issue, folder: Path, codes: list[str]) -> dict[str, object]:
    said = f"{issue.zh} 怎么改:{issue.fix_zh}" if issue.fix_zh else issue.zh
    english = f"{issue.en} — {issue.fix_en}" if issue.fix_en else issue.en
    found: dict[str, object] = {
        "ruleId": issue.code,
        "ruleIndex": codes.index(issue.code),
        "level": _LEVELS[issue.severity],
        "message": {"text": f"{said}\n{english}"},
    }
    if issue.place.file:
        found["locations"] = [{"physicalLocation": _location(issue, folder)}]
    return found


def _location(issue: Issue, folder: Path) -> dict[str, object]:
    place = issue.place
    uri = _path(issue, folder)
    found: dict[str, object] = {"artifactLocation": {"uri": quote(uri)}}
    region = {"startLine": place.line, "startColumn": place.column}
    if place.line:
        found["region"] = {key: value for key, value in region.items() if value}
    return found


def _path(issue: Issue, folder: Path) -> str:
    """The file as seen from where the command was started; absolute only where the folder was given so."""
    given = issue.place.file
    return given if given == str(folder) else Path(normpath(folder / given)).as_posix()


def github_lines(check: RuleCheck, folder: Path) -> Iterator[str]:
    """Workflow commands that GitHub shows at the lines of a change; those answered are notices."""
    for issue in check.open:
        yield _annotation(_LEVELS[issue.severity], issue, folder, issue.fix_zh)
    for each in check.answered:
        yield _annotation("notice", each.issue, folder, f"已答复:{each.answer.reason}")


def _annotation(command: str, issue: Issue, folder: Path, more: str) -> str:
    place = issue.place
    known = {
        "file": _path(issue, folder) if place.file else "",
        "line": str(place.line or ""),
        "col": str(place.column or ""),
        "title": issue.code,
    }
    properties = ",".join(f"{key}={_property(value)}" for key, value in known.items() if value)
    said = f"{issue.zh} {more}" if more else issue.zh
    return f"::{command} {properties}::{_escaped(said)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
