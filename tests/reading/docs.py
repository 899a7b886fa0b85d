"""Parses for the tests of reading: written by hand as a table, or made by the shipped pipeline, loaded once."""

from datetime import date
from functools import cache
from typing import TypeVar

from spacy import tokens
from spacy.language import BaseDefaults, Language
from spacy.vocab import Vocab, create_vocab

from conflict_kg.documents import make_report
from conflict_kg.language import load
from conflict_kg.model import Claim, ControlClaim, Mention, Reading, Report, Statement
from conflict_kg.reading import read
from conflict_kg.reading.parse import Doc, Token, plain

T = TypeVar("T", bound=Claim)


@cache
def _words() -> Vocab:
    """What words look like, apart from any pipeline."""
    return create_vocab("en", BaseDefaults)


def table(cells: str, *names: tuple[int, int, str]) -> Doc:
    """A parsed text, a token a cell: ``word|POS|TAG|dep|head``, with ``word=lemma`` where the lemma is another word.

    Heads count from 0 within the text, a root's is its own; every root with what hangs on it is a sentence. ``names``
    are entities as (first token, token after the last, label).
    """
    rows = [cell.split("|") for cell in cells.split()]
    forms, pos, tags, deps, heads = ([row[column] for row in rows] for column in range(5))
    words = [form.partition("=")[0] for form in forms]
    lemmas = [form.partition("=")[2] or form.lower() for form in forms]
    spaces = [after not in {".", ",", "'s"} for after in [*words[1:], "."]]
    doc = tokens.Doc(
        _words(),
        words=words,
        spaces=spaces,
        lemmas=lemmas,
        pos=pos,
        tags=tags,
        deps=deps,
        heads=[int(h) for h in heads],
    )
    doc.ents = tuple(tokens.Span(doc, first, last, label) for first, last, label in names)
    return plain(doc)


def word(doc: Doc, text: str) -> Token:
    """The first token of a text that is written so."""
    return next(token for token in doc if token.text == text)


@cache
def pipeline() -> Language:
    """The shipped pipeline."""
    return load()


def parse(text: str) -> Doc:
    """A text as the shipped pipeline parses it."""
    return plain(pipeline()(text))


@cache
def reading(text: str, published: str | None = None) -> Reading:
    """What is read from a report of this text."""
    report = report_of(text, published)
    return read(pipeline()(report.view), report)


def report_of(text: str, published: str | None = None) -> Report:
    """A report of this text; the day of its publication in ISO form."""
    return make_report(text, id="report", published=date.fromisoformat(published) if published else None)


def claims_of(kind: type[T], text: str, published: str | None = None) -> list[T]:
    """The claims of one type that are read from a text."""
    return [claim for claim in reading(text, published).claims if isinstance(claim, kind)]


def control(text: str, published: str | None = None) -> list[ControlClaim]:
    """The control claims of a text."""
    return claims_of(ControlClaim, text, published)


def statements(text: str, published: str | None = None) -> list[Statement]:
    """The statements of a text."""
    return claims_of(Statement, text, published)


def names_of(text: str, published: str | None = None) -> set[str]:
    """The names of all actors and places that a report mentions."""
    return {claim.entity.name for claim in claims_of(Mention, text, published)}
