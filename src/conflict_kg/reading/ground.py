"""Ground without a name that forces take: "two villages east of X", "a hilltop overlooking Y", "14 of 17 wards"."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import dropwhile

from conflict_kg.linking import link_place, short_hash
from conflict_kg.model import Extent, Place, PlaceKind
from conflict_kg.reading.clauses import behind, children, phrase, preposition
from conflict_kg.reading.discourse import Discourse, phrase_text, spoken_of
from conflict_kg.reading.frames import holds_place
from conflict_kg.reading.labels import is_named
from conflict_kg.reading.nouns import is_definite, lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.sitenames import told_where

Referent = tuple[Place, Extent]

_DROPPED = {"a", "an", "the", "other"}
_NEVER = {"not", "n't", "never", "no", "without"}
_PROVINCES = {"province", "region", "state", "governorate", "county"}
_INSIDE = {"in", "inside", "within", "of", "across", "throughout"}


def ground(token: Token, talk: Discourse) -> Referent | None:
    """The place that a phrase makes which names none and stands where a place is taken or held.

    It is a place of this report alone, since two reports' "two villages" need not be the same, and lies in or near
    what the words behind it tell. One that is definite and alone ("the village") means one spoken of before.
    """
    head, of = lemma(token), any(preposition(c) == "of" and not _measures(c) for c in children(token, "nmod"))
    if of and head in nouns().share and _counted(token) is None and not _is_of_people(token):
        return None  # "a broad strip of the city" is a share
    kind = _kind(token)
    if kind is None or not holds_place(token, weak=True):
        return None
    if any(c.pos_ == "PRON" for c in children(token, "nmod:poss")) or _is_none(token):  # "left their posts"
        return None
    around = next(_around(token, talk), None)
    every = any(c.lower_ == "all" for c in children(token, "det", "det:predet"))  # "all the villages east of X"
    where = told_where(token, talk)
    beyond = head == "ground" and where.split(" ")[0] in nouns().direction  # "regained ground east of the city"
    if head == "ground" and not beyond:
        return None
    where = where if token.tag_ == "NNS" else ""
    every = every or bool(where and not where.startswith("of "))  # "the villages around the town of X"
    if not (_is_told_apart(token) or beyond) and (around is None or (is_definite(token) and not every)):
        return None
    within, near = around if around is not None else (spoken_of(talk), True)
    near = near or (within is not None and not within.linked)  # what no list knows may be described nowhere
    place = link_place(_words(token, talk), talk.setting, within=within, kind=kind, near=near)
    return replace(place, id=f"{place.id}-{short_hash(talk.document, str(token.idx))}", kind=kind), Extent.FULL


def _is_of_people(token: Token) -> bool:
    """Whether a plural is told apart by who lives there: "the Kurdish areas of X" are not any parts of X."""
    peoples = [c for c in children(token, "amod", "compound") if is_named(c) or c.text[:1].isupper()]
    return token.tag_ == "NNS" and lemma(token) in nouns().area and bool(peoples)


def _measures(noun: Token) -> bool:
    """Whether a noun behind "of" only says how much ground, or that it is ground: "an area of ten square miles"."""
    return lemma(noun) in nouns().distance | {"land", "territory", "ground", "hectare"} and not is_definite(noun)


def _kind(token: Token) -> PlaceKind | None:
    """What the ground is: towns and villages, or a site; of "dozens of villages" that of the villages."""
    noun = _counted(token) or token
    if lemma(noun) in nouns().settlement or (lemma(noun) == "district" and noun.tag_ == "NN"):
        several = noun.tag_ == "NNS" or bool(children(noun, "det", "nummod"))
        return PlaceKind.SETTLEMENT if several else None
    if lemma(noun) in _PROVINCES:
        return PlaceKind.AREA if noun.tag_ == "NNS" else None
    return PlaceKind.SITE if lemma(noun) in nouns().ground else None


def _is_told_apart(token: Token) -> bool:
    """Whether the words tell how much ground ("two villages", "a hilltop"): "key cities", "their posts" do not."""
    if _counted(token) is not None:
        return True
    words = [c for _, c in token.links if c.i < token.i]
    article = token.tag_ == "NN" and any(c.lower_ in {"a", "an", "another"} for c in words)
    return article or any(c.dep_ == "nummod" or c.lower_ in nouns().several - {"all"} for c in words)


def _is_none(token: Token) -> bool:
    """Whether a sentence says of no such ground that it was taken: "have never lost a town", "did not take any"."""
    some = any(c.lower_ in {"a", "an", "any", "no"} for c in children(token, "det"))
    return some and any(c.lower_ in _NEVER for c in (*token.head.children, *children(token, "det")))


def _counted(token: Token) -> Token | None:
    """The villages of "dozens of villages", "14 of the 17 villages", "most of the villages"."""
    of = next((c for c in children(token, "nmod", "obl") if preposition(c) == "of"), None)
    counting = lemma(token) in nouns().quantity or token.tag_ == "CD"
    several = of is not None and lemma(token) in nouns().several and of.tag_ == "NNS"
    return of if counting or several else None


def _words(token: Token, talk: Discourse) -> str:
    """The phrase up to what tells where it is: "two villages", "dozens of villages"; with it where the rest says
    nothing: "area south of Goma".
    """
    counted = _counted(token)
    owner = _owner(counted, talk) if counted is not None else ""
    if counted is not None and owner:
        return f"{token.text} {counted.text} of {owner}"
    first, _ = phrase(token)
    before = token.doc[first - 1] if first > token.sent.start else token
    first = before.i if before.lower_ == "all" and token.doc[first].lower_ == "but" else first
    words = token.doc[first : (_counted(token) or token).i + 1]
    own = dropwhile(lambda t: t.pos_ == "ADP" or t.lower_ in _DROPPED, words)  # "out of the Kurdish areas"
    name = " ".join("".join(t.text_with_ws for t in own).split()).strip("\"'“”‘’ ,")
    whom = next((c for c in children(token, "nmod") if preposition(c) == "for" and c.tag_ == "NNS"), None)
    if whom is not None:
        return f"{name} for {phrase_text(whom)}"  # "camp for refugees"
    return name if " " in name else f"{name} {told_where(token, talk)}".rstrip()


def _owner(noun: Token, talk: Discourse) -> str:
    """Whom "its" means in "several of its bases"."""
    meant = (c.i for c in children(noun, "nmod:poss") if c.pos_ == "PRON")
    return next((talk.actors[i].name for i in meant if i in talk.actors), "")


def _around(token: Token, talk: Discourse) -> Iterator[tuple[Place, bool]]:
    """The places that the words behind the ground tell, each with whether it only lies near."""
    for word in [t for part in (token, *behind(token)) for t in part.subtree]:
        name = talk.names.get(word.i)
        if word.i <= token.i or name is None or name.root != word or name.label != "LOC":
            continue
        owned = word.dep_ == "nmod:poss" and word.head == _counted(token)
        hangs_on = {token, _counted(token), *((token.head,) if token.dep_ == "obj" else ())}
        directly = owned or (word.head in hangs_on and preposition(word) in _INSIDE)
        yield link_place(name.span.text, talk.setting), not directly
