"""Who and what fills the roles of a predicate: the noun phrases that a frame points to, and the parties among them."""

from collections.abc import Iterable, Iterator

from conflict_kg.linking import lexicon
from conflict_kg.model import Actor, ActorKind
from conflict_kg.reading.clauses import (
    Clause,
    antecedent,
    behind,
    children,
    complements,
    conjuncts,
    grammatical_subjects,
    is_passive,
    is_verb,
    owner,
    preposition,
)
from conflict_kg.reading.labels import is_named
from conflict_kg.reading.nouns import acts, lemma, nouns, people
from conflict_kg.reading.parse import Token
from conflict_kg.reading.scene import Scene
from conflict_kg.reading.speech import Utterance
from conflict_kg.reading.standing import cues

DISINTERESTED = {ActorKind.MONITOR, ActorKind.INTERNATIONAL, ActorKind.OUTLET}
"""Sources whose word a report takes as its basis: not a side in the war."""

_WATCHING = DISINTERESTED | {ActorKind.ORGANIZATION}
_NO_PARTIES = {ActorKind.MONITOR, ActorKind.OUTLET, ActorKind.PERSON}
NEXT = 2  # words from one phrase to the next at most, where an adverb may stand between
INSIDE = {"in", "at", "inside", "within", "around"}


def disinterested(utterance: Utterance) -> bool:
    """Whether those who speak are no side in the war: bodies that watch it, and outlets but those of a side, which the
    lexicon knows ("the state news agency") or the words say ("a pro-government website", "the movement's own channel").
    """
    subjects = children(utterance.cue, "nsubj") if utterance.cue is not None else []
    partisan = any(word.lower_ in cues()["partisan"] for head in subjects for word in _before(head))
    return not partisan and all(s.kind in DISINTERESTED and not _is_of_a_side(s) for s in utterance.speakers)


def _before(head: Token) -> Iterator[Token]:
    """The words of a phrase before its head, and its head."""
    return (word for word in head.subtree if word.i <= head.i)


def _is_of_a_side(speaker: Actor) -> bool:
    """Whether an outlet is one of a government's or a group's."""
    owner = lexicon().entry(speaker.party) if speaker.party != speaker.id else None
    return speaker.kind is ActorKind.OUTLET and owner is not None and owner.kind not in _WATCHING


