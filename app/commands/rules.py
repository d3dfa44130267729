"""`kaohe rules …`: what can be asked of a rule-set folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.output import TextOrJson, one_of, print_json

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="规则集目录,如 rules/national/2021")]

rules_app = typer.Typer(help="规则集:检查。Rule sets.", no_args_is_help=True)


@rules_app.command("check")
def check_rules_command(folder: Folder, form: TextOrJson = "text") -> None:
    """检查规则集:写法和含义,一次说完。Exit 0, or 1 and every issue with file:line:col."""
    one_of(form, "text", "json")
    from scoring.errors import has_hard
    from services.score_files import check_rules

    issues = check_rules(folder=folder)
    if form == "json":
        from app.shapes import issue_data

        print_json([issue_data(issue) for issue in issues])
    else:
        for issue in issues:
            typer.echo(str(issue))
        typer.echo(f"共 {len(issues)} 个问题。" if issues else "没有问题。", err=bool(issues))
    raise typer.Exit(1 if has_hard(issues) else 0)
