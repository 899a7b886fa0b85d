"""Sources that the opening describes and that the report names further on."""

import pytest
from reading.docs import control, names_of, statements

PUBLISHED = "2016-12-06"

# text, the speakers in the order of what they say
SPEAKERS = [
    # the only monitor that the report names
    (
        "A war monitor said rebels had seized Saraqib. The Syrian Observatory for Human Rights said the army had fled.",
        ["Syrian Observatory for Human Rights", "Syrian Observatory for Human Rights"],
    ),
    # the only person with that role; another one is another
    (
        (
            "An army spokesman said the town had been retaken. The spokesman, Omar Haddan, told AFP that all was calm."
            " Lena Ort, another army spokesman, told AFP that all was well."
        ),
        ["Omar Haddan", "Omar Haddan", "Lena Ort"],
    ),
    # two could be meant
    (
        (
            "A minister said the town had fallen. Omar Haddan, the defence minister, denied that the army had fled."
            " Lena Ort, the interior minister, said nothing was lost."
        ),
        ["A minister", "Omar Haddan", "Lena Ort"],
    ),
    # a general is no colonel
    ("A general said the town had fallen. Colonel Omar Haddan said it had not.", ["A general", "Omar Haddan"]),
]


@pytest.mark.parametrize(("text", "speakers"), SPEAKERS, ids=[case[0][:30] for case in SPEAKERS])
def test_source_is_the_one_named_later(text: str, speakers: list[str]) -> None:
    """Only where there is just one whom the words can mean."""
    assert [actor.name for s in statements(text, PUBLISHED) for actor in s.according_to] == speakers


def test_place_of_speaking_is_not_the_town_spoken_of() -> None:
    """Where a minister speaks is not what he speaks about."""
    text = "Troops entered Avdiivka on Friday. In Moscow, the minister said that the town was under Russian control."
    assert {c.place.name for c in control(text, PUBLISHED) if c.kind.value == "holds"} == {"Avdiivka"}


def test_names_are_without_their_owner() -> None:
    """A country's possessive that lost its apostrophe is no part of the name."""
    assert "Aleppo" in names_of("Bombs hit Syrias Aleppo on Monday.", PUBLISHED)
