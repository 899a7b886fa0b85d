"""What a report has spoken of so far, as its reader keeps it in mind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from conflict_kg.linking import Setting, lexicon, link_actor
from conflict_kg.model import Actor, ActorKind, Extent, Place, PlaceKind
from conflict_kg.reading.clauses import children, headline_subject, phrase
from conflict_kg.reading.frames import holds_place
from conflict_kg.reading.names import Name
from conflict_kg.reading.nouns import acts, lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.verbs import speech

HELD = {"held", "controlled", "occupied", "ruled", "run", "besieged"}
WAYS = "north south east west northeast northwest southeast southwest".split()
SIDES = {"central", *(f"{way}ern" for way in WAYS)}
RECENT = 8  # places; a report that returns to its main place within so many means it by "the city"
BELLIGERENT = {ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE, ActorKind.GOVERNMENT}
COLLECTIVE = BELLIGERENT | {ActorKind.ORGANIZATION, ActorKind.INTERNATIONAL, ActorKind.OUTLET, ActorKind.MONITOR}


@dataclass(slots=True)
class Discourse:
    """What has been spoken of so far, the latest last."""

    document: str
    setting: Setting
    names: Mapping[int, Name]
    persons: Mapping[str, str]
    """Last name -> fullest form in the report."""
    actors: dict[int, Actor] = field(default_factory=dict)
    places: dict[int, tuple[Place, Extent]] = field(default_factory=dict)
    said: list[tuple[Token, Actor]] = field(default_factory=list)
    groups: Mapping[str, int] = field(default_factory=dict)
    """How often the report names each armed group of the lexicon."""
    been: list[tuple[Token, Place]] = field(default_factory=list)
    parts: dict[str, Place] = field(default_factory=dict)
    """Places made from the text, by their name in lower case."""
    listed: Mapping[int, str] = field(default_factory=dict)
    """What each place of a list is called, by the token that its name hangs on."""
    acronyms: Mapping[str, str] = field(default_factory=dict)
    """What the report's own acronyms stand for."""
    plurals: Mapping[int, str] = field(default_factory=dict)
    """What the first place of a list is called, by the plural that stands for them all."""
    towns: Mapping[str, Place] = field(default_factory=dict)
    """The towns that no gazetteer has, by name."""
    main: Place | None = None
    backers: dict[str, Actor] = field(default_factory=dict)
    """Whom somebody speaks for, by id."""
    heard: list[Token] = field(default_factory=list)
    """The heads of all phrases, known or not, and the pronouns."""
    times: Counter[str] = field(default_factory=Counter)
    """How often an actor or place was spoken of, by id."""
    antecedents: dict[int, int] = field(default_factory=dict)
    """The word that each pronoun takes up."""
    several: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """The words of all whom a pronoun stands for, where they are more than one."""
    chains: dict[int, str] = field(default_factory=dict)
    """What a pronoun stands for, by the key of its antecedent."""
    genders: dict[str, str] = field(default_factory=dict)
    """Whether a person was "he" or "she", by id."""
    quoted: Mapping[int, int] = field(default_factory=dict)
    """The quotation in which a word stands, by number."""
    paragraphs: Sequence[int] = ()
    """The paragraph in which each word stands, by number."""


def named_actor(words: str, talk: Discourse, **details: Any) -> Actor:
    """The actor that words mean in this report; ``details`` as for ``link_actor``."""
    return link_actor(" ".join(words.split()), talk.setting, document=talk.document, **details)


def say(token: Token, actor: Actor, talk: Discourse) -> None:
    """Record that a phrase refers to an actor."""
    talk.actors[token.i] = actor
    talk.said.append((token, actor))
    talk.times[actor.id] += 1


def be(token: Token, referent: tuple[Place, Extent], talk: Discourse) -> None:
    """Record that a phrase refers to a place, or to a part of it."""
    talk.places[token.i] = referent
    talk.times[referent[0].id] += 1
    if not (is_landmark(token) or is_where_said(token) or is_government(token, referent[0])):
        talk.been.append((token, referent[0]))


def is_capital(place: Place) -> bool:
    """Whether a place is the capital of its country."""
    country = lexicon().countries.get(place.country or "")
    return country is not None and place.linked and place.label in country.capitals


def is_government(token: Token, place: Place) -> bool:
    """Whether a capital's name means those who govern there: "Bamako denied the report"."""
    return token.dep_ == "nsubj" and token.pos_ == "PROPN" and is_capital(place) and not holds_place(token)


def is_landmark(token: Token) -> bool:
    """Whether a place only tells where another lies ("60 miles west of the capital", "on Baghdad's doorstep")."""
    while token.dep_ in {"appos", "flat", "compound"} and token.head is not token:  # "west of the capital, X"
        token = token.head
    above = lemma(token.head)
    return above in nouns().direction or above in nouns().distance


def is_where_said(token: Token) -> bool:
    """Whether it is where somebody speaks: "In Moscow, the minister said that the town had fallen" means another, and
    so does "said from Moscow".
    """
    marks = {c.lower_ for c in children(token, "case")}
    speaks = token.dep_ == "obl" and lemma(token.head) in speech()["say"]
    return speaks and (("in" in marks and bool(token.left_edge.is_sent_start)) or "from" in marks)


def is_actor_role(token: Token) -> bool:
    """Whether the phrase is a subject or an agent: something that acts."""
    return token.dep_ in {"nsubj", "obl:agent"}


def lately(talk: Discourse) -> list[Place]:
    """The places spoken of last, the latest at the end."""
    return [place for _, place in talk.been[-RECENT:]]


def spoken_of(talk: Discourse) -> Place | None:
    """The settlement last spoken of, else the one that the report is about."""
    return next((p for _, p in reversed(talk.been) if p.kind is PlaceKind.SETTLEMENT and p.linked), talk.main)


def modifiers(token: Token) -> tuple[int, int]:
    """The phrase up to its head."""
    first, _ = phrase(token)
    return first, token.i + 1


def phrase_text(token: Token) -> str:
    """The words of the phrase as they stand, complements included: "spokesman for the governor of Anbar"."""
    first, last = phrase(token)
    return " ".join(token.doc[first:last].text.split()).strip(" ,:;\"'“”‘’")


def heads_phrase(token: Token) -> bool:
    """Whether a token heads a noun phrase of its own, not a part of a name or compound."""
    if token.dep_ in {"compound", "flat", "fixed", "goeswith", "nmod:desc"}:
        whose = nouns().deed | nouns().seat
        does = token.head.lower_ in HELD or (lemma(token.head) in whose and acts(token))
        does = does and token.pos_ == "NOUN"  # "rebel-held", "in rebel hands", "a rebel stronghold"
        return does or token in headline_subject(token.head)
    if token.pos_ in {"NOUN", "PROPN"}:
        return True
    counts = bool(children(token, "nmod", "obl"))  # "14 of the 17 districts"
    words = nouns()
    return counts and (token.tag_ == "CD" or any(lemma(token) in w for w in (words.share, words.whole, words.several)))


def is_plural(token: Token) -> bool:
    """Whether a word stands for several."""
    return token.tag_ in {"NNS", "NNPS"} or token.lower_ in {"they", "them", "their"}
