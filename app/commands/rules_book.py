"""`kaohe rules book`: the printable 评分细则 of a rule set, as HTML, PDF or Word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.output import Folder

BookFile = Annotated[
    Path, typer.Option("-o", "--output", metavar="FILE", help="写到这个文件:.html、.pdf 或 .docx")
]


def book_command(folder: Folder, output: BookFile) -> None:
    """印出评分细则;同一规则集每次字节相同。The printable scoring rules, the same bytes every time."""
    from services.rule_book.publish import FORMATS, printed_book

    form = output.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        known = "、".join(f".{each}" for each in FORMATS)
        raise typer.BadParameter(f"文件名要以 {known} 结尾 / must end in {known}", param_hint="--output")
    content = printed_book(folder, form)
    output.write_bytes(content)
    typer.echo(f"{output}:{len(content) / 1024:.0f} KB", err=True)
