"""A stored question with its parameters, and how arguments get into its SPARQL.

The parameters of a question, named ``?_like_this`` as grlc has them, stand in one VALUES line with a row of defaults.
Binding puts another row of checked terms in its place and leaves every other character of the file alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import pyoxigraph as ox

from conflict_kg.errors import InputError
from conflict_kg.vocabulary import XSD

VALUES = re.compile(
    r"^[ \t]*VALUES[ \t]*\((?P<names>(?:[ \t]*\?_\w+)+)[ \t]*\)[ \t]*\{[ \t]*(?P<row>\(.*\))[ \t]*\}[ \t]*$",
    re.MULTILINE,
)
"""The line with the parameters."""


class ParameterType(StrEnum):
    """What a parameter takes; the first three are names that stand for a node of the graph."""

    PLACE = "place"
    ACTOR = "actor"
    TOPIC = "topic"
    IRI = "iri"
    DATE = "date"
    INTEGER = "integer"
    TEXT = "text"
    CHOICE = "choice"

    @property
    def is_node(self) -> bool:
        """Whether the value is an IRI in the end."""
        return self in (ParameterType.PLACE, ParameterType.ACTOR, ParameterType.TOPIC, ParameterType.IRI)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question."""

    name: str
    """As an option: ``known-by`` for the variable ``?_known_by``."""
    type: ParameterType
    help: str
    required: bool
    default: str | None
    """What the file's own row has, in the user's terms; None where it is left open. Unused where ``required``."""
    example: str | None
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The variable in the VALUES line, without the question mark."""
        return "_" + self.name.replace("-", "_")


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of the answer that gathers several result rows in one cell."""

    name: str
    columns: tuple[str, ...]
    where: tuple[tuple[str, str], ...] = ()
    """Only result rows with these values belong in it."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What the first row says where no row is about the node asked for."""

    about: str
    """The parameter that names the node; the column of that name holds its label, ``…_id`` its IRI."""
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A stored question."""

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    lists: tuple[ListColumn, ...]
    otherwise: Otherwise | None
    variables: tuple[str, ...]
    """The columns of the result table, in order."""
    text: str
    """The whole file."""
    path: Path


def bind(question: Question, arguments: Mapping[str, str | None]) -> str:
    """The question's SPARQL with a row of checked terms for the arguments, which are keyed by parameter name.

    A node is given as an absolute IRI; a parameter that is not given keeps the file's default; None leaves it open.
    Raises ``InputError`` for an unknown or missing parameter and for a value of the wrong type.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in arguments:
        if name not in known:
            raise InputError(f"{question.name} has no parameter --{name}; it has {_options(question)}")
    for parameter in question.parameters:
        if parameter.required and arguments.get(parameter.name) is None:
            raise InputError(f"{question.name} needs --{parameter.name} ({parameter.help})")
    match = VALUES.search(question.text)
    if match is None:
        return question.text
    values = {p.variable: arguments.get(p.name, p.default) for p in question.parameters}
    types = {p.variable: p for p in question.parameters}
    row = " ".join(token(types[name], values[name]) for name in variables(match))
    return f"{question.text[: match.start('row')]}({row}){question.text[match.end('row') :]}"


def parse_date(text: str, option: str) -> str:
    """The text where it is a day written YYYY-MM-DD. Raises ``InputError`` that names the option for anything else."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass  # a day that no month has: the same message
    raise InputError(f"--{option}: {text!r} is not a date (YYYY-MM-DD)")


def _options(question: Question) -> str:
    return ", ".join(f"--{parameter.name}" for parameter in question.parameters) or "none"


def variables(match: re.Match[str]) -> list[str]:
    """The variables of the VALUES line, without question marks, in order."""
    return [name.lstrip("?") for name in match["names"].split()]


def token(parameter: Parameter, value: str | None) -> str:
    """The value as a SPARQL term. Oxigraph's own writer quotes it, so that nothing in it can end the term."""
    if value is None:
        return "UNDEF"
    if parameter.type.is_node:
        try:
            return str(ox.NamedNode(value))
        except ValueError as error:
            reason = " ".join(str(error).split())  # it may quote a line break of the value
            raise InputError(f"--{parameter.name}: {value!r} is not an absolute IRI ({reason})") from None
    if parameter.type is ParameterType.DATE:
        return str(ox.Literal(parse_date(value, parameter.name), datatype=ox.NamedNode(XSD + "date")))
    if parameter.type is ParameterType.INTEGER:
        if not re.fullmatch(r"[+-]?\d{1,18}", value, re.ASCII):
            raise InputError(f"--{parameter.name}: {value!r} is not a whole number")
        return str(ox.Literal(str(int(value)), datatype=ox.NamedNode(XSD + "integer")))
    if parameter.type is ParameterType.CHOICE and value not in parameter.choices:
        raise InputError(f"--{parameter.name}: {value!r} is none of {', '.join(parameter.choices)}")
    try:
        return str(ox.Literal(value))
    except ValueError:
        raise InputError(f"--{parameter.name}: {value!r} is not Unicode text") from None
