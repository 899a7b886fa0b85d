"""A parsed text as plain objects, made once a report; their attributes have spaCy's names and values.

A spaCy text makes a token anew whenever it is asked for one, and looks up each of its labels anew. Reading asks for
those of every word many times over. Nothing behind this module knows spaCy.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain, count
from math import inf
from typing import overload

import spacy.tokens


@dataclass(slots=True, eq=False, repr=False)
class Token:
    """A word, mark or white space of a text, and where it stands in the tree."""

    doc: "Doc"
    i: int
    """Its index in the text."""
    idx: int
    """Its first code point in the text."""
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    whitespace_: str
    """The blank behind it, or nothing."""
    is_space: bool
    is_punct: bool
    like_num: bool
    base: str
    """The lemma in lower case; a plural that the lemmatiser left (a headline's "MILITANTS") is made singular."""
    head: "Token" = field(init=False)
    """What it hangs on; a root's is its own."""
    sent: "Span" = field(init=False)
    left_edge: "Token" = field(init=False)
    """The first token of its subtree."""
    right_edge: "Token" = field(init=False)
    links: tuple[tuple[str, "Token"], ...] = ()
    """Its dependents in the order of the text, each under the label of its dependency."""

    def __len__(self) -> int:
        """How many code points it has."""
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def is_sent_start(self) -> bool:
        """Whether a sentence begins with it."""
        return self.sent.start == self.i

    @property
    def text_with_ws(self) -> str:
        """The text with the blank behind it."""
        return self.text + self.whitespace_

    @property
    def children(self) -> Iterator["Token"]:
        """Its dependents in the order of the text."""
        return (child for _, child in self.links)

    @property
    def subtree(self) -> Iterator["Token"]:
        """The token and all that hangs on it, in order."""
        before = [child for _, child in self.links if child.i < self.i]
        for child in before:
            yield from child.subtree
        yield self
        for _, child in self.links[len(before) :]:
            yield from child.subtree

    @property
    def ancestors(self) -> Iterator["Token"]:
        """What it hangs on, what that hangs on, up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token


@dataclass(slots=True, eq=False)
class Span:
    """Tokens in a row: a sentence, a name."""

    doc: "Doc"
    start: int
    end: int
    """Behind the last."""
    label_: str = ""

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens themselves."""
        return self.doc.tokens[self.start : self.end]

    @property
    def start_char(self) -> int:
        """The first code point."""
        return self.doc[self.start].idx

    @property
    def text(self) -> str:
        """The words as they stand, without the blank behind them."""
        if self.start >= self.end:
            return ""
        last = self.doc[self.end - 1]
        return self.doc.text[self.start_char : last.idx + len(last)]

    @property
    def sent(self) -> "Span":
        """The sentence of its first token."""
        return self.doc[self.start].sent

    @property
    def root(self) -> Token:
        """The token that hangs highest in the tree, the first of several; a mark only where there is nothing else."""
        return min(self.tokens, key=_depth)

    def __len__(self) -> int:
        """How many tokens it has."""
        return max(0, self.end - self.start)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i]

    def __contains__(self, token: Token) -> bool:
        return self.doc is token.doc and self.start <= token.i < self.end


@dataclass(eq=False, repr=False)
class Doc:
    """A parsed text."""

    text: str
    tokens: tuple[Token, ...] = ()
    sents: tuple[Span, ...] = ()
    ents: tuple[Span, ...] = ()
    """What the pipeline takes for names, dates and the like."""

    def __len__(self) -> int:
        """How many tokens it has."""
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, i: int) -> Token: ...
    @overload
    def __getitem__(self, i: slice) -> Span: ...
    def __getitem__(self, i: int | slice) -> Token | Span:
        """A token, or those of a stretch."""
        if isinstance(i, int):
            return self.tokens[i]
        start, end, _ = i.indices(len(self.tokens))
        return Span(self, start, end)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(token.idx for token in self.tokens)

    def at(self, offset: int) -> int:
        """The index of the token that a code point belongs to, or stands behind."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def inside(self, start: int, end: int) -> range:
        """The indices of the tokens that lie whole between two code points."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return range(first, last - 1 if last > first and self[last - 1].idx + len(self[last - 1]) > end else last)


_WORDS = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")
_FLAGS = ("SPACY", "IS_SPACE", "IS_PUNCT", "LIKE_NUM")


def plain(parsed: spacy.tokens.Doc) -> Doc:
    """A text that spaCy parsed, with lemmas, parts of speech, tags, a tree, sentences and entities."""
    doc = Doc(parsed.text)
    numbers = parsed.to_array(list(_WORDS)).T.tolist()
    strings = {number: parsed.vocab.strings[number] for number in set(chain.from_iterable(numbers))}
    words = [[strings[number] for number in column] for column in numbers]
    blank, *flags = parsed.to_array(list(_FLAGS)).astype(bool).T.tolist()
    texts, tags = words[0], words[4]
    lemmas = words[2] = list(map(_mended, words[2], tags))
    starts = accumulate((len(text) + space for text, space in zip(texts, blank, strict=True)), initial=0)
    spaces = [" " if space else "" for space in blank]
    bases = map(_base, lemmas, tags)
    columns = zip(count(), starts, *words, spaces, *flags, bases, strict=False)
    tokens = doc.tokens = tuple(Token(doc, *column) for column in columns)
    links: dict[int, list[tuple[str, Token]]] = {}
    offsets = parsed.to_array("HEAD").astype("int64").tolist()
    for token, offset in zip(tokens, offsets, strict=True):
        token.head = tokens[token.i + offset]
        if offset:
            links.setdefault(token.head.i, []).append((token.dep_, token))
    for i, below in links.items():
        tokens[i].links = tuple(below)
    _set_edges(tokens)
    doc.sents = tuple(Span(doc, sentence.start, sentence.end) for sentence in parsed.sents)
    for sentence in doc.sents:
        for token in sentence:
            token.sent = sentence
    doc.ents = tuple(Span(doc, name.start, name.end, name.label_) for name in parsed.ents)
    return doc


def _set_edges(tokens: Sequence[Token]) -> None:
    """Tell each token the first and the last of its subtree."""
    for token in tokens:
        token.left_edge = token.right_edge = token
    for token in tokens:
        above = token.head
        while above.right_edge.i < token.i:
            above.right_edge, above = token, above.head
    for token in reversed(tokens):
        above = token.head
        while above.left_edge.i > token.i:
            above.left_edge, above = token, above.head


def _depth(token: Token) -> float:
    """How many tokens it hangs below; one without words, on which nothing hangs, below all."""
    bare = (token.is_space or token.is_punct) and not token.links and token.head is not token
    return inf if bare else sum(1 for _ in token.ancestors)


def _mended(lemma: str, tag: str) -> str:
    """A lemma with the "y" that the lemmatiser cuts off verbs that it does not know: "reoccupi" of "reoccupied"."""
    return f"{lemma[:-1]}y" if lemma.endswith("i") and tag in {"VBD", "VBN"} else lemma


def _base(lemma: str, tag: str) -> str:
    word = lemma.lower()
    return word[:-1] if word.endswith("s") and tag in {"NNS", "NNPS"} and not word.endswith("ss") else word
