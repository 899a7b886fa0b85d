"""Statements: an utterance as a claim."""

from datetime import date

from reading.docs import statements

DAY = "2012-04-03"  # a Tuesday


def test_statement_spans_the_words_and_the_verb() -> None:
    """The passage reaches from the words said to the verb of saying, and quotes the text exactly."""
    text = "Moussa Traore said on Monday that the army had left Gao."
    said = statements(text, DAY)[0]
    assert said.passage.quote == text[said.passage.start : said.passage.end]
    assert said.passage.quote.startswith("said")
    assert said.passage.quote.endswith("Gao")
    assert said.rule == "speech say"


def test_statement_day_of_saying() -> None:
    """The day beside the verb of saying, not one inside what was said; none where none is told."""
    assert statements("Moussa Traore said on Monday that the army had left Gao.", DAY)[0].said_on == date(2012, 4, 2)
    assert statements("Moussa Traore said the army had left Gao in March.", DAY)[0].said_on is None


def test_statement_role_of_the_speaker() -> None:
    """What an apposition or the words before the name say."""
    after = statements("Moussa Traore, a teacher in Gao, said the army had left.", DAY)[0]
    assert (after.according_to[0].name, after.speaker_role) == ("Moussa Traore", "a teacher in Gao")
    unnamed = statements("A police officer said the army had left Gao.", DAY)[0]
    assert unnamed.speaker_role == "A police officer"


def test_statement_parts_are_joined_by_a_mark() -> None:
    """Where the verb stands inside, the two parts are kept in order."""
    said = statements("“The army,” said Moussa Traore, “has left Gao.”", DAY)
    assert len(said) == 1
    assert " … " in said[0].content
    assert said[0].content.index("The army") < said[0].content.index("has left Gao")
