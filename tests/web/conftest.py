"""One endpoint over the samples, for tests that only read from it; a browser, and the page over the seed reports."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Visit, chromium, visiting
from playwright.sync_api import Browser, Page
from servers import serving, write_graph


@pytest.fixture(scope="session")
def served_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the endpoint serves."""
    return write_graph(tmp_path_factory.mktemp("served") / "graph")


@pytest.fixture(scope="session")
def endpoint(served_graph: Path) -> Iterator[str]:
    """The address of the endpoint, without the last slash."""
    with serving(served_graph, "--time-limit", 30, "--readers", 2) as address:
        yield address


# ---------------------------------------------------------------- the page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; skipped where Debian's package chromium is not installed."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def site(seed_graph: Path) -> Iterator[str]:
    """The address of a server of the seed reports, without the last slash."""
    with serving(seed_graph, "--time-limit", 60, "--readers", 2) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """A fresh page for the site, at the width of a desk's screen; the test fails where anything in it goes wrong."""
    with visiting(browser, site) as visit:
        yield visit


@pytest.fixture
def page(visit: Visit) -> Page:
    """The same without its list of problems: ``page.goto("/#/report")``."""
    return visit.page
