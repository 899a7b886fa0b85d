"""Phases -> holdings: since when and until when a holder has a place, whatever the status in between."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from conflict_kg.account.bounds import Bounds, closed, not_before
from conflict_kg.account.periods import Draft
from conflict_kg.account.phase import capped
from conflict_kg.model import ControlPeriod


class Holdings:
    """The drafts of the phases of one place, with the bounds of the holdings they belong to.

    Who is said to have the place in the next phase too goes on holding it, unless that phase begins with a gain of
    its own.
    """

    def __init__(self) -> None:
        self._going: list[dict[str | None, tuple[Draft, ...]]] = [{}]
        """After each stretch, the drafts so far of the holdings that go on."""
        self._over: list[list[tuple[Draft, ...]]] = []
        """The holdings that end in each stretch."""
        self._given: dict[tuple[Draft, ...], list[Draft]] = {}

    def now(self, kept: int, fresh: Iterable[Iterable[Iterable[Draft]]]) -> tuple[list[Draft], list[Draft]]:
        """The drafts that no longer stand and those that do now; ``fresh`` are the phases after ``kept`` stretches."""
        before = [run for over in self._over[kept:] for run in over] + [*self._going[-1].values()]
        del self._going[kept + 1 :], self._over[kept:]
        for phases in fresh:
            going, over = self._going[-1], []
            for phase in phases:
                now = {draft.period.holder: _run(going, draft) for draft in phase}
                over += [run for holder, run in going.items() if holder not in now or now[holder][0] is not run[0]]
                going = now
            self._going.append(going)
            self._over.append(over)
        after = [run for over in self._over[kept:] for run in over] + [*self._going[-1].values()]
        ended = dict.fromkeys(before)
        begun = [run for run in after if run not in ended]
        for run in after:
            ended.pop(run, None)
        gone = [draft for run in ended for draft in self._given.pop(run)]
        self._given |= {run: _holding(run) for run in begun}
        return gone, [draft for run in begun for draft in self._given[run]]


def _run(going: Mapping[str | None, tuple[Draft, ...]], draft: Draft) -> tuple[Draft, ...]:
    """The holding that a draft begins or goes on with."""
    return (draft,) if draft.fresh else (*going.get(draft.period.holder, ()), draft)


def _holding(run: tuple[Draft, ...]) -> list[Draft]:
    if len(run) == 1:
        return [run[0]]  # its phase is all there is of the holding
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
