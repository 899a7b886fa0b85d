"""How likely a phrase is what a later pronoun stands for: a sum of weights, each for something that the parse shows."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import log2

from conflict_kg.model import Actor, Place
from conflict_kg.reading.antecedents import Candidate, kind_of, says
from conflict_kg.reading.clauses import grammatical_subjects, is_verb
from conflict_kg.reading.discourse import Discourse
from conflict_kg.reading.parse import Token
from conflict_kg.reading.verbs import speech

MOST_BETWEEN = 6  # others between a phrase and the pronoun; more count no more


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """The weights of lexicon/salience.toml by pronoun."""
    return tomllib.loads((files("conflict_kg") / "lexicon" / "salience.toml").read_text(encoding="utf-8"))


def salience(candidate: Candidate, between: int, pronoun: Token, talk: Discourse) -> float:
    """The sum of the weights of what holds of a candidate, others between it and the pronoun being ``between``."""
    table = weights()[kind_of(pronoun) or "it"]
    return sum(table.get(name, 0) * value for name, value in traits(candidate, between, pronoun, talk).items())


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the parse shows of a pronoun, whichever phrase it is held against."""

    dep: str
    role: str
    verb: Token
    subjects: tuple[Token, ...]
    above: tuple[Token, ...]
    subjects_above: tuple[Token, ...]
    says: bool


@lru_cache(maxsize=1)  # all candidates of one pronoun are weighed in a row
def _asked(pronoun: Token) -> _Asked:
    verb = _verb(pronoun)
    return _Asked(
        dep=pronoun.dep_,
        role=_role(pronoun),
        verb=verb,
        subjects=grammatical_subjects(verb),
        above=tuple(pronoun.ancestors),
        subjects_above=tuple(_subjects_above(verb)),
        says=pronoun.head.lemma_.lower() in speech()["say"],
    )


def traits(candidate: Candidate, between: int, pronoun: Token, talk: Discourse) -> dict[str, float]:
    """What holds of a candidate, under the names that the weights have."""
    token = top(candidate.token)
    own = _role(token)
    here = candidate.distance == 0
    asked = _asked(pronoun)
    subject = own == "subject"
    governs = here and subject and token.head != asked.verb and token.head in asked.above
    shares = here and token != pronoun and (token.head == asked.verb or token in asked.subjects)
    possessive = asked.dep == "nmod:poss"
    acts = asked.dep in {"nsubj", "obl:agent"}
    actor = any(isinstance(r, Actor) for r in candidate.referents)
    place = any(isinstance(r, Place) for r in candidate.referents)
    said = says(token)
    return {
        "distance": candidate.distance,
        "between": min(between, MOST_BETWEEN),
        "subject": subject,
        "object": own == "object",
        "possessor": own == "possessor",
        "main": subject and token.head.dep_ == "ROOT",
        "parallel": own == asked.role,
        "by pronoun": candidate.token.pos_ == "PRON",
        "by noun": candidate.token.pos_ == "NOUN",
        "governs": governs,
        "nearest": here and token in asked.subjects_above,
        "singular": token.tag_ in {"NN", "NNP"} and len(candidate.parts) < 2,
        "owns": shares and possessive and subject,
        "shares": shares and not (possessive and subject),
        "mentions": log2(1 + talk.times[candidate.key]),
        "says too": said and acts and asked.says,
        "unknown": not candidate.referents,
        "place": place,
        "ahead": candidate.token.i > pronoun.i,
        "actor acts": actor and acts,
        "several": len(candidate.key.split("+")) > 1,
        "joined": candidate.token.dep_ == "conj",
        "paragraph": talk.paragraphs[candidate.token.i] != talk.paragraphs[pronoun.i],
    }


def top(token: Token) -> Token:
    """The phrase whose role a conjunct, an apposition or a part of a name has."""
    while token.dep_ in {"conj", "appos", "flat", "compound"} and token.head != token:
        token = token.head
    return token


def _role(token: Token) -> str:
    dep = token.dep_
    if dep.startswith("nsubj") or dep == "obl:agent":
        return "subject"
    if dep in {"obj", "iobj"}:
        return "object"
    return "possessor" if dep == "nmod:poss" else "other"


def _subjects_above(verb: Token) -> list[Token]:
    """Who acts in the nearest clause above where somebody does.

    Y in "X say Y left as they …", and in "X see what was left by Y as they …".
    """
    above = ([c for label, c in head.links if _acts(label)] for head in verb.ancestors)
    return next(filter(None, above), [])


def _acts(label: str) -> bool:
    return label.startswith("nsubj") or label == "obl:agent"


def _verb(token: Token) -> Token:
    """The predicate of the clause that a token stands in."""
    while token.head != token:
        token = token.head
        if is_verb(token):
            break
    return token
