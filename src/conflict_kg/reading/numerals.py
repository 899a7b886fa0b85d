"""Numbers written in digits or English words: text in, integers out. Times and counts both rest on it."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from typing import Any

NUMBERS: dict[str, Any] = tomllib.loads((files("conflict_kg") / "lexicon" / "numbers.toml").read_text("utf-8"))
"""The content of lexicon/numbers.toml."""

_VALUES: dict[str, int] = NUMBERS["words"]
_WORD = "|".join(sorted(_VALUES, key=len, reverse=True))
SCALES = "dozen|hundred|thousand|lakh|million|crore|billion"
"""A regular expression, without groups, for the words that multiply a number in front of them."""
_DIGITS = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9])"
    r"|[0-9]{1,2}(?:,[0-9]{2}){1,3},[0-9]{3}(?![0-9])"  # 1,20,000 as in India
    r"|[0-9]{1,3}(?:(?: 000)+|(?:[\u00a0\u202f][0-9]{3})+)(?![0-9])"  # 3 000, as the SI has it
    r"|[0-9]{1,3},[0-9]{1,2}(?=\s(?:million|billion))"  # 2,5 million: a comma for the point
    r"|[0-9]{1,15}(?:\.[0-9]{1,3})?(?![0-9])"
)
_DECIMAL_COMMA = re.compile(r"[0-9]{1,3},[0-9]{1,2}")
_QUARTER = re.compile(
    r"(?:a|one|(?P<three>three))\s+quarters?(?:\s+of\s+a\s+|-)(?P<scale>million|billion)\b", re.IGNORECASE
)
_FIRST = re.compile(rf"(?:(?:half\s+)?an?\s+(?=(?:{SCALES})\b))|(?=(?:{_WORD})\b)", re.IGNORECASE)
_NEXT = re.compile(rf"(?P<link>\s+and\s+|-|\s+)?(?P<word>{_WORD})(?![\w])", re.IGNORECASE)
_SCALE = re.compile(rf"[\s-](?P<word>{SCALES})(?![\w])", re.IGNORECASE)

PATTERN = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,15}}|(?:{_WORD})(?:(?:\s+and\s+|[\s-])(?:{_WORD})){{0,8}})"
"""A regular expression, without groups, for whatever ``number_at`` may read in full."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at a place in a text."""

    value: int
    end: int
    """Where it ends, in code points."""
    exact: bool
    """False where the words are round: "two dozen"."""


def read_number(text: str) -> int | None:
    """The number that the whole of a text writes: 21 for "twenty-one", 1200000 for "1.2 million".

    >>> read_number("three hundred and five")
    305
    """
    stripped = text.strip()
    numeral = number_at(stripped, 0)
    return numeral.value if numeral and numeral.end == len(stripped) else None


def number_at(text: str, start: int) -> Numeral | None:
    """The longest number that begins at ``start`` (code points); None where there is none.

    Words are read as far as they make one number: of "five six" that is "five".
    """
    if quarter := _QUARTER.match(text, start):
        part = _VALUES[quarter["scale"].lower()] // 4
        return Numeral(part * (3 if quarter["three"] else 1), quarter.end(), exact=False)
    digits = _DIGITS.match(text, start)
    if digits:
        point = "." if _DECIMAL_COMMA.fullmatch(digits[0]) else ""
        return _scaled(text, Decimal(re.sub(r"\s", "", digits[0].replace(",", point))), digits.end())
    first = _FIRST.match(text, start)
    return _spelled(text, first.end(), first[0].lower()) if first else None


def _scaled(text: str, value: Decimal, end: int) -> Numeral | None:
    """Digits with the scale words behind them: "1.2 million", "3 dozen"; a fraction of a whole is no number."""
    exact = True
    scale = _SCALE.match(text, end)
    if scale:
        word = scale["word"].lower()
        value, end, exact = value * _VALUES[word], scale.end(), word != "dozen"
    return Numeral(int(value), end, exact) if value == int(value) else None


def _spelled(text: str, start: int, article: str) -> Numeral | None:
    """Number words from ``start`` on, behind "a", "half a" or nothing."""
    total, group, end, limit = 0, (1 if article else 0), start, 10**12
    previous, before_and = group, None
    half = article.startswith("half")
    while token := _NEXT.match(text, end):
        word, link = token["word"].lower(), token["link"] or ""
        value, joined = _VALUES[word], link.strip().lower() == "and"
        if (end == start) == bool(link):  # the first word stands alone, the others are linked
            break
        if word == "dozen" and not joined:
            count = (total + group) * 12 if previous else 12
            return Numeral(count // 2 if half else count, token.end(), exact=False)
        if not _follows(value, previous, group, joined=joined) or value >= limit:
            if before_and and value >= 100 and not joined:
                return before_and  # "one hundred and two hundred": the second number begins behind the "and"
            break
        if joined:
            before_and = Numeral(total + group, end, exact=True)
        if value >= 1000:
            total, group, limit = total + group * value, 0, value
        else:
            group = group * 100 if value == 100 else group + value
        previous, end = value, token.end()
    count = total + group
    return Numeral(count // 2 if half else count, end, exact=not half) if end > start else None


def _follows(value: int, previous: int, group: int, *, joined: bool) -> bool:
    """Whether a word of this value may stand behind the word ``previous`` (0 at the beginning)."""
    if joined and (previous < 100 or value >= 100):
        return False
    if value >= 1000:
        return previous > 0
    if value == 100:
        return 0 < previous == group < 20
    if not previous or previous >= 100:
        return True
    return value < 10 and 20 <= previous < 100
