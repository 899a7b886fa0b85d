"""Where the ontology and the stored questions lie: in the installed package or in a checkout."""

from importlib.resources import files
from pathlib import Path

_SHIPPED = ("ontology", "queries")


def folder(name: str) -> Path:
    """The folder ``ontology`` or ``queries``.

    They stand at the top of the repository, where people look for them, and the wheel carries a copy
    in ``_data``. Raises ``ValueError`` for any other name and ``FileNotFoundError`` where the
    installation is incomplete.
    """
    if name not in _SHIPPED:
        raise ValueError(f"no such folder: {name!r}; there are {', '.join(_SHIPPED)}")
    package = Path(str(files("conflict_kg")))
    candidates = (package / "_data" / name, package.parents[1] / name)
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"{name}: neither {candidates[0]} nor {candidates[1]} is there")
