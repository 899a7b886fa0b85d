"""Names: the lexicon's before the pipeline's, whole, and without what is no part of them."""

from reading.docs import table

from conflict_kg.reading.names import Name, acronyms, find_names, trim


def test_names_of_the_lexicon_win_over_those_of_the_pipeline() -> None:
    """A longer alias is one name with its entry, whatever entities overlap it."""
    doc = table(
        """The|DET|DT|det|3 Rapid|PROPN|NNP|compound|3 Support|PROPN|NNP|compound|3 Forces|PROPN|NNPS|nsubj|4
        left=leave|VERB|VBD|ROOT|4 Nyala|PROPN|NNP|obj|4""",
        (1, 3, "PER"),
        (5, 6, "LOC"),
    )
    found = find_names(doc)
    assert [(name.span.text, name.entry, name.label) for name in found] == [
        ("Rapid Support Forces", "rapid-support-forces", "ORG"),
        ("Nyala", None, "LOC"),
    ]
    assert [name.root.text for name in found] == ["Forces", "Nyala"]


def test_names_that_are_also_words_count_only_as_written() -> None:
    """“IS” as a noun is the group; "is" and "IS" as a verb in a line of capitals are not."""
    group = table("IS|PROPN|NNP|nsubj|1 fled=flee|VERB|VBD|ROOT|1")
    verb = table("Gao|PROPN|NNP|nsubj|2 is=be|AUX|VBZ|cop|2 free|ADJ|JJ|ROOT|2")
    shouted = table("GAO|PROPN|NNP|nsubj|2 IS=be|AUX|VBZ|cop|2 FREE|ADJ|JJ|ROOT|2")
    found = [[n.entry for n in find_names(doc) if n.entry] for doc in (group, verb, shouted)]
    assert found == [["islamic-state"], [], []]


def test_names_found_in_lower_case_only_where_the_parse_sees_a_name() -> None:
    """An alias in another case needs a proper noun or several words."""
    name = table("TALIBAN|PROPN|NNP|nsubj|1 fled=flee|VERB|VBD|ROOT|1")
    word = table("reuters|NOUN|NN|nsubj|1 fled=flee|VERB|VBD|ROOT|1")
    assert [n.entry for n in find_names(name)] == ["taliban"]
    assert not find_names(word)


def test_trim_takes_articles_and_possessives_off() -> None:
    """What the pipeline includes by mistake is cut from the ends, never from within."""
    doc = table(
        """the|DET|DT|det|2 Gao|PROPN|NNP|compound|2 Council|PROPN|NNP|nmod:poss|4 's|PART|POS|case|2
        house|NOUN|NN|ROOT|4"""
    )
    assert trim(doc[0:4]).text == "Gao Council"
    assert len(trim(doc[3:4])) == 0


def test_acronyms_are_those_that_follow_a_name_with_its_letters() -> None:
    """In brackets behind a body's name and made of its letters; a place's or another's letters are none."""
    doc = table(
        """Front|PROPN|NNP|nsubj|5 Line|PROPN|NNP|flat|0 (|PUNCT|-LRB-|punct|3 FL|PROPN|NNP|appos|0
        )|PUNCT|-RRB-|punct|3 left=leave|VERB|VBD|ROOT|5 Gao|PROPN|NNP|obj|5 (|PUNCT|-LRB-|punct|8 QX|PROPN|NNP|appos|6
        )|PUNCT|-RRB-|punct|8"""
    )
    assert acronyms([Name(doc[0:2], "ORG"), Name(doc[6:7], "ORG")]) == {"FL": "Front Line"}
    assert acronyms([Name(doc[0:2], "LOC")]) == {}
