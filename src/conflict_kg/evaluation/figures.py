"""Gold and records to figures: what was found of each kind, what was missed, what is too many."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from conflict_kg.evaluation.found import Found, FoundControl, FoundDocument, FoundStatement
from conflict_kg.evaluation.gold import GoldControl, GoldDocument, GoldEntry, GoldStatement
from conflict_kg.evaluation.matching import (
    casualty_faults,
    casualty_fit,
    control_faults,
    control_fit,
    relay_is_right,
    statement_fit,
)
from conflict_kg.evaluation.pairing import best_pairs
from conflict_kg.evaluation.same import Alike, plain
from conflict_kg.model import ControlKind

G = TypeVar("G", bound=GoldEntry)
F = TypeVar("F", bound=Found)


class Figure(StrEnum):
    """What is counted (docs/evaluation.md)."""

    CONTROL = "control"
    CONTROL_EXACT = "control-exact"
    HOLD = "hold"
    STATEMENT = "statement"
    CHAIN = "chain"
    CASUALTY = "casualty"
    CASUALTY_EXACT = "casualty-exact"


EXACT = {Figure.CONTROL: Figure.CONTROL_EXACT, Figure.CASUALTY: Figure.CASUALTY_EXACT}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are, and what follows from it."""

    right: int = 0
    found: int = 0
    gold: int = 0
    restated: int = 0
    """Records that tell again what another record has; they count neither way."""

    @property
    def precision(self) -> float:
        """Of what was found, the share that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Of what gold has, the share that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.right + other.right,
            self.found + other.found,
            self.gold + other.gold,
            self.restated + other.restated,
        )


@dataclass(frozen=True, slots=True)
class Slip:
    """Something that is not as gold has it: missed (no record), false (no entry), or found but inexact (both)."""

    figure: Figure
    entry: GoldEntry | None
    record: Found | None
    faults: tuple[str, ...] = ()
    """What of a found one is not right: kind, status, winner, loser, time, place, source, relay."""


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one document."""

    document: str
    counts: Mapping[Figure, Counts]
    """Of every figure."""
    slips: tuple[Slip, ...]


def evaluate(gold: Iterable[GoldDocument], found: Mapping[str, FoundDocument]) -> tuple[Score, ...]:
    """The score of each document of gold, in its order; one without records has missed all."""
    return tuple(_score(document, found.get(document.document, FoundDocument())) for document in gold)


def in_all(scores: Iterable[Score]) -> dict[Figure, Counts]:
    """The counts of all documents together."""
    total = dict.fromkeys(Figure, Counts())
    for score in scores:
        for figure, counts in score.counts.items():
            total[figure] += counts
    return total


def _score(gold: GoldDocument, found: FoundDocument) -> Score:
    alike: Alike = [{plain(name) for name in actor.every} for actor in gold.actors]
    tally = _Tally()
    if gold.control is not None:
        control = _Pairing(gold.control, found.control, lambda g, f: control_fit(g, f, alike))
        tally.add(control, _control_figure, lambda g, f: control_faults(g, f, alike))
    if gold.statements is not None:
        statements = _Pairing(gold.statements, found.statements, lambda g, f: statement_fit(g, f, alike))
        tally.add(statements, lambda _: Figure.STATEMENT)
        tally.add_chain(statements, alike)
    if gold.casualties is not None:
        casualties = _Pairing(gold.casualties, found.casualties, lambda g, f: casualty_fit(g, f, alike))
        tally.add(casualties, lambda _: Figure.CASUALTY, lambda g, f: casualty_faults(g, f, alike))
    counts = {
        figure: Counts(*(tally.counts[figure, what] for what in ("right", "found", "gold", "restated")))
        for figure in Figure
    }
    return Score(gold.document, counts, tuple(tally.slips))


def _control_figure(one: GoldControl | FoundControl) -> Figure:
    return Figure.HOLD if one.kind is ControlKind.HOLDS else Figure.CONTROL


class _Pairing(Generic[G, F]):
    """Entries and records of one kind in one document, paired."""

    def __init__(self, entries: Sequence[G], records: Sequence[F], fit: Callable[[G, F], float]) -> None:
        self.entries, self.records = entries, records
        self.fits = [[fit(entry, record) for record in records] for entry in entries]
        # of two entries that a record fits equally well, the one that must be found
        weights = [
            [weight and weight + (0 if entry.optional else 0.5) for weight in row]
            for entry, row in zip(entries, self.fits, strict=True)
        ]
        self.pairs = best_pairs(weights)

    def by_entry(self) -> Iterator[tuple[G, F | None]]:
        """Each entry that must be found, with its record."""
        for i, entry in enumerate(self.entries):
            if not entry.optional:
                yield entry, self.records[self.pairs[i]] if i in self.pairs else None

    def by_record(self) -> Iterator[tuple[F, G | None, bool]]:
        """Each record that counts, its entry, and whether, without one, it restates what another record has."""
        entry_of = {j: self.entries[i] for i, j in self.pairs.items()}
        for j, record in enumerate(self.records):
            entry = entry_of.get(j)
            if entry is None or not entry.optional:
                yield record, entry, entry is None and any(self.fits[i][j] > 0 for i in self.pairs)


@dataclass(slots=True)
class _Tally:
    """Counts while they are taken."""

    counts: Counter[tuple[Figure, str]] = field(default_factory=Counter)
    slips: list[Slip] = field(default_factory=list)

    def add(
        self,
        pairing: _Pairing[G, F],
        figure_of: Callable[[G | F], Figure],
        faults_of: Callable[[G, F], tuple[str, ...]] | None = None,
    ) -> None:
        """Count one kind. ``faults_of`` tells what keeps a pair from being exact."""
        for entry, record in pairing.by_entry():
            figure = figure_of(entry)
            exact = EXACT.get(figure)
            faults = faults_of(entry, record) if faults_of and record is not None else ()
            self.counts[figure, "gold"] += 1
            self.counts[figure, "right"] += record is not None
            if exact:
                self.counts[exact, "gold"] += 1
                self.counts[exact, "right"] += record is not None and not faults
            if record is None:
                self.slips.append(Slip(figure, entry, None))
            elif exact and faults:
                self.slips.append(Slip(exact, entry, record, faults))
        for found, paired, restates in pairing.by_record():
            figure = figure_of(found if paired is None else paired)
            if exact := EXACT.get(figure):
                self.counts[exact, "found"] += 1
            self.counts[figure, "restated" if restates else "found"] += 1
            if paired is None and not restates:
                self.slips.append(Slip(figure, None, found))

    def add_chain(self, pairing: _Pairing[GoldStatement, FoundStatement], alike: Alike) -> None:
        """Count the relays of statements that gold has."""
        for entry, record in pairing.by_entry():
            told = record is not None and bool(record.relayed_by)
            right = bool(entry.reported_by) and record is not None and relay_is_right(entry, record, alike)
            self.counts[Figure.CHAIN, "gold"] += bool(entry.reported_by)
            self.counts[Figure.CHAIN, "found"] += told
            self.counts[Figure.CHAIN, "right"] += right
            if record is not None and not right and (told or entry.reported_by):
                self.slips.append(Slip(Figure.CHAIN, entry, record, ("relay",)))
