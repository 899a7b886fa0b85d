"""Numbers of people in English text: reads a quantity phrase, and finds such phrases in a sentence.

Text in, ``Count`` values out, with code-point offsets where they were looked for. What a qualifier makes of a number,
and what is no number of people, is data (lexicon/numbers.toml); the rules are in docs/times-and-counts.md.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from conflict_kg.model import Count
from conflict_kg.reading.anchors import WORDS
from conflict_kg.reading.numerals import NUMBERS, SCALES, number_at
from conflict_kg.reading.times import find_times


@dataclass(frozen=True, slots=True)
class CountExpression:
    """A quantity in a text; ``count.text`` is exactly the characters from ``start`` to ``end`` (code points)."""

    start: int
    end: int
    count: Count


def read_count(text: str) -> Count | None:
    """The quantity that a phrase such as "at least 500" states; None where the phrase is no quantity.

    A number given as it is sets low, best and high; "about" only best, "at least" only low, "up to" only high; words
    without a number ("many") set none of them.

    >>> read_count("more than 8,000")
    Count(text='more than 8,000', low=8000, best=None, high=None)
    """
    phrase = text.strip()
    bare = " ".join(_DETERMINERS.sub("", phrase, count=1).lower().split())
    if bare in NUMBERS["small"]:
        value = NUMBERS["small"][bare]
        return Count(phrase, value, value, value)
    if bare in _VAGUE_WORDS:
        return Count(phrase)
    determiners = _DETERMINERS.match(phrase)
    found = _phrase(phrase, determiners.end() if determiners else 0)
    return replace(found.count, text=phrase) if found and _TRAILING.fullmatch(phrase, found.end) else None


def find_counts(text: str) -> tuple[CountExpression, ...]:
    """All quantities of a text that may count people or things, in order, each with its qualifiers.

    Years, days of a month, ordinals, measures, ages, money, shares and the numbers in names are left out.

    >>> [found.count.text for found in find_counts("In 2014 some two dozen men of the 8th Brigade fled 12 miles.")]
    ['some two dozen']
    """
    return tuple(_found(text))


def _found(text: str) -> Iterator[CountExpression]:
    """The quantities from left to right; what follows one is looked at from its end."""
    times = find_times(text)
    position = next_time = 0
    while begin := _BEGIN.search(text, position):
        found = _phrase(text, begin.start())
        position = begin.end()
        if not found:
            continue
        while next_time < len(times) and times[next_time].end <= found.core:
            next_time += 1
        if next_time == len(times) or found.end <= times[next_time].start:
            position = found.end
            if _counts_something(text, found):
                yield CountExpression(found.start, found.end, found.count)


# ---------------------------------------------------------------- one phrase


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A quantity phrase; ``core`` is where its number begins, behind the qualifiers."""

    start: int
    core: int
    end: int
    count: Count
    vague: bool = False


@dataclass(frozen=True, slots=True)
class _Core:
    """A number, a range or a floor without its qualifiers."""

    end: int
    low: int | None = None
    best: int | None = None
    high: int | None = None


def _phrase(text: str, start: int) -> _Phrase | None:
    """The quantity phrase that begins at ``start``, with the qualifiers before and behind its number."""
    bounds: list[str] = []
    position = start
    while len(bounds) < 3 and (qualifier := _BEFORE.match(text, position)):
        bounds.append(_BOUNDS[_folded(qualifier["word"])])
        position = qualifier.end()
    core = _range(text, position) or _round(text, position)
    if not core:
        vague = _VAGUE.match(text, start)
        return _Phrase(start, start, vague.end(), Count(vague[0]), vague=True) if vague else None
    behind = _BEHIND.match(text, core.end)
    end = behind.end() if behind else core.end
    if behind:
        bounds.append(_BOUNDS_BEHIND[_folded(behind["word"])])
    elif _AT_LEAST.match(text, core.end):
        bounds.append("low")
    written = text[start:end]
    if core.low is not None and core.best is None:  # a range or a floor says its bounds itself
        low = None if "high" in bounds and core.high is None else core.low  # "up to several hundred"
        return _Phrase(start, position, end, Count(written, low=low, high=core.high))
    value = core.best
    if "low" in bounds:
        count = Count(written, low=value)
    elif "high" in bounds:
        count = Count(written, high=value)
    else:
        count = Count(written, best=value) if bounds else Count(written, core.low, value, core.high)
    return _Phrase(start, position, end, count)


