"""Lists of places: the names one by one that a plural stands for, as far as the words beside it tell them.

"The towns of X and Y" hangs together in a parse. "X and Y towns", "three towns: X (on Monday), Y, where …, and Z", and
a list that lost its commas seldom do. They are read by the order of the words, and by how many the plural says are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from conflict_kg.linking import lexicon
from conflict_kg.reading.clauses import children, conjuncts
from conflict_kg.reading.names import Name
from conflict_kg.reading.nouns import lemma, nouns
from conflict_kg.reading.numerals import read_number
from conflict_kg.reading.parse import Doc, Token

JOINING = {",", ";", "and", "&"}
OPENING = {":", "-", "–", "—"}
ASIDE = {"where", "which", "whose", "who", "when"}
FEW = range(2, 11)  # how many names a plural may tell


@dataclass(frozen=True, slots=True)
class Listed:
    """A place of a list: the token that its name hangs on, and what it is called."""

    root: Token
    words: str


Lists = Mapping[int, tuple[Listed, ...]]
"""The places of each list by the plural that stands for them."""


def enumerations(doc: Doc, names: Mapping[int, Name]) -> Lists:
    """The lists of a text by the plural that stands for them; ``names`` are the proper names by token."""
    found: dict[int, tuple[Listed, ...]] = {}
    for token in doc.tokens:
        if token.tag_ not in {"NNS", "NNPS"} or not _is_place(token):
            continue
        places = _numbered(token) or _before(token, names) or _said_of(token, names) or _behind(token, names)
        if len(places) in FEW or (places and _has_among(token)):
            found[token.i] = places
            if _counting(token) is not None:
                found[token.head.i] = places
    return found


def _has_among(token: Token) -> bool:
    """Whether "among them" follows in the sentence, which may tell one place alone."""
    behind = token.sent.tokens[token.i - token.sent.start :]
    return any(a.lower_ == "among" and b.lower_ == "them" for a, b in pairwise(behind))


def _is_place(token: Token) -> bool:
    words, noun = nouns(), lemma(token)
    return any(
        noun in kind for kind in (words.settlement, words.part, words.site, words.area, words.taken, words.ground)
    )


def _numbered(token: Token) -> tuple[Listed, ...]:
    """The parts of "Districts 1, 2 and 3"."""
    behind = [c for c in children(token, "flat", "nummod", "appos") if c.pos_ == "NUM" and c.i == token.i + 1]
    numbers = [n for first in behind for n in conjuncts(first) if n.text.isdecimal()]
    if len(numbers) < FEW.start or not token.text[:1].isupper():
        return ()
    return tuple(Listed(n, f"{_singular(token)} {n.text}") for n in numbers)


def _before(token: Token, names: Mapping[int, Name]) -> tuple[Listed, ...]:
    """The places of "X and Y towns", "the X and Y bridges"; a town is called X, a bridge "X bridge"."""
    spans: list[tuple[int, int]] = []
    joined, i, first = False, token.i, token.sent.start
    while i > first and (item := _ends_at(token.doc, i, names)) is not None:
        spans.insert(0, item)
        i = item[0]
        between = token.doc[i - 1] if i > first else None
        if between is None or between.lower_ not in JOINING:
            break
        joined = joined or not between.is_punct
        i -= 1
    if not joined or not _are_places(token.doc, spans, names):
        return ()
    own = lemma(token) in nouns().settlement | nouns().part
    ending = "" if own else f" {_singular(token)}"
    return tuple(Listed(_root(token.doc, span), _text(token.doc, span) + ending) for span in spans)


def _said_of(token: Token, names: Mapping[int, Name]) -> tuple[Listed, ...]:
    """The places of "X and Y were among the towns", "all towns, X and Y included"."""
    among = any(c.lower_ == "among" for c in children(token, "case"))
    hosts = [token] if among else [c for c in children(token, "acl:relcl", "acl") if lemma(c) == "include"]
    first = [c for host in hosts for c in children(host, "nsubj", "nsubj:pass")]
    if among and token.dep_ == "obl":  # "named X and Y among the towns"
        first += [c for c in children(token.head, "obj", "xcomp") if token.head.i < c.i < token.i]
    spans = [(n.span.start, n.span.end) for c in first for t in conjuncts(c) if (n := names.get(t.i)) is not None]
    return _plain(token.doc, spans) if _are_places(token.doc, spans, names) else ()


def _behind(token: Token, names: Mapping[int, Name]) -> tuple[Listed, ...]:
    """The places of "three towns: X, Y and Z", "three towns north of Q X Y and Z", "towns, among them X and Y"."""
    doc, end, told, beyond = token.doc, token.sent.end, _told(token), False
    if token.i + 1 < end and doc[token.i + 1].lower_ == "of":
        spans = _run(doc, token.i + 2, end, names)
        parsed = max((len(list(conjuncts(c))) for c in children(token, "nmod")), default=0)
        if len(spans) > max(parsed, 1) and all(first in names for first, _ in spans) and _are_places(doc, spans, names):
            return _plain(doc, spans)  # "the towns of X Y and Z", which the parse cuts short
    for i in range(token.i + 1, end - 1):
        if doc[i].lower_ == "among" and doc[i + 1].lower_ == "them" and doc[i - 1].pos_ == "PROPN":
            spans = _run_back(doc, i, token.i, names)
        elif doc[i - 1].lower_ == "among" and doc[i].lower_ == "them":
            spans = _run(doc, i + 1, end, names)
        elif _opens(doc, i):
            spans = _as_told(_run(doc, i + 1, end, names), told)
            if not spans:
                return ()
        elif told is None or beyond or doc[i - 1].pos_ == "ADP":
            continue
        elif doc[i].tag_ in {"VBD", "VBZ", "VBP"} or doc[i].pos_ == "SCONJ":
            beyond = True  # what another clause tells of; behind a colon the list may follow all the same
            continue
        else:
            spans = _as_told(_run(doc, i, end, names), told)
        if _are_places(doc, spans, names):
            return _plain(doc, spans)
    return ()


def _run_back(doc: Doc, end: int, first: int, names: Mapping[int, Name]) -> list[tuple[int, int]]:
    """The names in a row that end before a token, as in "villages on the heights, X and Y among them"."""
    found: list[tuple[int, int]] = []
    while end > first and (item := _ends_at(doc, end, names)) is not None:
        found.insert(0, item)
        end = item[0]
        while end - 1 > first and doc[end - 1].lower_ in JOINING:
            end -= 1
    return found


def _opens(doc: Doc, i: int) -> bool:
    """Whether a list may follow a mark: a colon, or a dash with a blank before it."""
    return doc[i].text == ":" or (doc[i].text in OPENING and bool(doc[i - 1].whitespace_))


def _as_told(spans: list[tuple[int, int]], told: int | None) -> list[tuple[int, int]]:
    """Names in a row if they are as many as the words say, taken for one word each if they must be; else none."""
    if told is None or len(spans) == told:
        return spans
    words = [(k, k + 1) for start, end in spans for k in range(start, end)]
    return words if len(words) == told else []


def _run(doc: Doc, start: int, end: int, names: Mapping[int, Name]) -> list[tuple[int, int]]:
    """The names in a row from a token on, up to a word that belongs to no list."""
    found: list[tuple[int, int]] = []
    i = start
    while i < end and (last := _starts_at(doc, i, names)) is not None:
        found.append((i, last))
        i = _past_aside(doc, last, end, names)
        joined = i
        while joined < end and (doc[joined].lower_ in JOINING or (joined > i and doc[joined].lower_ == "the")):
            joined += 1
        if joined > i and joined < end and doc[joined].lower_ in ASIDE:
            joined = _past_clause(doc, joined, end, names)
        i = joined
    return found


def _past_aside(doc: Doc, i: int, end: int, names: Mapping[int, Name]) -> int:
    """Behind what a list says of a name: "(26 October)", "on Monday", "in the province of Z"."""
    if i + 1 < end and doc[i].pos_ == "ADP" and doc[i + 1].ent_type_ in {"DATE", "TIME"}:
        i += 1
        while i < end and doc[i].ent_type_ in {"DATE", "TIME"}:
            i += 1
        return i
    if i < end and doc[i].text == "(":
        closed = next((k for k in range(i, end) if doc[k].text == ")"), None)
        return i if closed is None else closed + 1
    if i < end and doc[i].lower_ == "in" and (last := _starts_at(doc, i + 1, names)) is not None:
        return last + 1 if last < end and lemma(doc[last]) in nouns().area else last
    return i


def _past_clause(doc: Doc, i: int, end: int, names: Mapping[int, Name]) -> int:
    """Behind a relative clause, where the list goes on; else where it is."""
    for k in range(i, end - 1):
        if doc[k].text != ",":
            continue
        following = k + 2 if doc[k + 1].lower_ == "and" else k + 1
        if _starts_at(doc, following, names) is not None:
            return following
    return i


def _starts_at(doc: Doc, i: int, names: Mapping[int, Name]) -> int | None:
    """Where the name ends that begins at a token, or goes on there behind a dash."""
    if i >= len(doc):
        return None
    name = names.get(i)
    if name is not None:
        return name.span.end if name.entry is None and not doc[i].is_punct else None
    return _past_hyphens(doc, i) if _may_be_name(doc[i]) else None


def _past_hyphens(doc: Doc, i: int) -> int:
    if i + 1 < len(doc) and doc[i + 1].text.isdecimal():
        return i + 2  # "Point 4875"
    while i + 2 < len(doc) and doc[i + 1].text == "-" and not (doc[i].whitespace_ or doc[i + 1].whitespace_):
        i += 2
    return i + 1


def _ends_at(doc: Doc, end: int, names: Mapping[int, Name]) -> tuple[int, int] | None:
    """The name that ends before a token."""
    name = names.get(end - 1)
    if name is not None:
        return (name.span.start, end) if name.entry is None and name.span.end == end else None
    return (end - 1, end) if _may_be_name(doc[end - 1]) else None


def _may_be_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[:1].isupper() and lexicon().demonym(token.text) is None


def _are_places(doc: Doc, spans: list[tuple[int, int]], names: Mapping[int, Name]) -> bool:
    """Whether names in a row may be those of places: one is taken for one, and none for a people or a country."""
    found = [names.get(_root(doc, span).i) for span in spans]
    words, known = [_text(doc, span) for span in spans], lexicon()
    others = any(known.demonym(text) or known.named_country(text) for text in words)
    return not others and any(name is not None and name.label == "LOC" for name in found)


def _plain(doc: Doc, spans: list[tuple[int, int]]) -> tuple[Listed, ...]:
    return tuple(Listed(_root(doc, span), _text(doc, span)) for span in spans)


def _root(doc: Doc, span: tuple[int, int]) -> Token:
    return doc[span[0] : span[1]].root


def _text(doc: Doc, span: tuple[int, int]) -> str:
    return " ".join(doc[span[0] : span[1]].text.split())


def _singular(token: Token) -> str:
    word = lemma(token)
    return word.capitalize() if token.text[:1].isupper() else word


def _counting(token: Token) -> Token | None:
    """The "four" of "four of the five capitals"."""
    of = token.dep_ == "nmod" and any(c.lower_ == "of" for c in children(token, "case"))
    return token.head if of and token.head.tag_ == "CD" else None


def _told(token: Token) -> int | None:
    """How many the words say they are, if few enough to be named."""
    numbers = [n for n in (_counting(token),) if n is not None] or children(token, "nummod")
    told = next((read_number(n.text.lower()) for n in numbers), None)
    return told if told in FEW else None


def called(lists: Lists) -> Iterator[tuple[int, str]]:
    """Each place of the lists by the index of its root, with what it is called."""
    return ((one.root.i, one.words) for places in lists.values() for one in places)


def names_of_towns(doc: Doc, lists: Lists) -> Iterator[str]:
    """The names in lists of towns and villages."""
    towns = (places for i, places in lists.items() if lemma(doc[i]) in nouns().settlement)
    return (one.words for places in towns for one in places)
