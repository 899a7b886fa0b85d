"""What a pronoun of the third person may stand for: the phrases before it that agree with it."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from conflict_kg.model import Actor, ActorKind, Extent, Place
from conflict_kg.reading.clauses import conjuncts, grammatical_subjects, is_verb
from conflict_kg.reading.discourse import COLLECTIVE, Discourse, is_plural
from conflict_kg.reading.nouns import lemma, nouns

SENTENCES = 4  # before its own in which a pronoun's antecedent is looked for
PHRASES = 60  # the most that are looked at
CLAUSAL = {"acl", "acl:relcl", "ccomp", "xcomp", "advcl", "csubj", "parataxis", "ROOT"}


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
    if pronoun.lower_ in words.she | words.he:
        return "he"
    if pronoun.lower_ in words.it:
        return "it"
    return "they" if pronoun.lower_ in words.they else None


def candidates(pronoun: Token, talk: Discourse) -> list[Candidate]:
    """The phrases that agree with a pronoun in number, kind and gender, the nearest first."""
    kind = kind_of(pronoun)
    barred = set(_barred(pronoun, talk))
    found: list[Candidate] = []
    distance, start = 0, pronoun.sent.start
    for token in reversed(talk.heard[-PHRASES:]):
        if token.i < start:
            distance, start = distance + 1, token.sent.start
        if distance > SENTENCES or token.i > pronoun.i:
            break
        joined = kind == "they" and token.dep_ != "conj" and token.pos_ != "PRON"
        together = [t for t in conjuncts(token) if t.i < pronoun.i] if joined else []
        if len(together) > 1:
            key = "+".join(_key(t, talk) for t in together)
            referents = tuple(r for t in together if isinstance(r := _referent(t, talk), Actor))
            known = len(referents) == len(together)
            parts = tuple(t.i for t in together)
            found.append(Candidate(token, key, referents if known else (), parts if known else (), distance))
        referent, key = _referent(token, talk), _key(token, talk)
        if key not in barred and _agrees(token, referent, pronoun, kind, talk) and not _holds(token, pronoun):
            found.append(Candidate(token, key, (referent,) if referent is not None else (), talk.several.get(token.i, ()), distance))
    return found


def _referent(token: Token, talk: Discourse) -> Actor | Place | None:
    """The actor or the whole place that a phrase refers to."""
    place = talk.places.get(token.i)
    if place is not None and place[1] is Extent.FULL:
        return place[0]
    return talk.actors.get(token.i)


def _key(token: Token, talk: Discourse) -> str:
    """The id of what a phrase refers to; of an unknown thing the place of its first mention."""
    referent = _referent(token, talk)
    if referent is not None:
        return referent.id
    return talk.chains.get(token.i, f"token {token.i}")


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
    said = {lemma(token), *(c.lower_.strip(".") for c in token.children), *role.lower().split()[-1:]}
    for name, words in (("she", nouns().feminine), ("he", nouns().masculine)):
        if said & words:
            return name
    return None


def _holds(token: Token, pronoun: Token) -> bool:
    """Whether a phrase has the pronoun as a part of its own ("the leader of his party"): it is somebody else's."""
    for above in (pronoun, *pronoun.ancestors):
        if above == token:
            return True
        if above.dep_ in CLAUSAL:
            return False
    return False


def _barred(pronoun: Token, talk: Discourse) -> Iterator[str]:
    """Whom the grammar rules out: who does what is done to the pronoun, as they would be "themselves"."""
    if pronoun.dep_ == "nmod:poss":
        return
    head = pronoun if pronoun.dep_ in {"obj", "iobj", "obl:agent"} else pronoun.head  # "killing up to 300 of them"
    if head.dep_ in {"obj", "iobj", "obl:agent"} and is_verb(head.head):
        for subject in grammatical_subjects(head.head):
            yield _key(subject, talk)
    if pronoun.dep_ == "nsubj":
        yield from (_key(c, talk) for c in pronoun.head.children if c.dep_ in {"obj", "obl", "iobj"})
