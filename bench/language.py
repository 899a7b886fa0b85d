"""The speed of the shipped language model, as a ratio to a convolutional spaCy pipeline of the usual shape.

    python bench/language.py [--rounds N]

The baseline is what ``spacy init config --pipeline tagger,morphologizer,parser`` gives (a hash-embedding CNN of
width 96 and depth 4), with the same labels and chance weights: its work does not depend on the weights. It finds
neither names nor lemmas, which ours does in the same time. Both read the seed reports from raw text, in turns, on one
thread each, then both in two processes; ours on two threads too. Printed are words a second of wall time, the best
of all rounds.
"""

import argparse
import time
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from threadpoolctl import threadpool_limits

from conflict_kg.language import load

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
COPIES = 4
"""How often each report is read in a round."""

LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}


def main() -> None:
    """Time both, print a line for each and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))] * COPIES
    ours = load()
    words = sum(not token.is_space for text in texts for token in ours.make_doc(text))
    pipelines = {"convolutional": convolutional(ours, texts[: len(texts) // COPIES]), "shipped": ours}
    threaded = {"shipped, two threads": load(threads=2)}
    for processes in (1, 2):
        timed = pipelines if processes > 1 else pipelines | threaded
        best = dict.fromkeys(timed, float("inf"))
        for _ in range(rounds):
            for name, nlp in timed.items():
                best[name] = min(best[name], seconds(nlp, texts, processes))
        for name, spent in best.items():
            print(f"{name}, {processes} process(es): {words / spent:.0f} words/s")
        print(f"ratio, {processes} process(es): {best['convolutional'] / best['shipped']:.2f}")


def convolutional(ours: Language, texts: list[str]) -> Language:
    """The baseline, its labels those that our pipeline gives to the texts."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": LISTENER}})
    nlp.add_pipe("morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": LISTENER}})
    parsing = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": LISTENER,
    }
    nlp.add_pipe("parser", config={"model": parsing})
    examples = []
    for text in texts:
        doc = ours(text)
        bare = Doc(nlp.vocab, [token.text for token in doc], [bool(token.whitespace_) for token in doc])
        examples.append(Example(bare, doc))
    nlp.initialize(lambda: examples)
    return nlp


def seconds(nlp: Language, texts: list[str], processes: int) -> float:
    """Wall time for all texts."""
    with threadpool_limits(1):
        begun = time.perf_counter()
        for _ in nlp.pipe(texts, n_process=processes, batch_size=4):
            pass
        return time.perf_counter() - begun


if __name__ == "__main__":
    main()
