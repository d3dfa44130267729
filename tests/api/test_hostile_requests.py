"""Uploads as nobody honest sends them: each gets a problem, keeps nothing, and keeps nobody waiting."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from api import body_limit
from api.body_limit import Patience
from api.build import create_api
from intake.limits import published
from intake.workbook import read_workbook
from tests.api.conftest import Scored
from tests.support.callers import BEIJING_CLERK, NOBODY, OFFICE_STAFF, Callers, is_problem, upload
from tests.support.office import BEIJING
from tests.support.row_counts import row_counts

UNIT = ("unit", BEIJING.encode())
PERIOD = ("period", b"2021Q1")
LINE = "\r\n"


def part(disposition: str, content: bytes, *headers: str) -> bytes:
    """One part; the disposition as it stands behind `form-data; `."""
    lines = [f"Content-Disposition: form-data; {disposition}", *headers]
    return b"--x\r\n" + LINE.join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + content + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + b"--x--\r\n"


def words(*given: tuple[str, bytes]) -> bytes:
    return b"".join(part(f'name="{name}"', content) for name, content in given or (UNIT, PERIOD))


def file(content: bytes = b"x", name: str = 'filename="a.xlsx"', field: str = "file") -> bytes:
    return part(f'name="{field}"; {name}', content, "Content-Type: application/octet-stream")


def sent(callers: Callers, body: bytes, **headers: str) -> httpx.Response:
    headers = {"Content-Type": "multipart/form-data; boundary=x"} | {
        name.replace("_", "-"): text for name, text in headers.items()
    }
    return callers.ask(BEIJING_CLERK, "POST", "/reports", content=body, headers=headers)


FORMS = {
    "two files": (form(words(), file(), file()), {400}),
    "two files under two names": (form(words(), file(), file(field="file2")), {400}),
    "a word as a file": (form(words(UNIT), file(), file(b"2021Q1", field="period")), {400, 422}),
    "the unit twice": (form(words(UNIT, UNIT, PERIOD), file()), {422}),
    "two units": (form(words(UNIT, ("unit", b"120000"), PERIOD), file()), {422}),
    "a file and a word of one name": (form(words(UNIT, PERIOD, ("file", b"x")), file()), {422}),
    "an unknown word": (form(words(UNIT, PERIOD, ("actor", b"office-1")), file()), {422}),
    "nine words": (form(words(*[(f"w{n}", b"x") for n in range(9)]), file()), {400}),
    "a long word": (form(words(UNIT, ("period", b"2" * 2000)), file()), {400}),
    "no file": (form(words()), {422}),
    "nothing but a file": (form(file()), {422}),
    "no parts": (form(), {422, 400}),
    "a part without a name": (form(words(), part('filename="a.xlsx"', b"x")), {400}),
    "a part without headers": (b"--x\r\n\r\nx\r\n" + form(words(), file()), {400}),
    "a header of 20 kB": (
        form(words(), part('name="file"; filename="a"', b"x", "X: " + "y" * 20_000)),
        {400},
    ),
    "a thousand headers": (
        form(words(), part('name="file"; filename="a"', b"x", *(f"X{n}: y" for n in range(1000)))),
        {400},
    ),
    "a header without a colon": (form(words(), part('name="file"; filename="a"', b"x", "nonsense")), {400}),
    "an empty form": (b"", {400, 422}),
    "the end missing": (form(words(), file())[:-8], {400, 422}),
    "cut in the headers": (form(words(), file())[:60], {400, 422}),
    "another boundary": (form(words(), file()).replace(b"--x", b"--y"), {400, 422}),
    "bytes before the first part": (b"hello" + form(words(), file()), {400, 422}),
    "a zero byte in the unit": (form(words(("unit", b"1100\x0000"), PERIOD), file()), {403, 422}),
    "no UTF-8 in the unit": (form(words(("unit", b"\xff\xfe"), PERIOD), file()), {403, 422}),
    "no UTF-8 in the period": (form(words(UNIT, ("period", b"\xff\xfe")), file()), {422}),
    "a period in full-width digits": (form(words(UNIT, ("period", "２０２１Q1".encode())), file()), {422}),
    "a period that climbs": (form(words(UNIT, ("period", b"../../2021Q1")), file()), {422}),
    "a period that is a formula": (form(words(UNIT, ("period", b"=cmd|'/c calc'!A0")), file()), {422}),
    "markup for a period": (form(words(UNIT, ("period", b"<script>alert(1)</script>")), file()), {422}),
}


@pytest.fixture
def before(callers: Callers, tmp_path: Path) -> Iterator[Callers]:
    """Callers of an office in which nothing may have changed when the test is over."""
    held = row_counts(tmp_path)
    assert any(held.values())
    yield callers
    assert row_counts(tmp_path) == held


# Of a part that does not end, the framework leaves the file to be closed by itself.
@pytest.mark.filterwarnings("ignore:Exception ignored in. <function SpooledTemporaryFile")
@pytest.mark.parametrize("name", FORMS)
def test_a_hostile_form_is_a_problem_and_changes_nothing(before: Callers, name: str) -> None:
    body, statuses = FORMS[name]
    answer = sent(before, body)
    assert answer.status_code in statuses, answer.text
    is_problem(answer, answer.status_code)


def test_of_two_values_neither_is_taken(callers: Callers) -> None:
    problem = is_problem(sent(callers, FORMS["two units"][0]), 422, "invalid")
    assert ("doubled", "unit") in [(issue["code"], issue["field"]) for issue in problem["issues"]]


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data; boundary=x; charset=undefined",
        "multipart/form-data; boundary=x; charset=idna",
        "multipart/form-data; charset=utf-16; boundary=x",
        'multipart/form-data; boundary=x; charset="utf-7"',
        "multipart/form-data; boundary=x; charset=utf-8; charset=undefined",
        "multipart/form-data; boundary=x; charset*=''undefined",
        "multipart/mixed; boundary=x",
        "application/x-www-form-urlencoded",
        "application/octet-stream",
        "text/plain",
        "*/*",
        "",
    ],
)
def test_a_form_of_another_type_or_encoding_is_refused(before: Callers, kind: str) -> None:
    is_problem(sent(before, form(words(("unit", b"\xff"), PERIOD), file()), Content_Type=kind), 415)


def test_a_form_that_says_it_is_utf_8_is_read(callers: Callers) -> None:
    kind = 'multipart/form-data; boundary=x; charset="UTF-8"'
    body = form(words(), file(callers.office.workbook(BEIJING, 1), 'filename="一季度.xlsx"'))
    assert sent(callers, body, Content_Type=kind).json()["receipt"]["file_name"] == "一季度.xlsx"


@pytest.mark.parametrize(
    ("announced", "statuses"),
    [("5", {400, 422}), ("-1", {400, 422}), ("x", {400, 422}), ("9" * 400, {413}), ("5, 5", {400, 422})],
)
def test_a_length_that_is_not_true_is_no_accident(
    before: Callers, announced: str, statuses: set[int]
) -> None:
    cut = form(words(), file())[:5]
    answer = sent(before, cut, Content_Length=announced)
    assert answer.status_code in statuses
    is_problem(answer, answer.status_code)


# ---- names ----

NAMES = {
    'filename="../../etc/passwd"': "passwd",
    r'filename="C:\\temp\\一季度.xlsx"': "一季度.xlsx",
    'filename="..\\\\..\\\\boot.ini"': "boot.ini",
    'filename="/etc/cron.d/x"': "x",
    'filename="a\tb\x1b[31m.xlsx"': "ab[31m.xlsx",
    'filename="\u202egpj.xlsx"': "gpj.xlsx",
    'filename="\ufeff\u200b.xlsx"': ".xlsx",
    'filename=".."': "未命名",
    'filename="..."': "未命名",
    'filename="/"': "未命名",
    'filename=""': "未命名",
    'filename="=cmd|calc.xlsx"': "=cmd|calc.xlsx",
    'filename="<img src=x onerror=alert(1)>.xlsx"': "<img src=x onerror=alert(1)>.xlsx",
    'filename="con.xlsx"': "con.xlsx",
    f'filename="{"长" * 1_000}.xlsx"': "长" * 195 + ".xlsx",
    f'filename="{"a/" * 20_000}.xlsx"': None,
    "filename=\"a.xlsx\"; filename*=UTF-8''..%2f..%2fetc%2fpasswd": None,
    "filename*=UTF-8''%2e%2e%2fetc%2fpasswd": None,
    'filename="a.xlsx"; filename="b.xlsx"': None,
    "filename=a.xlsx": "a.xlsx",
    'filename="a.xlsx\x00.exe"': None,
}


@pytest.mark.parametrize("disposition", NAMES, ids=lambda text: text[:40])
def test_a_file_name_is_a_word_and_never_a_path(callers: Callers, disposition: str) -> None:
    answer = sent(callers, form(words(), file(callers.office.workbook(BEIJING, 1), disposition)))
    if answer.status_code != 201:
        is_problem(answer, answer.status_code)
        assert answer.status_code in {400, 422}
        assert NAMES[disposition] is None
        return
    receipt = answer.json()["receipt"]
    name = receipt["file_name"]
    assert NAMES[disposition] in (name, None)
    assert name.isprintable()
    assert 0 < len(name) <= 200
    assert not set(name) & set("/\\")
    assert name.strip(".")
    # What is sent back never carries it: the name of a download is made of the unit and the period.
    back = callers.get(BEIJING_CLERK, f"/reports/{receipt['report']}/file")
    assert back.headers["content-disposition"] == 'attachment; filename="110000-2021Q1-v1.xlsx"'


# ---- others meanwhile ----


async def ask(callers: Callers, api: Any, who: str, method: str, path: str, **options: Any) -> httpx.Response:
    headers = dict(options.pop("headers", {}))
    headers["Authorization"] = f"Bearer {callers.keys.get(who, '')}"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://kaohe") as client:
        return await client.request(method, path, headers=headers, **options)


def test_while_files_are_read_others_are_answered(scored: Scored) -> None:
    """Fifty files that take for ever, more than there are threads for all requests together."""
    callers, begun, ended = scored.callers, threading.Semaphore(0), threading.Event()

    def read_slowly(content: bytes) -> Any:
        begun.release()
        assert ended.wait(60)
        return read_workbook(content)

    api = create_api(replace(callers.office.context, reader=read_slowly))

    async def scene() -> tuple[list[int], list[int], int]:
        brought = upload(b"not a workbook", BEIJING, "2021Q1", "x.xlsx")
        hostile = [
            asyncio.create_task(ask(callers, api, BEIJING_CLERK, "POST", "/reports", **brought))
            for _ in range(50)
        ]
        await asyncio.to_thread(begun.acquire)
        others = [
            await ask(callers, api, OFFICE_STAFF, "GET", path)
            for path in ("/healthz", "/me", f"/runs/{scored.run}/ranking", "/reports", "/readyz")
        ]
        waiting = sum(not task.done() for task in hostile)
        ended.set()
        answers = await asyncio.gather(*hostile)
        return [each.status_code for each in others], [each.status_code for each in answers], waiting

    others, hostile, waiting = asyncio.run(scene())
    assert others == [200] * 5
    assert waiting == 50
    assert hostile == [422] * 50


def test_a_slow_sender_keeps_nobody_waiting(callers: Callers) -> None:
    """A form that stops in the middle holds neither a turn nor a thread."""

    async def scene() -> list[int]:
        answered = asyncio.Event()

        async def trickle() -> AsyncIterator[bytes]:
            yield form(words(), file())[:50]
            await answered.wait()
            yield form(words(), file())[50:]

        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        slow = [
            asyncio.create_task(
                ask(callers, callers.api, BEIJING_CLERK, "POST", "/reports", content=trickle(), headers=kind)
            )
            for _ in range(60)
        ]
        brought = upload(callers.office.workbook(BEIJING, 1), BEIJING, "2021Q1", "x.xlsx")
        quick = await ask(callers, callers.api, BEIJING_CLERK, "POST", "/reports", **brought)
        assert not any(task.done() for task in slow)
        answered.set()
        return [quick.status_code, *(each.status_code for each in await asyncio.gather(*slow))]

    assert asyncio.run(scene()) == [201] + [422] * 60


@pytest.mark.parametrize("patience", [Patience(between=0.05), Patience(altogether=0.05)], ids=str)
def test_a_sender_who_takes_too_long_is_stopped(
    before: Callers, monkeypatch: pytest.MonkeyPatch, patience: Patience
) -> None:
    monkeypatch.setattr(body_limit, "Patience", lambda: patience)
    api = create_api(before.office.context)

    async def trickle() -> AsyncIterator[bytes]:
        yield form(words(), file())[:50]
        while True:
            await asyncio.sleep(0.01 if patience.altogether < 1 else 30)
            yield b"x"

    async def scene() -> httpx.Response:
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        return await ask(before, api, BEIJING_CLERK, "POST", "/reports", content=trickle(), headers=kind)

    is_problem(asyncio.run(scene()), 408, "too-slow")


def test_everybody_can_see_the_limits(scored: Scored) -> None:
    items = scored.callers.get(NOBODY, "/limits").json()["items"]
    assert {item["key"]: item["most"] for item in items} == {each.key: int(each.most) for each in published()}
