"""Claim records as they are judged: those of ``extract``, or a file of them made before."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from conflict_kg.evaluation.fields import Fields, parsed, read_utf8
from conflict_kg.model import ControlKind, Extent, Harm, Status

WHERE_SAID = frozenset({"start", "end", "quote", "rule", "time_text"})
"""Fields that only say where words stand: records that differ in nothing else count once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One record."""

    start: int
    """Code points into the report's text; ``end`` is exclusive."""
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundControl(Found):
    """A record of a change or state of control."""

    place: str | None
    winner: str | None
    loser: str | None
    kind: ControlKind
    status: Status
    partial: bool
    begin_earliest: date | None
    begin_latest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStatement(Found):
    """A record of an utterance."""

    speaker: str | None
    content: str
    relayed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCasualty(Found):
    """A record of a figure."""

    harm: Harm
    figures: frozenset[int]
    """Its lowest, best and highest number, as far as it has them."""
    count_text: str
    place: str | None
    according_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """The records of one report that are judged, in their order."""

    control: tuple[FoundControl, ...] = ()
    statements: tuple[FoundStatement, ...] = ()
    casualties: tuple[FoundCasualty, ...] = ()


def read_records(path: Path) -> list[Fields]:
    """The records of a ``.jsonl`` file, each with its line. Raises ``InputError`` for what is no record."""
    lines = read_utf8(path).split("\n")
    places = [(f"{path}:{number}", line) for number, line in enumerate(lines, 1) if line.strip()]
    return [Fields.of(parsed(line, where), where) for where, line in places]


def found_in(records: Iterable[Mapping[str, Any] | Fields]) -> dict[str, FoundDocument]:
    """The records by document, each once. Raises ``InputError`` for a field that is not of the form of its type."""
    by_document: defaultdict[str, dict[str, Fields]] = defaultdict(dict)
    for number, one in enumerate(records, 1):
        fields = one if isinstance(one, Fields) else Fields.of(dict(one), f"record {number}")
        body = {name: value for name, value in fields.values.items() if name not in WHERE_SAID}
        by_document[fields.text("document")][json.dumps(body, sort_keys=True)] = fields
    return {document: _document(list(rows.values())) for document, rows in by_document.items()}


def _document(rows: list[Fields]) -> FoundDocument:
    of_type: defaultdict[str, list[Fields]] = defaultdict(list)
    for row in rows:
        of_type[row.text("type")].append(row)
    return FoundDocument(
        control=tuple(map(_control, of_type["control"])),
        statements=tuple(map(_statement, of_type["statement"])),
        casualties=tuple(map(_casualty, of_type["casualty"])),
    )


def _control(row: Fields) -> FoundControl:
    return FoundControl(
        **_said(row),
        place=row.maybe_text("place"),
        winner=row.maybe_text("winner"),
        loser=row.maybe_text("loser"),
        kind=ControlKind(row.choice("kind", [kind.value for kind in ControlKind])),
        status=Status(row.choice("status", [status.value for status in Status])),
        partial=row.maybe_text("extent") == Extent.PARTIAL,
        begin_earliest=row.day("begin_earliest"),
        begin_latest=row.day("begin_latest"),
    )


def _statement(row: Fields) -> FoundStatement:
    return FoundStatement(
        **_said(row),
        speaker=row.maybe_text("speaker"),
        content=row.maybe_text("content") or "",
        relayed_by=row.texts("relayed_by"),
    )


def _casualty(row: Fields) -> FoundCasualty:
    numbers = (row.number("low"), row.number("best"), row.number("high"))
    return FoundCasualty(
        **_said(row),
        harm=Harm(row.choice("harm", [harm.value for harm in Harm])),
        figures=frozenset(number for number in numbers if number is not None),
        count_text=row.maybe_text("count_text") or "",
        place=row.maybe_text("place"),
        according_to=row.texts("according_to"),
    )


def _said(row: Fields) -> dict[str, Any]:
    return {"start": row.number("start") or 0, "end": row.number("end") or 0, "quote": row.maybe_text("quote") or ""}
