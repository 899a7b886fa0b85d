"""Changed sentences stay sentences: as many labels as words, one tree."""

import itertools
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_corpora import write_corpora
from spacy.language import Language

from training.language.augment import Names, Rates, known_spans, read_names, swap_names, vary
from training.language.corpora import read_treebank, with_names
from training.language.sentences import Sentence, allow

ALWAYS = Rates(swap=1, capitals=0, lower=0, headline=0, strip=0, typos=0, mask=0)
OFTEN = Rates(swap=0.5, capitals=0.2, lower=0.2, headline=0.5, strip=0.5, typos=0.5, mask=0)


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> list[Sentence]:
    """Three sentences with trees and names."""
    root: Path = write_corpora(tmp_path_factory.mktemp("corpora"))
    trees = read_treebank(root / "ud_ewt/en_ewt-ud-train.conllu")
    return list(with_names(trees, root / "uner_ewt/en_ewt-ud-train.iob2"))


@pytest.fixture(scope="module")
def names(nlp: Language) -> Names:
    """The names of the lexicon."""
    return read_names(nlp)


def test_names_are_swapped_for_names_of_the_same_length(sentences: list[Sentence], names: Names) -> None:
    """A person of two words gives way to another one; the tree does not notice."""
    other = swap_names(sentences[1], names, 1.0, random.Random(3))
    assert other.words[8:10] != ("Omar", "Haddan")
    assert other.words[:8] == sentences[1].words[:8], "the army's name has an adjective in it and stays"
    assert other.tree == sentences[1].tree
    assert known_spans(other.names or ()) == [(1, 3, "MIL"), (8, 10, "PER")]


def test_groups_spelled_like_words_are_among_the_names(names: Names) -> None:
    """The word "IS" is drawn often enough to be learnt, and is a group."""
    single = names.by_shape["MIL", (False,)]
    assert single.count(("IS",)) * 200 > len(single)
    assert ("Boko", "Haram") in names.by_shape["MIL", (False, False)]


@given(seed=st.integers(0, 10_000))
def test_whatever_is_changed_the_layers_fit(sentences: list[Sentence], names: Names, seed: int) -> None:
    """Words, tags, heads and names have one length, heads point into the sentence, one word is the root."""
    rng = random.Random(seed)
    alone = [vary([sentence], names, OFTEN, rng) for sentence in sentences]
    for varied in [*vary(list(sentences), names, OFTEN, rng), *itertools.chain(*alone)]:
        count = len(varied.words)
        assert varied.tree is not None
        assert varied.names is not None
        assert {len(varied.tree.tags), len(varied.tree.heads), len(varied.names)} == {count}
        assert all(0 <= head <= count for head in varied.tree.heads)
        assert varied.tree.heads.count(0) == 1
        assert all(varied.words)


def test_headlines_are_in_title_case(sentences: list[Sentence], names: Names) -> None:
    """Without a full stop, small words small."""
    headline = Rates(swap=0, capitals=0, lower=0, headline=1, strip=0, typos=0, mask=0)
    (varied,) = vary([sentences[0]], names, headline, random.Random(1))
    assert " ".join(varied.words) == "Rebels Seized the Town of Velmora on Sunday"


def test_no_chance_no_change(sentences: list[Sentence], names: Names) -> None:
    """With all rates at nothing a window stays as it is."""
    never = Rates(swap=0, capitals=0, lower=0, headline=0, strip=0, typos=0, mask=0)
    assert vary(list(sentences), names, never, random.Random(1)) == sentences


def test_uncertain_names_are_left_alone(names: Names) -> None:
    """Where the bounds are open nothing is swapped."""
    open_name = Sentence(("Velmora", "Council"), names=(allow("B-LOC", "B-ORG"), allow("B-ORG", "I-ORG")))
    assert swap_names(open_name, names, 1.0, random.Random(1)) == open_name
