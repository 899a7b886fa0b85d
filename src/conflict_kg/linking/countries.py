"""Countries by what text calls them: their names, adjectives, peoples and capitals."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from conflict_kg.linking.names import plain
from conflict_kg.linking.tables import Country


@dataclass(frozen=True)
class CountryNames:
    """Look-ups by form of a name; each gives an ISO 3166-1 alpha-2 code or None."""

    _names: Mapping[str, str]
    _adjectives: Mapping[str, str]
    _capitals: Mapping[str, str]

    @classmethod
    def of(cls, countries: Iterable[Country]) -> "CountryNames":
        """The look-ups over the countries."""
        rows = tuple(countries)
        return cls(
            _index((c.iso, (c.name, *c.names)) for c in rows),
            _index((c.iso, (*c.adjectives, *c.people)) for c in rows),
            _index((c.iso, c.capitals) for c in rows),
        )

    @cached_property
    def openings(self) -> frozenset[str]:
        """The words with which names and adjectives of countries open, in the form of :func:`plain`."""
        return frozenset(plain(form).partition(" ")[0] for form in (*self._names, *self._adjectives, "the"))

    def named(self, name: str) -> str | None:
        """The country that bears the name: "Iraq", "the UK"."""
        return _look_up(self._names, name)

    def demonym(self, word: str) -> str | None:
        """The country that an adjective or the name of a people means: "Iraqi", "Afghans", "U.S."."""
        return _look_up(self._adjectives, word)

    def capital(self, name: str) -> str | None:
        """The country whose capital bears the name."""
        return _look_up(self._capitals, name)


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
