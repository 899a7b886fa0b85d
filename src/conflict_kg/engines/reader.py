"""One report in, what it says out, as bytes: the function that every engine runs, in every process of its own."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from itertools import count

from spacy.language import Language

from conflict_kg import language
from conflict_kg.model import Reading, Report
from conflict_kg.reading import read
from conflict_kg.serial import dump_reading

REMEMBERED = 50
"""Reports after which spaCy forgets the words that it has learned from them: it takes two kilobytes for each."""

Reader = Callable[[Report], bytes | None]
"""Gives a reading as bytes; None for a report that is longer than the parser takes."""


def reader(language_model: str | None = None) -> Reader:
    """What reads reports in this process; its pipeline is loaded when the first one comes.

    Raises ``InputError``, then, where the language model cannot be used.
    """

    @cache
    def pipeline() -> Language:
        return language.load(language_model)

    number, learned = count(), ExitStack()

    def read_one(report: Report) -> bytes | None:
        nlp = pipeline()
        if next(number) % REMEMBERED == 0:
            learned.close()
            learned.enter_context(nlp.memory_zone())
        reading = read_report(nlp, report)
        return None if reading is None else dump_reading(reading)

    return read_one


def read_report(nlp: Language, report: Report) -> Reading | None:
    """What a report says; None where it is longer than the parser takes."""
    return read(nlp(report.view), report) if len(report.view) <= nlp.max_length else None
