"""How figures of victims relate to each other where the text says so: one included in another, or on top of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from conflict_kg.model import CasualtyClaim, Figure
from conflict_kg.reading.clauses import children, complements, conjuncts, preposition
from conflict_kg.reading.counts import find_counts
from conflict_kg.reading.figures import bounds
from conflict_kg.reading.nouns import lemma
from conflict_kg.reading.parse import Token

ON_TOP = {"in addition to", "on top of", "besides"}
BACK = 3  # sentences in which the figure is looked for of which "among the dead" tells a part


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """A claim as it was read, with the words that it was read from."""

    claim: CasualtyClaim
    predicate: Token
    """The word that tells of the harm."""
    head: Token
    """The head of the phrase that counts the victims."""
    whole: Token | None = None
    """The head of the phrase that these victims are a part of."""


def parts(head: Token, predicate: Token) -> Iterator[Token]:
    """The heads of phrases that count some of the people of another once more: "five men, including two guards"."""
    among = any(preposition(child) == "among" for child in children(head, "nmod"))  # "among them two guards"
    for child in children(head, "appos") if among else ():
        yield from conjuncts(child)
    for child in (*children(head, "nmod"), *children(predicate, "obl")):
        if preposition(child) == "including" and child.i > head.i:
            yield from conjuncts(child)
    for child in (*children(head, "parataxis", "appos", "acl:relcl"), *children(predicate, "parataxis")):
        if child.i > head.i:  # "nine soldiers died, four of them recruits"
            yield from (number for number in (child, *children(child, "nsubj")) if _of_them(number))


def subsets(head: Token) -> Iterator[Token]:
    """What hangs on a phrase of people and tells some of them: "(five men,) including two guards", "among them …"."""
    yield from complements(head, "including", "among")


def _of_them(number: Token) -> bool:
    return any(preposition(c) == "of" and c.lower_ in {"them", "whom"} for c in children(number, "nmod"))


def with_relations(told: Sequence[Counted], figures: Sequence[CasualtyClaim]) -> list[CasualtyClaim]:
    """The figures of a report, each with the other one that it is stated to be included in or additional to.

    ``told`` are all mentions, ``figures`` the claims that they were joined to.
    """
    stated: dict[str, dict[CasualtyClaim, CasualtyClaim]] = {"included_in": {}, "additional_to": {}}
    for name, pairs in (("included_in", _included(told)), ("additional_to", _additional(told, figures))):
        for part, whole in pairs:
            one, other = _joined(part, figures), _joined(whole, figures)
            if one is not None and other is not None and one != other and one.harm is other.harm:
                stated[name].setdefault(one, other)
    return [_related(claim, stated, ()) for claim in figures]


def _related(
    claim: CasualtyClaim,
    stated: Mapping[str, Mapping[CasualtyClaim, CasualtyClaim]],
    above: tuple[CasualtyClaim, ...],
) -> CasualtyClaim:
    """The claim with its relations; none that leads back to a claim that refers to it."""
    found: dict[str, Figure] = {}
    for name, pairs in stated.items():
        other = pairs.get(claim)
        if other is not None and other not in (*above, claim):
            complete = _related(other, stated, (*above, claim))
            found[name] = Figure(complete.key, complete.passage, complete.count.text)
    return replace(claim, included_in=found.get("included_in"), additional_to=found.get("additional_to"))


def _joined(claim: CasualtyClaim, figures: Iterable[CasualtyClaim]) -> CasualtyClaim | None:
    """The figure that a mention was joined to: of its number and harm, best of its own sentence."""
    numbers = bounds(claim.count)
    alike = [f for f in figures if f.harm is claim.harm and bounds(f.count) == numbers]
    own = [f for f in alike if f.passage == claim.passage and f.victims == claim.victims]
    return next(iter(own or alike), None)


# ---------------------------------------------------------------- included


def _included(told: Sequence[Counted]) -> Iterator[tuple[CasualtyClaim, CasualtyClaim]]:
    for one in told:
        if one.whole is not None:
            yield from ((one.claim, o.claim) for o in told if o.head == one.whole and o.predicate == one.predicate)
        elif preposition(one.predicate) == "among" and (whole := _told_before(one, told)) is not None:
            yield one.claim, whole.claim


def _told_before(part: Counted, told: Sequence[Counted]) -> Counted | None:
    """The figure that "among the dead were two guards" tells a part of: the last before it that is larger."""
    at = part.head.sent.start
    for _ in range(BACK):
        if at == 0:
            return None
        stretch = part.head.doc[at - 1].sent
        near = [o for o in told if o.head in stretch and o.claim.harm is part.claim.harm and o.whole is None]
        enough = [o for o in near if max(bounds(o.claim.count), default=0) > min(bounds(part.claim.count), default=0)]
        if enough:
            return enough[-1]
        at = stretch.start
    return None


# ---------------------------------------------------------------- additional


def _additional(
    told: Sequence[Counted], figures: Sequence[CasualtyClaim]
) -> Iterator[tuple[CasualtyClaim, CasualtyClaim]]:
    for mark, below in _on_top({token for one in told for token in one.head.sent}):
        here = [one for one in told if one.head in mark.sent]
        others = {one.head.i for one in here if one.head.i in below}
        if not others:  # what it comes on top of follows, wherever the parse hung it
            others = {one.head.i for one in here if one.head.i > mark.i}
        beside = [one.claim for one in here if one.head.i not in others]
        for other in [one.claim for one in here if one.head.i in others][:1]:
            yield from ((claim, other) for claim in beside or _named(mark, figures))


def _on_top(tokens: Iterable[Token]) -> Iterator[tuple[Token, set[int]]]:
    """Each phrase that a figure is said to come on top of: the word that it hangs by, and the tokens below it."""
    for token in sorted(tokens, key=lambda t: t.i):
        if preposition(token) in ON_TOP:
            yield token, {t.i for t in token.subtree}
        elif lemma(token) == "addition" and preposition(token) == "in":
            subjects = {t.i for c in children(token, "nsubj") for t in c.subtree}
            yield token, {t.i for t in token.subtree} - subjects


def _named(mark: Token, figures: Sequence[CasualtyClaim]) -> list[CasualtyClaim]:
    """The figure that "the 8,000 figure is in addition to …" takes up by its number."""
    subjects = children(mark, "nsubj") or children(mark.head, "nsubj")
    text = " ".join(t.text for subject in subjects if subject.i < mark.i for t in subject.subtree)
    numbers = {number for found in find_counts(text) for number in bounds(found.count)}
    return [figure for figure in figures if numbers & bounds(figure.count)][:1]
