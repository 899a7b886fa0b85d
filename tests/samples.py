"""A small invented war that several tests share: three reports, what was read from them, and what follows.

All is imaginary. The Northern Front takes Qara Tepe from the Federal Army of Arsavia; two weeks later the army says
it is back in a district, which the Front denies; an undated third report says that the Front holds the town.
"""

from datetime import date

from conflict_kg.model import (
    Account,
    Actor,
    ActorKind,
    Basis,
    CasualtyClaim,
    CasualtyRange,
    Claim,
    ControlChange,
    ControlClaim,
    ControlKind,
    ControlPeriod,
    Count,
    Dimension,
    Disagreement,
    Extent,
    Harm,
    Holding,
    IncidentClaim,
    IncidentKind,
    Means,
    Mention,
    Passage,
    Period,
    Place,
    PlaceKind,
    Reading,
    Report,
    Section,
    SectionKind,
    Statement,
    Status,
)

# ---------------------------------------------------------------- reports


def _report(id: str, headline: str, body: str, published: date | None, publisher: str | None) -> Report:
    text = f"{headline}\n\n{body}\n"
    sections = (
        Section(SectionKind.HEADLINE, 0, len(headline), published),
        Section(SectionKind.BODY, len(headline) + 2, len(text) - 1, published),
    )
    url = f"https://news.example/{id}" if publisher else None
    return Report(id, text, text, sections, headline, published, publisher, url, "en", f"{id}.txt")


FALL = _report(
    "fall",
    "Qara Tepe falls to the Northern Front",
    "The Northern Front seized Qara Tepe on Tuesday after the Federal Army withdrew from the town. "
    '"At least 40 soldiers were killed," said Tolan Meres, a spokesman for the Federal Army, Vesh Radio reported. '
    "A police officer said that a car bomb had hit the Old Bazaar.",
    date(2031, 3, 5),
    "Meridian Wire",
)
DISTRICT = _report(
    "district",
    "Army “back in Qara Tepe”",
    "The Federal Army said that it had retaken the Old Bazaar, a district of Qara Tepe, on Wednesday. "
    "The Northern Front denied that it had lost the district. "
    "About 12,000 people have fled Qara Tepe, according to Meridian Wire. "
    "The army is expected to retake the whole town within days.",
    date(2031, 3, 20),
    "Harbour Gazette",
)
UNDATED = _report("undated", "Notes from the hills", "Front fighters still hold Qara Tepe.", None, None)

# ---------------------------------------------------------------- who and where

GOVERNMENT = Actor(
    "arsavian-government", "Arsavia", "Arsavian government", ActorKind.GOVERNMENT, True, "arsavian-government"
)
ARMY = Actor(
    "federal-army",
    "Federal Army",
    "Federal Army of Arsavia",
    ActorKind.STATE_FORCE,
    True,
    "arsavian-government",
    "arsavian-government",
    reason="alias in the lexicon",
)
FRONT = Actor("northern-front", "Northern Front", "Northern Front", ActorKind.ARMED_GROUP, True, "northern-front")
FRONT_SHORT = Actor("northern-front", "Front fighters", "Northern Front", ActorKind.ARMED_GROUP, True, "northern-front")
MERES = Actor(
    "tolan-meres-5d1c",
    "Tolan Meres",
    "Tolan Meres",
    ActorKind.PERSON,
    False,
    "arsavian-government",
    "federal-army",
    "spokesman for the Federal Army",
)
OFFICER = Actor(
    f"unnamed-{FALL.digest[:8]}-a-police-officer",
    "a police officer",
    "a police officer",
    ActorKind.UNNAMED,
    False,
    f"unnamed-{FALL.digest[:8]}-a-police-officer",
)
RADIO = Actor("vesh-radio", "Vesh Radio", "Vesh Radio", ActorKind.OUTLET, False, "vesh-radio")
WIRE = Actor("meridian-wire", "Meridian Wire", "Meridian Wire", ActorKind.OUTLET, True, "meridian-wire")

ARSAVIA = Place("geonames-990000001", "Arsavia", "Arsavia", PlaceKind.COUNTRY, True, None, "XA", 41.0, 51.0)
VESH = Place(
    "geonames-990000002",
    "Vesh Province",
    "Vesh Province",
    PlaceKind.AREA,
    True,
    "geonames-990000001",
    "XA",
    41.25,
    51.5,
)
QARA_TEPE = Place(
    "geonames-990000003",
    "Qara Tepe",
    "Qara Tepe",
    PlaceKind.SETTLEMENT,
    True,
    "geonames-990000002",
    "XA",
    41.3125,
    51.625,
    "only place of that name",
)
BAZAAR = Place("old-bazaar-7b20", "Old Bazaar", "Old Bazaar", PlaceKind.PART, False, "geonames-990000003", "XA")

# ---------------------------------------------------------------- claims


def _passage(report: Report, quote: str) -> Passage:
    start = report.text.index(quote)
    return Passage(report.id, start, start + len(quote), quote)


