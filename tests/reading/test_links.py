"""The parse as tables: what they say is what spaCy says of each token."""

from reading.docs import table

from conflict_kg.reading.links import links, sentence, tokens_of

TOLD = """Rebels=rebel|NOUN|NNS|nsubj|1 seized=seize|VERB|VBD|ROOT|1 the|DET|DT|det|3 town|NOUN|NN|obj|1
    .|PUNCT|.|punct|1 Troops=troop|NOUN|NNS|nsubj|6 left=leave|VERB|VBD|ROOT|6 .|PUNCT|.|punct|6"""


def test_links_are_the_children_with_their_labels() -> None:
    """Each dependent stands under its label, in the order of the text."""
    doc = table(TOLD)
    for token in doc:
        assert links(token) == tuple((child.dep_, child) for child in token.children)


def test_links_tell_the_sentence_of_each_token() -> None:
    """The sentence of a token is that of spaCy, as a range."""
    doc = table(TOLD)
    assert [sentence(token) for token in doc] == [range(token.sent.start, token.sent.end) for token in doc]


def test_links_of_a_second_text_are_its_own() -> None:
    """What is remembered of one text is not told of another."""
    first, second = table(TOLD), table(" ".join(TOLD.split()[:5]))
    assert list(tokens_of(first)) == list(first)
    assert list(tokens_of(second)) == list(second)
    assert [child.doc for _, child in links(second[1])] == [second] * 3
    assert tokens_of(first)[-1].doc is first
