"""Corpora of a few sentences, in the layout and the notations of the real ones."""

import json
from pathlib import Path

SENTENCES = [
    """Rebels rebel NOUN NNS Number=Plur 2 nsubj O _
seized seize VERB VBD Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin 0 root O _
the the DET DT Definite=Def|PronType=Art 4 det O (1-place-new
town town NOUN NN Number=Sing 2 obj O _
of of ADP IN _ 6 case O _
Velmora Velmora PROPN NNP Number=Sing 4 nmod B-LOC (2-place-new)1)
on on ADP IN _ 8 case O _
Sunday Sunday PROPN NNP Number=Sing 2 obl O (3-time-new)
. . PUNCT . _ 2 punct O _""",
    """The the DET DT Definite=Def|PronType=Art 3 det O (1-organization-new
Free Free ADJ NNP Degree=Pos 3 amod B-ORG _
Army Army PROPN NNP Number=Sing 4 nsubj I-ORG 1)
lost lose VERB VBD Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin 0 root O _
two two NUM CD NumType=Card 6 nummod O _
bases basis NOUN NNS Number=Plur 4 obj O _
, , PUNCT , _ 8 punct O _
said say VERB VBD Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin 4 parataxis O _
Omar Omar PROPN NNP Number=Sing 8 nsubj B-PER (2-person-new
Haddan Haddan PROPN NNP Number=Sing 9 flat I-PER 2)
. . PUNCT . _ 4 punct O _""",
    """It it PRON PRP Case=Nom|Number=Sing|Person=3|PronType=Prs 2 nsubj O _
reported report VERB VBD Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin 0 root O _
heavy heavy ADJ JJ Degree=Pos 4 amod O _
fighting fighting NOUN NN Number=Sing 2 obj O _
near near ADP IN _ 7 case O _
Port Port PROPN NNP Number=Sing 7 compound B-LOC (1-place-new
Sela Sela PROPN NNP Number=Sing 2 obl I-LOC 1)
. . PUNCT . _ 2 punct O _""",
]
"""A word a line: form, lemma, UPOS, XPOS, features, head, relation, name in Universal NER, entity in GUM."""

ARTICLE = """<Document>
<token number="0" sentence="0" t_id="1">Selacorp</token><token number="1" sentence="0" t_id="2">opens</token>
<token number="2" sentence="0" t_id="3">office</token><token number="3" sentence="0" t_id="4">today</token>
<token number="4" sentence="9" t_id="5">Unmarked</token>
<Markables>
<ENTITY_MENTION m_id="7" syntactic_type="NAM"><token_anchor t_id="1"/></ENTITY_MENTION>
<TIMEX3 m_id="8" type="DATE"><token_anchor t_id="4"/></TIMEX3>
<ENTITY m_id="9" ent_type="ORG"/>
</Markables>
<Relations><REFERS_TO r_id="1"><source m_id="7"/><target m_id="9"/></REFERS_TO></Relations>
</Document>"""


def write_corpora(root: Path) -> Path:
    """Write all of them below ``root``, which is given back."""
    for purpose in ("train", "dev", "test"):
        _write(root / f"ud_ewt/en_ewt-ud-{purpose}.conllu", _conllu(entities=False))
        _write(root / f"ud_gum_open/en_gum-open-{purpose}.conllu", _conllu(entities=True))
        _write(root / f"uner_ewt/en_ewt-ud-{purpose}.iob2", _iob2())
        _write(root / f"crossner_politics/politics/{purpose}.txt", "Lena\tB-politician\nOrt\tI-politician\nwon\tO\n\n")
    gold = "-DOCSTART- O\n\nVelmora I-LOC\nAirport I-LOC\nclosed O\n. O\n\nOrtists I-MISC\nleft O\n. O\n"
    _write(root / "wikigold/CONLL-format/data/wikigold.conll.txt", gold)
    _write(root / "re3d/train.jsonl", "".join(_re3d(number) for number in range(5)))
    _write(root / "meantime_en/one.xml", ARTICLE)
    return root


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _rows() -> list[list[list[str]]]:
    return [[line.split(" ") for line in block.split("\n")] for block in SENTENCES]


def _conllu(*, entities: bool) -> str:
    blocks = []
    for number, rows in enumerate(_rows()):
        lines = ["# newdoc id = one"] if number == 0 else []
        for at, (form, lemma, pos, tag, features, head, relation, _, entity) in enumerate(rows, start=1):
            misc = f"Entity={entity}" if entities and entity != "_" else "_"
            lines.append("\t".join([str(at), form, lemma, pos, tag, features, head, relation, "_", misc]))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n\n"


def _iob2() -> str:
    return "\n".join(
        "".join(f"{at}\t{row[0]}\t{row[7]}\t-\tme\n" for at, row in enumerate(rows, start=1)) for rows in _rows()
    )


def _re3d(number: int) -> str:
    text = "Omar Haddan left Port Sela on 4 May."
    marks = [("Person", "Omar Haddan"), ("Location", "Port Sela"), ("Temporal", "4 May")]
    entities = [
        {
            "begin": text.index(value),
            "end": text.index(value) + len(value),
            "type": kind,
            "value": value,
            "confidence": 1,
        }
        for kind, value in marks
    ]
    return json.dumps({"id": str(number), "text": text, "entities": entities}) + "\n"
