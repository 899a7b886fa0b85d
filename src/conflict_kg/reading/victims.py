"""Whom a word of harm is said of: lexicon/harm.toml, and the phrases of a sentence that its words speak of."""

import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from conflict_kg.model import Harm
from conflict_kg.reading.clauses import Clause, children, conjuncts, preposition
from conflict_kg.reading.nouns import civilians, lemma
from conflict_kg.reading.parse import Token

NUMBERS = {"dozen", "hundred", "thousand", "score", "ten", "million"}
PUTS = {"put", "set", "estimate", "give"}  # "put their own dead at 40"
INCLUDES = {"include", "comprise", "number", "be"}  # "the dead include 40 civilians"
LIFE = "life"
LISTS = ("object", "subject", "state", "noun", "deed", "needs", "to")
BESIDE = ("along with", "together with", "as well as")


@dataclass(frozen=True, slots=True)
class HarmWords:
    """One block of lexicon/harm.toml; its head explains the fields."""

    kind: Harm
    object: frozenset[str]
    subject: frozenset[str]
    state: frozenset[str]
    noun: frozenset[str]
    deed: frozenset[str]
    needs: frozenset[str]
    to: frozenset[str]
    crowd: bool
    persons: bool

    @property
    def words(self) -> frozenset[str]:
        """All words that may tell of this harm."""
        return self.object | self.subject | self.state | self.noun | self.deed

    def tells(self, said: Iterable[str]) -> bool:
        """Whether one of some words may tell of this harm."""
        return not self.words.isdisjoint(said)


@cache
def harm_file() -> dict[str, Any]:
    """What lexicon/harm.toml holds."""
    return tomllib.loads((files("conflict_kg") / "lexicon" / "harm.toml").read_text(encoding="utf-8"))


@cache
def harms() -> tuple[HarmWords, ...]:
    """The blocks of the file, those that need a further word first."""
    found = [
        HarmWords(
            kind=Harm(entry["kind"]),
            crowd=entry.get("crowd", False),
            persons=entry.get("persons", False),
            **{name: frozenset(entry.get(name, ())) for name in LISTS},
        )
        for entry in harm_file()["harm"]
    ]
    return tuple(sorted(found, key=lambda words: not words.needs))


def victims(token: Token, clause: Clause | None, words: HarmWords, places: Collection[int]) -> list[Token]:
    """The heads of the phrases of people that a word of harm is said of; numbers of them stand in these phrases.

    ``clause`` is the one that the word heads, if it does; ``places`` are the indices of words that name a place.
    """
    heads = _said_of(token, clause, words, places)
    return [head for head in heads if (not words.crowd or is_crowd(head)) and (not words.persons or not _is_bare(head))]


def _said_of(token: Token, clause: Clause | None, words: HarmWords, places: Collection[int]) -> Iterator[Token]:
    if (number := _right_before(token)) is not None and (lemma(token) in words.state or token.lower_ in words.state):
        yield number
        return
    if numbers := _gapped(token):
        verbal = clause is not None and not clause.nominal and clause.lemma in words.object and not words.needs
        yield from numbers if verbal or lemma(token) in words.state else ()
        return
    if clause is not None and not clause.nominal:
        if _fits(token, words, places):
            yield from _of_verb(token, clause, words)
    elif lemma(token) in words.deed and token.pos_ == "NOUN" and not children(token, "nummod"):
        done_to = [c for c in children(token, "nmod") if preposition(c) == "of"]
        yield from (person for c in done_to for person in conjuncts(c)) if done_to else (token,)
    elif lemma(token) in words.state and token.pos_ in {"ADJ", "NOUN", "PROPN", "ADV"}:
        yield from _described(token)
    elif lemma(token) in words.noun and token.pos_ == "NOUN":
        yield token


def is_number(head: Token) -> bool:
    """Whether the head of a phrase is itself a number: "forty", "dozens", "a quarter of a million"."""
    part = lemma(head) == "quarter" and any(lemma(c) in NUMBERS for c in children(head, "nmod"))
    part = part or (head.lower_ == "more" and bool(children(head, "nummod")))  # "4,000 more"
    return part or head.pos_ == "NUM" or head.like_num or lemma(head) in NUMBERS


def is_crowd(head: Token) -> bool:
    """Whether a phrase is one of people who bear no arms, or only a number: "families", "others", "12,000 more"."""
    civil = lemma(head) in civilians() or (head.ent_type_ == "NORP" and head.tag_ in {"NNS", "NNPS"})
    counted = [c for c in children(head, "nmod") if preposition(c) == "of"]
    return civil if not is_number(head) else all(c.pos_ == "PRON" or is_crowd(c) for c in counted)


def _is_bare(head: Token) -> bool:
    """Whether a number stands alone: "forty", but not "four of its own"."""
    return is_number(head) and not children(head, "nmod")


