"""Reports as files, without a database: what a submitter tries at a desk."""

from __future__ import annotations

from pathlib import Path

from intake.context_files import other_report
from intake.heading_origin import heading_marks
from intake.origin import marks_of
from intake.report import read_report
from services.errors import Rejected
from services.report_choice import (
    context_of,
    loaded_rules,
    opened_workbook,
    provider_of,
    quarter_of,
    unit_of,
    whose_report,
)
from services.upload_answers import UploadAnswer, desk_answer


def check_file(
    *, folder: Path, file: Path, unit: str = "", period: str = "", context: Path | None = None
) -> UploadAnswer:
    """Everything that handing the file in would say, but for what only a store knows.

    The file is an .xlsx, .xls, .et or .csv, or a .zip of .csv. The unit and the period are those that its
    own marks name, else its headings, unless they are given. context: a check context as the server hands it
    out; without one nothing is known of other periods and providers.

    Raises:
        Rejected: the rule set does not load, the file is no workbook, or the context is not for it.
        Invalid: neither the file nor the caller says for whom or when it is.
        OSError: a file cannot be read.
    """
    rules = loaded_rules(folder)
    known = None if context is None else context_of(context, rules)
    content, workbook = opened_workbook(file)
    marks = heading_marks(workbook, rules) | marks_of(workbook)
    asked_unit, asked_period = whose_report(file, marks, unit, period)
    quarter, code = quarter_of(rules, asked_period), unit_of(rules, asked_unit)
    provider = provider_of(marks.get("provider", ""))
    other = None if known is None else other_report(known, code, quarter, provider)
    if other is not None:
        raise Rejected((other,))
    in_force = rules.in_force(quarter)
    read = read_report(
        content,
        rules=in_force,
        unit=code,
        period=quarter,
        provider=provider,
        context=known,
        reader=lambda _: (workbook, ()),
    )
    return desk_answer(in_force, read)
