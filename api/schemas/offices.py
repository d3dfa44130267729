"""Shapes about the house: whether it runs, who asks, and which periods there are."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from api.schemas.base import Body
from services.periods import PeriodView
from services.policy import Actor, Role


class HealthBody(Body):
    """It runs."""

    status: Literal["ok"] = "ok"


class PersonBody(Body):
    """Whose key it is."""

    id: str
    name: str
    roles: list[Role]
    unit: str | None = Field(description="地区账号的单位代码,其他账号为空。")


class PeriodBody(Body):
    """A period that can be scored; quarters also take reports."""

    code: str = Field(examples=["2021Q1"])
    title: str
    takes_reports: bool
    deadline: date | None = Field(description="报送截止日,当天算在内。The last day that is in time.")
    deadline_is_final: bool = Field(description="截止日依据的放假通知是否都已公布。")
    rule_set: str
    rule_set_version: str


class PeriodsBody(Body):
    """All periods, the latest year first."""

    items: list[PeriodBody]


def person_body(actor: Actor) -> PersonBody:
    """A person on the wire."""
    return PersonBody(id=actor.id, name=actor.name, roles=sorted(actor.roles), unit=actor.unit)


def period_body(view: PeriodView) -> PeriodBody:
    """A period on the wire."""
    return PeriodBody(
        code=view.code,
        title=view.title,
        takes_reports=view.takes_reports,
        deadline=view.deadline,
        deadline_is_final=view.deadline_is_final,
        rule_set=view.rule_set,
        rule_set_version=view.rule_set_version,
    )
