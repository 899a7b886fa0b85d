"""The stored questions as commands: each parameter of a question becomes an option."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from conflict_kg.commands.console import (
    GRAPH,
    QUERIES,
    QUOTES,
    RESULT_FORMATS,
    STORE,
    TIME_LIMIT,
    format_option,
    opened,
    out,
    warn,
    width,
)
from conflict_kg.errors import InputError
from conflict_kg.limits import within
from conflict_kg.questions import load, pick
from conflict_kg.questions.binding import Parameter, Question
from conflict_kg.questions.responses import Response, respond
from conflict_kg.resources import folder

_RESERVED = frozenset({"format", "graph", "queries", "quotes", "store", "time-limit", "help"})


def every(folders: Sequence[Path]) -> dict[str, Question]:
    """The shipped questions and those of the user's folders, by name."""
    return dict(load([folder("queries"), *folders]))


def find(folders: Sequence[Path], words: Sequence[str]) -> Question:
    """The question that the first word names; words after it may give its folder with ``--queries``."""
    after = [Path(word) for option, word in pairwise(words) if option == "--queries"]
    after += [Path(word.removeprefix("--queries=")) for word in words if word.startswith("--queries=")]
    return pick(every([*folders, *after]), words[0])


def command(question: Question) -> click.Command:
    """The question as a command. Raises ``InputError`` where a parameter is named as an option that each has."""
    for parameter in question.parameters:
        if parameter.name in _RESERVED:
            raise InputError(f"{question.path}: a parameter cannot be named {parameter.name}, as an option of ask is")

    def answer_it(
        *,
        format: str,
        graph: Path,
        queries: tuple[Path, ...],  # noqa: ARG001  # read before
        quotes: int,
        store: str | None,
        time_limit: float | None,
        **given: str | None,
    ) -> None:
        arguments = {p.name: text for p in question.parameters if (text := given[p.variable[1:]]) is not None}

        def answer() -> Response:
            source = opened(graph, store, time_limit)
            return respond(source, question, arguments, format, width=width(), quotes=quotes or None)

        response = within(time_limit, answer)
        for notice in response.notices:
            warn(notice)
        out(response.text)

    options: list[click.Parameter] = [
        click.Option([f"--{p.name}", p.variable[1:]], metavar=p.type.upper(), help=parameter_help(p))
        for p in question.parameters
    ]
    made = click.Command(
        question.name,
        callback=answer_it,
        params=options,
        help=f"{question.summary}.\n\n{question.description}\n\n\b\nExample: {example(question)}",
        short_help=question.summary,
    )
    for decorate in (QUERIES, TIME_LIMIT, STORE, GRAPH, QUOTES, format_option(RESULT_FORMATS)):
        made = decorate(made)
    return made


def example(question: Question) -> str:
    """A command that asks the question, with the examples of its required parameters."""
    words = [f"--{p.name} {_quoted(p.example or '...')}" for p in question.parameters if p.required]
    return " ".join(["conflict-kg ask", question.name, *words])


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word


def parameter_help(parameter: Parameter) -> str:
    """What a parameter takes, in a line."""
    notes = []
    if parameter.choices:
        notes.append(f"one of {', '.join(parameter.choices)}")
    if parameter.required:
        notes.append("required")
    elif parameter.default is not None:
        notes.append(f"default {parameter.default}")
    if parameter.example:
        notes.append(f"as in {_quoted(parameter.example)}")
    return f"{parameter.help}  [{'; '.join(notes)}]"


def described(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """The questions with their parameters, as JSON has them."""
    return [
        {
            "name": question.name,
            "summary": question.summary,
            "description": question.description,
            "tags": question.tags,
            "parameters": [asdict(parameter) for parameter in question.parameters],
            "path": str(question.path),
        }
        for question in questions
    ]


def markdown(questions: Iterable[Question]) -> str:
    """A chapter for each question, from its header: parameters, columns and an example."""
    return "\n".join(_chapter(question) for question in questions)


def _chapter(question: Question) -> str:
    gathered = {name for one in question.lists for name in (*one.columns, *(key for key, _ in one.where))}
    columns = [f"`{name}`" for name in question.variables if name not in gathered]
    columns += [f"`{one.name}` (list of {', '.join(one.columns)})" for one in question.lists]
    rows = [f"| `--{p.name}` | {p.type} | {parameter_help(p).strip()} |" for p in question.parameters]
    parts = [
        f"## {question.name}",
        f"{question.summary}.",
        question.description,
        "\n".join(["| option | takes | |", "|---|---|---|", *rows]) if rows else "",
        f"Columns: {', '.join(columns)}.",
        f"```sh\n{example(question)}\n```",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
