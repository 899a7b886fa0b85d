"""How a predicate stands by its own sentence: did it happen, did it not, is it planned, tried, foretold."""

import pytest
from reading.docs import table

from conflict_kg.model import Status
from conflict_kg.reading.standing import cues, is_hearsay, is_hedged, is_seeming, standing

TOOK = "took=take|VERB|VBD|ROOT|1 the|DET|DT|det|3 town|NOUN|NN|obj|1"
TAKE = "to|PART|TO|mark|{0} take|VERB|VB|{1}|{2} the|DET|DT|det|{3} town|NOUN|NN|obj|{0}"


def _to_take(at: int, dep: str, head: int) -> str:
    """The cells of "to take the town" where "take" stands at index ``at``."""
    return TAKE.format(at, dep, head, at + 2)


# what it says, the parse (the predicate is the first "take"), the status
SAYINGS = [
    ("took", f"Rebels=rebel|NOUN|NNS|nsubj|1 {TOOK}", Status.ASSERTED),
    (
        "did not take",
        "Rebels=rebel|NOUN|NNS|nsubj|3 did=do|AUX|VBD|aux|3 not|PART|RB|advmod|3 take|VERB|VB|ROOT|3 it|PRON|PRP|obj|3",
        Status.DENIED,
    ),
    (
        "never took",
        "Rebels=rebel|NOUN|NNS|nsubj|2 never|ADV|RB|advmod|2 took=take|VERB|VBD|ROOT|2 it|PRON|PRP|obj|2",
        Status.DENIED,
    ),
    (
        "will take",
        "Rebels=rebel|NOUN|NNS|nsubj|2 will|AUX|MD|aux|2 take|VERB|VB|ROOT|2 it|PRON|PRP|obj|2",
        Status.EXPECTED,
    ),
    (
        "taking it would help",
        "take=take|VERB|VBG|csubj|3 it|PRON|PRP|obj|0 would|AUX|MD|aux|3 help|VERB|VB|ROOT|3",
        Status.EXPECTED,
    ),
    ("taking it helped", "take=take|VERB|VBG|csubj|2 it|PRON|PRP|obj|0 helped=help|VERB|VBD|ROOT|2", Status.ASSERTED),
    (
        "will not take",
        "Rebels=rebel|NOUN|NNS|nsubj|3 will|AUX|MD|aux|3 not|PART|RB|advmod|3 take|VERB|VB|ROOT|3 it|PRON|PRP|obj|3",
        Status.EXPECTED,
    ),
    (
        "could not take",
        "Rebels=rebel|NOUN|NNS|nsubj|3 could|AUX|MD|aux|3 not|PART|RB|advmod|3 take|VERB|VB|ROOT|3 it|PRON|PRP|obj|3",
        Status.FAILED,
    ),
    (
        "failed to take",
        f"Rebels=rebel|NOUN|NNS|nsubj|1 failed=fail|VERB|VBD|ROOT|1 {_to_take(3, 'xcomp', 1)}",
        Status.FAILED,
    ),
    (
        "did not fail to take",
        f"""Rebels=rebel|NOUN|NNS|nsubj|3 did=do|AUX|VBD|aux|3 not|PART|RB|advmod|3 fail|VERB|VB|ROOT|3
        {_to_take(5, "xcomp", 3)}""",
        Status.ASSERTED,
    ),
    (
        "vowed to take",
        f"Rebels=rebel|NOUN|NNS|nsubj|1 vowed=vow|VERB|VBD|ROOT|1 {_to_take(3, 'xcomp', 1)}",
        Status.PLANNED,
    ),
    (
        "an infinitive below a verb that no list has",
        f"Rebels=rebel|NOUN|NNS|nsubj|1 itched=itch|VERB|VBD|ROOT|1 {_to_take(3, 'xcomp', 1)}",
        Status.PLANNED,
    ),
    (
        "managed to take",
        f"Rebels=rebel|NOUN|NNS|nsubj|1 managed=manage|VERB|VBD|ROOT|1 {_to_take(3, 'xcomp', 1)}",
        Status.ASSERTED,
    ),
    (
        "did not manage to take",
        f"""Rebels=rebel|NOUN|NNS|nsubj|3 did=do|AUX|VBD|aux|3 not|PART|RB|advmod|3 manage|VERB|VB|ROOT|3
        {_to_take(5, "xcomp", 3)}""",
        Status.FAILED,
    ),
    (
        "are likely to take",
        f"Rebels=rebel|NOUN|NNS|nsubj|2 are=be|AUX|VBP|cop|2 likely|ADJ|JJ|ROOT|2 {_to_take(4, 'xcomp', 2)}",
        Status.EXPECTED,
    ),
    (
        "an offensive to take",
        f"An|DET|DT|det|1 offensive|NOUN|NN|nsubj|6 {_to_take(3, 'acl', 1)} began=begin|VERB|VBD|ROOT|6",
        Status.PLANNED,
    ),
    (
        "if they take",
        """If|SCONJ|IN|mark|2 they|PRON|PRP|nsubj|2 take|VERB|VBP|advcl|5 it|PRON|PRP|obj|2 we|PRON|PRP|nsubj|5
        flee|VERB|VBP|ROOT|5""",
        Status.EXPECTED,
    ),
    (
        "fled before they took",
        """People=people|NOUN|NNS|nsubj|1 fled=flee|VERB|VBD|ROOT|1 before|SCONJ|IN|mark|4 rebels=rebel|NOUN|NNS|nsubj|4
        took=take|VERB|VBD|advcl|1 it|PRON|PRP|obj|4""",
        Status.ASSERTED,
    ),
    (
        "will flee before they take",
        """People=people|NOUN|NNS|nsubj|2 will|AUX|MD|aux|2 flee|VERB|VB|ROOT|2 before|SCONJ|IN|mark|5
        rebels=rebel|NOUN|NNS|nsubj|5 take|VERB|VBP|advcl|2 it|PRON|PRP|obj|5""",
        Status.EXPECTED,
    ),
    (
        "failed to stop them from taking",
        """Guards=guard|NOUN|NNS|nsubj|1 failed=fail|VERB|VBD|ROOT|1 to|PART|TO|mark|3 stop|VERB|VB|xcomp|1
        rebels=rebel|NOUN|NNS|obj|3 from|SCONJ|IN|mark|6 taking=take|VERB|VBG|advcl|3 it|PRON|PRP|obj|6""",
        Status.ASSERTED,
    ),
    (
        "stopped them from taking",
        """Guards=guard|NOUN|NNS|nsubj|1 stopped=stop|VERB|VBD|ROOT|1 rebels=rebel|NOUN|NNS|obj|1
        from|SCONJ|IN|mark|4 taking=take|VERB|VBG|advcl|1 it|PRON|PRP|obj|4""",
        Status.FAILED,
    ),
]


