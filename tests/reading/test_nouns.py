"""What nouns refer to: lists that do not contradict each other, and what a phrase's own words say."""

from dataclasses import fields

import pytest
from reading.docs import table

from conflict_kg.reading.nouns import is_definite, lemma, nouns


def test_nouns_lists_are_filled_and_in_lower_case() -> None:
    """Each list has words, as lemmas are compared: lower case, without space around."""
    for field in fields(nouns()):
        listed = getattr(nouns(), field.name)
        words = listed if isinstance(listed, frozenset) else frozenset().union(*listed)
        assert words, field.name
        assert all(word == word.lower().strip() for word in words), field.name


def test_nouns_of_forces_and_of_settlements_mean_one_thing() -> None:
    """No word is both a force of the state and an armed group, or both a settlement and a site."""
    assert not nouns().state & nouns().group
    assert not nouns().settlement & nouns().site
    assert not nouns().settlement & nouns().area


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("MILITANTS=MILITANTS|NOUN|NNS|ROOT|0", "militant"),
        ("rebels=rebel|NOUN|NNS|ROOT|0", "rebel"),
        ("headquarters|NOUN|NN|ROOT|0", "headquarters"),
        ("losses=loss|NOUN|NNS|ROOT|0", "loss"),
    ],
)
def test_lemma_is_singular_and_lower_case(cell: str, expected: str) -> None:
    """A plural that the lemmatiser left is cut; a singular in "s" is not."""
    assert lemma(table(cell)[0]) == expected


def test_is_definite_with_article_demonstrative_or_possessor() -> None:
    """“The town”, "that town" and "its town" point back; "a town" and "towns" do not."""
    the = table("the|DET|DT|det|1 town|NOUN|NN|ROOT|1")
    that = table("that|DET|DT|det|1 town|NOUN|NN|ROOT|1")
    its = table("its|PRON|PRP$|nmod:poss|1 town|NOUN|NN|ROOT|1")
    indefinite = table("a|DET|DT|det|1 town|NOUN|NN|ROOT|1")
    bare = table("small|ADJ|JJ|amod|1 towns=town|NOUN|NNS|ROOT|1")
    assert [is_definite(doc[1]) for doc in (the, that, its, indefinite, bare)] == [True, True, True, False, False]


@pytest.mark.xfail(reason="barracks, crossroads and outskirts are listed by their plural alone")
def test_nouns_that_end_in_s_are_found_as_a_lemma_too() -> None:
    """A word that the tagger may take for a plural is looked up without its "s"; that form must be listed."""
    for name in ("settlement", "part", "site", "area", "state", "group"):
        words = getattr(nouns(), name)
        assert {w[:-1] for w in words if w.endswith("s") and not w.endswith("ss")} <= words, name
