"""The parse as tables, made once a document.

A spaCy text makes a token anew whenever it is asked for one, a token its children, the names of their labels and its
sentence, and reading asks for those of every word many times over. A parse must not change any more once it is read.
"""

from functools import lru_cache

from spacy.tokens import Doc, Token

Link = tuple[str, Token]
"""A dependent under the label of its dependency."""


@lru_cache(maxsize=1)  # one report is read at a time
def tokens_of(doc: Doc) -> tuple[Token, ...]:
    """The tokens of a text."""
    return tuple(doc)


def links(token: Token) -> tuple[Link, ...]:
    """The dependents of a token in the order of the text, each with its label."""
    return _table(token.doc)[token.i]


@lru_cache(maxsize=1)
def _table(doc: Doc) -> tuple[tuple[Link, ...], ...]:
    found: list[list[Link]] = [[] for _ in range(len(doc))]
    for token in tokens_of(doc):
        head = token.head.i
        if head != token.i:
            found[head].append((token.dep_, token))
    return tuple(map(tuple, found))


def sentence(token: Token) -> range:
    """The tokens of the sentence that a token stands in."""
    return _sentences(token.doc)[token.i]


@lru_cache(maxsize=1)
def _sentences(doc: Doc) -> tuple[range, ...]:
    sentences = (range(sentence.start, sentence.end) for sentence in doc.sents)
    return tuple(sentence for sentence in sentences for _ in sentence)
