"""Names of places as far as the pipeline cuts them wrongly: lists that lost their commas, and names cut in two."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from conflict_kg.linking import Setting, link_place
from conflict_kg.model import PlaceKind
from conflict_kg.reading.discourse import SIDES
from conflict_kg.reading.frames import holds_place
from conflict_kg.reading.names import Name
from conflict_kg.reading.nouns import lemma, nouns
from conflict_kg.reading.parse import Span, Token


def taken_apart(name: Name, where: Setting) -> Iterator[Name]:
    """The places one by one of a list that lost its commas ("Kerrin Obal Tel Amar"), where the gazetteer has each in a
    country of the report, and no place of the whole name.
    """
    may_be = name.label == "LOC" or (name.entry is None and holds_place(name.root))
    ends = _ends(name, where) if may_be and len(name.span) > 1 else []
    if not ends:
        yield name
        return
    for start, end in pairwise([name.span.start, *ends]):
        yield Name(name.span.doc[start:end], "LOC")


def _ends(name: Name, where: Setting) -> list[int]:
    """Where each place of a list without commas ends; empty where the name is no such list."""
    doc, start, last = name.span.doc, name.span.start, name.span.end
    if link_place(name.span.text, where).linked or not all(token.text.istitle() for token in name.span):
        return []
    ends: list[int] = []
    while start < last:
        known = (end for end in range(last, start, -1) if _is_town_at_hand(doc[start:end].text, where))
        end = next(known, None)
        if end is None:
            return []
        ends.append(end)
        start = end
    return ends


def _is_town_at_hand(words: str, where: Setting) -> bool:
    place = link_place(words, where)
    return place.linked and place.kind is PlaceKind.SETTLEMENT and bool(where.country(place.country))


def put_together(names: Sequence[Name], where: Setting) -> tuple[Name, ...]:
    """The names with those whole that stand cut: "Eastern" and "Ghouta", "Boy", "-" and "Rabe"."""
    by_end = {name.span.end: name for name in names}
    by_start = {name.span.start: name for name in names}
    found: dict[int, Name] = {}
    for name in names:
        start, end = name.span.start, name.span.end
        if name.entry is None and name.label == "LOC":
            start, end = _whole(name, by_start, by_end, where)
            end += _is_numbered(name.span.doc[end - 1])
        found[start] = (
            name if (start, end) == (name.span.start, name.span.end) else Name(name.span.doc[start:end], "LOC")
        )
    inside = {i for name in found.values() for i in range(name.span.start + 1, name.span.end)}
    return tuple(name for start, name in sorted(found.items()) if start not in inside)


def _whole(name: Name, by_start: Mapping[int, Name], by_end: Mapping[int, Name], where: Setting) -> tuple[int, int]:
    """Where the whole name begins and ends that a name may be cut from."""
    doc, start, end = name.span.doc, name.span.start, name.span.end
    while _hyphen_before(name, start) and (first := _own_start(start - 2, by_end, doc[start - 2])) is not None:
        if _are_towns(doc[first : start - 1].text, doc[start:end].text, where):
            break
        start = first
    while end + 1 < len(doc) and _hyphen_before(name, end + 1) and doc[end + 1].pos_ == "PROPN":
        beside = by_start.get(end + 1)
        last = beside.span.end if beside is not None else end + 2
        if (beside is not None and beside.entry) or _are_towns(doc[start:end].text, doc[end + 1 : last].text, where):
            break
        end = last
    return (start - 1 if _has_side(name.span.sent, start, end, where) else start), end


def _is_numbered(last: Token) -> bool:
    """Whether a number belongs to what a name ends with: "Hill 1040", "Regiment 111"."""
    behind = last.doc[last.i + 1] if last.i + 1 < last.sent.end else last
    thing = last.text[:1].isupper() and (lemma(last) in nouns().site or behind.dep_ == "flat")
    return thing and behind.text[:1].isdigit() and behind.head == last and not behind.ent_type_


def _has_side(sentence: Span, start: int, end: int, where: Setting) -> bool:
    """Whether the word before a name is its own: "Eastern Ghouta", but not "Western Mosul"."""
    doc, before = sentence.doc, sentence.doc[start - 1] if start > sentence.start else None
    if before is None or before.lower_ not in SIDES or not (before.text[:1].isupper() and before.whitespace_):
        return False
    if link_place(f"{before.text} {doc[start:end].text}", where).linked:
        return True
    return before.i > sentence.start and not link_place(doc[start:end].text, where).linked


def _hyphen_before(name: Name, i: int) -> bool:
    """Whether a hyphen without blanks joins a token to a word with a capital before it."""
    doc = name.span.doc
    if i - 2 < name.span.sent.start or i >= name.span.sent.end or doc[i - 1].text != "-":
        return False
    return not (doc[i - 1].whitespace_ or doc[i - 2].whitespace_) and doc[i - 2].text[:1].isupper()


def _own_start(i: int, by_end: Mapping[int, Name], token: Token) -> int | None:
    """Where the name begins that ends at a token, the token itself where no name does; none for an actor's."""
    name = by_end.get(i + 1)
    if name is None:
        return i if token.pos_ == "PROPN" else None
    return name.span.start if name.entry is None else None


def _are_towns(first: str, second: str, where: Setting) -> bool:
    """Whether a hyphen stands between two places rather than in a name: "the Aleppo-Damascus highway"."""
    return link_place(first, where).linked and link_place(second, where).linked