def _range(text: str, start: int) -> _Core | None:
    """A number, or two that bound a range: "20 to 30", "two or three dozen", "between 20 and 30"."""
    between = _BETWEEN.match(text, start)
    one = number_at(text, between.end() if between else start)
    if not one:
        return None
    link = (_AND if between else _TO).match(text, one.end)
    other = number_at(text, link.end()) if link and not _FROM.search(text, max(0, start - 8), start) else None
    if other and not text[other.end : other.end + 1].isalnum():
        scale = _SCALE.search(text, one.end, other.end)
        factor = NUMBERS["words"][scale[0].lower()] if scale else 1
        low = one.value * factor if one.value < other.value // factor else one.value
        if low < other.value:
            return _Core(other.end, low=low, high=other.value)
    if between:
        return None
    return _Core(one.end, one.value, one.value, one.value) if one.exact else _Core(one.end, best=one.value)


def _round(text: str, start: int) -> _Core | None:
    """Round words: "dozens", "tens of thousands", "several hundred", "a couple of dozen"."""
    match = _NONE.match(text, start)
    if match:
        return _Core(match.end(), 0, 0, 0)
    match = _FLOOR.match(text, start)
    if match:
        factor = NUMBERS["words"][_folded(match["of"]).removesuffix("s")] if match["of"] else 1
        return _Core(match.end(), low=NUMBERS["floors"][_folded(match["floor"])] * factor)
    match = _SEVERAL.match(text, start)
    if match:
        return _Core(match.end(), low=2 * NUMBERS["words"][_folded(match["scale"]).removesuffix("s")])
    match = _COUPLE.match(text, start)
    if match:
        return _Core(match.end(), best=2 * (NUMBERS["words"][_folded(match["scale"])] if match["scale"] else 1))
    return None


# ---------------------------------------------------------------- what is no number of people


def _counts_something(text: str, phrase: _Phrase) -> bool:
    """Whether a quantity may be one of people: it is no measure, name, age, share or sum."""
    start, end = phrase.core, phrase.end
    before, behind = text[max(0, start - 24) : start], text[end : end + 48]
    if _STUCK_BEFORE.search(before) or _STUCK_BEHIND.match(behind) or _UNIT.match(behind):
        return False
    if before.endswith("[") and behind.startswith("]"):  # the mark of a footnote
        return False
    if _SHARE_BEHIND.match(text, end) or _SHARE_BEFORE.search(before):
        return False
    if phrase.vague:
        return not _VAGUE_BEFORE.search(before)
    number = text[start:end].lower()
    if number == "one":
        return not (_ONE_BEFORE.search(before) or _ONE_BEHIND.match(behind))
    if number[:1].isdigit():
        named = _NAME_BEFORE.search(before) and not _PEOPLE.match(behind)
        return not (named or (_AGE_BEFORE.search(before) and behind.startswith(",")))
    return True


def _folded(words: str) -> str:
    """In lower case with single spaces."""
    return " ".join(words.lower().split())


def _choice(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)


def _bounds(table: Mapping[str, list[str]]) -> dict[str, str]:
    """Qualifier to the bound that it sets."""
    return {word: bound for bound, words in table.items() for word in words}


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_BOUNDS = _bounds(NUMBERS["bounds"])
_BOUNDS_BEHIND = _bounds(NUMBERS["bounds_after"])
_VAGUE_WORDS = frozenset(NUMBERS["vague"]["words"] + NUMBERS["vague"]["alone"])
_NOT_AFTER: Mapping[str, list[str]] = NUMBERS["not_after"]

