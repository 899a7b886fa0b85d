"""Who and where a report speaks of: the referent of each noun phrase that means an actor or a place.

Names are linked first; then phrases are read in order, so that "the city", "the militants" and "he" find
what was named before them. What cannot be resolved stays without a referent.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, pairwise

from conflict_kg.linking import Setting, lexicon, link_place, setting
from conflict_kg.model import Actor, ActorKind, Extent, Place, PlaceKind
from conflict_kg.reading.antecedents import ahead
from conflict_kg.reading.clauses import is_shouted, phrase, preposition
from conflict_kg.reading.discourse import Discourse, is_government
from conflict_kg.reading.enumerated import called as called_in_lists
from conflict_kg.reading.enumerated import enumerations, names_of_towns
from conflict_kg.reading.frames import holds_place
from conflict_kg.reading.identities import named_later
from conflict_kg.reading.names import Name, acronyms, find_names
from conflict_kg.reading.nouns import lemma, nouns
from conflict_kg.reading.parse import Doc, Token
from conflict_kg.reading.persons import fullest_persons
from conflict_kg.reading.placenames import put_together, taken_apart
from conflict_kg.reading.quotes import find_quotations
from conflict_kg.reading.referents import refer
from conflict_kg.reading.towns import is_among_towns, is_told_place, told_towns

REFERRING = {"NOUN", "PROPN", "PRON", "ADJ", "NUM", "X", "VERB", "DET"}
BORDER = {"border", "frontier"}


@dataclass(frozen=True, slots=True)
class Mentions:
    """Referents by the index of the phrase's head token."""

    actors: Mapping[int, Actor]
    places: Mapping[int, tuple[Place, Extent]]
    spans: Mapping[int, tuple[int, int]]
    """The tokens of each mention, (first, last + 1)."""
    setting: Setting
    main: Place | None
    """The settlement that the report is about."""
    backers: Mapping[str, Actor]
    """Whom somebody speaks for, by id."""
    antecedents: Mapping[int, int]
    """The word, earlier in the report, that each resolved pronoun takes up; it may be a pronoun itself."""
    several: Mapping[int, tuple[Actor, ...]]
    """All whom a pronoun stands for, where they are more than one ("A and B … they")."""
    listed: Mapping[int, tuple[int, ...]]
    """The places one by one of a list, by the plural that stands for them ("three towns: A, B and C")."""


def find_mentions(doc: Doc, document: str, apart: Collection[int] = (), *, on: date | None = None) -> Mentions:
    """Every actor and place that the noun phrases of a parsed report refer to.

    Args:
        doc: the whole report.
        document: ``Report.id``; unnamed sources are told apart by it.
        apart: indices of tokens that stand between (captions): read last, so that the body does not refer to them.
        on: the day on which the report was published.

    """
    found = find_names(doc)
    names = _one_sense(found, {name.span.text for name in found if name.label == "LOC" and name.entry is None})
    located = [name.span.text for name in names if name.label == "LOC" and not _is_aside(name)]
    hints = [token.text for token in doc.tokens if token.pos_ in {"PROPN", "ADJ"}]
    where = setting(located, hints + [name.span.text for name in names if name.entry is not None], on=on)
    persons = {name.span.text for name in names if name.label == "PER"}
    roots = {name.root.i: name for name in names}
    names = _one_sense(names, {name.span.text for name in names if _is_taken(name, where, persons, roots)})
    names = tuple(_as_persons(names, {p.split()[-1] for p in persons if " " in p}, where))
    names = put_together([part for name in names for part in taken_apart(name, where)], where)
    by_token = {token.i: name for name in names for token in name.span}
    lists = enumerations(doc, by_token)
    talk = Discourse(document, where, by_token, fullest_persons(names), listed=dict(called_in_lists(lists)))
    talk.plurals = {i: places[0].words for i, places in lists.items()}
    talk.towns = told_towns(names, where, names_of_towns(doc, lists))
    talk.acronyms = acronyms(names)
    talk.main = _main_place(names, where, talk.towns)
    talk.quoted = _quoted(doc)
    talk.paragraphs = list(accumulate(int(t.is_space and "\n\n" in t.text) for t in doc.tokens))
    entries = [lexicon().entry(name.entry) for name in names if name.entry is not None]
    talk.groups = Counter(e.id for e in entries if e is not None and e.kind is ActorKind.ARMED_GROUP)
    heads = [t for t in doc.tokens if t.pos_ in REFERRING or t.lower_ == "there" or is_shouted(t)]
    for token in sorted(heads, key=lambda t: (t.i in apart, _turn(t))):
        refer(token, talk)
    spans = {i: phrase(doc[i]) for i in {*talk.actors, *talk.places}}
    later = named_later(talk)
    actors = _with_fullest_names({i: later.get(actor.id, actor) for i, actor in talk.actors.items()})
    several = {i: tuple(actors[t] for t in parts) for i, parts in talk.several.items()}
    listed = {i: tuple(one.root.i for one in places) for i, places in lists.items()}
    return Mentions(actors, talk.places, spans, where, talk.main, talk.backers, talk.antecedents, several, listed)


def _turn(token: Token) -> float:
    """When a token is read: in its place, a pronoun that points ahead right behind what follows."""
    later = ahead(token) if token.pos_ == "PRON" else None
    return token.i if later is None else later.i + 0.5


