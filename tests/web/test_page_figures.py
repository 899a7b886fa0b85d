"""The views of figures and of disagreements."""

import re

import pytest
from browsing import Visit, answering
from playwright.sync_api import Locator, Page, expect


def tally(page: Page, words: str) -> Locator:
    """The figures under a heading."""
    return page.locator(".tally").filter(has=page.get_by_role("heading", name=words))


def _counted(victims: str, number: int) -> dict[str, object]:
    """What rows of a range and of a claim have alike."""
    place = {"place": "Qara Tepe", "place_id": "x:place", "range": "x:range"}
    return place | {"harm": "killed", "victims": victims} | dict.fromkeys(("low", "best", "high"), number)


def _claim(claim: str, victims: str, number: int, *, included_in: str | None = None) -> dict[str, object]:
    said = {"document": "a", "quote": "Words.", "according_to": ["Somebody"], "relayed_by": [], "additional_to": None}
    days = dict.fromkeys(("begin_earliest", "begin_latest", "end_earliest", "end_latest", "reported_on"))
    own = {"claim": claim, "count_text": str(number), "included_in": included_in}
    return _counted(victims, number) | said | days | own


def test_figures_begin_with_the_places_that_have_some(page: Page) -> None:
    """Those with most of them first; each leads to its figures."""
    page.goto("/#/figures")
    first = page.locator(".choices a").first
    expect(first).to_have_text("Ramadi")
    first.click()
    expect(page.get_by_role("heading", name="People, Ramadi").first).to_be_visible()
    expect(page.get_by_role("combobox", name="Place")).to_have_value("Ramadi")


def test_figures_stand_side_by_side_under_their_range(page: Page) -> None:
    """The range in words and drawn, each figure with its source, and the way to its sentence."""
    page.goto("/#/figures?place=Ramadi&harm=killed")
    killed = tally(page, "People, Ramadi 13 to 18 May 2015")
    expect(killed.locator(".whole")).to_contain_text("500; at least 200; at most 500. 3 independent origins.")
    expect(killed.get_by_role("img", name="lowest 200, best 500, highest 500")).to_be_visible()
    expect(killed.locator("article")).to_have_count(5)
    expect(killed).to_contain_text("about 500 people killed according to Muhannad Haimour")
    expect(killed).to_contain_text("Hundreds civilians and soldiers killed according to the report itself")
    expect(page.get_by_role("heading", name="Displaced")).to_have_count(0)
    killed.locator("summary").first.click()
    killed.get_by_role("link", name="See it in its report").first.click()
    expect(page.locator("a.mark[aria-current]")).to_be_focused()


def test_figures_tell_what_comes_on_top_of_what(page: Page) -> None:
    """As the text relates them; what is told without a number is there all the same."""
    page.goto("/#/figures?place=Ramadi")
    expect(page.locator(".tally").filter(has_text="24,000").first).to_contain_text(
        "On top of “as many as 114,000 residents displaced” (United Nations)."
    )
    expect(tally(page, "Tribal fighters, Ramadi")).to_contain_text("many tribal fighters killed")
    expect(tally(page, "Tribal fighters, Ramadi")).to_contain_text("no number")


def test_figures_are_asked_for_by_days_and_by_the_keyboard(page: Page) -> None:
    """The address says what is shown; days outside leave nothing."""
    page.goto("/#/figures?place=Ramadi")
    page.get_by_label("To the day").fill("2015-04-30")
    page.get_by_label("To the day").press("Enter")
    expect(page.locator(".tally").first).to_be_visible()
    expect(page).to_have_url(re.compile("to=2015-04-30"))
    expect(tally(page, "People, Malaab")).to_have_count(0)
    expect(tally(page, "People, Ramadi 1 to 30 April 2015")).to_have_count(1)
    page.goto("/#/figures?place=Ramadi&from=2020-01-01")
    expect(page.get_by_text("No report that was read gives such a figure.")).to_be_visible()


