"""The spaCy component that sets lemmas, from the English tables of spacy-lookups-data and from UPOS and XPOS.

spaCy's own rule lemmatiser asks the morphology whether a word is a base form already; here the XPOS tag tells.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Self

from spacy import lookups
from spacy.language import Language
from spacy.tokens import Doc

from conflict_kg.errors import InputError

_INFLECTED = {"NOUN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "adj", "ADV": "adv"}
"""The parts of speech that inflect, and their names in the tables."""

_BASE_TAGS = frozenset({("NOUN", "NN"), ("AUX", "MD")}) | {
    (pos, tag) for pos in ("VERB", "AUX") for tag in ("VB", "VBP")
}
"""UPOS with the XPOS that marks a form which is its own lemma."""

_COMPARED_TAGS = frozenset({"JJR", "JJS", "RBR", "RBS"})

_WITH_E = re.compile(r"(?:at|iz|[cguv]|[^s]s)$")
"""Stems of verbs that want an e: guess for verbs that no table has."""

_STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "`": "'"})

_PLAIN_MARKS = {"\u2013": "-", "\u201c": '"', "\u201d": '"', "``": '"'}
"""Marks that have the lemma of a plainer one."""

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
"""A number with commas between its thousands."""

_ROMAN = re.compile(r"[IVXLCDM]+")


class Lemmatizer:
    """Sets ``lemma`` of every token that has a UPOS; "SEIZES" and "Seized" have the lemma "seize"."""

    def __init__(self) -> None:
        """Read the tables; raises ``InputError`` where spacy-lookups-data is not installed."""
        tables = lookups.load_lookups("en", ["lemma_rules", "lemma_exc", "lemma_index"], strict=False)
        if not tables.has_table("lemma_index"):
            raise InputError(
                "the language model needs spacy-lookups-data, which is not installed: pip install spacy-lookups-data"
            )
        rules, exceptions, index = (tables.get_table(f"lemma_{name}") for name in ("rules", "exc", "index"))
        kinds = sorted(set(_INFLECTED.values()))
        self._rules: Mapping[str, Sequence[tuple[str, str]]] = {kind: rules.get(kind, ()) for kind in kinds}
        self._exceptions: Mapping[str, Mapping[str, Sequence[str]]] = {kind: exceptions[kind] for kind in kinds}
        self._index = {kind: frozenset(index[kind]) for kind in kinds}
        self._own = _read_own()
        self.lemma = lru_cache(maxsize=10_000)(self._lemma)

    def __reduce__(self) -> tuple[type[Self], tuple[()]]:
        return type(self), ()

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of ``doc`` in place."""
        for token in doc:
            token.lemma_ = self.lemma(token.text, token.pos_, token.tag_)
        return doc

    def _lemma(self, word: str, pos: str, tag: str = "") -> str:
        """The lemma of a word, given its UPOS and, where known, its XPOS.

        Lower case, but a proper name keeps its capitals, and so do adjectives of peoples ("Iraqi") and acronyms
        ("TV"). As in the English treebanks of Universal Dependencies, a name in the plural loses it ("Americans"
        is "American"), a number its commas and a long dash its length.
        """
        form = word.lower().translate(_STRAIGHT)
        if own := self._own.get((tag, form)) or self._own.get((pos, form)):
            return own
        if tag == "NNPS":
            return self._singular(word)
        if pos == "PROPN" or tag == "NNP":
            return word
        if pos == "NUM":
            return word.replace(",", "") if _GROUPED.fullmatch(word) else word if _ROMAN.fullmatch(word) else form
        if pos in {"PUNCT", "SYM"}:
            return _PLAIN_MARKS.get(word, form)
        if pos not in _INFLECTED:
            return form
        if tag == "NN" and word.isupper() and 1 < len(word) < 6 and form not in self._index["noun"]:
            return word
        table = _INFLECTED[pos]
        known = form in self._index[table]
        exceptions = self._exceptions[table].get(form)
        if (pos, tag) in _BASE_TAGS and (known or not exceptions):
            return form
        if exceptions:
            return exceptions[0]
        if table in ("adj", "adv") and tag not in _COMPARED_TAGS:
            return form
        before, hyphen, last = form.rpartition("-")
        if before and last.isalpha():
            return before + hyphen + self.lemma(last, pos, tag)
        return self._by_rule(form, table)

    def _singular(self, name: str) -> str:
        """A name without its plural ending, capitals as written."""
        one = self._by_rule(name.lower(), "noun")
        if name.isupper():
            return one.upper()
        return name[: len(one)] if name.lower().startswith(one) else name[:1] + one[1:]

    def _by_rule(self, form: str, table: str) -> str:
        """What the rules make of a form: a word of the index where there is one, else the likeliest."""
        rules = self._rules[table]
        made = [form[: len(form) - len(old)] + new for old, new in rules if form.endswith(old) and form != old]
        for lemma in made:
            if lemma in self._index[table]:
                return lemma
        if form in self._index[table] or not made:
            return form
        if table == "verb" and form.endswith(("ed", "ing")):
            stem = form.removesuffix("ed").removesuffix("ing")
            return f"{stem}e" if _WITH_E.search(stem) else stem
        return made[0]


@Language.factory("conflict_kg_lemmatizer", requires=["token.pos"], assigns=["token.lemma"])
def make_lemmatizer(nlp: Language, name: str) -> Lemmatizer:  # noqa: ARG001 (spaCy passes both)
    """The component; it has no settings."""
    return Lemmatizer()


def _read_own() -> dict[tuple[str, str], str]:
    """What the tables lack or get wrong for reports of a war: UPOS (or XPOS, which goes before) and form to lemma."""
    text = (files("conflict_kg") / "language" / "lemmas.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {(pos, form): lemma for pos, form, lemma in rows}
