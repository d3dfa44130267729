"""Issues and facts as rows of a report, and back; the origin of a fact is put together from its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from models.bulk import Row
from models.records import Sha256, StoredReport
from models.texts import amount_to_texts, texts_to_amount
from scoring.codes import UnitCode
from scoring.errors import Issue, Place
from scoring.facts import Fact, Series

ISSUE_COLUMNS: Final = (
    "report_id",
    "position",
    "code",
    "severity",
    "zh",
    "en",
    "fix_zh",
    "fix_en",
    "sheet",
    "cell",
    "row_label",
    "column_label",
    "found",
    "expected",
    "source",
)
FACT_COLUMNS: Final = (
    "report_id",
    "element",
    "member",
    "period",
    "amount",
    "kind",
    "standing",
    "sheet",
    "cell",
)
_IN_PLACE: Final = ("sheet", "cell", "row_label", "column_label")


def issue_rows(report: StoredReport, issues: Iterable[Issue]) -> Iterator[Row]:
    """One row an issue, in the order of ISSUE_COLUMNS."""
    for position, issue in enumerate(issues):
        place = issue.place
        yield (
            report.id,
            position,
            issue.code,
            issue.severity,
            issue.zh,
            issue.en,
            issue.fix_zh,
            issue.fix_en,
            place.sheet,
            place.cell,
            place.row_label,
            place.column_label,
            issue.found,
            issue.expected,
            issue.source,
        )


def issue_from(values: dict[str, Any]) -> Issue:
    """The issue from its columns (all but the report and the position)."""
    place = Place(**{name: values[name] for name in _IN_PLACE})
    return Issue(place=place, **{name: value for name, value in values.items() if name not in _IN_PLACE})


def fact_rows(report: StoredReport, facts: Iterable[Fact]) -> Iterator[Row]:
    """One row a fact, in the order of FACT_COLUMNS.

    Raises:
        ValueError: a fact is of another unit or another file than the report.
    """
    for fact in facts:
        if fact.unit != report.unit:
            raise ValueError(f"a fact of unit {fact.unit} in a report of unit {report.unit}")
        sheet, cell = _cell_of(fact.origin, report.file_sha256)
        amount, kind = amount_to_texts(fact.amount)
        series = fact.series
        yield (
            report.id,
            series.element,
            series.member,
            series.period,
            amount,
            kind,
            fact.standing,
            sheet,
            cell,
        )


def fact_from(unit: UnitCode, sha256: Sha256, values: dict[str, Any]) -> Fact:
    """The fact from its columns, with its unit and the file of its report."""
    sheet, cell = values["sheet"], values["cell"]
    return Fact(
        unit=unit,
        series=Series(values["element"], values["period"], values["member"]),
        amount=texts_to_amount(values["amount"], values["kind"]),
        standing=values["standing"],
        origin=f"{sha256}!{sheet}!{cell}" if sheet or cell else "",
    )


def _cell_of(origin: str, sha256: Sha256) -> tuple[str, str]:
    """Sheet and cell of "digest!sheet!cell"; a sheet's name may itself hold an exclamation mark."""
    if not origin:
        return "", ""
    digest, _, place = origin.partition("!")
    sheet, _, cell = place.rpartition("!")
    if digest not in ("", sha256) or not cell:
        raise ValueError(f"the origin {origin!r} is no cell of the file {sha256}")
    return sheet, cell
