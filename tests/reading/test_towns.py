"""Names that no list of places has: what can be said of places alone, and what can be said of people too."""

import pytest
from reading.docs import control

OPENING = "Fighting has gone on for weeks in northern Afghanistan between the Afghan army and the Taliban.\n\n"


def places(text: str) -> set[str]:
    """The places whose changes of hands a text tells."""
    return {claim.place.name for claim in control(OPENING + text, "2015-10-02")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shin Kalay fell to the Taliban in August.", "Shin Kalay"),
        ("The army has cleared Shin Kalay of Taliban fighters.", "Shin Kalay"),
        ("The Taliban expelled the army from Regiment 111.", "Regiment 111"),
        ("The Taliban captured Point 5140 on Sunday.", "Point 5140"),
    ],
)
def test_a_name_is_a_place_where_only_places_are_told_of_so(text: str, name: str) -> None:
    """It changes hands, whatever the pipeline takes the name for."""
    assert places(text) == {name}


@pytest.mark.parametrize(
    "text",
    [
        "The Taliban captured Ahmad Karimi on Sunday.",
        "The Taliban took Ahmad Karimi to Pakistan.",
        "Ahmad Karimi was cleared of murder.",
        "The Taliban take office on Monday.",
    ],
)
def test_people_and_offices_are_no_places(text: str) -> None:
    """Who is taken away or cleared of a charge is somebody."""
    assert places(text) == set()
