"""Phases -> holdings: since when and until when a holder has a place, whatever the status in between."""

from collections.abc import Sequence
from dataclasses import replace

from conflict_kg.account.bounds import Bounds, closed, not_before
from conflict_kg.account.periods import Draft, capped
from conflict_kg.account.recall import Recall
from conflict_kg.model import ControlPeriod


def holdings(phases: Sequence[Sequence[Draft]], recall: Recall) -> list[Draft]:
    """The drafts of phases that follow one another, with the bounds of the holdings they belong to.

    Each phase has the drafts of all who are said to have the place in it. Who is said to have it in the next phase
    too goes on holding it, unless that phase begins with a gain of its own.
    """
    runs: list[list[Draft]] = []
    going: dict[str | None, list[Draft]] = {}
    for phase in phases:
        now: dict[str | None, list[Draft]] = {}
        for draft in phase:
            holder = draft.period.holder
            if draft.fresh or holder not in going:
                now[holder] = [draft]
                runs.append(now[holder])
            else:
                now[holder] = going[holder]
                now[holder].append(draft)
        going = now
    return [draft for run in runs for draft in recall(_holding, tuple(run))]


def _holding(run: tuple[Draft, ...]) -> list[Draft]:
    told = [run[0], *(_continued(run[0], draft) for draft in run[1:])]
    return [_held(told, draft) for draft in told]


def _continued(first: Draft, draft: Draft) -> Draft:
    """A later phase of a holding, not before the holding itself; it began with what the holding began with."""
    since = not_before(_since(first), _since(draft))
    until = not_before(since, _until(draft))
    return replace(draft, period=_with_phase(draft, since, until), happening=first.happening)


def _held(run: Sequence[Draft], draft: Draft) -> Draft:
    """A draft with the bounds of its holding; no phase outlasts it."""
    since, until = _since(run[0]), _until(run[-1])
    phase = _until(draft)
    if until.dated and phase.dated:
        phase = closed(phase.low, min(phase.high, until.high))
    period = replace(
        _with_phase(draft, _since(draft), phase),
        since_earliest=since.earliest,
        since_latest=since.latest,
        until_earliest=until.earliest,
        until_latest=until.latest,
        last_known=capped(draft.period.last_known, phase),
    )
    return replace(draft, period=period)


def _with_phase(draft: Draft, since: Bounds, until: Bounds) -> ControlPeriod:
    return replace(
        draft.period,
        phase_since_earliest=since.earliest,
        phase_since_latest=since.latest,
        phase_until_earliest=until.earliest,
        phase_until_latest=until.latest,
    )


def _since(draft: Draft) -> Bounds:
    return Bounds(draft.period.phase_since_earliest, draft.period.phase_since_latest)


def _until(draft: Draft) -> Bounds:
    return Bounds(draft.period.phase_until_earliest, draft.period.phase_until_latest)
