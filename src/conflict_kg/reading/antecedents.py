"""What a pronoun of the third person may stand for: the phrases before it that agree with it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from conflict_kg.linking import lexicon
from conflict_kg.model import Actor, ActorKind, Extent, Place, PlaceKind
from conflict_kg.reading.clauses import children, conjuncts, grammatical_subjects, is_verb, preposition
from conflict_kg.reading.discourse import (
    COLLECTIVE,
    Discourse,
    is_actor_role,
    is_government,
    is_plural,
    is_where_said,
    named_actor,
)
from conflict_kg.reading.frames import holds_party, holds_place, predicate_nouns
from conflict_kg.reading.nouns import acts, lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.verbs import speech

SENTENCES = 4  # before its own in which a pronoun's antecedent is looked for
PHRASES = 60  # the most that are looked at
NEAR = 6  # phrases before a quotation in which its speaker is looked for
# What is no part of the phrase that it hangs on: clauses, and what names somebody beside it ("X and his brother").
BOUNDS = {"acl", "acl:relcl", "ccomp", "xcomp", "advcl", "csubj", "parataxis", "appos", "conj"}
STATES = {ActorKind.GOVERNMENT, ActorKind.STATE_FORCE}
WATCHING = {ActorKind.MONITOR, ActorKind.OUTLET}


HOLDING = {"control", "charge", "possession"}


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A phrase that a pronoun may stand for."""

    token: Token
    """Its head; of several phrases joined by "and" the first one's."""
    key: str
    """The same for all phrases that stand for the same."""
    referents: tuple[Actor | Place, ...]
    """What it refers to: several for "A and B", none for what reading knows nothing of."""
    parts: tuple[int, ...]
    """The words for each of several actors that it refers to."""
    distance: int
    """How many sentences before the pronoun's."""


def kind_of(pronoun: Token) -> str | None:
    """Which pronoun a word is a form of: "he" (or she), "it" or "they"; none of these: None."""
    words = nouns()
    word = pronoun.lower_
    if word in words.she or word in words.he:
        return "he"
    if word in words.it:
        return "it"
    return "they" if word in words.they else None


def expects(pronoun: Token) -> type[Actor] | type[Place] | None:
    """What the verb wants: a place where one changes hands ("it fell"), or who takes or loses one ("their siege")."""
    if pronoun.dep_ == "nsubj" and lemma(pronoun.head) in HOLDING and preposition(pronoun.head) == "in":
        return Actor  # "it was in full control of the town"
    if kind_of(pronoun) == "it" and holds_place(pronoun):
        return Place
    if kind_of(pronoun) == "it" and pronoun.dep_ == "nmod:poss" and lemma(pronoun.head) in nouns().group:
        return Actor  # "its fighters"
    theirs = kind_of(pronoun) == "they" and pronoun.dep_ == "nmod:poss" and lemma(pronoun.head) in predicate_nouns()
    return Actor if theirs or holds_party(pronoun) else None


def candidates(pronoun: Token, talk: Discourse) -> list[Candidate]:
    """The phrases that agree with a pronoun in number, kind and gender, the nearest first."""
    kind = kind_of(pronoun)
    barred = set(_barred(pronoun, talk))
    holders = _holders(pronoun)
    expected = expects(pronoun)
    found: list[Candidate] = []
    distance, start, later = 0, pronoun.sent.start, ahead(pronoun)
    for token in reversed(talk.heard[-PHRASES:]):
        if token.i < start:
            distance, start = distance + 1, token.sent.start
        if distance > SENTENCES:
            break
        if token.i > pronoun.i and token != later:
            continue
        joined = kind == "they" and token.dep_ != "conj" and token.pos_ != "PRON"
        together = [t for t in conjuncts(token) if t.i < pronoun.i or later is not None] if joined else []
        if len(together) > 1:
            key = "+".join(_key(t, talk) for t in together)
            referents = tuple(r for t in together if isinstance(r := _referent(t, talk), Actor))
            known = len(referents) == len(together)
            parts = tuple(t.i for t in together)
            found.append(Candidate(token, key, referents if known else (), parts if known else (), distance))
        referent, key = _acting(token, pronoun, talk), _key(token, talk)
        elsewhere = expected is Place and (is_where_said(token) or _tells_where(token, talk))
        if elsewhere or (expected is not None and not isinstance(referent, expected)):
            continue
        if isinstance(referent, Actor) and _is_without_forces(referent, pronoun):
            continue
        if key not in barred and token.i not in holders and _agrees(token, referent, pronoun, kind, talk):
            found.append(
                Candidate(
                    token, key, (referent,) if referent is not None else (), talk.several.get(token.i, ()), distance
                )
            )
    if (said := reported(pronoun)) is not None:
        outside = [c for c in found if c.token.i not in said]
        return [c for c in outside if says(c.token)] or outside
    return found


