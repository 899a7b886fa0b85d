"""What makes an evaluation fail or suspect: figures below a floor, gold without a report, reports without gold."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from conflict_kg.errors import InputError
from conflict_kg.evaluation.figures import Figure, Score, in_all
from conflict_kg.evaluation.gold import GoldDocument

NAMED = 3  # documents that a message names


def read_floors(texts: Iterable[str]) -> dict[Figure, float]:
    """The least F1 of each figure, from texts such as "control=0.6". Raises ``InputError`` for any other text."""
    floors: dict[Figure, float] = {}
    for text in texts:
        name, _, number = text.partition("=")
        try:
            figure, least = Figure(name.strip()), float(number)
        except ValueError:
            raise InputError(f"--floor {text}: is not FIGURE=F1, as in control=0.6; {_figures()}") from None
        if not 0 <= least <= 1:
            raise InputError(f"--floor {text}: F1 lies between 0 and 1")
        floors[figure] = least
    return floors


def _figures() -> str:
    return f"figures are {', '.join(figure.value for figure in Figure)}"


def below(scores: Sequence[Score], floors: Mapping[Figure, float]) -> tuple[str, ...]:
    """A line for each figure of all documents whose F1, with the three digits that are printed, is under its floor."""
    totals = in_all(scores)
    return tuple(
        f"{figure}: F1 is {totals[figure].f1:.3f}, below {least:g}"
        for figure, least in floors.items()
        if round(totals[figure].f1, 3) < least
    )


def unmatched(gold: Iterable[GoldDocument], reports: Collection[str]) -> Iterator[str]:
    """A line where gold has no report, which counts as missed, and one where reports have no gold."""
    annotated = {document.document for document in gold}
    if without := sorted(annotated - set(reports)):
        yield f"gold without a report counts as missed: {_some(without)}"
    if unjudged := sorted(set(reports) - annotated):
        yield f"reports without gold are not judged: {_some(unjudged)}"


def _some(ids: Sequence[str]) -> str:
    rest = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
    return ", ".join(ids[:NAMED]) + rest
