"""Reading in a process of its own, which may take so much time and memory: a bad document harms no other.

The libraries that read PDF and HTML are large, partly written in C, and read what strangers have made. A process that
hangs, takes too much or dies is replaced; of a file of many documents only the one that it was at is lost.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from io import BufferedIOBase, BytesIO
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType

from conflict_kg.documents.encoding import decoded
from conflict_kg.documents.feeds import entries
from conflict_kg.documents.formats import Format
from conflict_kg.documents.html import read_fragment, read_html
from conflict_kg.documents.mail import messages
from conflict_kg.documents.packed import Unpacked
from conflict_kg.documents.parts import Fault, Kind, Page, Part, UnreadableError
from conflict_kg.documents.pdf import read_pdf
from conflict_kg.documents.warc import pages
from conflict_kg.processes import Child, confine

MEGABYTE = 1_000_000
MOST: Mapping[Kind, int] = {
    "html": 10 * MEGABYTE,
    "fragment": 10 * MEGABYTE,
    "pdf": 100 * MEGABYTE,
    "text": 20 * MEGABYTE,
}
"""Bytes that a document may have. The longest articles have a hundredth of it."""
SECONDS = 30.0
"""That reading one document may take: a thousand times what an article does."""
MEMORY = 1500 * MEGABYTE
"""Bytes that the process may take."""
_START_SECONDS = 60.0
_AT_ONCE = 65_536
_KINDS: Mapping[Format, Kind] = {Format.HTML: "html", Format.PDF: "pdf"}
_READERS: Mapping[Kind, Callable[[Part], Page]] = {
    "html": read_html,
    "fragment": read_fragment,
    "pdf": read_pdf,
}
_context = get_context("spawn")  # a forked process would share the threads of a language pipeline that has run

_Job = tuple[Format, Path | bytes, int]
"""A format, a file or its content, and how many of its documents to pass over."""


class ReaderApart:
    """Reads files in another process, which starts with the first and ends with the ``with`` block."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """``seconds`` and ``memory`` (in bytes) are what one document may take."""
        self._seconds = seconds
        self._child = Child(_context, _serve, memory)

    def __enter__(self) -> "ReaderApart":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.stop()

    def read(self, format: Format, source: Path | bytes) -> Iterator[Page | Fault]:
        """The documents of a file, or of its content, in order; where one cannot be read, why."""
        begun = 0  # how many documents were handed over to be read
        while True:
            at: tuple[int | None] | None = None  # the number of the document that is being read
            try:
                pipe = self._started()
                pipe.send((format, source, begun))
                while pipe.poll(self._seconds):
                    found = pipe.recv()
                    if found is None:
                        return
                    if isinstance(found, Page | Fault):
                        at = None
                        yield found
                    else:
                        begun, number = found
                        at = (number,)
                reason = f"reading it takes longer than {self._seconds:g} seconds"
            except (EOFError, OSError):
                reason = "it brings its reader down"
            except GeneratorExit:
                self._child.stop()
                raise
            self._child.stop()
            yield Fault(reason, at[0] if at else None, rest=at is None and begun > 0)
            if at is None or at[0] is None:
                return

    def _started(self) -> Connection:
        """The way to the process. Raises ``EOFError`` where none comes up."""
        pipe = self._child.running()
        if pipe is None:
            pipe = self._child.start()
            if not pipe.poll(_START_SECONDS):
                raise EOFError
            pipe.recv()
        return pipe


# ---------------------------------------------------------------- in the process


def _serve(pipe: Connection, memory: int) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what libraries say there is said better by a fault
    confine(memory)
    with suppress(EOFError, OSError):
        pipe.send(None)  # it has started
        while True:
            _answer(pipe, pipe.recv())


def _answer(pipe: Connection, job: _Job) -> None:
    """Sends of each document first how many have come with it and its number, then what it is; at last None."""
    format, source, skip = job
    begun = 0
    try:
        for begun, part in enumerate(parts(format, source), start=1):
            if begun > skip:
                pipe.send((begun, part.number))
                pipe.send(read_part(part))
    except UnreadableError as error:
        pipe.send(Fault(str(error), rest=begun > 0))
    except MemoryError:
        pipe.send(Fault("reading it takes too much memory", rest=begun > 0))
    except RecursionError:
        pipe.send(Fault("it is nested too deep", rest=begun > 0))
    pipe.send(None)


def parts(format: Format, source: Path | bytes) -> Iterator[Part]:
    """The documents of a file, not read yet. Raises ``UnreadableError`` where the file breaks off or cannot be read."""
    try:
        if format is Format.WARC:
            with _opened(source) as file:
                yield from pages(file, MOST)
        elif format is Format.FEED:
            yield from entries(content(source, MOST["pdf"]))
        elif format in (Format.MAIL, Format.MHTML):
            yield from messages(content(source, MOST["pdf"]), saved=format is Format.MHTML)
        else:
            kind = _KINDS[format]
            yield Part(kind, content(source, MOST[kind]))
    except OSError as error:
        raise UnreadableError(f"it cannot be read: {error.strerror}") from None


def read_part(part: Part) -> Page | Fault:
    """The page that a document becomes, or why it becomes none."""
    try:
        if len(part.data) > MOST[part.kind]:
            return Fault(_too_large(MOST[part.kind]), part.number)
        if part.packing:
            return Fault(f"it is compressed with {part.packing}, which is not read", part.number)
        if part.kind == "text":
            return Page(decoded_text(part.data), part.about, part.number)
        page = _READERS[part.kind](part)
    except UnreadableError as error:
        return Fault(str(error), part.number)
    except MemoryError:
        return Fault("reading it takes too much memory", part.number)
    except RecursionError:
        return Fault("it is nested too deep", part.number)
    return page if page.text.strip() else Fault("it is empty", part.number)


def decoded_text(data: bytes) -> str:
    """Plain text from its bytes. Raises ``UnreadableError`` for what is no text, or none that can be read."""
    text = decoded(data)
    if text is None:
        raise UnreadableError("it is not UTF-8 text, nor English text in another encoding")
    if "\0" in text:
        raise UnreadableError("it is not text (it holds NUL characters)")
    if not text.strip():
        raise UnreadableError("it is empty")
    return text


def content(source: Path | bytes, most: int) -> bytes:
    """All bytes of a file, or of its content, as they were before gzip has packed them.

    Raises ``UnreadableError`` where they are more than ``most``, or what is packed breaks off.
    """
    with _opened(source) as file:
        unpacked = Unpacked(file)
        data = bytearray()
        while len(data) <= most and (more := unpacked.read(_AT_ONCE)):
            data += more
    if len(data) > most:
        raise UnreadableError(_too_large(most))
    if unpacked.breaks_off:
        raise UnreadableError("it is packed with gzip and breaks off")
    return bytes(data)


def _opened(source: Path | bytes) -> BufferedIOBase:
    return BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _too_large(most: int) -> str:
    return f"it has more than {most // MEGABYTE} MB"
