"""Towns that no gazetteer has: a name is one where the words beside it say so, and then throughout the report."""

from collections.abc import Iterable, Iterator, Mapping

from conflict_kg.linking import Setting, link_place
from conflict_kg.model import Place, PlaceKind
from conflict_kg.reading.clauses import children, conjuncts, is_passive, is_verb, preposition
from conflict_kg.reading.frames import must_be_place
from conflict_kg.reading.names import Name
from conflict_kg.reading.nouns import acts, lemma, nouns
from conflict_kg.reading.parse import Token

BEHIND = 5  # tokens behind a name in which the province is looked for that it lies in
GAP = {",", "the", "'s", "’s"}
TAKEN = {"take", "retake", "regain", "reclaim", "clear"}
"""Verbs with which forces take a place: what they take, and is no thing, has a name as a place has."""
WON_BACK = {"retake", "regain", "reclaim", "clear"}
"""Of these, those that say it in the passive too: who is "taken" may be a prisoner."""
DRIVEN = {"drive", "expel", "oust", "dislodge", "push", "chase", "flush"}
AWAY = {"to", "with", "into", "as"}
"""Words behind somebody who is taken somewhere, or for something."""


def told_towns(names: Iterable[Name], where: Setting, listed: Iterable[str] = ()) -> Mapping[str, Place]:
    """The towns by their names: "the town of X", "X, a village", "X in Y province", with the area that is told; and
    what is joined to towns ("Goma, Sake and X"). ``listed`` are those that "three towns" stands for.
    """
    located = [n for n in names if n.label == "LOC" and n.entry is None]
    by_start = {name.span.start: name for name in located}
    by_root = {name.root.i: name for name in located}
    unknown = (words for words in listed if not link_place(words, where).linked)
    found = {words: link_place(words, where, kind=PlaceKind.SETTLEMENT) for words in unknown}
    for name in located:
        words = " ".join(name.span.text.split())
        if (words in found and found[words].located_in is not None) or link_place(words, where).linked:
            continue
        if words.endswith("s") and link_place(words[:-1], where).linked:
            continue  # "Syrias", without its apostrophe
        area = next(_areas(name, by_start, where), None)
        if area is not None or _is_called_town(name.root) or is_among_towns(name.root, by_root, where):
            found[words] = link_place(words, where, within=area, kind=PlaceKind.SETTLEMENT)
    return found


def _is_called_town(token: Token) -> bool:
    """Whether the words say that a name is a town's: "the town of X", "X village", "the town, X", "X, a village"."""
    towns = nouns().settlement - {"capital"}
    above = token.head
    named = (token.dep_ == "nmod" and preposition(token) == "of") or token.dep_ in {"appos", "flat", "compound"}
    if named and above is not token and lemma(above) in towns and above.tag_ == "NN":
        return True
    return any(lemma(c) in towns and c.tag_ == "NN" for c in children(token, "appos"))


def is_among_towns(token: Token, by_root: Mapping[int, Name], where: Setting) -> bool:
    """Whether a name is joined to one that the gazetteer has as a town's in a country of the report."""
    first = token.head if token.dep_ == "conj" else token
    beside = [by_root[t.i] for t in conjuncts(first) if t is not token and t.i in by_root]
    known = (link_place(" ".join(name.span.text.split()), where) for name in beside if name.entry is None)
    return any(p.linked and p.kind is PlaceKind.SETTLEMENT and where.country(p.country) for p in known)


def _areas(name: Name, by_start: Mapping[int, Name], where: Setting) -> Iterator[Place]:
    """The province or country that the words right behind a name put it in: "X in Y province", "X, in the Z region"."""
    doc, inside = name.span.doc, False
    for i in range(name.span.end, min(name.span.end + BEHIND, name.span.sent.end)):
        if inside and i in by_start:
            place = link_place(_whole(by_start[i]), where)
            if place.linked and place.kind in {PlaceKind.AREA, PlaceKind.COUNTRY}:
                yield place
            return
        inside = inside or doc[i].lower_ == "in"
        if doc[i].lower_ not in GAP | {"in"} and doc[i].pos_ != "ADJ":
            return


