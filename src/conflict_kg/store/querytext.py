"""The text of a SPARQL query, checked before any parser sees it: it only reads, and from one graph alone.

The parser (pyoxigraph 0.5) takes a keyword without a space after it, ``SERVICE:x`` and ``FROM<x:y>``, so keywords are
looked for that way.
"""

import re
from itertools import accumulate

from conflict_kg.errors import InputError

DEEPEST = 200
"""Brackets within each other. The parser has no limit of its own, and ends the process from about a thousand on."""

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


def check(text: str, *, source: str) -> None:
    """Raises ``InputError``, beginning with ``source``, for a query that calls out, updates or is nested too deeply."""
    bare = _bare(text)
    if _has_keyword(bare, "service"):
        raise InputError(f"{source}: SERVICE is not allowed: queries run on this graph alone")
    if _UPDATE.match(bare):
        raise InputError(f"{source}: updates are not allowed: the graph is read-only")
    if _depth(bare) > DEEPEST:
        raise InputError(f"{source}: brackets are nested more than {DEEPEST} deep")


def names_graphs(text: str) -> bool:
    """Whether the query says with FROM or FROM NAMED which graphs it is about."""
    return _has_keyword(_bare(text), "from")


def builds_triples(text: str) -> bool:
    """Whether the query is a CONSTRUCT or DESCRIBE, and not a SELECT or ASK."""
    words = (word[0].lower() for word in _WORD.finditer(_bare(text)) if not word["colon"])
    return next((word for word in words if word in ("select", "ask", "construct", "describe")), "") in (
        "construct",
        "describe",
    )


def _bare(text: str) -> str:
    """The text without what is inside quotation marks, IRIs, names and comments."""
    return _OPAQUE.sub(lambda found: _LEFT.get(found[0][0], '"'), _ESCAPE.sub(_character, text))


def _has_keyword(bare: str, keyword: str) -> bool:
    """Whether a word with the keyword in it is no prefix of a name, or cannot be told from one."""
    return any(keyword in word[0].lower() and (not word["colon"] or word["brace"]) for word in _WORD.finditer(bare))


def _depth(bare: str) -> int:
    """How many brackets are open at most."""
    return max(accumulate(1 if bracket in "([{" else -1 for bracket in re.findall(r"[(\[{}\])]", bare)), default=0)


def _character(escape: re.Match[str]) -> str:
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number <= 0x10FFFF else ""
