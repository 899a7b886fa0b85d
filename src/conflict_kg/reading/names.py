"""The proper names in a parsed text: lexicon entries first, then what the pipeline takes for names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from conflict_kg.linking import lexicon
from conflict_kg.model import ActorKind
from conflict_kg.reading.clauses import is_shouted
from conflict_kg.reading.labels import KINDS, is_named
from conflict_kg.reading.nouns import nouns
from conflict_kg.reading.parse import Doc, Span, Token

WORD = re.compile(r"\w+")
ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z]{1,4}")
LONGEST = 9  # tokens in the longest alias that is looked for


@dataclass(frozen=True, eq=False)
class Name:
    """A proper name: its tokens, its kind (a value of ``KINDS``), and the lexicon's id where it has one."""

    span: Span
    label: str
    entry: str | None = None

    @cached_property
    def root(self) -> Token:
        """The token that the rest of the sentence hangs on."""
        return self.span.root


def find_names(doc: Doc) -> tuple[Name, ...]:
    """Names in order, without overlap; where two overlap the lexicon's, then the longer, stays."""
    told = list(_pipeline_names(doc))
    found = [*(name for name in _lexicon_names(doc) if not _is_namesake(name, told)), *told]
    taken: dict[int, Name] = {}
    for name in found:
        inside = [taken[t.i] for t in name.span if t.i in taken]
        if not inside:
            taken.update({t.i: name for t in name.span})
    ordered = sorted(set(taken.values()), key=lambda name: name.span.start)
    return tuple(_of_sites(ordered))


def _is_namesake(name: Name, others: Iterable[Name]) -> bool:
    """Whether a last name is that of somebody else: of a longer name whose first one has no initial of the person's
    ("Laurent K." where the lexicon has a "Joseph K.").
    """
    entry = lexicon().entry(name.entry or "")
    if len(name.span) > 1 or entry is None or entry.kind is not ActorKind.PERSON:
        return False
    whole = next((o for o in others if o.label == "PER" and o.span.end == name.span.end and len(o.span) > 1), None)
    first = [t for t in whole.span.tokens[:-1] if t.lower_.strip(".") not in nouns().title] if whole is not None else []
    initials = {word[:1].lower() for word in entry.label.split()}
    return bool(first) and not any(token.lower_[:1] in initials for token in first)


def _of_sites(names: list[Name]) -> Iterator[Name]:
    """The names, where a place's opens that of a site that the pipeline cut in two ("Khartoum International Airport")
    as one.
    """
    before: Name | None = None
    for name in names:
        if before is not None and _opens(before, name):
            before = Name(name.span.doc[before.span.start : name.span.end], name.label)
            continue
        if before is not None:
            yield before
        before = name
    if before is not None:
        yield before


def _opens(place: Name, site: Name) -> bool:
    """Whether a place's name right before that of a site belongs to it."""
    adjoining = (
        place.label == "LOC" and place.entry is None and site.entry is None and place.span.end == site.span.start
    )
    return adjoining and site.root.lower_ in nouns().site and place.root.head == site.root


def acronyms(names: Iterable[Name]) -> dict[str, str]:
    """The acronyms that a text brings in behind a body's name, and those names: "the Front for Tolerance (FT)"."""
    found: dict[str, str] = {}
    for name in names:
        tokens, end = name.span.doc.tokens, name.span.end
        if name.label != "ORG" or [t.text for t in (*tokens[end : end + 1], *tokens[end + 2 : end + 3])] != ["(", ")"]:
            continue
        short, words = tokens[end + 1].text, [t.text for t in name.span if t.text[:1].isupper() and t.lower_ != "the"]
        if len(words) > 1 and ACRONYM.fullmatch(short):  # often one of another language: "the Union of Patriots (UPC)"
            found.setdefault(short, name.span.text)
    return found


def trim(span: Span) -> Span:
    """The span without articles, possessive endings and quotes at its ends, or a country that owns the rest."""
    start, end, tokens = span.start, span.end, span.doc.tokens
    while start < end and (tokens[start].pos_ in {"DET", "PUNCT", "SPACE", "ADP"} or tokens[start].lower_ == "the"):
        start += 1
    if end - start > 1 and _is_stripped_owner(tokens[start]):
        start += 1
    while end > start and (
        tokens[end - 1].pos_ in {"PUNCT", "PART", "SPACE"} or tokens[end - 1].lower_ in {"'s", "’s"}
    ):
        end -= 1
    return span.doc[start:end]


def _is_stripped_owner(token: Token) -> bool:
    """Whether it is a country's possessive that lost its apostrophe: "Syrias Aleppo"."""
    word = token.text
    return word.endswith("s") and lexicon().named_country(word) is None and bool(lexicon().named_country(word[:-1]))