def _fits(token: Token, words: HarmWords, places: Collection[int]) -> bool:
    """Whether a verb has beside it what a block asks for: one of some words, or a place or goal of people who flee."""
    if words.needs and not any(lemma(t) in words.needs or t.lower_ in words.needs for t in _dependents(token)):
        return False
    if not words.to:
        return True
    goals = [t for c in children(token, "obl", "obj", "advmod", "compound:prt") for t in (c, *children(c, "nmod"))]
    return any(lemma(t) in words.to or ("PLACE" in words.to and t.i in places) for t in goals)


def _of_verb(token: Token, clause: Clause, words: HarmWords) -> Iterator[Token]:
    """Whom a verb harms: its object or its subject; with lives, whose they are."""
    done_to = clause.objects or (children(token, "nsubj:pass") if token.dep_ != "amod" else ())
    finite = token.tag_ == "VBD" and token.dep_ != "parataxis"
    if not done_to and token.tag_ in {"VBN", "VBD"} and not finite and not children(token, "aux"):
        done_to = children(token, "nsubj")  # "one woman killed, two men wounded"
    if clause.lemma in words.object and done_to:
        for head in done_to:
            owners = [c for c in children(head, "nmod") if preposition(c) == "of"] if lemma(head) == LIFE else []
            yield from (person for c in owners for person in conjuncts(c)) if owners else _among(head)
        for name in BESIDE:
            yield from clause.role(name)
    elif clause.lemma in words.subject and not clause.passive:
        yield from clause.subjects
    elif token.lower_ in words.state and token.dep_ in {"acl", "amod", "xcomp", "ROOT"}:
        yield from _described(token)


def _right_before(token: Token) -> Token | None:
    """The bare number before a word for the harmed: "494 dead, 1,407 wounded and 182 missing"."""
    before = token.doc[token.i - 1] if token.i > token.sent.start else None
    if before is None or not is_number(before) or token.dep_ == "amod" or before.tag_ == "NNS":
        return None
    if children(token, "obj", "nsubj", "nsubj:pass") and before not in children(token, "nsubj", "nsubj:pass"):
        return None  # "in 1999 killed twelve"
    own = [c for c in before.children if c.pos_ in {"NOUN", "PROPN"}]
    return before if before.head == token or (before.head.i < before.i and not own) or token.head == before else None


def _gapped(token: Token) -> list[Token]:
    """The number before a participle or adjective whose verb is left out: "12 were killed and hundreds displaced"."""
    if token.dep_ not in {"conj", "xcomp"} or token.tag_ not in {"VBN", "VBD", "JJ"}:
        return []
    return [c for c in children(token, "obl:unmarked") if c.i < token.i and is_number(c)]


def _dependents(token: Token) -> Iterator[Token]:
    """What hangs on a verb within two steps: "forced … from their homes", "forced … to flee"."""
    for label, child in token.links:
        yield child
        if label in {"xcomp", "obl", "obj", "advcl"}:
            yield from (below for _, below in child.links)


def _described(token: Token) -> Iterator[Token]:
    """Whom "dead" or "missing" is said of: the subject, the object of "leave", the noun before, or a bare number."""
    if put := _put_at(token):
        yield from put
    elif own := children(token, "nsubj", "nsubj:pass"):
        for head in own:
            yield from conjuncts(head)
    elif token.dep_ in {"xcomp", "advcl"} and (left := children(token.head, "obj")):
        for head in left:
            yield from conjuncts(head)
    elif token.dep_ in {"acl", "amod"} and token.head.pos_ in {"NOUN", "NUM", "PROPN", "PRON", "DET"}:
        yield from _among(token.head)
    elif token.dep_ == "nmod" and preposition(token) == "of" and is_number(token.head):
        yield token.head  # "20 of the injured"
    elif children(token, "nummod"):
        yield token
    elif token.dep_ == "nsubj" and lemma(token.head) in INCLUDES:  # "the dead include 40 civilians"
        yield from (person for c in children(token.head, "obj") for person in conjuncts(c))


def _among(head: Token) -> Iterator[Token]:
    """A noun that is described, and who is said to be among them: "two priests were among those killed"."""
    yield head
    if preposition(head) == "among":
        yield from (person for subject in children(head, "nsubj") for person in conjuncts(subject))


def _put_at(token: Token) -> list[Token]:
    """The figure that a word for the harmed is put at: "put its own dead at 40 and the wounded at 90"."""
    verb = token.head if lemma(token.head) in PUTS else token.head.head
    if lemma(verb) not in PUTS or token.dep_ not in {"obj", "xcomp", "conj"}:
        return []
    own = [c for c in children(token, "nmod", "obl") if preposition(c) == "at"]
    return own or [c for c in children(verb, "obl") if preposition(c) == "at" and token.dep_ != "conj"]
