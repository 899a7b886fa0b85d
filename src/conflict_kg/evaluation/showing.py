"""Figures and slips as a table to read beside the text, as JSON, or as CSV."""

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from conflict_kg.evaluation.figures import Counts, Figure, Score, Slip, in_all
from conflict_kg.evaluation.found import Found, FoundCasualty, FoundControl, FoundStatement
from conflict_kg.evaluation.gold import GoldCasualty, GoldControl, GoldEntry, GoldStatement
from conflict_kg.graph import BASE
from conflict_kg.questions.answers import Answer, Scalar
from conflict_kg.questions.rendering import PIPE_WIDTH, clean, render

FORMATS = ("table", "json", "csv")
COLUMNS = ("figure", "precision", "recall", "f1", "right", "gold", "found", "restated")
LONGEST = 240  # characters of a quotation that a table shows


def show(scores: Sequence[Score], texts: Mapping[str, str], format: str, *, width: int = PIPE_WIDTH) -> str:
    """The scores as ``table``, ``json`` or ``csv`` (the figures alone).

    ``texts`` are the reports by id, as far as they are at hand: slips get their lines from them.
    """
    if format == "json":
        return json.dumps(_tree(scores, texts), ensure_ascii=False, indent=2) + "\n"
    if format == "csv":
        rows = [{"document": score.document, **row} for score in scores for row in _rows(score.counts)]
        rows += [{"document": None, **row} for row in _rows(in_all(scores))]
        return _rendered(("document", *COLUMNS), rows, "csv", width)
    return "\n".join(part for part in _tables(scores, texts, width) if part)


# ---------------------------------------------------------------- figures


def figures(counts: Counts) -> dict[str, float | int]:
    """What is printed of some counts; shares with three digits."""
    return {
        "precision": round(counts.precision, 3),
        "recall": round(counts.recall, 3),
        "f1": round(counts.f1, 3),
        "right": counts.right,
        "gold": counts.gold,
        "found": counts.found,
        "restated": counts.restated,
    }


def _rows(counts: Mapping[Figure, Counts]) -> list[dict[str, Any]]:
    return [{"figure": figure.value, **figures(one)} for figure, one in counts.items()]


def _rendered(columns: tuple[str, ...], rows: Iterable[Mapping[str, Scalar]], format: str, width: int) -> str:
    all_rows = tuple(rows)
    return render(Answer(columns, all_rows, columns, all_rows), format, base=BASE, width=width)


def _tables(scores: Sequence[Score], texts: Mapping[str, str], width: int) -> Iterator[str]:
    """The figures of all documents, F1 of each, and each document's slips."""
    yield f"{len(scores)} document{'s' if len(scores) != 1 else ''}\n"
    yield _rendered(COLUMNS, [_digits(row) for row in _rows(in_all(scores))], "table", width)
    if len(scores) > 1:
        rows = [{"F1": score.document, **{f.value: _f1(n) for f, n in score.counts.items()}} for score in scores]
        yield _rendered(("F1", *(figure.value for figure in Figure)), rows, "table", width)
    for score in scores:
        yield "".join(line + "\n" for line in _slips(score, texts.get(score.document), width))


def _digits(row: Mapping[str, Scalar]) -> dict[str, Any]:
    return {name: f"{cell:.3f}" if isinstance(cell, float) else cell for name, cell in row.items()}


def _f1(counts: Counts) -> str:
    """Nothing where there was nothing to find and nothing was found."""
    return f"{counts.f1:.3f}" if counts.gold or counts.found else ""


# ---------------------------------------------------------------- slips


def _slips(score: Score, text: str | None, width: int) -> Iterator[str]:
    if score.slips:
        yield f"{clean(score.document)}:"
    for slip in sorted(score.slips, key=lambda one: _at(one, text)):
        line = _line(_at(slip, text)[0], text)
        where = f"line {line}, " if line else ""
        yield from _wrapped(f"{where}{slip.figure}, {_what(slip)}", 2, width)
        for label, told in (("gold", _told(slip.entry)), ("found", _told(slip.record))):
            if told:
                yield from _wrapped(f"{label}: {told}", 6, width)
        quote = clean(slip.record.quote if slip.record is not None else slip.entry.quote if slip.entry else "")
        if quote:
            short = quote if len(quote) <= LONGEST else quote[: LONGEST - 2] + " …"
            yield from _wrapped(f"“{short}”", 6, width)


