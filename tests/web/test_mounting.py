"""The pages below another address than the root."""

from __future__ import annotations

import asyncio
import re

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from services.policy import Role
from tests.support.sites import KEYS, ScoredYear, links_of


def test_every_address_stays_below_the_mount(scored: ScoredYear) -> None:
    site = Starlette(routes=[Mount("/kaohe", scored.visitor().app)])
    paths = (
        "/kaohe/",
        f"/kaohe/runs/{scored.year}/regions/110000",
        "/kaohe/reports",
        "/kaohe/regions/110000/reports/2021Q1",
        "/kaohe/nowhere",
    )

    async def walk() -> None:
        transport = httpx.ASGITransport(site)
        async with httpx.AsyncClient(transport=transport, base_url="https://kaohe.example") as client:
            for path in paths:
                page = (await client.get(path)).text
                addresses = re.findall(r'(?:href|action)="([^"#][^"]*)"', page)
                assert len(links_of(page)) > 1
                assert all(address.startswith("/kaohe/") for address in addresses)
            answer = await client.post(
                "/kaohe/sign-in",
                data={"key": KEYS[Role.REGION_FILLER]},
                headers={"origin": "https://kaohe.example"},
            )
            assert answer.headers["location"] == "/kaohe/"
            assert "Path=/kaohe" in answer.headers["set-cookie"]
            assert (await client.get("/kaohe/")).status_code == 303

    asyncio.run(walk())
