"""Callers of the API: an office with people and keys, and a client for each of them."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from api.build import create_api
from models.unit_of_work import Database
from scoring.codes import UnitCode
from services.people import add_person
from services.policy import Role
from services.rule_library import RuleLibrary
from tests.support.office import BEIJING, OFFICE_ROLES, ROOT, TIANJIN, Office

NOBODY, STRANGER = "nobody", "stranger"
BEIJING_CLERK, TIANJIN_CLERK = "beijing", "tianjin"
MINISTRY, OFFICE_STAFF, AUDITOR = "ministry", "office", "auditor"
PEOPLE: dict[str, tuple[Collection[Role], UnitCode | None]] = {
    BEIJING_CLERK: ({Role.REGION_FILLER}, BEIJING),
    TIANJIN_CLERK: ({Role.REGION_FILLER}, TIANJIN),
    MINISTRY: ({Role.MINISTRY}, None),
    OFFICE_STAFF: (OFFICE_ROLES, None),
    AUDITOR: ({Role.AUDITOR}, None),
}
WRONG_KEY = "a-key-that-nobody-has-ever-been-given"


@cache
def shared_library() -> RuleLibrary:
    """The rule sets, read once for all tests."""
    return RuleLibrary(ROOT / "rules")


@dataclass
class Callers:
    """An office behind the API; each request names who asks."""

    office: Office
    api: FastAPI
    keys: dict[str, str]

    def ask(self, who: str, method: str, path: str, **options: Any) -> httpx.Response:
        """One request."""
        return self.ask_at_once(1, who, method, path, **options)[0]

    def ask_at_once(
        self, times: int, who: str, method: str, path: str, **options: Any
    ) -> list[httpx.Response]:
        """The same request, several times at the same moment."""
        headers = dict(options.pop("headers", {}))
        if who != NOBODY:
            headers["Authorization"] = f"Bearer {self.keys.get(who, WRONG_KEY)}"

        async def together() -> list[httpx.Response]:
            asked = (self._ask(method, path, headers=headers, **options) for _ in range(times))
            return await asyncio.gather(*asked)

        return asyncio.run(together())

    async def _ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(self.api), base_url="http://kaohe"
        ) as client:
            return await client.request(method, path, **options)

    def get(self, who: str, path: str, **options: Any) -> httpx.Response:
        """One look."""
        return self.ask(who, "GET", path, **options)

    def hand_in(
        self,
        who: str,
        content: bytes,
        *,
        unit: str = BEIJING,
        period: str = "2021Q1",
        name: str = "报表.xlsx",
        **options: Any,
    ) -> httpx.Response:
        """An upload."""
        return self.ask(who, "POST", "/reports", **upload(content, unit, period, name), **options)


def upload(content: bytes, unit: str, period: str, name: str) -> dict[str, Any]:
    """What a request brings that hands a report in."""
    return {"data": {"unit": unit, "period": period}, "files": {"file": (name, content)}}


def callers_at(database: Database) -> Callers:
    """People of every role at a database without rows."""
    office = Office(database)
    office.context = replace(office.context, library=shared_library())
    keys = {
        name: add_person(office.context, name=f"试用 {name}", roles=roles, unit=unit)
        for name, (roles, unit) in PEOPLE.items()
    }
    return Callers(office, create_api(office.context), keys)


def is_problem(answer: httpx.Response, status: int, code: str = "") -> dict[str, Any]:
    """The problem of a refusal, held to its form: Chinese, complete, and nothing of our insides in it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) == {
        *("type", "title", "status", "detail", "detail_en", "code", "instance", "request_id", "issues")
    }
    assert body["status"] == status
    assert body["type"] == f"urn:kaohe:problem:{body['code']}"
    assert body["request_id"] == answer.headers["x-request-id"]
    assert all(is_chinese(text) for text in (body["title"], body["detail"]))
    assert all(is_chinese(issue["zh"]) and issue["code"] for issue in body["issues"])
    for inside in ("Traceback", 'File "', ".py", str(ROOT), "sqlalchemy", "sqlite", "SELECT"):
        assert inside not in answer.text
    if code:
        assert body["code"] == code
    return body


def is_chinese(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return any("\u4e00" <= each <= "\u9fff" for each in text)


def database_at(template: Path, folder: Path) -> Database:
    """A database without rows."""
    from tests.support.databases import copy_of_sqlite

    return Database(copy_of_sqlite(template, folder), patience_ms=10_000)
