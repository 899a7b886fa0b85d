"""What is read off the vectors: tags, sentence starts, trees and names."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from conflict_kg.language.encoder import Vectors
from conflict_kg.language.trees import best_tree

Numbers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

_PROJECTIONS = (
    "tags", "pos", "features", "starts", "names", "beside",
    "arc_dependent", "arc_head", "label_dependent", "label_head",
)  # fmt: skip
"""Linear maps that share one product: those of words, what neighbours see of each other, those before the biaffine
products."""

_ROLES = {"nsubj", "obj", "iobj", "obl", "nmod", "conj", "appos"}
"""Relations that a whole phrase has, and no two neighbouring words of one name."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of the classes, in the order of the weights' rows."""

    tags: tuple[str, ...]
    pos: tuple[str, ...]
    features: tuple[str, ...]
    """UD features as one string ("Number=Sing|Person=3"), "_" for none."""
    relations: tuple[str, ...]
    names: tuple[str, ...]
    """BIO classes, "O" first."""


@dataclass(frozen=True, slots=True)
class Scores:
    """A window's words, one row each, seen by every classifier; what may be a head has the root as row 0."""

    tags: Numbers
    pos: Numbers
    features: Numbers
    starts: Flags
    names: Vectors
    arcs: Vectors
    label_dependents: Vectors
    label_heads: Vectors


@dataclass(frozen=True, slots=True)
class Parse:
    """Class numbers for each word of a text; ``heads`` are word numbers, a root being its own head."""

    tags: Numbers
    pos: Numbers
    features: Numbers
    heads: Numbers
    relations: Numbers
    names: Numbers

    def first(self, count: int) -> "Parse":
        """The parse of the first words only; none of them has its head beyond."""
        return Parse(*(getattr(self, name)[:count] for name in self.__slots__))


def join(parses: Sequence[Parse]) -> Parse:
    """The parses of consecutive stretches of a text as one."""
    offsets = np.cumsum([0, *(len(parse.heads) for parse in parses)])
    return Parse(
        tags=np.concatenate([parse.tags for parse in parses]),
        pos=np.concatenate([parse.pos for parse in parses]),
        features=np.concatenate([parse.features for parse in parses]),
        heads=np.concatenate([parse.heads + offset for parse, offset in zip(parses, offsets, strict=False)]),
        relations=np.concatenate([parse.relations for parse in parses]),
        names=np.concatenate([parse.names for parse in parses]),
    )


class Heads:
    """The classifiers on top of the encoder."""

    def __init__(self, weights: Path, labels: Path) -> None:
        with np.load(weights) as stored:
            arrays = {name: stored[name].astype(np.float32) for name in stored.files}
        named = json.loads(labels.read_text(encoding="utf-8"))
        self.labels = Labels(**{key: tuple(values) for key, values in named.items()})
        self._matrix = np.concatenate([arrays[f"{name}.weight"] for name in _PROJECTIONS]).T.copy()
        self._bias = np.concatenate([arrays[f"{name}.bias"] for name in _PROJECTIONS])
        self._cuts = np.cumsum([len(arrays[f"{name}.bias"]) for name in _PROJECTIONS])[:-1]
        self._starts_beside = arrays["starts_beside.weight"].T.copy()
        self._names_beside = arrays["names_beside.weight"].T.copy()
        self._arcs = arrays["arcs"]
        self._relations = arrays["labels"]
        self._root_relation = self.labels.relations.index("root")
        known = self.labels.relations
        self._flat = known.index("flat") if "flat" in known else self._root_relation
        self._fills = np.array(["flat" in known and relation.split(":")[0] in _ROLES for relation in known])
        self._continues = np.array([name.startswith("I-") for name in self.labels.names])
        self._transitions = allowed_transitions(self.labels.names)

    def score(self, vectors: Vectors) -> Scores:
        """What the classifiers say of a window; ``vectors`` are the encoder's, the root first."""
        products = np.split(vectors @ self._matrix + self._bias, self._cuts, axis=1)
        tags, pos, features, start, names, beside, *biaffine = products
        around = _leaky(_joined(beside[1:]))
        start, names = start[1:] + around @ self._starts_beside, names[1:] + around @ self._names_beside
        arc_dependents, arc_heads, label_dependents, label_heads = map(_leaky, biaffine)
        return Scores(
            tags=tags[1:].argmax(axis=1),
            pos=pos[1:].argmax(axis=1),
            features=features[1:].argmax(axis=1),
            starts=start[:, 1] > start[:, 0],
            names=names,
            arcs=_with_one(arc_dependents[1:]) @ self._arcs @ arc_heads.T,
            label_dependents=label_dependents[1:],
            label_heads=label_heads,
        )

    def decode(self, scores: Scores, starts: Flags) -> Parse:
        """The best parse of a window whose sentences start at ``starts``; the first word is one of them."""
        heads = _trees(scores.arcs, starts)
        roots = heads == 0
        relations = self._label(scores.label_dependents, scores.label_heads[heads], roots)
        names = best_path(scores.names, self._transitions, starts)
        heads = np.where(roots, np.arange(len(heads)), heads - 1)
        self._join_names(heads, relations, names)
        return Parse(scores.tags, scores.pos, scores.features, heads, relations, names)

    def _join_names(self, heads: Numbers, relations: Numbers, names: Numbers) -> None:
        """Hang a word of a name that fills the same role of the same word as the name's first on that one: of
        "Red Column took" both words may have come out as subjects.
        """
        first = 0
        for word, inside in enumerate(self._continues[names]):
            first = first if inside else word
            same = heads[word] == heads[first] and relations[word] == relations[first]
            if inside and same and heads[word] != word and self._fills[relations[word]]:
                heads[word], relations[word] = first, self._flat

    def _label(self, dependents: Vectors, heads: Vectors, roots: Flags) -> Numbers:
        """The best relation of each word to its head; a root's is the root relation, and nobody else's is."""
        width, count, _ = self._relations.shape
        halfway = (_with_one(dependents) @ self._relations.reshape(width, -1)).reshape(-1, count, width)
        scores = np.matmul(halfway, _with_one(heads)[:, :, None])[:, :, 0]
        scores[:, self._root_relation] = np.where(roots, np.inf, -np.inf)
        labels: Numbers = scores.argmax(axis=1)
        return labels