def parties(scene: Scene, actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Those that can hold or lose a place: forces, groups, governments, alliances; no outlet, spokesman or crowd.

    Of unnamed people of a group ("its commanders") the group, of a leader his forces ("the general took the town").
    """
    sides = (_side(scene, actor) for actor in actors)
    return tuple(a for a in sides if a is not None and a.kind not in _NO_PARTIES)


def _side(scene: Scene, actor: Actor) -> Actor | None:
    """Who takes a place where somebody is told to have taken it."""
    if actor.kind is ActorKind.UNNAMED:
        return scene.group_of(actor)
    return scene.side_of(actor) if actor.kind is ActorKind.PERSON and actor.linked and actor.part_of else actor


def heads_of(roles: Iterable[str], clause: Clause) -> tuple[Token, ...]:
    """The heads of the noun phrases in the first of these roles that is filled; lexicon/frames.toml names the roles."""
    for role in roles:
        if role == "host":
            heads = _host(clause.predicate)
        elif role == "whereabouts":
            heads = tuple(where for who in (*clause.subjects, *clause.objects) for where in whereabouts(who))
        elif role == "home":
            heads = tuple(where for who in clause.objects for where in home(who))
        elif role == "owner":
            heads = owner(clause.predicate)
        elif role == "itself":
            heads = (clause.predicate,)
        elif role == "gainer":
            heads = _served(clause.predicate)
        elif role == "bringer":
            heads = _bringers(clause.predicate)
        elif role == "compound":
            before = children(clause.predicate, "compound", "amod") or _unmarked(clause.predicate)
            heads = tuple(c for c in before if c.pos_ in {"NOUN", "PROPN"} or is_named(c) or acts(c))  # not "full"
        else:
            heads = clause.role(role)
        if heads:
            return tuple(each for head in heads for each in _owners(head))
    return ()


def _unmarked(noun: Token) -> list[Token]:
    """Whose deed a noun is by the word before it, in a text that lost its apostrophes: "the rebels siege of X"."""
    edge = min((c.left_edge.i for c in children(noun, "amod", "compound", "nummod")), default=noun.i)
    before = [noun.doc[i - 1] for i in (noun.i, edge) if i > noun.sent.start]
    return [word for word in before if word.tag_ == "NNS" and lemma(word) in nouns().group][:1]


def _served(noun: Token) -> tuple[Token, ...]:
    """Whom an event serves: "the capture of X enables the army to …"."""
    verb = noun.head
    serves = noun.dep_ == "nsubj" and lemma(verb) in cues()["serving"]
    return tuple(c for head in children(verb, "obj", "iobj")[:1] for c in conjuncts(head)) if serves else ()


def told_as_first(head: Token) -> tuple[Token, ...]:
    """What "was the first to fall": the subject of "the first"; any other head itself."""
    told = children(head, "nsubj") if lemma(head) in cues()["ordinal"] and children(head, "cop") else []
    return _conjoined_subjects(told) or (head,)


def _conjoined_subjects(heads: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(each for head in heads for each in conjuncts(antecedent(head)))


def whereabouts(who: Token) -> Iterator[Token]:
    """Where somebody is: "forces in X", "troops based in X", whether the parse hung it on them or on their verb."""
    beside = (c for c in children(who.head, "advcl") if c.tag_ == "VBN" and c.left_edge.i == who.right_edge.i + 1)
    based = (place for verb in (*children(who, "acl"), *beside) for place in children(verb, "obl"))
    yield from (place for place in (*behind(who), *based) if preposition(place) in INSIDE)
    if lemma(who) in nouns().keeping:  # "the defenders of the base"
        yield from complements(who, "of")


def home(who: Token) -> Iterator[Token]:
    """Where people live or are: "the residents of X and Y", "thousands of civilians in X"."""
    if lemma(who) in people() or acts(who):
        for of in complements(who, "of"):
            yield from tuple(home(of)) or conjuncts(of)
        yield from (each for where in whereabouts(who) for each in conjuncts(where))


def _bringers(noun: Token) -> tuple[Token, ...]:
    """Who brings a state about or keeps it up: "put the town under siege", "keeps it under control"."""
    verb = noun.head
    if noun.dep_ not in {"obl", "xcomp"} or not is_verb(verb) or is_passive(verb) or not children(verb, "obj"):
        return ()
    return grammatical_subjects(verb)


def _owners(head: Token) -> tuple[Token, ...]:
    """Whose control or hands they are ("fell to ISIS control", "into the hands of rebels"), whose operation it is."""
    if lemma(head) in cues()["operation"]:
        return owner(head)
    if lemma(head) not in {"control", "hand", "rule", "grip"}:
        return (head,)
    of = complements(head, "of")
    return tuple(c for owner in [*children(head, "compound", "amod", "nmod:poss"), *of] for c in conjuncts(owner))


def _host(noun: Token) -> tuple[Token, ...]:
    """What is "under control": the noun that the phrase describes, or the subject of the clause that it stands in."""
    if own := children(noun, "nsubj", "nsubj:pass"):
        return _conjoined_subjects(own)
    head = noun.head
    if head == noun:
        return ()
    if noun.dep_ == "conj" and children(noun, "cop"):  # "took the port and were in control of the town by noon"
        return grammatical_subjects(noun)
    with_it = (c for c in children(head, "obl") if preposition(c) == "with" and c.i < noun.i)
    if beside := [c for c in with_it if noun.left_edge.i - c.right_edge.i <= NEXT]:
        return tuple(conjuncts(beside[0]))  # "with the town under siege, doctors lack …"
    if head.pos_ in {"NOUN", "PROPN"}:
        return (head,)
    before = children(head, "nsubj") if noun.i < head.i else []  # "X, under siege for months, has no hospital"
    subjects = before or children(head, "nsubj:pass", "obj") or children(head, "nsubj")
    return tuple(c for subject in subjects for c in conjuncts(subject))