def recipient(pronoun: Token, talk: Discourse) -> Candidate | None:
    """Who is given what is called theirs: "giving X its first success", and "… since it took Y" behind it."""
    verb = pronoun.head.head
    if pronoun.dep_ == "nsubj" and any(c.lower_ == "since" for c in children(pronoun.head, "mark")):
        given = [
            n for n in children(verb, "obj") if any(kind_of(c) == kind_of(pronoun) for c in children(n, "nmod:poss"))
        ]
    else:
        given = [pronoun.head] if pronoun.dep_ == "nmod:poss" and pronoun.head.dep_ == "obj" else []
    for whom in children(verb, "iobj") if given else ():
        referent = _acting(whom, pronoun, talk)
        if isinstance(referent, Actor) and whom.pos_ != "PRON":
            return Candidate(whom, referent.id, (referent,), (), 0)
    return None


def reported(pronoun: Token) -> Collection[int] | None:
    """The words before "…, it said" and "…, according to him"; None where the pronoun does not stand so."""
    if preposition(pronoun) == "according to":
        return range(pronoun.head.left_edge.i, pronoun.i)
    verb = pronoun.head
    if pronoun.dep_ != "nsubj" or verb.lemma_.lower() not in speech()["say"]:
        return None
    said = [c for c in (*verb.children, verb.head) if c.dep_ in {"ccomp", "ROOT"} and c.i < pronoun.i]
    return {t.i for clause in said for t in clause.subtree if t.i < pronoun.i} or None


def says(token: Token) -> bool:
    """Whether a phrase says who says something: "X said", "according to X"."""
    subject = token.dep_ == "nsubj" and token.head.lemma_.lower() in speech()["say"]
    return subject or preposition(token) == "according to"


def ahead(pronoun: Token) -> Token | None:
    """The subject that follows when the pronoun opens its sentence ("In his speech, X …"): it may stand for that."""
    for token in (pronoun, *pronoun.ancestors):
        if token.dep_.split(":")[0] in {"obl", "advcl"} and token.i < token.head.i:
            after = [c for c in token.head.children if c.dep_.startswith("nsubj") and c.i > max(token.i, pronoun.i)]
            return next((c for c in after if c.pos_ in {"PROPN", "NOUN"}), None)
    return None


def _referent(token: Token, talk: Discourse) -> Actor | Place | None:
    """The actor or the whole place that a phrase refers to."""
    place = talk.places.get(token.i)
    if place is not None and place[1] is Extent.FULL:
        return place[0]
    return talk.actors.get(token.i)


def _tells_where(token: Token, talk: Discourse) -> bool:
    """Whether a place only tells where another lies: "X, a village of the municipality of Y"."""
    own, above = talk.places.get(token.i), token
    while above.dep_ in {"nmod", "appos", "flat", "compound"} and above.head is not above:
        above = above.head
        other = talk.places.get(above.i)
        if own is not None and other is not None and other[0].id != own[0].id:
            return own[0].kind in {PlaceKind.AREA, PlaceKind.PART, other[0].kind}
    return False


def _acting(token: Token, pronoun: Token, talk: Discourse) -> Actor | Place | None:
    """What a phrase refers to; a country that acts or has something is its government, a capital that acts too."""
    referent = _referent(token, talk)
    acts = is_actor_role(pronoun) or pronoun.dep_ == "nmod:poss"
    if not acts or not isinstance(referent, Place):
        return referent
    if referent.kind is not PlaceKind.COUNTRY and not is_government(token, referent):
        return referent
    government = named_actor(referent.name, talk)
    return government if government.linked else referent


