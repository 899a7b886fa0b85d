"""One report, one event: which mentions are one claim, and what sources that agree lend each other."""

from dataclasses import replace
from datetime import date

from conflict_kg.model import (
    Actor,
    ActorKind,
    ControlClaim,
    ControlKind,
    Extent,
    Passage,
    Period,
    Place,
    PlaceKind,
    Status,
)
from conflict_kg.reading.events import agreeing, one_an_event

GAO = Place("gao", "Gao", "Gao", PlaceKind.SETTLEMENT)
KIDAL = Place("kidal", "Kidal", "Kidal", PlaceKind.SETTLEMENT)
REBELS = Actor("rebels", "rebels", "rebels", ActorKind.ARMED_GROUP, party="rebels")
ARMY = Actor("army", "army", "army", ActorKind.STATE_FORCE, party="state")
POLICE = Actor("police", "police", "police", ActorKind.STATE_FORCE, party="state")


def _day(day: int, last: int | None = None) -> Period:
    return Period(date(2012, 3, day), date(2012, 3, last or day), text=f"{day} March")


FALL = ControlClaim(
    passage=Passage("r", 0, 10, "Gao fell.."),
    digest="d",
    published=date(2012, 4, 1),
    rule="test",
    place=GAO,
    winners=(REBELS,),
    losers=(ARMY,),
    kind=ControlKind.CAPTURE,
    status=Status.ASSERTED,
    when=_day(30),
)


def _later(start: int, **changes: object) -> ControlClaim:
    """The same claim from a later passage, with some fields changed."""
    return replace(FALL, passage=Passage("r", start, start + 10, "x" * 10), **changes)  # type: ignore[arg-type]  # as FALL


def test_one_an_event_joins_headline_and_body() -> None:
    """The headline without a day and the body with it are one claim, with the day and the passage that has it."""
    headline = replace(FALL, losers=(), when=Period())
    body = _later(20, winners=())
    joined = one_an_event([body, headline])
    assert len(joined) == 1
    assert joined[0].when == _day(30)
    assert (joined[0].winners, joined[0].losers) == ((REBELS,), (ARMY,))
    assert joined[0].passage == body.passage


def test_one_an_event_takes_the_tighter_time() -> None:
    """“In the last week of March” and "on 30 March" are one event, of the 30th."""
    assert one_an_event([_later(0, when=_day(25, 31)), _later(20)])[0].when == _day(30)


def test_one_an_event_keeps_sources_apart() -> None:
    """Two who say the same are two claims."""
    said = _later(20, according_to=(ARMY,), status=Status.CLAIMED)
    assert len(one_an_event([FALL, said])) == 2


def test_one_an_event_keeps_events_apart() -> None:
    """Another place, another day, another winner, a part, a denial, a plan or a siege is another event."""
    others = [
        _later(20, place=KIDAL),
        _later(20, when=_day(20)),
        _later(20, winners=(ARMY,), losers=(REBELS,)),
        _later(20, extent=Extent.PARTIAL),
        _later(20, status=Status.DENIED),
        _later(20, status=Status.PLANNED),
        _later(20, kind=ControlKind.SIEGE),
        _later(20, kind=ControlKind.HOLDS),
        _later(20, kind=ControlKind.WITHDRAWAL),
    ]
    for other in others:
        assert len(one_an_event([FALL, other])) == 2, other


def test_one_an_event_joins_forces_of_one_party() -> None:
    """The army in one sentence and the police in another lost it together; rebels and army would not."""
    assert len(one_an_event([FALL, _later(20, losers=(POLICE,))])) == 1
    assert len(one_an_event([FALL, _later(20, losers=(REBELS,), winners=())])) == 2


def test_one_an_event_prefers_the_kind_that_names_the_winner_s_deed() -> None:
    """A loss and a capture are one event, told as a capture; asserted once is asserted."""
    loss = _later(20, kind=ControlKind.LOSS, status=Status.CLAIMED)
    joined = one_an_event([loss, FALL])
    assert [(c.kind, c.status) for c in joined] == [(ControlKind.CAPTURE, Status.ASSERTED)]


def test_one_an_event_does_not_depend_on_order() -> None:
    """The same mentions in any order give the same claims."""
    mentions = [FALL, _later(20, when=Period()), _later(40, place=KIDAL), _later(60, status=Status.DENIED)]
    assert one_an_event(mentions) == one_an_event(mentions[::-1])


def test_agreeing_fills_in_what_a_mention_leaves_out() -> None:
    """A claim without winner and day takes them from another source's claim of it; its standing stays its own."""
    denied = _later(20, according_to=(ARMY,), status=Status.DENIED, winners=(), losers=(), when=Period())
    told, filled = agreeing([FALL, denied])
    assert told == FALL
    assert (filled.winners, filled.when, filled.status) == ((REBELS,), _day(30), Status.DENIED)


def test_agreeing_takes_nothing_from_what_contradicts() -> None:
    """The opposite direction, another place, a part or a plan fills nothing in."""
    bare = _later(20, according_to=(ARMY,), winners=(), losers=(), when=Period())
    others = [
        replace(FALL, kind=ControlKind.RECAPTURE),
        replace(FALL, place=KIDAL),
        replace(FALL, extent=Extent.PARTIAL),
        replace(FALL, status=Status.PLANNED),
    ]
    for other in others:
        assert agreeing([other, bare])[1] == bare, other


def test_agreeing_takes_the_holder_for_the_taker() -> None:
    """Where a place is said to be taken, or not, but not by whom, it is whoever is told to hold it; of two nobody."""
    held = _later(20, kind=ControlKind.HOLDS, losers=(), when=Period())
    for status in (Status.CLAIMED, Status.DENIED):
        taken = _later(40, winners=(), losers=(), status=status)
        assert agreeing([held, taken])[1].winners == (REBELS,)
        assert agreeing([held, replace(held, winners=(ARMY,)), taken])[2].winners == ()
        assert agreeing([replace(held, place=KIDAL), taken])[1].winners == ()
        assert agreeing([replace(held, passage=taken.passage), taken])[1].winners == ()
    back = _later(40, kind=ControlKind.RECAPTURE, winners=(), losers=())
    assert agreeing([held, back])[1].winners == ()
    planned = _later(40, winners=(), losers=(), status=Status.PLANNED)
    assert agreeing([held, planned])[1].winners == ()
