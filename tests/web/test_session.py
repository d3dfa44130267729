"""Signing in with a key: what the cookie is like, whose forms are taken, and who sees what."""

from __future__ import annotations

import pytest

from services.policy import Role
from tests.support.office import BEIJING, TIANJIN
from tests.support.sites import KEYS, ScoredYear, Visitor, text_of


@pytest.fixture
def stranger(scored: ScoredYear) -> Visitor:
    """Somebody where nobody may look without a key."""
    return scored.visitor(viewer=None)


def test_without_a_key_every_page_asks_for_one(scored: ScoredYear, stranger: Visitor) -> None:
    card = f"/runs/{scored.year}/regions/{BEIJING}"
    for path in (f"/runs/{scored.year}", card, f"{card}/nodes/total", f"/runs/{scored.year}/ranking.csv"):
        answer = stranger.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/sign-in?next={path.replace('/', '%2F')}"
    assert stranger.get("/").headers["location"] == "/sign-in"
    assert "密钥" in stranger.get("/sign-in").text


def test_a_key_opens_the_page_that_was_asked_for(stranger: Visitor) -> None:
    answer = stranger.post("/sign-in", {"key": f" {KEYS[Role.OFFICE_OPERATOR]} ", "next": "/?period=2021Q1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?period=2021Q1")
    page = stranger.get("/?period=2021Q1")
    assert page.status_code == 200
    assert "双打办经办 退出" in text_of(page.text)


def test_the_cookie_is_hidden_from_scripts_and_other_sites(stranger: Visitor) -> None:
    cookie = stranger.sign_in(Role.OFFICE_OPERATOR).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Secure", "Path=/"} <= set(cookie.split("; "))
    assert KEYS[Role.OFFICE_OPERATOR] not in cookie


def test_over_plain_http_the_cookie_still_comes_back(scored: ScoredYear) -> None:
    insider = scored.visitor(viewer=None)
    insider.address = "http://10.0.0.5:8000"
    assert "Secure" not in insider.sign_in(Role.OFFICE_OPERATOR).headers["set-cookie"]
    assert insider.get("/").status_code == 200


def test_signing_out_takes_the_key_back(stranger: Visitor) -> None:
    stranger.sign_in(Role.OFFICE_OPERATOR)
    assert stranger.post("/sign-out", {}).status_code == 303
    assert stranger.get("/").headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    "key", ["", "wrong", "x" * 40, "\0" * 40, "密钥" * 20, KEYS[Role.OFFICE_OPERATOR][:-1]]
)
def test_a_wrong_key_is_said_to_be_wrong_and_is_not_kept(stranger: Visitor, key: str) -> None:
    answer = stranger.post("/sign-in", {"key": key, "next": "/?period=2021Q1"})
    assert answer.status_code == 403
    assert "密钥不对" in answer.text
    assert 'value="/?period=2021Q1"' in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("cookie", ["rubbish", "%%%", "AAAA", "eHh4eHh4"])
def test_a_cookie_that_is_no_key_is_as_none(stranger: Visitor, cookie: str) -> None:
    assert stranger.get("/", cookie=f"kaohe_key={cookie}").headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://["},
        {"origin": "https://kaohe.example.evil.example"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
    ],
)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
def test_a_form_of_another_site_is_not_taken(stranger: Visitor, path: str, headers: dict[str, str]) -> None:
    answer = stranger.post(path, {"key": KEYS[Role.OFFICE_OPERATOR]}, **headers)
    assert answer.status_code == 403
    assert "不是从本站提交" in answer.text
    assert "set-cookie" not in answer.headers


def test_the_browsers_own_word_counts_before_the_origin(stranger: Visitor) -> None:
    told = {"sec_fetch_site": "same-origin", "origin": "https://behind-a-proxy.example"}
    assert stranger.post("/sign-in", {"key": KEYS[Role.OFFICE_OPERATOR]}, **told).status_code == 303


@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/a\nb", "/\t/evil.example", "evil"],
)
def test_nobody_is_led_to_another_site_after_signing_in(stranger: Visitor, target: str) -> None:
    answer = stranger.post("/sign-in", {"key": KEYS[Role.OFFICE_OPERATOR], "next": target})
    assert answer.headers["location"] == "/"


def test_a_form_too_large_to_be_one_is_refused(stranger: Visitor) -> None:
    assert stranger.post("/sign-in", b"key=" + b"x" * 5000).status_code == 413


def test_a_region_is_led_to_its_own_card_and_sees_no_other(scored: ScoredYear, stranger: Visitor) -> None:
    stranger.sign_in(Role.REGION_FILLER)
    own = f"/runs/{scored.year}/regions/{BEIJING}"
    assert stranger.get("/").headers["location"] == own
    page = stranger.get(own)
    assert page.status_code == 200
    assert f'href="/runs/{scored.year}"' not in page.text
    assert stranger.get(f"{own}/nodes/I09-1").status_code == 200
    for path in (
        f"/runs/{scored.year}",
        f"/runs/{scored.year}/regions/{TIANJIN}",
        f"/runs/{scored.year}/regions/{TIANJIN}/nodes/I09-1",
        f"/runs/{scored.year}/ranking.xlsx",
    ):
        refused = stranger.get(path)
        assert refused.status_code == 403
        assert "没有权限" in refused.text


def test_a_ministry_may_not_see_the_ranking(stranger: Visitor) -> None:
    stranger.sign_in(Role.MINISTRY)
    assert stranger.get("/").status_code == 403


def test_an_own_key_counts_where_others_may_only_look(visitor: Visitor) -> None:
    assert "只读浏览 登录" in text_of(visitor.get("/").text)
    visitor.sign_in(Role.REGION_FILLER)
    assert visitor.get("/").status_code == 303


def test_a_name_is_text_and_nothing_else(visitor: Visitor) -> None:
    visitor.sign_in(Role.OFFICE_OPERATOR)
    page = visitor.get("/").text
    assert "&lt;b&gt;office_operator&lt;/b&gt;" in page
    assert "<b><b>" not in page
