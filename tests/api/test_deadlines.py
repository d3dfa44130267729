"""Deadlines over the wire: the calendar, what was granted, and what came when."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from models.calendar_records import DayKind
from services.calendar import correct_day
from tests.support.callers import BEIJING_CLERK, OFFICE_STAFF, TIANJIN_CLERK, Callers, is_problem
from tests.support.office import BEIJING, CHINA, OFFICE, TIANJIN

ADDRESS = f"/deadlines/2021Q1/{BEIJING}/extension"
GRANT = {"last_day": "2021-04-20", "reason": "网络中断", "asked_by": "clerk-1"}


def test_a_year_is_told_day_by_day_with_what_the_office_has_corrected(callers: Callers) -> None:
    office = callers.office
    told = callers.get(BEIJING_CLERK, "/calendar/2021").json()
    assert (told["published"], told["workdays"]) == (True, 250)
    assert {"day": "2021-05-08", "kind": "workday", "source": "rule_set"}.items() <= next(
        each for each in told["days"] if each["day"] == "2021-05-08"
    ).items()
    correct_day(office.context, actor=OFFICE, day=date(2021, 5, 8), kind=DayKind.PLAIN, because="更正")
    told = callers.get(BEIJING_CLERK, "/calendar/2021").json()
    day = next(each for each in told["days"] if each["day"] == "2021-05-08")
    assert (day["kind"], day["corrected"], day["because"]) == ("plain", True, "更正")
    assert day["log_position"] >= 1
    assert told["workdays"] == 249


@pytest.mark.parametrize(("year", "status"), [("2030", 404), ("1999", 422), ("many", 422)])
def test_a_year_that_there_is_nothing_about_is_refused(callers: Callers, year: str, status: int) -> None:
    is_problem(callers.get(OFFICE_STAFF, f"/calendar/{year}"), status)


def test_more_time_is_granted_seen_by_the_region_and_taken_back(callers: Callers) -> None:
    granted = callers.ask(OFFICE_STAFF, "POST", ADDRESS, json=GRANT)
    assert granted.status_code == 201
    assert (granted.json()["last_day"], granted.json()["regular_last_day"]) == ("2021-04-20", "2021-04-12")
    own = callers.get(BEIJING_CLERK, "/deadlines/2021Q1").json()["items"]
    assert [(each["unit"], each["last_day"]) for each in own] == [(BEIJING, "2021-04-20")]
    assert own[0]["extension"]["reason"] == "网络中断"
    other = callers.get(TIANJIN_CLERK, "/deadlines/2021Q1").json()
    assert [(each["unit"], each["last_day"]) for each in other["items"]] == [(TIANJIN, "2021-04-12")]
    assert BEIJING not in str(other)
    revoked = callers.ask(OFFICE_STAFF, "POST", f"{ADDRESS}/revoke", json={"reason": "误批"})
    assert (revoked.status_code, revoked.json()["revoked_because"]) == (200, "误批")
    assert revoked.json()["revoked_at"]
    after = callers.get(BEIJING_CLERK, "/deadlines/2021Q1").json()["items"][0]
    assert (after["last_day"], after["extension"]) == ("2021-04-12", None)


def test_the_arrival_is_told_in_beijing_time_with_its_lateness(callers: Callers) -> None:
    office = callers.office
    office.now = datetime(2021, 4, 13, 9, 30, tzinfo=CHINA)
    office.accepted(BEIJING, 1)
    (line,) = callers.get(BEIJING_CLERK, "/deadlines/2021Q1").json()["items"]
    for each in (line["first"], line["accepted"]):
        assert (each["version"], each["days_late"]) == (1, 1)
        assert each["received_at"] == "2021-04-13T09:30:00+08:00"


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({**GRANT, "last_day": "2021-04-12"}, id="the rule's own day"),
        pytest.param({**GRANT, "last_day": "soon"}, id="no day"),
        pytest.param({**GRANT, "reason": ""}, id="no reason"),
        pytest.param({**GRANT, "unknown": "x"}, id="an unknown word"),
    ],
)
def test_what_cannot_be_granted_is_refused(callers: Callers, wrong: dict[str, str]) -> None:
    is_problem(callers.ask(OFFICE_STAFF, "POST", ADDRESS, json=wrong), 422)


def test_a_period_shows_a_deadline_that_a_correction_has_moved(callers: Callers) -> None:
    office = callers.office
    correct_day(office.context, actor=OFFICE, day=date(2021, 4, 12), kind=DayKind.HOLIDAY, because="临时放假")
    items = {each["code"]: each for each in callers.get(BEIJING_CLERK, "/periods").json()["items"]}
    assert (items["2021Q1"]["deadline"], items["2021Q1"]["deadline_is_final"]) == ("2021-04-13", True)
