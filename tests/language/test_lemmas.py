import pickle

import pytest
from spacy import lookups
from spacy.language import Language

from conflict_kg.errors import InputError
from conflict_kg.language.lemmas import Lemmatizer

LEMMATIZER = Lemmatizer()

CASES = """
    seized/VERB/VBD seize, fell/VERB/VBD fall, taken/VERB/VBN take, driven/VERB/VBN drive, fled/VERB/VBD flee,
    forces/NOUN/NNS force, retaken/VERB/VBN retake, retook/VERB/VBD retake, recaptured/VERB/VBN recapture,
    militants/NOUN/NNS militant, said/VERB/VBD say, lost/VERB/VBN lose, left/VERB/VBD leave, overran/VERB/VBD overrun,
    overrun/VERB/VBN overrun, pulled/VERB/VBD pull, dying/VERB/VBG die, SEIZES/VERB/VBZ seize,
    Captured/VERB/VBN capture, found/VERB/VBD find, found/VERB/VB found, lay/VERB/VBD lie, lay/VERB/VB lay,
    saw/NOUN/NN saw, besieged/VERB/VBN besiege, wounded/VERB/VBN wound, wound/VERB/VB wound, shot/VERB/VBD shoot,
    struck/VERB/VBD strike, held/VERB/VBD hold, ceded/VERB/VBD cede, shelled/VERB/VBD shell, routed/VERB/VBD rout,
    planned/VERB/VBD plan, killing/VERB/VBG kill, withdrew/VERB/VBD withdraw, re-elected/VERB/VBN re-elect,
    men/NOUN/NNS man, women/NOUN/NNS woman, policemen/NOUN/NNS policeman, cities/NOUN/NNS city,
    headquarters/NOUN/NN headquarters, casualties/NOUN/NNS casualty, bases/NOUN/NNS base, lives/NOUN/NNS life,
    is/AUX/VBZ be, were/AUX/VBD be, ’s/AUX/VBZ be, had/AUX/VBD have, n’t/PART/RB not, could/AUX/MD could,
    bigger/ADJ/JJR big, largest/ADJ/JJS large, dead/ADJ/JJ dead, united/ADJ/JJ united, later/ADV/RB later,
    Ramadi/PROPN/NNP Ramadi, ISIS/PROPN/NNP ISIS, them/PRON/PRP they, The/DET/DT the, quadcopters/NOUN/NNS quadcopter,
    geolocated/VERB/VBN geolocate, barrelbombed/VERB/VBD barrelbomb, seized/VERB/ seize, forces/NOUN/ force,
    s/NOUN/NNS s, ed/VERB/VBD ed, Americans/PROPN/NNPS American, ISLANDS/PROPN/NNPS ISLAND, Cities/PROPN/NNPS City,
    United/ADJ/NNP United, Iraqi/ADJ/JJ Iraqi, sunni/ADJ/JJ Sunni, I/PRON/PRP I, her/PRON/PRP she, her/PRON/PRP$ her,
    Sept./PROPN/NNP September, XIV/NUM/CD XIV, Two/NUM/CD two, VBIED/NOUN/NN VBIED, pm/NOUN/NN p.m., –/PUNCT/: -,
    “/PUNCT/`` ", ’/PART/POS 's, na/PART/TO to, later/ADV/RBR late, might/AUX/MD might
"""


@pytest.mark.parametrize("case", [case.strip() for case in CASES.split(",")])
def test_lemmas_of_words(case: str) -> None:
    """Inflected forms have their dictionary form by UPOS, with the help of XPOS and, where need be, without."""
    word, lemma = case.split()
    assert LEMMATIZER.lemma(*word.split("/")) == lemma


@pytest.mark.parametrize(
    ("number", "lemma"), [("1,200", "1200"), ("12,345,678.5", "12345678.5"), ("1,2", "1,2"), ("90", "90")]
)
def test_lemmas_of_numbers(number: str, lemma: str) -> None:
    """Commas between thousands go, others stay."""
    assert LEMMATIZER.lemma(number, "NUM", "CD") == lemma


def test_lemmas_component_sets_every_token(nlp: Language) -> None:
    """The pipeline sets lemmas in text, at the head of a sentence and in capitals, too."""
    doc = nlp("Militants seized the bases.\n\nREBELS SEIZE TOWN\n\nCaptured officers were freed.")
    assert [token.lemma_ for token in doc if token.pos_ == "VERB"] == ["seize", "seize", "capture", "free"]
    assert all(token.lemma_ for token in doc)


def test_lemmas_pickle() -> None:
    """The component can be sent to another process."""
    assert pickle.loads(pickle.dumps(LEMMATIZER)).lemma("fled", "VERB", "VBD") == "flee"  # noqa: S301  # our own bytes


def test_lemmas_tables_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without spacy-lookups-data the message says what to install."""
    load_lookups = lookups.load_lookups
    monkeypatch.setattr(lookups, "load_lookups", lambda _, tables, strict: load_lookups("xx", tables, strict=strict))
    with pytest.raises(InputError, match="pip install spacy-lookups-data"):
        Lemmatizer()
