"""Words as the encoder sees them: WordPiece numbers and a class for the capitals that the vocabulary leaves out.

The vocabulary is that of BERT, uncased: a word is cleaned, lower-cased and stripped of accents, split at
punctuation, and each part is cut greedily into the longest pieces that the vocabulary has.
"""

import unicodedata
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

UNKNOWN = 100
"""The vocabulary's number for what it cannot spell."""

START = 101
"""The number that opens a window; its vector stands for the root of every tree in the window."""

END = 102
"""The number that closes a window."""

_LONGEST_PART = 100
"""Parts with more characters than this are unknown, as in BERT's own tokeniser."""

_MOST_PIECES = 8
"""A word with more pieces keeps its first and last four, as in training."""

_CACHED_WORDS = 10_000
"""Words remembered, so that a long run does not grow without end."""

_PLAIN_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
"""Curly quotes are read as straight ones, which is what most of the training text has."""

_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2CEAF), (0x2F800, 0x2FA1F))


class CaseClass(IntEnum):
    """How a word is written; enters the encoder as the token type, so the numbers belong to the weights."""

    LOWER = 0
    TITLE = 1
    UPPER = 2
    SINGLE_CAPITAL = 3
    MIXED = 4
    DIGITS = 5
    DIGITS_AND_LETTERS = 6
    NO_LETTERS = 7


@dataclass(frozen=True, slots=True)
class Pieces:
    """A word's piece numbers, none for white space, and its case class."""

    numbers: tuple[int, ...]
    case: CaseClass


@dataclass(slots=True)
class PieceTable:
    """Cuts words into pieces, and remembers the words it has seen."""

    numbers: dict[str, int]
    _seen: dict[str, Pieces] = field(default_factory=dict)

    def __getitem__(self, word: str) -> Pieces:
        known = self._seen.get(word)
        if known is None:
            known = self._cut(word)
            if len(self._seen) < _CACHED_WORDS:
                self._seen[word] = known
        return known

    def _cut(self, word: str) -> Pieces:
        if not word or word.isspace():
            return Pieces((), CaseClass.NO_LETTERS)
        numbers = [number for part in _parts(word) for number in self._spell(part)] or [UNKNOWN]
        if len(numbers) > _MOST_PIECES:
            numbers = numbers[: _MOST_PIECES // 2] + numbers[-_MOST_PIECES // 2 :]
        return Pieces(tuple(numbers), case_class(word))

    def _spell(self, part: str) -> list[int]:
        """Longest pieces first; a part that cannot be spelt to its end is unknown as a whole."""
        if len(part) > _LONGEST_PART:
            return [UNKNOWN]
        found: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            for end in range(len(part), start, -1):
                number = self.numbers.get(prefix + part[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [UNKNOWN]
        return found


def read_vocabulary(path: Path) -> PieceTable:
    """The table for a vocabulary file: one piece a line, numbered from 0 in the order of the lines."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return PieceTable({piece: number for number, piece in enumerate(lines) if piece})


def in_capitals(pieces: Pieces) -> Pieces:
    """The pieces of the same word if it were written in capitals."""
    letters = pieces.case < CaseClass.DIGITS
    return Pieces(pieces.numbers, CaseClass.UPPER) if letters else pieces


def case_class(word: str) -> CaseClass:
    """How a word is written.

    >>> [case_class(word).name for word in ("town", "Ramadi", "ISIL", "A", "al-Tash", "500", "8th", "...")]
    ['LOWER', 'TITLE', 'UPPER', 'SINGLE_CAPITAL', 'MIXED', 'DIGITS', 'DIGITS_AND_LETTERS', 'NO_LETTERS']
    """
    letters = [character for character in word if character.isalpha()]
    if any(character.isdigit() for character in word):
        return CaseClass.DIGITS_AND_LETTERS if letters else CaseClass.DIGITS
    if not letters:
        return CaseClass.NO_LETTERS
    capitals = [character.isupper() for character in letters]
    if not any(capitals):
        return CaseClass.LOWER
    if len(letters) == 1:
        return CaseClass.SINGLE_CAPITAL
    if all(capitals):
        return CaseClass.UPPER
    return CaseClass.TITLE if capitals[0] and sum(capitals) == 1 else CaseClass.MIXED


def _parts(word: str) -> list[str]:
    """A word cleaned, lower-cased, without accents, split at white space, punctuation and ideographs."""
    shown = "".join(c for c in word.translate(_PLAIN_QUOTES) if c in "\t\n\r" or not _is_hidden(c))
    bare = (c for c in unicodedata.normalize("NFD", shown.lower()) if unicodedata.category(c) != "Mn")
    return "".join(f" {c} " if _stands_alone(c) else c for c in bare).split()


def _is_hidden(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character).startswith("C")


def _stands_alone(character: str) -> bool:
    """Punctuation (every ASCII character that is no letter, digit or space counts as such) and ideographs."""
    code = ord(character)
    if code < 128:
        return code > 32 and not character.isalnum()
    return unicodedata.category(character).startswith("P") or any(a <= code <= b for a, b in _IDEOGRAPHS)
