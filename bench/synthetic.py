"""Wars with a known truth: seeded histories of places, and what outlets of all kinds claim of them, without texts.

Everything here is drawn from one seed. Places, parties and outlets are imaginary and have no names but their ids.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from random import Random

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

FIRST = date(2031, 1, 1)
DAY = timedelta(days=1)
PARTIES = ("reds", "blues", "greens")
FORCES = {
    party: tuple(
        Actor(f"{party}-{n}", f"{party}-{n}", f"{party}-{n}", ActorKind.STATE_FORCE, party=party) for n in "ab"
    )
    for party in PARTIES
}
"""Two allied forces of each party: a change between them is no change of sides."""
SPEAKERS = {party: Actor(f"{party}-speaker", party, party, ActorKind.PERSON, party=party) for party in PARTIES}


@dataclass(frozen=True, slots=True)
class Noise:
    """How reports differ from what happened; all but ``delay`` are shares of reports, from 0 to 1."""

    delay: int = 0
    """Reports come out up to so many days after what they tell of."""
    vague: float = 0.0
    """Give a stretch of days or only "by now", instead of the day."""
    misdated: float = 0.0
    """Give a day that is wrong by up to ten days."""
    mistaken: float = 0.0
    """Name a wrong party as the one that took or holds the place, in the reporter's own voice."""
    partisan: float = 0.0
    """Rest on a belligerent's speaker; and as many invented gains, each claimed by the party that did not make it."""
    copied: float = 0.0
    """Are printed again, word for word, by up to four other outlets."""
    no_loser: float = 0.0
    """Do not say from whom a place was taken."""


QUIET = Noise()
"""Truthful reports that give the day and come out on it."""


def noise(level: float) -> Noise:
    """All kinds of noise at once: none at 0, a press that cannot be trusted at 1."""
    return Noise(
        delay=round(10 * level),
        vague=0.5 * level,
        misdated=0.3 * level,
        mistaken=0.2 * level,
        partisan=0.6 * level,
        copied=0.6 * level,
        no_loser=0.6 * level,
    )


@dataclass(frozen=True, slots=True)
class Turnover:
    """From a day on a party has a place."""

    day: date
    holder: str


@dataclass(frozen=True, slots=True)
class War:
    """What happened: the places, and for each of them who had it from which day on."""

    places: dict[str, Place]
    histories: dict[str, tuple[Turnover, ...]]
    """By id of the place, in order; the first is who has it when the war begins."""
    last: date
    """The last day of the war."""

    def holder(self, place: str, day: date) -> str:
        """Who truly has a place on a day."""
        return next(turn.holder for turn in reversed(self.histories[place]) if turn.day <= day or turn.day == FIRST)


def war(random: Random, *, towns: int = 4, days: int = 360, turnovers: int = 4, parts: int = 1) -> War:
    """A war of so many days in which each town changes hands up to so many times; its parts fall with it or before."""
    places: dict[str, Place] = {}
    histories: dict[str, tuple[Turnover, ...]] = {}
    for number in range(towns):
        town = Place(f"town-{number}", f"town-{number}", f"town-{number}", PlaceKind.SETTLEMENT)
        history = _history(random, days, turnovers)
        places[town.id], histories[town.id] = town, history
        for index in range(parts):
            id = f"{town.id}-part-{index}"
            places[id] = Place(id, id, id, PlaceKind.PART, located_in=town.id)
            histories[id] = _before(random, history)
    return War(places, histories, FIRST + days * DAY)


