"""`kaohe check-report`: filled-in workbooks, without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.output import Folder, TextOrJson, one_of, print_json
from intake.limits import published

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
    context: Annotated[
        Path | None, typer.Option("--context", metavar="FILE.json", help="从系统下载的审核参考数据")
    ] = None,
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

    answer = check_file(folder=folder, file=file, unit=unit, period=period, context=context)
    found = answer.intake
    if annotated is not None:
        from services.annotated import annotated_file

        annotated.write_bytes(annotated_file(folder=folder, file=file, found=found))
    if form == "json":
        from app.shapes import checked_data

        print_json(checked_data(answer))
    else:
        from app.report_text import report_lines

        for line in report_lines(answer):
            typer.echo(line)
    raise typer.Exit(1 if has_hard(found.issues) else 0)
