"""The proper names in a parsed text: lexicon entries first, then what the pipeline takes for names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from conflict_kg.linking import lexicon
from conflict_kg.reading.clauses import is_shouted
from conflict_kg.reading.labels import KINDS, is_named
from conflict_kg.reading.nouns import nouns

WORD = re.compile(r"\w+")
LONGEST = 7  # tokens in the longest alias that is looked for


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A proper name: its tokens, its kind (a value of ``KINDS``), and the lexicon's id where it has one."""

    span: Span
    label: str
    entry: str | None = None

    @property
    def root(self) -> Token:
        """The token that the rest of the sentence hangs on."""
        return self.span.root


def find_names(doc: Doc) -> tuple[Name, ...]:
    """Names in order, without overlap; where two overlap the lexicon's, then the longer, stays."""
    found = [*_lexicon_names(doc), *_pipeline_names(doc)]
    taken: dict[int, Name] = {}
    for name in found:
        inside = [taken[t.i] for t in name.span if t.i in taken]
        if not inside:
            taken.update({t.i: name for t in name.span})
    return tuple(sorted(set(taken.values()), key=lambda name: name.span.start))


def trim(span: Span) -> Span:
    """The span without articles, possessive endings and quotes at its ends."""
    start, end = span.start, span.end
    while start < end and (span.doc[start].pos_ in {"DET", "PUNCT", "SPACE", "ADP"} or span.doc[start].lower_ == "the"):
        start += 1
    while end > start and (
        span.doc[end - 1].pos_ in {"PUNCT", "PART", "SPACE"} or span.doc[end - 1].lower_ in {"'s", "’s"}
    ):
        end -= 1
    return span.doc[start:end]


def _pipeline_names(doc: Doc) -> Iterator[Name]:
    for ent in doc.ents:
        kind, span = KINDS.get(ent.label_), trim(ent)
        if kind is not None and len(span) and not _is_event(span) and not _is_cut_off(span):
            yield Name(span, kind)


def _is_event(span: Span) -> bool:
    """Whether it is a noun for an event with the capital of a sentence's first word: "Shelling in …"."""
    return len(span) == 1 and bool(span[0].is_sent_start) and span[0].lower_ in nouns().event


def _is_cut_off(span: Span) -> bool:
    """Whether the word behind "of" belongs to what comes after: "forces of Libya" in "forces of Libya's cabinet"."""
    of = any(token.lower_ == "of" for token in span)
    return of and span[-1].head not in span and span[-1] != span.root


def _lexicon_names(doc: Doc) -> list[Name]:
    exact = _exact()
    folded, openings = _folded()
    found: list[Name] = []
    i = 0
    while i < len(doc):
        ends = range(min(len(doc), i + LONGEST), i, -1) if _opening(doc[i].lower_) in openings else ()
        for j in ends:
            span = doc[i:j]
            if doc[i].is_space or doc[j - 1].is_space:
                continue
            text = span.text
            entry = exact.get(text) or folded.get(text.lower())
            if entry is not None and _is_name(span, text in exact):
                found.append(Name(span, "ORG", entry))
                i = j - 1
                break
        i += 1
    return found


@cache
def _exact() -> Mapping[str, str]:
    """Every alias as written, with those that are also words ("IS")."""
    ambiguous = {alias: entry.id for entry in lexicon().entries.values() for alias in entry.ambiguous}
    return {**lexicon().names(), **ambiguous}


@cache
def _folded() -> tuple[Mapping[str, str], frozenset[str]]:
    """The aliases in lower case, and the words with which they open."""
    folded = {alias.lower(): entry for alias, entry in lexicon().names().items()}
    return folded, frozenset(_opening(alias) for alias in folded)


def _opening(text: str) -> str:
    """The letters and digits at the head of a text, else its first character ("al-Qaeda" is three tokens)."""
    found = WORD.match(text)
    return found.group() if found else text[:1]


def _is_name(span: Span, exact: bool) -> bool:
    """Whether a lexicon alias is meant: in the case it is written in, or at least looking like a name.

    A short alias that may be a word ("IS", "US") counts only as written and where the parse takes it for a noun.
    """
    if len(span) == 1 and len(span.text) <= 3:
        return exact and (span[0].pos_ in {"PROPN", "NOUN"} or is_named(span[0]) or is_shouted(span[0]))
    if _is_cut_off(span):
        return False
    if exact:
        return True
    return any(token.pos_ == "PROPN" or is_named(token) for token in span) or (
        all(t.lower_ == t.text for t in span) and len(span) > 1
    )
