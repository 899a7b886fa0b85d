"""What was known when: the timelines of a place after each publication day -> periods with known bounds.

A report without a publication date is known only at the end of time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from conflict_kg.account.changes import Happening
from conflict_kg.account.periods import Draft
from conflict_kg.account.stable import stable_id
from conflict_kg.account.timeline import Evidence, Timeline
from conflict_kg.model import Claim, ControlChange, ControlClaim, ControlPeriod, IncidentClaim

END_OF_TIME = date.max
"""When reports without a date are known."""


def history(
    place: str, evidence: Evidence, said: Mapping[str, date]
) -> tuple[tuple[ControlChange, ...], tuple[ControlPeriod, ...]]:
    """The changes of a place as known at the end, and its periods as known at any time.

    A period that later reports leave as it is stays one period, with the claims and the last known day of the
    last version in which it stands.
    """
    line = Timeline(place, said)
    standing: dict[tuple[object, ...], list[Draft]] = {}
    since: dict[tuple[object, ...], date] = {}
    past: list[tuple[Draft, date, date]] = []
    for day, news in _by_day_known(evidence):
        gone, come = line.add(news)
        last = {(answer := _answer(draft.period)): _one_of(standing[answer]) for draft in gone}
        for draft in gone:
            standing[_answer(draft.period)].remove(draft)
        for draft in come:
            standing.setdefault(_answer(draft.period), []).append(draft)
            since.setdefault(_answer(draft.period), day)
        for answer, draft in last.items():
            if not standing[answer]:
                del standing[answer]
                past.append((draft, since.pop(answer), day))
    changes = [(_change(happening), happening) for happening in line.found]
    ids = {claim.key: change.id for change, happening in changes for claim in happening.supporting}
    periods = [_finished(draft, ids, first, last_day) for draft, first, last_day in past]
    periods += [_finished(_one_of(drafts), ids, since[answer], None) for answer, drafts in standing.items()]
    return tuple(change for change, _ in changes), tuple(periods)


def _one_of(drafts: Sequence[Draft]) -> Draft:
    """One of several drafts that give the same answer, whatever their order."""
    return min(drafts, key=lambda draft: _keys(draft.supporting)) if len(drafts) > 1 else drafts[0]


def _by_day_known(evidence: Evidence) -> list[tuple[date, Evidence]]:
    """What became known on which day, in order."""
    claims: defaultdict[date, list[ControlClaim]] = defaultdict(list)
    parts: defaultdict[date, list[tuple[date, ControlClaim]]] = defaultdict(list)
    clashes: defaultdict[date, list[IncidentClaim]] = defaultdict(list)
    for claim in evidence.claims:
        claims[_known(claim)].append(claim)
    for told, claim in evidence.parts:
        parts[_known(claim)].append((told, claim))
    for clash in evidence.clashes:
        clashes[_known(clash)].append(clash)
    return [
        (day, Evidence(tuple(claims.get(day, ())), tuple(parts.get(day, ())), tuple(clashes.get(day, ()))))
        for day in sorted({*claims, *parts, *clashes})
    ]


def _known(claim: Claim) -> date:
    return claim.published or END_OF_TIME


def _answer(period: ControlPeriod) -> tuple[object, ...]:
    """What makes a period the same answer in two versions: who has the place, how, and all bounds.

    The bounds of the holding count too: a report of its end changes what is answered for all of its phases.
    """
    holding = (period.since_earliest, period.since_latest, period.until_earliest, period.until_latest)
    phase = (
        period.phase_since_earliest,
        period.phase_since_latest,
        period.phase_until_earliest,
        period.phase_until_latest,
    )
    return period.place, period.holder, period.status, period.basis, holding, phase


def _change(happening: Happening) -> ControlChange:
    change = ControlChange(
        id="",
        place=happening.place,
        winners=happening.winners,
        losers=happening.losers,
        extent=happening.extent,
        basis=happening.basis,
        earliest=happening.bounds.earliest,
        latest=happening.bounds.latest,
        supporting=_keys(happening.supporting),
        opposing=_keys(happening.opposing),
    )
    return replace(change, id=stable_id("change", _place_and_time(change), change.supporting))


def _place_and_time(change: ControlChange) -> list[object]:
    return [change.place, change.winners, change.losers, change.extent, change.earliest, change.latest]


def _finished(draft: Draft, changes: Mapping[str, str], first: date, last: date | None) -> ControlPeriod:
    """A period with its id and when it was known, and its beginning among the changes as known at the end."""
    told: Iterable[ControlClaim] = draft.happening.supporting if draft.happening else ()
    ids = Counter(changes[claim.key] for claim in told if claim.key in changes)
    return replace(
        draft.period,
        id=stable_id("period", [*_answer(draft.period), first, last]),
        known_from=first,
        known_until=last,
        supporting=_keys(draft.supporting),
        opposing=_keys(draft.opposing),
        change=min(ids, key=lambda found: (-ids[found], found), default=None),
    )


def _keys(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The keys of claims, each once, sorted."""
    return tuple(sorted({claim.key for claim in claims}))
