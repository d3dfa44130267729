"""Runs, rankings, cards, accounts and exports over HTTP: exact, unchanging, and told apart by strong tags."""

from __future__ import annotations

import asyncio
import csv
import io
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter

from api.build import create_api
from api.pages import Page, Pages, for_everybody
from api.schemas.accounts import AccountBody
from api.schemas.rule_sets import RuleSetBody
from api.schemas.runs import CardBody, RankingBody
from scoring.numbers import ratio_from_text
from services.policy import Actor, Role
from tests.api.conftest import Scored
from tests.support.callers import (
    AUDITOR,
    BEIJING_CLERK,
    MINISTRY,
    OFFICE_STAFF,
    Callers,
    is_problem,
)
from tests.support.office import BEIJING, TIANJIN

PAGES = ("ranking", f"regions/{BEIJING}", f"regions/{BEIJING}/nodes/I09-1", f"regions/{BEIJING}/nodes/total")


def numbers_in(data: Any) -> list[float]:
    """Every JSON number that is no whole number."""
    if isinstance(data, dict):
        return [found for value in data.values() for found in numbers_in(value)]
    if isinstance(data, list):
        return [found for value in data for found in numbers_in(value)]
    return [data] if isinstance(data, float) else []


def test_a_quarter_can_be_scored_before_anybody_has_reported(callers: Callers) -> None:
    run = callers.ask(OFFICE_STAFF, "POST", "/runs", json={"period": "2021Q1"}).json()["id"]
    card = callers.get(OFFICE_STAFF, f"/runs/{run}/regions/{BEIJING}").json()
    assert {line["node"]: line["outcome"] for line in card["lines"]}["I09-1"] == "missing"


def test_scoring_is_answered_with_a_run_that_can_be_asked_about(callers: Callers) -> None:
    callers.office.accepted(BEIJING, 1)
    made = callers.ask(OFFICE_STAFF, "POST", "/runs", json={"period": "2021Q1"})
    run = made.json()
    assert made.status_code == 201
    assert (run["period"], run["label"]) == ("2021Q1", "监测")
    assert made.headers["location"] == f"/runs/{run['id']}"
    told = callers.get(AUDITOR, made.headers["location"]).json()
    assert told == run
    assert callers.get(AUDITOR, "/runs").json() == {"items": [run]}
    callers.office.now += timedelta(minutes=1)
    again = callers.ask(OFFICE_STAFF, "POST", "/runs", json={"period": "2021Q1"}).json()
    assert again["id"] != run["id"]
    assert again["result_digest"] == run["result_digest"]
    listed = callers.get(AUDITOR, "/runs", params={"period": "2021Q1", "limit": 1}).json()
    assert [each["id"] for each in listed["items"]] == [again["id"]]
    assert callers.get(AUDITOR, "/runs", params={"period": "2021"}).json() == {"items": []}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"period": "2021M01"}, 422),
        ({"period": "2035"}, 404),
        ({}, 422),
        ({"period": "2021", "actor": "system"}, 422),
    ],
)
def test_only_a_period_with_a_rule_set_is_scored(callers: Callers, body: Any, status: int) -> None:
    is_problem(callers.ask(OFFICE_STAFF, "POST", "/runs", json=body), status)


def test_a_ranking_has_every_unit_best_first_and_no_binary_number(scored: Scored) -> None:
    answer = scored.callers.get(OFFICE_STAFF, f"/runs/{scored.run}/ranking")
    body = RankingBody.model_validate(answer.json())
    assert len(body.lines) == 32
    assert {line.unit for line in body.lines[:2]} == {BEIJING, TIANJIN}
    assert numbers_in(answer.json()) == []
    for line in body.lines:
        assert [section.node for section in line.sections] == [section.node for section in body.sections]


def test_a_card_is_the_whole_tree_of_one_unit(scored: Scored) -> None:
    answer = scored.callers.get(BEIJING_CLERK, f"/runs/{scored.run}/regions/{BEIJING}")
    card = CardBody.model_validate(answer.json())
    rules = scored.callers.office.rules
    assert [line.node for line in card.lines] == list(rules.order)
    assert numbers_in(answer.json()) == []
    assert (card.run.id, card.unit, card.name) == (scored.run, BEIJING, "北京市")


def test_every_account_is_of_the_form_that_the_document_says(scored: Scored) -> None:
    form = TypeAdapter[Any](AccountBody)
    card = scored.callers.get(BEIJING_CLERK, f"/runs/{scored.run}/regions/{BEIJING}").json()
    for line in card["lines"]:
        path = f"/runs/{scored.run}/regions/{BEIJING}/nodes/{line['node']}"
        account = scored.callers.get(BEIJING_CLERK, path).json()
        form.validate_python(account)
        assert (account["run"], account["points"]) == (scored.run, line["points"])
        assert numbers_in(account) == []
        assert account["sentences"]


