"""`kaohe rules impact`: whose points, rank and grade a change of rules moves; a gate for what is watched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.rules_diff import Earlier, Later, unusable_input
from app.output import one_of, to_json

if TYPE_CHECKING:
    from services.rule_impact import RuleImpact

WATCHED = ("grade", "tier", "rank", "points")
MOVED = 1


def impact_rules_command(
    before: Earlier,
    after: Later,
    facts: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FACTS.csv...", help="事实表;不写则用数据库中计过分的考核期"),
    ] = None,
    periods: Annotated[
        list[str] | None,
        typer.Option("--period", metavar="2021Q1", help="考核期,可写几次;缺省:表中最近一年,或库中全部"),
    ] = None,
    units: Annotated[Path | None, typer.Option("--units", help="单位表;缺省用规则集自带的单位")] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="text|json|csv", help="text、json 或 csv")
    ] = "text",
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            metavar="grade|tier|rank|points",
            help="有单位的等级、档、名次或得分变动就以 1 结束;可写几次",
        ),
    ] = None,
) -> None:
    """同样的数按两个规则集各算一遍:谁变了,哪处改动造成的。Exit 1 when something watched moves, 2 unusable."""
    one_of(form, "text", "json", "csv")
    watched = _watched(fail_on or [])
    if units is not None and not facts:
        raise typer.BadParameter("--units 只和事实表一起用 / only with FACTS.csv", param_hint="--units")
    from scoring.impacts.impact import Watched
    from services.rule_impact_text import as_csv, as_data, as_text

    with unusable_input():
        impact = (
            _of_files(before, after, facts, periods or [], units)
            if facts
            else _of_database(before, after, periods or [])
        )
    made: dict[str, Callable[[RuleImpact], str]] = {
        "text": as_text,
        "csv": as_csv,
        "json": lambda found: to_json(as_data(found)),
    }
    typer.echo(made[form](impact), nl=False)
    raise typer.Exit(MOVED if impact.moves(Watched(each) for each in watched) else 0)


def _watched(names: Sequence[str]) -> Sequence[str]:
    for name in names:
        if name not in WATCHED:
            raise typer.BadParameter(f"只能是 {'、'.join(WATCHED)}", param_hint="--fail-on")
    return names


def _of_files(
    before: Path, after: Path, facts: Sequence[Path], periods: Sequence[str], units: Path | None
) -> RuleImpact:
    from services.rule_impact import impact_of_files

    return impact_of_files(before=before, after=after, facts_files=facts, periods=periods, units_file=units)


def _of_database(before: Path, after: Path, periods: Sequence[str]) -> RuleImpact:
    from app.settings import read_settings
    from app.wiring import open_house, require_database
    from services.policy import Actor, Role
    from services.rule_impact import impact_of_stored

    settings = read_settings()
    require_database(settings)
    house = open_house(settings)
    try:
        # Who can run a command on this machine can read the database; nothing is written.
        reader = Actor(id="command-line", name="命令行", roles=frozenset({Role.OFFICE_OPERATOR}))
        return impact_of_stored(house.context, actor=reader, before=before, after=after, periods=periods)
    finally:
        house.close()
