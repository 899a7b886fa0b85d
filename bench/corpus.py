"""A corpus of any size made from some articles: other days, other towns, sentences in another order.

    python bench/corpus.py ARTICLES --reports N --output FILE [--sentences N] [--seed N]

ARTICLES is a .jsonl file with one article a line (``text``, perhaps ``title``). Each report is one of them, drawn by
the seed, with its towns put in place of each other, its sentences shuffled within their paragraphs, and a day of eight
years as that of publication. With ``--sentences`` it is so many sentences instead, each drawn from an article of its
own: short reports, which take little to read.
The same articles, numbers and seed give the same bytes; one report is in memory at a time.
It is for measuring what many reports cost, not for reading.
"""

import argparse
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

TOWNS = (
    "Aleppo Homs Hama Idlib Raqqa Daraa Palmyra Qusayr Kobani Manbij Maarrat Saraqib Afrin Tabqa Azaz Zabadani "
    "Darayya Douma Harasta Salamiyah Tartus Latakia Jarablus Qamishli Hasakah Sweida Rastan Kafranbel Binnish Sarmin"
).split()
FIRST, DAYS = date(2011, 3, 15), 8 * 365

_TOWN = re.compile(rf"\b(?:{'|'.join(TOWNS)})\b")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"“A-Z])")


def main() -> None:
    """Write the corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--reports", type=int, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--sentences", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with given.output.open("w", encoding="utf-8") as file:
        for report in corpus(given.articles, given.reports, given.seed, given.sentences):
            file.write(json.dumps(report, ensure_ascii=False) + "\n")


def corpus(articles: Path, reports: int, seed: int, sentences: int | None = None) -> Iterator[Mapping[str, str]]:
    """So many reports, as records."""
    originals = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines() if line.strip()]
    for number in range(reports):
        yield report(originals, number, seed, sentences)


def report(originals: list[dict[str, Any]], number: int, seed: int, sentences: int | None) -> Mapping[str, str]:
    """The report of that number; it hangs on the seed, the number and how many sentences it has alone."""
    random = Random(f"{seed} {number}")
    article = random.choice(originals)
    towns = dict(zip(TOWNS, random.sample(TOWNS, len(TOWNS)), strict=True))
    if sentences is None:
        text = "\n".join(_shuffled(paragraph, random) for paragraph in article["text"].split("\n"))
    else:
        text = "\n".join(_sentence(random.choice(originals), random) for _ in range(sentences))
    day = FIRST + timedelta(random.randrange(DAYS))
    return {
        "id": f"report-{number:07}",
        "text": _TOWN.sub(lambda found: towns[found[0]], text),
        "title": _TOWN.sub(lambda found: towns[found[0]], article.get("title") or ""),
        "published": day.isoformat(),
    }


def _sentence(article: dict[str, Any], random: Random) -> str:
    return random.choice(_SENTENCE.split(article["text"].strip()))


def _shuffled(paragraph: str, random: Random) -> str:
    sentences = _SENTENCE.split(paragraph)
    random.shuffle(sentences)
    return " ".join(sentences)


if __name__ == "__main__":
    main()
