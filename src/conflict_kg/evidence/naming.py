"""How the names of a report were linked: to whom or what, by which rule or score, before which other places.

Readings come in, one row for each actor and place comes out, in the order of the text.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from conflict_kg.graph import BASE
from conflict_kg.model import Actor, Mention, Reading
from conflict_kg.questions.answers import Answer
from conflict_kg.questions.rendering import PIPE_WIDTH, render


@dataclass(frozen=True, slots=True)
class LinkedName:
    """An actor or a place of a report."""

    document: str
    start: int
    """Code points into the report's text; ``end`` is exclusive."""
    end: int
    name: str
    """The report's own, in the fullest form that it has."""
    kind: str
    linked_to: str | None
    """The preferred name in the lexicon or gazetteer; None where the name stays open."""
    id: str
    within: str | None
    """Id of the actor that it belonged to on the day of the report, or of the place around it."""
    reason: str


def linked_names(readings: Iterable[Reading]) -> tuple[LinkedName, ...]:
    """Every actor and place of the reports, as each report first names it in full."""
    mentions = (claim for reading in readings for claim in reading.claims if isinstance(claim, Mention))
    rows = (_row(mention) for mention in mentions)
    return tuple(sorted(rows, key=lambda row: (row.document, row.start, row.end, row.id)))


def _row(mention: Mention) -> LinkedName:
    entity, passage = mention.entity, mention.passage
    return LinkedName(
        document=passage.document,
        start=passage.start,
        end=passage.end,
        name=entity.name,
        kind=entity.kind.value,
        linked_to=entity.label if entity.linked else None,
        id=entity.id,
        within=entity.part_of if isinstance(entity, Actor) else entity.located_in,
        reason=entity.reason,
    )


def as_json(names: Iterable[LinkedName]) -> str:
    """A list of objects."""
    return json.dumps([asdict(name) for name in names], ensure_ascii=False, indent=2) + "\n"


def as_table(names: Iterable[LinkedName], *, width: int = PIPE_WIDTH) -> str:
    """One row for each name; the document only where there are several."""
    found = tuple(names)
    several = ("document",) if len({name.document for name in found}) > 1 else ()
    columns = (*several, "start", "name", "kind", "linked_to", "reason")
    rows = tuple({column: getattr(name, column) for column in columns} for name in found)
    return render(Answer(columns, rows, columns, rows), "table", base=BASE, width=width)
