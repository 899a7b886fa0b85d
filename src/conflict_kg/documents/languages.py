"""Which language a text is in. Only what is surely in another is set aside: names and quotes make nothing foreign."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_ENGLISH = frozenset({"en", "eng", "english"})
_NEAR = frozenset({"en", "pcm", "sco"})
"""English, and Nigerian Pidgin and Scots, for which short English sentences pass."""
_WORDS = re.compile(r"[^\W\d_]+")
_FEWEST = 60
"""A text with fewer letters is not judged: a list of names in it weighs more than its few other words."""
_SURE = 0.9
"""From this probability on a text is in the language found. One sentence of news in another language that is written
with Latin letters reaches it nearly always, an English one full of names from elsewhere never."""
_LATIN = 0.2
"""With a smaller share of Latin letters no text is English, however unsure the language."""
_SAMPLE = 20_000  # characters; what follows is in the same language


def other_language(text: str, *, stated: str | None = None) -> str | None:
    """The ISO 639 code of the language that a text is in, where that is surely not English; else None.

    What is ``stated`` (by a manifest or a record) counts before the text itself.
    """
    if stated:
        code = re.split(r"[-_]", stated.strip().casefold(), maxsplit=1)[0]
        if code in _ENGLISH:
            return None
        if _is_code(code):
            return code
    words = _WORDS.findall(text[:_SAMPLE])
    letters = "".join(words)
    if len(letters) < _FEWEST:
        return None
    code, probability = _identifier().classify(" ".join(words))
    is_latin = sum(letter < "\u0250" for letter in letters) >= _LATIN * len(letters)
    return str(code) if code not in _NEAR and (probability >= _SURE or not is_latin) else None


def language_name(code: str) -> str:
    """The English name of a language by its code ("French" for "fr"); the code itself where it has none."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))


def _is_code(code: str) -> bool:
    from babel import Locale

    return code in Locale("en").languages


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
