"""Pairing entries with records one to one, as a whole as well as possible."""

from collections.abc import Sequence

_INFINITE = float("inf")


def best_pairs(weights: Sequence[Sequence[float]]) -> dict[int, int]:
    """Row to column, so that the sum of weights is greatest; only pairs of positive weight.

    The Hungarian method with potentials: of n rows and columns it takes time in n cubed. Equal sums are told apart by
    the order of rows and columns, so that the same table always gives the same pairs.

    >>> best_pairs([[1.0, 2.0], [0.0, 2.0]])
    {0: 0, 1: 1}
    """
    rows, columns = len(weights), len(weights[0]) if weights else 0
    if not rows or not columns:
        return {}
    top = max(map(max, weights))
    size = max(rows, columns)
    costs = [
        [top - (weights[row][column] if row < rows and column < columns else 0) for column in range(size)]
        for row in range(size)
    ]
    owners = _owners(costs)
    pairs = {row: column for column, row in enumerate(owners) if row < rows and column < columns}
    return {row: column for row, column in sorted(pairs.items()) if weights[row][column] > 0}


def _owners(costs: Sequence[Sequence[float]]) -> list[int]:
    """The row of each column of a square table, so that the sum of costs is least."""
    size = len(costs)
    of_row, of_column = [0.0] * size, [0.0] * (size + 1)
    owner = [-1] * (size + 1)  # the last column stands for the row that has none yet
    for row in range(size):
        owner[size], column = row, size
        least, used, way = [_INFINITE] * size, [False] * (size + 1), [size] * size
        while owner[column] >= 0:
            used[column] = True
            here, step, nearest = owner[column], _INFINITE, size
            for other in range(size):
                if used[other]:
                    continue
                reduced = costs[here][other] - of_row[here] - of_column[other]
                if reduced < least[other]:
                    least[other], way[other] = reduced, column
                if least[other] < step:
                    step, nearest = least[other], other
            for other in range(size + 1):
                if used[other]:
                    of_row[owner[other]] += step
                    of_column[other] -= step
                elif other < size:
                    least[other] -= step
            column = nearest
        while column != size:
            owner[column], column = owner[way[column]], way[column]
    return owner[:size]
