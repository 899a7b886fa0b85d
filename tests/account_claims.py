"""Short ways to write claims by hand for the tests of the account, and to read what follows from them."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from conflict_kg.model import (
    Account,
    Actor,
    ActorKind,
    CasualtyClaim,
    Claim,
    ControlClaim,
    ControlKind,
    ControlPeriod,
    Count,
    Extent,
    Harm,
    IncidentClaim,
    IncidentKind,
    Passage,
    Period,
    Place,
    PlaceKind,
    Status,
)

Days = str | tuple[str | None, str | None] | None


def actor(id: str, party: str | None = None, kind: ActorKind = ActorKind.ARMED_GROUP) -> Actor:
    """Somebody of a party; without one they are their own."""
    return Actor(id, id, id, kind, party=party or id)


def place(id: str, located_in: str | None = None, kind: PlaceKind = PlaceKind.SETTLEMENT) -> Place:
    """Somewhere."""
    return Place(id, id, id, kind, located_in=located_in)


REDS, BLUES, GREENS = actor("reds"), actor("blues"), actor("greens")
RED_SPEAKER, BLUE_SPEAKER = actor("red-speaker", "reds"), actor("blue-speaker", "blues")
WATCH = actor("watch", kind=ActorKind.MONITOR)
TOWN = place("town", "province")
GATE = place("gate", "town", PlaceKind.PART)
PROVINCE = place("province", kind=PlaceKind.AREA)
PLACES = {each.id: each for each in (TOWN, GATE, PROVINCE)}


def day(text: str | None) -> date | None:
    """A date from its ISO form."""
    return date.fromisoformat(text) if text else None


def when(begin: Days = None, end: Days = None) -> Period:
    """A period from a day, or from the earliest and latest day, of its begin and its end."""
    first = begin if isinstance(begin, tuple) else (begin, begin)
    last = end if isinstance(end, tuple) else (end, end)
    return Period(day(first[0]), day(first[1]), day(last[0]), day(last[1]))


def passage(document: str, quote: str, kind: str) -> tuple[Passage, str]:
    """A passage that no other claim of a document has, and the document's digest."""
    start = int(hashlib.sha256(f"{quote}{kind}".encode()).hexdigest()[:6], 16)
    return Passage(document, start, start + len(quote), quote), hashlib.sha256(document.encode()).hexdigest()


def control(
    kind: str,
    where: Place = TOWN,
    *,
    by: Actor | tuple[Actor, ...] = (),
    of: Actor | tuple[Actor, ...] = (),
    on: Days = None,
    end: Days = None,
    doc: str = "doc",
    out: str | None = "2031-06-30",
    says: Actor | tuple[Actor, ...] = (),
    status: str = "",
    partial: bool = False,
    quote: str = "",
    stated_in: str | None = None,
) -> ControlClaim:
    """A control claim: ``by`` wins or besieges, ``of`` loses; ``on`` is when, ``out`` the day of publication.

    Without a status it is claimed if somebody ``says`` it, and asserted if nobody does.
    """
    winners, losers, sources = (each if isinstance(each, tuple) else (each,) for each in (by, of, says))
    text = quote or f"{kind} {where.id} {on} {end} {[a.id for a in (*winners, *losers, *sources)]} {status} {doc}"
    found, digest = passage(doc, text, kind)
    return ControlClaim(
        passage=found,
        digest=digest,
        published=day(out),
        according_to=sources,
        rule="hand",
        stated_in=stated_in,
        place=where,
        winners=winners,
        losers=losers,
        kind=ControlKind(kind),
        status=Status(status or ("claimed" if sources else "asserted")),
        extent=Extent.PARTIAL if partial or kind == "partial_capture" else Extent.FULL,
        when=when(on, end),
    )


def clash(
    where: Place,
    agents: tuple[Actor, ...],
    on: Days = None,
    out: str = "2031-06-30",
    doc: str = "doc",
    *,
    status: str = "asserted",
    near: bool = False,
) -> IncidentClaim:
    """A clash between agents, the first on one side and the others on the other."""
    found, digest = passage(doc, f"clash at {where.id} {on}", "clash")
    return IncidentClaim(
        passage=found,
        digest=digest,
        published=day(out),
        rule="hand",
        kind=IncidentKind.CLASH,
        status=Status(status),
        agents=agents[:1],
        targets=agents[1:],
        place=where,
        near=near,
        when=when(on),
    )


