"""A training sentence, and what each of its words may be as part of a name."""

from dataclasses import dataclass

KINDS = ("PER", "ORG", "MIL", "LOC", "FAC", "NORP", "DATE")
"""Kinds of names; ``docs/language-model.md`` says what each means."""

CLASSES = ("O", *(f"{part}-{kind}" for kind in KINDS for part in "BI"))
"""BIO classes of a word (Ramshaw and Marcus 1995, as BIO2)."""

_NUMBER = {name: number for number, name in enumerate(CLASSES)}

Allowed = int
"""A set of classes, bit ``n`` for class ``CLASSES[n]``. What a corpus leaves open has several members."""

UNKNOWN, UNKNOWN_HEAD = "", -1
"""What a tree says of a word that its makers left open."""

TEXT, PARAGRAPH = "text", "paragraph"

ANY: Allowed = 2 ** len(CLASSES) - 1


def allow(*classes: str) -> Allowed:
    """The set of these classes.

    >>> allow("O", "B-PER")
    3
    """
    return sum(1 << _NUMBER[name] for name in set(classes))


@dataclass(frozen=True, slots=True)
class Tree:
    """The analysis of a sentence, a value for each word (CoNLL-U's columns XPOS, UPOS, FEATS, HEAD, DEPREL)."""

    tags: tuple[str, ...]
    pos: tuple[str, ...]
    features: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    """0 for the root, else the number of the word, counted from 1."""
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a corpus, in the order of the corpus; what a corpus does not mark is None."""

    words: tuple[str, ...]
    tree: Tree | None = None
    names: tuple[Allowed, ...] | None = None
    guessed: bool = False
    """A program, not the corpus, said where it begins."""
    opens: str = ""
    """What the corpus says that it begins: ``TEXT``, ``PARAGRAPH``, or neither."""
