"""That the tests of the page would see what goes wrong in it."""

import time

import pytest
from browsing import barriers, overflow, settle, visiting
from playwright.sync_api import Browser, Page, expect


def test_page_opens_and_nothing_goes_wrong(page: Page) -> None:
    """The first page of the site."""
    page.goto("/")
    assert "conflict-kg" in page.title()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("console.error('it errs')", "it errs"),
        ("setTimeout(() => { throw new Error('thrown') })", "thrown"),
        ("fetch('http://127.0.0.1:9/').catch(() => 0)", "127.0.0.1:9"),
        ("document.body.innerHTML = '<img src=x onerror=alert(1)>'", "Content Security Policy"),
        ("document.body.innerHTML = '<p style=\"color: red\">'", "Content Security Policy"),
        ("document.body.append(Object.assign(document.createElement('script'), { text: '1' }))", "Security Policy"),
        ("fetch('/nothing')", "404"),
        ("alert('hello')", "hello"),
    ],
)
def test_what_goes_wrong_fails_the_test(browser: Browser, site: str, wrong: str, told: str) -> None:
    """Errors, dialogs, requests to elsewhere and what the policy forbids."""

    def go_wrong() -> None:
        with visiting(browser, site) as visit:
            visit.page.goto("/")
            settle(visit.page)
            visit.page.evaluate(f"() => {{ {wrong} }}")
            late = time.monotonic() + 20
            while not visit.problems and time.monotonic() < late:
                visit.page.wait_for_timeout(20)

    with pytest.raises(AssertionError, match=told):
        go_wrong()


def test_barriers_and_too_wide_pages_are_seen(page: Page) -> None:
    """Grey on white, a picture without words; a line that is wider than the screen."""
    page.goto("/")
    expect(page.locator("main h2").first).to_be_visible()
    assert overflow(page) <= 0
    page.evaluate("document.body.style.color = '#bbb'; document.body.append(document.createElement('img'))")
    page.evaluate("document.body.style.minWidth = '3000px'")
    assert {line.partition(":")[0] for line in barriers(page)} >= {"color-contrast", "image-alt"}
    assert overflow(page) > 1000