def _is_without_forces(referent: Actor, pronoun: Token) -> bool:
    """Whether it cannot be whose forces the pronoun's are: a state has no "fighters", a monitor no forces at all."""
    if pronoun.dep_ != "nmod:poss" or not acts(pronoun.head):
        return False
    if kind_of(pronoun) == "it" and lemma(pronoun.head) in nouns().group:
        return referent.kind in STATES
    entry = lexicon().entry(referent.part_of) if referent.part_of else None
    return bool({referent.kind, entry.kind if entry is not None else None} & WATCHING)


def _key(token: Token, talk: Discourse) -> str:
    """The id of what a phrase refers to; of an unknown thing the place of its first mention."""
    if token.i in talk.chains:
        return talk.chains[token.i]
    referent = _referent(token, talk)
    return referent.id if referent is not None else f"token {token.i}"


def _agrees(token: Token, referent: Actor | Place | None, pronoun: Token, kind: str | None, talk: Discourse) -> bool:
    """Whether a phrase and a pronoun may mean the same, by number, kind and gender."""
    if token.pos_ == "PRON":
        alike = kind_of(token) == kind
        return alike and (kind != "he" or (token.lower_ in nouns().she) == (pronoun.lower_ in nouns().she))
    if kind == "they":
        collective = isinstance(referent, Actor) and referent.kind in COLLECTIVE
        return is_plural(token) or collective or (referent is None and lemma(token) in nouns().group | nouns().body)
    if token.tag_ == "NNS" and not (isinstance(referent, Actor) and referent.linked):
        return False
    if kind == "it":
        return not _is_human(token, referent, talk)
    wanted = gender(pronoun)
    return _is_human(token, referent, talk) and gender_of(token, referent, talk) in {None, wanted}


def _is_human(token: Token, referent: Actor | Place | None, talk: Discourse) -> bool:
    """Whether a phrase may mean one person."""
    if isinstance(referent, Actor):
        if referent.kind is ActorKind.UNNAMED:
            return lemma(token) not in nouns().body or lemma(token) in nouns().person
        return referent.kind is ActorKind.PERSON
    if referent is not None:
        return False
    name = talk.names.get(token.i)
    return name.label == "PER" if name is not None else lemma(token) in nouns().person | nouns().human


def gender(pronoun: Token) -> str:
    """The gender of a pronoun for one person."""
    return "she" if pronoun.lower_ in nouns().she else "he"


def gender_of(token: Token, referent: Actor | Place | None, talk: Discourse) -> str | None:
    """Whether a person is "he" or "she", where the words or an earlier pronoun tell."""
    if referent is not None and referent.id in talk.genders:
        return talk.genders[referent.id]
    role = referent.role or "" if isinstance(referent, Actor) else ""
    beside = children(token, "compound", "flat", "nmod:desc", "appos")
    said = {lemma(token), *(c.lower_.strip(".") for c in beside), *role.lower().split()[-1:]}
    for name, words in (("she", nouns().feminine), ("he", nouns().masculine)):
        if said & words:
            return name
    return None


def _holders(pronoun: Token) -> set[int]:
    """The phrases that have a pronoun as a part of their own ("the leader of his party"): it is somebody else's."""
    holders: set[int] = set()
    for above in (pronoun, *pronoun.ancestors):
        holders.add(above.i)
        if above.dep_ in BOUNDS:
            break
    return holders


def _barred(pronoun: Token, talk: Discourse) -> Iterator[str]:
    """Whom the grammar rules out: the speaker inside a quotation, and who does what is done to the pronoun.

    They would be "I", and "themselves".
    """
    quotation = talk.quoted.get(pronoun.i)
    near = reversed(talk.heard[-PHRASES:]) if quotation is not None else iter(())
    outside = (t for t in near if talk.quoted.get(t.i) != quotation)
    for token in islice(outside, NEAR):
        if says(token):
            yield _key(token, talk)
            break
    if pronoun.dep_ == "nmod:poss":
        return
    head = pronoun if pronoun.dep_ in {"obj", "iobj", "obl:agent"} else pronoun.head  # "killing up to 300 of them"
    if head.dep_ in {"obj", "iobj", "obl:agent"} and is_verb(head.head):
        for subject in grammatical_subjects(head.head):
            yield _key(subject, talk)
    if pronoun.dep_ == "nsubj":
        yield from (_key(c, talk) for c in pronoun.head.children if c.dep_ in {"obj", "obl", "iobj"})
