"""The lexicon of actors: who bears a name, whose part they are, which country a demonym means.

Named actors stand in ``lexicon/actors.tsv``. What every country has (government, forces, army, police, ministries)
is made by pattern from ``lexicon/countries.tsv`` and ``lexicon/roles.toml``: "Iraqi army" is ``iq-army``.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import MappingProxyType

from conflict_kg.linking import tables
from conflict_kg.linking.names import normalise, plain
from conflict_kg.linking.tables import ActorEntry, Country, Role
from conflict_kg.model import ActorKind

_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b|(?<=s)['’](?=\s|$)")
_BRACKET = re.compile(r"\s*[(\[][^)\]]{0,200}[)\]]")
_OF = re.compile(r"\s+(?:of|in|for)\s+(?:the\s+)?", re.IGNORECASE)
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
_LONGEST_COUNTRY = 6
"""Words in the longest name of a country ("Democratic Republic of the Congo", "occupied Palestinian territories")."""


@dataclass(frozen=True)
class Lexicon:
    """All actors, by id and by name. Made by :func:`lexicon`."""

    entries: Mapping[str, ActorEntry]
    """The actors that are listed by name; those made by pattern come from :meth:`entry`."""
    countries: Mapping[str, Country]
    roles: tuple[Role, ...]
    members: frozenset[str]
    describing: frozenset[str]
    neutral: frozenset[str]
    """Those of the describing words that leave "police" and "army" those of the state; "rebel" does not."""
    describing_endings: tuple[str, ...]
    people: frozenset[str]
    armed: frozenset[str]
    titles: frozenset[str]
    party_words: tuple[tuple[str, frozenset[str]], ...]
    """Suffix of a role (or "nobody", "placed") and the words that give it, in the order in which they are tried."""
    generic: Mapping[str, Mapping[str, str]]
    """Word for a side -> country -> actor."""
    _exact: Mapping[str, str] = field(repr=False)
    _aliases: Mapping[str, tuple[str, bool]] = field(repr=False)
    """Form of a name -> id, and whether it is a proper name or an acronym that text in lower case never means."""
    _also: Mapping[str, tuple[str, ...]] = field(repr=False)
    _country_names: Mapping[str, str] = field(repr=False)
    _adjectives: Mapping[str, str] = field(repr=False)
    _capitals: Mapping[str, str] = field(repr=False)

    def entry(self, id: str) -> ActorEntry | None:
        """The actor with this id, listed or made by pattern."""
        if id in self.entries:
            return self.entries[id]
        iso, _, suffix = id.partition("-")
        country, role = self.countries.get(iso.upper()), self._by_suffix.get(suffix)
        if country is None or role is None or iso != iso.lower():
            return None
        adjective = country.adjectives[0] if country.adjectives else country.name
        part_of = f"{iso}-{role.part_of}" if role.part_of else None
        label = role.label.format(adjective=adjective)
        return ActorEntry(id, label, role.kind, country.iso, part_of, aliases=self._also.get(id, ()))

    def find(self, name: str) -> ActorEntry | None:
        """The actor that bears this name, or None. The whole name has to fit.

        Words that only say what members are ("Islamic State fighters") or describe ("the extremist Islamic State
        group") may stand around it. A country or its capital is no actor here: ``link_actor`` knows that it acts.
        """
        id = self._find(_BRACKET.sub("", name).strip())
        return None if id is None else self.entry(id)

    def _find(self, name: str) -> str | None:
        words = [word for word in name.split() if word]
        if words and words[0].casefold() == "the":
            words = words[1:]
        whole = " ".join(words)
        if not whole:
            return None
        found = self._named(whole) or self._patterned(whole)
        if found:
            return found
        if len(words) > 1 and self._describes(words[0]):
            return self._find(" ".join(words[1:]))
        if len(words) > 1 and plain(words[-1]) in self.members:
            shorter = self._find(" ".join(words[:-1]))
            if shorter and self._has_members(shorter):
                return shorter
        return None

    def _named(self, name: str) -> str | None:
        id, proper = self._aliases.get(_key(name), (None, False))
        return self._exact.get(name) or (None if proper and name.islower() else id)

    def _patterned(self, name: str) -> str | None:
        """The actor that a country has, named with the country before or after what it is."""
        words = name.split()
        for size in range(min(_LONGEST_COUNTRY, len(words) - 1), 0, -1):
            iso = self.country(_POSSESSIVE.sub("", " ".join(words[:size])))
            suffix = self._suffix(words[size:]) if iso else None
            if iso and suffix:
                return f"{iso.lower()}-{suffix}"
        for split in _OF.finditer(name):
            iso = self.country(name[split.end() :])
            suffix = self._suffix(name[: split.start()].split()) if iso else None
            if iso and suffix:
                return f"{iso.lower()}-{suffix}"
        return None

    def _suffix(self, words: list[str]) -> str | None:
        found = self._role_words.get(plain(_POSSESSIVE.sub("", " ".join(words))))
        if found is None and len(words) > 1 and self._neutral(words[0]):
            return self._suffix(words[1:])
        return found

    def _neutral(self, word: str) -> bool:
        low = word.casefold()
        return low in self.neutral or low.endswith(self.describing_endings)

    def _describes(self, word: str) -> bool:
        low = word.casefold()
        return low in self.describing or low in self.neutral or low.endswith(self.describing_endings)

    def _has_members(self, id: str) -> bool:
        entry = self.entry(id)
        return entry is not None and entry.kind in _WITH_MEMBERS

    def bare(self, name: str) -> str | None:
        """The suffix of what every country has, where the name is that alone: "the army" -> "army".

        "soldiers" is a suffix too ("forces"), "official" is not: an official is somebody, not the government.
        """
        words = [w for w in name.split() if w]
        while len(words) > 1 and (words[0].casefold() == "the" or self._neutral(words[0])):
            if plain(_POSSESSIVE.sub("", " ".join(words))) in self._bare_words:
                break
            words = words[1:]
        return self._bare_words.get(plain(_POSSESSIVE.sub("", " ".join(words))))

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
            if words[0].casefold() != "the" and not self._neutral(words[0]):
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
        for country in self.countries.values():
            for adjective in country.adjectives:
                for role in self.roles:
                    for word in role.words:
                        yield f"{adjective} {word}", f"{country.iso.lower()}-{role.suffix}"
        for id, aliases in self._also.items():
            for alias in aliases:
                yield alias, id
        for entry in self.entries.values():
            for alias in entry.names:
                if alias not in entry.ambiguous:
                    yield alias, entry.id

    def ancestors(self, id: str) -> tuple[ActorEntry, ...]:
        """The actors above this one in ``part_of``, the nearest first."""
        found: list[ActorEntry] = []
        entry = self.entry(id)
        while entry is not None and entry.part_of is not None:
            entry = self.entry(entry.part_of)
            if entry is not None:
                found.append(entry)
        return tuple(found)

    def party(self, id: str) -> str:
        """Id of the side the actor is on: the top of its ``part_of`` chain, or its own id."""
        above = self.ancestors(id)
        return above[-1].id if above else id

    def demonym(self, word: str) -> str | None:
        """ISO code of the country that an adjective or the name of a people means: "Iraqi", "Afghans", "U.S."."""
        return _look_up(self._adjectives, word)

    def country(self, name: str) -> str | None:
        """ISO code of the country that a name, an adjective or the name of a people means."""
        return _look_up(self._country_names, name) or self.demonym(name)

    def named_country(self, name: str) -> str | None:
        """ISO code of the country that bears the name: "Iraq", "the UK"."""
        return _look_up(self._country_names, name)

    def capital(self, name: str) -> str | None:
        """ISO code of the country whose capital bears the name."""
        return _look_up(self._capitals, name)

    @cached_property
    def _by_suffix(self) -> Mapping[str, Role]:
        return {role.suffix: role for role in self.roles}

    @cached_property
    def _role_words(self) -> Mapping[str, str]:
        return {word: role.suffix for role in reversed(self.roles) for word in role.words}

    @cached_property
    def _bare_words(self) -> Mapping[str, str]:
        return {word: role.suffix for role in reversed(self.roles) for word in role.bare}


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the package."""
    words = tomllib.loads(tables.text("roles.toml"))
    countries = {country.iso: country for country in tables.countries()}
    entries = {entry.id: entry for entry in tables.entries()}
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
    lists = {key: frozenset(words[key]["words"]) for key in ("members", "describing", "people", "armed", "titles")}
    return Lexicon(
        entries=MappingProxyType(entries),
        countries=MappingProxyType(countries),
        roles=tuple(tables.roles(words)),
        neutral=frozenset(words["describing"]["neutral"]),
        describing_endings=tuple(words["describing"]["endings"]),
        party_words=tuple((suffix, frozenset(hints)) for suffix, hints in words["party"].items()),
        generic={word: group["by_country"] for group in words["generic"] for word in group["words"]},
        **lists,
        _exact=exact,
        _aliases=aliases,
        _also=also,
        _country_names=_index((c.iso, (c.name, *c.names)) for c in countries.values()),
        _adjectives=_index((c.iso, (*c.adjectives, *c.people)) for c in countries.values()),
        _capitals=_index((c.iso, c.capitals) for c in countries.values()),
    )


def _key(name: str) -> str:
    return normalise(_POSSESSIVE.sub("", name))


def _acronym(name: str) -> str | None:
    """The letters of a short name all in capitals ("US", "U.K."), else None."""
    letters = name.replace(".", "")
    return letters if len(letters) <= 3 and letters.isalpha() and letters.isupper() else None


def _index(rows: Iterator[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """Form of each name -> ISO code; an acronym stands as written, so that "us" and "car" are no countries."""
    return {_acronym(name) or plain(name): iso for iso, names in rows for name in names}


def _look_up(index: Mapping[str, str], name: str) -> str | None:
    bare = name[4:] if name[:4].casefold() == "the " else name
    return index.get(_acronym(bare) or plain(bare))
