"""Sentences into windows, windows into batches, batches into tensors."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from conflict_kg.language.encoder import MOST_PIECES
from conflict_kg.language.pieces import END, START, PieceTable
from training.language.sentences import CLASSES, UNKNOWN_HEAD, Sentence

MASK = 103
"""The vocabulary's number for a hidden piece."""

SINGLE = 0.35
"""Share of windows that are one sentence; the others run on, as text does at run time."""

SHORTEST = 30
"""Pieces that a window of several sentences aims at, at least."""

IGNORED = -100
"""The class of what is not to be learnt."""

Window = list[Sentence]


@dataclass(frozen=True, slots=True)
class Inventory:
    """The classes that words are sorted into, by layer."""

    tags: tuple[str, ...]
    pos: tuple[str, ...]
    features: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...] = CLASSES

    def sizes(self) -> dict[str, int]:
        """How many classes each layer has."""
        return {name: len(getattr(self, name)) for name in ("tags", "pos", "features", "relations", "names")}


def take_inventory(sentences: Sequence[Sentence]) -> Inventory:
    """The classes that occur; features seen once are left out (their words then teach no features)."""
    trees = [sentence.tree for sentence in sentences if sentence.tree]
    features: dict[str, int] = {}
    for tree in trees:
        for value in tree.features:
            features[value] = features.get(value, 0) + 1
    return Inventory(
        tags=tuple(sorted({tag for tree in trees for tag in tree.tags})),
        pos=tuple(sorted({pos for tree in trees for pos in tree.pos})),
        features=tuple(sorted(value for value, count in features.items() if count > 1)),
        relations=tuple(sorted({relation for tree in trees for relation in tree.relations})),
    )


def pieces_in(sentence: Sentence, table: PieceTable) -> int:
    """The pieces of a sentence."""
    return sum(len(table[word].numbers) for word in sentence.words)


def cut_windows(sentences: Sequence[Sentence], table: PieceTable, rng: random.Random) -> list[Window]:
    """Neighbouring sentences in windows of changing length, up to what the encoder takes."""
    windows: list[Window] = []
    current: Window = []
    filled = limit = 0
    for sentence in sentences:
        size = pieces_in(sentence, table)
        if current and filled + size > limit:
            windows.append(current)
            current, filled = [], 0
        if not current:
            limit = 0 if rng.random() < SINGLE else rng.randint(SHORTEST, MOST_PIECES)
        current.append(sentence)
        filled += size
    return [*windows, current] if current else windows


def cut_again(window: Window, table: PieceTable) -> list[Window]:
    """A window that other names have made far too long for the encoder as its sentences, without the longest ones."""
    sizes = [pieces_in(sentence, table) for sentence in window]
    if sum(sizes) <= 2 * MOST_PIECES:
        return [window]
    return [[sentence] for sentence, size in zip(window, sizes, strict=True) if size <= 2 * MOST_PIECES]


def group(windows: Sequence[Window], table: PieceTable, most: int, rng: random.Random) -> list[list[Window]]:
    """Batches of windows of like length, at most ``most`` pieces each with the padding, in any order."""
    sized = [(2 + sum(pieces_in(sentence, table) for sentence in window), window) for window in windows]
    sized.sort(key=lambda item: item[0] + rng.random() * 6)
    batches: list[list[Window]] = []
    current: list[Window] = []
    longest = 0
    for size, window in sized:
        if current and max(longest, size) * (len(current) + 1) > most:
            batches.append(current)
            current, longest = [], 0
        current.append(window)
        longest = max(longest, size)
    return [*batches, current] if current else batches


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as tensors. Words are counted through all windows; ``IGNORED`` marks what a corpus leaves out."""

    ids: Tensor
    cases: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    window: Tensor
    """For each word its window, and ..."""
    place: Tensor
    """... its number in the window."""
    sentence: Tensor
    tags: Tensor
    pos: Tensor
    features: Tensor
    starts: Tensor
    heads: Tensor
    """0 for the root, else the head's number in the window plus one."""
    relations: Tensor
    allowed: Tensor
    """(words, classes): the classes a word's name may have; all of them where nothing is known."""

    def to(self, device: torch.device) -> "Batch":
        """The same on another device."""
        return Batch(*(getattr(self, name).to(device) for name in self.__slots__))


_COUNTED = ("window", "place", "sentence", "tags", "pos", "features", "starts", "heads", "relations")
"""The fields of a batch that have a number for each word."""


class Collator:
    """Makes batches of tensors for an inventory."""

    def __init__(self, inventory: Inventory, table: PieceTable) -> None:
        self._table = table
        self._numbers = {
            name: {value: number for number, value in enumerate(getattr(inventory, name))}
            for name in ("tags", "pos", "features", "relations")
        }

    def __call__(self, windows: Sequence[Window], masked: float = 0.0, rng: random.Random | None = None) -> Batch:
        """The tensors of a batch; a share ``masked`` of its words is hidden from the encoder."""
        rows: list[tuple[list[int], list[int]]] = []
        columns: dict[str, list[int]] = {name: [] for name in ("begin", "end", "names", *_COUNTED)}
        counted = 0
        for number, window in enumerate(windows):
            ids, cases, placed = [START], [0], 0
            for sentence in window:
                self._add_labels(columns, sentence, placed)
                for word in sentence.words:
                    cut = self._table[word]
                    hide = masked > 0 and rng is not None and rng.random() < masked
                    columns["begin"].append(len(ids))
                    ids += [MASK] * len(cut.numbers) if hide else cut.numbers
                    cases += [int(cut.case)] * len(cut.numbers)
                    columns["end"].append(len(ids) - 1)
                    columns["window"].append(number)
                    columns["place"].append(placed)
                    columns["sentence"].append(counted)
                    placed += 1
                counted += 1
            rows.append(([*ids, END], [*cases, 0]))
        width = max(len(ids) for ids, _ in rows)
        padded = np.zeros((3, len(rows), width), dtype=np.int64)
        for number, (ids, cases) in enumerate(rows):
            padded[0, number, : len(ids)], padded[1, number, : len(ids)], padded[2, number, : len(ids)] = ids, cases, 1
        as_tensor = {name: torch.tensor(values, dtype=torch.int64) for name, values in columns.items()}
        offset = as_tensor["window"] * width
        return Batch(
            ids=torch.from_numpy(padded[0]),
            cases=torch.from_numpy(padded[1]),
            mask=torch.from_numpy(padded[2]).bool(),
            first=as_tensor["begin"] + offset,
            last=as_tensor["end"] + offset,
            allowed=(as_tensor["names"][:, None] >> torch.arange(len(CLASSES))) & 1 == 1,
            **{name: as_tensor[name] for name in _COUNTED},
        )

    def _add_labels(self, columns: dict[str, list[int]], sentence: Sentence, placed: int) -> None:
        count = len(sentence.words)
        tree = sentence.tree
        for name in ("tags", "pos", "features", "relations"):
            known = self._numbers[name]
            columns[name] += [known.get(v, IGNORED) for v in getattr(tree, name)] if tree else [IGNORED] * count
        heads = tree.heads if tree else (UNKNOWN_HEAD,) * count
        columns["heads"] += [IGNORED if head == UNKNOWN_HEAD else head and head + placed for head in heads]
        columns["starts"] += [IGNORED if sentence.guessed else 1] + [0] * (count - 1)
        columns["names"] += sentence.names or (2 ** len(CLASSES) - 1,) * count
