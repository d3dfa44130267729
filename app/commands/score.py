"""`kaohe score` and `kaohe explain`: from a rule set and a table of facts, without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.output import Folder, Output, TextOrJson, one_of, print_json, to_json, write_or_print

FactsFile = Annotated[
    Path, typer.Argument(metavar="FACTS.csv", help="事实表:unit,period,element,value[,breakdown]")
]
UnitsFile = Annotated[
    Path | None, typer.Option("--units", help="单位表:unit,name,属性…;缺省用规则集自带的单位")
]
PeriodText = Annotated[str, typer.Option("--period", help="考核期,如 2021 或 2021Q2;缺省为全年")]


def score_command(
    folder: Folder,
    facts: FactsFile,
    output: Output = None,
    units: UnitsFile = None,
    period: PeriodText = "",
    form: Annotated[str, typer.Option("--format", metavar="csv|json", help="csv 或 json")] = "csv",
) -> None:
    """按规则集给事实表计分。Score a table of facts by a rule set; no database."""
    one_of(form, "csv", "json")
    from services.score_files import read_given, score_given, scores_as_csv, scores_as_data

    given = read_given(folder=folder, facts_file=facts, units_file=units, period=period)
    scoring = score_given(given)
    text = scores_as_csv(given, scoring) if form == "csv" else to_json(scores_as_data(given, scoring))
    write_or_print(text, output)


def explain_command(
    folder: Folder,
    facts: FactsFile,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="单位代码")],
    node: Annotated[str, typer.Argument(metavar="NODE", help="指标、项、章或 total")],
    units: UnitsFile = None,
    period: PeriodText = "",
    form: TextOrJson = "text",
) -> None:
    """一个数的全部来历。The full account of one number."""
    one_of(form, "text", "json")
    from scoring.explain import as_data, sentences
    from services.score_files import explain_given, read_given

    given = read_given(folder=folder, facts_file=facts, units_file=units, period=period)
    account = explain_given(given, unit=unit, node=node)
    if form == "json":
        print_json(as_data(account))
    else:
        for sentence in sentences(account):
            typer.echo(sentence)
