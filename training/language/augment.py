"""Sentences as other writers would have put them: other names, capitals, slips of the hand, lost punctuation.

Each function takes and returns sentences; chance comes from the generator that is handed in, so that a seed fixes
everything.
"""

import random
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from importlib.resources import files

from spacy.language import Language

from conflict_kg.linking.lexicon import lexicon
from conflict_kg.model import ActorKind
from training.language.sentences import CLASSES, KINDS, UNKNOWN_HEAD, Allowed, Sentence, Tree, allow

_MILITARY = frozenset({ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE})
_SMALL = frozenset("a an and as at but by for from in into nor of on or over the to up via vs with".split())
_TELLING = {
    "MIL": (
        "IS IS IS IS IS IS ISIS ISIL Daesh PKK YPG SDF FSA RSF SAF TPLF LNA M23 IDF ARSA TNLA Taliban Hamas Hezbollah "
        "Houthis"
    ).split(),
    "LOC": "US US US UK UAE DRC CAR U.S. U.K. USA".split(),
    "ORG": "UN EU NATO OCHA UNHCR ICRC MSF WHO AU HRW AFP AP".split(),
}
"""Single words that lower case or another class would hide: drawn more often than the rest, and those that are
also English words most often."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each change is made: shares of names, and of windows or sentences."""

    swap: float
    capitals: float
    lower: float
    headline: float
    strip: float
    typos: float
    mask: float
    """Share of words hidden from the encoder behind the piece "[MASK]"."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names to put in, by kind and by shape: for each word whether it is a hyphen."""

    by_shape: dict[tuple[str, tuple[bool, ...]], tuple[tuple[str, ...], ...]]


