"""Bytes in, text out: which encoding they are in, where nobody says so or it is not so."""

import codecs
import re
from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_HEAD = 4096  # a page names its encoding within so many bytes; the standard asks for 1024
_SAMPLE = 65_536
_WESTERN = "cp1252"
"""What English that is not Unicode is nearly always in; ISO 8859-1 and ASCII are parts of it."""
_ENGLISH = 0.8
"""The least share of signs of ASCII, white space apart, in an English text that is not Unicode."""


def decoded(data: bytes) -> str | None:
    """The text, where the bytes are UTF-8, marked as UTF-16 or UTF-32, or English in another encoding; else None.

    Only English is read, so an old encoding counts as found where most of what it gives are letters of ASCII.
    """
    encoding = encoding_of(data, whole=True)
    return data.decode(encoding) if encoding else None


def encoding_of(data: bytes, *, whole: bool = False) -> str | None:
    """Name of the encoding that ``decoded`` finds in the bytes; not ``whole``, they may end within a character."""
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding) if whole else codecs.getincrementaldecoder(encoding)().decode(data)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig" or _is_english(text):
            return encoding
    return None


def decoded_page(data: bytes, charset: str | None = None) -> str:
    """The text of a web page: by its mark, as UTF-8, as ``charset`` or the page itself says, or as seems likeliest.

    That it is UTF-8 is not believed where most of it beyond ASCII is not. What cannot be decoded becomes U+FFFD.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:_HEAD])
    for name in (charset, declared and declared[1].decode("ascii")):
        if name and (known := _known(name)) and (known != "utf-8" or _is_mostly_unicode(data)):
            return data.decode(known, "replace")
    return data.decode(encoding_of(data) or _guessed(data) or _WESTERN, "replace")


def _candidates(data: bytes) -> Iterator[str]:
    yield from (encoding for mark, encoding in _MARKS if data.startswith(mark))
    yield "utf-8-sig"
    if b"\0" not in data:
        yield _WESTERN
    if guessed := _guessed(data):
        yield guessed


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else None


def _known(name: str) -> str | None:
    """The Python codec of that name that turns bytes into text; what pages call ISO 8859-1 is Windows-1252."""
    try:
        codec = codecs.lookup(name)
        b"a".decode(codec.name, "replace")
    except (LookupError, ValueError):
        return None
    return _WESTERN if codec.name in ("iso8859-1", "ascii") else codec.name


def _is_mostly_unicode(data: bytes) -> bool:
    """Whether of the signs beyond ASCII no more are broken than whole: UTF-8 with a stray byte, or another encoding."""
    beyond = [sign for sign in data.decode("utf-8", "replace") if not sign.isascii()]
    return 2 * beyond.count("\ufffd") <= len(beyond)


def _is_english(text: str) -> bool:
    signs = "".join(text[:_SAMPLE].split())
    return sum(sign.isascii() and sign.isprintable() for sign in signs) >= _ENGLISH * max(len(signs), 1)