def test_an_account_leads_from_points_to_the_cells_of_the_file(scored: Scored) -> None:
    path = f"/runs/{scored.run}/regions/{BEIJING}/nodes/I09-1"
    account = scored.callers.get(AUDITOR, path).json()
    parts = [part for each in account["inputs"] for part in each["made_of"]]
    assert {part["file_sha256"] for part in parts} == {scored.reports[BEIJING].file_sha256}
    assert all(part["sheet"] and part["cell"] for part in parts)
    assert account["clauses"]
    assert account["rule_file"].startswith("indicators/I09-1")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_one_has_is_not_sent_again(scored: Scored, page: str) -> None:
    path = f"/runs/{scored.run}/{page}"
    first = scored.callers.get(OFFICE_STAFF, path)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    assert (first.headers["cache-control"], first.headers["vary"]) == (
        "private, no-cache",
        "Authorization, X-API-Key",
    )
    for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = scored.callers.get(OFFICE_STAFF, path, headers={"If-None-Match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = scored.callers.get(OFFICE_STAFF, path, headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_different_pages_have_different_tags(scored: Scored) -> None:
    tags = {scored.callers.get(OFFICE_STAFF, f"/runs/{scored.run}/{page}").headers["etag"] for page in PAGES}
    assert len(tags) == len(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_at_hand_is_the_one_that_was_made(scored: Scored, page: str) -> None:
    path = f"/runs/{scored.run}/{page}"
    fresh = replace(scored.callers, api=create_api(scored.callers.office.context))
    made, kept = (fresh.get(OFFICE_STAFF, path) for _ in range(2))
    headers = [{**each.headers, "x-request-id": ""} for each in (made, kept)]
    assert kept.content == made.content
    assert headers[0] == headers[1]


def test_only_as_many_pages_are_kept_as_fit() -> None:
    pages = Pages(most_bytes=25)

    async def ask() -> list[Page]:
        reader = Actor(id="x", name="x", roles=frozenset({Role.AUDITOR}))
        return [
            await pages.get(f"/{each}", reader, for_everybody, lambda: b"0123456789") for each in "aabcad"
        ]

    assert len({page.tag for page in asyncio.run(ask())}) == 1
    assert [each for each in "abcd" if pages.find(f"/{each}")] == ["a", "d"]


def test_a_page_at_hand_is_still_only_for_those_who_may_read_it(scored: Scored) -> None:
    path = f"/runs/{scored.run}/ranking"
    tag = scored.callers.get(OFFICE_STAFF, path).headers["etag"]
    for who in (BEIJING_CLERK, MINISTRY):
        is_problem(scored.callers.get(who, path, headers={"If-None-Match": tag}), 403)


@pytest.mark.parametrize(
    "path",
    [
        "/runs/none",
        "/runs/none/ranking",
        f"/runs/none/regions/{BEIJING}",
        "/runs/{run}/regions/nowhere",
        "/runs/{run}/regions/nowhere/nodes/total",
        "/runs/none/regions/110000/nodes/total",
        "/runs/{run}/regions/110000/nodes/I99-9",
        "/runs/none/exports/ranking.csv",
        "/rule-sets/2035",
        "/rule-sets/none",
        f"/rule-sets/{'0' * 64}",
        "/templates/nowhere/2021Q1.xlsx",
        "/templates/110000/2035Q1.xlsx",
    ],
)
def test_what_does_not_exist_is_said_so(scored: Scored, path: str) -> None:
    is_problem(scored.callers.get(OFFICE_STAFF, path.format(run=scored.run)), 404, "not-found")


@pytest.mark.parametrize("path", ["/runs/{run}/exports/ranking.pdf", "/templates/110000/2021.xlsx"])
def test_what_has_no_such_form_is_said_so(scored: Scored, path: str) -> None:
    is_problem(scored.callers.get(OFFICE_STAFF, path.format(run=scored.run)), 422, "invalid")


def test_the_csv_says_what_the_ranking_says(scored: Scored) -> None:
    answer = scored.callers.get(OFFICE_STAFF, f"/runs/{scored.run}/exports/ranking.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="ranking-2021Q1.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    ranking = scored.callers.get(OFFICE_STAFF, f"/runs/{scored.run}/ranking").json()
    assert [row["代码"] for row in rows] == [line["unit"] for line in ranking["lines"]]
    for row, line in zip(rows, ranking["lines"], strict=True):
        score = ratio_from_text(line["result"]["score"] or "0")
        assert score is not None
        assert abs(Fraction(row["总分"] or "0") - score) <= Fraction(1, 200)


def test_the_workbook_is_a_workbook_and_the_same_each_time(scored: Scored) -> None:
    path = f"/runs/{scored.run}/exports/ranking.xlsx"
    first, second = (scored.callers.get(AUDITOR, path) for _ in range(2))
    assert first.content[:2] == b"PK"
    assert first.content == second.content
    again = scored.callers.get(AUDITOR, path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_a_rule_set_is_told_whole_by_year_and_by_digest(scored: Scored) -> None:
    by_year = scored.callers.get(BEIJING_CLERK, "/rule-sets/2021")
    body = RuleSetBody.model_validate(by_year.json())
    assert len(body.indicators) == len(scored.callers.office.rules.indicators)
    assert all(each.method and each.source for each in body.indicators)
    assert scored.callers.get(MINISTRY, f"/rule-sets/{body.digest}").content == by_year.content
    listed = scored.callers.get(MINISTRY, "/rule-sets").json()["items"]
    assert [each["digest"] for each in listed] == [body.digest]


def test_the_periods_tell_until_when_a_report_is_in_time(scored: Scored) -> None:
    items = {each["code"]: each for each in scored.callers.get(BEIJING_CLERK, "/periods").json()["items"]}
    assert list(items) == ["2021", "2021Q1", "2021Q2", "2021Q3", "2021Q4"]
    assert (items["2021Q1"]["deadline"], items["2021Q1"]["takes_reports"]) == ("2021-04-12", True)
    assert (items["2021"]["deadline"], items["2021"]["takes_reports"]) == (None, False)
