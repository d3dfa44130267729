"""What a browser may do with a page: no scripts, no frames, nothing from elsewhere, nothing kept."""

from __future__ import annotations

import re

import pytest

from tests.support.office import BEIJING
from tests.support.sites import ScoredYear, Visitor

PAGES = (
    "/",
    "/runs/{run}/regions/{unit}",
    "/runs/{run}/regions/{unit}/nodes/I09-1",
    "/reports",
    "/regions/{unit}/reports/2021Q1",
    "/sign-in",
    "/nowhere",
)


@pytest.mark.parametrize("path", PAGES)
def test_pages_allow_nothing_but_own_styles_and_forms(
    scored: ScoredYear, visitor: Visitor, path: str
) -> None:
    headers = visitor.get(path.format(run=scored.year, unit=BEIJING)).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", PAGES)
def test_pages_need_none_of_what_is_not_allowed(scored: ScoredYear, visitor: Visitor, path: str) -> None:
    page = visitor.get(path.format(run=scored.year, unit=BEIJING)).text
    assert not re.search(r"<script|<style|<iframe|\sstyle=|\son[a-z]+=|javascript:|https?://", page)


def test_style_sheets_are_named_by_their_content_and_kept_for_ever(visitor: Visitor) -> None:
    found = re.search(r'href="(/static/kaohe\.[0-9a-f]{12}\.css)"', visitor.get("/").text)
    assert found
    answer = visitor.get(found[1])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "set-cookie" not in answer.headers


def test_style_sheets_ask_nothing_of_other_places(visitor: Visitor) -> None:
    found = re.search(r'href="(/static/kaohe\.[^"]+)"', visitor.get("/").text)
    assert found
    assert not re.search(r"@import|url\(", visitor.get(found[1]).text)
