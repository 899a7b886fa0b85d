"""From a name to a pipeline: the one that the package ships, or an installed one whose parse can be used."""

import re
from typing import Any

import spacy
from spacy.language import Language

from conflict_kg.errors import InputError
from conflict_kg.language import breaks, lemmas, parser  # noqa: F401  # registers the components
from conflict_kg.language.layout import TITLES

NEEDED_RELATIONS = frozenset(
    "acl advcl amod appos aux case cc ccomp compound conj cop det mark nmod nsubj obj obl xcomp".split()
)
"""Universal Dependencies relations (https://universaldependencies.org/u/dep/) that reading relies on; a subtype,
as in "acl:relcl", counts for its type."""

_PROBE = "The army seized the town of Baiji on Sunday."
"""Any sentence: parsed once to see what a pipeline sets."""

_UNSPACED = r"\S{200}"
"""What begins so is one token up to the next blank. Taken apart mark by mark, it would cost the square of its length;
no word has so many characters, and few addresses have."""

_PREFIXED = r"(?i:anti|bi|co|counter|de|ex|inter|intra|mid|multi|non|post|pre|pro|re|semi|sub|trans|ultra|un)-[a-z]+$"
"""What is one word in the treebanks in spite of its hyphen ("re-enter", "pro-government"), after the guidelines of the
English Web Treebank (LDC, 2012) for affixes; other hyphens are words of their own."""

_CLEAR_NLP = frozenset("agent attr dative dobj nsubjpass pcomp pobj poss prep relcl".split())
"""Relations that betray the older scheme of ClearNLP, which spaCy's own English pipelines use."""


def load(name: str | None = None, *, threads: int = 1) -> Language:
    """A spaCy pipeline that sets tag, pos, morph, lemma, head, dep (UD), sentence starts and ents.

    ``name`` is an installed spaCy pipeline (package name or folder), None the one that the package ships, whose
    encoder runs on ``threads`` threads; its entities are PER, ORG, MIL, LOC, FAC, NORP and DATE.
    Every line break in a text ends a sentence. Raises ``InputError`` where the pipeline cannot be loaded,
    its parse is not labelled with Universal Dependencies, or it sets no parts of speech.
    """
    return _load_shipped(threads) if name is None else _load_installed(name)


def _load_shipped(threads: int) -> Language:
    nlp = spacy.blank("en")
    tokenizer: Any = nlp.tokenizer  # spaCy declares a mere callable
    tokenizer.token_match = re.compile(f"{_UNSPACED}|{_PREFIXED}").match
    for title in sorted(TITLES):
        tokenizer.add_special_case(title, [{"ORTH": title}])
    nlp.add_pipe("conflict_kg_parser", config={"threads": threads})
    nlp.add_pipe("conflict_kg_lemmatizer")
    return nlp


def _load_installed(name: str) -> Language:
    try:
        nlp = spacy.load(name)
    except (ImportError, OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"language model {name}: cannot be loaded as a spaCy pipeline: {reason}") from error
    parsing = [pipe for pipe in nlp.pipe_names if "token.dep" in nlp.get_pipe_meta(pipe).assigns]
    _check_relations(name, {label for pipe in parsing for label in nlp.pipe_labels.get(pipe, ())})
    if "conflict_kg_parser" not in nlp.pipe_factories.values():
        nlp.add_pipe("conflict_kg_breaks", before=parsing[0])
        nlp.add_pipe("conflict_kg_names", last=True)
    probe = nlp(_PROBE)
    if not probe.has_annotation("POS"):
        raise InputError(f"language model {name}: sets no parts of speech (token.pos)")
    if not probe.has_annotation("LEMMA"):
        nlp.add_pipe("conflict_kg_lemmatizer", last=True)
    return nlp


def _check_relations(name: str, labels: set[str]) -> None:
    """Raise ``InputError`` unless the labels of a parser are those of Universal Dependencies."""
    if not labels:
        raise InputError(f"language model {name}: has no parser; one with Universal Dependencies labels is needed")
    missing = NEEDED_RELATIONS - {label.partition(":")[0] for label in labels}
    if missing:
        instead = ", ".join(sorted(labels & _CLEAR_NLP))
        raise InputError(
            f"language model {name}: its parse is not labelled with Universal Dependencies: "
            f"it lacks {', '.join(sorted(missing))}{f' and has {instead}' if instead else ''}"
        )