def _whole(name: Name) -> str:
    """A province's name with the word for what it is: "Homs province" where Homs is a town, too."""
    head = name.root.head
    area = name.root.dep_ == "compound" and head.i == name.span.end and lemma(head) in nouns().area
    return f"{name.span.text} {head.text}" if area else name.span.text


def is_told_place(token: Token, by_root: Mapping[int, Name]) -> bool:
    """Whether the words beside a name that the pipeline takes for a person or a body can be said of a place alone:
    "overran X", "the army took X from the rebels", "X has been cleared", "X fell into their hands", "X, a stronghold".
    """
    words = nouns()
    called = (c for c in children(token, "appos") if c.tag_ == "NN" and children(c, "det"))
    if any(lemma(c) in words.settlement | words.seat | words.site for c in called) or must_be_place(token):
        return True
    if token.dep_ == "nsubj" and _is_described(token.head):
        return True  # "X lies on the road to", "X is a town"
    first = token
    while first.dep_ == "conj":
        first = first.head
    by_relative = [c for c in children(first, "acl:relcl") if any(o.lower_ == "which" for _, o in c.links)]
    if any(is_verb(c) and is_taking(c, by_root) and children(c, "nsubj") for c in by_relative):
        return True  # "X, which the army took"
    verb = first.head
    if (
        first.dep_ == "obl"
        and any(t.text.isdecimal() for t in token.subtree)
        and preposition(first) in {"from", "out of"}
    ):
        return lemma(verb) in DRIVEN  # "expelled the rebels from Regiment 111"
    if first.dep_ in {"obj", "nsubj:pass"} and is_verb(verb):
        return is_taking(verb, by_root)
    fell = lemma(verb) == "fall" and any(preposition(c) == "to" and _fights(c, by_root) for c in children(verb, "obl"))
    return first.dep_ in {"nsubj", "nsubj:pass"} and (fell or _in_hands(verb))


def _is_described(word: Token) -> bool:
    """Whether its subject is told to lie somewhere, or to be a town."""
    by = any(preposition(c) in {"on", "near", "between", "along", "beside"} for c in children(word, "obl"))
    by = by or any(lemma(c) in nouns().direction for c in children(word, "advmod"))
    town = word.tag_ == "NN" and lemma(word) in nouns().settlement and bool(children(word, "cop"))
    return town or (lemma(word) == "lie" and word.tag_ == "VBZ" and by)


def is_taking(verb: Token, by_root: Mapping[int, Name]) -> bool:
    """Whether a verb says that forces take a place."""
    word = lemma(verb)
    if word not in TAKEN or any(preposition(c) in AWAY for c in children(verb, "obl", "xcomp")):
        return False
    of = [c for c in children(verb, "obl") if preposition(c) == "of"]
    if word == "clear" and not all(_fights(c, by_root) for c in of):
        return False  # "was cleared of murder"
    if is_passive(verb):
        return word in WON_BACK
    return any(_fights(c, by_root) for c in children(verb, "nsubj"))


def _fights(token: Token, by_root: Mapping[int, Name]) -> bool:
    """Whether a phrase means forces: by its noun, or by a name that the lexicon has."""
    name = by_root.get(token.i)
    return acts(token) or token.lower_ in {"they", "them"} or (name is not None and name.entry is not None)


def _in_hands(word: Token) -> bool:
    """Whether its subject is told to be, or to come, in somebody's hands or under their rule."""
    said = [word, *children(word, "obl")]
    hands = any(lemma(c) == "hand" and preposition(c) in {"in", "into"} and c.tag_ == "NNS" for c in said)
    return hands or any(lemma(c) in {"control", "rule"} and preposition(c) == "under" for c in said)