def _days(begin: str, text: str | None = None) -> Period:
    """A happening on one known day."""
    day = date.fromisoformat(begin)
    return Period(day, day, text=text)


_FALL_QUOTE = '"At least 40 soldiers were killed," said Tolan Meres, a spokesman for the Federal Army'
SAID = Statement(
    passage=_passage(FALL, _FALL_QUOTE),
    digest=FALL.digest,
    published=FALL.published,
    according_to=(MERES,),
    relayed_by=(RADIO,),
    rule="statement.said",
    direct=True,
    content="At least 40 soldiers were killed,",
    speaker_role="spokesman for the Federal Army",
)
CAPTURE = ControlClaim(
    passage=_passage(FALL, "The Northern Front seized Qara Tepe on Tuesday"),
    digest=FALL.digest,
    published=FALL.published,
    rule="control.seize",
    place=QARA_TEPE,
    winners=(FRONT,),
    losers=(ARMY,),
    kind=ControlKind.CAPTURE,
    status=Status.ASSERTED,
    when=_days("2031-03-04", "on Tuesday"),
)
WITHDRAWAL = ControlClaim(
    passage=_passage(FALL, "the Federal Army withdrew from the town"),
    digest=FALL.digest,
    published=FALL.published,
    rule="control.withdraw",
    place=QARA_TEPE,
    losers=(ARMY,),
    kind=ControlKind.WITHDRAWAL,
    status=Status.ASSERTED,
    when=_days("2031-03-04", "on Tuesday"),
)
KILLED = CasualtyClaim(
    passage=_passage(FALL, "At least 40 soldiers were killed"),
    digest=FALL.digest,
    published=FALL.published,
    according_to=(MERES,),
    relayed_by=(RADIO,),
    rule="casualty.killed",
    stated_in=SAID.key,
    harm=Harm.KILLED,
    count=Count("At least 40", low=40),
    victims="soldiers",
    place=QARA_TEPE,
    blamed=(FRONT,),
    when=_days("2031-03-04"),
)
BOMB = IncidentClaim(
    passage=_passage(FALL, "a car bomb had hit the Old Bazaar"),
    digest=FALL.digest,
    published=FALL.published,
    according_to=(OFFICER,),
    rule="incident.bombing",
    note="could not be independently verified",
    kind=IncidentKind.BOMBING,
    status=Status.CLAIMED,
    means=Means.CAR_BOMB,
    targets=(),
    place=BAZAAR,
)
RETAKEN = ControlClaim(
    passage=_passage(DISTRICT, "it had retaken the Old Bazaar, a district of Qara Tepe, on Wednesday"),
    digest=DISTRICT.digest,
    published=DISTRICT.published,
    according_to=(ARMY,),
    rule="control.retake",
    place=BAZAAR,
    winners=(ARMY,),
    losers=(FRONT,),
    kind=ControlKind.RECAPTURE,
    status=Status.CLAIMED,
    when=_days("2031-03-19", "on Wednesday"),
)
DENIED = ControlClaim(
    passage=_passage(DISTRICT, "The Northern Front denied that it had lost the district"),
    digest=DISTRICT.digest,
    published=DISTRICT.published,
    according_to=(FRONT,),
    rule="control.lose",
    place=BAZAAR,
    winners=(ARMY,),
    losers=(FRONT,),
    kind=ControlKind.LOSS,
    status=Status.DENIED,
    when=_days("2031-03-19"),
)
FLED = CasualtyClaim(
    passage=_passage(DISTRICT, "About 12,000 people have fled Qara Tepe"),
    digest=DISTRICT.digest,
    published=DISTRICT.published,
    according_to=(WIRE,),
    rule="casualty.displaced",
    harm=Harm.DISPLACED,
    count=Count("About 12,000", best=12000),
    victims="people",
    place=QARA_TEPE,
    when=Period(begin_latest=date(2031, 3, 20), end_latest=date(2031, 3, 21)),
)
EXPECTED = ControlClaim(
    passage=_passage(DISTRICT, "The army is expected to retake the whole town within days"),
    digest=DISTRICT.digest,
    published=DISTRICT.published,
    rule="control.retake",
    place=QARA_TEPE,
    winners=(ARMY,),
    presumed=(FRONT,),
    kind=ControlKind.RECAPTURE,
    status=Status.EXPECTED,
    when=Period(begin_earliest=date(2031, 3, 20), text="within days"),
)
HOLDS = ControlClaim(
    passage=_passage(UNDATED, "Front fighters still hold Qara Tepe"),
    digest=UNDATED.digest,
    published=None,
    rule="control.hold",
    place=QARA_TEPE,
    winners=(FRONT_SHORT,),
    kind=ControlKind.HOLDS,
    status=Status.ASSERTED,
)


def _mention(report: Report, entity: Actor | Place) -> Mention:
    return Mention(
        passage=_passage(report, entity.name),
        digest=report.digest,
        published=report.published,
        rule="mention.lexicon",
        entity=entity,
    )


