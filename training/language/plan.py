"""What a training sees, and when: the windows and batches of each epoch."""

import random
from pathlib import Path

from conflict_kg.language import load
from conflict_kg.language.pieces import PieceTable
from training.language.augment import Names, read_names, vary
from training.language.batches import Window, cut_again, cut_windows, group
from training.language.prepare import read_labelled, read_prepared
from training.language.sentences import Sentence
from training.language.settings import Settings


class Plan:
    """The batches of each epoch, the same in every worker and every run."""

    def __init__(self, settings: Settings, work: Path, table: PieceTable) -> None:
        self._settings, self._table = settings, table
        self._sets: dict[str, list[Sentence]] = {}
        for name, sentence in [*read_prepared(work, ["train"]), *read_labelled(work)]:
            self._sets.setdefault(name, []).append(sentence)
        self._names: Names = read_names(load())

    def epoch(self, number: int) -> list[list[Window]]:
        """An epoch's batches; workers that take one each take neighbours, which are of like length."""
        fit, rng = self._settings.fit, random.Random(f"{self._settings.fit.seed} {number}")
        batches = group(self.windows(number, rng), self._table, fit.batch, rng)
        batches += batches[: -len(batches) % fit.workers]
        steps = [batches[at : at + fit.workers] for at in range(0, len(batches), fit.workers)]
        rng.shuffle(steps)
        return [batch for step in steps for batch in step]

    def windows(self, number: int, rng: random.Random) -> list[Window]:
        """An epoch's windows, set by set, as other writers would have put them."""
        windows: list[Window] = []
        for name, sentences in sorted(self._sets.items()):
            taken = portion(sentences, self._settings.fit.repeats.get(name, 1), number)
            cut = cut_windows(taken, self._table, rng)
            varied = [vary(window, self._names, self._settings.augment, rng) for window in cut]
            windows += [part for window in varied for part in cut_again(window, self._table)]
        return windows


def portion(sentences: list[Sentence], repeats: float, epoch: int) -> list[Sentence]:
    """What an epoch has of a set: each sentence ``repeats`` times, or the next part of them where that is below one.

    >>> portion(["a", "b", "c"], 2, 0), portion(["a", "b", "c"], 1 / 3, 1)
    (['a', 'b', 'c', 'a', 'b', 'c'], ['b'])
    """
    count = len(sentences)
    return [sentences[at % count] for at in range(round(epoch * repeats * count), round((epoch + 1) * repeats * count))]
