"""Lines of N-Quads as this project writes them: what can be told of one without parsing it.

One space stands between terms; only literals hold more, and no term is a quoted triple.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby


def subject(line: bytes) -> bytes:
    """With its angle brackets, as all terms here."""
    return line.partition(b" ")[0]


def terms(line: bytes) -> tuple[bytes, bytes, bytes]:
    """Subject, predicate and object; an object that is a literal only as far as its first space."""
    found, predicate, value, _ = line.split(b" ", 3)
    return found, predicate, value


def leads_to(line: bytes) -> bytes | None:
    """The IRI that is the object; None for a literal."""
    _, _, value = terms(line)
    return value if value.startswith(b"<") else None


def by_subject(lines: Iterable[bytes]) -> Iterator[tuple[bytes, list[bytes]]]:
    """Each subject with the lines on it that follow one another."""
    return ((node, list(of_node)) for node, of_node in groupby(lines, key=subject))
