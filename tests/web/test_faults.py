"""Errors are pages in the same look, with the right status, and tell nothing of the program."""

from __future__ import annotations

import pytest

from models.errors import DatabaseBusy
from tests.support.sites import ScoredYear, Visitor, text_of
from web.pages import ranking as ranking_page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/runs/none", 404),
        ("/runs/%00", 404),
        ("/?period=2030", 404),
        ("/?period=elsewhen", 404),
        ("/runs/{run}/regions/999999", 404),
        ("/runs/{run}/regions/110000/nodes/I99-9", 404),
        ("/runs/{run}/regions/999999/nodes/total", 404),
        ("/runs/{run}/ranking.pdf", 400),
        ("/static/kaohe.css", 404),
        ("/static/..%2Fbuild.py", 404),
        ("/docs", 404),
        ("/openapi.json", 404),
        ("/sign-out", 405),
    ],
)
def test_what_is_not_there_is_a_page(scored: ScoredYear, visitor: Visitor, path: str, status: int) -> None:
    answer = visitor.get(path.format(run=scored.year))
    assert answer.status_code == status
    assert "回到首页" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_an_unexpected_error_says_nothing_of_the_program(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(ranking_page, "ranking", fail)
    answer = visitor.get("/")
    assert answer.status_code == 500
    assert "系统出错" in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_busy_database_asks_for_patience(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseBusy("locked by process 7")

    monkeypatch.setattr(ranking_page, "ranking", fail)
    answer = visitor.get("/")
    assert answer.status_code == 503
    assert "系统正忙" in answer.text
    assert "locked" not in answer.text


def test_what_the_visitor_wrote_comes_back_as_text(visitor: Visitor) -> None:
    page = visitor.get("/?period=<script>alert(1)</script>").text
    assert "<script" not in page
    assert "没有找到计分批次 <script>alert(1)</script>" in text_of(page)


def test_an_address_that_is_not_understood_is_a_page_too(scored: ScoredYear) -> None:
    visitor = scored.visitor()

    @visitor.app.get("/numbered")
    def numbered(number: int) -> int:
        return number

    answer = visitor.get("/numbered?number=many")
    assert answer.status_code == 400
    assert "地址有误" in answer.text
