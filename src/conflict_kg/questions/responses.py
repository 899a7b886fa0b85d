"""The one way from a stored question and its arguments to text: what ``ask`` prints is what the endpoint sends."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from conflict_kg.questions import answers, nodes, sparql
from conflict_kg.questions.binding import Question
from conflict_kg.questions.rendering import PIPE_WIDTH, render
from conflict_kg.store.source import Source


@dataclass(frozen=True, slots=True)
class Response:
    """An answer as text, and what its reader should know besides."""

    text: str
    notices: tuple[str, ...]
    """A line each: which bearer of a name was taken, what was left out, that there is nothing."""


def respond(
    source: Source,
    question: Question,
    arguments: Mapping[str, str | None],
    format: str,
    *,
    width: int = PIPE_WIDTH,
    quotes: int | None = None,
) -> Response:
    """The answer to a question in one of ``rendering.FORMATS``; ``width`` and ``quotes`` as ``render`` has them.

    Raises ``InputError`` as ``answers.answer`` does.
    """
    notices: list[str] = []
    if format in sparql.W3C_FORMATS:
        query, _ = answers.prepare(source, question, arguments, warn=notices.append)
        results = source.query(query, use_default_graph_as_union=True)
        assert isinstance(results, ox.QuerySolutions)
        text, empty = sparql.serialized(results, format), False
    else:
        answer = answers.answer(source, question, arguments, warn=notices.append)
        text = render(answer, format, base=nodes.base(source), width=width, quotes=quotes)
        empty = not answer.rows
    if arguments.get("known-by") is not None and (undated := answers.undated(source)):
        notices.append(f"--known-by: {undated} report{'s' if undated > 1 else ''} without a date left out")
    if empty:
        notices.append("nothing in the graph matches")
    return Response(text, tuple(notices))
