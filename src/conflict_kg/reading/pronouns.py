"""What pronouns of the third person stand for."""

from spacy.tokens import Token

from conflict_kg.model import ActorKind, Extent
from conflict_kg.reading.clauses import grammatical_subjects, is_verb
from conflict_kg.reading.discourse import COLLECTIVE, Discourse, is_plural, lately, spoken_of
from conflict_kg.reading.frames import holds_place
from conflict_kg.reading.nouns import nouns
from conflict_kg.reading.verbs import speech

REMEMBERED = 80  # mentions among which a pronoun's referent is looked for
NEAR = 40  # tokens before the sentence of a pronoun in which a subject outweighs what was named later


def pronoun(token: Token, talk: Discourse) -> None:
    """Record whom a pronoun means: the subject of a clause above it, the subject before, or the last that fits."""
    word = token.lower_
    if word == "it" and holds_place(token):
        spoken = talk.main if talk.main in lately(talk) else spoken_of(talk)
        talk.places.update({token.i: (spoken, Extent.FULL)} if spoken is not None else {})
        return
    lately_said = talk.said[-REMEMBERED:]
    if word in nouns().he:
        fits = [(t, a) for t, a in lately_said if a.kind in {ActorKind.PERSON, ActorKind.UNNAMED} and not is_plural(t)]
    elif word in nouns().they and token.dep_ != "expl":
        singular = word.startswith("it")
        kinds = COLLECTIVE if singular else COLLECTIVE | {ActorKind.UNNAMED}
        fits = [(t, a) for t, a in lately_said if a.kind in kinds and not (singular and _is_plural_noun(t))]
    else:
        return
    if token.dep_ == "nsubj" and token.head.lemma_.lower() in speech()["say"]:  # "…, it said": who said before
        inside = {t.i for t in token.head.subtree}  # nobody within what is said says it
        fits = [(t, a) for t, a in fits if t.i not in inside]
        fits = [(t, a) for t, a in fits if t.dep_ == "nsubj" and t.head.lemma_.lower() in speech()["say"]] or fits
    doers = _doers(token, talk)
    fits = [(t, a) for t, a in fits if a.id not in doers]
    if fits:
        latest_first = reversed(fits)  # max() keeps the first of equals
        talk.actors[token.i] = max(latest_first, key=lambda known: _salience(known[0], token))[1]


def _doers(token: Token, talk: Discourse) -> set[str]:
    """Who does what is done to the pronoun: nobody else than "themselves" is both ("killing up to 300 of them")."""
    head = token if token.dep_ == "obj" else token.head
    if head.dep_ != "obj" or token.dep_ == "nmod:poss" or not is_verb(head.head):
        return set()
    subjects = grammatical_subjects(head.head)
    return {talk.actors[subject.i].id for subject in subjects if subject.i in talk.actors}


def _is_plural_noun(token: Token) -> bool:
    return is_plural(token) and token.pos_ == "NOUN"


def _salience(known: Token, pronoun: Token) -> tuple[bool, bool, bool]:
    """How likely a mention is what a later pronoun stands for, before recency counts.

    The subject of a verb whose complement the pronoun stands in comes first ("the army said it …"), for an object
    another object of the sentence, then who acted in it or shortly before it ("abandoned by troops as they fled").
    """
    acting = next((t for t in (known, *known.ancestors) if t.dep_.startswith("nsubj") or t.dep_ == "obl:agent"), None)
    as_object = pronoun.dep_ != "nmod:poss" and "obj" in {pronoun.dep_, pronoun.head.dep_}
    parallel = as_object and known.dep_ == "obj" and pronoun.sent.start <= known.i < pronoun.i
    if acting is None or not (known == acting or known.dep_ in {"compound", "flat", "conj", "nmod"}):
        return False, parallel, False
    verb = pronoun.head
    complement = verb.dep_ in {"ccomp", "xcomp"} and acting.head == verb.head
    return complement, parallel, pronoun.sent.start - NEAR < known.i < pronoun.i
