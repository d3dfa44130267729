"""One door, two faces: what stands where, and who may look without a key."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from app.asgi import create_app
from app.settings import Settings
from app.wiring import make_database


def get(settings: Settings, path: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        app = create_app(settings)
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://kaohe", follow_redirects=True) as client,
        ):
            return await client.get(path)

    return asyncio.run(ask())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    chosen = Settings(database_url=f"sqlite:///{tmp_path / 'kaohe.db'}")
    make_database(chosen)
    return chosen


@pytest.mark.parametrize(
    ("path", "status", "media_type"),
    [
        ("/api/v1/healthz", 200, "application/json"),
        ("/api/v1/openapi.json", 200, "application/json"),
        ("/api/v1/me", 401, "application/problem+json"),
        ("/api/v1/nowhere", 404, "application/problem+json"),
        ("/api/v1/reports/%0D%0AX-Evil:1", 401, "application/problem+json"),
        ("/api/v1/%0Anowhere", 404, "application/problem+json"),
        ("/nowhere", 404, "text/html"),
        ("/no%0D%0Awhere", 404, "text/html"),
    ],
)
def test_each_face_answers_in_its_own_way(
    settings: Settings, path: str, status: int, media_type: str
) -> None:
    answer = get(settings, path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith(media_type)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_demonstration_lets_anybody_try_to_report(settings: Settings) -> None:
    closed, shown = get(settings, "/reports"), get(settings.model_copy(update={"demo": True}), "/reports")
    assert closed.url.path == "/sign-in"
    assert "以广东省登录" not in closed.text
    assert "以广东省登录" in shown.text


def test_only_a_demonstration_is_open_to_visitors_without_a_key(settings: Settings) -> None:
    closed, shown = get(settings, "/"), get(settings.model_copy(update={"demo": True}), "/")
    assert closed.url.path != "/"
    assert (shown.status_code, shown.url.path) == (200, "/")
    assert "模拟" in shown.text
