"""`kaohe deadline …`: until when reports are in time, how late they came, and more time for one region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.calendar import Because, day_of
from app.output import TextOrJson, one_of, print_json

if TYPE_CHECKING:
    from services.deadlines import DeadlineLine, Deadlines
    from services.timeliness import Arrival

deadline_app = typer.Typer(help="报送截止日和延期。Deadlines and extensions.", no_args_is_help=True)

Quarter = Annotated[str, typer.Argument(metavar="PERIOD", help="报告期,如 2021Q1")]
Unit = Annotated[str, typer.Argument(metavar="UNIT", help="单位代码,如 110000")]


@deadline_app.command("show")
def show_command(period: Quarter, form: TextOrJson = "text") -> None:
    """打印各单位的截止日、收到时间和迟报的工作日数。Deadlines and arrivals of a quarter."""
    one_of(form, "text", "json")
    from app.acting import acting
    from services.deadlines import deadlines_of

    with acting() as each:
        found = deadlines_of(each.context, actor=each.actor, period=period)
    if form == "json":
        print_json(_data(found))
        return
    scoring = "第一版" if found.timeliness == "first" else "通过审核的一版"
    typer.echo(f"{found.title}:截止 {found.regular.day},迟报按{scoring}算")
    typer.echo("单位\t截止日\t延期\t第一版收到\t迟(工作日)\t通过审核的一版收到\t迟(工作日)")
    for line in found.lines:
        typer.echo("\t".join(_cells(line)))
    if found.regular.provisional:
        typer.echo("截止日所在年份的放假通知还没有公布,截止日是暂定的。", err=True)


@deadline_app.command("extend")
def extend_command(
    period: Quarter,
    unit: Unit,
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="新的截止日,当天算在内")],
    because: Because,
    asked_by: Annotated[str, typer.Option("--asked-by", metavar="PERSON", help="谁申请的")] = "",
) -> None:
    """准予一个单位延期。Grant one unit more time."""
    from app.acting import acting
    from scoring.codes import UnitCode
    from services.deadlines import extend_deadline

    with acting() as each:
        last = extend_deadline(
            each.context,
            actor=each.actor,
            unit=UnitCode(unit),
            period=period,
            day=day_of(until, "--until"),
            reason=because,
            asked_by=asked_by,
        )
    typer.echo(f"{unit} {period}:截止日由 {last.regular} 延到 {last.day}")


@deadline_app.command("revoke")
def revoke_command(period: Quarter, unit: Unit, because: Because) -> None:
    """撤销现在有效的延期。Take back the extension that counts."""
    from app.acting import acting
    from scoring.codes import UnitCode
    from services.deadlines import revoke_extension

    with acting() as each:
        revoked = revoke_extension(
            each.context, actor=each.actor, unit=UnitCode(unit), period=period, because=because
        )
    typer.echo(f"{unit} {period}:延到 {revoked.last_day} 的延期已撤销")


def _cells(line: DeadlineLine) -> tuple[str, ...]:
    extended = "是" if line.last.extension is not None else ""
    cells = (*_came(line.arrivals.first), *_came(line.arrivals.accepted))
    return (f"{line.unit} {line.name}", line.last.day.isoformat(), extended, *cells)


def _came(arrival: Arrival | None) -> tuple[str, str]:
    if arrival is None:
        return "—", "—"
    from scoring.workdays import BEIJING_TIME

    return f"{arrival.received_at.astimezone(BEIJING_TIME):%Y-%m-%d %H:%M:%S}", str(arrival.days_late)


def _data(found: Deadlines) -> dict[str, object]:
    return {
        "period": found.period,
        "regular_last_day": found.regular.day.isoformat(),
        "provisional": found.regular.provisional,
        "timeliness": found.timeliness,
        "units": [_line_data(line) for line in found.lines],
    }


def _line_data(line: DeadlineLine) -> dict[str, object]:
    granted = line.last.extension
    return {
        "unit": line.unit,
        "name": line.name,
        "last_day": line.last.day.isoformat(),
        "extension": None if granted is None else {"id": granted.id, "reason": granted.reason},
        "first": _arrival_data(line.arrivals.first),
        "accepted": _arrival_data(line.arrivals.accepted),
    }


def _arrival_data(arrival: Arrival | None) -> dict[str, object] | None:
    if arrival is None:
        return None
    from scoring.workdays import BEIJING_TIME

    return {
        "version": arrival.version,
        "received_at": arrival.received_at.astimezone(BEIJING_TIME).isoformat(),
        "days_late": arrival.days_late,
    }
