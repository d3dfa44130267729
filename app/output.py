"""How commands print: JSON with Chinese as it is, text or bytes to a file or to standard output."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="规则集目录,如 rules/national/2021")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="写到这个文件;缺省打印")]
TextOrJson = Annotated[str, typer.Option("--format", metavar="text|json", help="text 或 json")]


# What a terminal would obey instead of show; JSON itself escapes only what stands below the blank.
_OBEYED = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def to_json(data: object) -> str:
    """Indented JSON with Chinese as it is."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def print_json(data: object) -> None:
    """Prints JSON."""
    typer.echo(to_json(data), nl=False)


def write_or_print(text: str, output: Path | None) -> None:
    """To the file, or to standard output."""
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="")


def one_of(form: str, *known: str) -> str:
    """The format asked for; a usage error where there is none of that name."""
    if form not in known:
        zh, en = f"只能是 {' 或 '.join(known)}", f"must be one of {', '.join(known)}"
        raise typer.BadParameter(f"{zh} / {en}", param_hint="--format")
    return form
