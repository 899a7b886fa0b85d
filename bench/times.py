"""How many of the time expressions of the WikiWars corpus are found, and with the right value.

    python bench/times.py FOLDER

FOLDER is the unpacked corpus, version 1.0.4, with its ``keyinline`` files. A key expression counts as found where a
found one overlaps it. Values are compared where the key's is a year, a month or a day; as in
TIMEX2 without the preposition and without "early" or "late", which the key keeps apart. Where the words have no
year, it is taken from the last expression before that has one; these are counted by themselves.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

from conflict_kg.reading.days import month_stretch
from conflict_kg.reading.times import Relation, TimeExpression, find_times, resolve

_TAG = re.compile(r"<(/?)TIMEX2([^>]*)>")
_VALUE = re.compile(r'\bval="([^"]*)"')
_EXPLICIT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def read_key(path: Path) -> tuple[str, list[tuple[int, int, str]]]:
    """The text of one keyed document, and each expression's start, end and value (empty where there is none)."""
    markup = path.read_text("utf-8")
    body = markup[markup.index("<TEXT>") + 6 : markup.index("</TEXT>")]
    text, position = "", 0
    keys: list[tuple[int, int, str]] = []
    stack: list[tuple[int, str]] = []
    for tag in _TAG.finditer(body):
        text += unescape(body[position : tag.start()])
        position = tag.end()
        if tag[1]:
            start, value = stack.pop()
            keys.append((start, len(text), value))
        else:
            found = _VALUE.search(tag[2])
            stack.append((len(text), found[1] if found else ""))
    return text + unescape(body[position:]), sorted(keys)


def explicit_days(value: str) -> tuple[date, date] | None:
    """The days of a TIMEX2 value that is a year, a month or a day."""
    match = _EXPLICIT.fullmatch(value)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year
    if day and month:
        return date(year, month, day), date(year, month, day)
    return month_stretch(year, month) if month else month_stretch(year, 1, 12)


def stretches(found: TimeExpression, reference: date | None) -> Iterator[tuple[date | None, date | None]]:
    """The days of each time in an expression, by itself."""
    for anchor in filter(None, (found.first, found.last)):
        bare = replace(anchor, portion=None, part=None, about=False)
        when = resolve(replace(found, relation=Relation.AT, first=bare, last=None), reference)
        yield when.begin_earliest, when.begin_latest


def read_text(text: str) -> list[tuple[TimeExpression, set[tuple[date | None, date | None]]]]:
    """The expressions found with the days of each; a year that the words lack is that of the last one that has it."""
    reference: date | None = None
    read = []
    for found in find_times(text):
        read.append((found, set(stretches(found, reference))))
        years = [anchor.year for anchor in (found.last, found.first) if anchor and anchor.year]
        reference = date(years[0], 12, 31) if years else reference
    return read


def count(text: str, keys: list[tuple[int, int, str]]) -> Counter[str]:
    """What one document adds to the figures."""
    tally: Counter[str] = Counter()
    found = read_text(text)
    for start, end, value in keys:
        hits = [days for expression, days in found if expression.start < end and start < expression.end]
        tally["key expressions"] += 1
        tally["found"] += bool(hits)
        days = explicit_days(value)
        if days:
            said = "year in the words" if value[:4] in text[start:end] else "year from before"
            tally[f"{said}: key"] += 1
            tally[f"{said}: found"] += bool(hits)
            tally[f"{said}: right"] += any(days in hit for hit in hits)
    tally["found by us"] = len(found)
    tally["of these in the key"] = sum(any(e.start < end and start < e.end for start, end, _ in keys) for e, _ in found)
    return tally


def main(folder: Path) -> None:
    """Prints the figures."""
    total: Counter[str] = Counter()
    for path in sorted(folder.rglob("keyinline/*.xml")):
        total += count(*read_key(path))
    for name in sorted(total):
        sys.stdout.write(f"{name:26} {total[name]}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
