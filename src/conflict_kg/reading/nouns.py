"""The noun lists of lexicon/nouns.toml, and what a noun phrase's own words say."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from conflict_kg.reading.parse import Token

POINTING = {"the", "this", "that", "these", "those"}


@dataclass(frozen=True, slots=True)
class Nouns:
    """Lemmas by what a phrase that they head refers to; see the comments in the file."""

    settlement: frozenset[str]
    part: frozenset[str]
    site: frozenset[str]
    area: frozenset[str]
    share: frozenset[str]
    whole: frozenset[str]
    state: frozenset[str]
    regular: frozenset[str]
    group: frozenset[str]
    person: frozenset[str]
    body: frozenset[str]
    message: frozenset[str]
    human: frozenset[str]
    watching: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    it: frozenset[str]
    they: frozenset[str]
    reflexive: frozenset[str]
    we: frozenset[str]
    feminine: frozenset[str]
    masculine: frozenset[str]
    title: frozenset[str]
    deed: frozenset[str]
    faceless: frozenset[str]
    faith: frozenset[str]
    peaceful: frozenset[str]
    passing: frozenset[str]
    narrow: frozenset[str]
    mutinous: frozenset[str]
    seated: frozenset[str]
    unit: frozenset[str]
    keeping: frozenset[str]
    allied: frozenset[str]
    called: frozenset[str]
    seat: frozenset[str]
    ground: frozenset[str]
    taken: frozenset[str]
    quantity: frozenset[str]
    several: frozenset[str]
    event: frozenset[str]
    direction: frozenset[str]
    distance: frozenset[str]
    building: frozenset[str]
    same_site: tuple[frozenset[str], ...]
    """Words that take each other up: "the government compound … the complex"."""


@cache
def nouns() -> Nouns:
    """The lists, read once."""
    data = tomllib.loads((files("conflict_kg") / "lexicon" / "nouns.toml").read_text(encoding="utf-8"))
    place, pronoun = dict(data["place"]), dict(data["pronoun"])
    same_site, we = place.pop("same_site"), pronoun.pop("speaker")
    lists = {
        **place,
        **data["actor"],
        **pronoun,
        "we": we,
        "feminine": data["gender"]["she"],
        "masculine": data["gender"]["he"],
        "title": data["title"]["words"],
    }
    alike = tuple(frozenset(words) for words in same_site)
    return Nouns(**{name: frozenset(words) for name, words in lists.items()}, same_site=alike)


@cache
def people() -> frozenset[str]:
    """The nouns for people who can be victims."""
    data = tomllib.loads((files("conflict_kg") / "lexicon" / "nouns.toml").read_text(encoding="utf-8"))
    return frozenset(data["people"]["words"])


@cache
def civilians() -> frozenset[str]:
    """Of these, the nouns for those who bear no arms."""
    data = tomllib.loads((files("conflict_kg") / "lexicon" / "nouns.toml").read_text(encoding="utf-8"))
    return frozenset(data["people"]["unarmed"])


def lemma(token: Token) -> str:
    """The lemma in lower case; a plural that the lemmatiser left (a headline's "MILITANTS") is made singular."""
    return token.base


def acts(token: Token) -> bool:
    """Whether a noun stands for people who do things together: forces, groups."""
    return lemma(token) in nouns().group or lemma(token) in nouns().state


def is_definite(head: Token) -> bool:
    """Whether the phrase points back: "the", "this", "that", "these", "those", or a possessor."""
    return any((label == "det" and c.lower_ in POINTING) or label == "nmod:poss" for label, c in head.links)