_DETERMINERS = _compiled(
    r"(?:(?:all|the|these|those|another|other|its|their|only|just|exactly|precisely|a\s+total\s+of|an?\s+additional"
    r"|a\s+further)\s+){1,3}"
)
_TRAILING = _compiled(
    r"(?:\s*-\s*(?:strong|man|member))?\s*(?:more|others?|of(?:\s+(?:the|them|these|those))?|people|persons)?\s*"
)
_BEFORE = _compiled(rf"(?P<word>(?:{_choice(word for word in _BOUNDS if word != '~')})(?=\s)|~)\s*")
_BEHIND = _compiled(rf"\s*(?P<word>{_choice(_BOUNDS_BEHIND)})(?!\w)")
_AT_LEAST = _compiled(rf"\s+[a-z]+(?:\s+[a-z]+)?\s+at\s+least(?!\s+(?:[0-9]|an?(?!\w)|{_choice(NUMBERS['words'])}))")
_BETWEEN = _compiled(r"between\s+")
_AND = _compiled(r"\s+and\s+")
_TO = _compiled(r"\s*[-–—]\s*|\s+(?:to|or)\s+")
_FROM = _compiled(r"(?<!\w)from\s+\Z")
_SCALE = _compiled(rf"(?<!\w)(?:{SCALES})\Z")
_FLOOR = _compiled(
    rf"(?:(?:many|several)\s+)?(?P<floor>{_choice(NUMBERS['floors'])})(?:\s+of\s+(?P<of>(?:{SCALES})s))?(?!\w)"
)
_SEVERAL = _compiled(rf"(?:{_choice(NUMBERS['some']['words'])})\s+(?P<scale>(?:{SCALES})s?)(?!\w)")
_COUPLE = _compiled(rf"a\s+couple(?:\s+of)?(?:\s+(?P<scale>{SCALES}))?(?!\w)")
_NONE = _compiled(rf"(?:none|zero|no(?=\s+[a-z])(?!\s+(?:{_choice(NUMBERS['not_vague']['behind'])})(?!\w)))(?!\w)")
_VAGUE = _compiled(rf"(?<!\w)(?:{_choice(NUMBERS['vague']['words'])})(?!\w)")
_VAGUE_BEFORE = _compiled(rf"(?<!\w)(?:{_choice(NUMBERS['not_vague']['before'])})\s+\Z")
_STUCK_BEFORE = _compiled(r"[\w.,:/#°′″–-]\Z|(?:[$€£]|(?<!\w)(?:USD|EUR))\s?\Z")
_STUCK_BEHIND = _compiled(rf"\w|\s?[%°′″$€£]|[.,:/][0-9]|[-–](?!(?:{_choice(_NOT_AFTER['people'])})(?!\w))\w")
_UNIT = _compiled(
    rf"\s+(?:(?:{_choice(_NOT_AFTER['between'])})\s+){{0,2}}(?:{_choice(_NOT_AFTER['units'])})(?:s|es)?(?!\w)"
    rf"|\s+(?:{_choice(_NOT_AFTER['roads'])})(?!\w)"
)
_PEOPLE = _compiled(rf"\s+(?:{_choice(WORDS['people'])})(?!\w)")
_NAME_BEFORE = re.compile(
    rf"(?<!\w)(?:{_choice(NUMBERS['not_before']['names'])}|(?i:{_choice(NUMBERS['not_before']['words'])}))\s+\Z"
)
_TEN = rf"(?:[0-9]+(?!\w|[.,][0-9])|(?:{_choice(NUMBERS['words'])})(?!\w))"
_SHARE_BEHIND = _compiled(
    rf"(?<=one)\s+in\s+(?:every\s+)?{_TEN}|\s+(?:out\s+of|in)\s+every\s+{_TEN}|\s+out\s+of\s+ten(?!\w)"
)
_SHARE_BEFORE = _compiled(
    rf"(?<!\w)(?:one\s+in|in\s+every|of\s+every|(?:[0-9]+|{_choice(NUMBERS['words'])})\s+out\s+of)\s+(?:every\s+)?\Z"
)
_AGE_BEFORE = re.compile(r"[A-Z][\w’'-]*,\s+\Z")
_ONE_BEFORE = _compiled(rf"(?<!\w)(?:{_choice(NUMBERS['not_one']['before'])})\s+\Z")
_ONE_BEHIND = _compiled(rf"\s+(?:{_choice(NUMBERS['not_one']['behind'])})(?!\w)")
_BEGIN = _compiled(
    rf"(?<!\w)(?=[\w~])(?:[0-9][0-9.,]{{0,20}}|~|between|an?|half|no|none|zero|(?:{_choice(NUMBERS['words'])})|(?:{_choice(_BOUNDS)})"
    rf"|(?:{_choice(NUMBERS['floors'])})|(?:{_choice(NUMBERS['some']['words'])})|(?:{_choice(NUMBERS['vague']['words'])}))"
    r"(?![a-z])"
)
