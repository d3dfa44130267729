"""`kaohe check-report`: filled-in workbooks, without a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.output import Folder, TextOrJson, one_of, print_json
from intake.limits import published

if TYPE_CHECKING:
    from intake.report import Intake

UnitOption = Annotated[str, typer.Option("--unit", metavar="CODE", help="单位代码")]
LIMITS_TOLD = "\b\n文件的限度 · limits of the file:\n" + "\n".join(f"  {each}" for each in published())
"""Below the help of `check-report`; as `GET /api/v1/limits` says."""

QuarterOption = Annotated[str, typer.Option("--period", metavar="2021Q1", help="报告期,写到季度")]


def check_report_command(
    folder: Folder,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="填好的 .xlsx、.xls、.et、.csv,或装着各表 .csv 的 .zip")
    ],
    unit: UnitOption = "",
    period: QuarterOption = "",
    form: TextOrJson = "text",
    annotated: Annotated[
        Path | None,
        typer.Option("-o", "--annotated", metavar="OUT.xlsx", help="把标出问题的报表写到这个文件"),
    ] = None,
) -> None:
    """检查填好的报表:一次说完所有问题。Exit 0, or 1 and every issue with sheet and cell."""
    one_of(form, "text", "json")
    from scoring.errors import has_hard
    from services.report_files import check_file

    found = check_file(folder=folder, file=file, unit=unit, period=period)
    if annotated is not None:
        from services.annotated import annotated_file

        annotated.write_bytes(annotated_file(folder=folder, file=file, found=found))
    if form == "json":
        from app.shapes import intake_data

        print_json(intake_data(found))
    else:
        _tell(found)
    raise typer.Exit(1 if has_hard(found.issues) else 0)


def _tell(found: Intake) -> None:
    from scoring.errors import one_line

    for issue in found.issues:
        typer.echo(str(issue))
    for each in found.normalisations:
        place = "!".join(filter(None, (each.sheet, each.cell))) or "整个文件"
        before = f"“{each.before}”" if each.before else ""
        typer.echo(one_line(f"{place}: {before}按“{each.after}”理解:{each.why}"))
    typer.echo(
        f"{found.unit} {found.period.title}:应填 {found.required} 格,已填 {found.filled} 格,"
        f"有错 {found.faulty} 格;共 {len(found.issues)} 个问题。",
        err=bool(found.issues),
    )
    if found.checks_not_run:
        typer.echo(f"有 {len(found.checks_not_run)} 项审核因为缺少数据没有做。", err=True)
