"""Evidence over the wire: attached as a form, saved and never shown."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.support.callers import AUDITOR, BEIJING_CLERK, TIANJIN_CLERK, Callers, is_problem
from tests.support.hostile_evidence import HOSTILE, jpeg, pdf
from tests.support.office import BEIJING

WORDS = {"unit": BEIJING, "period": "2021Q1"}


def attach(
    callers: Callers, content: bytes, name: str = "台账.pdf", who: str = BEIJING_CLERK, **words: str
) -> httpx.Response:
    """An upload."""
    return callers.ask(who, "POST", "/evidence", data={**WORDS, **words}, files={"file": (name, content)})


def kept(callers: Callers, content: bytes = b"", **words: str) -> dict[str, Any]:
    """A file that was taken."""
    answer = attach(callers, content or pdf(), **words)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_file_is_attached_with_what_it_proves_and_listed(callers: Callers) -> None:
    made = kept(callers, element="E101", member="市场监管", note="第 3 页")
    assert (made["kind"], made["file_name"], made["links"][0]["element"]) == ("pdf", "台账.pdf", "E101")
    assert callers.get(AUDITOR, "/evidence", params={"unit": BEIJING}).json()["items"] == [made]
    assert callers.get(TIANJIN_CLERK, "/evidence").json() == {"items": []}


@pytest.mark.parametrize(
    ("content", "name", "media"),
    [(pdf(), "a.html", "application/pdf"), (jpeg(), "../../x.svg", "image/jpeg")],
)
def test_a_file_is_saved_and_never_shown(callers: Callers, content: bytes, name: str, media: str) -> None:
    made = attach(callers, content, name).json()
    given = callers.get(BEIJING_CLERK, f"/evidence/{made['id']}/file")
    assert given.content == content
    assert given.headers["content-type"] == media
    assert given.headers["content-disposition"].startswith("attachment; ")
    assert "/" not in given.headers["content-disposition"]
    assert given.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in given.headers["content-security-policy"]
    is_problem(callers.get(TIANJIN_CLERK, f"/evidence/{made['id']}/file"), 404)


def test_links_and_files_are_withdrawn_and_stay(callers: Callers) -> None:
    made = kept(callers, indicator="I28-1")
    address = f"/evidence/{made['id']}"
    linked = callers.ask(BEIJING_CLERK, "POST", f"{address}/links", json={"element": "E101"})
    assert (linked.status_code, len(linked.json()["links"])) == (201, 2)
    link = next(each["id"] for each in linked.json()["links"] if each["element"] == "E101")
    gone = callers.ask(BEIJING_CLERK, "POST", f"{address}/links/{link}/withdraw").json()["links"]
    assert {each["element"]: bool(each["withdrawn_at"]) for each in gone} == {"E101": True, "": False}
    withdrawn = callers.ask(BEIJING_CLERK, "POST", f"{address}/withdraw", json={"reason": "传错了"})
    assert (withdrawn.status_code, withdrawn.json()["withdrawn_because"]) == (200, "传错了")
    is_problem(callers.ask(BEIJING_CLERK, "POST", f"{address}/withdraw", json={"reason": "x"}), 409)
    assert callers.get(AUDITOR, "/evidence").json()["items"] == [withdrawn.json()]


@pytest.mark.parametrize("name", ["pdf with a script", "docx with macros", "a web page", "nothing"])
def test_a_hostile_file_is_refused_with_its_issue(callers: Callers, name: str) -> None:
    make, code = HOSTILE[name]
    problem = is_problem(attach(callers, make()), 422, "rejected")
    assert [issue["code"] for issue in problem["issues"]] == [code]
    assert callers.get(BEIJING_CLERK, "/evidence").json() == {"items": []}


@pytest.mark.parametrize(
    ("words", "status"),
    [({"indicator": "I99"}, 404), ({"unknown": "x"}, 422), ({"note": "x"}, 422), ({"period": "soon"}, 422)],
)
def test_words_that_mean_nothing_are_refused(callers: Callers, words: dict[str, str], status: int) -> None:
    is_problem(attach(callers, pdf(), **words), status)
