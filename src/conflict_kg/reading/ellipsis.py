"""Places of which a clause tells the same without its verb: "X fell on Monday, Y on Wednesday", "… and so is Y".

Read from the order of words rather than from the parse, which goes astray where verbs are left out: what follows the
clause must be places and times in turn, with nothing between them but commas and "and".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from conflict_kg.reading.clauses import Clause, children, conjuncts, preposition
from conflict_kg.reading.narrative import Told
from conflict_kg.reading.nouns import lemma
from conflict_kg.reading.parse import Token
from conflict_kg.reading.scene import Scene

BETWEEN = {
    *",;",
    "and",
    "then",
    "finally",
    "on",
    "in",
    "by",
    "at",
    "the",
    "a",
    "from",
    "of",
    "out",
    "later",
    "itself",
    "even",
}
"""Words that may stand between a place and a time."""
VAGUE = {"hours", "days", "weeks", "months", "following", "after"}
ALSO = {"so", "as"}
NEAR = 5  # words behind "so is" within which the place must stand


@dataclass(frozen=True, slots=True, eq=False)
class Elided:
    """A place of which a clause before it tells, and its own time; None where it has that of the clause."""

    place: Token
    time: Told | None


def elided(scene: Scene, clause: Clause, places: Sequence[Token]) -> Iterator[Elided]:
    """The places behind a clause that the verb is left out of, and those of ``places`` that have a time of their own.

    ``places`` are those that the clause names itself.
    """
    yield from _in_turn(scene, clause, places)
    yield from (Elided(place, None) for place in _also(scene, clause))
    yield from _following(scene, clause)


def _in_turn(scene: Scene, clause: Clause, places: Sequence[Token]) -> Iterator[Elided]:
    """The places of "(X fell) on Monday, Y on Wednesday and Z a day later"."""
    named, last = {place.i for place in places}, max(clause.predicate, places[0], key=lambda token: token.i)
    last = _past_parties(scene, last)
    items = list(_places_and_times(scene, last, preposition(places[0])))
    first = clause.predicate.sent.tokens[0].idx
    dated = any(True for _ in scene.between(first, last.idx))
    waiting: list[Token] = []
    free: Told | None = None
    for item in items:
        if isinstance(item, Token):
            waiting.append(item)
            if free is not None and item is items[-1]:
                yield Elided(item, free)  # "… and on 4 June from Z"
        elif waiting:
            yield from (Elided(place, item) for place in waiting if dated or place.i in named)
            waiting, free, dated = [], None, True
        else:
            free, dated = (item if dated else None), True  # the first is the clause's own time


def _past_parties(scene: Scene, last: Token) -> Token:
    """The last word before a clause's own time: "fell to the rebels on Monday"; ``last`` where no time follows."""
    sentence = last.sent.tokens
    times = {time.expression.start for time in scene.between(last.idx + 1, sentence[-1].idx + 1)}
    for word in sentence[last.i - sentence[0].i + 1 :]:
        if word.idx in times:
            return word.doc[word.i - 1]
        if word.is_punct or word.pos_ in {"VERB", "AUX", "SCONJ", "CCONJ"} or scene.place(word) is not None:
            break
    return last


def _places_and_times(scene: Scene, last: Token, mark: str) -> Iterator[Token | Told | None]:
    """What follows a clause as long as it is nothing but places, marked like its own, and times.

    None stands for a time that is no day ("in the weeks after").
    """
    rest = last.sent.tokens
    rest = rest[last.i - rest[0].i + 1 :]
    if not rest:
        return
    times = {time.expression.start: time for time in scene.between(rest[0].idx, rest[-1].idx + 1)}
    inside, parts, parted, found = 0, _parts(last), False, ""
    for word in rest:
        if word.idx < inside or word.i in parts:
            continue
        if word.idx in times:
            time = times[word.idx]
            inside = time.expression.end
            yield time
        elif (place := scene.place(word)) is not None and place[0].id == found:
            parts |= _parts(word)  # "the town of X"
        elif place is not None and parted and preposition(word) in {"", mark}:
            if children(word, "cop") or (word.dep_.startswith("nsubj") and word.head.i > word.i):
                return
            parts |= _parts(word)
            yield word
            parted, found = False, place[0].id
        elif word.lower_ in VAGUE:
            yield None
        elif word.lower_ in BETWEEN or word.i in _before_place(scene, word):
            parted = parted or word.is_punct or word.lower_ == "and"
        else:
            return


def _parts(head: Token) -> set[int]:
    """The words of a name besides its head."""
    return {child.i for child in (*children(head, "flat", "compound", "nmod:desc"), *_below(head)) if child.i > head.i}


def _below(head: Token) -> list[Token]:
    return [below for child in children(head, "flat", "compound") for below in children(child, "flat", "compound")]


def _before_place(scene: Scene, word: Token) -> set[int]:
    """The word, where it stands before the head of a place that it belongs to: "the Grand Mosque", "the town of X"."""
    above = list(takewhile(lambda token: token.i - word.i < NEAR, word.ancestors))[:2]
    named = any(scene.place(token) is not None and token.i > word.i for token in above)
    called = word.pos_ == "NOUN" and any(scene.place(c) is not None for c in children(word, "nmod"))
    return {word.i} if (named and word.pos_ in {"PROPN", "NOUN", "ADJ", "PUNCT"}) or called else set()


def _also(scene: Scene, clause: Clause) -> Iterator[Token]:
    """The place of "…, and so is Y", "…, as did Y"."""
    words = clause.predicate.sent.tokens
    for so, verb in pairwise(words):
        if so.i > clause.predicate.i and so.lower_ in ALSO and verb.pos_ == "AUX" and so.i and _opens(so):
            yield from (w for w in words if verb.i < w.i <= verb.i + NEAR and scene.place(w) is not None)


def _following(scene: Scene, clause: Clause) -> Iterator[Elided]:
    """The places of "X fell on Monday, and Y followed", "X fell on Monday. Y followed a day later"."""
    sentence = clause.predicate.sent
    end = sentence.doc[sentence.end].sent.end if sentence.end < len(sentence.doc) else sentence.end
    for verb in sentence.doc.tokens[clause.predicate.i + 1 : end]:
        if lemma(verb) != "follow" or verb.dep_ not in {"conj", "parataxis", "ROOT"} or children(verb, "obj", "ccomp"):
            continue
        places = [c for first in children(verb, "nsubj") for c in conjuncts(first) if scene.place(c) is not None]
        before = sentence.doc.tokens[verb.left_edge.i : verb.right_edge.i + 1]
        time = next(iter(scene.between(before[0].idx, before[-1].idx + 1)), None) if places else None
        yield from (Elided(place, time) for place in places)
        return


def _opens(so: Token) -> bool:
    before = so.doc[so.i - 1]
    return before.is_punct or before.lower_ == "and"
