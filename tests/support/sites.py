"""The pages over a scored office, and how tests read them."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI

from models.records import RunId
from models.unit_of_work import Database
from services.people import add_person
from services.policy import Actor, Role
from services.score import score_period
from services.submit_table import submit_table
from tests.support.databases import copy_of_sqlite, make_sqlite_template
from tests.support.office import BEIJING, CHINA, OFFICE, TIANJIN, Office
from web.build import create_web

VISITOR = Actor(id="visitor", name="访客", roles=frozenset({Role.AUDITOR}))
NOTICE = "模拟数据"
ADDRESS = "https://kaohe.example"
HEBEI = "130000"
KEYS = {
    Role.OFFICE_OPERATOR: "office-key-0123456789-0123456789-0123",
    Role.MINISTRY: "ministry-key-0123456789-0123456789-01",
    Role.REGION_FILLER: "beijing-key-0123456789-0123456789-012",
}
_EVENTS = f"""unit,period,element,value,breakdown
{BEIJING},2021,AB1,1,
{TIANJIN},2021,AV1,1,
{TIANJIN},2021,AP3,1,I09-1
{HEBEI},2021,AP1,1,
{HEBEI},2021,AB1,1,
{HEBEI},2021,AV2,1,
"""
"""北京 gains a bonus; 天津 is vetoed, and one of its figures was found false; 河北 is censured and barred."""


@dataclass(frozen=True)
class ScoredYear:
    """Two regions have reported the first quarter; it was scored, and so was the year, twice."""

    office: Office
    quarter: RunId
    outdated: RunId
    year: RunId

    def visitor(self, viewer: Actor | None = VISITOR, notice: str = NOTICE) -> Visitor:
        """Somebody at a browser of their own."""
        return Visitor(create_web(self.office.context, viewer=viewer, notice=notice))


@dataclass
class Visitor:
    """A browser that keeps cookies and follows no redirects; errors come as pages."""

    app: FastAPI
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    address: str = ADDRESS

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Open a page."""
        return asyncio.run(self._ask("GET", path, headers=headers))

    def post(self, path: str, form: Mapping[str, str] | bytes, **headers: str) -> httpx.Response:
        """Send a form, by default one of the site itself."""
        told = {name.replace("_", "-"): text for name, text in ({"origin": self.address} | headers).items()}
        body = form if isinstance(form, bytes) else urlencode(form).encode()
        return asyncio.run(self._ask("POST", path, headers=told, content=body))

    def upload(
        self, path: str, content: bytes, act: str = "check", name: str = "报表.xlsx", **headers: str
    ) -> httpx.Response:
        """Send a file with the button that was pressed, by default from a form of the site itself."""
        told = {name.replace("_", "-"): text for name, text in ({"origin": self.address} | headers).items()}
        files = {"file": (name, content), "act": (None, act.encode())}
        return asyncio.run(self._ask("POST", path, headers=told, files=files))

    def sign_in_with(self, key: str) -> httpx.Response:
        """As the holder of a key."""
        return self.post("/sign-in", {"key": key})

    def sign_in(self, role: Role) -> httpx.Response:
        """As somebody of a role."""
        return self.sign_in_with(KEYS[role])

    async def _ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url=self.address, cookies=self.cookies
        ) as client:
            answer = await client.request(method, path, **options)
        self.cookies = client.cookies
        return answer


@contextmanager
def scored_year(folder: Path) -> Iterator[ScoredYear]:
    """The office in a folder of its own; only to be read."""
    template = make_sqlite_template(folder)
    home = folder / "office"
    home.mkdir()
    database = Database(copy_of_sqlite(template, home))
    office = Office(database)
    for unit in (BEIJING, TIANJIN):
        office.accepted(unit, 1)
    quarter = score_period(office.context, actor=OFFICE, period="2021Q1").id
    office.now = datetime(2022, 1, 20, 10, tzinfo=CHINA)
    outdated = score_period(office.context, actor=OFFICE, period="2021").id
    submit_table(office.context, actor=OFFICE, year=2021, content=_EVENTS.encode(), file_name="events.csv")
    office.now = datetime(2022, 1, 21, 10, tzinfo=CHINA)
    year = score_period(office.context, actor=OFFICE, period="2021").id
    for role, key in KEYS.items():
        own = BEIJING if role is Role.REGION_FILLER else None
        add_person(office.context, name=f"<b>{role}</b>", roles={role}, unit=own, secret=key)
    yield ScoredYear(office, RunId(quarter), RunId(outdated), RunId(year))
    database.close()


def text_of(page: str) -> str:
    """What a reader sees: no tags, no titles, blanks drawn together."""
    bare = re.sub(r"<title>.*?</title>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def rows_of(page: str, table: str) -> list[str]:
    """The texts of the body rows of the first table of a class."""
    found = re.search(rf'<table class="{table}".*?</table>', page, flags=re.DOTALL)
    body = re.search(r"<tbody.*?</tbody>", found[0], flags=re.DOTALL) if found else None
    rows = re.findall(r"<tr.*?</tr>", body[0], flags=re.DOTALL) if body else []
    return [text_of(row) for row in rows]


def links_of(page: str) -> list[str]:
    """Every address that a page leads to."""
    return [html.unescape(address) for address in re.findall(r'<a\b[^>]*href="([^"]*)"', page)]
