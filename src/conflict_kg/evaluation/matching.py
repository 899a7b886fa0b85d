"""How well a record fits an entry of gold, and what keeps a fitting one from being exact.

A fit is a weight: 0 where they tell of different things, more the better it is. docs/evaluation.md has the rules.
"""

from datetime import date, timedelta

from conflict_kg.evaluation.found import FoundCasualty, FoundControl, FoundStatement
from conflict_kg.evaluation.gold import GoldCasualty, GoldControl, GoldStatement, Names
from conflict_kg.evaluation.same import OPENS, Alike, opens_with, same_actor, same_person, same_place, whole_of
from conflict_kg.model import ControlKind, Status

CLASSES = {
    Status.ASSERTED: "happened",
    Status.CLAIMED: "happened",
    Status.DENIED: "did not happen",
    Status.FAILED: "did not happen",
    Status.PLANNED: "not yet",
    Status.EXPECTED: "not yet",
}
WIDER = timedelta(days=7)
"""How far a record's dates may reach beyond those of gold on either side."""


# ---------------------------------------------------------------- control


def control_fit(entry: GoldControl, record: FoundControl, alike: Alike) -> float:
    """The same place, class of status and parties: every party that both name agrees, and at least one does."""
    comparable = record.kind in entry.kinds or (entry.kind is ControlKind.HOLDS) == (record.kind is ControlKind.HOLDS)
    if not comparable or not _is_at(entry.place, record):
        return 0
    if CLASSES[record.status] not in {CLASSES[status] for status in entry.statuses}:
        return 0
    parties = ((entry.winner, record.winner), (entry.loser, record.loser))
    told = [(value, _is_actor(names, value, alike)) for names, value in parties if names]
    agreeing = sum(agrees for _, agrees in told)
    if (told and not agreeing) or any(value and not agrees for value, agrees in told):
        return 0
    return 10 + 3 * agreeing + 4 * (record.kind in entry.kinds) + (record.status in entry.statuses)


def control_faults(entry: GoldControl, record: FoundControl, alike: Alike) -> tuple[str, ...]:
    """Which of kind, status, winner, loser and time are not right; of parties and time, where gold has them."""
    parties = (("winner", entry.winner, record.winner), ("loser", entry.loser, record.loser))
    wrong = [
        *(["kind"] if record.kind not in entry.kinds else []),
        *(["status"] if record.status not in entry.statuses else []),
        *(role for role, names, value in parties if names and not _is_actor(names, value, alike)),
        *(["time"] if entry.when and not _meets(entry.when, record) else []),
    ]
    return tuple(wrong)


def _is_at(place: Names, record: FoundControl) -> bool:
    """The place; or its whole, where gold names a part of it and the record itself says that only a part is meant."""
    whole = whole_of(place.name)
    names = [name for name in place.every if not (whole and same_place(name, whole))]
    if any(same_place(name, record.place) for name in names):
        return True
    partial = record.partial or record.kind is ControlKind.PARTIAL_CAPTURE
    return partial and whole is not None and same_place(whole, record.place)


def _meets(when: tuple[date, date], record: FoundControl) -> bool:
    """Whether a record's days meet those of gold, and are not much wider."""
    earliest = record.begin_earliest or record.begin_latest
    latest = record.begin_latest or record.begin_earliest
    if earliest is None or latest is None:
        return False
    first, last = when
    return earliest <= last and latest >= first and first - earliest <= WIDER and latest - last <= WIDER


# ---------------------------------------------------------------- statements


def statement_fit(entry: GoldStatement, record: FoundStatement, alike: Alike) -> float:
    """The same speaker and the same opening words."""
    if not same_person(entry.speaker, record.speaker, alike):
        return 0
    share = opens_with(record.content, entry.quote)
    return share if share >= OPENS else 0


def relay_is_right(entry: GoldStatement, record: FoundStatement, alike: Alike) -> bool:
    """Whether the record names the outlet through which gold has the statement."""
    return any(same_actor(entry.reported_by, outlet, alike) for outlet in record.relayed_by)


# ---------------------------------------------------------------- casualties


def casualty_fit(entry: GoldCasualty, record: FoundCasualty, alike: Alike) -> float:
    """The same harm and a number in common; without a number on either side, the same place or source."""
    if entry.harm is not record.harm:
        return 0
    figures = {entry.low, entry.high} - {None}
    place = same_place(entry.place.name if entry.place else None, record.place)
    near = place + any(same_person(entry.source, source, alike) for source in record.according_to)
    if figures & record.figures:
        return 1 + near
    return near if not figures and not record.figures else 0


def casualty_faults(entry: GoldCasualty, record: FoundCasualty, alike: Alike) -> tuple[str, ...]:
    """Which of place and source are not right, where gold has them."""
    here = not entry.place or any(same_place(name, record.place) for name in entry.place.every)
    said = not entry.source or any(same_person(entry.source, source, alike) for source in record.according_to)
    return (*(() if here else ("place",)), *(() if said else ("source",)))


def _is_actor(names: Names, value: str | None, alike: Alike) -> bool:
    return any(same_actor(name, value, alike) for name in names.every)