def _history(random: Random, days: int, turnovers: int) -> tuple[Turnover, ...]:
    holder = random.choice(PARTIES)
    turns = [Turnover(FIRST, holder)]
    count = random.randint(0, turnovers)
    for _ in range(count):
        after = (turns[-1].day - FIRST).days + 40
        latest = after + max(1, (days - 20) // max(count, 1) - 40)
        if after >= days - 20:
            break
        holder = random.choice([party for party in PARTIES if party != holder])
        turns.append(Turnover(FIRST + random.randint(after, min(latest, days - 20)) * DAY, holder))
    return tuple(turns)


def _before(random: Random, whole: tuple[Turnover, ...]) -> tuple[Turnover, ...]:
    """The history of a part: it falls up to a week before the whole."""
    return (whole[0], *(Turnover(turn.day - random.randint(0, 7) * DAY, turn.holder) for turn in whole[1:]))


@dataclass(slots=True)
class Press:
    """Outlets that report of a war."""

    random: Random
    war: War
    noise: Noise = QUIET
    printed: int = field(default=0)

    def changes(self, per_turnover: int) -> Iterator[ControlClaim]:
        """Reports of what happened, so many of each change, with copies and denials."""
        for place, history in self.war.histories.items():
            for before, turn in pairwise(history):
                for _ in range(per_turnover):
                    yield from self._change(self.war.places[place], before.holder, turn)

    def states(self, per_place: int) -> Iterator[ControlClaim]:
        """Reports of who has a place on a day drawn by chance, so many for each."""
        span = (self.war.last - FIRST).days
        for place in self.war.places.values():
            for _ in range(per_place):
                yield from self._state(place, FIRST + self.random.randint(1, span) * DAY)

    def inventions(self, count: int) -> Iterator[ControlClaim]:
        """Gains that nobody made, claimed by the party that would have made them; half of them are denied."""
        span = (self.war.last - FIRST).days
        for _ in range(count):
            place = self.random.choice(list(self.war.places.values()))
            day = FIRST + self.random.randint(1, span) * DAY
            holder = self.war.holder(place.id, day)
            liar = self.random.choice([party for party in PARTIES if party != holder])
            told = Period(day, day)
            lie = (place, ControlKind.CAPTURE, liar, holder)
            yield from self._printed(*lie, told=told, out=day, speaker=SPEAKERS[liar])
            if self.random.random() < 0.5:
                yield self._claim(*lie, told=told, out=day, speaker=SPEAKERS[holder], status=Status.DENIED)

    def _change(self, place: Place, loser: str, turn: Turnover) -> Iterator[ControlClaim]:
        out = min(turn.day + self.random.randint(0, self.noise.delay) * DAY, self.war.last)
        told, winner, speaker = self._told(turn.day, out), turn.holder, None
        if self._chance(self.noise.partisan):
            speaker = SPEAKERS[self.random.choice([winner, loser])]
        elif self._chance(self.noise.mistaken):
            winner = self.random.choice([party for party in PARTIES if party != turn.holder])
        named = "" if loser == winner or self._chance(self.noise.no_loser) else loser
        yield from self._printed(place, ControlKind.CAPTURE, winner, named, told=told, out=out, speaker=speaker)

    def _state(self, place: Place, day: date) -> Iterator[ControlClaim]:
        holder, speaker = self.war.holder(place.id, day), None
        if self._chance(self.noise.partisan):
            speaker = SPEAKERS[holder]
        elif self._chance(self.noise.mistaken):
            holder = self.random.choice([party for party in PARTIES if party != holder])
        yield from self._printed(place, ControlKind.HOLDS, holder, "", told=Period(), out=day, speaker=speaker)

    def _told(self, day: date, out: date) -> Period:
        if self._chance(self.noise.misdated):
            day += self.random.randint(-10, 10) * DAY
        if not self._chance(self.noise.vague):
            return Period(day, day)
        kind = self.random.choice(["by now", "in the month", "lately"])
        if kind == "by now":
            return Period()
        if kind == "lately":
            return Period(day - self.random.randint(0, 5) * DAY, max(day, min(out, day + 5 * DAY)))
        first = day.replace(day=1)
        return Period(first, (first + 31 * DAY).replace(day=1) - DAY)

    def _printed(
        self,
        place: Place,
        kind: ControlKind,
        winner: str,
        loser: str,
        *,
        told: Period,
        out: date,
        speaker: Actor | None = None,
    ) -> Iterator[ControlClaim]:
        first = self._claim(place, kind, winner, loser, told=told, out=out, speaker=speaker)
        yield first
        if self._chance(self.noise.copied):
            for _ in range(self.random.randint(1, 4)):
                later = min(out + self.random.randint(0, 2) * DAY, self.war.last)
                words = first.passage.quote
                yield self._claim(place, kind, winner, loser, told=told, out=later, speaker=speaker, quote=words)

    def _claim(
        self,
        place: Place,
        kind: ControlKind,
        winner: str,
        loser: str,
        *,
        told: Period,
        out: date,
        speaker: Actor | None = None,
        status: Status | None = None,
        quote: str = "",
    ) -> ControlClaim:
        self.printed += 1
        document = f"report-{self.printed}"
        words = quote or f"{winner} {kind} {place.id} as told in the report with number {self.printed}"
        return ControlClaim(
            passage=Passage(document, 0, len(words), words),
            digest=hashlib.sha256(document.encode()).hexdigest(),
            published=out,
            according_to=(speaker,) if speaker else (),
            rule="synthetic",
            place=place,
            winners=(self.random.choice(FORCES[winner]),),
            losers=(self.random.choice(FORCES[loser]),) if loser else (),
            kind=kind,
            status=status or (Status.CLAIMED if speaker else Status.ASSERTED),
            extent=Extent.FULL,
            when=told,
        )

    def _chance(self, share: float) -> bool:
        return share > 0 and self.random.random() < share


def reports(random: Random, happened: War, level: Noise, *, changes: int = 4, states: int = 8) -> list[ControlClaim]:
    """What the press claims of a war: so many reports of each change, so many of each place's state, and inventions."""
    press = Press(random, happened, level)
    found = [*press.changes(changes), *press.states(states)]
    return [*found, *press.inventions(round(level.partisan * len(found) / 5))]


def busy_war(seed: int, claims: int, *, hot: int = 0, days: int = 1500) -> tuple[War, list[ControlClaim]]:
    """A war with about so many claims, ``hot`` of them about one town, the rest spread over towns of all sizes.

    Towns get claims as towns do in the news: the second half as many as the first, the third a third, and so on.
    """
    random = Random(seed)
    towns = max(2, claims // 60)
    happened = war(random, towns=towns, days=days, turnovers=12, parts=0)
    ids = list(happened.places)
    weights = [1 / (rank + 10) for rank in range(1, towns)]
    shares = {id: (claims - hot) * weight / sum(weights) for id, weight in zip(ids[1:], weights, strict=True)}
    shares[ids[0]] = hot
    found: list[ControlClaim] = []
    level = noise(0.4)
    press = Press(random, happened, level)
    for id, share in shares.items():
        press.war = War({id: happened.places[id]}, {id: happened.histories[id]}, happened.last)
        turns = max(1, len(happened.histories[id]) - 1)
        found += press.changes(max(1, round(share * 0.4 / 1.7 / turns)))
        found += press.states(max(1, round(share * 0.5 / 1.7)))
        found += press.inventions(round(share * 0.1 / 1.8))
    return happened, found
