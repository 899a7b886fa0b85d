"""How well times are found and given a value, on texts with keyed times: WikiWars and MEANTIME.

    python bench/times.py WIKIWARS MEANTIME [--errors]

WIKIWARS is the unpacked corpus, version 1.0.4 (TIMEX2, ``keyinline``), MEANTIME the folder with the English XML files
(TIMEX3). Articles 1 to 16 of WikiWars and every second file of MEANTIME are the training part, at which one may look;
the rest is the test part. ``--errors`` lists the misses of the training part.

The figures are those of TempEval-3 (UzZaman et al. 2013): strict, where the extents are the same; relaxed, where they
overlap; value, where they overlap and the value is the same. Each found time pairs with one of the key, first those
with the same extent, then those that share most. Held alike for all, and the same for every value of both sides:

- The preposition is no part of the extent, as in the keys; nor are white space and an article in front.
- Two times that the reading takes together ("from X to Y") are two.
- Times of the day are cut off ("T08:30", "TNI"), and spellings of a length are one (PY9 is P9Y, P1DE P10Y).
- BC0499 is kept: the reading has no years before Christ, and misses them.
- In MEANTIME the key covers headline and first five sentences, and of it DATE and DURATION count. What is found where
  the key has a TIME or a SET counts neither way; the date of the document is given and left out.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path

from conflict_kg.reading.narrative import told
from conflict_kg.reading.timex import timex_value

_TAG = re.compile(r"<(/?)TIMEX2([^>]*)>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_TOKEN = re.compile(r'<token number="\d+" sentence="(\d+)" t_id="(\d+)">(.*?)</token>')
_TIMEX3 = re.compile(r"<TIMEX3 ([^>]*)>(.*?)</TIMEX3>", re.DOTALL)
_CLOSING = re.compile(r"[,.;:!?%)\]]|['’]s?\Z|n['’]t\Z")
_LAST_SENTENCE = 5
_TRAINING = 16  # articles of WikiWars


@dataclass(frozen=True, slots=True)
class Timed:
    """A time in a text with its value; ``counts`` is False of a key that is scored neither way."""

    start: int
    end: int
    value: str
    counts: bool = True

    def shared(self, other: "Timed") -> int:
        """How many characters two times share."""
        return min(self.end, other.end) - max(self.start, other.start)


@dataclass(frozen=True, slots=True)
class Keyed:
    """A text with its times, and the day on which it was published, None where it tells of long ago."""

    text: str
    times: tuple[Timed, ...]
    published: date | None = None


def read_wikiwars(path: Path) -> Keyed:
    """One article of WikiWars."""
    markup = path.read_text("utf-8")
    body = markup[markup.index("<TEXT>") + 6 : markup.index("</TEXT>")]
    text, position = "", 0
    keys: list[Timed] = []
    stack: list[tuple[int, str]] = []
    for tag in _TAG.finditer(body):
        text += unescape(body[position : tag.start()])
        position = tag.end()
        if tag[1]:
            start, value = stack.pop()
            keys.append(_trimmed(text, start, len(text), value))
        else:
            stack.append((len(text), dict(_ATTRIBUTE.findall(tag[2])).get("val", "")))
    return Keyed(text + unescape(body[position:]), tuple(sorted(keys, key=lambda key: (key.start, key.end))))


def read_meantime(path: Path) -> Keyed:
    """Headline and first five sentences of one article of MEANTIME, put together from its words."""
    markup = path.read_text("utf-8")
    text, places = "", {}
    last = "0"
    for sentence, number, word in _TOKEN.findall(markup):
        if int(sentence) <= _LAST_SENTENCE:
            text += "" if not text or _CLOSING.match(word) else "\n\n" if sentence != last else " "
            places[number] = (len(text), len(text) + len(unescape(word)))
            text += unescape(word)
            last = sentence
    keys, published = [], None
    for tag, content in _TIMEX3.findall(markup):
        said = dict(_ATTRIBUTE.findall(tag))
        ends = [places[number] for number in re.findall(r't_id="(\d+)"', content) if number in places]
        creation = said["functionInDocument"] == "CREATION_TIME"
        if creation:
            published = _day(said["value"])
        if ends:
            kept = said["type"] in {"DATE", "DURATION"} and not creation
            keys.append(_trimmed(text, min(ends)[0], max(ends)[1], said["value"], kept))
    return Keyed(text, tuple(keys), published)


def _day(value: str) -> date | None:
    """The day of publication; one of the files has it the other way round."""
    parts = value.split("-")
    return date.fromisoformat("-".join(parts if len(parts[0]) == 4 else reversed(parts)))


def _trimmed(text: str, start: int, end: int, value: str, counts: bool = True) -> Timed:
    """A time without white space around it and without an article in front, its value in the one spelling."""
    words = text[start:end]
    article = re.match(r"\s*(?:the\s+|an?\s+(?=\w+\s+of\b))?", words, re.IGNORECASE)
    start += article.end() if article else 0
    return Timed(start, start + len(text[start:end].rstrip()), _spelled(value), counts)


def _spelled(value: str) -> str:
    """A value without the time of the day, a length in one spelling."""
    if value.startswith("P") and not value.endswith("REF"):
        value = re.sub(r"\AP([A-Z])([0-9X]+)\Z", r"P\2\1", value)
        return re.sub(r"\AP([0-9]+)DE\Z", r"P\g<1>0Y", value)
    return value.partition("T")[0]


def found_in(document: Keyed) -> Iterator[Timed]:
    """The times that the reading finds."""
    for each in told(document.text, (0, document.published)):
        found = each.expression
        values = timex_value(found, each.reference, tense=each.tense, context=each.context).split("/")
        for (start, end), value in zip(found.spans, values, strict=True):
            yield _trimmed(document.text, start, end, value)


def pairs(keys: Sequence[Timed], found: Sequence[Timed]) -> list[tuple[Timed, Timed]]:
    """Key and found times that overlap, one to one: the same extents first, then those that share most."""
    near = [(k.shared(f), (k.start, k.end) == (f.start, f.end), k, f) for k in keys for f in found if k.shared(f) > 0]
    taken_keys: set[int] = set()
    taken_found: set[int] = set()
    paired = []
    for _, _, key, each in sorted(near, key=lambda pair: (-pair[1], -pair[0], pair[2].start, pair[3].start)):
        if id(key) not in taken_keys and id(each) not in taken_found:
            taken_keys.add(id(key))
            taken_found.add(id(each))
            paired.append((key, each))
    return paired


def count(document: Keyed, errors: list[str] | None = None) -> Counter[str]:
    """What one document adds to the figures."""
    found = list(found_in(document))
    paired = pairs(document.times, found)
    scored = [(key, each) for key, each in paired if key.counts]
    if errors is not None:
        errors += _misses(document, found, paired)
    beside = sum(any(each.shared(key) > 0 for key in document.times if not key.counts) for each in found)
    beside -= sum(any(each.shared(key) > 0 for key in document.times if not key.counts) for _, each in scored)
    return Counter(
        key=sum(key.counts for key in document.times),
        found=len(found) - beside,
        relaxed=len(scored),
        strict=sum((key.start, key.end) == (each.start, each.end) for key, each in scored),
        value=sum(key.value == each.value for key, each in scored),
    )


def _misses(document: Keyed, found: Iterable[Timed], paired: Sequence[tuple[Timed, Timed]]) -> Iterator[str]:
    """One line for each time that is missed, found where there is none, or has another value."""

    def shown(sort: str, each: Timed, more: str) -> str:
        around = document.text[max(0, each.start - 50) : each.start], document.text[each.end : each.end + 25]
        words = document.text[each.start : each.end]
        return " ".join(f"{sort:8} {each.value:12} {more:12} {around[0]}[[{words}]]{around[1]}".split("\n"))

    other = {id(key): each for key, each in paired}
    for key in document.times:
        if key.counts and id(key) not in other:
            yield shown("missed", key, "")
        elif key.counts and other[id(key)].value != key.value:
            yield shown("value", key, other[id(key)].value)
    hit = {id(each) for _, each in paired}
    yield from (shown("spurious", each, "") for each in found if id(each) not in hit)


def line(total: Counter[str]) -> str:
    """Precision, recall and F1 of the three measures."""
    shown = []
    for name in ("strict", "relaxed", "value"):
        precision, recall = total[name] / max(1, total["found"]), total[name] / max(1, total["key"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        shown.append(f"{name} {precision:.3f} {recall:.3f} {f1:.3f}")
    return f"key {total['key']:4} found {total['found']:4}   " + "   ".join(shown)


def main(wikiwars: Path, meantime: Path, *, errors: bool) -> None:
    """Prints the figures."""
    wars = sorted(wikiwars.rglob("keyinline/*.xml"))
    news = sorted(meantime.rglob("corpus_*/*.xml"), key=lambda path: path.name)
    parts = {
        "WikiWars training": [read_wikiwars(path) for path in wars[:_TRAINING]],
        "WikiWars test": [read_wikiwars(path) for path in wars[_TRAINING:]],
        "MEANTIME training": [read_meantime(path) for path in news[::2]],
        "MEANTIME test": [read_meantime(path) for path in news[1::2]],
    }
    for name, documents in parts.items():
        lines: list[str] | None = [] if errors and name.endswith("training") else None
        total = sum((count(document, lines) for document in documents), Counter[str]())
        sys.stdout.write(f"{name:18} {line(total)}\n")
        sys.stdout.writelines(f"    {each}\n" for each in sorted(lines or []))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), errors="--errors" in sys.argv)
