"""The lexicon of actors: who bears a name, whose part they are, which country a demonym means.

Named actors stand in ``lexicon/actors.tsv``. What every country has (government, forces, army, police, ministries)
is made by pattern from ``lexicon/countries.tsv`` and ``lexicon/roles.toml``: "Iraqi army" is ``iq-army``. What held of
an actor for some time only (a name, a side, the actor itself) stands in ``lexicon/changes.tsv``.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, lru_cache
from types import MappingProxyType

from conflict_kg.linking import tables
from conflict_kg.linking.changes import Changes
from conflict_kg.linking.countries import CountryNames
from conflict_kg.linking.names import REMEMBERED, normalise, plain
from conflict_kg.linking.patterned import Patterned, unowned
from conflict_kg.linking.tables import ActorEntry, Country
from conflict_kg.model import ActorKind

_BRACKET = re.compile(r"\s*[(\[][^)\]]{0,200}[)\]]")
_WITH_MEMBERS = frozenset(
    {
        ActorKind.ARMED_GROUP,
        ActorKind.STATE_FORCE,
        ActorKind.INTERNATIONAL,
        ActorKind.GOVERNMENT,
        ActorKind.ORGANIZATION,
    }
)
_PROPER = frozenset({ActorKind.PERSON, ActorKind.OUTLET, ActorKind.MONITOR})
"""Kinds whose names are capitalised: "the militant" and "independent" are no newspapers."""


@dataclass(frozen=True)
class Lexicon:
    """All actors, by id and by name. Made by :func:`lexicon`."""

    entries: Mapping[str, ActorEntry]
    """The actors that are listed by name; those made by pattern come from :meth:`entry`."""
    countries: Mapping[str, Country]
    members: frozenset[str]
    describing: frozenset[str]
    people: frozenset[str]
    armed: frozenset[str]
    press: frozenset[str]
    press_first: frozenset[str]
    titles: frozenset[str]
    party_words: tuple[tuple[str, frozenset[str]], ...]
    """Suffix of a role (or "nobody", "placed") and the words that give it, in the order in which they are tried."""
    generic: Mapping[str, Mapping[str, str]]
    """Word for a side -> country -> actor."""
    made: Patterned
    """The actors that every country has."""
    _exact: Mapping[str, str] = field(repr=False)
    _aliases: Mapping[str, tuple[str, bool]] = field(repr=False)
    """Form of a name -> id, and whether it is a proper name or an acronym that text in lower case never means."""
    _nations: CountryNames = field(repr=False)
    _changes: Changes = field(repr=False)

    def entry(self, id: str) -> ActorEntry | None:
        """The actor with this id, listed or made by pattern."""
        return self.entries.get(id) or self.made.entry(id)

    def find(self, name: str, on: date | None = None) -> ActorEntry | None:
        """The actor that bears this name, or None. The whole name has to fit.

        Words that only say what members are ("Islamic State fighters") or describe ("the extremist Islamic State
        group") may stand around it. A country or its capital is no actor here: ``link_actor`` knows that it acts.
        ``on`` is the day of the report: what changed hands, such as the army of a country whose government fell, is
        that of the day. Without it the usual sense counts.
        """
        id = self._looked_up(name, self._changes.since(on))
        return None if id is None else self.entry(id)

    @cached_property
    def _looked_up(self) -> Callable[[str, date | None], str | None]:
        return lru_cache(maxsize=REMEMBERED)(lambda name, on: self._find(_BRACKET.sub("", name).strip(), on))

    def _find(self, name: str, on: date | None) -> str | None:
        words = [word for word in name.split() if word]
        if words and words[0].casefold() == "the":
            words = words[1:]
        whole = " ".join(words)
        if not whole:
            return None
        if named := self._named(whole, on):
            return named
        if made := self.made.named(whole):
            return self.carries_on(made, on)
        if len(words) > 1 and self._describes(words[0]):
            return self._find(" ".join(words[1:]), on)
        if len(words) > 1 and plain(words[-1]) in self.members:
            shorter = self._find(" ".join(words[:-1]), on)
            if shorter and self._has_members(shorter):
                return shorter
        return None

    def _named(self, name: str, on: date | None) -> str | None:
        key = _key(name)
        id, proper = self._aliases.get(key, (None, False))
        if name in self._exact:
            return self._exact[name]
        return None if proper and name.islower() else self._changes.bearer(key, on) or id

    def _describes(self, word: str) -> bool:
        low = word.casefold()
        return low in self.describing or self.made.is_neutral(word)

    def _has_members(self, id: str) -> bool:
        entry = self.entry(id)
        return entry is not None and entry.kind in _WITH_MEMBERS

    def bare(self, name: str) -> str | None:
        """The suffix of what every country has, where the name is that alone: "the army" -> "army"."""
        return self.made.bare(name)

    def is_press(self, name: str) -> bool:
        """Whether a name or description says that it is an outlet's: "Radio X", "the X Post", "a news agency"."""
        words = plain(name).removeprefix("the ").split()
        ends = {" ".join(words[-2:]), *words[-1:]}
        return not self.press.isdisjoint(ends) or not self.press_first.isdisjoint(words[:1])

    def without_titles(self, name: str) -> str:
        """A person's name without rank and form of address: "Col. Muthana al-Jabri" -> "Muthana al-Jabri"."""
        words = name.split()
        while len(words) > 1 and plain(words[0]) in self.titles:
            words = words[1:]
        return " ".join(words)

    def side(self, name: str, country: str) -> str | None:
        """Id of the actor that a word for a side ("the coalition", "Shia militias") means in a war in a country."""
        words = name.split()
        while words:
            found = self.generic.get(plain(" ".join(words)))
            if found is not None:
                return found.get(country)
            if words[0].casefold() not in ("the", "a", "an") and not self.made.is_neutral(words[0]):
                return None
            words = words[1:]
        return None

    def names(self) -> Mapping[str, str]:
        """Every name as it stands in a text -> id of its actor, those made by pattern included; no ambiguous ones.

        For matching phrases; ``find`` knows more forms.
        """
        return self._names

    @cached_property
    def _names(self) -> Mapping[str, str]:
        found = dict(self._surfaces())
        return MappingProxyType(dict(sorted(found.items())))

    def _surfaces(self) -> Iterator[tuple[str, str]]:
        yield from self.made.surfaces()
        for entry in self.entries.values():
            for alias in entry.names:
                if alias not in entry.ambiguous:
                    yield alias, entry.id

    def part_of(self, id: str, on: date | None = None) -> str | None:
        """Id of the actor that one directly belongs to, on the day if it is given."""
        entry = self.entry(id)
        return self._changes.part_of(id, on, entry.part_of if entry else None)

    def ancestors(self, id: str, on: date | None = None) -> tuple[ActorEntry, ...]:
        """The actors above this one in ``part_of``, the nearest first, on the day if it is given."""
        found: list[ActorEntry] = []
        above = self.part_of(id, on)
        while above is not None and (entry := self.entry(above)) is not None:
            found.append(entry)
            above = self.part_of(above, on)
        return tuple(found)

    def forces(self, government: str) -> str | None:
        """Id of the forces of a government: of a country by pattern, else the only ones that the lexicon has of it."""
        iso, _, suffix = government.partition("-")
        if suffix == "government" and government not in self.entries:
            return f"{iso}-forces"
        armed = (ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE)
        own = [e.id for e in self.entries.values() if e.part_of == government and e.kind in armed]
        return own[0] if len(own) == 1 else None

    def party(self, id: str, on: date | None = None) -> str:
        """Id of the side the actor is on: the top of its ``part_of`` chain, or its own id."""
        above = self.ancestors(id, on)
        return above[-1].id if above else id

    def sides(self, id: str) -> tuple[tuple[date, str], ...]:
        """The sides that an actor has been on, each with its first day; empty where it was always on one."""
        return self._sides(id)

    @cached_property
    def _sides(self) -> Callable[[str], tuple[tuple[date, str], ...]]:
        return lru_cache(maxsize=REMEMBERED)(self._found_sides)

    def _found_sides(self, id: str) -> tuple[tuple[date, str], ...]:
        found: list[tuple[date, str]] = []
        for day in (date.min, *self._changes.days):
            side = self._side_on(id, day)
            if not found or found[-1][1] != side:
                found.append((day, side))
        return tuple(found) if len(found) > 1 else ()

    def _side_on(self, id: str, on: date) -> str:
        """The side on a day. Where a group ended, whoever took its place is; who comes after a government won it."""
        side = self.party(id, on)
        entry = self.entry(side)
        if entry is None or entry.kind is ActorKind.GOVERNMENT:
            return side
        after = self._changes.carries_on(side, on)
        return side if after == side else self._side_on(after, on)

    def carries_on(self, id: str, on: date | None) -> str:
        """Id of whoever is what that actor was by the day: of a government that had fallen, the next.

        What a country has goes with its government, unless ``changes.tsv`` says who took its own place.
        """
        if on is None:
            return id
        chain = (id,) if id in self.entries else (id, *(entry.id for entry in self.ancestors(id, on)))
        return next((later for one in chain if (later := self._changes.carries_on(one, on)) != one), id)

    def changed(self, id: str, name: str, on: date | None) -> str:
        """What ``changes.tsv`` tells of the actor and its name, to go on with a reason; empty where nothing."""
        return self._changes.said(id, _key(name), on)

    def demonym(self, word: str) -> str | None:
        """ISO code of the country that an adjective or the name of a people means: "Iraqi", "Afghans", "U.S."."""
        return self._nations.demonym(word)

    def country(self, name: str) -> str | None:
        """ISO code of the country that a name, an adjective or the name of a people means."""
        return self._nations.named(name) or self._nations.demonym(name)

    def named_country(self, name: str) -> str | None:
        """ISO code of the country that bears the name: "Iraq", "the UK"."""
        return self._nations.named(name)

    def capital(self, name: str) -> str | None:
        """ISO code of the country whose capital bears the name."""
        return self._nations.capital(name)


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the package."""
    words = tomllib.loads(tables.text("roles.toml"))
    countries = {country.iso: country for country in tables.countries()}
    nations = CountryNames.of(countries.values())
    changes = Changes.of(tables.changes(), _key)
    entries = {entry.id: changes.with_names(entry) for entry in tables.entries()}
    also = {id: tuple(names) for id, names in words["also"].items()}
    aliases: dict[str, tuple[str, bool]] = {}
    for id, names in also.items():
        aliases.update((_key(name), (id, name.isupper())) for name in names)
    for entry in entries.values():
        for name in {*entry.names} - entry.ambiguous:
            key = _key(name)
            strict = (entry.kind in _PROPER or name.isupper()) and not name.islower()
            aliases[key] = (entry.id, strict and aliases.get(key, (entry.id, True)) == (entry.id, True))
    exact = {name: entry.id for entry in entries.values() for name in entry.ambiguous}
    keys = ("members", "describing", "people", "armed", "press", "titles")
    lists = {key: frozenset(words[key]["words"]) for key in keys} | {"press_first": frozenset(words["press"]["first"])}
    return Lexicon(
        entries=MappingProxyType(entries),
        countries=MappingProxyType(countries),
        party_words=tuple((suffix, frozenset(hints)) for suffix, hints in words["party"].items()),
        generic={word: group["by_country"] for group in words["generic"] for word in group["words"]},
        **lists,
        _exact=exact,
        _aliases=aliases,
        made=Patterned(
            MappingProxyType(countries),
            nations,
            tuple(tables.roles(words)),
            also,
            frozenset(words["describing"]["neutral"]),
            tuple(words["describing"]["endings"]),
        ),
        _nations=nations,
        _changes=changes,
    )


def _key(name: str) -> str:
    return normalise(unowned(name))
