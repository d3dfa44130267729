"""`kaohe rules diff`: the difference of two rule sets in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.output import one_of, print_json

Earlier = Annotated[Path, typer.Argument(metavar="DIR_A", help="原来的规则集目录")]
Later = Annotated[Path, typer.Argument(metavar="DIR_B", help="改后的规则集目录")]
DIFFERENT, UNUSABLE = 1, 2


def diff_rules_command(
    before: Earlier,
    after: Later,
    form: Annotated[
        str, typer.Option("--format", metavar="text|json|markdown", help="text、json 或 markdown")
    ] = "text",
) -> None:
    """用文字说两个规则集差在哪里。Exit 0 equal in meaning, 1 different, 2 does not load."""
    one_of(form, "text", "json", "markdown")
    from scoring.rulebook.differences.difference_text import as_data, as_markdown, as_text
    from services.rule_diff import diff_folders

    with unusable_input():
        difference = diff_folders(before=before, after=after)
    if form == "json":
        print_json(as_data(difference))
    else:
        typer.echo(as_text(difference) if form == "text" else as_markdown(difference), nl=False)
    raise typer.Exit(0 if difference.is_empty else DIFFERENT)


@contextmanager
def unusable_input() -> Iterator[None]:
    """Input that cannot be used is exit code 2: 1 says that something differs or moves."""
    from services.errors import Rejected

    try:
        yield
    except Rejected as error:
        for issue in error.issues:
            typer.echo(str(issue), err=True)
        typer.echo(f"共 {len(error.issues)} 个问题,没有比较。", err=True)
        raise typer.Exit(UNUSABLE) from None
