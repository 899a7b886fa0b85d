"""What pronouns, definite nouns and last names stand for inside a report: each rule on sentences of its own."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading.docs import parse, report_of

from conflict_kg.linking import setting
from conflict_kg.model import Extent
from conflict_kg.reading.antecedents import candidates
from conflict_kg.reading.discourse import Discourse
from conflict_kg.reading.mentions import Mentions, find_mentions
from conflict_kg.reading.salience import traits, weights

MET = "Mrs Dalia Renko met Mr Tomas Arvid in Gao."


def _meant(text: str, word: str) -> set[str]:
    """The names of whatever the last mention of a word stands for in a text."""
    doc = parse(report_of(text).view)
    mentions = find_mentions(doc, "report")
    i = max(token.i for token in doc if token.text == word)
    if i in mentions.several:
        return {actor.name for actor in mentions.several[i]}
    if i in mentions.places:
        return {mentions.places[i][0].name}
    return {mentions.actors[i].name} if i in mentions.actors else set()


# what it shows, the text, the word, whom or what it stands for
RULES: list[tuple[str, str, str, set[str]]] = [
    (
        "what somebody is given as theirs is the recipient's",
        "Ukraine left the town, giving the Wagner Group its first success since it seized Bakhmut.",
        "it",
        {"Wagner Group"},
    ),
    (
        "a monitor has no forces",
        "Bashar al-Assad spoke. Rami Abdel Rahman spoke too. His forces fled.",
        "His",
        {"Bashar al-Assad"},
    ),
    (
        "a state has no fighters",
        "Al-Shabaab fought the Somali government in Gao. Its fighters fled.",
        "Its",
        {"Al-Shabaab"},
    ),
    ("a title tells a woman", f"{MET} She said the army had left.", "She", {"Dalia Renko"}),
    ("a title tells a man", f"{MET} He said the army had left.", "He", {"Tomas Arvid"}),
    ("a noun tells a woman", "The spokeswoman met the spokesman in Gao. She was ill.", "She", {"The spokeswoman"}),
    (
        "once she, never he",
        "Dalia Renko was in Gao on Monday. She met Tomas Arvid. He was ill.",
        "He",
        {"Tomas Arvid"},
    ),
    ("who was spoken of goes on", "Dalia Renko left. She met Tomas Arvid. She was ill.", "She", {"Dalia Renko"}),
    ("nobody does it to him", "Tomas Arvid shot him.", "him", set()),
    ("but to himself", "Tomas Arvid shot himself in Gao.", "himself", {"Tomas Arvid"}),
    ("he is one person", "The soldiers left Gao. He was tired.", "He", set()),
    ("no part of his own party", "The leader of his party came to Gao.", "his", set()),
    ("beside it he is", "Tomas Arvid, the leader of his party, came to Gao.", "his", {"Tomas Arvid"}),
    ("and with his brother", "Dalia Renko and her brother came to Gao.", "her", {"Dalia Renko"}),
    ("the speaker says I", "Tomas Arvid said: “He was a good man.”", "He", set()),
    (
        "who spoke speaks on",
        "Boris Talev said Tomas Arvid had left. The town was calm, he said.",
        "he",
        {"Boris Talev"},
    ),
    ("ahead, in a phrase", "In his speech, Tomas Arvid spoke of Gao.", "his", {"Tomas Arvid"}),
    ("ahead, in a clause", "When she arrived, Dalia Renko spoke of Gao.", "she", {"Dalia Renko"}),
    (
        "they are both",
        "The army and the police attacked Gao. They captured the town on Monday.",
        "They",
        {"army", "police"},
    ),
    (
        "two persons",
        "Tomas Arvid and Dalia Renko came to Gao on Monday. They left on Sunday.",
        "They",
        {"Tomas Arvid", "Dalia Renko"},
    ),
    ("it of nothing", "It is clear that the army has left Gao.", "It", set()),
    ("it of the weather", "It rained in Gao on Monday. The army stayed.", "It", set()),
    ("what falls is a place", "Ansar Dine shelled Gao for days. It fell on Monday.", "It", {"Gao"}),
    ("a thing has no actor", "A bomb hit the market. It was old.", "It", set()),
    ("who loses is no town", "Ansar Dine held Gao for years. It has lost the town since.", "It", {"Ansar Dine"}),
    ("the relative", "Ansar Dine fighters, who held Gao, left.", "who", {"Ansar Dine"}),
    ("the city", "Shells hit Gao in Mali. Ansar Dine held the city.", "city", {"Gao"}),
    (
        "the provincial capital",
        "Ansar Dine captured Kidal in Mali. Some left the provincial capital.",
        "capital",
        {"Kidal"},
    ),
    ("cities are none of them", "Shells hit Gao in Mali. Ansar Dine held the cities.", "cities", set()),
    ("nor is ours", "Shells hit Gao in Mali. “Our city is safe,” a man said.", "city", set()),
    ("an apposition", "Tomas Arvid, spokesman for the governor, came to Gao.", "spokesman", {"Tomas Arvid"}),
    (
        "the spokesman",
        "Tomas Arvid, spokesman for the governor, came to Gao. The spokesman was tired.",
        "spokesman",
        {"Tomas Arvid"},
    ),
    (
        "no governor",
        "Tomas Arvid, spokesman for the governor, came to Gao. The governor was ill.",
        "governor",
        {"the governor"},
    ),
    (
        "no relative",
        "Tomas Arvid, brother of the mayor, came to Gao. Boris Talev and his brother left.",
        "brother",
        {"his brother"},
    ),
    ("the last name", "Tomas Arvid came to Gao. Arvid left on Monday.", "Arvid", {"Tomas Arvid"}),
]


@pytest.mark.parametrize(("text", "word", "meant"), [pytest.param(*row[1:], id=row[0]) for row in RULES])
def test_pronouns_stand_for(text: str, word: str, meant: set[str]) -> None:
    """A word stands for what a reader takes it for, and for nothing where that is open."""
    assert _meant(text, word) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("Tomas Arvid met Boris Talev. He left.", set[str]()), ("Tomas Arvid sat. He left.", {"Tomas Arvid"})],
)
def test_pronouns_two_that_tie_leave_it_open(text: str, meant: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the margin nobody is meant; one alone has no rival, however wide the margin is."""
    assert _meant(text, "He") == {"Tomas Arvid"}
    wide = {kind: {**table, "margin": 99.0} for kind, table in weights().items()}
    monkeypatch.setattr("conflict_kg.reading.pronouns.weights", lambda: wide)
    assert _meant(text, "He") == meant


