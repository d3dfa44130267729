"""What an issue is about, whatever version, file or quarter it is found in: the key of its explanation."""

from __future__ import annotations

from typing import NewType

from intake.labels import form_code_of
from scoring.errors import Issue

IssueKey = NewType("IssueKey", str)
"""`check-f01-26|E103|合计`: the code of the issue, the element or form, and the column; never a cell."""

_BETWEEN = "|"


def issue_key(issue: Issue) -> IssueKey:
    """The key of an issue; those of one kind on one field share it, wherever the field stands."""
    place = issue.place
    subject = place.row_label.split(maxsplit=1)[0] if place.row_label.strip() else form_code_of(place.sheet)
    parts = (issue.code, subject, place.column_label)
    return IssueKey(_BETWEEN.join(part.replace(_BETWEEN, "/") for part in parts))
