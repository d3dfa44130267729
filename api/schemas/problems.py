"""The shape of every refusal (RFC 9457), and of one thing that is wrong in a file or a request."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Body
from scoring.errors import Issue, Severity


class IssueBody(Body):
    """One thing that is wrong: where, what, why and what to do next; empty = not known or not meant."""

    code: str = Field(description="不变的代码。A stable code in kebab-case.")
    severity: Severity = Severity.HARD
    zh: str
    en: str
    fix_zh: str = ""
    fix_en: str = ""
    file: str = ""
    line: int | None = None
    column: int | None = None
    sheet: str = ""
    cell: str = ""
    row_label: str = ""
    column_label: str = ""
    field: str = Field(default="", description="请求中的参数。The parameter of a request.")
    found: str = Field(default="", description="读到的原样。As read.")
    expected: str = ""
    source: str = ""


class ProblemBody(Body):
    """A refusal: media type application/problem+json."""

    type: str = Field(examples=["urn:kaohe:problem:not-found"])
    title: str
    status: int
    detail: str = Field(description="中文说明。What is wrong, in Chinese.")
    detail_en: str
    code: str = Field(description="不变的代码。A stable code in kebab-case.", examples=["not-found"])
    instance: str = Field(description="请求的地址。The path that was asked for.")
    request_id: str = ""
    issues: list[IssueBody] = Field(default_factory=list)


def issue_body(issue: Issue) -> IssueBody:
    """An issue on the wire."""
    place = issue.place
    return IssueBody(
        code=issue.code,
        severity=issue.severity,
        zh=issue.zh,
        en=issue.en,
        fix_zh=issue.fix_zh,
        fix_en=issue.fix_en,
        file=place.file,
        line=place.line,
        column=place.column,
        sheet=place.sheet,
        cell=place.cell,
        row_label=place.row_label,
        column_label=place.column_label,
        found=issue.found,
        expected=issue.expected,
        source=issue.source,
    )
