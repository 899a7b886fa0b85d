"""Who says what, and through whom."""

import pytest
from reading.docs import control, statements

from conflict_kg.model import Statement

DAY = "2012-04-03"  # a Tuesday


def _said(text: str) -> list[tuple[list[str], list[str], bool, str]]:
    return [_parts(s) for s in statements(text, DAY)]


def _parts(claim: Statement) -> tuple[list[str], list[str], bool, str]:
    speakers = [a.name.removeprefix("the ").removeprefix("The ") for a in claim.according_to]
    return speakers, [a.name for a in claim.relayed_by], claim.direct, claim.content.strip(" ,.”\"’'")


# what it shows, the text, speakers, relays, direct, the words said
SPEECH = [
    ("direct", "“The army has left Gao,” Moussa Traore said.", ["Moussa Traore"], [], True, "The army has left Gao"),
    ("inverted", "“The army has left Gao,” said Moussa Traore.", ["Moussa Traore"], [], True, "The army has left Gao"),
    (
        "straight marks",
        '"The army has left Gao," said Moussa Traore.',
        ["Moussa Traore"],
        [],
        True,
        "The army has left Gao",
    ),
    ("before", "Moussa Traore said: “The army has left Gao.”", ["Moussa Traore"], [], True, "The army has left Gao"),
    (
        "indirect",
        "Moussa Traore said that the army had left Gao.",
        ["Moussa Traore"],
        [],
        False,
        "the army had left Gao",
    ),
    (
        "without that",
        "Moussa Traore said the army had left Gao.",
        ["Moussa Traore"],
        [],
        False,
        "the army had left Gao",
    ),
    ("after", "The army had left Gao, Moussa Traore said.", ["Moussa Traore"], [], False, "The army had left Gao"),
    (
        "apposition",
        "Moussa Traore, a teacher, said the army had left Gao.",
        ["Moussa Traore"],
        [],
        False,
        "the army had left Gao",
    ),
    (
        "according to",
        "The army had left Gao, according to the United Nations.",
        ["United Nations"],
        [],
        False,
        "The army had left Gao",
    ),
    (
        "told an outlet",
        "Moussa Traore told the BBC that the army had left Gao.",
        ["Moussa Traore"],
        ["BBC"],
        False,
        "the army had left Gao",
    ),
    (
        "an outlet alone",
        "Reuters reported that the army had left Gao.",
        ["Reuters"],
        [],
        False,
        "the army had left Gao",
    ),
    (
        "an outlet carrying another's words",
        "Reuters reported that Moussa Traore said the army had left Gao.",
        ["Moussa Traore"],
        ["Reuters"],
        False,
        "the army had left Gao",
    ),
    ("vow", "Ansar Dine vowed to capture Bamako.", ["Ansar Dine"], [], False, "capture Bamako"),
    (
        "order",
        "Moussa Traore ordered the army to leave Gao.",
        ["Moussa Traore"],
        [],
        False,
        "the army to leave Gao",
    ),
    (
        "accusation",
        "Ansar Dine accused the army of leaving Gao.",
        ["Ansar Dine"],
        [],
        False,
        "the army of leaving Gao",
    ),
    (
        "a message's issuer",
        "A statement by Ansar Dine said the army had left Gao.",
        ["Ansar Dine"],
        [],
        False,
        "the army had left Gao",
    ),
    (
        "joint speakers",
        "France and Germany said the army had left Gao.",
        ["France", "Germany"],
        [],
        False,
        "the army had left Gao",
    ),
    ("unnamed", "Two officers said the army had left Gao.", ["Two officers"], [], False, "the army had left Gao"),
]


@pytest.mark.parametrize(
    ("text", "speakers", "relays", "direct", "content"), [s[1:] for s in SPEECH], ids=[s[0] for s in SPEECH]
)
def test_attribution_of_one_utterance(
    text: str, speakers: list[str], relays: list[str], direct: bool, content: str
) -> None:
    """Speaker, relay, directness and the words said, for each way that news has of handing over to somebody."""
    assert _said(text) == [(speakers, relays, direct, content)]


SILENT = [
    "The army left Gao on Sunday.",
    "The so-called “safe zone” lies north of Gao.",
    "Ansar Dine believes in its cause.",
    "The army put three men in prison.",
    "The reported withdrawal came at night.",
]


@pytest.mark.parametrize("text", SILENT)
def test_attribution_none_where_nobody_speaks(text: str) -> None:
    """Marked words and verbs that only sometimes hand over are no speech."""
    assert not statements(text, DAY)


def test_attribution_split_quotation_is_one_utterance() -> None:
    """What stands before and after "he said" is one statement."""
    found = _said("“The army has left,” said Moussa Traore. “Nobody is guarding the market.”")
    assert [(speakers, direct) for speakers, _, direct, _ in found] == [(["Moussa Traore"], True)]
    assert "The army has left" in found[0][3]
    assert "Nobody is guarding the market" in found[0][3]


def test_attribution_quotation_carries_on_in_the_next_paragraph() -> None:
    """A paragraph that only quotes goes on with the speaker of the one before."""
    text = "“The army has left,” said Moussa Traore in Gao.\n\n“We have no water and no light. The market is closed.”"
    found = _said(text)
    assert [speakers for speakers, *_ in found] == [["Moussa Traore"]] * len(found)
    assert any("no water and no light" in content for *_, content in found)


def test_attribution_unclosed_paragraph_belongs_to_the_speaker_named_next() -> None:
    """A quotation that its paragraph does not close is said by whoever the next one names."""
    text = (
        "“The army has left us without any protection.\n\n"
        "“We have no water and no light,” said Moussa Traore, a teacher in Gao."
    )
    found = _said(text)
    assert {tuple(speakers) for speakers, *_ in found} == {("Moussa Traore",)}
    assert any("without any protection" in content for *_, content in found)


def test_attribution_two_speakers_of_one_paragraph_stay_apart() -> None:
    """Each quotation goes to the speaker beside it."""
    text = "“The army has left,” said Moussa Traore. “It is still here,” said Amadou Keita."
    assert [(speakers, content) for speakers, _, _, content in _said(text)] == [
        (["Moussa Traore"], "The army has left"),
        (["Amadou Keita"], "It is still here"),
    ]


def test_attribution_pronoun_is_whoever_was_named() -> None:
    """“He said” is the man of the sentence before."""
    found = _said("Moussa Traore lives in Gao. He said the army had left.")
    assert [speakers for speakers, *_ in found] == [["Moussa Traore"]]


def test_attribution_boilerplate_says_nothing() -> None:
    """A share bar or copyright line is no statement."""
    text = "The army left Gao on Sunday.\n\nCopyright 2012 Example News. All rights reserved.\n"
    assert not statements(text, DAY)


def test_attribution_reaches_the_claims() -> None:
    """A control claim names the speaker, the relay and the statement that it was made in."""
    text = "Moussa Traore told the BBC that Ansar Dine had captured Gao."
    claim, said = control(text, DAY)[0], statements(text, DAY)[0]
    assert ([a.name for a in claim.according_to], [a.name for a in claim.relayed_by]) == (["Moussa Traore"], ["BBC"])
    assert claim.stated_in == said.key
