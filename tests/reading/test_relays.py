"""Through whom words come: outlets that were told, that carry, quote or cite."""

import pytest
from reading.docs import statements

from conflict_kg.model import Statement

DAY = "2012-04-03"  # a Tuesday


def _through(text: str) -> list[tuple[str, list[str]]]:
    return [_parts(claim) for claim in statements(text, DAY)]


def _parts(claim: Statement) -> tuple[str, list[str]]:
    speakers = " and ".join(a.name for a in claim.according_to)
    return speakers.removeprefix("The ").removeprefix("the "), [a.label for a in claim.relayed_by]


# what it shows, the text, the speaker, the relays
RELAYED = [
    ("a network", "Moussa Traore said on Twitter that Gao had fallen.", "Moussa Traore", ["Twitter"]),
    ("a post", "In a post on Facebook, Moussa Traore said that Gao had fallen.", "Moussa Traore", ["Facebook"]),
    ("a tweet", "Moussa Traore tweeted that Gao had fallen.", "Moussa Traore", ["Twitter"]),
    (
        "an interview",
        "In an interview with Le Monde, Moussa Traore said that Gao had fallen.",
        "Moussa Traore",
        ["Le Monde"],
    ),
    ("speaking to", "Speaking to Al Jazeera, Moussa Traore said Gao had fallen.", "Moussa Traore", ["Al Jazeera"]),
    ("asked by", "Asked by Reuters about Gao, Moussa Traore said it had fallen.", "Moussa Traore", ["Reuters"]),
    ("reached by", "A witness reached by Reuters by phone said that Gao had fallen.", "A witness", ["Reuters"]),
    ("an outlet's reporter", "Moussa Traore told a BBC reporter that Gao had fallen.", "Moussa Traore", ["BBC"]),
    ("an outlet's person", "Moussa Traore told CNN's Anna Ross that Gao had fallen.", "Moussa Traore", ["CNN"]),
    (
        "an outlet that no list has",
        "Moussa Traore told Radio Dori that Gao had fallen.",
        "Moussa Traore",
        ["Radio Dori"],
    ),
    ("quoting", "Xinhua quoted Moussa Traore as saying that Gao had fallen.", "Moussa Traore", ["Xinhua"]),
    ("quoted by", "Moussa Traore was quoted by Xinhua as saying that Gao had fallen.", "Moussa Traore", ["Xinhua"]),
    ("citing", "Gao had fallen, Reuters reported, citing a military source.", "a military source", ["Reuters"]),
    ("carried by", "A statement by Moussa Traore, carried by SANA, said Gao had fallen.", "Moussa Traore", ["SANA"]),
    ("says an outlet", "“The army says that Gao has fallen,” adds CNN.", "army", ["CNN"]),
    ("a parliament", "Moussa Traore told parliament that Gao had fallen.", "Moussa Traore", []),
    ("a council", "Moussa Traore told the National Council that Gao had fallen.", "Moussa Traore", []),
]


@pytest.mark.parametrize(("text", "speaker", "relays"), [r[1:] for r in RELAYED], ids=[r[0] for r in RELAYED])
def test_relays_of_one_utterance(text: str, speaker: str, relays: list[str]) -> None:
    """Whoever said it is the speaker; the outlet between is the relay, and a parliament none."""
    assert _through(text) == [(speaker, relays)]


def test_relays_go_on_while_the_same_speaker_does() -> None:
    """What somebody adds to what an outlet was told was told to it too; another speaker has not told it."""
    text = "Moussa Traore told AFP that Gao had fallen. He said that the bridge was lost. The mayor said he would stay."
    assert _through(text) == [("Moussa Traore", ["AFP"]), ("Moussa Traore", ["AFP"]), ("mayor", [])]


@pytest.mark.parametrize(
    "later",
    ["Earlier he said that the bridge was lost.", "He told the UN that the bridge was lost."],
    ids=["another time", "another hearer"],
)
def test_relays_end_where_the_occasion_does(later: str) -> None:
    """Another time or hearer is another occasion."""
    assert _through(f"Moussa Traore told AFP that Gao had fallen. {later}")[-1][1] == []


# the text, the speaker, how the words said begin
SAID = [
    ("The town is calm, officials said, adding that the army had left.", "officials", "the army had left"),
    ("Officials said the blast was set off by a bomber adding that it hit a tank.", "Officials", "it hit a tank"),
    ("Moussa Traore warned against a withdrawal of the troops.", "Moussa Traore", "a withdrawal of the troops"),
    ("The source put the death toll at 7 villagers.", "source", "the death toll at 7 villagers"),
    ("Twelve people died in Gao, by the mayor's count.", "mayor", "Twelve people died in Gao"),
    ("Rebels shelled Gao, killing five, according to the United Nations.", "United Nations", "Rebels shelled Gao"),
    ("A man named Moussa Traore lives here. He says that he saw the raid.", "Moussa Traore", "he saw the raid"),
    ("The aid group Medair, which works in Gao, said that food was short.", "Medair", "food was short"),
]


@pytest.mark.parametrize(("text", "speaker", "words"), SAID, ids=[s[0] for s in SAID])
def test_statements_have_their_speaker_and_their_words(text: str, speaker: str, words: str) -> None:
    """Participles, warnings, figures, reckonings, and "according to" at a sentence's end."""
    last = statements(text, DAY)[-1]
    assert (_parts(last)[0], last.content.startswith(words)) == (speaker, True)


@pytest.mark.parametrize(
    "text",
    ["A diplomat asked not to be named.", "Moussa Traore asked whether Gao had fallen.", "The blast put 40 at risk."],
)
def test_statements_none_from_what_says_nothing(text: str) -> None:
    """Who asks not to be named, who asks, and what only puts somebody somewhere."""
    assert not statements(text, DAY)


def test_statements_of_the_only_monitor_are_its_own() -> None:
    """Brought up as "a monitoring group" or taken up as "the watchdog", it is the one that the report names."""
    text = (
        "Five people died in Aleppo, a monitoring group said. The Syrian Observatory for Human Rights said a bomb hit "
        "them. The watchdog said that two more were hurt."
    )
    assert {speaker for speaker, _ in _through(text)} == {"Syrian Observatory for Human Rights"}
