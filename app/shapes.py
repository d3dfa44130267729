"""Issues as plain data for the command line's JSON."""

from __future__ import annotations

from scoring.errors import Issue


def issue_data(issue: Issue) -> dict[str, object]:
    """Every field that says something."""
    place = issue.place
    found = {
        "code": issue.code,
        "severity": issue.severity,
        "zh": issue.zh,
        "en": issue.en,
        "fix_zh": issue.fix_zh,
        "fix_en": issue.fix_en,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "sheet": place.sheet,
        "cell": place.cell,
        "row_label": place.row_label,
        "column_label": place.column_label,
        "found": issue.found,
        "expected": issue.expected,
        "source": issue.source,
    }
    return {key: value for key, value in found.items() if value not in ("", None)}
