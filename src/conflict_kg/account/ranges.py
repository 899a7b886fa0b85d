"""Casualty claims -> ranges: the figures given for one harm, place and kind of victim in one stretch of time.

Figures are never added up. Different kinds of victims, places and times stand side by side.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import median_low

from conflict_kg.account.bounds import Bounds, closed
from conflict_kg.account.grouping import Gathering, group
from conflict_kg.account.sources import origins
from conflict_kg.account.stable import stable_id
from conflict_kg.account.surroundings import surroundings
from conflict_kg.model import CasualtyClaim, CasualtyRange, Harm, Period, Place, PlaceKind

PEOPLE = "people"
"""The class of victims of whom it is not said, or not alone, what they were."""
VICTIM_WORDS: Mapping[str, frozenset[str]] = {
    "civilians": frozenset(
        "civilian civilians resident residents inhabitant inhabitants villager villagers townspeople family families "
        "refugee refugees noncombatant noncombatants".split()
    ),
    "children": frozenset("child children boy boys girl girls baby babies infant infants minor minors".split()),
    "women": frozenset("woman women".split()),
    "soldiers": frozenset(
        "soldier soldiers troop troops army conscript conscripts serviceman servicemen military servicemembers marine "
        "marines forces personnel".split()
    ),
    "police": frozenset("police policeman policemen policewoman policewomen gendarme gendarmes".split()),
    "fighters": frozenset(
        "militant militants fighter fighters rebel rebels insurgent insurgents militia militias militiaman militiamen "
        "jihadi jihadis jihadist jihadists extremist extremists terrorist terrorists gunman gunmen guerrilla "
        "guerrillas combatant combatants paramilitary paramilitaries".split()
    ),
    "journalists": frozenset("journalist journalists reporter reporters cameraman cameramen".split()),
    "aid workers": frozenset("medic medics doctor doctors nurse nurses paramedic paramedics rescuer rescuers".split()),
    "hostages": frozenset("hostage hostages captive captives prisoner prisoners detainee detainees".split()),
}
"""Kinds of victims that are counted apart, and the words that name them."""
REACH = timedelta(days=14)
"""How far before its report an undated figure may lie, for the question which figures it may be compared with."""
SHORT = timedelta(days=30)
"""Figures for up to so many days are of an event; those for a longer time sum up a part of a war.

