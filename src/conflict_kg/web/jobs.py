"""What is asked of a process that reads the graph, and what it gives back: values that can be sent to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from conflict_kg.questions.sparql import Dataset


@dataclass(frozen=True, slots=True)
class Query:
    """SPARQL of the client's own."""

    text: str
    accept: str
    dataset: Dataset = field(default_factory=Dataset)


@dataclass(frozen=True, slots=True)
class Ask:
    """A stored question."""

    question: str
    arguments: Mapping[str, str]
    accept: str
    without: str | None = None
    """What the IRI of a document ends in: the answer is that of the graph without it."""


@dataclass(frozen=True, slots=True)
class ReadGraph:
    """A whole graph; None is the default graph, which is all of them as one."""

    name: str | None
    accept: str


@dataclass(frozen=True, slots=True)
class Describe:
    """What the service is and which graphs it has."""

    endpoint: str
    accept: str


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report with its text and what was read from it."""

    document: str


Job = Query | Ask | ReadGraph | Describe | ReadReport


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back to the client."""

    status: int
    media_type: str
    content: bytes
    notices: tuple[str, ...] = ()
    """What the client should know besides; a line each."""


def refusal(status: int, message: str) -> Reply:
    """A reply that says in a line what is wrong."""
    return Reply(status, "text/plain; charset=utf-8", f"{' '.join(message.split())}\n".encode(errors="replace"))
