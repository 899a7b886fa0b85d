"""Places of which a clause tells without repeating its verb."""

import pytest
from reading.docs import control

OPENING = "The Sudanese army and the Rapid Support Forces (RSF) have fought since April 2023.\n\n"


def told(text: str) -> dict[str, str | None]:
    """The places that the RSF took, or the army left or lost, each with the first day on which it may have."""
    return {c.place.name: str(c.when.begin_earliest) for c in control(OPENING + text, "2023-12-20")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The RSF took Nyala on 26 October, Zalingei on 31 October and El Geneina on 4 November.",
            {"Nyala": "2023-10-26", "Zalingei": "2023-10-31", "El Geneina": "2023-11-04"},
        ),
        (
            "The army was driven from Nyala on 17 May, from Zalingei in the days after and on 4 June from El Geneina.",
            {"Nyala": "2023-05-17", "Zalingei": "2023-05-17", "El Geneina": "2023-06-04"},
        ),
        (
            "The RSF seized Nyala on 26 October and Zalingei on 31 October, officials said.",
            {"Nyala": "2023-10-26", "Zalingei": "2023-10-31"},
        ),
        (
            "The army withdrew from Nyala on 26 October and from Zalingei on 31 October.",
            {"Nyala": "2023-10-26", "Zalingei": "2023-10-31"},
        ),
        (
            "Nyala fell to the RSF on 26 October, Zalingei on 31 October and El Geneina on 4 November.",
            {"Nyala": "2023-10-26", "Zalingei": "2023-10-31", "El Geneina": "2023-11-04"},
        ),
        (
            "The RSF took Nyala on 26 October, and El Fasher followed on 31 October.",
            {"Nyala": "2023-10-26", "El Fasher": "2023-10-31"},
        ),
        (
            "Nyala fell to the RSF on 26 October, and so did Zalingei.",
            {"Nyala": "2023-10-26", "Zalingei": "2023-10-26"},
        ),
    ],
)
def test_places_and_times_in_turn_each_have_their_own(text: str, expected: dict[str, str]) -> None:
    """Each place gets the time that stands beside it."""
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The RSF seized Nyala on 26 October and attacked Zalingei on 31 October.",
        "The RSF seized Nyala on 26 October, but Zalingei on 31 October was quiet.",
        "The RSF seized Nyala on 26 October, killing 20 people in Zalingei on 31 October.",
        "The RSF seized Nyala on 26 October after a march to Zalingei on 31 August.",
    ],
)
def test_what_another_clause_tells_is_not_taken_up(text: str) -> None:
    """A verb, or any other word between, ends what the clause tells."""
    assert told(text) == {"Nyala": "2023-10-26"}
