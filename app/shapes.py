"""Issues and checked reports as plain data for the command line's JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoring.errors import Issue

if TYPE_CHECKING:
    from services.migrated_templates import Migrated
    from services.upload_answers import UploadAnswer


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


def checked_data(answer: UploadAnswer) -> dict[str, object]:
    """What checking a report has found; the same words as the API's."""
    from api.schemas.uploads import findings_body

    read = answer.intake
    about = {"unit": read.unit, "period": read.period.code, "file_sha256": read.digest}
    return about | findings_body(answer).model_dump(mode="json")


def migration_data(made: Migrated) -> dict[str, object]:
    """What became of an old workbook; the same words as the API's."""
    return {
        "unit": made.unit,
        "period": made.period.code,
        "source": made.source,
        "summary": list(made.summary),
        "carried": made.found.total,
        "carried_by_form": dict(sorted(made.found.carried.items())),
        "blank": made.found.blank,
        "items": [
            {
                "fate": item.fate,
                "form": item.form,
                "row_label": item.row_label,
                "column": item.column,
                "sheet": item.sheet,
                "cell": item.cell,
                "text": item.text,
                "why": item.why,
                "why_en": item.why_en,
            }
            for item in made.found.items
        ],
    }
