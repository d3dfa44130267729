"""Who may ask for what: every route of the document, as every role, about 北京's data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from api.known_keys import SECONDS
from services.people import add_person
from services.policy import Role
from tests.api.conftest import Scored
from tests.support.callers import (
    AUDITOR,
    BEIJING_CLERK,
    MINISTRY,
    NOBODY,
    OFFICE_STAFF,
    STRANGER,
    TIANJIN_CLERK,
    Callers,
    is_problem,
)
from tests.support.office import BEIJING, TIANJIN

ROLES = (BEIJING_CLERK, TIANJIN_CLERK, MINISTRY, OFFICE_STAFF, AUDITOR)
SEEN_BY_ALL = (200, 200, 200, 200, 200)
NO_WORKBOOK = {"file": ("x.xlsx", b"not a workbook")}

EXPLAINED = {"explanations": [{"key": "x", "reason": "other", "text": "已核对无误"}]}


@dataclass(frozen=True)
class Access:
    """What 北京's clerk, 天津's clerk, a ministry, the office and an auditor are answered."""

    answers: tuple[int, int, int, int, int]
    request: Mapping[str, Any] = field(default_factory=dict)
    open: bool = False


TABLE = {
    ("GET", "/healthz"): Access(SEEN_BY_ALL, open=True),
    ("GET", "/readyz"): Access(SEEN_BY_ALL, open=True),
    ("GET", "/limits"): Access(SEEN_BY_ALL, open=True),
    ("GET", "/me"): Access(SEEN_BY_ALL),
    ("GET", "/periods"): Access(SEEN_BY_ALL),
    ("GET", "/evidence"): Access((200, 200, 403, 200, 200)),
    # There is none of this name: who may see evidence is told so, all others that they may not.
    ("GET", "/evidence/{evidence}/file"): Access((404, 404, 403, 404, 404)),
    ("POST", "/evidence"): Access(
        (422, 403, 403, 403, 403), {"data": {"unit": BEIJING, "period": "2021Q1"}, "files": NO_WORKBOOK}
    ),
    ("POST", "/evidence/{evidence}/withdraw"): Access((404, 404, 403, 404, 404), {"json": {"reason": "x"}}),
    ("POST", "/evidence/{evidence}/links"): Access((404, 404, 403, 404, 404), {"json": {"indicator": "x"}}),
    ("POST", "/evidence/{evidence}/links/{link}/withdraw"): Access((404, 404, 403, 404, 404)),
    ("GET", "/rule-sets"): Access(SEEN_BY_ALL),
    ("GET", "/calendar/{year}"): Access(SEEN_BY_ALL),
    ("GET", "/deadlines/{period}"): Access((200, 200, 403, 200, 200)),
    # What is allowed is refused for another reason, so that nothing changes.
    ("POST", "/deadlines/{period}/{unit}/extension"): Access(
        (403, 403, 403, 422, 403), {"json": {"last_day": "2021-01-01", "reason": "x"}}
    ),
    ("POST", "/deadlines/{period}/{unit}/extension/revoke"): Access(
        (403, 403, 403, 404, 403), {"json": {"reason": "x"}}
    ),
    ("GET", "/rule-sets/{rule_set_name}"): Access(SEEN_BY_ALL),
    ("GET", "/rule-sets/{before}/diff/{after}"): Access((403, 403, 403, 200, 200)),
    ("GET", "/templates/{unit}/{period}.xlsx"): Access((200, 403, 403, 200, 200)),
    ("GET", "/templates/{unit}/{period}/context"): Access((200, 403, 403, 200, 200)),
    ("POST", "/templates/{unit}/{period}/migrate"): Access((422, 403, 403, 422, 422), {"files": NO_WORKBOOK}),
    ("GET", "/reports"): Access((200, 200, 403, 200, 200)),
    ("GET", "/reports/{report}"): Access((200, 404, 403, 200, 200)),
    ("GET", "/reports/{report}/file"): Access((200, 404, 403, 200, 200)),
    ("GET", "/reports/{report}/annotated.xlsx"): Access((200, 404, 403, 200, 200)),
    ("POST", "/reports/annotated"): Access(
        (200, 403, 403, 403, 403), {"data": {"unit": BEIJING, "period": "2021Q1"}, "files": NO_WORKBOOK}
    ),
    # What is allowed is refused for another reason, so that nothing changes.
    ("POST", "/reports"): Access(
        (422, 403, 403, 403, 403), {"data": {"unit": BEIJING, "period": "2021Q1"}, "files": NO_WORKBOOK}
    ),
    ("POST", "/reports/{report}/explanations"): Access((409, 404, 404, 403, 403), {"json": EXPLAINED}),
    ("POST", "/reports/{report}/take"): Access((403, 403, 403, 409, 403)),
    ("POST", "/reports/{report}/accept"): Access((403, 403, 403, 409, 403)),
    ("POST", "/reports/{report}/return"): Access((403, 403, 403, 409, 403), {"json": {"reason": "x"}}),
    ("POST", "/tables"): Access((403, 403, 422, 422, 403), {"data": {"year": "2021"}, "files": NO_WORKBOOK}),
    ("POST", "/runs"): Access((403, 403, 403, 422, 403), {"json": {"period": "never"}}),
    ("GET", "/runs"): Access((403, 403, 403, 200, 200)),
    ("GET", "/runs/{run}"): Access((200, 200, 403, 200, 200)),
    ("GET", "/runs/{run}/ranking"): Access((403, 403, 403, 200, 200)),
    ("GET", "/runs/{run}/regions/{unit}"): Access((200, 403, 403, 200, 200)),
    ("GET", "/runs/{run}/regions/{unit}/nodes/{node}"): Access((200, 403, 403, 200, 200)),
    ("GET", "/runs/{run}/exports/{content}.{form}"): Access((403, 403, 403, 200, 200)),
    ("GET", "/runs/{run}/regions/{unit}/exports/{content}.{form}"): Access((200, 403, 403, 200, 200)),
    ("GET", "/runs/{run}/ranking/page"): Access((403, 403, 403, 200, 200)),
    ("GET", "/runs/{run}/moves"): Access((403, 403, 403, 200, 200)),
    ("GET", "/runs/{run}/regions/{unit}/moves"): Access((200, 403, 403, 200, 200)),
    ("GET", "/runs/{run}/regions/{unit}/strengths"): Access((200, 403, 403, 200, 200)),
    ("GET", "/runs/{run}/compare"): Access(
        (403, 403, 403, 200, 200), {"params": {"a": BEIJING, "b": TIANJIN}}
    ),
    ("GET", "/runs/{run}/regions/{unit}/score-report.{form}"): Access((200, 403, 403, 200, 200)),
    ("GET", "/runs/{run}/circular.{form}"): Access((403, 403, 403, 200, 200)),
}
CASES = [
    pytest.param(*operation, role, status, id=f"{' '.join(operation)} as {role}")
    for operation, access in TABLE.items()
    for role, status in zip(ROLES, access.answers, strict=True)
]
CLOSED = [operation for operation, access in TABLE.items() if not access.open]


def address(scored: Scored, path: str) -> str:
    paper = "score-report" in path or "circular" in path
    return path.format(
        unit=BEIJING,
        period="2021Q1",
        rule_set_name="2021",
        year="2021",
        evidence="none",
        link="none",
        before="2021",
        after="2021",
        report=scored.reports[BEIJING].report,
        run=scored.run,
        node="I09-1",
        content="breakdown",
        form="docx" if paper else "csv",
    )


def test_every_route_of_the_document_is_in_the_table(scored: Scored) -> None:
    paths = scored.callers.get(NOBODY, "/openapi.json").json()["paths"]
    routes = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert routes == set(TABLE)


@pytest.mark.parametrize(("method", "path", "role", "status"), CASES)
def test_each_role_gets_what_the_table_says(
    scored: Scored, method: str, path: str, role: str, status: int
) -> None:
    request = TABLE[method, path].request
    answer = scored.callers.ask(role, method, address(scored, path), **request)
    if status == 200:
        assert answer.status_code == 200, answer.text
    else:
        is_problem(answer, status)


@pytest.mark.parametrize("who", [NOBODY, STRANGER])
@pytest.mark.parametrize(("method", "path"), CLOSED, ids=lambda value: str(value))
def test_without_a_key_that_is_known_nothing_is_answered(
    scored: Scored, method: str, path: str, who: str
) -> None:
    answer = scored.callers.ask(who, method, address(scored, path), **TABLE[method, path].request)
    is_problem(answer, 401, "unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_nothing_of_another_region_is_in_any_byte_that_a_region_gets(scored: Scored) -> None:
    secret = scored.reports[BEIJING]
    own = f"/runs/{scored.run}/regions/{TIANJIN}"
    nodes = [line["node"] for line in scored.callers.get(TIANJIN_CLERK, own).json()["lines"]]
    foreign = [address(scored, path) for method, path in TABLE if method == "GET" and "rule-sets" not in path]
    asked = [own, *(f"{own}/nodes/{node}" for node in nodes), *foreign]
    answers = [scored.callers.get(TIANJIN_CLERK, path) for path in asked]
    told = "".join(answer.text + str(answer.headers) for answer in answers if answer.status_code != 404)
    assert "天津" in told
    for canary in ("北京市", secret.report, secret.file_sha256):
        assert canary not in told


def test_a_region_lists_its_own_reports_and_not_that_there_are_others(scored: Scored) -> None:
    own = scored.callers.get(TIANJIN_CLERK, "/reports").json()
    foreign = scored.callers.get(TIANJIN_CLERK, "/reports", params={"unit": BEIJING}).json()
    assert [each["unit"] for each in own["items"]] == [TIANJIN]
    assert foreign == {"items": [], "next": None}


def test_a_foreign_report_and_none_at_all_are_told_in_the_same_words(scored: Scored) -> None:
    foreign = scored.callers.get(TIANJIN_CLERK, f"/reports/{scored.reports[BEIJING].report}")
    none = scored.callers.get(TIANJIN_CLERK, f"/reports/{'0' * 24}")
    left_out = ("instance", "request_id", "detail", "detail_en")
    told = [{key: each.json()[key] for key in each.json() if key not in left_out} for each in (foreign, none)]
    assert told[0] == told[1]
    assert foreign.json()["detail"].replace(scored.reports[BEIJING].report, "") == (
        none.json()["detail"].replace("0" * 24, "")
    )


def test_a_region_finds_the_runs_it_has_a_card_in_by_naming_itself(scored: Scored) -> None:
    own = scored.callers.get(BEIJING_CLERK, "/runs", params={"unit": BEIJING})
    assert [run["id"] for run in own.json()["items"]] == [scored.run]
    is_problem(scored.callers.get(BEIJING_CLERK, "/runs", params={"unit": TIANJIN}), 403)


def test_a_table_of_many_units_cannot_be_fetched_by_one_of_them(scored: Scored) -> None:
    table = "unit,period,element,value\n110000,2021Q1,K101,1\n120000,2021Q1,K101,2\n"
    rules = scored.callers.office.rules
    element = next(
        each.code for each in rules.elements.values() if each.provider == "ministry" and not each.members
    )
    kept = scored.callers.ask(
        OFFICE_STAFF,
        "POST",
        "/tables",
        data={"year": "2021"},
        files={"file": ("table.csv", table.replace("K101", element).encode())},
    )
    assert kept.status_code == 201, kept.text
    for report in kept.json()["reports"]:
        assert scored.callers.get(OFFICE_STAFF, f"/reports/{report}/file").text.count("\n") == 3
        is_problem(scored.callers.get(BEIJING_CLERK, f"/reports/{report}/file"), 404)


def test_a_key_may_come_in_the_header_for_programs(scored: Scored) -> None:
    key = scored.callers.keys[AUDITOR]
    answer = scored.callers.get(NOBODY, "/me", headers={"X-API-Key": key})
    assert (answer.json()["roles"], answer.json()["unit"]) == (["auditor"], None)


def test_me_says_whose_key_it_is(scored: Scored) -> None:
    told = scored.callers.get(BEIJING_CLERK, "/me").json()
    assert (told["name"], told["roles"], told["unit"]) == ("试用 beijing", ["region_filler"], BEIJING)


@pytest.mark.parametrize("path", ["/me", "/rule-sets/2021"], ids=["a route", "a page at hand"])
def test_a_key_that_was_revoked_is_forgotten_within_a_second(callers: Callers, path: str) -> None:
    now = 1000.0
    callers.api.state.keys.clock = lambda: now
    assert [callers.get(MINISTRY, path).status_code for _ in range(2)] == [200, 200]
    with callers.office.context.write() as work:
        work.people.revoke_key(callers.keys[MINISTRY][:12], revoked_at=callers.office.now)
        work.commit()
    now += SECONDS
    is_problem(callers.get(MINISTRY, path), 401)
    assert SECONDS < 1


def test_a_key_that_is_refused_is_looked_up_again_each_time(callers: Callers) -> None:
    callers.keys["newcomer"] = "a-key-that-will-be-given-in-a-moment"
    is_problem(callers.get("newcomer", "/me"), 401)
    add_person(callers.office.context, name="新人", roles={Role.AUDITOR}, secret=callers.keys["newcomer"])
    assert callers.get("newcomer", "/me").json()["name"] == "新人"