def _reading(
    report: Report, claims: tuple[Claim, ...], places: tuple[Place, ...], actors: tuple[Actor, ...]
) -> Reading:
    named: tuple[Actor | Place, ...] = (*actors, *places)
    mentions = [_mention(report, entity) for entity in named if entity.name in report.text]
    ordered = sorted([*claims, *mentions], key=lambda claim: (claim.passage.start, type(claim).__name__, claim.key))
    by_id = {place.id: place for place in places}
    actors_by_id = {actor.id: actor for actor in actors}
    return Reading(
        report,
        tuple(ordered),
        tuple(by_id[id] for id in sorted(by_id)),
        tuple(actors_by_id[id] for id in sorted(actors_by_id)),
    )


def readings() -> tuple[Reading, ...]:
    """What was read from the three reports."""
    places = (ARSAVIA, VESH, QARA_TEPE, BAZAAR)
    return (
        _reading(
            FALL, (SAID, CAPTURE, WITHDRAWAL, KILLED, BOMB), places, (GOVERNMENT, ARMY, FRONT, MERES, OFFICER, RADIO)
        ),
        _reading(DISTRICT, (RETAKEN, DENIED, FLED, EXPECTED), places, (GOVERNMENT, ARMY, FRONT, WIRE)),
        _reading(UNDATED, (HOLDS,), (ARSAVIA, VESH, QARA_TEPE), (FRONT_SHORT,)),
    )


# ---------------------------------------------------------------- account

_FALL_CHANGE = ControlChange(
    id="c-fall",
    place=QARA_TEPE.id,
    winners=(FRONT.id,),
    losers=(ARMY.id,),
    extent=Extent.FULL,
    basis=Basis.CONFIRMED,
    earliest=date(2031, 3, 4),
    latest=date(2031, 3, 4),
    supporting=tuple(sorted((CAPTURE.key, WITHDRAWAL.key))),
    opposing=(),
)
_BAZAAR_CHANGE = ControlChange(
    id="c-bazaar",
    place=BAZAAR.id,
    winners=(ARMY.id,),
    losers=(FRONT.id,),
    extent=Extent.FULL,
    basis=Basis.CLAIMED,
    earliest=date(2031, 3, 19),
    latest=date(2031, 3, 19),
    supporting=(RETAKEN.key,),
    opposing=(DENIED.key,),
)


def _held(
    id: str,
    place: Place,
    holder: Actor,
    basis: Basis,
    change: ControlChange,
    *,
    known: tuple[date, date | None],
    supporting: tuple[str, ...] = (),
) -> ControlPeriod:
    """What the winner of a change holds since then, or its loser held until then."""
    day = change.earliest
    since, until = (day, None) if holder.id in change.winners else (None, day)
    return ControlPeriod(
        id=id,
        place=place.id,
        holder=holder.id,
        status=Holding.HELD,
        basis=basis,
        since_earliest=since,
        since_latest=since,
        until_earliest=until,
        until_latest=until,
        phase_since_earliest=since,
        phase_since_latest=since,
        phase_until_earliest=until,
        phase_until_latest=until,
        last_known=since or date(2031, 3, 3),
        known_from=known[0],
        known_until=known[1],
        rule="winner holds" if since else "loser held before",
        supporting=supporting or change.supporting,
        opposing=change.opposing,
        change=change.id if since else None,
    )


def account() -> Account:
    """What follows from the three reports, written out by hand."""
    fall, bazaar = _FALL_CHANGE, _BAZAAR_CHANGE
    told, end = date(2031, 3, 5), date(9999, 12, 31)
    supporting = tuple(sorted((*fall.supporting, HOLDS.key)))
    periods = (
        _held("p-before", QARA_TEPE, ARMY, Basis.INFERRED, fall, known=(told, None)),
        _held("p-front", QARA_TEPE, FRONT, Basis.CONFIRMED, fall, known=(told, end)),
        _held("p-front-2", QARA_TEPE, FRONT, Basis.CONFIRMED, fall, known=(end, None), supporting=supporting),
        _held("p-bazaar", BAZAAR, ARMY, Basis.CLAIMED, bazaar, known=(date(2031, 3, 20), None)),
    )
    ranges = (
        CasualtyRange(
            id="r-fled",
            place=QARA_TEPE.id,
            harm=Harm.DISPLACED,
            victims="people",
            low=None,
            best=12000,
            high=None,
            earliest=None,
            latest=date(2031, 3, 21),
            origins=1,
            supporting=(FLED.key,),
        ),
        CasualtyRange(
            id="r-killed",
            place=QARA_TEPE.id,
            harm=Harm.KILLED,
            victims="soldiers",
            low=40,
            best=None,
            high=None,
            earliest=date(2031, 3, 4),
            latest=date(2031, 3, 5),
            origins=1,
            supporting=(KILLED.key,),
        ),
    )
    denied = Disagreement(
        "d-bazaar", BAZAAR.id, Dimension.HAPPENED, False, "denied", one=bazaar.supporting, other=bazaar.opposing
    )
    return Account((_FALL_CHANGE, _BAZAAR_CHANGE), periods, ranges, (denied,))
