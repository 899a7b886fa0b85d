"""Who stands behind claims: parties, independent origins, and how firmly claims carry what they say.

Claims go in; party ids, origin labels and a basis come out. docs/account.md, "Sources", has the rules in plain words.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from conflict_kg.model import Actor, ActorKind, Basis, Claim, ControlClaim, Status

COPIED_WORDS = 6
"""From this many words on, one quote in two reports is copied text; shorter ones may be alike by chance."""


def parties(actors: Iterable[Actor]) -> frozenset[str]:
    """The sides of some actors."""
    return frozenset([actor.party or actor.id for actor in actors])


def ranked_parties(sides: Iterable[Sequence[Actor]]) -> tuple[str, ...]:
    """The parties that claims name on one side: the most often named first, then the first named, then by id."""
    named = [[actor.party or actor.id for actor in actors] for actors in sides]
    names = {name for row in named for name in row}
    if len(names) < 2:
        return tuple(names)
    count: Counter[str] = Counter()
    position: dict[str, int] = {}
    for row in named:
        for index, name in enumerate(dict.fromkeys(row)):
            count[name] += 1
            position[name] = min(index, position.get(name, index))
    return tuple(sorted(count, key=lambda name: (-count[name], position[name], name)))


def with_copies(claims: Sequence[Claim], copies: Mapping[str, str]) -> list[Claim]:
    """The claims, each of a report that copies another with the digest of that one."""
    return [replace(claim, copied_from=copies[claim.digest]) if claim.digest in copies else claim for claim in claims]


def origins(claims: Iterable[Claim]) -> Mapping[str, str]:
    """For the key of each claim a label of its origin; claims with one label have one origin.

    One speaker is one origin however many reports print the words (UCDP's ``source_original``), and so is
    copied text. A claim according to nobody has its own report as origin, or the one that this copies; so has a source
    without a name, which two copies describe alike.
    """
    above: dict[str, str] = {}

    def root(name: str) -> str:
        above.setdefault(name, name)
        while above[name] != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    first: dict[str, str] = {}
    for claim in claims:
        names = _origin_names(claim)
        for name in names:
            low, high = sorted((root(names[0]), root(name)))
            above[high] = low
        first[claim.key] = names[0]
    return {key: root(name) for key, name in first.items()}


def _origin_names(claim: Claim) -> list[str]:
    report = _text_of(claim)
    names = [f"actor {actor.id}" for actor in claim.according_to] or [f"report {report}"]
    unnamed = (actor for actor in claim.according_to if actor.kind is ActorKind.UNNAMED and not actor.linked)
    names += [f"unnamed {report} {actor.name.casefold()}" for actor in unnamed]
    words = claim.passage.quote.casefold().split()
    return [*names, f"quote {' '.join(words)}"] if len(words) >= COPIED_WORDS else names


def _text_of(claim: Claim) -> str:
    """The digest of the report in which the claim's words stood first."""
    return claim.copied_from or claim.digest


def basis(claims: Sequence[ControlClaim], gaining: frozenset[str], losing: frozenset[str]) -> Basis:
    """Whether claims that some parties gained or hold a place are confirmed, or only claimed.

    Confirmed: in a reporter's own voice; admitted by a party that loses by it; or given by two independent
    origins of different parties, not both of them on the gaining side.
    """
    if any(claim.status is Status.ASSERTED for claim in claims):
        return Basis.CONFIRMED
    voices = [parties(claim.according_to) or frozenset({_text_of(claim)}) for claim in claims]
    if any(voice & losing for voice in voices):
        return Basis.CONFIRMED
    if len(claims) == 1:
        return Basis.CLAIMED
    labels = origins(claims)
    sides: dict[str, frozenset[str]] = {}
    for claim, voice in zip(claims, voices, strict=True):
        label = labels[claim.key]
        sides[label] = sides.get(label, frozenset()) | voice
    for one, other in combinations(sorted(set(sides.values()), key=sorted), 2):
        if not one & other and not (one & gaining and other & gaining):
            return Basis.CONFIRMED
    return Basis.CLAIMED
