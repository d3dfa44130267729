"""The pages over a scored office, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import DESKTOP, LAPTOP_HALF, TELEPHONE, Reader, chromium, reader, served
from tests.support.databases import make_sqlite_template
from tests.support.reporting import Reporting, reporting_office
from tests.support.sites import ScoredYear, scored_year


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; gone with the module, for while it lives no other test can run an event loop."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def scored(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScoredYear]:
    """Two regions reported a quarter; the quarter and the year were scored."""
    assert browser.is_connected()
    with scored_year(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture(scope="module")
def address(scored: ScoredYear) -> Iterator[str]:
    """Where visitors may look without a key."""
    with served(scored.visitor().app) as found:
        yield found


@pytest.fixture(scope="module")
def closed_address(scored: ScoredYear) -> Iterator[str]:
    """Where everybody is asked for a key."""
    with served(scored.visitor(viewer=None).app) as found:
        yield found


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Reader]:
    """A wide window."""
    with reader(browser, address, DESKTOP) as found:
        yield found


@pytest.fixture
def telephone(browser: Browser, address: str) -> Iterator[Reader]:
    """A narrow one."""
    with reader(browser, address, TELEPHONE) as found:
        yield found


@pytest.fixture
def closed_desk(browser: Browser, closed_address: str) -> Iterator[Reader]:
    """A wide window where everybody is asked for a key."""
    with reader(browser, closed_address, DESKTOP) as found:
        yield found


@pytest.fixture(scope="module")
def blank_database(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with nothing in it, to be copied."""
    assert browser.is_connected()
    return make_sqlite_template(tmp_path_factory.mktemp("blank"))


@pytest.fixture
def reporting(blank_database: Path, tmp_path: Path) -> Iterator[Reporting]:
    """Nobody has reported yet; regions may."""
    with reporting_office(blank_database, tmp_path / "reporting") as found:
        yield found


@pytest.fixture
def reporting_address(reporting: Reporting) -> Iterator[str]:
    """Where regions hand in, and anybody may try it."""
    with served(reporting.visitor(trial=True).app) as found:
        yield found


@pytest.fixture(params=[DESKTOP, LAPTOP_HALF, TELEPHONE], ids=["desk", "beside-wps", "telephone"])
def clerk(request: pytest.FixtureRequest, browser: Browser, reporting_address: str) -> Iterator[Reader]:
    """北京's clerk, signed in by the button for trying, at windows of three widths."""
    with reader(browser, reporting_address, request.param) as found:
        found.open("/reports")
        found.page.get_by_role("button", name="以北京市登录").click()
        yield found
