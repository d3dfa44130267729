"""`kaohe template` and `kaohe migrate`: workbooks to fill in, and old ones carried into them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.serve import migrate_command as migrate_database
from app.output import Folder, TextOrJson, one_of, print_json

if TYPE_CHECKING:
    from services.template_files import Accepted

UnitOption = Annotated[str, typer.Option("--unit", metavar="CODE", help="单位代码")]
QuarterOption = Annotated[str, typer.Option("--period", metavar="2021Q1", help="报告期,写到季度")]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE.xlsx", help="写到这个文件")
]
FactsOption = Annotated[
    Path | None,
    typer.Option("--facts", metavar="FACTS.csv", help="以前已接受的数(同 score 的事实表),带入上季度和期初数"),
]
ContextOption = Annotated[
    Path | None,
    typer.Option("--context", metavar="FILE.json", help="从系统下载的审核参考数据,带入上季度和期初数"),
]


def template_command(
    folder: Folder,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.xlsx", help="写到这个文件")],
    forms: Annotated[
        list[str] | None,
        typer.Argument(metavar="FORM...", help="表的代码,如 F01;不写则是被考核单位填的所有表"),
    ] = None,
    unit: UnitOption = "",
    period: QuarterOption = "",
    facts: FactsOption = None,
    context: ContextOption = None,
) -> None:
    """生成填报模板。缺省给第一个单位、这些表都要填的第一个季度。The workbook to fill in."""
    from services.template_files import blank_template

    made = blank_template(
        folder=folder, forms=forms or [], unit=unit, period=period, accepted=_accepted(facts, context)
    )
    output.write_bytes(made.content)
    typer.echo(f"{output}:{made.unit_name} {made.period.title}", err=True)


def migrate_command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="RULES", help="规则集文件夹;不写则是升级数据库")
    ] = None,
    old: Annotated[Path | None, typer.Argument(metavar="OLD.xlsx", help="填过的旧模板")] = None,
    output: OutputOption = None,
    unit: UnitOption = "",
    period: QuarterOption = "",
    facts: FactsOption = None,
    context: ContextOption = None,
    form: TextOrJson = "text",
) -> None:
    """旧模板换新:把旧报表填好的数搬进现在的模板;不带参数则升级数据库。Old workbooks into new ones.

    Carries what is filled in in an old workbook into the present template, and lists what could not be
    carried. Without arguments: makes the database, or brings it up to this version.
    """
    if folder is None:
        migrate_database()
        return
    one_of(form, "text", "json")
    if old is None or output is None:
        from services.errors import Invalid

        raise Invalid(
            "旧模板换新要写明规则集、旧文件和 -o 新文件:kaohe migrate RULES OLD.xlsx -o NEW.xlsx",
            "give the rule set, the old workbook and -o for the new one",
        )
    from services.template_files import migrate_file

    made = migrate_file(folder=folder, file=old, unit=unit, period=period, accepted=_accepted(facts, context))
    output.write_bytes(made.content)
    if form == "json":
        from app.shapes import migration_data

        print_json(migration_data(made))
        return
    for line in made.lines:
        typer.echo(line)
    typer.echo(f"{output}:{made.unit_name} {made.period.title}", err=True)


def _accepted(facts: Path | None, context: Path | None) -> Accepted:
    from services.template_files import Accepted

    return Accepted(context=context, facts=facts)
