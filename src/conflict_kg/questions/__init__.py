"""Stored questions: folders of ``.rq`` files come in, questions go out.

A file is plain SPARQL 1.1 that runs unchanged in any SPARQL tool. Lines that begin with ``#+`` hold a YAML header
in the manner of grlc: summary, description, tags, params, and how the rows of the result are folded (lists, otherwise).
docs/questions.md says how to write one.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from conflict_kg.errors import InputError
from conflict_kg.questions.binding import (
    VALUES,
    ListColumn,
    Otherwise,
    Parameter,
    ParameterType,
    Question,
    token,
    variables,
)
from conflict_kg.store import querytext

_PROLOGUE = re.compile(r"^[ \t]*(?:PREFIX|BASE)[ \t].*$", re.MULTILINE | re.IGNORECASE)
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_HEADER_KEYS = frozenset({"summary", "description", "tags", "params", "lists", "otherwise"})
_PARAMETER_KEYS = frozenset({"type", "required", "help", "example", "choices"})


def load(folders: Iterable[Path]) -> Mapping[str, Question]:
    """Every ``.rq`` file of the folders by its stem, sorted by name; of two with one name the later folder's counts.

    Raises ``InputError`` for a folder that is not there and for a file that breaks a rule of the module's docstring.
    """
    found: dict[str, Question] = {}
    for folder in folders:
        if not folder.is_dir():
            raise InputError(f"{folder}: no such folder of questions")
        found.update((path.stem, _read(path)) for path in sorted(folder.glob("*.rq")))
    return dict(sorted(found.items()))


def pick(questions: Mapping[str, Question], name: str) -> Question:
    """The question of that name. Raises ``InputError`` with the nearest names for any other."""
    if name in questions:
        return questions[name]
    near = difflib.get_close_matches(name, questions, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(questions)}"
    raise InputError(f"no question {name!r}; {hint}")


# ---------------------------------------------------------------- reading a file


def _read(path: Path) -> Question:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error})") from None
    if not _NAME.fullmatch(path.stem):
        raise InputError(f"{path}: a question is named in lower-case letters, digits and hyphens")
    header = _header(path, text)
    columns = _columns(path, text)
    lists = tuple(_list(path, text, name, body) for name, body in _mapping(path, text, header, "lists").items())
    for wanted in (column for one in lists for column in (*one.columns, *(key for key, _ in one.where))):
        if wanted not in columns:
            raise _fault(path, text, "lists", f"the query selects no ?{wanted}")
    parameters = _parameters(path, text, _mapping(path, text, header, "params"))
    tags = header.get("tags") or []
    if not isinstance(tags, list):
        raise _fault(path, text, "tags", "tags are a list")
    return Question(
        name=path.stem,
        summary=str(header["summary"]).strip(),
        description=str(header.get("description") or "").strip(),
        tags=tuple(str(tag) for tag in tags),
        parameters=parameters,
        lists=lists,
        otherwise=_otherwise(path, text, header, parameters, columns),
        variables=columns,
        text=text,
        path=path,
    )


def _header(path: Path, text: str) -> dict[str, Any]:
    # Other lines become empty ones, so that the parser's line numbers are the file's.
    lines = (line[2:].removeprefix(" ") if line.startswith("#+") else "" for line in text.splitlines())
    try:
        header = yaml.safe_load("\n".join(lines))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{path}:{line}: the header is not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise InputError(f"{path}: the header is not YAML: {' '.join(str(error).split())}") from None
    if not isinstance(header, dict) or not isinstance(header.get("summary"), str):
        raise InputError(f"{path}:1: the header has no '#+ summary:' line")
    for key in header:
        if key not in _HEADER_KEYS:
            raise _fault(path, text, str(key), f"unknown header {key!r}; there are {', '.join(sorted(_HEADER_KEYS))}")
    return header


def _mapping(path: Path, text: str, header: dict[str, Any], key: str) -> dict[str, Any]:
    value = header.get(key) or {}
    if not isinstance(value, dict):
        raise _fault(path, text, key, f"{key} is a mapping from names")
    return {str(name): body for name, body in value.items()}


def _columns(path: Path, text: str) -> tuple[str, ...]:
    """The columns, from running the file on an empty store, which also finds what is wrong with its SPARQL."""
    querytext.check(text, source=str(path))
    if querytext.names_graphs(text):
        raise InputError(f"{path}: FROM is not allowed: a stored question is about all graphs as one")
    try:
        results = ox.Store().query(text, use_default_graph_as_union=True)
    except (SyntaxError, ValueError) as error:
        place = re.search(r"error at (\d+):", str(error))
        raise InputError(f"{path}{':' + place[1] if place else ''}: {' '.join(str(error).split())}") from None
    if not isinstance(results, ox.QuerySolutions):
        raise InputError(f"{path}: a stored question is a SELECT query")
    return tuple(variable.value for variable in results.variables)


def _parameters(path: Path, text: str, params: dict[str, Any]) -> tuple[Parameter, ...]:
    matches = list(VALUES.finditer(text))
    if not params and not matches:
        return ()
    if len(matches) != 1:
        count = "no line" if not matches else f"{len(matches)} lines"
        form = "VALUES (?_name …) { (value …) }"
        raise _fault(path, text, "params", f"{count} of the form '{form}'; parameters need one")
    given = variables(matches[0])
    if sorted(given) != sorted("_" + name.replace("-", "_") for name in params):
        listed = " ".join("?" + name for name in given)
        raise _fault(path, text, "params", f"the header has {', '.join(params) or 'no params'}, VALUES has {listed}")
    prologue = "\n".join(_PROLOGUE.findall(text))
    results = ox.Store().query(f"{prologue}\nSELECT * WHERE {{ {matches[0][0]} }}")
    assert isinstance(results, ox.QuerySolutions)
    rows = list(results)
    if len(rows) != 1:
        line = text.count("\n", 0, matches[0].start()) + 1
        raise InputError(f"{path}:{line}: the VALUES line has {len(rows)} rows; it needs one row of defaults")
    defaults = {name: rows[0][name] for name in given}
    parameters = []
    for name, body in params.items():
        term = defaults["_" + name.replace("-", "_")]
        default = term.value if isinstance(term, ox.NamedNode | ox.Literal) else None
        parameters.append(_parameter(path, text, name, body, default))
    return tuple(parameters)


def _parameter(path: Path, text: str, name: str, body: Any, default: str | None) -> Parameter:
    if not _NAME.fullmatch(name):
        raise _fault(path, text, name, f"parameter {name!r}: a name has lower-case letters, digits and hyphens")
    if not isinstance(body, dict) or set(body) - _PARAMETER_KEYS:
        raise _fault(path, text, name, f"parameter {name}: give {', '.join(sorted(_PARAMETER_KEYS))}")
    try:
        type = ParameterType(str(body.get("type")))
    except ValueError:
        known = ", ".join(ParameterType)
        raise _fault(path, text, name, f"parameter {name}: type {body.get('type')!r} is none of {known}") from None
    choices = body.get("choices") or []
    if not isinstance(choices, list) or bool(choices) is not (type is ParameterType.CHOICE):
        raise _fault(path, text, name, f"parameter {name}: a list of choices goes with type choice, and only with it")
    parameter = Parameter(
        name=name,
        type=type,
        help=str(body.get("help") or ""),
        required=body.get("required") is True,
        default=default,
        example=None if body.get("example") is None else str(body["example"]),
        choices=tuple(str(choice) for choice in choices),
    )
    try:
        token(parameter, default)
    except InputError as error:
        raise _fault(path, text, name, f"the default in VALUES: {error}") from None
    return parameter


def _list(path: Path, text: str, name: str, body: Any) -> ListColumn:
    if not isinstance(body, dict) or set(body) - {"columns", "where"} or not isinstance(body.get("columns"), list):
        raise _fault(path, text, name, f"list {name}: give columns, and where to choose rows")
    where = body.get("where") or {}
    if not isinstance(where, dict):
        raise _fault(path, text, name, f"list {name}: where is a mapping from columns to values")
    return ListColumn(name, tuple(map(str, body["columns"])), tuple((str(k), str(v)) for k, v in where.items()))


def _otherwise(
    path: Path, text: str, header: dict[str, Any], parameters: tuple[Parameter, ...], columns: tuple[str, ...]
) -> Otherwise | None:
    body = {key: str(value) for key, value in _mapping(path, text, header, "otherwise").items()}
    if not body:
        return None
    about = body.pop("about", "")
    named = any(parameter.name == about and parameter.type.is_node for parameter in parameters)
    if not named or {about, f"{about}_id", *body} - set(columns):
        raise _fault(path, text, "otherwise", "'about' names a place or actor parameter, the other keys are columns")
    return Otherwise(about, tuple(body.items()))


def _fault(path: Path, text: str, key: str, message: str) -> InputError:
    """An error at the header line that has the key."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#+") and re.match(rf"\s*['\"]?{re.escape(key)}['\"]?\s*:", line[2:]):
            return InputError(f"{path}:{number}: {message}")
    return InputError(f"{path}:1: {message}")
