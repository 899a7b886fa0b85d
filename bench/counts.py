"""How well numbers of people and things are found, on texts with marked quantities: MEANTIME and re3d.

    python bench/counts.py MEANTIME RE3D [--errors]

MEANTIME is the folder with the English XML files: of its VALUE elements, headline and first five sentences, QUANTITY
is to be found, while a number in PERCENT or MONEY must not be. RE3D is the folder with ``train.jsonl``: of its
Quantity entities those that are a measure or a length of time ("700 square miles", "24 hours") must not be found
either. As in ``bench/times.py`` strict asks for the same extent and relaxed for an overlap. The keys mark no quantity
without a figure ("several") and re3d not every number: what is found beside them counts against precision, right or
not. ``--errors`` lists what is missed, barred but found, and found but unmarked.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from conflict_kg.reading.counts import find_counts

_TOKEN = re.compile(r'<token number="\d+" sentence="(\d+)" t_id="(\d+)">(.*?)</token>')
_VALUE = re.compile(r'<VALUE [^>]*type="(\w+)">(.*?)</VALUE>', re.DOTALL)
_MEASURE = re.compile(r"mile|km|\bmi\b|met(?:re|er)|feet|per ?cent|%|hour|day|week|month|year|\$", re.IGNORECASE)
Marked = tuple[int, int, bool]
"""Start and end of a quantity, and whether it counts people or things."""


def meantime(path: Path) -> tuple[str, list[Marked]]:
    """Headline and first five sentences of an article, with its quantities."""
    text, places = "", {}
    for sentence, number, word in _TOKEN.findall(path.read_text("utf-8")):
        if int(sentence) <= 5:
            text += " " if text and not re.match(r"[,.;:!?%)]", word) else ""
            places[number] = (len(text), len(text) + len(unescape(word)))
            text += unescape(word)
    marked = []
    for kind, content in _VALUE.findall(path.read_text("utf-8")):
        ends = [places[number] for number in re.findall(r't_id="(\d+)"', content) if number in places]
        if ends:
            marked.append((min(ends)[0], max(ends)[1], kind == "QUANTITY"))
    return text, marked


def re3d(folder: Path) -> Iterator[tuple[str, list[Marked]]]:
    """Each document with its quantities."""
    for line in (folder / "train.jsonl").read_text("utf-8").splitlines():
        document = json.loads(line)
        kept = [entity for entity in document["entities"] if entity["type"] == "Quantity"]
        yield document["text"], [(e["begin"], e["end"], not _MEASURE.search(e["value"])) for e in kept]


def count(text: str, marked: list[Marked], errors: list[str]) -> Counter[str]:
    """What one document adds to the figures."""
    found = [each for each in find_counts(text) if (each.count.low, each.count.best, each.count.high) != (None,) * 3]
    tally = Counter(found=len(found))
    for start, end, wanted in marked:
        hits = [each for each in found if each.start < end and start < each.end]
        tally["key" if wanted else "barred"] += 1
        tally["relaxed" if wanted else "barred, found"] += bool(hits)
        tally["strict"] += wanted and any((each.start, each.end) == (start, end) for each in hits)
        if wanted is not bool(hits):
            sort = "missed  " if wanted else "barred  "
            errors.append(f"{sort} {text[max(0, start - 40) : start]}[[{text[start:end]}]]{text[end : end + 30]}")
    errors += [
        f"unmarked {text[max(0, each.start - 40) : each.start]}[[{each.count.text}]]{text[each.end :][:30]}"
        for each in found
        if not any(each.start < end and start < each.end for start, end, _ in marked)
    ]
    return tally


def main(news: Path, documents: Path, *, errors: bool) -> None:
    """Prints the figures."""
    articles = [meantime(path) for path in sorted(news.rglob("corpus_*/*.xml"))]
    for name, texts in (("MEANTIME", articles), ("re3d", list(re3d(documents)))):
        lines: list[str] = []
        total = sum((count(text, marked, lines) for text, marked in texts), Counter[str]())
        shown = [f"{name:9} key {total['key']} found {total['found']}"]
        for measure in ("strict", "relaxed"):
            precision, recall = total[measure] / max(1, total["found"]), total[measure] / max(1, total["key"])
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            shown.append(f"{measure} {precision:.3f} {recall:.3f} {f1:.3f}")
        shown.append(f"barred {total['barred']} found {total['barred, found']}")
        sys.stdout.write("   ".join(shown) + "\n")
        if errors:
            sys.stdout.writelines(f"    {' '.join(line.split())}\n" for line in sorted(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), errors="--errors" in sys.argv)
