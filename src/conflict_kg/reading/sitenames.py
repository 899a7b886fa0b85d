"""What a part of a town or a thing in it is called: its own words, and where or whose it is if they say too little."""

from collections.abc import Callable

from conflict_kg.model import ActorKind, Place, PlaceKind
from conflict_kg.reading.clauses import children, complements, phrase
from conflict_kg.reading.discourse import SIDES, Discourse, modifiers
from conflict_kg.reading.labels import is_named
from conflict_kg.reading.nouns import is_definite, lemma, nouns
from conflict_kg.reading.parse import Token

PASSING = {"only", "even", "also", "just", "nearby", "neighbouring", "neighboring", "adjacent", "own", "same"}
"""Words before a site that are no part of what it is called."""
INSIDE = {"in", "at", "near", "around", "outside", "inside", "along", "between", "of"}
CLOSE = 6
"""Tokens behind a noun in which the name stands that tells where it is."""
HOUSED = {ActorKind.OUTLET, ActorKind.ORGANIZATION}


def site_name(token: Token, talk: Discourse, meant: Callable[[Token], Place | None]) -> str:
    """The name: "old airport", "Base 46", "headquarters of Second Division", "base in Sake", "outskirts of Goma".

    ``meant`` finds the town behind "of the city".
    """
    first, last = modifiers(token)
    town = next(
        (c for c in children(token, "nmod:poss") if lemma(c) in nouns().settlement and c.i not in talk.names), None
    )
    whole = meant(town) if town is not None else None  # "the town's airport"
    first = first if whole is None or town is None else town.right_edge.i + 1
    first = max(
        [first, *(t.i + 1 for t in token.doc[first:last] if t.text in {",", ":", ";"})]
    )  # "on Friday, the port"
    own = (t for t in token.doc[first:last] if t.pos_ not in {"DET", "SPACE", "PRON"} and t.lower_ not in PASSING)
    kept = [t.text_with_ws for t in own]
    number = token.doc[token.i + 1] if token.i + 1 < token.sent.end else token  # "Base 46", "Hill 205"
    kept += [f" {number.text}"] if number.pos_ == "NUM" and number.head == token and token.text[:1].isupper() else []
    name = " ".join("".join(kept).split()).strip("’'\"“”‘ ,")
    if whole is not None:
        return f"{name} of {whole.name}"
    of = complements(token, "of")
    if of and (" " not in name or is_named(of[0])):
        return f"{name} of {known.name if (known := meant(of[0])) is not None else _own_words(of[0], talk)}"
    for_whom = [c for c in complements(token, "for") if c.tag_ == "NNS"] if " " not in name else []
    if for_whom:
        return f"{name} for {_own_words(for_whom[0], talk)}"  # "camp for refugees"
    if name != name.lower():
        return name
    whose = _whose(token, name, talk)
    if whose or " " in name.removeprefix("last "):
        return whose or name
    where = told_where(token, talk).split(" ")
    plain = (word for word in where if not (word.lower() in SIDES or word in nouns().area))
    return f"{name} {' '.join(plain)}".rstrip()


def _own_words(token: Token, talk: Discourse) -> str:
    """A phrase from behind its prepositions and articles up to its head or the end of its name."""
    start, _ = phrase(token)
    name = talk.names.get(token.i)
    behind = [t.i for t in children(token, "flat", "nummod") if t.i > token.i]
    end = max(token.i + 1, name.span.end if name is not None else 0, *(i + 1 for i in behind))
    kept = (t.text_with_ws for t in token.doc[start:end] if t.i >= token.i or t.pos_ not in {"ADP", "DET"})
    return " ".join("".join(kept).split())


def told_where(token: Token, talk: Discourse) -> str:
    """The words right behind a noun that tell where it is by a name, or by "the town"; none: "".

    >>> "an area south of the city of Goma" -> "south of the city of Goma"
    """
    doc, end, words = token.doc, token.sent.end, nouns()
    first = token.i + 1
    if first >= end or not (doc[first].lower_ in INSIDE or lemma(doc[first]) in words.direction):
        return ""
    for i in range(first + 1, min(first + CLOSE, end)):
        name = talk.names.get(i)
        if name is not None:
            if name.label != "LOC" or name.entry is not None:
                return ""
            last = name.span.end
            joined = talk.names.get(last + 1) if last + 1 < end and doc[last].lower_ == "and" else None
            return doc[first : joined.span.end if joined is not None and joined.label == "LOC" else last].text
        if lemma(doc[i]) in words.settlement and is_definite(doc[i]) and not complements(doc[i], "of"):
            return doc[first : i + 1].text
        if doc[i].pos_ not in {"ADP", "DET", "ADJ"} and lemma(doc[i]) not in words.settlement | words.direction:
            return ""
    return ""


def _whose(token: Token, name: str, talk: Discourse) -> str:
    """The name with that of what "its" means: "its outskirts", "its studio"; where "its" means none: ""."""
    for pronoun in children(token, "nmod:poss"):
        if pronoun.pos_ != "PRON":
            continue
        place, actor = talk.places.get(pronoun.i), talk.actors.get(pronoun.i)
        if place is not None and place[0].kind in {PlaceKind.SETTLEMENT, PlaceKind.PART}:
            return f"{name} of {place[0].name}"
        acting = {talk.actors[c.i].id for c in children(token.head, "nsubj") if c.i in talk.actors}
        if actor is not None and actor.kind in HOUSED and actor.id not in acting:
            return f"{actor.name} {name}"
    return ""
