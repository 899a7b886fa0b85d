"""The frames of lexicon/frames.toml: which predicates change who holds a place, and in which roles."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from conflict_kg.model import ControlKind
from conflict_kg.reading.clauses import Clause, children, is_particle, preposition
from conflict_kg.reading.nouns import lemma
from conflict_kg.reading.parse import Token


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of saying that a place changes hands or is held; fields as the file's head explains them."""

    id: str
    words: frozenset[str]
    nominal: bool
    kind: ControlKind
    winner: tuple[str, ...] = ()
    loser: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    object: frozenset[str] = frozenset()
    marker: frozenset[str] = frozenset()
    weak: bool = False
    parties: bool = False
    entering: bool = False
    repelled: bool = False
    beaten: bool = False
    predicative: bool = False
    armed: bool = False
    intended: bool = False
    only: frozenset[str] = frozenset()

    def fits(self, clause: Clause) -> bool:
        """Whether a clause has this frame's predicate and object; its roles are not looked at."""
        if clause.nominal is not self.nominal or clause.lemma not in self.words:
            return False
        if self.predicative and not children(clause.predicate, "cop"):
            return False
        return not self.object or any(lemma(head) in self.object for head in clause.objects)


@cache
def frames() -> tuple[Frame, ...]:
    """All frames in the file's order; those with a fixed object come first, since they say more."""
    return tuple(sorted((_frame(entry) for entry in _file()["frame"]), key=lambda frame: not frame.object))


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads((files("conflict_kg") / "lexicon" / "frames.toml").read_text(encoding="utf-8"))


@cache
def becoming() -> Mapping[str, frozenset[str]]:
    """Verbs that bring a state about: "new", and "again" where it was so before."""
    return {name: frozenset(words) for name, words in _file()["becoming"].items()}


@cache
def predicate_nouns() -> frozenset[str]:
    """The nouns that are predicates in some frame, wherever they stand."""
    always = (frame for frame in frames() if frame.nominal and not frame.repelled and not frame.predicative)
    return frozenset(word for frame in always for word in frame.words)


@cache
def predicative_nouns() -> frozenset[str]:
    """The words that are predicates behind "be" alone, and the attacks that are where they were repelled."""
    return frozenset(word for frame in frames() if frame.predicative or frame.repelled for word in frame.words)


def _behind_object(verb: Token) -> frozenset[str]:
    """The prepositions of the place of a verb with its fixed object: "over" behind "raised their flag"."""
    word, objects = verb.lemma_.lower(), {c.lemma_.lower() for c in children(verb, "obj")}
    fitting = (f for f in _frames_of().get(word, ()) if f.object & objects) if objects else ()
    return frozenset(mark for frame in fitting for mark in frame.place)


@cache
def _told_of_places() -> frozenset[str]:
    """Of the words that are predicates behind "be", those whose subject is a place."""
    return frozenset(
        word for frame in frames() if frame.predicative and "subject" in frame.place for word in frame.words
    )


@cache
def _frames_of() -> Mapping[str, tuple[Frame, ...]]:
    """The frames of each word, in the order of ``frames``."""
    words = {word for frame in frames() for word in frame.words}
    return {word: tuple(frame for frame in frames() if word in frame.words) for word in words}


def matching(clause: Clause) -> Iterator[Frame]:
    """The frames whose predicate and object a clause has."""
    return (frame for frame in _frames_of().get(clause.lemma, ()) if frame.fits(clause))


def _frame(entry: Mapping[str, Any]) -> Frame:
    """A block of the file as a value."""
    words = tuple(entry.get("verbs") or entry["nouns"])
    return Frame(
        id=f"{entry['kind']}:{words[0]}",
        words=frozenset(words),
        nominal="nouns" in entry,
        kind=ControlKind(entry["kind"]),
        winner=tuple(entry.get("winner", ())),
        loser=tuple(entry.get("loser", ())),
        place=tuple(entry.get("place", ())),
        object=frozenset(entry.get("object", ())),
        marker=frozenset(entry.get("marker", ())),
        weak=entry.get("weak", False),
        parties=entry.get("parties", False),
        entering=entry.get("entering", False),
        repelled=entry.get("repelled", False),
        beaten=entry.get("beaten", False),
        predicative=entry.get("predicative", False),
        armed=entry.get("armed", False),
        intended=entry.get("intended", False),
        only=frozenset(entry.get("only", ())),
    )


