"""The view of reports: the list, marks in the text, what a mark opens, and links that lead to a sentence."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import samples
from browsing import PHONE, Visit, answering, visiting
from playwright.sync_api import Browser, Page, expect

from conflict_kg.graph import BASE, Names

NAMES = Names(BASE)
KILLED = NAMES.claim(samples.KILLED.key).value


def address(document: str, claim: str | None = None) -> str:
    """The address of a report, or of a claim in it."""
    return f"/#/report?{urlencode({'document': document} | ({'claim': claim} if claim else {}))}"


@pytest.fixture(name="invented")
def _invented(browser: Browser, endpoint: str) -> Iterator[Visit]:
    """A page over the samples."""
    with visiting(browser, endpoint) as visit:
        yield visit


def test_list_has_every_report_with_what_was_read(page: Page) -> None:
    """Title, publisher, day and numbers; those without a title by their name."""
    page.goto("/#/report")
    entries = page.locator(".reports li")
    expect(entries).to_have_count(5)
    expect(entries.first).to_contain_text("The Duran · 18 May 2015")
    expect(entries.first).to_contain_text("claims of control")
    expect(entries.nth(1).locator("a")).to_have_text("001_e91a3211f3bcdb7c")
    entries.first.locator("a").click()
    expect(page.locator("h2").first).to_contain_text("ISIS weakened by US airstrikes?")


def test_marks_are_the_passages_of_the_claims(invented: Visit) -> None:
    """Cut where passages begin and end, nothing of the text lost or doubled."""
    page = invented.page
    page.goto(address("fall"))
    words = page.locator(".words")
    expect(words).to_contain_text("The Northern Front seized Qara Tepe on Tuesday after the Federal Army withdrew")
    joined = " ".join(page.locator(".words p").all_text_contents())
    assert joined.split() == samples.FALL.text.split()
    marks = page.locator("a.mark").all_text_contents()
    assert "The Northern Front seized Qara Tepe on Tuesday" in marks
    assert '"At least 40 soldiers were killed' in marks


def test_mark_opens_what_was_read_and_what_follows(invented: Visit) -> None:
    """Who says so through whom, its status, and links to what rests on it; all by the keyboard."""
    page = invented.page
    page.goto(address("fall"))
    mark = page.locator("a.mark", has_text="At least 40 soldiers were killed")
    mark.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary")
    expect(panel.get_by_role("heading", level=2)).to_be_focused()
    expect(panel).to_contain_text("At least 40 soldiers killed at Qara Tepe.")
    expect(panel).to_contain_text("Tolan Meres")
    expect(panel).to_contain_text("Vesh Radio")
    expect(panel).to_contain_text("On 4 March 2031")
    expect(mark).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("claim="))
    panel.get_by_role("link", name="Soldiers killed at Qara Tepe: at least 40.").click()
    expect(page.locator("h1")).to_have_text("Figures of people harmed")
    expect(page.locator(".tally[aria-current]")).to_contain_text("at least 40")


@pytest.mark.parametrize("key", [True, False])
def test_panel_is_left_and_the_mark_has_the_focus_again(invented: Visit, key: bool) -> None:
    """By Escape, or by its button."""
    page = invented.page
    page.goto(address("fall"))
    mark = page.locator("a.mark", has_text="The Northern Front seized Qara Tepe on Tuesday")
    mark.click()
    expect(page.get_by_role("complementary")).to_be_visible()
    if key:
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("complementary")).to_be_hidden()
    expect(mark).to_be_focused()


def test_link_leads_to_the_sentence(invented: Visit) -> None:
    """By the report's name or the document's IRI: in view, with the focus, its claim told first; and back again."""
    page = invented.page
    for document in ("fall", NAMES.document(samples.FALL.digest).value):
        page.goto(address(document, KILLED))
        mark = page.locator("a.mark[aria-current]")
        expect(mark).to_be_focused()
        expect(mark).to_be_in_viewport()
        expect(mark).to_contain_text("At least 40 soldiers were killed")
        expect(page.locator(".panel .says").first).to_contain_text("At least 40 soldiers killed")
    page.goto("/#/report")
    expect(page.locator(".reports li")).to_have_count(3)
    page.go_back()
    expect(page.locator("a.mark[aria-current]")).to_contain_text("At least 40 soldiers were killed")


def test_links_in_the_panel_lead_on_within_the_report(invented: Visit) -> None:
    """From a figure to the statement that gives it."""
    page = invented.page
    page.goto(address("fall", KILLED))
    page.get_by_role("link", name="The statement that says so").first.click()
    expect(page.locator("a.mark[aria-current]")).to_contain_text("soldiers")
    expect(page.locator(".panel .says").first).to_contain_text("statement")


def test_unknown_reports_and_claims_are_told(invented: Visit) -> None:
    """In a line, without harm to the page."""
    page = invented.page
    page.goto(address("fall", "https://conflict-kg.example/claim/none"))
    expect(page.get_by_role("status")).to_have_text("The claim that the link leads to is not in this report.")
    page.goto(address("nothing"))
    expect(page.get_by_role("alert")).to_have_text("No report 'nothing' is in the graph.")
    invented.refused(404)


def test_panel_leaves_the_sentence_in_view_on_a_phone(browser: Browser, endpoint: str) -> None:
    """It lies over the lower part of the screen."""
    with visiting(browser, endpoint, width=PHONE) as visit:
        visit.page.goto(address("fall", KILLED))
        mark, panel = visit.page.locator("a.mark[aria-current]"), visit.page.get_by_role("complementary")
        expect(panel).to_be_in_viewport()
        above, below = mark.bounding_box(), panel.bounding_box()
        assert above is not None
        assert below is not None
        assert above["y"] >= 0
        assert above["y"] + above["height"] <= below["y"]


# ---------------------------------------------------------------- cutting


def cut(page: Page, text: str, *spans: tuple[int, int]) -> list[list[tuple[str, list[int]]]]:
    """Paragraphs as pieces, each with the numbers of the spans that cover it."""
    page.goto("/")
    found: list[Any] = page.evaluate(
        """async ([text, spans]) => {
            const { paragraphs } = await import("/static/lib/passages.js");
            const found = spans.map(([start, end], number) => ({ start, end, number }));
            return paragraphs(text, found).map(({ pieces }) =>
                pieces.map((one) => [one.text, one.found.map(({ number }) => number)]));
        }""",
        [text, spans],
    )
    return [[(words, numbers) for words, numbers in pieces] for pieces in found]


def test_passages_are_counted_in_code_points(page: Page) -> None:
    """A sign beyond the first plane is one, as the server counts; JavaScript has two units for it."""
    text = "😀😀 town 𝒜 fell"
    assert cut(page, text, (text.index("town"), text.index("fell") - 1)) == [
        [("😀😀 ", []), ("town 𝒜", [0]), (" fell", [])],
    ]


def test_passages_may_overlap_lie_within_each_other_and_span_paragraphs(page: Page) -> None:
    """Each piece has all that cover it; a full stop is no piece of its own."""
    text = "One two three.\n\nFour five."
    assert cut(page, text, (0, 13), (4, 14), (4, 7), (8, 20)) == [
        [("One ", [0]), ("two ", [0, 1, 2]), ("three.", [0, 1, 3])],
        [("Four", [3]), (" five.", [])],
    ]
    assert cut(page, "", (0, 0)) == []


def test_many_reports_are_searched_by_words(page: Page) -> None:
    """Of title, publisher and day; the number of those found is told."""
    rows = [
        {
            "document": f"r{number}",
            "title": f"Report {number}",
            "publisher": "Wire" if number % 2 else None,
            "published": f"2031-03-{10 + number}",
            "statements": 0,
            "control": number,
            "casualties": 1,
            "incidents": 0,
        }
        for number in range(12)
    ]
    answering(page, {"coverage": rows})
    page.goto("/#/report")
    shown = page.locator(".reports li:visible")
    expect(shown).to_have_count(12)
    expect(page.get_by_role("status")).to_have_text("12 reports")
    page.get_by_label("Only with these words").fill("wire 2031-03-1")
    expect(shown).to_have_count(5)
    expect(page.get_by_role("status")).to_have_text("5 reports")
    expect(shown.first).to_contain_text("1 claim of control, 1 figure of people harmed")