def _what(slip: Slip) -> str:
    if slip.record is None:
        return "missed"
    return "false" if slip.entry is None else "not the same " + " and ".join(slip.faults)


def _wrapped(text: str, depth: int, width: int) -> list[str]:
    indent = " " * depth
    return textwrap.wrap(
        clean(text), max(width, depth + 20), initial_indent=indent, subsequent_indent=indent + "  ", tabsize=1
    )


def _at(slip: Slip, text: str | None) -> tuple[int, str]:
    """Where a slip stands: by its record, else by the words that gold quotes; -1 where they are not in the text."""
    if slip.record is not None:
        return slip.record.start, slip.figure
    quoted = slip.entry.quote.split() if slip.entry is not None else []
    found = re.search(r"\s+".join(map(re.escape, quoted)), text) if text is not None and quoted else None
    return (found.start() if found else -1), slip.figure


def _line(start: int, text: str | None) -> int | None:
    """The line of a code point, from 1; None where it is not known."""
    return text.count("\n", 0, start) + 1 if text is not None and 0 <= start <= len(text) else None


def _told(one: GoldEntry | Found | None) -> str:
    """What an entry or a record says, in one line: its fields that are known, most telling first."""
    return "" if one is None else ", ".join(f"{name} {value}" if name else value for name, value in _said(one) if value)


def _said(one: GoldEntry | Found) -> list[tuple[str, str | None]]:
    match one:
        case GoldControl():
            winner, loser = (names.name if names else None for names in (one.winner, one.loser))
            return [
                ("", one.place.name),
                ("", f"{one.kind} ({one.status})"),
                ("winner", winner),
                ("loser", loser),
                ("", _days(one.when)),
            ]
        case FoundControl():
            begin = [day for day in (one.begin_earliest, one.begin_latest) if day is not None]
            return [
                ("", one.place),
                ("", f"{one.kind} ({one.status})"),
                ("winner", one.winner),
                ("loser", one.loser),
                ("", _days((begin[0], begin[-1]) if begin else None)),
            ]
        case GoldStatement():
            return [("", one.speaker), ("through", one.reported_by)]
        case FoundStatement():
            return [("", one.speaker), ("through", ", ".join(one.relayed_by))]
        case GoldCasualty():
            place = one.place.name if one.place else None
            return [("", _number(one)), ("", one.harm), ("at", place), ("says", one.source)]
        case FoundCasualty():
            return [("", one.count_text), ("", one.harm), ("at", one.place), ("says", ", ".join(one.according_to))]
    return []


def _number(entry: GoldCasualty) -> str | None:
    if entry.low is None or entry.high is None:
        return f"{entry.low} or more" if entry.low is not None else f"up to {entry.high}" if entry.high else None
    return str(entry.low) if entry.low == entry.high else f"{entry.low} to {entry.high}"


def _days(span: tuple[Any, Any] | None) -> str | None:
    if span is None:
        return None
    return str(span[0]) if span[0] == span[1] else f"{span[0]} to {span[1]}"


# ---------------------------------------------------------------- for programs


def _tree(scores: Sequence[Score], texts: Mapping[str, str]) -> dict[str, Any]:
    return {
        "all": {figure.value: figures(counts) for figure, counts in in_all(scores).items()},
        "documents": {
            score.document: {figure.value: figures(counts) for figure, counts in score.counts.items()}
            for score in scores
        },
        "slips": [_branch(score.document, slip, texts.get(score.document)) for score in scores for slip in score.slips],
    }


def _branch(document: str, slip: Slip, text: str | None) -> dict[str, Any]:
    start = _at(slip, text)[0]
    one = slip.record or slip.entry
    return {
        "document": document,
        "line": _line(start, text),
        "start": start if start >= 0 else None,
        "figure": slip.figure.value,
        "slip": "missed" if slip.record is None else "false" if slip.entry is None else "inexact",
        "faults": list(slip.faults),
        "gold": _told(slip.entry) or None,
        "found": _told(slip.record) or None,
        "quote": one.quote if one is not None else None,
    }
