"""`kaohe calendar …`: which days are worked, from the yearly notices and the office's own corrections."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from app.output import TextOrJson, one_of, print_json

if TYPE_CHECKING:
    from services.calendar import YearView

calendar_app = typer.Typer(
    help="工作日历:放假、调休、改正、公布。The workday calendar.", no_args_is_help=True
)

Because = Annotated[str, typer.Option("--because", metavar="TEXT", help="理由,写进操作记录")]
Year = Annotated[int, typer.Argument(metavar="YEAR", help="年份,如 2021")]
_KINDS = {"holiday": "放假", "workday": "上班", "plain": "按星期几"}
_WEEKDAYS = "一二三四五六日"


@calendar_app.command("seed")
def seed_command(
    years: Annotated[list[int], typer.Option("--year", metavar="YEAR", help="年份,可以写几次")],
) -> None:
    """从放假通知的汇编取来整年的放假和调休;还没有调休的年份记为未公布。Take years from the notices."""
    from app.acting import acting
    from services.calendar import seed_calendar

    with acting() as each:
        for year in years:
            _tell(seed_calendar(each.context, actor=each.actor, year=year), days=False)


@calendar_app.command("show")
def show_command(year: Year, form: TextOrJson = "text") -> None:
    """打印一年的工作日历:以规则集为准,办公室改正过的日子除外。The calendar that decides."""
    one_of(form, "text", "json")
    from app.acting import open_context
    from services.calendar import year_calendar

    with open_context() as context:
        found = year_calendar(context, year=year)
    if form == "json":
        print_json(_data(found))
    else:
        _tell(found, days=True)


@calendar_app.command("set")
def set_command(
    day: Annotated[str, typer.Argument(metavar="DAY", help="日期,如 2021-05-08")],
    kind: Annotated[str, typer.Argument(metavar="KIND", help="workday 上班、holiday 放假、plain 按星期几")],
    because: Because,
) -> None:
    """改正一天,盖过规则集和通知;写进操作记录。Set one day, above rule sets and notices."""
    from app.acting import acting
    from models.calendar_records import DayKind
    from services.calendar import correct_day

    if kind not in _KINDS:
        raise typer.BadParameter(f"只能是 {'、'.join(_KINDS)}", param_hint="KIND")
    with acting() as each:
        set_ = correct_day(
            each.context, actor=each.actor, day=day_of(day), kind=DayKind(kind), because=because
        )
    typer.echo(f"{set_.day} 改为{_KINDS[set_.kind]}(操作记录第 {set_.log_position} 条):{set_.because}")


@calendar_app.command("publish")
def publish_command(
    year: Year,
    notice: Annotated[str, typer.Option("--notice", metavar="TEXT", help="放假通知的文号或名称")],
) -> None:
    """记下一年的放假通知已经公布:那一年的截止日从此是确定的。The year's notice is out."""
    from app.acting import acting
    from services.calendar import publish_year

    with acting() as each:
        _tell(publish_year(each.context, actor=each.actor, year=year, notice=notice), days=False)


def day_of(text: str, hint: str = "DAY") -> date:
    """A day as it is typed; a usage error where there is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}”不是日期,要写成 2021-05-08 的样子", param_hint=hint) from None


def _tell(view: YearView, *, days: bool) -> None:
    status = "已公布" if view.published else "未公布,截止日是暂定的"
    named = f",{view.notice}" if view.notice else ""
    typer.echo(f"{view.year} 年:{status}{named},{view.workdays} 个工作日")
    for each in view.days if days else ():
        why = f" 改正(操作记录第 {each.log_position} 条):{each.because}" if each.corrected else ""
        typer.echo(f"{each.day} 周{_WEEKDAYS[each.day.weekday()]} {_KINDS[each.kind]}{why}")
    if not view.published:
        typer.echo(f"{view.year} 年的放假通知还没有公布,请到时候再取或逐日改正,然后公布。", err=True)


def _data(view: YearView) -> dict[str, object]:
    return {
        "year": view.year,
        "published": view.published,
        "notice": view.notice,
        "workdays": view.workdays,
        "days": [
            {
                "day": each.day.isoformat(),
                "kind": each.kind,
                "source": each.source,
                "corrected": each.corrected,
                "because": each.because,
                "log_position": each.log_position,
            }
            for each in view.days
        ],
    }
