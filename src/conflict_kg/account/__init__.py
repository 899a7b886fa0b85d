"""Claims -> account: changes and periods of control, ranges of casualty figures, disagreements, each with its evidence.

The account is thrown away and rebuilt at any time. docs/account.md has its rules in plain words.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from conflict_kg.account.disagreements import Held, distinct
from conflict_kg.account.parties import on_sides, side_of, sides_told, with_parties
from conflict_kg.account.sources import with_copies
from conflict_kg.account.spread import settled
from conflict_kg.account.topics import Share, Topic, settle, settle_parts, shares
from conflict_kg.model import Account, Claim, Place

__all__ = [
    "Held",
    "Share",
    "Topic",
    "derive",
    "on_sides",
    "settle",
    "settle_parts",
    "shares",
    "side_of",
    "sides_told",
    "with_copies",
]


def derive(
    claims: Iterable[Claim], places: Mapping[str, Place], *, copies: Mapping[str, str] | None = None, jobs: int = 1
) -> Account:
    """What follows from claims.

    ``claims`` may come in any order and more than once; statements among them date what was said in them.
    ``places`` holds the places that claims name and those around them, by id. ``copies`` gives for the digest of a
    report that copies another the digest of that one: the two count as one origin. Dates are days; an ``until`` is
    the first day on which something no longer holds. ``jobs`` is how many processes may share the work. The result is
    sorted by id, and the same for the same claims.
    """
    known = {claim.key: claim for claim in claims}
    topics: defaultdict[Topic, list[Share]] = defaultdict(list)
    ordered = with_copies(with_parties([known[key] for key in sorted(known)]), copies or {})
    for topic, share in shares(ordered, places):
        topics[topic].append(share)
    found: list[Account] = []
    in_parts: defaultdict[str, list[Held]] = defaultdict(list)
    for account, holdings in settled(topics, places, jobs):
        found.append(account)
        for place, held in holdings:
            in_parts[place].append(held)
    whole = _whole([*found, *(settle_parts(place, told) for place, told in in_parts.items())])
    return replace(whole, copies=tuple(sorted((copies or {}).items())))


def _whole(accounts: Iterable[Account]) -> Account:
    """Several accounts of different things as one."""
    told = list(accounts)
    return Account(
        tuple(sorted((each for one in told for each in one.changes), key=lambda each: each.id)),
        tuple(sorted((each for one in told for each in one.periods), key=lambda each: each.id)),
        tuple(sorted((each for one in told for each in one.ranges), key=lambda each: each.id)),
        distinct(each for one in told for each in one.disagreements),
    )