def read_names(nlp: Language) -> Names:
    """The names of the project's lexicon and of the gazetteer's places of news, cut into words by ``nlp``."""
    texts: set[tuple[str, str]] = set()
    for entry in lexicon().entries.values():
        kind = "PER" if entry.kind is ActorKind.PERSON else "MIL" if entry.kind in _MILITARY else "ORG"
        texts |= {(kind, name) for name in entry.names if name[:1].isupper() or name[:3] in {"al-", "el-"}}
    gazetteer = files("conflict_kg") / "lexicon" / "gazetteer.sqlite"
    with sqlite3.connect(f"file:{gazetteer}?mode=ro", uri=True) as places:
        found = places.execute("SELECT name FROM place WHERE news OR population > 300000")
        texts |= {("LOC", name) for (name,) in found}
    shaped: dict[tuple[str, tuple[bool, ...]], list[tuple[str, ...]]] = {}
    for kind, text in sorted(texts):
        words = tuple(token.text for token in nlp.make_doc(text))
        if all(word == "-" or word[0].isalpha() for word in words):
            shaped.setdefault((kind, tuple(word == "-" for word in words)), []).append(words)
    for kind, telling in _TELLING.items():
        # A fifth of the single words.
        single = shaped[kind, (False,)]
        single += [(word,) for word in telling] * max(1, len(single) // (4 * len(telling)))
    return Names({key: tuple(values) for key, values in shaped.items()})


def swap_names(sentence: Sentence, names: Names, rate: float, rng: random.Random) -> Sentence:
    """Put other names of the same kind and shape in the place of some."""
    if sentence.names is None:
        return sentence
    words, allowed = list(sentence.words), list(sentence.names)
    for start, end, kind in known_spans(sentence.names):
        if kind not in {"PER", "ORG", "MIL", "LOC"} or rng.random() >= rate or not _is_proper(sentence, start, end):
            continue
        new = kind if kind not in {"ORG", "MIL"} else "MIL" if rng.random() < 0.6 else "ORG"
        pool = names.by_shape.get((new, tuple(word == "-" for word in words[start:end])))
        if pool:
            words[start:end] = rng.choice(pool)
            allowed[start:end] = [allow(f"B-{new}"), *[allow(f"I-{new}")] * (end - start - 1)]
    return replace(sentence, words=tuple(words), names=tuple(allowed))


def known_spans(names: Sequence[Allowed]) -> list[tuple[int, int, str]]:
    """The names whose bounds are certain, with the first of the kinds that they may be.

    >>> known_spans([allow("O"), allow("B-LOC", "B-FAC"), allow("I-LOC", "I-FAC"), allow("O")])
    [(1, 3, 'LOC')]
    """
    spans = []
    for start, first in enumerate(names):
        kind = next((kind for kind in KINDS if first & allow(f"B-{kind}")), None)
        if kind is None or first & ~_BEGINS:
            continue
        end = start + 1
        while end < len(names) and names[end] & allow(f"I-{kind}") and not names[end] & ~_INSIDES:
            end += 1
        if end == len(names) or not names[end] & allow(f"I-{kind}"):
            spans.append((start, end, kind))
    return spans


_BEGINS = allow(*(name for name in CLASSES if name[0] == "B"))
_INSIDES = allow(*(name for name in CLASSES if name[0] == "I"))


def _is_proper(sentence: Sentence, start: int, end: int) -> bool:
    words = sentence.words[start:end]
    if sentence.tree is None:
        return all(word[0].isupper() or word == "-" for word in words)
    pos = sentence.tree.pos[start:end]
    return all(kind == "PROPN" or word == "-" for word, kind in zip(words, pos, strict=True))


def change_case(sentences: list[Sentence], rates: Rates, rng: random.Random) -> list[Sentence]:
    """Now and then a window all in capitals, all in lower case, or, if it is one sentence, like a headline."""
    chance = rng.random()
    if chance < rates.capitals:
        return [replace(s, words=tuple(word.upper() for word in s.words)) for s in sentences]
    chance -= rates.capitals
    if chance < rates.lower:
        return [replace(s, words=tuple(word.lower() for word in s.words)) for s in sentences]
    chance -= rates.lower
    if len(sentences) == 1 and 3 <= len(sentences[0].words) <= 20 and chance < rates.headline:
        return [_headline(sentences[0])]
    return sentences


def _headline(sentence: Sentence) -> Sentence:
    """Title Case, without a full stop where the tree shows that nothing hangs on it."""
    if sentence.words[-1] == "." and sentence.tree and len(sentence.words) not in sentence.tree.heads:
        sentence = keep(sentence, [True] * (len(sentence.words) - 1) + [False])
    words = tuple(
        word if at and word.lower() in _SMALL else word[:1].upper() + word[1:] for at, word in enumerate(sentence.words)
    )
    return replace(sentence, words=words)


def strip_punctuation(sentence: Sentence, rng: random.Random) -> Sentence:
    """Without its commas and the like, in half the cases without its full stop too; nothing may hang on them."""
    if sentence.tree is None:
        return sentence
    lost = {",", ":", ";", "'", "--"} | ({".", '"', "``", "''"} if rng.random() < 0.5 else set())
    heads, pos = set(sentence.tree.heads), sentence.tree.pos
    kept = [word not in lost or pos[at] != "PUNCT" or at + 1 in heads for at, word in enumerate(sentence.words)]
    return keep(sentence, kept) if any(kept) else sentence


def keep(sentence: Sentence, kept: Sequence[bool]) -> Sentence:
    """Only some words of a sentence; what is left out heads nothing."""
    if all(kept):
        return sentence
    at = [number for number, stays in enumerate(kept) if stays]
    renumbered = {old + 1: new + 1 for new, old in enumerate(at)} | {0: 0, UNKNOWN_HEAD: UNKNOWN_HEAD}
    tree = sentence.tree
    if tree is not None:
        picked = {field.name: tuple(getattr(tree, field.name)[i] for i in at) for field in fields(Tree)}
        picked["heads"] = tuple(renumbered[head] for head in picked["heads"])
        tree = Tree(**picked)
    names = tuple(sentence.names[i] for i in at) if sentence.names is not None else None
    return replace(sentence, words=tuple(sentence.words[i] for i in at), tree=tree, names=names)


def mistype(sentence: Sentence, rng: random.Random) -> Sentence:
    """One word in eight with two letters exchanged, one left out or one doubled."""
    return replace(
        sentence,
        words=tuple(
            _slip(word, rng) if len(word) > 3 and word.isalpha() and rng.random() < 0.125 else word
            for word in sentence.words
        ),
    )


def _slip(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :] if kind == 1 else word[:at] + word[at] + word[at:]


def vary(sentences: list[Sentence], names: Names, rates: Rates, rng: random.Random) -> list[Sentence]:
    """A window for one epoch."""
    changed = [swap_names(sentence, names, rates.swap, rng) for sentence in sentences]
    if rng.random() < rates.strip:
        changed = [strip_punctuation(sentence, rng) for sentence in changed]
    if rng.random() < rates.typos:
        changed = [mistype(sentence, rng) for sentence in changed]
    return change_case(changed, rates, rng)
