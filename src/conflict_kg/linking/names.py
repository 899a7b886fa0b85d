"""Names to comparable forms: one spelling for "al-Fallujah", "Falluja" and "Fallūjah".

Everything that looks a name up goes through :func:`normalise`; everything that makes an id from a name goes through
:func:`slug` and :func:`short_hash`.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

REMEMBERED = 10_000
"""Names that a look-up keeps: a report repeats its names, and reports of one war each other's."""

# Letters that NFKD leaves whole, each with what stands for it.
_WHOLE = "ıi łl ŁL øo ØO đd ĐD ßss æae ÆAE œoe ŒOE þth ÞTh ðd ÐD əa ƏA ǝa ħh ĦH ŋng ɗd ƊD ɓb ƁB ƙk ƘK ƴy ƳY"
_DROPPED = "'’‘`´ʼʻʿʾʹʺ“”\"."
_LETTERS = str.maketrans({pair[0]: pair[1:] for pair in _WHOLE.split()} | dict.fromkeys(_DROPPED, ""))
_SEPARATORS = re.compile(r"[^\w]+|_+")
_LEADING = frozenset("the al el il as ash ar an ad at az es ez et er ed".split())
_INNER = frozenset("al el il as ash ar az es ez esh ul uz ud ut us ur".split())
_ENDINGS = ("iyyah", "iyya", "iyah", "iyeh", "iyye", "ieh", "iya")


@lru_cache(maxsize=REMEMBERED)
def plain(text: str) -> str:
    """The text in lower-case ASCII words with one space between; letters of other scripts stay as they are.

    >>> plain("‘Ayn al-‘Arab")
    'ayn al arab'
    """
    if text.isascii():
        folded = text.translate(_LETTERS)
    else:
        decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
    return _SEPARATORS.sub(" ", folded).strip().casefold()


@lru_cache(maxsize=REMEMBERED)
def normalise(name: str) -> str:
    """The form under which a name is looked up. docs/linking.md gives for each rule how many places it makes collide.

    1. :func:`plain`: accents, apostrophes, quotation marks and full stops go, hyphens become spaces, lower case.
    2. A leading English or Arabic article goes ("the", "al", "el", "ash", ...), unless nothing would remain.
    3. The Arabic article inside a name goes ("Deir ez-Zor", "Deir al-Zor" and "Deir Zor" are one).
    4. The ending -iyya in all its spellings is "iya"; a final h after a goes.

    >>> [normalise(name) for name in ("al-Fallūjah", "Falluja", "Deir ez-Zor", "Al-Habbaniyah", "The Hague")]
    ['falluja', 'falluja', 'deir zor', 'habbaniya', 'hague']
    """
    words = plain(name).split()
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    if len(words) > 2:
        words = [words[0], *(word for word in words[1:-1] if word not in _INNER), words[-1]]
    return " ".join(word if word[-1] not in "aeh" else _ending(word) for word in words)


def _ending(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending):
            return word[: -len(ending)] + "iya"
    return word[:-1] if word.endswith("ah") else word


def slug(name: str) -> str:
    """The name as a part of an id: ASCII letters and digits with hyphens; "name" where nothing of that kind is in it.

    >>> slug("Muhannad Haimour"), slug("الأنبار")
    ('muhannad-haimour', 'name')
    """
    return re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-") or "name"


def short_hash(*parts: str) -> str:
    """Eight hexadecimal digits for the parts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:8]
