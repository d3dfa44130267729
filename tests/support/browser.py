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
LAPTOP_HALF = (683, 768)
"""Half of a laptop's window, beside a spreadsheet."""
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


def faint_texts(page: Page) -> list[str]:
    """Every text that does not stand out from its ground, with its contrast."""
    found: list[str] = page.evaluate(_FAINT_TEXTS)
    return found


def nameless_fields(page: Page) -> list[str]:
    """Every field without a label, and every id that stands twice."""
    found: list[str] = page.evaluate(_NAMELESS_FIELDS)
    return found


# Contrast by WCAG 2: 4.5 for text; grounds that are pictures are left to the eye.
_FAINT_TEXTS = """() => {
  const channels = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(each => each / 255)
    .map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    .reduce((sum, each, place) => sum + each * [0.2126, 0.7152, 0.0722][place], 0);
  const groundOf = node => {
    for (let each = node; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.backgroundImage !== "none") return null;
      const colour = channels(style.backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || parent.closest("svg") || !parent.checkVisibility()) continue;
    const ground = groundOf(parent);
    if (!ground) continue;
    const lights = [light(channels(getComputedStyle(parent).color)), light(ground)];
    const contrast = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
    if (contrast < 4.5) faint.push(`${walker.currentNode.data.trim()} ${contrast.toFixed(2)}`);
  }
  return [...new Set(faint)];
}"""

_NAMELESS_FIELDS = """() => [
  ...[...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
    .filter(each => !each.labels.length).map(each => each.outerHTML),
  ...[...document.querySelectorAll("[id]")]
    .filter(each => document.querySelectorAll("#" + CSS.escape(each.id)).length > 1).map(each => each.id),
  ...[...document.querySelectorAll("[aria-labelledby], [aria-describedby]")]
    .flatMap(each => [each.getAttribute("aria-labelledby"), each.getAttribute("aria-describedby")])
    .filter(Boolean).flatMap(each => each.split(" ")).filter(each => !document.getElementById(each)),
  ...[...document.querySelectorAll("a[href^='#']")]
    .map(each => each.getAttribute("href").slice(1)).filter(each => !document.getElementById(each)),
  ...[...document.querySelectorAll("th:not([scope])")].map(each => each.outerHTML),
]"""
