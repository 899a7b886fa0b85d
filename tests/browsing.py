"""A browser for tests of the page, and what it must never do: err, load from elsewhere, break the page's policy."""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, Route, expect, sync_playwright

WIDE, PHONE = 1280, 390
"""Pixels of a screen's width."""
_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_WAIT_MILLISECONDS = 20_000
expect.set_options(timeout=_WAIT_MILLISECONDS)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's browser while it runs."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Debian's package chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that is open, and what went wrong in it so far."""

    page: Page
    problems: list[str] = field(default_factory=list)

    def refused(self, status: int) -> None:
        """Takes it that the server has refused something with this status, and nothing else went wrong."""
        assert self.problems, "nothing was refused"
        assert all(f"status of {status}" in problem for problem in self.problems), self.problems
        self.problems.clear()


@contextmanager
def visiting(browser: Browser, site: str, *, width: int = WIDE, height: int = 800) -> Iterator[Visit]:
    """A fresh page for a site; fails where the page errs, breaks its policy or asks for anything from elsewhere."""
    context = browser.new_context(base_url=site, viewport={"width": width, "height": height}, reduced_motion="reduce")
    context.set_default_timeout(_WAIT_MILLISECONDS)
    visit = Visit(context.new_page())

    def logged(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):  # what the policy forbids is logged as an error
            visit.problems.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def asked(request: Request) -> None:
        if not request.url.startswith((f"{site}/", "data:", "blob:")):
            visit.problems.append(f"asks {request.url}")

    def opened(dialog: Dialog) -> None:
        visit.problems.append(f"opens a dialog: {dialog.message}")
        dialog.dismiss()

    visit.page.on("console", logged)
    visit.page.on("pageerror", lambda error: visit.problems.append(f"throws {error}"))
    visit.page.on("dialog", opened)
    visit.page.on("request", asked)
    try:
        yield visit
    finally:
        context.close()
    assert not visit.problems, "\n".join(visit.problems)


def settle(page: Page) -> None:
    """Waits until the view that the address names has all that it asks the server for."""
    expect(page.locator("main:not([aria-busy]) > h1")).not_to_be_empty()


def answering(page: Page, answers: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
    """Has these stored questions answered with these rows, for what the page opens from now on; the others as ever."""
    for question, rows in answers.items():
        page.route(re.compile(rf"/ask/{re.escape(question)}\?"), partial(_fulfil, rows))


def _fulfil(rows: Sequence[Mapping[str, object]], route: Route) -> None:
    route.fulfill(json=rows)


def barriers(page: Page) -> list[str]:
    """What in the page is a barrier to somebody by WCAG 2.2 level AA, as far as axe-core can tell; one line each."""
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=rules | {"resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {node['target']} {node['html'][:200]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert isinstance(width, int)
    return width