def test_figures_that_are_included_in_another_stand_below_it(page: Page) -> None:
    """The seed reports have none, so such a pair is made here."""
    span = _counted("people", 17) | {"earliest": None, "latest": None, "origins": 1, "supporting": []}
    claims = [_claim("x:17", "people", 17), _claim("x:2", "drivers", 2, included_in="x:17")]
    answering(page, {"casualty-range": [span], "casualties": claims, "coverage": []})
    page.goto("/#/figures?place=x:place")
    included = page.locator(".included article")
    expect(included).to_contain_text("2 drivers killed")
    expect(included).to_contain_text("Included in “17 people killed” (Somebody).")
    expect(page.locator(".tally > article")).to_have_count(1)


@pytest.mark.parametrize("view", ["figures", "disagreements"])
def test_names_that_nothing_bears_are_told(page: Page, visit: Visit, view: str) -> None:
    """By both views, in a line; the name can be mended in its field."""
    page.goto(f"/#/{view}?place=Nowhere-at-all")
    expect(page.get_by_role("alert")).to_contain_text("No place 'Nowhere-at-all' is known")
    expect(page.get_by_role("combobox").first).to_have_value("Nowhere-at-all")
    visit.refused(404)


# ---------------------------------------------------------------- disagreements


def test_disagreements_show_both_sides(page: Page) -> None:
    """In what they differ, the sentences of each side, and the way to them."""
    page.goto("/#/disagreements?place=Ramadi")
    real = page.locator("section", has=page.get_by_role("heading", name="Contradictions")).first
    first = real.locator(".disagreement").first
    expect(first.get_by_role("heading", level=3)).to_have_text("Ramadi: whether it happened, or was so")
    expect(first.get_by_role("heading", level=4)).to_have_text(
        ["It has happened (1 claim)", "It is still planned or expected (2 claims)"]
    )
    expect(first.locator(".side").first.locator("blockquote")).to_contain_text("fully liberated")
    first.get_by_role("link", name="See it in its report").first.click()
    expect(page.locator("a.mark[aria-current]")).to_be_focused()


def test_disagreements_that_only_look_it_say_why(page: Page) -> None:
    """Both sides may be right, for a reason that is told."""
    page.goto("/#/disagreements?place=Ramadi&contradiction=apparent")
    expect(page.get_by_role("heading", name="Contradictions")).to_have_count(0)
    told = page.locator(".disagreement .notice")
    expect(told.first).to_be_visible()
    assert told.count() == page.locator(".disagreement").count() > 3
    expect(told.filter(has_text="count different kinds of people").first).to_be_visible()


def test_disagreements_are_chosen_by_what_they_differ_in(page: Page) -> None:
    """By the keyboard, for all places; a link to one of them brings it first, with the focus."""
    page.goto("/#/disagreements")
    expect(page.locator(".disagreement").first).to_be_visible()
    page.get_by_label("They differ in").select_option("victims")
    page.get_by_role("combobox", name="Place (optional)").press("Enter")
    expect(page.locator(".disagreement h3").first).to_contain_text("who the victims were")
    expect(page).to_have_url(re.compile("#/disagreements[?]dimension=victims$"))
    rows = page.evaluate("async () => (await (await fetch('/ask/disagreements?dimension=victims')).json())")
    page.goto(f"/#/disagreements?disagreement={rows[-1]['disagreement']}")
    expect(page.locator(".disagreement[aria-current]")).to_be_focused()
    expect(page.locator(".disagreement[aria-current]")).to_be_in_viewport()


def test_long_lists_are_shown_some_at_a_time(page: Page) -> None:
    """A button adds more, and the focus goes to the first of them; it goes when all are there."""
    page.goto("/#/programs")
    expect(page.get_by_role("heading", name="Stored questions")).to_be_visible()
    page.evaluate(
        """async () => {
            const { some } = await import("/static/lib/more.js");
            const { el, clear } = await import("/static/lib/dom.js");
            const make = (number) => el("p", { class: "item" }, number);
            clear(document.getElementById("main"), some([...Array(25).keys()], make, 10));
        }"""
    )
    items, more = page.locator(".item"), page.get_by_role("button")
    expect(items).to_have_count(10)
    expect(more).to_have_text("Show 10 more of 25")
    more.press("Enter")
    expect(items).to_have_count(20)
    expect(items.nth(10)).to_be_focused()
    more.click()
    expect(items).to_have_count(25)
    expect(more).to_be_hidden()