def test_pronouns_weights_are_of_what_the_parse_shows() -> None:
    """Each weight has a name that ``traits`` gives, or is a bound."""
    doc = parse("Rebels fled. They hid.")
    talk = Discourse("report", setting([], []), {}, {}, heard=[doc[0]], paragraphs=[0] * len(doc))
    they = next(token for token in doc if token.text == "They")
    shown = traits(candidates(they, talk)[0], 0, they, talk)
    for table in weights().values():
        assert set(table) <= {"nobody", "margin", *shown}


PARTS = st.sampled_from(
    [
        "Dalia Renko met Tomas Arvid.",
        "She left Gao.",
        "He said: “They shot him and his men.”",
        "The army and the rebels fled.",
        "They took it.",
        "Its fighters saw themselves in the city.",
        "In their town, it said, the group shelled her.",
        "It is clear who did it.",
    ]
)


@given(st.lists(PARTS, min_size=1, max_size=6))
def test_pronouns_keep_to_their_word(parts: list[str]) -> None:
    """Whatever follows on what: chains end at a phrase, a person is never both he and she."""
    doc = parse(" ".join(parts))
    mentions = find_mentions(doc, "report")
    genders: dict[str, set[str]] = {}
    for i in mentions.antecedents:
        chain = _chain(i, mentions)
        assert len(chain) == len(set(chain))
        assert doc[chain[-1]].pos_ != "PRON" or chain[-1] not in mentions.actors
        assert not (i in mentions.actors and i in mentions.places)
        if doc[i].lower_ in {"he", "him", "his", "she", "her"} and i in mentions.actors:
            gender = "she" if doc[i].lower_ in {"she", "her"} else "he"
            genders.setdefault(mentions.actors[i].id, set()).add(gender)
    assert all(len(said) == 1 for said in genders.values())
    assert all(mentions.places[i][1] is Extent.FULL for i in mentions.antecedents if i in mentions.places)


def _chain(i: int, mentions: Mentions) -> list[int]:
    chain = [i]
    while chain[-1] in mentions.antecedents and len(chain) < 50:
        chain.append(mentions.antecedents[chain[-1]])
    assert all(a != b for a, b in pairwise(chain))
    return chain
