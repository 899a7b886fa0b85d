"""The actors that every country has, made by pattern: "Iraqi army" and "army of Iraq" are ``iq-army``."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from conflict_kg.linking.countries import CountryNames
from conflict_kg.linking.names import plain
from conflict_kg.linking.tables import ActorEntry, Country, Role

_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b|(?<=s)['’](?=\s|$)")
_OF = re.compile(r"\s+(?:of|in|for)\s+(?:the\s+)?", re.IGNORECASE)
_LONGEST_COUNTRY = 6
"""Words in the longest name of a country ("Democratic Republic of the Congo", "occupied Palestinian territories")."""


def unowned(name: str) -> str:
    """The name without the endings of possessives: "Iraq's army" -> "Iraq army"."""
    return _POSSESSIVE.sub("", name) if "'" in name or "’" in name else name


@dataclass(frozen=True)
class Patterned:
    """Countries times roles."""

    countries: Mapping[str, Country]
    nations: CountryNames
    roles: tuple[Role, ...]
    also: Mapping[str, tuple[str, ...]]
    """Further names of such actors, by id."""
    neutral: frozenset[str]
    endings: tuple[str, ...]
    """Words, and endings of words, that may stand before "police" and "army" and leave them those of the state."""

    def entry(self, id: str) -> ActorEntry | None:
        """The actor with this id, or None."""
        if id not in self._entries:
            self._entries[id] = self._entry(id)
        return self._entries[id]

    def _entry(self, id: str) -> ActorEntry | None:
        iso, _, suffix = id.partition("-")
        country, role = self.countries.get(iso.upper()), self._by_suffix.get(suffix)
        if country is None or role is None or iso != iso.lower():
            return None
        adjective = country.adjectives[0] if country.adjectives else country.name
        part_of = f"{iso}-{role.part_of}" if role.part_of else None
        label = role.label.format(adjective=adjective)
        return ActorEntry(id, label, role.kind, country.iso, part_of, aliases=self.also.get(id, ()))

    def named(self, name: str) -> str | None:
        """Id of the actor that is named with its country before or after what it is."""
        words = name.split()
        opens = plain(unowned(words[0])).partition(" ")[0] in self.nations.openings if words else False
        for size in range(min(_LONGEST_COUNTRY, len(words) - 1), 0, -1) if opens else ():
            iso = self._country(unowned(" ".join(words[:size])))
            suffix = self._suffix(words[size:]) if iso else None
            if iso and suffix:
                return f"{iso.lower()}-{suffix}"
        for split in _OF.finditer(name):
            iso = self._country(name[split.end() :])
            suffix = self._suffix(name[: split.start()].split()) if iso else None
            if iso and suffix:
                return f"{iso.lower()}-{suffix}"
        return None

    def bare(self, name: str) -> str | None:
        """The suffix of what every country has, where the name is that alone: "the army" -> "army".

        "soldiers" is a suffix too ("forces"), "official" is not: an official is somebody, not the government.
        """
        words = [w for w in name.split() if w]
        while len(words) > 1 and (words[0].casefold() == "the" or self.is_neutral(words[0])):
            if plain(unowned(" ".join(words))) in self._bare_words:
                break
            words = words[1:]
        return self._bare_words.get(plain(unowned(" ".join(words))))

    def surfaces(self) -> Iterator[tuple[str, str]]:
        """Every name as it stands in a text, with the id of its actor."""
        for country in self.countries.values():
            for adjective in country.adjectives:
                for role in self.roles:
                    for word in role.words:
                        yield f"{adjective} {word}", f"{country.iso.lower()}-{role.suffix}"
        for id, aliases in self.also.items():
            for alias in aliases:
                yield alias, id

    def is_neutral(self, word: str) -> bool:
        """Whether "police" and "army" are still those of the state with the word before them."""
        low = word.casefold()
        return low in self.neutral or low.endswith(self.endings)

    def _country(self, name: str) -> str | None:
        return self.nations.named(name) or self.nations.demonym(name)

    def _suffix(self, words: list[str]) -> str | None:
        found = self._role_words.get(plain(unowned(" ".join(words))))
        if found is None and len(words) > 1 and self.is_neutral(words[0]):
            return self._suffix(words[1:])
        return found

    @cached_property
    def _entries(self) -> dict[str, ActorEntry | None]:
        """The actors made so far."""
        return {}

    @cached_property
    def _by_suffix(self) -> Mapping[str, Role]:
        return {role.suffix: role for role in self.roles}

    @cached_property
    def _role_words(self) -> Mapping[str, str]:
        return {word: role.suffix for role in reversed(self.roles) for word in role.words}

    @cached_property
    def _bare_words(self) -> Mapping[str, str]:
        return {word: role.suffix for role in reversed(self.roles) for word in role.bare}
