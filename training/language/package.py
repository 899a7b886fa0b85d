"""Put a trained model where the package ships it: a spaCy pipeline with its card, its attribution and its checksums."""

import hashlib
import json
import shutil
from pathlib import Path

from conflict_kg.errors import InputError
from conflict_kg.language import load
from conflict_kg.language.parser import COMPONENT, SHIPPED
from training.language.evaluate import FIGURES, FOLDER

MADE = ("encoder.onnx", "heads.npz", "labels.json", "vocab.txt")
CARD = "MODEL_CARD.md"
MOST_BYTES = 30_000_000
"""What the weights may take."""

_COLUMNS = (
    "tag",
    "pos",
    "features",
    "lemma",
    "heads",
    "labelled",
    "sentences F1",
    "names F1",
    "PER F1",
    "ORG F1",
    "LOC F1",
)
_PLACE = "<!-- figures -->"


def package(work: Path, pipeline: Path = SHIPPED) -> None:
    """Write the pipeline with the model of ``work``.

    Raises ``InputError``, before anything is written, if the model was not evaluated or is too large.
    """
    if not (work / FIGURES).exists():
        raise InputError(f"{work / FIGURES} is not there: evaluate first")
    figures = json.loads((work / FIGURES).read_text(encoding="utf-8"))
    size = sum((work / FOLDER / name).stat().st_size for name in MADE)
    if size > MOST_BYTES:
        raise InputError(f"{work / FOLDER}: the model has {size} bytes, more than {MOST_BYTES}")
    here = Path(__file__).parent
    shipped = pipeline / COMPONENT
    shipped.mkdir(parents=True, exist_ok=True)
    for name in MADE:
        shutil.copyfile(work / FOLDER / name, shipped / name)
    shutil.copyfile(here / "ATTRIBUTION.md", shipped / "ATTRIBUTION.md")
    card = (here / CARD).read_text(encoding="utf-8").replace(_PLACE, table(figures))
    (shipped / CARD).write_text(card, encoding="utf-8")
    digests = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(shipped.iterdir())
        if path.name != "CHECKSUMS"
    }
    lines = [f"{digest}  {name}\n" for name, digest in digests.items()]
    (shipped / "CHECKSUMS").write_text("".join(lines), encoding="utf-8")
    nlp = load()
    nlp.get_pipe(COMPONENT).from_disk(shipped)  # type: ignore[attr-defined]  # our component
    nlp.meta.update(
        name="conflict_kg",
        description="Tags, trees, sentences and names for reports on armed conflict",
        license="CC BY-SA 4.0",
        spacy_version=">=3.8.7,<4.0",
    )
    nlp.to_disk(pipeline, exclude=["vocab", COMPONENT])
    print(f"{pipeline}: {size / 1e6:.1f} MB of weights")


def table(figures: dict[str, dict[str, float]]) -> str:
    """The figures as a table in Markdown, a part a line; a dash where a part has no gold for it."""
    rows = ["| part | " + " | ".join(_COLUMNS) + " |", "|---" * (len(_COLUMNS) + 1) + "|"]
    for part, values in figures.items():
        cells = [f"{values[name]:.3f}".removeprefix("0") if name in values else "-" for name in _COLUMNS]
        rows.append(f"| {part} | " + " | ".join(cells) + " |")
    return "\n".join(rows)
