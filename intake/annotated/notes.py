"""Our words in the comments of cells: how they begin and end, and how they are found and cut out again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.annotated.safe_text import cut, shown
from scoring.errors import Issue, Severity

AUTHOR = "考核系统"
TITLES = {Severity.HARD: "必须改正", Severity.SOFT: "需要说明"}
RULE = "─" * 12
_BEGINS = f"{AUTHOR} · "
LAST_LINE = "（以上由考核系统标注，再次上传后自动更新）"
_FIRST_LINE = re.compile(rf"(?:\n?{RULE}\n)?{_BEGINS}(?:{'|'.join(TITLES.values())})\n")
_MOST_TOLD = 5
_LONGEST_ISSUE = 600


def note_of(issues: Sequence[Issue]) -> tuple[str, str]:
    """Title and body of the comment on a cell with these issues; the body ends with `LAST_LINE`."""
    hard = any(issue.severity is Severity.HARD for issue in issues)
    told = sorted(issues, key=lambda issue: issue.severity is not Severity.HARD)
    blocks = [_told(issue) for issue in told[:_MOST_TOLD]]
    if len(told) > _MOST_TOLD:
        blocks.append(f"还有 {len(told) - _MOST_TOLD} 个问题，见问题清单。")
    body = "\n\n".join(blocks).replace(LAST_LINE, LAST_LINE.strip("（）"))
    return _BEGINS + TITLES[Severity.HARD if hard else Severity.SOFT], f"{body}\n{LAST_LINE}"


def find_blocks(text: str) -> tuple[tuple[int, int], ...]:
    """Where our words stand in the text of a comment."""
    found: list[tuple[int, int]] = []
    first = _FIRST_LINE.search(text)
    # A search for both ends at once would read the rest again for every beginning without an end.
    while first is not None and (last := text.find(LAST_LINE, first.end())) >= 0:
        found.append((first.start(), last + len(LAST_LINE)))
        first = _FIRST_LINE.search(text, found[-1][1])
    return tuple(found)


def _told(issue: Issue) -> str:
    lines = [shown(issue.zh, _LONGEST_ISSUE)]
    if issue.fix_zh:
        lines.append(f"怎么办：{shown(issue.fix_zh, _LONGEST_ISSUE)}")
    return cut("\n".join(line.replace("\n", " ") for line in lines), 2 * _LONGEST_ISSUE)
