"""Pages with strangers' words in them: names of sheets and files, of people, in addresses and forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest

from models.records import ReportId
from models.unit_of_work import Database
from services.people import add_person
from services.policy import Role
from services.review import accept_report
from services.score import score_period
from tests.support.databases import copy_of_sqlite, make_sqlite_template
from tests.support.evil import EVIL, MARKUP, held_to_page
from tests.support.office import BEIJING, OFFICE, Office
from tests.support.sites import KEYS, Visitor, links_of
from web.build import create_web

EVIL_SHEET = "F01 <img src=x onerror=alert>"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """北京's accepted report came under an evil name, from a sheet with an evil one, by an evil person."""
    folder = tmp_path_factory.mktemp("evil")
    template = make_sqlite_template(folder)
    home = folder / "office"
    home.mkdir()
    database = Database(copy_of_sqlite(template, home))
    office = Office(database)
    answer = office.submit(BEIJING, 1, _with_evil_sheet(office, folder), f"{MARKUP[0]}.xlsx")
    accept_report(office.context, actor=OFFICE, report=ReportId(answer.receipt.report))
    score_period(office.context, actor=OFFICE, period="2021Q1")
    add_person(
        office.context, name=MARKUP[1], roles={Role.OFFICE_OPERATOR}, secret=KEYS[Role.OFFICE_OPERATOR]
    )
    visitor = Visitor(create_web(office.context, viewer=None, notice=MARKUP[0]))
    assert visitor.sign_in(Role.OFFICE_OPERATOR).status_code == 303
    yield visitor
    database.close()


def _with_evil_sheet(office: Office, folder: Path) -> bytes:
    file = folder / "evil.xlsx"
    file.write_bytes(office.workbook(BEIJING, 1))
    book = openpyxl.load_workbook(file, data_only=True)
    sheet = next(each for each in book.worksheets if each.title.startswith("F01"))
    sheet.title = EVIL_SHEET
    book.save(file)
    return file.read_bytes()


def every_page(site: Visitor) -> Iterator[tuple[str, str]]:
    """All pages that can be reached from the first one, with their addresses."""
    waiting = ["/"]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop(0)
        if path in seen or not path.startswith("/") or len(seen) > 150:
            continue
        seen.add(path)
        answer = site.get(path)
        if answer.is_redirect:
            waiting.append(answer.headers["location"].removeprefix(site.address))
        elif answer.headers.get("content-type", "").startswith("text/html"):
            yield path, answer.text
            waiting += [link.partition("#")[0] for link in links_of(answer.text)]


def test_no_page_runs_what_a_stranger_wrote(site: Visitor) -> None:
    pages = dict(every_page(site))
    assert len(pages) > 20
    for page in pages.values():
        held_to_page(page)
    shown = "".join(pages.values())
    # The words are there, and so are their signs; else nothing was tried.
    for word in (EVIL_SHEET, MARKUP[0], MARKUP[1]):
        assert word not in shown
    assert "&lt;img src=x onerror=alert&gt;" in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


@pytest.mark.parametrize("word", EVIL)
def test_words_in_an_address_are_not_run(site: Visitor, word: str) -> None:
    for path in (f"/{quote(word, safe='')}", f"/sign-in?next={quote(word, safe='')}"):
        answer = site.get(path)
        assert answer.status_code < 500
        held_to_page(answer.text)
        assert "\n" not in str(answer.headers.get("location", ""))


@pytest.mark.parametrize("word", EVIL)
def test_words_in_a_form_are_not_run(site: Visitor, word: str) -> None:
    stranger = Visitor(site.app)
    answer = stranger.post("/sign-in", {"key": word, "next": word})
    assert answer.status_code < 500
    held_to_page(answer.text)
    assert not answer.headers.get("location", "/").startswith(("javascript:", "//", "http"))