def _pipeline_names(doc: Doc) -> Iterator[Name]:
    for ent in doc.ents:
        kind, span = KINDS.get(ent.label_), trim(ent)
        told = len(span) and not (_is_event(span) or _is_cut_off(span) or (kind == "LOC" and _is_people(span)))
        if kind == "PER" and len(span) > 1 and lexicon().capital(span.text):
            kind = "LOC"  # "Addis Ababa said"
        if kind is not None and told:
            yield Name(span, kind)


def _is_event(span: Span) -> bool:
    """Whether it is a noun for an event with the capital of a sentence's first word: "Shelling in …"."""
    return len(span) == 1 and bool(span[0].is_sent_start) and span[0].lower_ in nouns().event


def _is_people(span: Span) -> bool:
    """Whether it is a people and no place: "Kenyans"."""
    return len(span) == 1 and span[0].tag_ in {"NNS", "NNPS"} and bool(_demonym(span[0].text))


def _demonym(word: str) -> str | None:
    return lexicon().demonym(word) if lexicon().named_country(word) is None else None


def _is_cut_off(span: Span) -> bool:
    """Whether the word behind "of" belongs to what comes after: "forces of Libya" in "forces of Libya's cabinet"."""
    if len(span) < 3 or not any(token.lower_ == "of" for token in span):
        return False
    return span[-1].head not in span and span[-1] != span.root


def _lexicon_names(doc: Doc) -> list[Name]:
    exact, folded, sizes = _exact(), _folded(), _sizes()
    tokens = doc.tokens
    found: list[Name] = []
    i = 0
    while i < len(tokens):
        start, known = tokens[i].idx, sizes.get(_opening(tokens[i].lower_), ())
        for j in range(min(len(tokens), i + LONGEST), i, -1) if known else ():
            end = tokens[j - 1].idx + len(tokens[j - 1].text)
            if end - start not in known:
                continue
            surface = doc.text[start:end]
            entry = exact.get(surface) or folded.get(surface.lower())
            if entry is not None and _is_name(doc[i:j], surface in exact):
                found.append(Name(doc[i:j], "ORG", entry))
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
def _folded() -> Mapping[str, str]:
    """The aliases in lower case."""
    return {alias.lower(): entry for alias, entry in lexicon().names().items()}


@cache
def _sizes() -> Mapping[str, frozenset[int]]:
    """The words with which aliases open, in lower case, each with how many characters such aliases have."""
    sizes: defaultdict[str, set[int]] = defaultdict(set)
    for alias in (*_exact(), *_folded()):
        sizes[_opening(alias.lower())].add(len(alias))
    return {opening: frozenset(found) for opening, found in sizes.items()}


def _opening(text: str) -> str:
    """The letters and digits at the head of a text, else its first character ("al-Qaeda" is three tokens)."""
    if text.isalnum():  # nearly all are, and this is much the faster
        return text
    found = WORD.match(text)
    return found.group() if found else text[:1]


def _is_capitals_alone(token: Token) -> bool:
    """Whether a pronoun is an acronym ("WHO says …"): in capitals where the words beside it are not."""
    beside = [t for t in token.sent if abs(t.i - token.i) == 1]
    return (
        token.pos_ == "PRON" and token.text.isupper() and len(token) > 1 and any(t.text[-1:].islower() for t in beside)
    )


def _has_members(token: Token) -> bool:
    """Whether people of a group stand right behind an acronym ("IS FIGHTERS TAKE TIKRIT"), in capitals too."""
    behind = token.doc[token.i + 1].lower_ if token.i + 1 < token.sent.end else ""
    return token.text.isupper() and behind.endswith("s") and behind in lexicon().members


def _is_name(span: Span, exact: bool) -> bool:
    """Whether a lexicon alias is meant: in the case it is written in, or at least looking like a name.

    A short alias that may be a word ("IS", "US") counts only as written and where the parse takes it for a noun.
    """
    if len(span) == 1 and len(span.text) <= 3:
        token = span[0]
        return exact and (
            token.pos_ in {"PROPN", "NOUN"}
            or is_named(token)
            or is_shouted(token)
            or _is_capitals_alone(token)
            or _has_members(token)
        )
    if _is_cut_off(span) and not (exact and span[-1].dep_ == "compound"):  # "the State of X and Y fighters" is whole
        return False
    if exact:
        return True
    return any(token.pos_ == "PROPN" or is_named(token) for token in span) or (
        all(t.lower_ == t.text for t in span) and len(span) > 1
    )
