"""Gold: what a reader says that reports claim. One JSON file a document in, frozen values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from conflict_kg.errors import InputError
from conflict_kg.evaluation.fields import Fields, parsed, read_utf8
from conflict_kg.model import ControlKind, Harm, Status


@dataclass(frozen=True, slots=True)
class Names:
    """One party or place: the name, and others under which a record may have it. Never empty."""

    name: str
    aliases: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """The name, then the others."""
        return self.name, *self.aliases


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEntry:
    """One thing that a report claims."""

    quote: str
    """Words of the report that say so; of a statement its opening words."""
    optional: bool
    """Whether it counts neither when it is found nor when it is missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldControl(GoldEntry):
    """A change of control, or a state of it."""

    place: Names
    winner: Names | None
    loser: Names | None
    kind: ControlKind
    kinds: frozenset[ControlKind]
    """``kind`` and what is right, too."""
    status: Status
    statuses: frozenset[Status]
    when: tuple[date, date] | None
    """First and last day on which it can have begun, both inclusive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStatement(GoldEntry):
    """One utterance."""

    speaker: str
    reported_by: str | None
    """The outlet between the speaker and the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldCasualty(GoldEntry):
    """One figure for one harm."""

    harm: Harm
    low: int | None
    high: int | None
    place: Names | None
    source: str | None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """What one report claims. Of a kind that is None nothing was annotated, and nothing is scored."""

    document: str
    control: tuple[GoldControl, ...] | None
    statements: tuple[GoldStatement, ...] | None
    casualties: tuple[GoldCasualty, ...] | None
    actors: tuple[Names, ...]
    """The parties and speakers of the report, each with all the names that it goes by."""


def read_gold(folder: Path) -> tuple[GoldDocument, ...]:
    """All gold of a folder, one document for each ``ID.json``, in the order of their names.

    Raises ``InputError``, naming file and place, for whatever is not of the form that docs/evaluation.md gives.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: is not a folder")
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError(f"{folder}: has no .json files")
    return tuple(_document(path) for path in paths)


DOCUMENT_FIELDS = frozenset(
    {"doc_id", "published", "control_changes", "statements", "casualties", "incidents", "actors", "places", "note"}
)
CONTROL_FIELDS = frozenset(
    {"place", "place_aliases", "winner", "winner_aliases", "loser", "loser_aliases", "kind", "kind_alt"}
    | {"status", "status_alt", "when", "attributed_to", "quote", "optional", "note"}
)
STATEMENT_FIELDS = frozenset({"speaker", "speaker_role", "reported_by", "direct", "quote", "optional", "note"})
CASUALTY_FIELDS = frozenset(
    {"kind", "count_min", "count_max", "approx", "who", "place", "place_aliases", "when", "attributed_to"}
    | {"quote", "optional", "note"}
)


def _document(path: Path) -> GoldDocument:
    fields = Fields.of(parsed(read_utf8(path), str(path)), str(path))
    fields.only(DOCUMENT_FIELDS)
    return GoldDocument(
        document=path.stem,
        control=fields.rows("control_changes", _control),
        statements=fields.rows("statements", _statement),
        casualties=fields.rows("casualties", _casualty),
        actors=fields.rows("actors", lambda row: Names(row.text("name"), row.texts("mentions"))) or (),
    )


def _control(fields: Fields) -> GoldControl:
    fields.only(CONTROL_FIELDS)
    kind = ControlKind(fields.choice("kind", _words(ControlKind)))
    status = Status(fields.choice("status", _words(Status)))
    return GoldControl(
        place=Names(fields.text("place"), fields.texts("place_aliases")),
        winner=_names(fields, "winner"),
        loser=_names(fields, "loser"),
        kind=kind,
        kinds=frozenset({kind, *map(ControlKind, fields.choices("kind_alt", _words(ControlKind)))}),
        status=status,
        statuses=frozenset({status, *map(Status, fields.choices("status_alt", _words(Status)))}),
        when=fields.span("when"),
        quote=fields.maybe_text("quote") or "",
        optional=fields.flag("optional"),
    )


def _statement(fields: Fields) -> GoldStatement:
    fields.only(STATEMENT_FIELDS)
    return GoldStatement(
        speaker=fields.text("speaker"),
        reported_by=fields.maybe_text("reported_by"),
        quote=fields.text("quote"),
        optional=fields.flag("optional"),
    )


def _casualty(fields: Fields) -> GoldCasualty:
    fields.only(CASUALTY_FIELDS)
    return GoldCasualty(
        harm=Harm(fields.choice("kind", _words(Harm))),
        low=fields.number("count_min"),
        high=fields.number("count_max"),
        place=_names(fields, "place"),
        source=fields.maybe_text("attributed_to"),
        quote=fields.maybe_text("quote") or "",
        optional=fields.flag("optional"),
    )


def _names(fields: Fields, role: str) -> Names | None:
    """A role that may be open; its other names count only where it is named."""
    name, aliases = fields.maybe_text(role), fields.texts(f"{role}_aliases")
    return Names(name, aliases) if name else None


def _words(kinds: Iterable[ControlKind | Status | Harm]) -> list[str]:
    return [kind.value for kind in kinds]
