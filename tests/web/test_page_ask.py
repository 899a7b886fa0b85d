"""The first view of the page: who controlled a place on a day, and why, for somebody who has read nothing."""

import re

import pytest
from browsing import PHONE, WIDE, Visit, barriers, overflow, settle, visiting
from playwright.sync_api import Browser, Page, expect

DECEMBER = "/#/ask?place=Ramadi&date=2015-12-28"


def ask(page: Page, place: str, date: str) -> None:
    """Fills in the form as a user does, and sends it."""
    page.get_by_role("combobox", name="Place").fill(place)
    page.get_by_label("On the day").fill(date)
    page.get_by_role("button", name="Answer").click()


def test_a_newcomer_finds_who_held_ramadi_and_why_it_is_disputed(page: Page) -> None:
    """From the first page by clicks alone: a place of which most is said, a day on which something changed."""
    page.goto("/")
    page.get_by_role("link", name="Ramadi", exact=True).click()
    page.get_by_role("link", name="Between 21 and 28 December 2015: the").click()
    expect(page.locator(".answer")).to_have_text(
        "By what is claimed, the Iraqi government held Ramadi on 28 December 2015, but this is disputed."
    )
    expect(page.locator(".dispute")).to_contain_text("2 claims of that time speak of it as still to come")
    expect(page.locator(".side.for .claim")).to_contain_text(["Iraqi forces declare victory"])
    expect(page.locator(".side.against .claim")).to_contain_text(["would be the second major city", "If Iraqi forces"])


def test_the_form_leads_to_an_address_that_can_be_shared(page: Page) -> None:
    """Place, day and as known by stand in it, and are in the form again when it is opened."""
    page.goto("/")
    page.get_by_label("As known by").fill("2015-05-18")
    ask(page, "Ramadi", "2015-05-26")
    expect(page.locator(".answer")).to_contain_text("Islamic State held Ramadi on 26 May 2015")
    expect(page).to_have_url(re.compile("#/ask[?]place=Ramadi&date=2015-05-26&known-by=2015-05-18$"))
    page.reload()
    expect(page.get_by_label("As known by")).to_have_value("2015-05-18")
    expect(page.get_by_role("combobox", name="Place")).to_have_value("Ramadi")


@pytest.mark.parametrize(
    ("place", "date", "sentence"),
    [
        ("Ramadi", "2015-05-10", "As far as can be inferred, the Iraqi government held Ramadi on 10 May 2015."),
        ("Ramadi", "2015-05-20", "Islamic State held Ramadi on 20 May 2015."),
        ("Ramadi", "2015-05-26", "Islamic State held Ramadi on 26 May 2015, and was besieged there."),
        ("Ramadi", "2015-12-24", "Either Islamic State or the Iraqi government held Ramadi on 24 December 2015"),
        ("Baiji", "2015-05-18", "On 18 May 2015 Baiji was contested between Islamic State and the Iraqi government."),
        ("Palmyra", "2016-01-01", "No report speaks of it after 26 May 2015."),
        ("Palmyra", "2015-05-01", "No report that was read says who held Palmyra on 1 May 2015."),
    ],
)
def test_answers_are_sentences_that_say_how_firm_they_are(page: Page, place: str, date: str, sentence: str) -> None:
    """Held, besieged, contested, inferred, one of two, no longer told of, not known."""
    page.goto("/")
    ask(page, place, date)
    expect(page.locator(".answer")).to_contain_text(sentence)


def test_a_claim_leads_to_its_sentence_in_the_report(page: Page) -> None:
    """The words are marked there."""
    page.goto(DECEMBER)
    page.locator(".side.against .claim").first.get_by_role("link").click()
    expect(page.locator("a.mark[aria-current]").first).to_contain_text("would be the second major city retaken")


def test_names_are_offered_while_one_types_and_taken_by_the_keyboard(page: Page) -> None:
    """Arrow down, enter: the place's own address is used, whatever else bears its name."""
    page.goto("/")
    field = page.get_by_role("combobox", name="Place")
    field.press_sequentially("mala")
    expect(page.get_by_role("option")).to_contain_text(["Malaab"])
    field.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Malaab")
    field.press("Enter")
    expect(field).to_have_value("Malaab")
    page.get_by_label("On the day").fill("2015-05-20")
    page.get_by_label("On the day").press("Enter")
    expect(page.locator(".answer")).to_contain_text("Islamic State held Malaab on 20 May 2015.")
    expect(page).to_have_url(re.compile("malaab-"))


def test_parts_stand_apart_from_the_whole(page: Page) -> None:
    """Each in a row of its own that leads to its own answer."""
    page.goto(DECEMBER)
    page.get_by_role("table").get_by_role("link", name="centre of Ramadi").click()
    expect(page.locator(".answer")).to_contain_text(
        "the Iraqi government held the centre of Ramadi on 28 December 2015"
    )


def test_the_day_is_marked_where_the_periods_are_drawn(page: Page) -> None:
    """Each band says in words what it shows."""
    page.goto(DECEMBER)
    expect(page.locator(".lanes .marker")).to_have_text("28 December 2015")
    titles = page.locator(".lanes .band title").all_text_contents()
    assert (
        "the Iraqi government, held (claimed, disputed): begun between 21 and 28 December 2015, no end told" in titles
    )


def test_an_unknown_place_is_told_in_a_line(visit: Visit) -> None:
    """With what was not understood; the form stays to try again."""
    visit.page.goto("/#/ask?place=Xanaduville&date=2015-05-20")
    expect(visit.page.get_by_role("alert")).to_contain_text("'Xanaduville'")
    ask(visit.page, "Ramadi", "2015-05-20")
    expect(visit.page.locator(".answer")).to_contain_text("Islamic State held Ramadi")
    visit.refused(404)


def test_a_place_of_which_no_report_speaks_is_not_taken_for_one_of_which_some_do(page: Page) -> None:
    """The gazetteer knows it; which of its name was taken is told."""
    page.goto("/#/ask?place=Atlantis")
    expect(page.locator(".notice").first).to_contain_text("taken as Atlantis (settlement")
    expect(page.locator(".answer")).to_contain_text("No report that was read says who held this place")


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("address", ["/", "/#/ask?place=Ramadi", DECEMBER, "/#/programs"])
def test_asking_has_no_barriers(browser: Browser, site: str, address: str, width: int) -> None:
    """At a desk and on a phone."""
    with visiting(browser, site, width=width) as visit:
        visit.page.goto(address)
        settle(visit.page)
        assert barriers(visit.page) == []
        assert overflow(visit.page) <= 0
