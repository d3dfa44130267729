"""The folder of defective samples: a workbook for each kind, and beside it what must be said about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from intake.labels import sheet_name
from sample_reports.generate.defective import UNIT, Defect, Expected, sample_of
from sample_reports.generate.defects_of_cells import CELL_DEFECTS
from sample_reports.generate.defects_of_dates import DATE_DEFECTS
from sample_reports.generate.defects_of_files import FILE_DEFECTS
from sample_reports.generate.defects_of_relations import RELATION_DEFECTS
from sample_reports.generate.defects_of_rows import ROW_DEFECTS
from sample_reports.generate.defects_of_sheets import SHEET_DEFECTS
from sample_reports.generate.workbooks import cell_of
from scoring.codes import FormCode
from scoring.rulebook.rules import RuleSet

KINDS: tuple[Defect, ...] = (
    *(*CELL_DEFECTS, *DATE_DEFECTS, *RELATION_DEFECTS),
    *(*ROW_DEFECTS, *SHEET_DEFECTS, *FILE_DEFECTS),
)
REPORT = "report.xlsx"
ISSUES = "issues.yaml"


def write_defects(folder: Path, rules: RuleSet) -> None:
    """Write every sample into a folder of its own name."""
    for kind in KINDS:
        place = folder / kind.name
        place.mkdir(parents=True, exist_ok=True)
        (place / REPORT).write_bytes(sample_of(kind, rules))
        (place / ISSUES).write_text(issues_text(kind, rules), encoding="utf-8")


def issues_text(kind: Defect, rules: RuleSet) -> str:
    """What must be said about a sample, no more and no less; cells whose value is understood otherwise."""
    lines = [
        f"# {kind.title}",
        f"title: {kind.title}",
        f'unit: "{UNIT}"',
        f'period: "{kind.period.code}"',
        f"provider: {kind.provider.value}",
        "issues:" if kind.expected else "issues: []",
    ]
    lines += [f"  - {_entry(each, kind, rules)}" for each in kind.expected]
    listed = [*kind.noted, *(cell_of(rules, kind.period, *each) for each in kind.normalised)]
    lines.append("normalisations:" if listed else "normalisations: []")
    for form, cell in listed:
        code = FormCode(form)
        sheet = sheet_name(rules.forms[code]) if code in rules.forms else form
        lines.append(f'  - {{sheet: "{sheet}", cell: {cell}}}')
    return "\n".join(lines) + "\n"


def _entry(expected: Expected, kind: Defect, rules: RuleSet) -> str:
    fields = ", ".join(f"{name}: {text}" for name, text in _fields(expected, kind, rules) if text)
    return f"{{{fields}}}"


def _fields(expected: Expected, kind: Defect, rules: RuleSet) -> Iterator[tuple[str, str]]:
    form, cell = expected.form, expected.cell
    if expected.element:
        form, cell = cell_of(rules, kind.period, expected.element, expected.member)
    sheet = expected.sheet or (sheet_name(rules.forms[FormCode(form)]) if form else "")
    yield "code", expected.code
    yield "severity", expected.severity
    yield "sheet", f'"{sheet}"' if sheet else ""
    yield "cell", cell
