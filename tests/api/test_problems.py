"""Every refusal is a problem in Chinese, whatever went wrong; nothing of the inside gets out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, NoReturn

import pytest

from api import problems
from api.body_limit import LARGEST_FILE
from api.problems import TABLE, kind_of
from intake.workbook import ReaderUnavailable
from models.errors import (
    BlobDamaged,
    Conflict,
    DatabaseBusy,
    RowDamaged,
    StorageFailed,
    StoreError,
    UnstorableText,
)
from scoring.errors import RuleSetInvalid, ScoringError
from services import errors
from tests.api.conftest import Scored
from tests.support.callers import BEIJING_CLERK, NOBODY, OFFICE_STAFF, Callers, is_chinese, is_problem

SECRET_PLACE = "/srv/secret/place.db"


def failing(callers: Callers, error: Exception) -> Callers:
    """The same callers at a house where every look at the database ends in an error."""
    from api.build import create_api

    def fail() -> NoReturn:
        raise error

    context = replace(callers.office.context, read=fail)
    return replace(callers, api=create_api(context))


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (StorageFailed(f"unable to open {SECRET_PLACE}"), 503, "storage-failed"),
        (DatabaseBusy("database is locked"), 503, "busy"),
        (Conflict("UNIQUE constraint failed: report.id"), 409, "conflict"),
        (BlobDamaged("a" * 64, "b" * 64), 500, "damaged"),
        (RowDamaged("时间", SECRET_PLACE), 500, "damaged"),
        # asked while the key is looked up: a key that no database could hold is nobody's
        (UnstorableText("x\0", "\0"), 401, "unauthenticated"),
        (StoreError(SECRET_PLACE), 500, "failed"),
        (RuleSetInvalid(()), 500, "rule-set-invalid"),
        (ScoringError(SECRET_PLACE), 500, "failed"),
        (ReaderUnavailable(), 503, "reader-unavailable"),
        (errors.Conflict("已经有人改过", "changed"), 409, "conflict"),
        (errors.ServiceError("别的", "other"), 500, "failed"),
        (ValueError(SECRET_PLACE), 500, "failed"),
        (RecursionError(SECRET_PLACE), 500, "failed"),
    ],
    ids=lambda value: (
        f"{type(value).__module__}.{type(value).__name__}" if isinstance(value, Exception) else None
    ),
)
def test_an_error_inside_is_told_without_the_inside(
    callers: Callers, error: Exception, status: int, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "kaohe.api"):
        answer = failing(callers, error).get(BEIJING_CLERK, "/me")
    problem = is_problem(answer, status, code)
    assert SECRET_PLACE not in answer.text
    logged = [record for record in caplog.records if record.name == "kaohe.api"]
    assert bool(logged) == (status >= 500)
    if logged:
        assert problem["request_id"] in logged[0].getMessage()
        assert logged[0].exc_info
    assert ("retry-after" in answer.headers) == (status == 503)


def test_every_kind_of_error_has_chinese_words_and_a_status_that_fits() -> None:
    for kind in TABLE.values():
        assert 400 <= kind.status < 600
        assert is_chinese(kind.title)
        assert kind.code == kind.code.lower()


def test_every_error_that_services_can_raise_is_in_the_table() -> None:
    declared = {
        each for each in vars(errors).values() if isinstance(each, type) and each is not errors.ServiceError
    }
    raised = {each for each in declared if issubclass(each, errors.ServiceError)}
    assert raised <= set(TABLE)


def test_an_error_that_nobody_named_is_the_services_fault() -> None:
    assert kind_of(KeyError("x")).status == 500


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/", 404),
        ("GET", "/me/", 404),
        ("DELETE", "/me", 405),
        ("PUT", "/runs", 405),
    ],
)
def test_an_address_or_method_that_is_not_there_is_a_problem(
    scored: Scored, method: str, path: str, status: int
) -> None:
    answer = scored.callers.ask(OFFICE_STAFF, method, path)
    assert is_problem(answer, status)["instance"] == path
    assert ("allow" in answer.headers) == (status == 405)


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"{", "application/json", "json-invalid"),
        (b"[]", "application/json", "model-attributes-type"),
        (b'{"period": 2021}', "application/json", "string-type"),
        (b"period=2021", "application/x-www-form-urlencoded", "model-attributes-type"),
        (b"", "application/json", "missing"),
        (b'{"period": "' + b"2" * 17 + b'"}', "application/json", "string-too-long"),
    ],
)
def test_a_body_that_is_not_of_its_form_is_told_by_field(
    scored: Scored, content: bytes, kind: str, code: str
) -> None:
    answer = scored.callers.ask(
        OFFICE_STAFF, "POST", "/runs", content=content, headers={"Content-Type": kind}
    )
    assert [issue["code"] for issue in is_problem(answer, 422)["issues"]] == [code]


def test_an_upload_that_is_no_form_is_refused_by_its_type(scored: Scored) -> None:
    answer = scored.callers.ask(BEIJING_CLERK, "POST", "/reports", json={"unit": "110000"})
    is_problem(answer, 415, "unsupported-media-type")


@pytest.mark.parametrize(
    "content",
    [b"", b"--x", b"nonsense", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"1" * 5000],
    ids=["empty", "cut off", "nonsense", "a long word"],
)
def test_a_broken_form_is_refused(scored: Scored, content: bytes) -> None:
    answer = scored.callers.ask(
        BEIJING_CLERK,
        "POST",
        "/reports",
        content=content,
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code in {400, 422}
    is_problem(answer, answer.status_code)


def test_a_form_without_a_boundary_is_refused(scored: Scored) -> None:
    headers = {"Content-Type": "multipart/form-data"}
    is_problem(scored.callers.ask(BEIJING_CLERK, "POST", "/reports", content=b"x", headers=headers), 400)


class Told:
    """A body of many parts that knows how much of it was read."""

    def __init__(self, parts: int) -> None:
        self.parts, self.read = parts, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="big.xlsx"\r\n\r\n'
        for _ in range(self.parts):
            self.read += 1
            yield b"\0" * 1024 * 1024


def upload_in_parts(callers: Callers, who: str, parts: int, **headers: str) -> tuple[Any, int]:
    body = Told(parts)
    answer = callers.ask(
        who,
        "POST",
        "/reports",
        content=body,
        headers={"Content-Type": "multipart/form-data; boundary=x", **headers},
    )
    return answer, body.read


def test_an_upload_that_announces_too_much_is_refused_unread(scored: Scored) -> None:
    answer, read = upload_in_parts(
        scored.callers, BEIJING_CLERK, 30, **{"Content-Length": str(30 * 1024 * 1024)}
    )
    is_problem(answer, 413, "too-large")
    assert read == 0


def test_an_upload_that_announces_nothing_is_refused_as_soon_as_it_is_too_much(scored: Scored) -> None:
    answer, read = upload_in_parts(scored.callers, BEIJING_CLERK, 60)
    is_problem(answer, 413, "too-large")
    assert read <= LARGEST_FILE // (1024 * 1024) + 2


def test_a_stranger_does_not_get_a_byte_read(scored: Scored) -> None:
    answer, read = upload_in_parts(scored.callers, NOBODY, 15)
    is_problem(answer, 401)
    assert read == 0


def test_words_alone_are_never_long(scored: Scored) -> None:
    answer = scored.callers.ask(OFFICE_STAFF, "POST", "/runs", json={"period": "2" * 70_000})
    is_problem(answer, 413, "too-large")


def test_a_file_of_the_largest_size_is_read(scored: Scored) -> None:
    answer = scored.callers.hand_in(BEIJING_CLERK, b"\0" * LARGEST_FILE)
    is_problem(answer, 422, "rejected")
    is_problem(scored.callers.hand_in(BEIJING_CLERK, b"\0" * (LARGEST_FILE + 1)), 413, "too-large")


@pytest.mark.parametrize("path", ["/reports/%00", "/runs/%00", "/reports/a%FFb", "/rule-sets/%E2%80%AE"])
def test_strange_characters_in_an_address_are_no_accident(scored: Scored, path: str) -> None:
    answer = scored.callers.get(OFFICE_STAFF, path)
    assert answer.status_code in {404, 422}
    is_problem(answer, answer.status_code)


@pytest.mark.parametrize("path", ["/me", "/healthz", "/nowhere", "/openapi.json"])
def test_every_answer_has_its_id_and_the_headers_for_safety(scored: Scored, path: str) -> None:
    answer = scored.callers.get(NOBODY, path, headers={"X-Request-ID": "given-by-the-caller.1"})
    assert answer.headers["x-request-id"] == "given-by-the-caller.1"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "<script>", "好"])
def test_an_id_that_could_do_harm_in_a_log_is_replaced(scored: Scored, given: str) -> None:
    answer = scored.callers.get(NOBODY, "/healthz", headers={"X-Request-ID": given.encode()})
    assert answer.headers["x-request-id"] != given
    assert answer.headers["x-request-id"].isalnum()


def test_ready_turns_red_when_the_database_is_gone(callers: Callers) -> None:
    assert callers.get(NOBODY, "/readyz").json() == {"status": "ok"}
    broken = failing(callers, StorageFailed(SECRET_PLACE))
    answer = broken.get(NOBODY, "/readyz")
    is_problem(answer, 503, "not-ready")
    assert SECRET_PLACE not in answer.text
    assert broken.get(NOBODY, "/healthz").status_code == 200


def test_no_page_is_served_that_loads_anything_from_elsewhere(scored: Scored) -> None:
    for path in ("/docs", "/redoc"):
        is_problem(scored.callers.get(OFFICE_STAFF, path), 404)


def test_the_media_type_is_that_of_the_standard() -> None:
    assert problems.MEDIA_TYPE == "application/problem+json"


@pytest.mark.parametrize("path", ["/reports", "/tables", "/runs"])
def test_an_upload_that_is_cut_off_keeps_nothing_and_makes_no_noise(
    callers: Callers, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    arriving = iter(
        [
            {"type": "http.request", "body": b"--x\r\ncontent-disposition: form-data", "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    answered: list[Any] = []

    async def receive() -> Any:
        return next(arriving)

    async def send(message: Any) -> None:
        answered.append(message)

    who = BEIJING_CLERK if path == "/reports" else OFFICE_STAFF
    form = b"application/json" if path == "/runs" else b"multipart/form-data; boundary=x"
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": [(b"authorization", f"Bearer {callers.keys[who]}".encode()), (b"content-type", form)],
    }
    asyncio.run(callers.api(scope, receive, send))
    assert caplog.records == []
    assert {message.get("status", 400) for message in answered} <= {400}
    with callers.office.context.read() as work:
        assert work.blobs.digests() == ()