def _quoted(doc: Doc) -> dict[int, int]:
    """The number of the quotation in which each word stands that stands in one."""
    text = doc.text
    ends = [0, *(t.idx for t in doc.tokens if t.is_space and "\n\n" in t.text), len(text)]
    found: dict[int, int] = {}
    for number, quotation in enumerate(find_quotations(text, pairwise(ends))):
        found |= dict.fromkeys(doc.inside(quotation.start, quotation.end), number)
    return found


def _is_aside(name: Name) -> bool:
    """Whether a name says little of where a report plays: a thing's ("the Castello road"), a neighbour's ("the border
    with Lebanon").
    """
    head = lemma(name.root.head)
    thing = name.root.dep_ == "compound" and (head in nouns().site or head in nouns().part)
    return thing or (head in BORDER and preposition(name.root) == "with")


def _is_taken(name: Name, where: Setting, persons: Collection[str], roots: Mapping[int, Name]) -> bool:
    """Whether a name stands where a place does, or is the scene of an event, and the gazetteer has it, or the town
    that it is joined to.

    Where others could stand too, no person in the report may bear the name as a part of theirs.
    """
    if name.entry is not None or name.label == "LOC":
        return False
    text = name.span.text
    alone = not any(text in person.split() and text != person for person in persons)
    scene = lemma(name.root.head) in nouns().event and preposition(name.root) in {"of", "on", "for", "in", "at"}
    scene = scene or _is_heading(name)
    if (scene or holds_place(name.root, weak=alone)) and link_place(text, where).linked:
        return True
    if alone and name.label != "OTH" and is_told_place(name.root, roots):
        return True
    return alone and holds_place(name.root) and is_among_towns(name.root, roots, where)


def _is_heading(name: Name) -> bool:
    """Whether a name opens a line that goes on behind a colon, as in a ticker: "Mykolaiv: a missile hit …"."""
    span, doc = name.span, name.span.doc
    opens = all(t.is_punct or t.is_space for t in doc[span.sent.start : span.start])
    return opens and span.end < len(doc) and doc[span.end].text == ":"


def _one_sense(names: tuple[Name, ...], places: Collection[str]) -> tuple[Name, ...]:
    """A name that is a place once is one throughout the report, where the lexicon has no actor of that name."""
    return tuple(replace(n, label="LOC") if n.entry is None and n.span.text in places else n for n in names)


def _as_persons(names: Iterable[Name], surnames: Collection[str], where: Setting) -> Iterator[Name]:
    """The names, those of no place that the gazetteer has as persons' where somebody in the report is called so."""
    for name in names:
        words = name.span.text
        taken = name.label == "LOC" and name.entry is None and words in surnames
        yield replace(name, label="PER") if taken and not link_place(words, where).linked else name


def _main_place(names: Iterable[Name], where: Setting, towns: Mapping[str, Place]) -> Place | None:
    """The settlement that the report names most, the earliest of several; ``towns`` are those that no list has."""
    located = ((" ".join(name.span.text.split()), name.root) for name in names if name.label == "LOC")
    found = ((towns.get(words) or link_place(words, where), root) for words, root in located)
    places = [place for place, root in found if not is_government(root, place)]
    known = [p for p in places if p.kind is PlaceKind.SETTLEMENT and (p.linked or p.name in towns)]
    counted = Counter(place.id for place in known)
    return next((place for place in known if counted and place.id == counted.most_common(1)[0][0]), None)


def _with_fullest_names(actors: Mapping[int, Actor]) -> dict[int, Actor]:
    """Each actor under the fullest name in the report (a group without entry under its usual one), with its role."""
    seen: dict[str, list[Actor]] = {}
    for actor in actors.values():
        seen.setdefault(actor.id, []).append(actor)
    fullest = {id: _fullest(mentions) for id, mentions in seen.items()}
    return {
        i: replace(fullest[actor.id], name=actor.name) if _is_seat(actor.name) else fullest[actor.id]
        for i, actor in actors.items()
    }


def _is_seat(name: str) -> bool:
    """Whether a force is named by where it is led from ("the Defence Headquarters said")."""
    return name.rsplit(maxsplit=1)[-1].lower() in nouns().seated


def _is_narrow(name: str) -> bool:
    """Whether a force is named by one kind of its people or weapons ("Ruritanian commandos")."""
    last = name.rsplit(maxsplit=1)[-1].lower()
    return bool({last, last.removesuffix("s")} & nouns().narrow)


def _fullest(mentions: list[Actor]) -> Actor:
    name = _usual_name(mentions) if mentions[0].kind is not ActorKind.PERSON else max(_names(mentions), key=len)
    role = max((actor.role or "" for actor in mentions), key=len) or None
    known = next((actor for actor in mentions if actor.part_of), mentions[0])
    return replace(known, name=name, role=role)


def _names(mentions: list[Actor]) -> Counter[str]:
    return Counter(actor.name for actor in mentions)


def _usual_name(mentions: list[Actor]) -> str:
    """Of a group without entry the name used most; of others the longest that says by itself who is meant.

    "Iraqi forces" does, "the country's security forces" does not.
    """
    times = _names(mentions)
    if len(times) == 1 or not mentions[0].linked:
        return max(times, key=lambda name: times[name])
    found = {name: lexicon().find(name) for name in times}
    telling = [name for name, entry in found.items() if entry is not None and entry.id == mentions[0].id]
    whole = [name for name in telling or times if not set(name) & {"(", ")"}]  # "(formerly X) Y" is cut out badly
    whole = [name for name in whole if not (_is_seat(name) or _is_narrow(name))] or whole
    return max(whole or telling or times, key=lambda name: (len(name), name))