def allowed_transitions(names: Sequence[str]) -> Vectors:
    """For BIO classes, "O" first: 0 where the class of the column may follow that of the row, else minus infinity."""
    allowed = [[not after.startswith("I-") or before[2:] == after[2:] for after in names] for before in names]
    return np.where(np.array(allowed), np.float32(0), np.float32(-np.inf))


def best_path(scores: Vectors, transitions: Vectors, starts: Flags) -> Numbers:
    """The best sequence of classes among those that the transitions allow (Viterbi 1967).

    A name does not reach across the start of a sentence: what stands before one counts as class 0, outside.
    """
    greedy: Numbers = scores.argmax(axis=1)
    before = np.where(starts, 0, np.roll(greedy, 1))
    if np.isfinite(transitions[before, greedy]).all():
        return greedy
    came_from = np.zeros(scores.shape, dtype=np.intp)
    total = scores[0] + transitions[0]
    for at in range(1, len(scores)):
        steps = total[:, None] + (transitions[0] if starts[at] else transitions)
        came_from[at] = steps.argmax(axis=0)
        total = steps.max(axis=0) + scores[at]
    path = np.empty(len(scores), dtype=np.intp)
    path[-1] = total.argmax()
    for at in range(len(scores) - 1, 0, -1):
        path[at - 1] = came_from[at, path[at]]
    return path


def _trees(arcs: Vectors, starts: Flags) -> Numbers:
    """Heads in a window, 0 for a root, else the head's number plus one: one tree for each sentence."""
    heads = np.zeros(len(arcs), dtype=np.intp)
    for first, end in pairwise([*np.flatnonzero(starts).tolist(), len(arcs)]):
        within = best_tree(arcs[first:end, [0, *range(first + 1, end + 1)]])
        heads[first:end] = np.where(within == 0, 0, within + first)
    return heads


def _joined(views: Vectors) -> Vectors:
    """For each word the sum of what it sees of itself and what the words before and after it show to it."""
    shown_on, own, shown_back = np.split(views, 3, axis=1)
    joined: Vectors = own.copy()
    joined[1:] += shown_on[:-1]
    joined[:-1] += shown_back[1:]
    return joined


def _leaky(values: Vectors) -> Vectors:
    activated: Vectors = np.maximum(values, np.float32(0.1) * values)
    return activated


def _with_one(values: Vectors) -> Vectors:
    return np.concatenate([values, np.ones((len(values), 1), dtype=np.float32)], axis=1)
