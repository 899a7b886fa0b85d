"""A user's own SPARQL, read-only, over all graphs of a store as one; results as text.

Updates are no queries and are refused as such; SERVICE is refused because nothing may call out. The parser (pyoxigraph
0.5) takes a keyword without a space after it, ``SERVICE:x`` and ``FROM<x:y>``, so keywords are looked for that way.
"""

import re
from itertools import accumulate
from typing import TypeAlias

import pyoxigraph as ox

from conflict_kg import export
from conflict_kg.answers import Answer, value
from conflict_kg.errors import InputError
from conflict_kg.rendering import FORMATS, PIPE_WIDTH, render

Results: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
TRIPLE_FORMATS = ("turtle", "nquads", "jsonld")
"""What CONSTRUCT and DESCRIBE can be printed as."""
DEEPEST = 200
"""Brackets within each other. The parser has no limit of its own, and ends the process from about a thousand on."""
W3C_FORMATS = {"sparql-json": ox.QueryResultsFormat.JSON, "sparql-xml": ox.QueryResultsFormat.XML}

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# Letters of a name, by production PN_CHARS of SPARQL 1.1, section 19.8; \w lacks the marks and signs among them.
_LETTER = (
    r"\w\-.·\u0300-\u036F\u200C\u200D\u203F\u2040\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD"
    r"\U00010000-\U000EFFFF"
)
# Everything in which the letters of a keyword are no keyword, by the productions of the same section.
_OPAQUE = re.compile(
    rf"""
    \"{{3}}(?:[^"\\]|\\.|\"{{1,2}}(?!\"))*+\"{{3}} | '{{3}}(?:[^'\\]|\\.|'{{1,2}}(?!'))*+'{{3}}
    | "(?:[^"\\\n\r]|\\.)*+" | '(?:[^'\\\n\r]|\\.)*+'
    | <[^<>"{{}}|^`\\\x00-\x20]*+>
    | [?$]\w++
    | :(?:[{_LETTER}:]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])*+
    | \#[^\n\r]*+
    """,
    re.VERBOSE | re.DOTALL,
)
_LEFT = {":": ":", "#": " "}
"""What stays of a name's end and of a comment; of all else a quotation mark does."""
# A word with the colon that makes it a prefix, and with the brace that no name is followed by but that of a service.
_WORD = re.compile(rf"[{_LETTER}]++(?P<colon>:\s*+(?P<brace>\{{)?)?")
_UPDATE = re.compile(
    rf"\s*+(?:(?:PREFIX\s*+[{_LETTER}]*+:|BASE)[\s\"]*+)*+(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)


def run(store: ox.Store, text: str, *, source: str) -> Results:
    """The results of a query. Raises ``InputError``, with line and column in ``source``, for one that cannot be run."""
    bare = _OPAQUE.sub(lambda found: _LEFT.get(found[0][0], '"'), _ESCAPE.sub(_character, text))
    if _has_keyword(bare, "service"):
        raise InputError(f"{source}: SERVICE is not allowed: queries run on this graph alone")
    if _UPDATE.match(bare):
        raise InputError(f"{source}: updates are not allowed: the graph is read-only")
    if _depth(bare) > DEEPEST:
        raise InputError(f"{source}: brackets are nested more than {DEEPEST} deep")
    try:
        return store.query(text, use_default_graph_as_union=not _has_keyword(bare, "from"))
    except SyntaxError as error:
        message = " ".join(str(error.msg).split())
        place = re.match(r"error at (\d+:\d+): ", message)
        where = f"{source}:{place[1]}" if place else source
        raise InputError(f"{where}: {message.removeprefix(place[0]) if place else message}") from None
    except (ValueError, RuntimeError, OSError) as error:
        raise InputError(f"{source}: cannot be run: {' '.join(str(error).split())}") from None


def as_text(results: Results, format: str, *, base: str, width: int = PIPE_WIDTH) -> str:
    """Results as one of ``rendering.FORMATS``; triples as one of ``TRIPLE_FORMATS``, Turtle where a table is asked for.

    Raises ``InputError`` for a format that does not go with the kind of query.
    """
    if isinstance(results, ox.QueryTriples):
        return _triples(results, format)
    if format in TRIPLE_FORMATS:
        raise InputError(f"--format {format} is for CONSTRUCT and DESCRIBE; give one of {', '.join(FORMATS)}")
    if format in W3C_FORMATS:
        return serialized(results, format)
    if isinstance(results, ox.QueryBoolean):
        return {"table": "yes\n" if results else "no\n"}.get(format, "true\n" if results else "false\n")
    names = tuple(variable.value for variable in results.variables)
    rows = tuple({name: value(solution[name]) for name in names} for solution in results)
    return render(Answer(names, rows, names, rows), format, base=base, width=width)


def serialized(results: ox.QuerySolutions | ox.QueryBoolean, format: str) -> str:
    """Results as the W3C's ``sparql-json`` or ``sparql-xml``."""
    written = results.serialize(format=W3C_FORMATS[format])
    assert written is not None
    return written.decode() + "\n"


def _triples(results: ox.QueryTriples, format: str) -> str:
    if format not in ("table", *TRIPLE_FORMATS):
        raise InputError(f"--format {format} is for SELECT and ASK; give one of {', '.join(TRIPLE_FORMATS)}")
    quads = (ox.Quad(triple.subject, triple.predicate, triple.object) for triple in results)
    return export.render(quads, "turtle" if format == "table" else format).decode()


def _has_keyword(bare: str, keyword: str) -> bool:
    """Whether a word with the keyword in it is no prefix of a name, or cannot be told from one."""
    return any(keyword in word[0].lower() and (not word["colon"] or word["brace"]) for word in _WORD.finditer(bare))


def _depth(bare: str) -> int:
    """How many brackets are open at most."""
    return max(accumulate(1 if bracket in "([{" else -1 for bracket in re.findall(r"[(\[{}\])]", bare)), default=0)


def _character(escape: re.Match[str]) -> str:
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number <= 0x10FFFF else ""