@cache
def _place_roles(weak: bool) -> Mapping[str, frozenset[str]]:
    """The verbs whose subject, and those whose object, is a place."""
    verbal = [frame for frame in frames() if not frame.nominal and not frame.object and (weak or not frame.weak)]
    places = {
        role: frozenset(word for frame in verbal if role in frame.place[:1] for word in frame.words)
        for role in ("subject", "object")
    }
    return places | {"object": places["object"] | frozenset(_file()["struck"])} if weak else places


def must_be_place(token: Token) -> bool:
    """Whether a token is the object of a verb whose object is always a place: "overran X", "X was besieged"."""
    while token.dep_ == "conj":
        token = token.head
    return token.dep_ in {"obj", "nsubj:pass"} and token.head.lemma_.lower() in _file()["placing"]


@cache
def _party_verbs() -> frozenset[str]:
    """The verbs whose subject wins or loses a place."""
    verbal = [frame for frame in frames() if not frame.nominal and "subject" in {*frame.winner, *frame.loser}]
    return frozenset(word for frame in verbal for word in frame.words)


def holds_party(token: Token) -> bool:
    """Whether a token stands where somebody does who wins or loses a place: "X captured …", "X had lost …"."""
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in _party_verbs()


def _described_as_place(token: Token, roles: Mapping[str, frozenset[str]]) -> bool:
    """Whether a relative clause puts it where a place stands: "X, which fell to rebels", "X, which rebels captured"."""
    for clause in children(token, "acl:relcl"):
        for pronoun in (c for _, c in clause.links if c.lower_ in {"which", "that"}):
            role = "subject" if pronoun.dep_ == "nsubj" else "object"
            if clause.lemma_.lower() in roles[role] and (role == "subject" or pronoun.dep_ in {"obj", "nsubj:pass"}):
                return True
    return False


@cache
def _driven_from() -> frozenset[str]:
    """The verbs whose place stands behind "from" or "out of", without their particles."""
    return frozenset(word.split()[0] for frame in frames() if "from" in frame.place for word in frame.words)


@cache
def _markers() -> Mapping[str, frozenset[str]]:
    """The nouns whose subject is a place behind a preposition, with these: "X is under siege"."""
    hosted = [frame for frame in frames() if frame.marker and "host" in frame.place]
    words = {word for frame in hosted for word in frame.words}
    return {word: frozenset(m for frame in hosted if word in frame.words for m in frame.marker) for word in words}


def holds_place(token: Token, *, weak: bool = False) -> bool:
    """Whether a token stands where a place does: "X fell", "captured X", "X was retaken", "the fall of X".

    ``weak`` admits verbs that take other things too ("lost X", "hit X"); enough for a name that the gazetteer knows.
    """
    while token.dep_ == "conj":  # "captured X and Y": what holds of the first holds of both
        token = token.head
    head, roles = token.head, _place_roles(weak)
    word = head.lemma_.lower()
    if _described_as_place(token, roles):
        return True
    with_particle = {f"{word} {c.lower_}" for c in head.children if is_particle(c)}
    if token.dep_ in {"obj", "nsubj:pass"} and with_particle & roles["object"]:
        return True  # "took over the office"
    if token.dep_ == "nsubj":
        marks = {preposition(head), *(c.lower_ for c in head.children if c.dep_ == "case")}
        if marks & _markers().get(word, frozenset()):
            return True  # "X is under the control of", "X is in the hands of"
        below = {c.lemma_.lower() for c in children(head, "xcomp")}  # "X is likely to fall"
        if head.lower_ in _told_of_places() and children(head, "cop"):
            return True  # "X is theirs"
        state = any(c.lemma_.lower() in predicate_nouns() for c in children(head, "obl", "nmod"))
        return bool(({word} | below) & roles["subject"]) or state
    if token.dep_ in {"obj", "nsubj:pass"}:
        return word in roles["object"]
    if any(c.lemma_.lower() in roles["object"] and c.tag_ == "VBN" for c in children(token, "acl")):
        return True  # "a village held by rebels"
    marks = {c.lower_ for c in children(token, "case")} | set(preposition(token).split())
    if token.dep_ == "obl" and word in _driven_from() and marks & {"from", "of"}:
        return True  # "withdrew from X", "driven out of X"
    if token.dep_ == "obl" and preposition(token) in _behind_object(head):
        return True  # "raised their flag over X"
    controlled = word == "control" and marks & {"of", "over"}
    return token.dep_ == "nmod" and bool(controlled or ("of" in marks and word in predicate_nouns()))
