"""The timeline of the page: bands with their sources, uncertain ends, and what changes without a report."""

import re

import pytest
from browsing import PHONE, WIDE, Visit, barriers, overflow, settle, visiting
from playwright.sync_api import Browser, Page, expect

RAMADI = "/#/timeline?place=Ramadi"


def bands(page: Page) -> list[str]:
    """What the bands say, in the order of the lanes."""
    expect(page.locator(".lanes .band").first).to_be_visible()
    return page.locator(".lanes .band title").all_text_contents()


def test_each_place_has_its_lane_and_each_period_its_band(page: Page) -> None:
    """The place asked for first, its parts after it; a siege is a band of its own."""
    page.goto(RAMADI)
    assert bands(page)[:4] == [
        "the Iraqi government, held (inferred): begun at a time not told, ended on 17 May 2015",
        "Islamic State, held (confirmed): begun on 17 May 2015, ended on 26 May 2015",
        "Islamic State, besieged (confirmed): begun on 26 May 2015, ended between 21 and 28 December 2015",
        "the Iraqi government, held (claimed, disputed): begun between 21 and 28 December 2015, no end told",
    ]
    assert page.locator(".lanes .lane").all_text_contents()[:3] == ["Ramadi", "8th Brigade army base", "Malaab"]


def test_uncertain_ends_fade_from_the_earliest_to_the_latest_day(page: Page) -> None:
    """A day that is told begins a band at once; one that lies between two fades in between them."""
    page.goto(RAMADI)
    bands(page)
    counts = [band.locator("rect[fill$='-i)']").count() for band in page.locator(".lanes .band").all()]
    assert counts[1:4] == [0, 0, 1]


def test_sources_stand_with_each_period(page: Page) -> None:
    """Who is for it and who is against it, with how many claims; a report's own voice is its title in quotes."""
    page.goto(RAMADI)
    last = page.locator(".periods").first.locator("li").nth(3)
    expect(last).to_contain_text("For it Iraqi forces (1 claim); against it “Update: Iraqi forces declare victory")
    expect(last).to_contain_text("(2 claims)")


def test_a_band_opens_what_it_rests_on_and_has_an_address(page: Page) -> None:
    """By mouse and by keyboard; the address shows the same again."""
    page.goto(RAMADI)
    bands(page)
    page.locator(".lanes .band").nth(3).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".behind .side.against .claim")).to_have_count(2)
    expect(page.locator(".behind")).to_be_focused()
    expect(page).to_have_url(re.compile("period="))
    page.reload()
    expect(page.locator(".behind .side.for .claim")).to_contain_text(["Iraqi forces declare victory"])
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".behind")).to_be_hidden()


def test_what_changes_without_a_report_is_drawn_and_told(page: Page) -> None:
    """Without the only report of December nobody has retaken Ramadi; what it says of May stays, with less behind it."""
    page.goto(RAMADI)
    page.get_by_label("Leave out a report").select_option(index=4)
    page.get_by_role("button", name="Show").click()
    told = page.locator(".without")
    expect(told).to_contain_text("Without “Update: Iraqi forces declare victory")
    expect(told).to_contain_text("Worked out anew by the same rules from the claims of all other reports")
    expect(told).to_contain_text(
        "Ramadi: Gone: the Iraqi government, held (claimed, disputed): begun between 21 and 28 December 2015"
    )
    expect(told).to_contain_text("Besieged (confirmed): begun on 26 May 2015, no end told")
    expect(told).to_contain_text("other periods stay as they were, with fewer claims behind them")
    names = page.locator(".lanes .lane").all_text_contents()
    assert {"Ramadi, by all reports", "Ramadi, without the report", "Malaab"} <= set(names)
    expect(page).to_have_url(re.compile("without="))


def test_the_axis_can_be_cut(page: Page) -> None:
    """Only bands between the two days are drawn; the list stays whole."""
    page.goto(f"{RAMADI}&from=2015-11-01&to=2015-12-31")
    assert not [one for one in bands(page) if "ended on 17 May 2015" in one]
    expect(page.locator(".periods").first.locator("li")).to_have_count(4)


def test_an_unknown_report_is_told_in_a_line(visit: Visit) -> None:
    """As the server tells it."""
    visit.page.goto(f"{RAMADI}&without=0000000000000000")
    expect(visit.page.get_by_role("alert")).to_contain_text("No document '0000000000000000' in the graph")
    visit.refused(404)


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("address", ["/#/timeline", RAMADI])
def test_timelines_have_no_barriers(browser: Browser, site: str, address: str, width: int) -> None:
    """At a desk and on a phone."""
    with visiting(browser, site, width=width) as visit:
        visit.page.goto(address)
        settle(visit.page)
        assert barriers(visit.page) == []
        assert overflow(visit.page) <= 0
