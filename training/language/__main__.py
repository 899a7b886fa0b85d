"""The command line: the steps of an experiment, one by one or all."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from conflict_kg.errors import ConflictKGError, InputError
from training.language.settings import Settings, read_settings

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line names beside the settings."""

    settings: Settings
    work: Path
    corpora: Path | None
    text: Path | None
    teachers: tuple[Path, ...]


def _prepare(given: Given) -> None:
    from training.language.prepare import prepare

    if given.corpora is None:
        raise InputError("to prepare, --corpora has to name the folder of the corpora")
    prepare(given.settings.corpora, given.corpora, given.work)


def _label(given: Given) -> None:
    from training.language.label import label

    if given.text is None:
        raise InputError("to label, --text has to name the file of sentences")
    label(given.text, given.teachers, given.work)


def _train(given: Given) -> None:
    from training.language.fit import fit

    fit(given.settings, given.work)


def _export(given: Given) -> None:
    from training.language.export import export

    export(given.settings, given.work)


def _adopt(given: Given) -> None:
    from training.language.refit import adopt

    adopt(given.work)


def _refit(given: Given) -> None:
    from training.language.refit import refit

    refit(given.settings, given.work)


def _evaluate(given: Given) -> None:
    from training.language.evaluate import evaluate

    evaluate(given.work)


def _package(given: Given) -> None:
    from training.language.package import package

    package(given.work)


STEPS: dict[str, Callable[[Given], None]] = {
    "prepare": _prepare,
    "label": _label,
    "train": _train,
    "export": _export,
    "adopt": _adopt,
    "refit": _refit,
    "evaluate": _evaluate,
    "package": _package,
}
WANTED = frozenset(STEPS) - {"label", "adopt", "package"}
"""The steps that are taken where none is named."""


@click.command()
@click.argument("steps", nargs=-1, type=click.Choice(list(STEPS)))
@click.option("--corpora", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of the corpora.")
@click.option(
    "--work", type=click.Path(path_type=Path), default=Path("build/language"), help="Folder for what is made."
)
@click.option(
    "--text", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Sentences to label, one a line."
)
@click.option(
    "--teacher",
    "teachers",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of a model to label with; to be given for each.",
)
@click.option(
    "--settings",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=HERE / "minilm.toml",
    help="The experiment, a TOML file.",
)
def main(  # noqa: PLR0917  # click passes them by name
    steps: tuple[str, ...],
    corpora: Path | None,
    work: Path,
    text: Path | None,
    teachers: tuple[Path, ...],
    settings: Path,
) -> None:
    """Take the STEPS of an experiment: prepare, label, train, export, adopt, refit, evaluate, package.

    Without any it takes all but "label", which adds sentences that several models label alike, "adopt", which takes the
    shipped model in the place of "train" and "export", and "package", which puts the model into the package. What was
    prepared, labelled and trained already in the working folder, with the same settings, is not done again; a training
    that was interrupted goes on from its last checkpoint.
    """
    try:
        given = Given(read_settings(settings), work, corpora, text, teachers)
        work.mkdir(parents=True, exist_ok=True)
        for name, step in STEPS.items():
            if name in (steps or WANTED):
                step(given)
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error.name} is not installed; training needs: make training-env") from error
    except (ConflictKGError, OSError) as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
