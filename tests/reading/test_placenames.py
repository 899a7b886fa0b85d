"""Names of places that the pipeline cuts: joined by a hyphen, or with the side of a region before them."""

import pytest
from reading.docs import control

NAMES = [
    ("Rebels fight the army in Syria.\n\nThe rebels hold Eastern Ghouta.", {"Eastern Ghouta"}),
    ("Rebels fight the army in Syria.\n\nThe rebel-held Eastern Ghouta region was bombed.", {"Eastern Ghouta region"}),
    ("Seleka rebels fight the army in Bangui.\n\nSeleka held parts of Boy-Rabe on Friday.", {"Boy-Rabe"}),
    ("M23 rebels fight the army in Congo.\n\nM23 captured the Goma-Rutshuru road.", {"Goma-Rutshuru road"}),
    ("The army fights Islamic State in Iraq.\n\nThe army holds Western Mosul.", {"Western Mosul"}),
]


@pytest.mark.parametrize(("text", "places"), NAMES, ids=[text.split("\n\n")[1] for text, _ in NAMES])
def test_name_is_whole(text: str, places: set[str]) -> None:
    """The place of the claim has all of its name."""
    assert {claim.place.name for claim in control(text + "\n", None)} == places


def test_surname_of_somebody_in_the_report_is_no_place() -> None:
    """A person's last name, taken for a place by the pipeline, is the person's."""
    text = (
        "Laurent Gbagbo, the president, and Alassane Ouattara fight in Ivory Coast.\n\n"
        "UN troops moved in at Abidjan airport after Gbagbo's soldiers left it.\n"
    )
    assert "Gbagbo" not in {claim.place.name for claim in control(text, None)}
