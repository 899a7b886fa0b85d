"""E-mails, such as alerts and newsletters, and pages that a browser has saved in one file."""

import email.policy
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from html import escape
from typing import TypeVar

from conflict_kg.documents.encoding import decoded_page
from conflict_kg.documents.html import clean_line, read_fragment
from conflict_kg.documents.parts import About, Kind, Part, UnreadableError

T = TypeVar("T")

_KINDS: Mapping[str, Kind] = {"text/html": "fragment", "text/plain": "text"}
"""What a text may be in, the best first."""

_GAP = re.compile(r"\n\s*\n")
"""What parts one paragraph of plain text from the next."""

_FAULTS = (MessageError, LookupError, ValueError, TypeError, AttributeError)
"""What the standard library raises for headers and encodings that make no sense to it."""


def messages(data: bytes, *, saved: bool = False) -> Iterator[Part]:
    """The text of an e-mail, but nothing that is attached: of choices the HTML where that has words, else plain text.

    With ``saved``, and where it says so itself, it is a page that a browser has saved, which nobody has sent. Raises
    ``UnreadableError`` for what is no e-mail, or has no text.
    """
    message = BytesParser(policy=email.policy.default).parsebytes(data.removeprefix(BOM_UTF8))
    if not message.keys():
        raise UnreadableError("it is not an e-mail: it has no headers")
    assert isinstance(message, EmailMessage)
    address = _header(message, "Snapshot-Content-Location")
    page = saved or address is not None
    texts = _texts(message, named=False, one=page) or _texts(message, named=True, one=page)
    if not texts:
        only = " of its own, only an attached message, which is not read" if _forwards(message) else ""
        raise UnreadableError(f"the e-mail has no text{only}")
    body = _joined(texts)
    if page:
        yield replace(body, kind="html" if body.kind == "fragment" else body.kind, about=About(url=address))
    else:
        yield replace(body, about=_about(message))


def _texts(part: MIMEPart, *, named: bool, one: bool) -> list[Part]:
    """The texts of a part and of those in it, in order; none that is attached, and unless ``named`` none with a name.

    Of parts that are choices, as all are with ``one``, only the best is taken: of a page and what it shows the page.
    """
    if _tried(part.is_attachment):
        return []
    if part.get_content_maintype() != "multipart":
        return list(_text(part)) if named or not part.get_filename() else []
    found = [texts for inner in part.iter_parts() if (texts := _texts(inner, named=named, one=one))]
    if one or part.get_content_subtype() in ("alternative", "related"):
        return _best(found)
    return [text for texts in found for text in texts]


def _text(part: MIMEPart) -> Iterator[Part]:
    kind = _KINDS.get(part.get_content_type())
    content = _tried(lambda: part.get_payload(decode=True))
    if kind is not None and isinstance(content, bytes) and content.strip():
        yield Part(kind, content, charset=_tried(part.get_content_charset))


def _best(choices: list[list[Part]]) -> list[Part]:
    """The first that has words to read, those with HTML before plain text; the last is not looked into."""
    ranked = sorted(choices, key=lambda texts: all(text.kind == "text" for text in texts))
    return next((texts for texts in ranked[:-1] if any(map(_has_words, texts))), ranked[-1]) if ranked else []


def _has_words(text: Part) -> bool:
    """Whether more is there than markup."""
    try:
        return bool(_words(text))
    except UnreadableError:
        return False


def _words(text: Part) -> str:
    """The text without markup. Raises ``UnreadableError`` for HTML that cannot be read."""
    return decoded_page(text.data, text.charset).strip() if text.kind == "text" else read_fragment(text).text


def _joined(texts: list[Part]) -> Part:
    """All texts that have words as one, in UTF-8: HTML where one of them is, each paragraph an element."""
    worded = [(text, words) for text in texts if (words := _words(text))] if texts[1:] else []
    if len(worded) < 2:
        return worded[0][0] if worded else texts[-1]
    whole = "\n\n".join(words for _, words in worded)
    if all(text.kind == "text" for text, _ in worded):
        return Part("text", whole.encode(errors="replace"))
    html = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in _GAP.split(whole))
    return Part("fragment", html.encode(errors="replace"))


def _forwards(message: MIMEPart) -> bool:
    """Whether a message is attached to it."""
    return any(part.get_content_type() == "message/rfc822" for part in message.walk())


def _about(message: EmailMessage) -> About:
    name, address = parseaddr(_header(message, "From") or "")
    return About(
        title=_header(message, "Subject"),
        published=_day(_header(message, "Date")),
        publisher=clean_line(name) or clean_line(address.rpartition("@")[2]),
    )


def _header(message: EmailMessage, name: str) -> str | None:
    value = _tried(lambda: message.get(name))
    return clean_line(str(value)) if value is not None else None


def _day(written: str | None) -> date | None:
    found = _tried(lambda: parsedate_to_datetime(written or ""))
    return found.date() if found is not None else None


def _tried(get: Callable[[], T]) -> T | None:
    try:
        return get()
    except _FAULTS:
        return None
