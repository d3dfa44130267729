"""`kaohe rules check`: form, meaning and incentives of a rule set, all in one pass."""

from __future__ import annotations

from typing import Annotated

import typer

from app.output import Folder, one_of, print_json

Form = Annotated[
    str, typer.Option("--format", metavar="text|json|sarif|github", help="text、json、sarif 或 github")
]
Strict = Annotated[bool, typer.Option("--strict", help="没有答复的提示也算不通过")]
WithAnswered = Annotated[bool, typer.Option("--answered", help="json 中也列出已答复的提示")]


def check_rules_command(
    folder: Folder, form: Form = "text", strict: Strict = False, answered: WithAnswered = False
) -> None:
    """检查规则集:写法、含义和激励,一次说完。Exit 0, or 1 and every issue with file:line:col."""
    one_of(form, "text", "json", "sarif", "github")
    from app.finding_formats import as_data, as_sarif, counts, github_lines, proofs, text_lines
    from services.rule_checks import check_rule_files

    check = check_rule_files(folder=folder)
    if form == "json":
        print_json(as_data(check, answered=answered))
    elif form == "sarif":
        print_json(as_sarif(check, folder))
    elif form == "github":
        for line in github_lines(check, folder):
            typer.echo(line)
    else:
        for line in text_lines(check):
            typer.echo(line)
        if known := proofs(check):
            typer.echo(known)
        typer.echo(counts(check), err=bool(check.open))
    raise typer.Exit(1 if check.fails(strict=strict) else 0)
