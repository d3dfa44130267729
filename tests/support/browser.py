"""A real browser for tests of the pages: Debian's Chromium, and the pages served to it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.types import ASGIApp

from tests.support.needs import skip_or_fail

DESKTOP, TELEPHONE = (1440, 900), (390, 844)
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
_PATIENCE = 20.0


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; skips where there is none, or fails where KAOHE_REQUIRE_BROWSER is 1."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        skip_or_fail("KAOHE_REQUIRE_BROWSER", "Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        yield browser
        browser.close()


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address at which an application answers, on any free port of this machine."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    limit = time.monotonic() + _PATIENCE
    while not server.started:
        if not thread.is_alive() or time.monotonic() > limit:
            raise RuntimeError("the pages are not served")
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(_PATIENCE)


@dataclass
class Reader:
    """A person at a window of some size; `complaints`: what the browser's console said."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """Go to a page; its status."""
        answer = self.page.goto(self.address + path)
        return 0 if answer is None else answer.status

    @property
    def sideways(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(
            self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        )


@contextmanager
def reader(browser: Browser, address: str, size: tuple[int, int]) -> Iterator[Reader]:
    """A person with a fresh window."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page = context.new_page()
    found = Reader(page, address)
    page.on(
        "console",
        lambda message: (
            found.complaints.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.on("requestfailed", lambda request: found.complaints.append(f"{request.url}: {request.failure}"))
    yield found
    context.close()
