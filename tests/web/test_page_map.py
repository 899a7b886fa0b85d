"""The map of the page: places in the colours of those who held them on a day that a slider chooses."""

import re

import pytest
from browsing import PHONE, WIDE, barriers, overflow, visiting
from playwright.sync_api import Browser, Page, expect

MAY = "/#/map?date=2015-05-18"


def place(page: Page, name: str) -> str:
    """What a place on the map says of itself."""
    mark = page.locator(".picture a").filter(has=page.locator("title", has_text=f"{name} on "))
    expect(mark).to_have_count(1)
    return mark.get_attribute("aria-label") or ""


def test_places_say_who_held_them_on_the_day(page: Page) -> None:
    """Held, contested between two, nothing known yet; only places with a position are drawn."""
    page.goto(MAY)
    assert place(page, "Ramadi").startswith("Ramadi on 18 May 2015: Islamic State (confirmed")
    baiji = place(page, "Baiji")
    assert "Islamic State (contested, claimed" in baiji
    assert "Iraqi government (contested, inferred, disputed" in baiji
    assert place(page, "Palmyra") == "Palmyra on 18 May 2015: nothing known"
    assert not page.locator(".picture a").filter(has_text="Malaab").count()
    expect(page.get_by_role("row").filter(has_text="Malaab")).to_contain_text("not on the map")


def test_the_slider_moves_the_day_and_the_address(page: Page) -> None:
    """By the keyboard, a day at a time; nothing is asked of the server again."""
    page.goto(MAY)
    place(page, "Ramadi")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    slider = page.get_by_role("slider", name="Day")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert place(page, "Ramadi").startswith("Ramadi on 16 May 2015: Iraqi government (inferred")
    expect(page).to_have_url(re.compile("#/map[?]date=2015-05-16$"))
    assert slider.get_attribute("aria-valuetext") == "16 May 2015"
    assert not [address for address in asked if "/ask/" in address]


def test_buttons_go_from_change_to_change(page: Page) -> None:
    """The day on which a holding or a status began."""
    page.goto(MAY)
    page.get_by_role("button", name="Next change").click()
    expect(page.locator(".shown")).to_have_text("25 May 2015")
    page.get_by_role("button", name="Previous change").click()
    expect(page.locator(".shown")).to_have_text("18 May 2015")


@pytest.mark.parametrize("day", ["2015-04-15", "2015-05-17", "2015-05-20", "2015-12-24", "2015-12-28", "2016-02-01"])
def test_the_map_agrees_with_the_answers(page: Page, site: str, day: str) -> None:
    """Whoever the question who-controlled gives for the day stands in the list, and nobody else."""
    page.goto(f"/#/map?date={day}")
    place(page, "Ramadi")
    for name in ("Ramadi", "Palmyra", "Tikrit", "Baiji", "Mosul"):
        rows = page.request.get(f"{site}/ask/who-controlled", params={"place": name, "date": day}).json()
        here = [row for row in rows if row["place_id"] == rows[0]["place_id"] and row["period"]]
        expected = [f"{row['controller']}{'' if row['certain'] else ', not certain'}" for row in here]
        listed = page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))
        shown = [
            f"{line.locator('td').nth(2).inner_text()}"
            f"{', not certain' if 'not certain' in line.locator('td').nth(3).inner_text() else ''}"
            for line in listed.all()
        ]
        assert shown == (expected or ["not known"]), name


def test_a_place_leads_to_its_answer(page: Page) -> None:
    """Of the same day."""
    page.goto(MAY)
    place(page, "Tikrit")
    page.locator(".picture a").filter(has_text="Tikrit").press("Enter")
    expect(page.locator(".answer")).to_contain_text("The Iraqi government held Tikrit on 18 May 2015")


def test_the_map_can_be_drawn_nearer(page: Page) -> None:
    """Places move apart; all come back at once."""
    page.goto(MAY)
    place(page, "Ramadi")

    def apart() -> float:
        boxes = [page.locator(".picture a").filter(has_text=name).bounding_box() for name in ("Baiji", "Tikrit")]
        north, south = (box["y"] for box in boxes if box is not None)
        return south - north

    before = apart()
    page.get_by_role("button", name="Nearer").click()
    assert apart() > 1.4 * before
    page.get_by_role("button", name="All places").click()
    assert apart() == pytest.approx(before, abs=1)


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_the_map_has_no_barriers(browser: Browser, site: str, width: int) -> None:
    """At a desk and on a phone."""
    with visiting(browser, site, width=width) as visit:
        visit.page.goto(MAY)
        place(visit.page, "Ramadi")
        assert barriers(visit.page) == []
        assert overflow(visit.page) <= 0
