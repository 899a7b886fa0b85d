"""Predicates and their roles, from parses written by hand: one clause of each build that news uses."""

import pytest
from reading.docs import table

from conflict_kg.reading.clauses import Clause, clauses, is_passive, phrase, preposition

SEIZED = """Rebels=rebel|NOUN|NNS|nsubj|1 seized=seize|VERB|VBD|ROOT|1 the|DET|DT|det|3 town|NOUN|NN|obj|1
    from|ADP|IN|case|6 the|DET|DT|det|6 army|NOUN|NN|obl|1 .|PUNCT|.|punct|1"""

NOUN = """The|DET|DT|det|1 fall|NOUN|NN|nsubj|7 of|ADP|IN|case|4 the|DET|DT|det|4 town|NOUN|NN|nmod|1 to|ADP|IN|case|6
    rebels=rebel|NOUN|NNS|nmod|1 shocked=shock|VERB|VBD|ROOT|7 all|PRON|DT|obj|7"""

# what it is, the parse, the predicate, its subjects, its objects, an oblique role and who stands in it
BUILDS: list[tuple[str, str, str, list[str], list[str], dict[str, list[str]]]] = [
    ("active", SEIZED, "seize", ["Rebels"], ["town"], {"from": ["army"]}),
    (
        "passive",
        """The|DET|DT|det|1 town|NOUN|NN|nsubj:pass|3 was=be|AUX|VBD|aux:pass|3 seized=seize|VERB|VBN|ROOT|3
        by|ADP|IN|case|5 rebels=rebel|NOUN|NNS|obl:agent|3 and|CCONJ|CC|cc|7 militiamen=militiaman|NOUN|NNS|conj|5""",
        "seize",
        ["rebels", "militiamen"],
        ["town"],
        {},
    ),
    (
        "passive without agent",
        "The|DET|DT|det|1 town|NOUN|NN|nsubj:pass|3 was=be|AUX|VBD|aux:pass|3 taken=take|VERB|VBN|ROOT|3",
        "take",
        [],
        ["town"],
        {},
    ),
    (
        "relative clause whose pronoun acts",
        """Troops=troop|NOUN|NNS|nsubj|5 that|PRON|WDT|nsubj|2 held=hold|VERB|VBD|acl:relcl|0 the|DET|DT|det|4
        base|NOUN|NN|obj|2 left=leave|VERB|VBD|ROOT|5""",
        "hold",
        ["Troops"],
        ["base"],
        {},
    ),
    (
        "relative clause without pronoun",
        """Areas=area|NOUN|NNS|nsubj|4 the|DET|DT|det|2 rebels=rebel|NOUN|NNS|nsubj|3
        seized=seize|VERB|VBD|acl:relcl|0 burned=burn|VERB|VBD|ROOT|4""",
        "seize",
        ["rebels"],
        ["Areas"],
        {},
    ),
    (
        "participle before the clause",
        """Driven=drive|VERB|VBN|advcl|6 from|ADP|IN|case|3 the|DET|DT|det|3 town|NOUN|NN|obl|0 ,|PUNCT|,|punct|0
        rebels=rebel|NOUN|NNS|nsubj|6 shelled=shell|VERB|VBD|ROOT|6 the|DET|DT|det|8 base|NOUN|NN|obj|6""",
        "drive",
        [],
        ["rebels"],
        {"from": ["town"]},
    ),
    (
        "participle after a noun",
        """A|DET|DT|det|1 town|NOUN|NN|nsubj|6 taken=take|VERB|VBN|acl|1 over|ADP|RP|compound:prt|2 by|ADP|IN|case|5
        rebels=rebel|NOUN|NNS|obl:agent|2 fell=fall|VERB|VBD|ROOT|6""",
        "take over",
        ["rebels"],
        ["town"],
        {},
    ),
    (
        "participle of the subject's own doing",
        """Troops=troop|NOUN|NNS|nsubj|1 left=leave|VERB|VBD|ROOT|1 ,|PUNCT|,|punct|3
        abandoning=abandon|VERB|VBG|advcl|1 the|DET|DT|det|5 town|NOUN|NN|obj|3""",
        "abandon",
        ["Troops"],
        ["town"],
        {},
    ),
    (
        "infinitive done by the object above",
        """The|DET|DT|det|1 army|NOUN|NN|nsubj|2 ordered=order|VERB|VBD|ROOT|2 the|DET|DT|det|4
        militia|NOUN|NN|obj|2 to|PART|TO|mark|6 leave|VERB|VB|xcomp|2 the|DET|DT|det|8 town|NOUN|NN|obj|6""",
        "leave",
        ["militia"],
        ["town"],
        {},
    ),
    (
        "infinitive done by the subject above",
        """The|DET|DT|det|1 militia|NOUN|NN|nsubj|2 promised=promise|VERB|VBD|ROOT|2 the|DET|DT|det|4
        army|NOUN|NN|iobj|2 to|PART|TO|mark|6 leave|VERB|VB|xcomp|2 the|DET|DT|det|8 town|NOUN|NN|obj|6""",
        "leave",
        ["militia"],
        ["town"],
        {},
    ),
    (
        "infinitive of a plan",
        """Rebels=rebel|NOUN|NNS|nsubj|1 announced=announce|VERB|VBD|ROOT|1 a|DET|DT|det|3 plan|NOUN|NN|obj|1
        to|PART|TO|mark|5 storm|VERB|VB|acl|3 the|DET|DT|det|7 base|NOUN|NN|obj|5""",
        "storm",
        ["Rebels"],
        ["base"],
        {},
    ),
    (
        "gerund done by the object above",
        """They|PRON|PRP|nsubj|1 accused=accuse|VERB|VBD|ROOT|1 the|DET|DT|det|3 army|NOUN|NN|obj|1
        of|SCONJ|IN|mark|5 leaving=leave|VERB|VBG|advcl|1 the|DET|DT|det|7 town|NOUN|NN|obj|5""",
        "leave",
        ["army"],
        ["town"],
        {},
    ),
    (
        "conjoined verb sharing a subject, with a particle",
        """Rebels=rebel|NOUN|NNS|nsubj|1 entered=enter|VERB|VBD|ROOT|1 the|DET|DT|det|3 town|NOUN|NN|obj|1
        and|CCONJ|CC|cc|5 took=take|VERB|VBD|conj|1 over|ADP|RP|compound:prt|5 the|DET|DT|det|8 base|NOUN|NN|obj|5""",
        "take over",
        ["Rebels"],
        ["base"],
        {},
    ),
    (
        "have something surrounded, as a modifier",
        """Rebels=rebel|NOUN|NNS|nsubj|1 have|VERB|VBP|ROOT|1 the|DET|DT|det|3 town|NOUN|NN|obj|1
        surrounded=surround|VERB|VBN|xcomp|1""",
        "surround",
        ["Rebels"],
        ["town"],
        {},
    ),
    (
        "noun",
        NOUN,
        "fall",
        [],
        [],
        {"of": ["town"], "to": ["rebels"]},
    ),
    (
        "noun with its possessor",
        """The|DET|DT|det|1 army|NOUN|NN|nmod:poss|3 's|PART|POS|case|1 fall|NOUN|NN|nsubj|7 from|ADP|IN|case|6
        the|DET|DT|det|6 town|NOUN|NN|nmod|3 began=begin|VERB|VBD|ROOT|7""",
        "fall",
        ["army"],
        [],
        {"from": ["town"]},
    ),
    (
        "adjective",
        """The|DET|DT|det|1 town|NOUN|NN|nsubj|3 is=be|AUX|VBZ|cop|3 free|ADJ|JJ|ROOT|3 of|ADP|IN|case|5
        rebels=rebel|NOUN|NNS|obl|3""",
        "free",
        ["town"],
        [],
        {"of": ["rebels"]},
    ),
    (
        "a name in capitals that the parse takes for an auxiliary",
        "IS=be|AUX|VBZ|aux:pass|1 seized=seize|VERB|VBN|ROOT|1 the|DET|DT|det|3 town|NOUN|NN|obj|1",
        "seize",
        ["IS"],
        ["town"],
        {},
    ),
    (
        "preposition of two words",
        """Soldiers=soldier|NOUN|NNS|nsubj|1 pulled=pull|VERB|VBD|ROOT|1 out|ADP|IN|case|5 of|ADP|IN|case|5
        the|DET|DT|det|5 town|NOUN|NN|obl|1""",
        "pull",
        ["Soldiers"],
        [],
        {"out of": ["town"]},
    ),
    (
        "direction",
        """Troops=troop|NOUN|NNS|nsubj|1 advanced=advance|VERB|VBD|ROOT|1 east|ADV|RB|advmod|1 of|ADP|IN|case|5
        the|DET|DT|det|5 city|NOUN|NN|obl|2""",
        "advance",
        ["Troops"],
        [],
        {"east of": ["city"]},
    ),
]


