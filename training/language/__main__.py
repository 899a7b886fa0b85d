"""The command line: the steps of an experiment, one by one or all."""

from collections.abc import Callable
from pathlib import Path

import click

from conflict_kg.errors import ConflictKGError, InputError
from training.language.settings import Settings, read_settings

HERE = Path(__file__).parent


def _prepare(settings: Settings, work: Path, corpora: Path | None) -> None:
    from training.language.prepare import prepare

    if corpora is None:
        raise InputError("to prepare, --corpora has to name the folder of the corpora")
    prepare(settings.corpora, corpora, work)


def _train(settings: Settings, work: Path, _: Path | None) -> None:
    from training.language.fit import fit

    fit(settings, work)


def _export(settings: Settings, work: Path, _: Path | None) -> None:
    from training.language.export import export

    export(settings, work)


def _evaluate(_: Settings, work: Path, __: Path | None) -> None:
    from training.language.evaluate import evaluate

    evaluate(work)


def _package(_: Settings, work: Path, __: Path | None) -> None:
    from training.language.package import package

    package(work)


STEPS: dict[str, Callable[[Settings, Path, Path | None], None]] = {
    "prepare": _prepare,
    "train": _train,
    "export": _export,
    "evaluate": _evaluate,
    "package": _package,
}


@click.command()
@click.argument("steps", nargs=-1, type=click.Choice(list(STEPS)))
@click.option("--corpora", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of the corpora.")
@click.option(
    "--work", type=click.Path(path_type=Path), default=Path("build/language"), help="Folder for what is made."
)
@click.option(
    "--settings",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=HERE / "minilm.toml",
    help="The experiment, a TOML file.",
)
def main(steps: tuple[str, ...], corpora: Path | None, work: Path, settings: Path) -> None:
    """Take the STEPS of an experiment: prepare, train, export, evaluate, package; all but the last if none is named.

    What was prepared and trained already in the working folder, with the same settings, is not done again; a
    training that was interrupted goes on from its last checkpoint. "package" puts the model into the package.
    """
    try:
        chosen = read_settings(settings)
        work.mkdir(parents=True, exist_ok=True)
        for name, step in STEPS.items():
            if name in (steps or set(STEPS) - {"package"}):
                step(chosen, work, corpora)
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error.name} is not installed; training needs: make training-env") from error
    except (ConflictKGError, OSError) as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
