"""`kaohe user …`: the people who may act, and their keys."""

from __future__ import annotations

from typing import Annotated

import typer

user_app = typer.Typer(help="人员和密钥。People and their keys.", no_args_is_help=True)


@user_app.command("add")
def add_user_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="姓名或称呼")],
    role: Annotated[list[str], typer.Option("--role", help="角色,可以写几个")],
    unit: Annotated[str, typer.Option("--unit", metavar="CODE", help="地区账号的单位代码")] = "",
) -> None:
    """增加一个人,并打印密钥:只显示这一次。Add a person and print the key, once."""
    from app.settings import read_settings
    from app.wiring import open_house, require_database
    from scoring.codes import UnitCode
    from services.people import add_person
    from services.policy import Role

    roles = [str(each) for each in Role if each is not Role.SYSTEM]
    if not set(role) <= set(roles):
        raise typer.BadParameter(f"角色只能是 {'、'.join(roles)}", param_hint="--role")
    settings = read_settings()
    require_database(settings)
    house = open_house(settings)
    try:
        key = add_person(
            house.context,
            name=name,
            roles={Role(each) for each in role},
            unit=UnitCode(unit) if unit else None,
        )
    finally:
        house.close()
    typer.echo("密钥(只显示这一次,请妥善保存;请求时写 Authorization: Bearer 密钥):", err=True)
    typer.echo(key)