def _clause(cells: str, lemma: str) -> Clause:
    return next(c for c in clauses(table(cells), {"fall", "free"}) if c.lemma == lemma)


@pytest.mark.parametrize(
    ("cells", "lemma", "subjects", "objects", "obliques"),
    [build[1:] for build in BUILDS],
    ids=[build[0] for build in BUILDS],
)
def test_clauses_give_the_same_roles_for_every_build(
    cells: str, lemma: str, subjects: list[str], objects: list[str], obliques: dict[str, list[str]]
) -> None:
    """Who does it to whom comes out alike, whatever the grammar; obliques stand under their preposition."""
    clause = _clause(cells, lemma)
    assert [t.text for t in clause.role("subject")] == subjects
    assert [t.text for t in clause.role("object")] == objects
    assert {key: [t.text for t in clause.role(key)] for key in obliques} == obliques
    assert clause.role("beyond") == ()


def test_clauses_holds_have_surrounded_where_the_participle_hangs_on_the_noun() -> None:
    """The other parse of "have the town surrounded" names the same besieger."""
    cells = """Rebels=rebel|NOUN|NNS|nsubj|1 have|VERB|VBP|ROOT|1 the|DET|DT|det|3 town|NOUN|NN|obj|1
        surrounded=surround|VERB|VBN|acl|3"""
    clause = _clause(cells, "surround")
    assert [t.text for t in clause.objects] == ["town"]
    assert [t.text for t in clause.subjects] in ([], ["Rebels"])  # who besieges may stay open, never be the town


