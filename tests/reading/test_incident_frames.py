"""Incident frames: the packaged table is well formed, and a new line of it is all that a new word needs."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from reading.docs import table, word

from conflict_kg.model import IncidentKind, Means
from conflict_kg.reading import incident_frames
from conflict_kg.reading.clauses import clauses
from conflict_kg.reading.incident_frames import incident_frame, incident_nouns, kind_told, means_told, word_list

FILE = files("conflict_kg") / "lexicon" / "incidents.toml"
DATA: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
ENTRIES: list[dict[str, Any]] = DATA["incident"]
FIELDS = {"kind", "verbs", "nouns", "object", "by", "with", "agent", "target", "place", "needs", "means"}
ROLES = {"subject", "object", "compound", "each", "whereabouts"}
PREPOSITIONS = set("at in on of to into from for over by with against upon toward towards around near".split())
NEEDS = {"agent", "force", "target", "place", "party", "spot"}
RAIDED = "Rebels=rebel|NOUN|NNS|nsubj|1 {}|VERB|VBD|ROOT|1 the|DET|DT|det|3 town|NOUN|NN|obj|1"


def _words(entry: dict[str, Any]) -> list[str]:
    return [*entry.get("verbs", ()), *entry.get("nouns", ())]


@pytest.mark.parametrize("entry", ENTRIES, ids=[f"{e['kind']}:{_words(e)[0]}" for e in ENTRIES])
def test_incident_frames_entry_is_well_formed(entry: dict[str, Any]) -> None:
    """A known kind, either verbs or nouns, roles and needs as the head of the file explains them."""
    assert entry.keys() <= FIELDS
    assert ("verbs" in entry) is not ("nouns" in entry)
    assert entry["kind"] in set(IncidentKind)
    assert entry.get("means", "drone") in set(Means)
    assert set(entry.get("needs", ())) <= NEEDS
    for role in ("agent", "target", "place"):
        assert set(entry.get(role, ())) <= ROLES | PREPOSITIONS | {"out of", "through", "along", "across"}, role
    listed = [*_words(entry), *(each for field in ("object", "by", "with") for each in entry.get(field, ()))]
    assert all(each == each.lower().strip() and each for each in listed)
    assert len(set(_words(entry))) == len(_words(entry))


def test_incident_frames_tables_are_those_that_the_reader_asks_for() -> None:
    """Each list has words, each means is one of the model, and every kind has a frame."""
    assert set(DATA) == {"incident", "where", "means", "air", "other", "counted", "support", "standing"}
    assert set(DATA["means"]) <= set(Means)
    assert {entry["kind"] for entry in ENTRIES} == set(IncidentKind)
    for name in ("where", "air", "other", "counted", "support"):
        assert all(word_list(name, key) for key in DATA[name])
    assert DATA["standing"].keys() - {"before"} == DATA["standing"]["before"].keys()


def test_incident_frames_new_verb_is_a_new_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A verb that no line has says nothing; with a line it tells of an incident."""
    doc = table(RAIDED.format("maraud"))
    (verb,) = (clause for clause in clauses(doc) if clause.predicate == word(doc, "maraud"))
    assert incident_frame(verb) is None

    entry = {"kind": "attack", "verbs": ["maraud"], "agent": ["subject"], "place": ["object"]}
    monkeypatch.setattr(incident_frames, "_file", lambda: {**DATA, "incident": [*ENTRIES, entry]})
    incident_frames._frames.cache_clear()
    found = incident_frame(verb)
    incident_frames._frames.cache_clear()

    assert found is not None
    assert (found.id, found.kind, found.agent, found.place) == ("attack:maraud", "attack", ("subject",), ("object",))


def test_incident_frames_of_what_does_it_come_first() -> None:
    """“A bomb hit the town” is a bombing, “rebels hit the town” an attack."""
    rebels = clauses(table(RAIDED.format("hit")))[0]
    bomb = clauses(table(RAIDED.format("hit").replace("Rebels=rebel|NOUN|NNS", "Bombs=bomb|NOUN|NNS")))[0]
    kinds = [frame.kind for clause in (rebels, bomb) if (frame := incident_frame(clause)) is not None]
    assert kinds == [IncidentKind.ATTACK, IncidentKind.BOMBING]


def test_incident_frames_tell_of_aircraft_and_means() -> None:
    """Whoever attacks from the air makes an air strike of it; the words before the doer tell with what."""
    cells = "Army|NOUN|NN|compound|1 drones=drone|NOUN|NNS|nsubj|2 attacked=attack|VERB|VBD|ROOT|2 town|NOUN|NN|obj|2"
    (clause,) = clauses(table(cells))
    frame = incident_frame(clause)
    assert frame is not None
    assert (frame.kind, kind_told(frame, clause, None)) == (IncidentKind.ATTACK, IncidentKind.AIR_STRIKE)
    assert means_told(frame, clause) is Means.DRONE


def test_incident_frames_know_things_and_other_attacks_apart() -> None:
    """An attack helicopter is no attack, a verbal attack none of war."""
    helicopter = "Attack|NOUN|NN|compound|1 helicopters=helicopter|NOUN|NNS|nsubj|2 left=leave|VERB|VBD|ROOT|2"
    verbal = "A|DET|DT|det|2 verbal|ADJ|JJ|amod|2 attack|NOUN|NN|nsubj|3 followed=follow|VERB|VBD|ROOT|3"
    for cells in (helicopter, verbal):
        noun = next(clause for clause in clauses(table(cells), incident_nouns()) if clause.nominal)
        assert incident_frame(noun) is None
