"""What the commands share: their common options, and how they talk to a terminal, a pipe and a file."""

import io
import math
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from conflict_kg.errors import InputError
from conflict_kg.files import standard_input

if TYPE_CHECKING:
    from conflict_kg.store.source import Source

RESULT_FORMATS = ("table", "json", "csv", "tsv", "sparql-json", "sparql-xml")
"""How rows can be printed; the same as ``rendering.FORMATS``, which would take long to import."""

# ---------------------------------------------------------------- options


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:  # noqa: ARG001  # click passes it
    """A day from what was typed; without a value none."""
    from conflict_kg.questions.binding import parse_date

    return None if value is None else date.fromisoformat(parse_date(value, parameter.name or ""))


def _columns(context: click.Context, parameter: click.Parameter, value: str | None) -> dict[str, str]:  # noqa: ARG001  # click passes it
    """Which column holds which field of a report; none without a value."""
    from conflict_kg.documents.tables import checked_columns

    return checked_columns(value or "")


class GivenPath(click.Path):
    """A path; not an empty one, which ``Path`` would take for the folder that one is in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not value:
            self.fail("the path is empty", param, ctx)
        return super().convert(value, param, ctx)


class Seconds(click.FloatRange):
    """A limit of time, up to a day: neither "nan" nor what no system can wait for."""

    def __init__(self) -> None:
        super().__init__(0, 86_400, min_open=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        seconds = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(f"{value} is not in the range {self._describe_range()}.", param, ctx)
        return seconds


PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=GivenPath(allow_dash=True))
GRAPH = click.option(
    "--graph",
    type=GivenPath(path_type=Path),
    default=Path("graph"),
    show_default=True,
    help="Folder that build has written.",
)
STORE = click.option(
    "--store",
    metavar="URL",
    help="Query address of a SPARQL 1.1 store to ask in place of the folder.",
)
TIME_LIMIT = click.option(
    "--time-limit", type=Seconds(), metavar="SECONDS", help="Give up after so long, a day at most."
)
QUERIES = click.option(
    "--queries",
    type=GivenPath(path_type=Path),
    multiple=True,
    is_eager=True,
    help="Folder with questions of your own (.rq files).",
)
QUOTES = click.option(
    "--quotes",
    type=click.IntRange(0),
    default=3,
    show_default=True,
    help="Claims shown for and against a row in a table; 0 shows all.",
)
PUBLISHED = click.option(
    "--published", callback=_day, metavar="DATE", help="Publication date of reports that have none."
)
COLUMNS = click.option(
    "--columns",
    callback=_columns,
    metavar="FIELD=COLUMN,...",
    help="Columns of CSV and JSON Lines files, where they are called otherwise: text=body,title=headline.",
)
OUTPUT = click.option(
    "--output",
    type=GivenPath(path_type=Path, dir_okay=False, allow_dash=True),
    default=Path("-"),
    help="File to write; standard output without it or for -.",
)
LANGUAGE_MODEL = click.option(
    "--language-model",
    metavar="NAME",
    help="An installed spaCy pipeline to read with, in place of the one that comes along.",
)
JOBS = click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read.")


def format_option(choices: Sequence[str]) -> Callable[[Any], Any]:
    """The option ``--format``; the first choice is the default."""
    return click.option(
        "--format", type=click.Choice(choices), default=choices[0], show_default=True, help="How to print it."
    )


# ---------------------------------------------------------------- output


def warn(message: str) -> None:
    """Tells a line on standard error."""
    from conflict_kg.questions.rendering import clean

    click.echo(f"conflict-kg: {clean(message)}", err=True)


def out(text: str) -> None:
    """Writes a result. A reader that has gone away (``| head``) ends the program quietly.

    Raises ``InputError`` where standard output is closed or cannot be written, on a full disk for example.
    """
    if sys.stdout is None:
        raise InputError("standard output: is closed")
    try:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")  # where the terminal's encoding lacks a letter
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        raise SystemExit(0) from None
    except OSError as error:
        _drop_output()
        raise InputError(f"standard output: cannot be written: {error.strerror or error}") from None


def _drop_output() -> None:
    """Sends what Python still has to flush at its end nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def verdict(violations: int) -> str:
    """What a check found, in words."""
    return f"{violations} violation{'s' if violations > 1 else ''}" if violations else "conforms to the shapes"


def width() -> int:
    """Columns that a table may take."""
    from conflict_kg.questions.rendering import PIPE_WIDTH

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPE_WIDTH


class Progress(Protocol):
    """Takes how many are done with, and of how many where that is known."""

    def __call__(self, done: int, total: int | None = None, /) -> None: ...


@contextmanager
def progress(doing: str) -> Iterator[Progress]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _done, _total=None, /: None  # nobody is watching
        return
    from rich import progress
    from rich.console import Console

    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeElapsedColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total=None, /: bar.update(task, completed=done, total=total)


# ---------------------------------------------------------------- files and stores


def opened(graph: Path, url: str | None, time_limit: float | None) -> "Source":
    """The store behind an address where one is given, else the one in the folder, for reading.

    Raises ``InputError`` where there is none; of a store behind an address that shows when it is first asked.
    """
    if url is not None:
        from conflict_kg.store.remote import RemoteStore

        return RemoteStore(url, time_limit=time_limit)
    from conflict_kg import store

    return store.open_store(graph)


def check_output(output: Path, inputs: Iterable[Path] = ()) -> None:
    """Makes sure that writing to ``output`` harms neither a graph nor what is read; standard output harms none.

    Raises ``InputError`` where it lies in the folder of a graph or is one of the files ``inputs``, links followed.
    """
    from conflict_kg.store import MARKER

    if str(output) == "-":
        return
    for folder in Path(os.path.realpath(output)).parents:
        if os.path.isfile(folder / MARKER):  # noqa: PTH113  # no for names that no file can have
            raise InputError(f"{output}: lies in {folder}/, the folder of a graph, where nothing else is written")
    if any(_is_same(output, path) for path in inputs):
        raise InputError(f"{output}: is one of the files that are read, and would be overwritten")


def check_folder(output: Path) -> None:
    """Raises ``InputError`` where the folder that a file ``output`` is to lie in is not there, before work is done."""
    folder = Path(os.path.realpath(output)).parent
    if str(output) != "-" and not os.path.isdir(folder):  # noqa: PTH112  # no for names that no folder can have
        raise InputError(f"{output}: cannot be written: there is no folder {folder}")


def _is_same(one: Path, other: Path) -> bool:
    """Whether both are there and one file."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def read_text(file: Path) -> str:
    """The text of a file, or of standard input for ``-``, without a byte order mark.

    Raises ``InputError`` where it cannot be read as UTF-8.
    """
    try:
        content = standard_input() if str(file) == "-" else file.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not UTF-8 text ({error.reason} at byte {error.start})") from None