def test_clauses_relative_pronoun_as_object_is_what_it_stands_for() -> None:
    """In "the base which troops held" they held the base."""
    clause = _clause(
        """The|DET|DT|det|1 base|NOUN|NN|nsubj|5 which|PRON|WDT|obj|4 troops=troop|NOUN|NNS|nsubj|4
        held=hold|VERB|VBD|acl:relcl|1 fell=fall|VERB|VBD|ROOT|5""",
        "hold",
    )
    assert [t.text for t in clause.subjects] == ["troops"]
    assert [t.text for t in clause.objects] == ["base"]


def test_clauses_knows_only_the_nouns_that_it_is_given() -> None:
    """Which nouns are events is the caller's knowledge."""
    cells = NOUN
    assert [c.lemma for c in clauses(table(cells))] == ["shock"]
    assert [(c.lemma, c.nominal) for c in clauses(table(cells), {"fall"})] == [("fall", True), ("shock", False)]


def test_clauses_passive_is_not_a_perfect_tense() -> None:
    """“Have taken” is active, "were taken" passive, and a participle shares the voice of its conjunct."""
    perfect = table(
        """Rebels=rebel|NOUN|NNS|nsubj|2 have|AUX|VBP|aux|2 taken=take|VERB|VBN|ROOT|2 the|DET|DT|det|4
        town|NOUN|NN|obj|2"""
    )
    shared = table(
        """Towns=town|NOUN|NNS|nsubj:pass|2 were=be|AUX|VBD|aux:pass|2 taken=take|VERB|VBN|ROOT|2 and|CCONJ|CC|cc|4
        burned=burn|VERB|VBN|conj|2"""
    )
    assert [is_passive(perfect[2]), is_passive(shared[2]), is_passive(shared[4])] == [False, True, True]


def test_phrase_ends_where_another_clause_begins() -> None:
    """A noun phrase keeps its complements, and leaves out relative clauses and conjuncts."""
    doc = table(
        """The|DET|DT|det|1 head|NOUN|NN|nsubj|8 of|ADP|IN|case|4 the|DET|DT|det|4 militia|NOUN|NN|nmod|1
        that|PRON|WDT|nsubj|6 left=leave|VERB|VBD|acl:relcl|4 yesterday|NOUN|NN|obl:unmarked|6
        spoke=speak|VERB|VBD|ROOT|8"""
    )
    first, last = phrase(doc[1])
    assert doc[first:last].text == "The head of the militia"
    assert preposition(doc[4]) == "of"
    assert not preposition(doc[1])
