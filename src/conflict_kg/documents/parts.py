"""What readers hand on: a document as it lies in its file, the page that it becomes, or why it becomes none."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal

Kind = Literal["html", "fragment", "pdf", "text"]
"""How the bytes of a part are read: as a whole web page, a piece of HTML without one around it, a PDF, plain text."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a report beside its text; None where nothing is."""

    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None

    def over(self, other: "About") -> "About":
        """What is known here, and what is lacking here taken from the other."""
        known = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}
        return replace(other, **known)


NOTHING = About()


@dataclass(frozen=True, slots=True)
class Part:
    """One document in a file, not read yet."""

    kind: Kind
    data: bytes
    about: About = NOTHING
    number: int | None = None
    """Which record or entry of the file it is, from 1; None where the file is one document."""
    charset: str | None = None
    """The encoding that the file names for it."""
    packing: str | None = None
    """What it is compressed with, where that cannot be undone."""


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one document, and what its file says about it."""

    text: str
    about: About = NOTHING
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a document, or with ``rest`` all from there to the end of the file, is left out: "it is empty"."""

    reason: str
    number: int | None = None
    rest: bool = False


class UnreadableError(Exception):
    """What is read is not what it should be; the message goes on from "left out, "."""
