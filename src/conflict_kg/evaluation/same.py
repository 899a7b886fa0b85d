"""Whether two names stand for one party, person or place, as a reader would take them.

Deliberately not the linking that reading does: what is judged must not judge itself. Words are data
(lexicon/samenames.toml); the rules are in docs/evaluation.md.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

ALIKE_LETTERS = 0.84  # share of letters from which two words are spellings of one: "Daraa", "Dara'a", "Deraa"
OPENING = 12  # words of a quotation that are compared
SLACK = 5  # words that may stand between them
OPENS = 0.6  # share of them that must be found

Alike = Sequence[AbstractSet[str]]
"""Sets of names, as ``plain`` leaves them, each of one party."""


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """A name in lower-case ASCII letters and digits, without the Arabic article or "the".

    >>> plain("Ra’s al-ʿAyn"), plain("the Free Syrian Army")
    ('ras ayn', 'free syrian army')
    """
    text = _ascii(name).replace("'", "").replace("`", "")
    text = re.sub(r"\b(al|el|ash|as|ar|an|ad|the)[- ]", "", text)
    return " ".join(re.sub(r"[^a-z0-9 ]", " ", text).split())


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def same_actor(one: str | None, other: str | None, alike: Alike) -> bool:
    """Whether two names stand for one party: known to, or of words most of which are the same.

    A state and its army are one side, and no side is both the state and somebody who fights it.
    """
    if not one or not other:
        return False
    if _known_alike(plain(one), plain(other), alike):
        return True
    left, right = _side(one), _side(other)
    opposed = _words()["opposed"]
    if (_is_state_only(left, opposed) and right & opposed) or (_is_state_only(right, opposed) and left & opposed):
        return False
    left, right = left - _words()["fighters"], right - _words()["fighters"]
    if not left or not right:
        return False
    smaller = min(left, right, key=len)
    inside = (left <= right or right <= left) and bool(smaller - {"state"})
    telling = len(smaller) > 1 or not smaller & _words()["national"]
    return len(left & right) / len(left | right) > 0.5 or (inside and telling)


def same_person(one: str | None, other: str | None, alike: Alike) -> bool:
    """Whether two names stand for one speaker: as a party, or by the last name."""
    if same_actor(one, other, alike):
        return True
    left, right = _tokens(one or ""), _tokens(other or "")
    if not left or not right or left[-1] != right[-1] or len(left[-1]) < 3:
        return False
    return left[-1] not in _words()["roles"] | _words()["state"] | _words()["fighters"]


def same_place(one: str | None, other: str | None) -> bool:
    """Whether two names stand for one place: word for word, each the same or spelt alike. A part is not its whole."""
    if not one or not other:
        return False
    left, right = (_tokens(without_share(name), _words()["settlement"]) for name in (one, other))
    if not left or not right:
        return plain(one) == plain(other)
    if set(left) == set(right):
        return True
    return len(left) == len(right) and all(
        SequenceMatcher(None, a, b).ratio() >= ALIKE_LETTERS for a, b in zip(left, right, strict=True)
    )


def whole_of(place: str) -> str | None:
    """The place that a bracket names a part of: "Sangin" of "Sangin (district centre)"; None where none does."""
    return place.split("(", maxsplit=1)[0] if "(" in place and without_share(place) == place else None


def without_share(place: str) -> str:
    """The name without a bracket that only tells a share: "Homs (northern parts)"."""
    return _share().sub("", place)


def opens_with(content: str, opening: str) -> float:
    """The share of the opening's first words that stand, in order, at the head of the content; 0.0 to 1.0."""
    want, have = _spoken(opening)[:OPENING], _spoken(content)
    if not want or len(have) < min(3, len(want)):
        return 0.0
    head = have[: len(want) + SLACK]
    blocks = SequenceMatcher(None, want, head, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / min(len(want), len(head))


# ---------------------------------------------------------------- words


def _known_alike(one: str, other: str, alike: Alike) -> bool:
    return one == other or any(one in group and other in group for group in (*_alike(), *alike))


def _is_state_only(side: AbstractSet[str], opposed: AbstractSet[str]) -> bool:
    return "state" in side and not side & opposed


@lru_cache(maxsize=20_000)
def _side(name: str) -> frozenset[str]:
    """The words by which a side is known: countries as adjectives, a state's army, troops and government as one."""
    adjectives: dict[str, str] = _data()["adjectives"]
    return frozenset("state" if t in _words()["state"] else adjectives.get(t, t) for t in _tokens(name))


def _tokens(name: str, left_out: Iterable[str] = ()) -> list[str]:
    return [t for t in plain(name).split() if t not in _words()["little"] and t not in left_out]


def _spoken(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", _ascii(text))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("conflict_kg") / "lexicon" / "samenames.toml").read_text(encoding="utf-8"))


@cache
def _words() -> dict[str, frozenset[str]]:
    """The lists of the file, the adjectives among the national words."""
    found = {name: frozenset(words) for name, words in _data().items() if name not in {"alike", "adjectives"}}
    return {**found, "national": found["national"] | frozenset(_data()["adjectives"].values())}


@cache
def _alike() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group) for group in _data()["alike"])


@cache
def _share() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_words()["share"]))
    return re.compile(rf"\([^)]*\b(?:{words})\b[^)]*\)", re.IGNORECASE)
