"""Frames: the packaged table is well formed, and a new line of it is all that a new verb needs."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from reading.docs import table

from conflict_kg.model import ControlKind
from conflict_kg.reading.clauses import clauses
from conflict_kg.reading.frames import _frame, frames, holds_place, matching, predicate_nouns

ENTRIES: list[dict[str, Any]] = tomllib.loads(
    (files("conflict_kg") / "lexicon" / "frames.toml").read_text(encoding="utf-8")
)["frame"]
ROLES = {"subject", "object", "host", "whereabouts", "home", "compound", "owner", "bringer", "gainer", "itself"}
PREPOSITIONS = set("with from of to for into under in over on around at by inside within out above atop".split()) | {
    "out of",
    "back into",
    "over to",
    "against",
    "towards",
    "toward",
    "outside",
}
FIELDS = {
    "verbs",
    "nouns",
    "object",
    "marker",
    "kind",
    "winner",
    "loser",
    "place",
    "parties",
    "weak",
    "entering",
    "repelled",
    "beaten",
    "predicative",
    "armed",
    "intended",
    "only",
}
SEIZED = """Rebels=rebel|NOUN|NNS|nsubj|1 {}|VERB|VBD|ROOT|1 the|DET|DT|det|3 town|NOUN|NN|obj|1"""


def _words(entry: dict[str, Any]) -> list[str]:
    return [*entry.get("verbs", ()), *entry.get("nouns", ())]


@pytest.mark.parametrize("entry", ENTRIES, ids=[f"{e['kind']}:{_words(e)[0]}" for e in ENTRIES])
def test_frames_entry_is_well_formed(entry: dict[str, Any]) -> None:
    """A known kind, either verbs or nouns, roles as the head of the file explains them, words as they are compared."""
    assert entry.keys() <= FIELDS
    assert ("verbs" in entry) is not ("nouns" in entry)
    assert entry["kind"] in set(ControlKind) - {"partial_capture"}  # a part is told by the place, not by the verb
    assert entry["place"]
    assert entry.get("winner") or entry.get("loser") or entry.get("intended")  # what a force says that it will do
    for role in ("winner", "loser", "place"):
        assert set(entry.get(role, ())) <= ROLES | PREPOSITIONS, role
    listed = [*_words(entry), *entry.get("object", ()), *entry.get("marker", ())]
    assert all(word == word.lower().strip() and word for word in listed)
    assert len(set(_words(entry))) == len(_words(entry))


def test_frames_say_nothing_twice() -> None:
    """No two frames have one predicate with one kind, object and place role: the second would never be heard."""
    seen: dict[tuple[object, ...], str] = {}
    for frame in frames():
        for word in frame.words:
            for noun in frame.object or {""}:
                for role in frame.place:
                    key = (word, frame.nominal, frame.kind, noun, role)
                    assert key not in seen, f"{key}: {frame.id} and {seen[key]}"
                    seen[key] = frame.id


def test_frames_with_a_fixed_object_come_first() -> None:
    """“Take control of” says more than "take"."""
    with_object = [bool(frame.object) for frame in frames()]
    assert with_object == sorted(with_object, reverse=True)


def test_frames_new_verb_is_a_new_line_of_data() -> None:
    """An entry that is put through the file's own parsing reads a verb that no code knows."""
    text = """
        [[frame]]
        verbs = ["snaffle"]
        kind = "capture"
        winner = ["subject"]
        place = ["object"]
    """
    new = _frame(tomllib.loads(text)["frame"][0])
    clause = clauses(table(SEIZED.format("snaffled=snaffle")))[0]
    assert new.fits(clause)
    assert not list(matching(clause))
    assert (new.kind, new.winner, new.loser, new.place) == (ControlKind.CAPTURE, ("subject",), (), ("object",))
    assert not new.fits(clauses(table(SEIZED.format("seized=seize")))[0])


def test_frames_unknown_kind_is_refused() -> None:
    """A misspelt kind in the table is noticed when it is read."""
    with pytest.raises(ValueError, match="captur"):
        _frame({"verbs": ["snaffle"], "kind": "captur", "place": ["object"]})


def test_frames_object_must_be_there_where_the_frame_names_one() -> None:
    """“Seized control” fits the frame with that object, "seized the town" the plain one."""
    control = clauses(
        table("""Rebels=rebel|NOUN|NNS|nsubj|1 seized=seize|VERB|VBD|ROOT|1 control|NOUN|NN|obj|1 of|ADP|IN|case|4
        town|NOUN|NN|nmod|2""")
    )[0]
    town = clauses(table(SEIZED.format("seized=seize")))[0]
    assert "control" in next(matching(control)).object
    assert not any(frame.object for frame in matching(town))


def test_predicate_nouns_are_those_of_the_frames() -> None:
    """“Capture” and "fall" are events, "town" is none."""
    assert {"capture", "fall", "siege"} <= predicate_nouns()
    assert "town" not in predicate_nouns()


HOLDING = [
    ("object", "Rebels=rebel|NOUN|NNS|nsubj|1 seized=seize|VERB|VBD|ROOT|1 Gao|PROPN|NNP|obj|1", True),
    ("object of a verb of many things", "He|PRON|PRP|nsubj|1 lost=lose|VERB|VBD|ROOT|1 Gao|PROPN|NNP|obj|1", False),
    ("subject of fall", "Gao|PROPN|NNP|nsubj|1 fell=fall|VERB|VBD|ROOT|1", True),
    ("subject of seize", "Gao|PROPN|NNP|nsubj|1 seized=seize|VERB|VBD|ROOT|1 it|PRON|PRP|obj|1", False),
    ("passive", "Gao|PROPN|NNP|nsubj:pass|2 was=be|AUX|VBD|aux:pass|2 seized=seize|VERB|VBN|ROOT|2", True),
    ("noun", "The|DET|DT|det|1 fall|NOUN|NN|ROOT|1 of|ADP|IN|case|3 Gao|PROPN|NNP|nmod|1", True),
    ("another noun", "The|DET|DT|det|1 son|NOUN|NN|ROOT|1 of|ADP|IN|case|3 Gao|PROPN|NNP|nmod|1", False),
]


@pytest.mark.parametrize(("cells", "expected"), [h[1:] for h in HOLDING], ids=[h[0] for h in HOLDING])
def test_holds_place_where_a_frame_has_one(cells: str, expected: bool) -> None:
    """The position tells a place that the names in a text do not."""
    doc = table(cells)
    assert holds_place(next(t for t in doc if t.text == "Gao")) is expected


def test_holds_place_weakly_for_verbs_that_take_other_things_too() -> None:
    """“Lost X” is enough for a name that the gazetteer knows."""
    doc = table(HOLDING[1][1])
    assert holds_place(doc[2], weak=True)
