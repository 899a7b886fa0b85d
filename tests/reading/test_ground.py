"""Ground without a name: a place of the report's own, in or near what the words behind it tell."""

import pytest
from reading.docs import control

from conflict_kg.model import PlaceKind

NEAR_MALI = "Gao is a town in Mali. "


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Ansar Dine captured two villages west of Gao.", "two villages", PlaceKind.SETTLEMENT),
        ("Ansar Dine seized dozens of hamlets near Gao.", "dozens of hamlets", PlaceKind.SETTLEMENT),
        ("Ansar Dine seized a ridge above Gao.", "ridge", PlaceKind.SITE),
        ("Ansar Dine captured all the villages west of Gao.", "all the villages", PlaceKind.SETTLEMENT),
        ("Ansar Dine captured all the positions near Gao.", "all the positions", PlaceKind.SITE),
        ("Ansar Dine now holds 12 of the 20 villages around Gao.", "12 of the 20 villages", PlaceKind.SETTLEMENT),
    ],
)
def test_ground_is_a_place_of_the_report(text: str, name: str, kind: PlaceKind) -> None:
    """Named by its own words, of the kind that they say, and not linked to any place of that name."""
    (claim,) = control(NEAR_MALI + text, "2012-04-03")
    assert (claim.place.name, claim.place.kind, claim.place.linked) == (name, kind, False)


def test_ground_of_two_reports_is_not_the_same() -> None:
    """Nor of two sentences of one report: two villages here need not be those there."""
    text = "Ansar Dine seized two villages near Gao on Monday. The army recaptured two villages near Gao on Friday."
    first, second = control(text, "2012-04-07")
    assert first.place.id != second.place.id


@pytest.mark.parametrize(
    "text",
    ["Soldiers left their posts in Gao.", "Ansar Dine captured the hamlets.", "The army vowed to retake key towns."],
)
def test_ground_that_is_not_told_apart_is_none(text: str) -> None:
    """Somebody's own posts, and towns of which nothing more is said."""
    assert not control(NEAR_MALI + text, "2012-04-07")


def test_ground_lies_in_known_places_only() -> None:
    """In what no list knows it is not put: that may be described nowhere, and the graph would break its shapes."""
    (claim,) = control("Rebels seized several positions in Qarbatun al-Sufla near Homs in Syria.", "2015-05-20")
    assert claim.place.located_in is None or claim.place.located_in.startswith("geonames-")
