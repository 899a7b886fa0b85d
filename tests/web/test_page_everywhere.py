"""What holds for every view: nobody is kept out, nothing runs that a report wrote, and a phone is wide enough."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import hostile
import pytest
import samples
from browsing import PHONE, WIDE, barriers, overflow, settle, visiting
from playwright.sync_api import Browser, Page, expect
from servers import serving, write_graph

import conflict_kg
from conflict_kg import store
from conflict_kg.graph import BASE, Names

STATIC = Path(conflict_kg.__file__).parent / "web" / "static"
NAMES = Names(BASE)
VIEWS = {
    "ask": "",
    "ask, answered": "#/ask?place=Ramadi&date=2015-12-28",
    "timeline": "#/timeline?place=Ramadi",
    "map": "#/map?date=2015-06-01",
    "reports": "#/report",
    "report": "#/report?document=004_4089e6aae2fcdbb5",
    "figures": "#/figures",
    "figures, of a place": "#/figures?place=Ramadi",
    "disagreements": "#/disagreements",
    "SPARQL": "#/sparql?question=who-controlled",
    "SPARQL, answered": "#/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%205",
    "for programs": "#/programs",
}


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("view", VIEWS)
def test_views_have_no_barriers_and_fit_the_screen(browser: Browser, site: str, view: str, width: int) -> None:
    """Contrast, names of controls, order of headings, as axe-core finds them; nothing wider than the screen."""
    with visiting(browser, site, width=width) as visit:
        visit.page.goto(f"/{VIEWS[view]}")
        settle(visit.page)
        assert barriers(visit.page) == []
        assert overflow(visit.page) <= 0


def test_views_are_reached_by_the_keyboard(page: Page) -> None:
    """The first stop leads past the head of the page; the others are the views in order, and Enter opens one."""
    page.goto("/")
    settle(page)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the answer")
    for name in ("conflict-kg", "Ask", "Timeline", "Map", "Reports"):
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text(name)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Reports")
    expect(page.locator("h1")).to_be_focused()
    expect(page).to_have_url(re.compile("#/report$"))


def test_views_take_one_another_s_place_in_the_order_of_the_address(page: Page) -> None:
    """However fast it changes: the last one counts."""
    page.goto("/")
    settle(page)
    page.evaluate("for (const name of ['sparql', 'map', 'figures', 'report']) location.hash = `#/${name}`")
    settle(page)
    expect(page.locator("h1")).to_have_text("Reports")
    expect(page.locator("main > .view")).to_have_count(1)
    expect(page.locator("nav [aria-current]")).to_have_text("Reports")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("#/nope", "There is no view 'nope'."),
        ("#/map?date=2015-02-30", "'2015-02-30' is not a date (YYYY-MM-DD)."),
        ("#/timeline?place=Ramadi&from=May", "'May' is not a date (YYYY-MM-DD)."),
        ("#/timeline?place=Ramadi&from=2016-01-01&to=2015-01-01", "1 January 2016 comes after 1 January 2015"),
        ("#/timeline?place=Ramadi&period=gone", "The period that the link leads to is not in this timeline."),
        ("#/figures?place=Ramadi&from=2016-01-01&to=2015-01-01", "1 January 2016 comes after 1 January 2015"),
        ("#/sparql?question=nope", "There is no stored question 'nope'."),
    ],
)
def test_addresses_that_are_wrong_are_told(page: Page, address: str, told: str) -> None:
    """Nothing else is shown in silence."""
    page.goto(f"/{address}")
    expect(page.locator("main .problem, main .notice")).to_contain_text(told)


def test_a_new_build_is_shown_from_the_next_view_on(browser: Browser, tmp_path: Path) -> None:
    """An answer that was given before the build is not given again after it."""
    graph = write_graph(tmp_path / "graph")
    with serving(graph) as address, visiting(browser, address) as visit:
        visit.page.goto("/#/report")
        expect(visit.page.locator("main")).to_contain_text(f"{len(samples.readings())} reports")
        store.write(graph, [], {})
        visit.page.goto("/#/programs")
        expect(visit.page.get_by_role("heading", name="Stored questions")).to_be_visible()
        visit.page.goto("/#/report")
        expect(visit.page.locator("main")).to_contain_text("No report was read.")


# ---------------------------------------------------------------- what a report may not do


def test_our_scripts_make_no_markup_of_text() -> None:
    """None calls what would."""
    scripts = [path for path in STATIC.rglob("*.js") if "vendor" not in path.parts]
    forbidden = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|\beval\b")

    assert len(scripts) > 10
    assert [path.name for path in scripts if forbidden.search(path.read_text("utf-8"))] == []


PLACE = NAMES.place(samples.QARA_TEPE.id).value
HOSTILE = {
    "ask": {"place": PLACE, "date": "2031-03-10"},
    "ask ": {},
    "timeline": {"place": PLACE},
    "map": {"date": "2031-03-10"},
    "report": {},
    "report ": {"document": samples.FALL.id + hostile.ATTACK, "claim": NAMES.claim(samples.KILLED.key).value},
    "report  ": {"document": samples.DISTRICT.id + hostile.ATTACK, "claim": NAMES.claim(samples.DENIED.key).value},
    "figures": {"place": PLACE},
    "figures ": {},
    "disagreements": {"place": PLACE},
    "sparql": {"query": "SELECT * { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } LIMIT 400"},
    "sparql ": {"query": "DESCRIBE <" + PLACE + ">"},
    "programs": {},
}


@pytest.fixture(scope="module", name="hostile_site")
def _hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the samples with attacks in all words."""
    graph: Path = hostile.write_hostile_graph(tmp_path_factory.mktemp("hostile") / "graph")
    with serving(graph, "--time-limit", 60) as address:
        yield address


@pytest.mark.parametrize("view", HOSTILE)
def test_nothing_runs_that_a_report_wrote(browser: Browser, hostile_site: str, view: str) -> None:
    """Markup, addresses and marks of direction are text like any other; none of it becomes an element or a link."""
    with visiting(browser, hostile_site) as visit:
        page = visit.page
        page.goto(f"/#/{view.strip()}?{urlencode(HOSTILE[view])}")
        settle(page)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        elements = "script:not([src]), [onerror], [onload], main img, [href^='javascript'], main title:not(svg *)"
        assert page.locator(elements).count() == 0
        if view != "programs":  # which shows nothing of reports
            shown = page.locator("main").text_content() or ""
            assert "<script>alert(1)</script>" in shown
            assert "[U+202E]evil[U+2066]" in shown
            assert not set("\u202e\u2066") & set(shown)


def test_addresses_of_reports_are_links_on_the_web_only(browser: Browser, hostile_site: str, site: str) -> None:
    """Any other stands there as text."""
    with visiting(browser, hostile_site) as visit:
        visit.page.goto(f"/#/report?{urlencode({'document': samples.FALL.id + hostile.ATTACK})}")
        address = visit.page.get_by_text(hostile.ADDRESS)
        expect(address).to_be_visible()
        assert address.get_attribute("href") is None
    with visiting(browser, site) as visit:
        made = """async (href) => {
            const { el } = await import("/static/lib/dom.js");
            return el("a", { href }, href).getAttribute("href");
        }"""
        visit.page.goto("/")
        assert visit.page.evaluate(made, "https://news.example/a") == "https://news.example/a"
        for bad in (
            "javascript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "//elsewhere.example",
            "vbscript:x",
        ):
            assert visit.page.evaluate(made, bad) is None
