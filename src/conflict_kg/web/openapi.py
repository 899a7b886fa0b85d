"""The stored questions as an OpenAPI 3.1 document: one operation for each, from its header."""

from collections.abc import Iterable, Mapping
from typing import Any

from conflict_kg import __version__
from conflict_kg.questions.binding import ListColumn, Parameter, ParameterType, Question
from conflict_kg.web.media import ROWS

_SCALAR = {"type": ["string", "integer", "number", "boolean", "null"]}
_LINE = {"schema": {"type": "string"}}
_PROBLEMS = {
    "400": "An argument is missing, unknown or of the wrong type",
    "404": "A name that nothing bears",
    "406": "None of the media types that the client wants",
    "409": "A name that several bear with equal right",
    "503": "Too many requests at once, or no graph",
    "504": "No answer within the time limit",
}


def document(questions: Iterable[Question]) -> dict[str, Any]:
    """The document; answers are described as they are with ``Accept: application/json``."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "conflict-kg: stored questions",
            "summary": "Who controlled what and when, according to whom, with the sentence behind each answer",
            "description": "Read-only. SPARQL 1.1 Protocol is at /sparql, the Graph Store Protocol at /store.",
            "version": __version__,
        },
        "servers": [{"url": "/"}],
        "paths": {f"/ask/{question.name}": {"get": _operation(question)} for question in questions},
    }


def _operation(question: Question) -> dict[str, Any]:
    rows = {"type": "array", "items": _row(question)}
    content: dict[str, Any] = {name: _LINE for name in ROWS if name.startswith("text/")}
    content["application/json"] = {"schema": rows}
    content["application/sparql-results+json"] = {"schema": {"type": "object"}}
    content["application/sparql-results+xml"] = _LINE
    notices = {
        "description": "A JSON list of lines: which bearer of a name was taken, what was left out",
        "schema": {"type": "string"},
    }
    answer = {"description": "The rows, best supported first", "headers": {"Notices": notices}, "content": content}
    problems = {status: {"description": text, "content": {"text/plain": _LINE}} for status, text in _PROBLEMS.items()}
    return {
        "operationId": question.name,
        "summary": question.summary,
        "description": question.description,
        "tags": list(question.tags),
        "x-sparql": question.text,
        "parameters": [_parameter(parameter) for parameter in question.parameters],
        "responses": {"200": answer} | problems,
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.help,
        "required": parameter.required,
        "schema": _schema(parameter),
    }
    if parameter.example is not None:
        described["example"] = _typed(parameter, parameter.example)
    return described


def _schema(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any]
    match parameter.type:
        case ParameterType.DATE:
            schema = {"type": "string", "format": "date"}
        case ParameterType.INTEGER:
            schema = {"type": "integer", "minimum": -(10**18) + 1, "maximum": 10**18 - 1}
        case ParameterType.CHOICE:
            schema = {"type": "string", "enum": list(parameter.choices)}
        case ParameterType.IRI:
            schema = {"type": "string", "format": "iri", "minLength": 1}
        case ParameterType.TEXT:
            schema = {"type": "string"}
        case _:
            schema = {"type": "string", "minLength": 1}
    if parameter.default is not None and not parameter.required:
        schema["default"] = _typed(parameter, parameter.default)
    return schema


def _typed(parameter: Parameter, text: str) -> str | int:
    return int(text) if parameter.type is ParameterType.INTEGER else text


def _row(question: Question) -> Mapping[str, Any]:
    gathered = {name for one in question.lists for name in (*one.columns, *(key for key, _ in one.where))}
    single = {name: _SCALAR for name in question.variables if name not in gathered}
    properties = single | {one.name: {"type": "array", "items": _item(one)} for one in question.lists}
    return _object(properties)


def _item(one: ListColumn) -> Mapping[str, Any]:
    return _SCALAR if len(one.columns) == 1 else _object(dict.fromkeys(one.columns, _SCALAR))


def _object(properties: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
