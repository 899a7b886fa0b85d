"""The encoder: a window of words in, a vector for each word and one for the root out.

A window is encoded alone, never beside others: the weights are quantised dynamically, with one scale for all
that passes through at once, so that a neighbour in the batch would change the vectors. What a word gets thus
depends on its window and on nothing else.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from conflict_kg.errors import InputError
from conflict_kg.language.pieces import END, START, Pieces

Vectors = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

MOST_PIECES = 126
"""Word pieces in a window, its two marks not counted. Few had more in training, and longer ones parse worse."""

ENOUGH_PIECES = 126
"""Where a window can be cut, it is cut before it has more. With 96 trees were better by .001 to .004 labelled
heads, but what reading takes from them was not."""


_SLOWER = ["SkipLayerNormFusion", "BiasSkipLayerNormFusion", "BiasGeluFusion"]
"""Fusions of onnxruntime whose operators take longer on a CPU than the steps that they join."""


class Encoder:
    """A MiniLM in ONNX. The number of threads does not change the vectors; with several processes one is best."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        try:
            import onnxruntime
        except ImportError as error:
            raise InputError(
                "the language model needs onnxruntime, which is not installed: pip install onnxruntime"
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            path, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )

    def encode(self, words: Sequence[Pieces]) -> Vectors:
        """One row for the root and then one for each word: the mean of its first and its last piece.

        Every word has at least one piece, all of them at most ``MOST_PIECES``.
        """
        lengths = np.array([len(word.numbers) for word in words], dtype=np.int64)
        last = lengths.cumsum()
        numbers = [START, *(number for word in words for number in word.numbers), END]
        cases = np.zeros(len(numbers), dtype=np.int64)
        cases[1:-1] = np.repeat(np.array([word.case for word in words], dtype=np.int64), lengths)
        return self.run(np.array([numbers], dtype=np.int64), cases[None], last - lengths + 1, last)

    def run(self, ids: Places, cases: Places, first: Places, last: Places) -> Vectors:
        """The same from arrays: one row of piece numbers and one of classes, and where words begin and end in them."""
        inputs = {"ids": ids, "case": cases, "first": first, "last": last}
        vectors, root = self._session.run(["words", "roots"], inputs)
        return np.concatenate([root, vectors])
