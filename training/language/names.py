"""From the labels of each corpus to the classes that a word may have.

The corpora mark different things. Universal NER counts armies as organisations, airports as places and leaves
nationalities out; re3d and GUM mark whole noun phrases ("the Prime Minister, Haider al-Abadi"). A class that a
corpus does not tell apart from another is left open: the word may be either, and training sums over both.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from conflict_kg.linking.lexicon import lexicon
from training.language.sentences import ANY, Allowed, allow

Kinds = tuple[str, ...]

_ARTICLES = frozenset({"the", "a", "an", "this", "that", "about", "around", "some"})
"""What corpora leave out at the head of a time, or not."""

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:s|-\d\d)?")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words ``start`` to ``end`` (half-open) that a corpus marks, and the kinds of name that it may be."""

    start: int
    end: int
    kinds: Kinds


@cache
def cues() -> dict[str, frozenset[str]]:
    """The word lists of ``names.toml``, with the demonyms of the project's lexicon added to the peoples."""
    read = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
    found = {name: frozenset(words) for name, words in read.items()}
    demonyms = (
        form.lower()
        for country in lexicon().countries.values()
        for form in (*country.adjectives, *country.people)
        if " " not in form and form[1:].islower()
    )
    return found | {"peoples": found["peoples"] | frozenset(demonyms)}


def is_people(word: str) -> bool:
    """Whether a word names a people, a faith or the like; it then starts with a capital."""
    return word[:1].isupper() and word.lower() in cues()["peoples"]


def organization(words: Sequence[str]) -> Kinds:
    """What an organisation's name may be: ORG, MIL or either.

    >>> organization(["Iraqi", "Army"]), organization(["World", "Bank"]), organization(["Coalition"])
    (('MIL',), ('ORG',), ('ORG', 'MIL'))
    """
    seen = {word.lower() for word in words}
    if seen & cues()["civilian"]:
        return ("ORG",)
    if seen & cues()["military"] and not seen & cues()["either"]:
        return ("MIL",)
    return ("ORG", "MIL") if seen & cues()["either"] else ("ORG",)


def location(words: Sequence[str]) -> Kinds:
    """What a place's name may be: LOC or FAC.

    >>> location(["Camp", "Taji"]), location(["Baiji"]), location(["Kansas", "City"]), location(["Port", "Said"])
    (('FAC',), ('LOC',), ('LOC',), ('LOC', 'FAC'))
    """
    seen = {word.lower() for word in words}
    if seen & cues()["facility_or_place"]:
        return ("LOC", "FAC")
    if seen & cues()["settled"] or not seen & cues()["facility"]:
        return ("LOC",)
    return ("FAC",) if len(words) > 1 else ("LOC", "FAC")


def dated(words: Sequence[str]) -> list[bool]:
    """For each word whether it may be part of an expression of time: it stands in a run of such words that has a core.

    >>> dated("the town fell early on Sunday of last week".split())
    [False, False, False, True, True, True, True, True, True]
    """
    core = [word.lower() in cues()["date_core"] or bool(_YEAR.fullmatch(word)) for word in words]
    link = [core[at] or word.lower() in cues()["date_link"] or word[:1].isdigit() for at, word in enumerate(words)]
    may = [False] * len(words)
    start = 0
    for at in range(len(words) + 1):
        if at == len(words) or not link[at]:
            may[start:at] = [any(core[start:at])] * (at - start)
            start = at + 1
    return may


def outside(words: Sequence[str]) -> list[Allowed]:
    """What each word may be if no name that a corpus marks covers it: few corpora mark times, none all peoples."""
    date = allow("O", "B-DATE", "I-DATE")
    return [
        allow("B-NORP") if is_people(word) else date if may_date else allow("O")
        for word, may_date in zip(words, dated(words), strict=True)
    ]


def from_bio(
    words: Sequence[str], classes: Sequence[str], kinds: Callable[[str, Sequence[str]], Kinds | None]
) -> tuple[Allowed, ...]:
    """The classes for each word of a sentence in BIO or IO notation.

    ``kinds(label, words)`` says what a name with this label may be: kinds; none () where it is no name of ours
    but may hold some, so that its words with a capital are open; None where nothing is known of it.
    """
    free = outside(words)
    names: list[Allowed] = []
    at = 0
    while at < len(words):
        label = classes[at][2:]
        if classes[at] == "O":
            names.append(free[at])
            at += 1
            continue
        end = at + 1
        while end < len(words) and classes[end] == f"I-{label}":
            end += 1
        of = kinds(label, words[at:end])
        if of is None:
            names += [allow("B-NORP") if is_people(word) else ANY for word in words[at:end]]
        elif not of:
            names += [free[i] if words[i].islower() or is_people(words[i]) else ANY for i in range(at, end)]
        else:
            names.append(allow(*(f"B-{kind}" for kind in of)))
            names += [allow(*(f"I-{kind}" for kind in of))] * (end - at - 1)
        at = end
    return tuple(names)


def from_mentions(words: Sequence[str], proper: Sequence[bool], mentions: Iterable[Mention]) -> tuple[Allowed, ...]:
    """The classes for each word where whole noun phrases are marked, nested ones too.

    ``proper`` tells which words are proper nouns (XPOS NNP and NNPS, so "United" is one). The name in a phrase is
    known only to begin at or after its first proper noun, or with the people's adjective before that, and to hold it;
    a phrase without one is no name, except for a time. A proper noun in no phrase is open.
    """
    free = outside(words)
    covering: list[list[Mention]] = [[] for _ in words]
    for mention in mentions:
        if mention.kinds == ("DATE",) or any(proper[mention.start : mention.end]):
            for at in range(mention.start, mention.end):
                covering[at].append(mention)
    return tuple(
        _within(at, words, proper, covering[at], free[at]) if covering[at]
        else ANY if proper[at] and not is_people(words[at])
        else free[at]
        for at in range(len(words))
    )  # fmt: skip


def _within(
    at: int, words: Sequence[str], proper: Sequence[bool], covering: Sequence[Mention], free: Allowed
) -> Allowed:
    """What word ``at`` may be, given the phrases around it; ``free`` is what it may be as part of none."""
    may: Allowed = 0
    for mention in covering:
        if mention.kinds == ("DATE",):
            may |= _in_time(at, mention.start, words)
            continue
        begins = next(i for i in range(mention.start, mention.end) if proper[i])
        if begins > mention.start and is_people(words[begins - 1]):
            begins -= 1
        if at < begins:
            may |= free
        elif proper[at] or at == begins:
            may |= allow(*(f"B-{kind}" for kind in mention.kinds))
            if at > begins:
                may |= allow(*(f"I-{kind}" for kind in mention.kinds))
            if "PER" in mention.kinds and words[at].lower() in cues()["titles"]:
                may |= allow("O")
        else:
            later = any(proper[at + 1 : mention.end])
            may |= free | (allow(*(f"I-{kind}" for kind in mention.kinds)) if later else 0)
    return may | allow("B-NORP") if is_people(words[at]) else may


def _in_time(at: int, start: int, words: Sequence[str]) -> Allowed:
    """What a word in an expression of time may be: its article may be left out."""
    opened = words[start].lower() in _ARTICLES
    if at == start:
        return allow("B-DATE", "O") if opened else allow("B-DATE")
    return allow("I-DATE", "B-DATE") if opened and at == start + 1 else allow("I-DATE")
