"""The pages over a scored office, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browser import DESKTOP, TELEPHONE, Reader, chromium, reader, served
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
