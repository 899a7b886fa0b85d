"""One report, one figure: joining the mentions of a number of victims in headline, captions and body."""

from collections.abc import Iterable
from dataclasses import replace

from conflict_kg.linking import around
from conflict_kg.model import CasualtyClaim, Count, Harm, Place


def one_a_figure(claims: Iterable[CasualtyClaim]) -> list[CasualtyClaim]:
    """A figure that is told again (headline, captions) counts once, with what any mention adds.

    What the report says in its own voice is what the source says to whom it gives the figure elsewhere.
    """
    merged: dict[tuple[Harm, frozenset[int] | str], list[CasualtyClaim]] = {}
    for claim in sorted(claims, key=lambda c: (not c.according_to, c.passage)):
        alike = merged.setdefault((claim.harm, _numbers(claim)), [])
        at = next((i for i, known in enumerate(alike) if _same_figure(known, claim)), None)
        if at is None:
            alike.append(claim)
        else:
            alike[at] = _join(alike[at], claim)
    return [claim for alike in merged.values() for claim in alike]


def _same_figure(known: CasualtyClaim, claim: CasualtyClaim) -> bool:
    """Whether equal numbers have one source, or the second is the report's own voice about a place of the first's."""
    if known.passage == claim.passage and _who(known) != _who(claim) and None not in (_who(known), _who(claim)):
        return False  # "two girls and two soldiers"
    sources = [{actor.id for actor in c.according_to} for c in (known, claim)]
    if sources[1] and sources[0] != sources[1]:
        return False
    places = (known.place, claim.place)
    return sources[0] == sources[1] or None in places or _finer(*places) is not None


def _numbers(claim: CasualtyClaim) -> frozenset[int] | str:
    """What is compared: the numbers, or the words where there are none; of a single one who it was."""
    if bounds(claim.count) == {1} and claim.victims:
        return f"1 {_who(claim)}"
    return bounds(claim.count) or f"{claim.count.text} {claim.victims}".lower()


def _who(claim: CasualtyClaim) -> str | None:
    """The last word for the victims."""
    return claim.victims.rsplit(maxsplit=1)[-1].lower() if claim.victims else None


def _join(known: CasualtyClaim, claim: CasualtyClaim) -> CasualtyClaim:
    told = next((c.place for c in (known, claim) if c.place is not None and c.place.linked), known.place)
    place = _finer(known.place, claim.place) or told
    return replace(known, place=place, victims=known.victims or claim.victims)


def _finer(one: Place | None, other: Place | None) -> Place | None:
    """The smaller of two places of which one is or lies in the other, or the only one; None where they differ."""
    if one is None or other is None or one.id == other.id:
        return one or other
    if other.id in {one.located_in, *(p.id for p in around(one))}:
        return one
    return other if one.id in {other.located_in, *(p.id for p in around(other))} else None


def bounds(count: Count) -> frozenset[int]:
    """The numbers that a count states; empty where its words state none."""
    return frozenset(n for n in (count.low, count.best, count.high) if n is not None)
