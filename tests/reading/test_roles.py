"""Who and what fills the roles of control frames, in parses written by hand and made by the pipeline."""

import pytest
from reading.docs import control, statements, table, word

from conflict_kg.documents import make_report
from conflict_kg.model import ControlKind
from conflict_kg.reading.attribution import find_utterances
from conflict_kg.reading.clauses import clauses
from conflict_kg.reading.frames import must_be_place
from conflict_kg.reading.mentions import find_mentions

PUBLISHED = "2016-12-06"


def test_roles_of_a_withdrawal_without_from_take_the_whereabouts_of_the_forces() -> None:
    """Forces in a town that withdrew left the town."""
    (claim,) = control("The troops in Sirte have withdrawn, residents said.", PUBLISHED)
    assert (claim.kind, claim.place.name) == (ControlKind.WITHDRAWAL, "Sirte")
    assert claim.losers


def test_roles_of_cleared_of_have_no_agent() -> None:
    """A town cleared of rebels was not cleared by them, even where the parse says that it was."""
    doc = table(
        "Sirte|PROPN|NNP|nsubj:pass|2 was=be|AUX|VBD|aux:pass|2 cleared=clear|VERB|VBN|ROOT|2"
        " of|ADP|IN|case|4 rebels=rebel|NOUN|NNS|obl:agent|2 .|PUNCT|.|punct|2"
    )
    (clause,) = clauses(doc)
    assert clause.subjects == ()
    assert clause.role("of") == (word(doc, "rebels"),)
    for claim in control("Sirte has been cleared of Islamic State fighters, residents said.", PUBLISHED):
        assert not claim.winners


def test_roles_of_verbs_that_only_places_follow() -> None:
    """Who is overrun is a place whatever its name looks like; who is captured may be a person."""
    (claim,) = control("Boko Haram overran Gadero Mansha last week.", PUBLISHED)
    assert claim.place.name == "Gadero Mansha"
    assert not control("Boko Haram captured Ibrahim Mansha last week.", PUBLISHED)
    doc = table(
        "They|PRON|PRP|nsubj|1 overran=overrun|VERB|VBD|ROOT|1 Gadero|PROPN|NNP|obj|1 and|CCONJ|CC|cc|4"
        " Mansha|PROPN|NNP|conj|2 .|PUNCT|.|punct|1"
    )
    assert must_be_place(word(doc, "Gadero"))
    assert must_be_place(word(doc, "Mansha"))
    assert not must_be_place(word(doc, "They"))


def test_roles_of_forces_of_a_countrys_government() -> None:
    """The possessor of what comes after is no part of the name before it."""
    text = "Forces of Libya's new Government of National Unity took Sirte."
    assert {w.label for c in control(text, PUBLISHED) for w in c.winners} == {"Government of National Unity"}


def test_roles_of_a_verb_of_saying_with_two_subjects() -> None:
    """What the parse takes for a second subject with a clause about it is what was said."""
    doc = table(
        "Police|NOUN|NNS|nsubj|1 said=say|VERB|VBD|ROOT|1 bombs=bomb|NOUN|NNS|nsubj|1"
        " hit|VERB|VBD|acl:relcl|2 Sirte|PROPN|NNP|obj|3 .|PUNCT|.|punct|1"
    )
    report = make_report(doc.text, id="report", published=None)
    (utterance,) = find_utterances(doc, report, clauses(doc), find_mentions(doc, report.id, set()))
    assert utterance.segments == ((2, 5),)
    assert [s.content for s in statements("Police said bombs hit Sirte.")] == ["bombs hit Sirte"]


# text, place, kind, extent, winner, loser
IDIOMS = [
    ("Goma, which fell to M23 rebels in January, is calm.", "Goma", "capture", "full", "M23 rebels", None),
    ("The withdrawal of Malian troops from Kidal was hailed.", "Kidal", "withdrawal", "full", None, "Malian troops"),
    ("M23 rebels now control 90 percent of the city of Goma.", "Goma", "holds", "partial", "M23 rebels", None),
    (
        "French forces have retreated to the airport, leaving Gao to rebels.",
        "Gao",
        "withdrawal",
        "full",
        "rebels",
        "French forces",
    ),
    ("Boko Haram hoisted its flag in Gwoza.", "Gwoza", "capture", "full", "Boko Haram", None),
    ("Ukraine denied that Bakhmut had fallen.", "Bakhmut", "capture", "full", None, "Ukraine"),
    (
        "Boko Haram attacked Bama and Konduga. Hunters from Bama fled. On Friday the sect overran Gadero Mansha.",
        "Gadero Mansha",
        "capture",
        "full",
        "Boko Haram",
        None,
    ),
]


@pytest.mark.parametrize(("text", "place", "kind", "extent", "winner", "loser"), IDIOMS, ids=[c[0] for c in IDIOMS])
def test_roles_of_idioms(  # noqa: PLR0917  # a table's columns
    text: str, place: str, kind: str, extent: str, winner: str | None, loser: str | None
) -> None:
    """Ways of saying that a place changes hands, each with who gains and who loses it."""
    (claim,) = control(text, PUBLISHED)
    assert (claim.place.name, claim.kind.value, claim.extent.value) == (place, kind, extent)
    assert next((w.name for w in claim.winners), None) == winner
    assert next((x.name for x in claim.losers), None) == loser


def test_roles_two_buildings_are_no_place_and_forces_go_without_their_whereabouts() -> None:
    """What is counted is no place, and where fighters are is no part of their name."""
    assert not control("The strike destroyed two rebel-held buildings.", PUBLISHED)
    (claim,) = control("Tribal fighters from the hills of Abyan captured Zinjibar.", PUBLISHED)
    assert [w.name for w in claim.winners] == ["Tribal fighters"]