def harmed(
    harm: str,
    victims: str | None,
    low: int | None = None,
    best: int | None = None,
    high: int | None = None,
    *,
    where: Place | None = TOWN,
    on: Days = None,
    end: Days = None,
    doc: str = "doc",
    out: str | None = "2031-06-30",
    says: Actor | tuple[Actor, ...] = (),
) -> CasualtyClaim:
    """A casualty claim."""
    sources = says if isinstance(says, tuple) else (says,)
    found, digest = passage(doc, f"{harm} {victims} {low} {best} {high} {on} {[a.id for a in sources]} {doc}", harm)
    return CasualtyClaim(
        passage=found,
        digest=digest,
        published=day(out),
        according_to=sources,
        rule="hand",
        harm=Harm(harm),
        count=Count("", low, best, high),
        victims=victims,
        place=where,
        when=when(on, end),
    )


def report(document: str, published: str | None, *claims: Claim) -> list[Claim]:
    """Claims as those of one report."""
    return [
        replace(
            claim,
            passage=replace(claim.passage, document=document, quote=f"{claim.passage.quote} ({document})"),
            digest=hashlib.sha256(document.encode()).hexdigest(),
            published=day(published),
        )
        for claim in claims
    ]


def standing(account: Account, where: Place, known_by: str = "9999-12-31") -> list[ControlPeriod]:
    """The periods of a place as known on a day, in order of time."""
    known = date.fromisoformat(known_by)
    found = [
        period
        for period in account.periods
        if period.place == where.id
        and (period.known_from or date.min) <= known
        and (period.known_until is None or known < period.known_until)
    ]
    return sorted(found, key=_order)


def on_day(account: Account, where: Place, asked: str, known_by: str = "9999-12-31") -> list[ControlPeriod]:
    """The periods of a place that may hold on a day."""
    wanted = date.fromisoformat(asked)
    return [
        period
        for period in standing(account, where, known_by)
        if (period.phase_since_earliest or date.min) <= wanted
        and (period.phase_until_latest is None or wanted < period.phase_until_latest)
    ]


def shape(periods: Iterable[ControlPeriod]) -> list[tuple[str | None, str, str | None]]:
    """Holder, status and basis of periods."""
    return [(p.holder, p.status.value, p.basis.value if p.basis else None) for p in periods]


def since(period: ControlPeriod) -> tuple[str | None, str | None]:
    """The bounds of the begin of a period's holding in ISO form."""
    return _iso(period.since_earliest), _iso(period.since_latest)


def until(period: ControlPeriod) -> tuple[str | None, str | None]:
    """The bounds of the end of a period's holding in ISO form."""
    return _iso(period.until_earliest), _iso(period.until_latest)


def phase(period: ControlPeriod) -> tuple[str | None, str | None]:
    """The latest day on which a period's status began to stand and the earliest on which it no longer stood."""
    return _iso(period.phase_since_latest), _iso(period.phase_until_earliest)


def _iso(found: date | None) -> str | None:
    return found.isoformat() if found else None


def _order(period: ControlPeriod) -> tuple[date, date, str, str]:
    since = (period.phase_since_latest or date.min, period.phase_since_earliest or date.min)
    return *since, period.status, period.holder or ""


_DAYS = st.dates(date(2031, 1, 1), date(2031, 3, 1))


@st.composite
def control_claims(draw: st.DrawFn) -> ControlClaim:
    """Any control claim about the town or its gate by and of three parties."""
    first = draw(st.none() | _DAYS)
    begin = None
    if first is not None:
        last = first + timedelta(draw(st.integers(0, 20)))
        begin = (draw(st.sampled_from([None, first.isoformat()])), last.isoformat())
    published = draw(st.none() | _DAYS)
    end = draw(st.none() | st.none() | _DAYS)
    sides = st.sampled_from([(), (REDS,), (BLUES,), (GREENS,), (GREENS, REDS)])
    return control(
        draw(st.sampled_from(["capture", "capture", "withdrawal", "holds", "siege", "partial_capture", "handover"])),
        draw(st.sampled_from([TOWN, TOWN, GATE])),
        by=draw(sides),
        of=draw(sides),
        on=begin,
        end=end.isoformat() if end else None,
        doc=draw(st.sampled_from("abcd")),
        out=published.isoformat() if published else None,
        says=draw(st.sampled_from([(), (), (RED_SPEAKER,), (BLUE_SPEAKER,), (WATCH,)])),
        status=draw(st.sampled_from(["", "", "", "denied", "expected"])),
    )