@pytest.mark.parametrize(("cells", "expected"), [s[1:] for s in SAYINGS], ids=[s[0] for s in SAYINGS])
def test_standing_by_auxiliaries_negation_and_governing_words(cells: str, expected: Status) -> None:
    """Each of the outcomes, with double negation, conditions and "before"."""
    doc = table(cells)
    assert standing(next(t for t in doc if t.lemma_ == "take")) is expected


def test_standing_stops_at_the_verb_of_saying() -> None:
    """What governs "denied that …" is no longer about the predicate; without the stop a fear would be."""
    doc = table(
        """He|PRON|PRP|nsubj|1 feared=fear|VERB|VBD|ROOT|1 rebels=rebel|NOUN|NNS|nsubj|3 took=take|VERB|VBD|ccomp|1
        it|PRON|PRP|obj|3"""
    )
    assert standing(doc[3]) is Status.EXPECTED
    assert standing(doc[3], stop=doc[1]) is Status.ASSERTED


def test_is_hedged_by_an_adverb_beside_the_predicate() -> None:
    """“Reportedly” marks hearsay; another adverb does not."""
    cells = "Rebels=rebel|NOUN|NNS|nsubj|2 {}|ADV|RB|advmod|2 took=take|VERB|VBD|ROOT|2 it|PRON|PRP|obj|2"
    assert is_hedged(table(cells.format("reportedly"))[2])
    assert not is_hedged(table(cells.format("quickly"))[2])


def test_is_hearsay_below_reports_that() -> None:
    """“Reports that …” is hearsay; "the day that …" is not."""
    cells = """{}|NOUN|NNS|ROOT|0 that|SCONJ|IN|mark|3 rebels=rebel|NOUN|NNS|nsubj|3 took=take|VERB|VBD|acl|0
        it|PRON|PRP|obj|3"""
    assert is_hearsay(table(cells.format("Reports=report"))[3])
    assert not is_hearsay(table(cells.format("Days=day"))[3])


def test_is_seeming_below_a_verb_of_appearance() -> None:
    """“Seems to have fallen” and “it seems that it fell” are; “seemed calm when it fell” is not."""
    raised = """Town=town|NOUN|NN|nsubj|1 {}|VERB|VBZ|ROOT|1 to|PART|TO|mark|4 have|AUX|VB|aux|4
        fallen=fall|VERB|VBN|xcomp|1 and|CCONJ|CC|cc|6 burned=burn|VERB|VBN|conj|4"""
    assert is_seeming(table(raised.format("seems=seem"))[4])
    assert is_seeming(table(raised.format("seems=seem"))[6])
    assert not is_seeming(table(raised.format("claims=claim"))[4])
    clause = "It|PRON|PRP|expl|1 {}|VERB|VBZ|ROOT|1 that|SCONJ|IN|mark|4 it|PRON|PRP|nsubj|4 fell=fall|VERB|VBD|csubj|1"
    assert is_seeming(table(clause.format("appears=appear"))[4])
    assert not is_seeming(table(clause.replace("csubj", "advcl").format("appears=appear"))[4])


def test_cues_are_lower_case_and_no_word_says_two_things() -> None:
    """A word that both asserts and denies that something happened could be read either way."""
    lists = cues()
    assert all(word == word.lower().strip() for words in lists.values() for word in words)
    verdicts = ["failed", "expected", "planned"]
    for at, one in enumerate(verdicts):
        for other in verdicts[at + 1 :]:
            assert not lists[one] & lists[other], (one, other)
