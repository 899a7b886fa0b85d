"""Which of the parts of an e-mail are its text, and how several become one."""

from pathlib import Path

import pytest
from input_files import mail, page, read

from conflict_kg.documents.apart import parts, read_part
from conflict_kg.documents.formats import Format
from conflict_kg.documents.parts import Fault, UnreadableError

PICTURE = "Content-Type: image/png\nContent-Transfer-Encoding: base64\nContent-ID: <p>\n\niVBORw0KGgo="
FIRST, SECOND = "The Northern Front took Qara Tepe.", "Guards hold the mill & the ford."


def plain(text: str) -> str:
    """A part of plain text."""
    return f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"


def html(text: str) -> str:
    """A part of HTML, which leaves elements open."""
    return f"Content-Type: text/html; charset=utf-8\n\n<html><body><table><tr><td>{text}\n"


def several(kind: str, *inner: str) -> str:
    """A part that holds parts."""
    mark = f"{kind}-{sum(map(len, inner))}"
    whole = "".join(f"--{mark}\n{part}\n" for part in inner)
    return f"Content-Type: multipart/{kind}; boundary={mark}\n\n{whole}--{mark}--\n"


def text_of(part: str) -> str:
    """What is read of an e-mail with this content."""
    headers, _, body = part.partition("\n\n")
    (only,) = parts(Format.MAIL, mail(body, headers=f"{headers}\n").encode())
    read = read_part(only)
    assert not isinstance(read, Fault)
    return read.text


BOTH = f"Alert: Alpha\n\n{FIRST}\n\n{SECOND}"
ONE = several("mixed", html(FIRST), PICTURE, html(SECOND.replace("&", "&amp;")))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (several("mixed", plain(FIRST), PICTURE, plain(SECOND)), f"{FIRST}\n\n{SECOND}"),
        (several("mixed", plain(FIRST), html(SECOND.replace("&", "&amp;"))), BOTH),
        (several("mixed", html(FIRST), plain(SECOND)), BOTH),
        (ONE, BOTH),
        (several("alternative", plain("In short."), ONE), BOTH),
        (several("mixed", several("alternative", plain("In short."), html(FIRST)), plain(SECOND)), BOTH),
        (several("signed", several("report", plain(FIRST), plain(SECOND)), PICTURE), f"{FIRST}\n\n{SECOND}"),
        (several("mixed", html("<!-- not closed"), plain(f"{FIRST}\n{SECOND}")), f"{FIRST}\n{SECOND}\n"),
        (
            several("mixed", html(f"{FIRST}<!--"), plain(f"{SECOND}\n \nThe mill\nburned.")),
            f"{BOTH}\n\nThe mill burned.",
        ),
    ],
    ids=["plain", "footer", "comment", "html", "choice", "after", "others", "one has words", "paragraphs"],
)
def test_mail_reads_all_its_texts(content: str, text: str) -> None:
    """Those that follow one another, in order; what one leaves open swallows none that comes after it."""
    assert text_of(content) == text


@pytest.mark.parametrize(
    "content",
    [
        several("alternative", plain("In short."), several("related", html(FIRST), PICTURE)),
        several("related", several("alternative", plain("In short."), html(FIRST)), PICTURE),
        several("related", html(FIRST), PICTURE, html(SECOND)),
        several("alternative", html(FIRST), plain("In short.")),
        several("alternative", several("mixed", html("&nbsp;"), PICTURE), several("related", html(FIRST), PICTURE)),
    ],
)
def test_mail_takes_one_of_its_choices(content: str) -> None:
    """The best that has words, however it is made up; what a text shows is no text beside it."""
    assert text_of(content) == f"Alert: Alpha\n\n{FIRST}"


@pytest.mark.parametrize(
    "headers",
    [
        'text/plain; name="message.txt"',
        'text/html; name="message.html"',
        "text/plain\nContent-Disposition: inline; filename=message.txt",
    ],
)
def test_mail_whose_only_text_has_a_name(headers: str) -> None:
    """It is read, by itself and beside what is attached; not where the message has a text without one."""
    named = f"Content-Type: {headers}\n\n{FIRST}\n"
    attached = f"Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\n{SECOND}\n"

    assert FIRST in text_of(named)
    assert SECOND not in text_of(several("mixed", named, PICTURE, attached))
    assert text_of(several("mixed", named, plain(SECOND))).strip() == SECOND


def test_mail_whose_only_text_is_attached() -> None:
    """It is not read."""
    attached = f'Content-Disposition: attachment; filename="a.txt"\nContent-Type: text/plain\n\n{FIRST}\n'
    with pytest.raises(UnreadableError, match="the e-mail has no text"):
        text_of(attached)


def test_mail_with_a_mark() -> None:
    """A byte order mark before the headers is no part of them."""
    (only,) = parts(Format.MAIL, mail(FIRST).encode("utf-8-sig"))

    assert (only.data, only.about.title, only.about.publisher) == (FIRST.encode(), "Alert: Alpha", "Alpha Monitor")


def test_mail_in_several_encodings() -> None:
    """Each part is in its own; what cannot be written as UTF-8 does no harm."""
    old = "Content-Type: text/plain; charset=windows-1251\nContent-Transfer-Encoding: base64\n\nyvPw4OrxIOfg7f/y\n"
    odd = "Content-Type: text/plain; charset=utf-7\nContent-Transfer-Encoding: base64\n\nR3VhcmRzICsyQUEtIGxlZnQu6Q==\n"

    assert text_of(several("mixed", plain("Guards left Tăşti."), old)) == "Guards left Tăşti.\n\nКуракс занят"
    assert text_of(several("mixed", plain(FIRST), odd)).startswith(f"{FIRST}\n\nGuards ")


def test_saved_page_of_several_texts(tmp_path: Path) -> None:
    """It is one page, with what that says about itself, and not the frames that it shows."""
    whole = several("mixed", f"Content-Type: text/html\n\n{page()}", html(FIRST))
    (tmp_path / "a.mhtml").write_text(f"From: <Saved by a browser>\n{whole}", encoding="utf-8")

    ((report,), _) = read(tmp_path)

    assert (report.publisher, FIRST in report.text) == ("The Star", False)
