"""A parse as plain objects says of each token, name and sentence what spaCy says."""

from operator import attrgetter

import pytest
from reading.docs import pipeline, table

from conflict_kg.reading.parse import plain

TEXT = """Rebels seize town

The rebels, who had left Gao "for good", said on 12 May that 40 of Ansar Dine's men   were back (in the U.S. view).
It's a  quarter.
"""
LABELS = """i idx text whitespace_ text_with_ws lower_ lemma_ pos_ tag_ dep_ ent_type_ is_space is_punct like_num
    is_sent_start head.i left_edge.i right_edge.i sent.start sent.end sent.root.i sent.start_char""".split()


@pytest.mark.parametrize("label", LABELS)
def test_parse_labels_are_those_of_spacy(label: str) -> None:
    """Every attribute of every token has spaCy's value."""
    parsed = pipeline()(TEXT)
    value = attrgetter(label)
    assert [value(token) for token in plain(parsed)] == [value(token) for token in parsed]


@pytest.mark.parametrize("name", ["children", "subtree", "ancestors"])
def test_parse_trees_are_those_of_spacy(name: str) -> None:
    """What hangs on a token, and what it hangs on, stands in spaCy's order."""
    parsed = pipeline()(TEXT)
    expected = [[other.i for other in getattr(token, name)] for token in parsed]
    assert [[other.i for other in getattr(token, name)] for token in plain(parsed)] == expected
    assert any(expected)


def test_parse_links_are_the_children_with_their_labels() -> None:
    """Each dependent stands under its label."""
    for token in plain(pipeline()(TEXT)):
        assert token.links == tuple((child.dep_, child) for child in token.children)


def test_parse_spans_are_those_of_spacy() -> None:
    """Stretches, sentences and entities have spaCy's words and root; an empty one has none."""
    parsed = pipeline()(TEXT)
    doc = plain(parsed)
    assert doc.text == parsed.text
    assert [(s.start, s.end, s.text) for s in doc.sents] == [(s.start, s.end, s.text) for s in parsed.sents]
    assert [(e.label_, e.text, e.root.i) for e in doc.ents] == [(e.label_, e.text, e.root.i) for e in parsed.ents]
    for first in range(len(doc)):
        for last in range(first + 1, len(doc) + 1):
            ours, theirs = doc[first:last], parsed[first:last]
            assert (ours.text, ours.root.i, len(ours)) == (theirs.text, theirs.root.i, len(theirs))
    assert doc[3:3].text == ""
    assert list(doc[3:3]) == []


def test_parse_finds_tokens_by_code_points() -> None:
    """A code point's token, that before it for a blank; the tokens between two code points, whole ones only."""
    doc = table("Rebels|NOUN|NNS|nsubj|1 seized|VERB|VBD|ROOT|1 the|DET|DT|det|3 town|NOUN|NN|obj|1 .|PUNCT|.|punct|1")
    assert [doc.at(offset) for offset in (0, 5, 6, 7, 13, 14, 22, 99)] == [0, 0, 0, 1, 1, 2, 4, 4]
    assert [list(doc.inside(*bounds)) for bounds in ((0, 6), (1, 17), (7, 16), (14, 23), (2, 5))] == [
        [0],
        [1, 2],
        [1],
        [2, 3, 4],
        [],
    ]


def test_parse_words_have_a_base_in_the_singular() -> None:
    """The base is the lemma in lower case, of a plural without its ending."""
    doc = table("MILITANTS=MILITANTS|NOUN|NNS|nsubj|1 loss|NOUN|NN|ROOT|1")
    assert [token.base for token in doc] == ["militant", "loss"]


def test_parse_edges_are_those_of_the_whole_subtree_where_it_crosses_another() -> None:
    """What hangs on a word that stands on the other side of its head counts too; spaCy leaves it out."""
    doc = table(
        """both|CCONJ|CC|cc:preconj|1 army|NOUN|NN|ROOT|1 and|CCONJ|CC|cc|4 left=leave|VERB|VBD|parataxis|1
        rebels|NOUN|NNS|conj|0"""
    )
    assert [(token.left_edge.i, token.right_edge.i) for token in doc] == [(0, 4), (0, 4), (2, 2), (3, 3), (2, 4)]