UCDP marks such sums (GED codebook: ``event_clarity`` 2, an aggregate); its ``date_prec`` 4 ends with a month."""


def victim_class(victims: str | None, harm: Harm) -> str:
    """The kind of victims that some words name; several kinds together are people, as are civilians who fled.

    >>> victim_class("police officers", Harm.KILLED), victim_class("civilians and soldiers", Harm.KILLED)
    ('police', 'people')
    """
    words = (victims or "").casefold().replace("-", " ").replace(",", " ").split()
    named = [kind for kind, members in VICTIM_WORDS.items() if members.intersection(words)]
    if "police" in named and "soldiers" in named and not {"soldier", "soldiers", "troops", "army"}.intersection(words):
        named.remove("soldiers")  # "police forces", "police personnel"
    if len(named) != 1 or (harm is Harm.DISPLACED and named[0] == "civilians"):
        return PEOPLE
    return named[0]


def figures_told(
    claims: Iterable[CasualtyClaim], places: Mapping[str, Place]
) -> Iterator[tuple[str | None, CasualtyClaim, str | None]]:
    """The claims of a report, or of many, that give a figure, each with the place at which it is compared with others.

    The last value is the victims' words where another figure of their kind counts them, too: such are compared with
    their like.
    """
    told_of = tuple(claims)
    kinds = {claim.key: victim_class(claim.victims, claim.harm) for claim in told_of}
    for claim in told_of:
        if lowest(claim) is not None or highest(claim) is not None:
            yield settlement(claim, places), claim, _part(claim, kinds)


def ranges(around: str | None, told: Iterable[tuple[CasualtyClaim, str | None]]) -> tuple[CasualtyRange, ...]:
    """The ranges of all claims that ``figures_told`` compares at one place, sorted by id."""
    alike: dict[tuple[Harm, str, str | None], list[CasualtyClaim]] = {}
    for claim, part in told:
        alike.setdefault((claim.harm, victim_class(claim.victims, claim.harm), part), []).append(claim)
    found = [
        _range(figures.members, kind, around)
        for (_, kind, _), members in alike.items()
        for figures in group(members, days_of, _Figures, timedelta(0))
    ]
    return tuple(sorted(found, key=lambda each: each.id))


def _part(claim: CasualtyClaim, kinds: Mapping[str, str]) -> str | None:
    """The words for victims whom another figure of their kind counts, too: they are compared with their like."""
    whole = claim.included_in
    return (claim.victims or "").casefold() if whole and kinds.get(whole.key) == kinds[claim.key] else None


def settlement(claim: CasualtyClaim, places: Mapping[str, Place]) -> str | None:
    """The settlement around the place of a claim, else that place."""
    if claim.place is None:
        return None
    for here in (claim.place.id, *surroundings(claim.place, places)):
        if here in places and places[here].kind is PlaceKind.SETTLEMENT:
            return here
    return claim.place.id


class _Figures(Gathering[CasualtyClaim]):
    """One place has one range for times of like length; the same figure for a part or another time is one figure.

    What comes on top is not.
    """

    __slots__ = ("_keys", "_on_top_of", "_told")

    def __init__(self, first: CasualtyClaim, span: Bounds) -> None:
        super().__init__(first, span)
        self._told: set[tuple[int | None, int | None, int | None]] = set()
        self._keys: set[str] = set()
        self._on_top_of: set[str] = set()
        self._note(first)

    def fits(self, claim: CasualtyClaim) -> bool:
        if claim.key in self._on_top_of or (claim.additional_to and claim.additional_to.key in self._keys):
            return False
        if _figures(claim) in self._told:
            return True
        there = self.members[0].place
        here = claim.place.id if claim.place else None
        return here == (there.id if there else None) and self.core.as_long_as(days_of(claim), SHORT)

    def add(self, claim: CasualtyClaim) -> None:
        super().add(claim)
        self._note(claim)

    def _note(self, claim: CasualtyClaim) -> None:
        self._told.add(_figures(claim))
        self._keys.add(claim.key)
        if claim.additional_to:
            self._on_top_of.add(claim.additional_to.key)


def _figures(claim: CasualtyClaim) -> tuple[int | None, int | None, int | None]:
    return claim.count.low, claim.count.best, claim.count.high


def _time(claim: CasualtyClaim) -> Bounds:
    """The days in which the victims came to harm: from the earliest to the last."""
    when = claim.when
    ends = [day - timedelta(days=1) for day in (when.end_latest, when.end_earliest) if day is not None]
    days = [day for day in (*ends, when.begin_latest, claim.published) if day is not None]
    latest = claim.published if _goes_on(when) and claim.published else days[0] if days else None
    if when.begin_earliest is not None and latest is not None:
        latest = max(latest, when.begin_earliest)
    return Bounds(when.begin_earliest, latest)


def _goes_on(when: Period) -> bool:
    """Whether what began then is told up to the report: "since January"."""
    return when.end_latest is None and (when.text or "").casefold().startswith("since ")


def days_of(claim: CasualtyClaim) -> Bounds:
    """The days in which the harm may be looked for when figures are compared."""
    span = _time(claim)
    return span if span.earliest or not span.latest else closed(_back(span.latest), span.latest)


def _back(day: date) -> date:
    return day - REACH if day - date.min > REACH else date.min


def lowest(claim: CasualtyClaim) -> int | None:
    """The lowest number that a claim allows; None where it gives only a highest."""
    return claim.count.low if claim.count.low is not None else claim.count.best


def highest(claim: CasualtyClaim) -> int | None:
    """The highest number that a claim allows; None where it gives only a lowest."""
    return claim.count.high if claim.count.high is not None else claim.count.best


def _range(members: Sequence[CasualtyClaim], kind: str, around: str | None) -> CasualtyRange:
    labels = origins(members)
    lows = [low for claim in members if (low := lowest(claim)) is not None]
    highs = [high for claim in members if (high := highest(claim)) is not None]
    high = max(highs, default=None)
    if high is not None and lows and max(lows) > high:
        high = None  # "at least 600" beside "500": nothing bounds it from above
    spans = [_time(claim) for claim in members]
    begins = [span.earliest for span in spans if span.earliest is not None]
    ends = [span.latest for span in spans if span.latest is not None]
    supporting = tuple(sorted(claim.key for claim in members))
    return CasualtyRange(
        id=stable_id("range", kind, supporting),
        place=_place(members, around),
        harm=members[0].harm,
        victims=kind,
        low=min(lows, default=None),
        best=_best(members, labels),
        high=high,
        earliest=min(begins, default=None),
        latest=max(ends, default=None),
        origins=len(set(labels.values())),
        supporting=supporting,
    )


def _place(members: Sequence[CasualtyClaim], around: str | None) -> str | None:
    """The place that most of the claims name; in doubt the one around the others."""
    count = Counter(claim.place.id for claim in members if claim.place)
    return min(count, key=lambda name: (-count[name], name != around, name), default=None)


def _best(members: Sequence[CasualtyClaim], labels: Mapping[str, str]) -> int | None:
    """The figure that most independent origins give; the lower median of those that tie. Bare bounds count last."""
    told = [(claim.count.best, labels[claim.key]) for claim in members]
    stated = {(figure, label) for figure, label in told if figure is not None}
    if not stated:
        stated = {(claim.count.low, labels[claim.key]) for claim in members if claim.count.low is not None}
    votes = Counter(figure for figure, _ in stated)
    if not votes:
        return None
    most = max(votes.values())
    return median_low(sorted(figure for figure, count in votes.items() if count == most and figure is not None))
