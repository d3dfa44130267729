"""The command line: each command asks a use case and prints its answer; heavy imports only where used."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.refusals import refusing

app = typer.Typer(
    name="kaohe",
    help="考核计分引擎:校验、计分、排名,每个数都有来历。Scoring engine for regional assessment.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
rules_app = typer.Typer(help="规则集:检查。Rule sets.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="规则集目录,如 rules/national/2021")]
FactsFile = Annotated[
    Path, typer.Argument(metavar="FACTS.csv", help="事实表:unit,period,element,value[,breakdown]")
]
UnitsFile = Annotated[
    Path | None, typer.Option("--units", help="单位表:unit,name,属性…;缺省用规则集自带的单位")
]
PeriodText = Annotated[str, typer.Option("--period", help="考核期,如 2021 或 2021Q2;缺省为全年")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="写到这个文件;缺省打印")]


def main() -> None:
    """Runs the command line; a refusal is a sentence on standard error and a non-zero exit."""
    with refusing():
        app()


@rules_app.command("check")
def check_rules_command(
    folder: Folder, form: Annotated[str, typer.Option("--format", help="text 或 json")] = "text"
) -> None:
    """检查规则集:写法和含义,一次说完。Exit 0, or 1 and every issue with file:line:col."""
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


@app.command("score")
def score_command(
    folder: Folder,
    facts: FactsFile,
    output: Output = None,
    units: UnitsFile = None,
    period: PeriodText = "",
    form: Annotated[str, typer.Option("--format", help="csv 或 json")] = "csv",
) -> None:
    """按规则集给事实表计分。Score a table of facts by a rule set; no database."""
    from services.score_files import read_given, score_given, scores_as_csv, scores_as_data

    given = read_given(folder=folder, facts_file=facts, units_file=units, period=period)
    scoring = score_given(given)
    text = scores_as_csv(given, scoring) if form == "csv" else to_json(scores_as_data(given, scoring))
    write_or_print(text, output)


@app.command("explain")
def explain_command(
    folder: Folder,
    facts: FactsFile,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="单位代码")],
    node: Annotated[str, typer.Argument(metavar="NODE", help="指标、项、章或 total")],
    units: UnitsFile = None,
    period: PeriodText = "",
    form: Annotated[str, typer.Option("--format", help="text 或 json")] = "text",
) -> None:
    """一个数的全部来历。The full account of one number."""
    from scoring.explain import as_data, sentences
    from services.score_files import explain_given, read_given

    given = read_given(folder=folder, facts_file=facts, units_file=units, period=period)
    account = explain_given(given, unit=unit, node=node)
    if form == "json":
        print_json(as_data(account))
    else:
        for sentence in sentences(account):
            typer.echo(sentence)


def to_json(data: object) -> str:
    """Indented JSON with Chinese as it is."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def print_json(data: object) -> None:
    """Prints JSON."""
    typer.echo(to_json(data), nl=False)


def write_or_print(text: str, output: Path | None) -> None:
    """To the file, or to standard output."""
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
