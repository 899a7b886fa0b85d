"""A control period whose holding has one status all along, the form that every other is made from."""

from datetime import date

from conflict_kg.account.bounds import Bounds
from conflict_kg.account.turns import DAY
from conflict_kg.model import Basis, ControlPeriod, Holding


def one_phase(
    *,
    place: str,
    holder: str | None,
    status: Holding,
    grade: Basis | None,
    since: Bounds,
    until: Bounds,
    last_known: date | None,
    rule: str,
) -> ControlPeriod:
    """A period of a holding that has no other, without what comes later: id, known bounds and keys of claims."""
    return ControlPeriod(
        id="",
        place=place,
        holder=holder,
        status=status,
        basis=grade,
        since_earliest=since.earliest,
        since_latest=since.latest,
        until_earliest=until.earliest,
        until_latest=until.latest,
        phase_since_earliest=since.earliest,
        phase_since_latest=since.latest,
        phase_until_earliest=until.earliest,
        phase_until_latest=until.latest,
        last_known=capped(last_known, until),
        known_from=None,
        known_until=None,
        rule=rule,
        supporting=(),
        opposing=(),
    )


def capped(known: date | None, until: Bounds) -> date | None:
    """The last known day, which lies before the day on which a period certainly is over."""
    return known if known is None or until.latest is None else min(known, until.latest - DAY)
