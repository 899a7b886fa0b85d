"""The lexicon's files as values: actors, countries, and the actors that every country has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from importlib.resources import files
from typing import Any

from conflict_kg.model import ActorKind


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor of the lexicon."""

    id: str
    label: str
    kind: ActorKind
    country: str | None = None
    """ISO 3166-1 alpha-2 of the country it belongs to or mainly acts in; None for international ones."""
    part_of: str | None = None
    """Id of the actor that it directly belongs to."""
    role: str | None = None
    """For a person: the office held."""
    aliases: tuple[str, ...] = ()
    """Other names, as written."""
    ambiguous: frozenset[str] = frozenset()
    """Those of the names that are words of the language too: taken only as written, capitals included."""

    @property
    def names(self) -> tuple[str, ...]:
        """The label and the other names."""
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True)
class Country:
    """One country as English names it."""

    iso: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """An actor that every country has: its army, its defence ministry."""

    suffix: str
    label: str
    kind: ActorKind
    part_of: str | None
    words: tuple[str, ...]
    """What follows the country's adjective or possessive."""
    bare: frozenset[str]
    """What without a country means that of the country a report is about."""


class ChangeKind(Enum):
    """What a row of ``changes.tsv`` tells of an actor."""

    NAME = "name"
    """It bore the name."""
    SIDE = "side"
    """It was part of that actor, or on its side."""
    END = "end"
    """It was no more; the other, if any, took its place."""


@dataclass(frozen=True, slots=True)
class Change:
    """What held of an actor for some time only."""

    actor: str
    what: ChangeKind
    value: str
    """A name, or the id of another actor; empty where nobody took its place."""
    begin: date | None
    """The first day; None where it always was so before."""
    until: date | None
    """The first day on which it is so no longer; None where it still is."""

    def covers(self, on: date | None) -> bool:
        """Whether it held on the day; never where the day is open."""
        return on is not None and (self.begin is None or self.begin <= on) and (self.until is None or on < self.until)

    @property
    def days(self) -> str:
        """The stretch in words: "from 2013-04-08 until 2014-06-29"."""
        ends = (("from", self.begin), ("until", self.until))
        return " ".join(f"{word} {day}" for word, day in ends if day is not None)


def text(name: str) -> str:
    """The content of a file of the lexicon."""
    return (files("conflict_kg") / "lexicon" / name).read_text(encoding="utf-8")


def _rows(name: str) -> Iterator[list[str]]:
    """The fields of each line of a table that is no comment."""
    return (line.split("\t") for line in text(name).splitlines() if line and not line.startswith("#"))


def _names(field: str) -> tuple[str, ...]:
    return tuple(field.split(" | ")) if field else ()


def countries() -> Iterator[Country]:
    """The countries of ``countries.tsv``."""
    for iso, name, names, adjectives, people, capitals in _rows("countries.tsv"):
        yield Country(iso, name, _names(names), _names(adjectives), _names(people), _names(capitals))


def entries() -> Iterator[ActorEntry]:
    """The actors of ``actors.tsv``."""
    for kind, id, first, country, part_of, role, others in _rows("actors.tsv"):
        written = (first, *_names(others))
        ambiguous = frozenset(name[1:] for name in written if name.startswith("!"))
        label, *aliases = (name.removeprefix("!") for name in written)
        yield ActorEntry(
            id, label, ActorKind(kind), country or None, part_of or None, role or None, tuple(aliases), ambiguous
        )


def roles(table: dict[str, Any]) -> Iterator[Role]:
    """The actors that every country has, from the content of ``roles.toml``."""
    for row in table["role"]:
        words, bare = tuple(row["words"]), frozenset(row["bare"])
        yield Role(row["suffix"], row["label"], ActorKind(row["kind"]), row.get("part_of"), words, bare)


def changes() -> Iterator[Change]:
    """What held for some time only, from ``changes.tsv``."""
    for actor, what, values, begin, until in _rows("changes.tsv"):
        for value in _names(values) or ("",):
            yield Change(actor, ChangeKind(what), value, _day(begin), _day(until))


def _day(field: str) -> date | None:
    return date.fromisoformat(field) if field else None
