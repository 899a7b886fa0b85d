"""The command line: the group of all commands, and what becomes of their errors.

Results go to standard output, everything else to standard error.
"""

import os
import signal
import sys
from collections.abc import Sequence

import click

from conflict_kg import __version__
from conflict_kg.commands import asking, graph, reports, serving
from conflict_kg.commands.console import out, warn
from conflict_kg.errors import ConflictKGError, TimeLimitError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command. Returns the exit code: 0 done, 1 the data fails a check, 2 wrong use, 130 interrupted."""
    try:
        result = _run(arguments)
    except TimeLimitError as error:
        os._exit(_fail(str(error), error.exit_code))  # what takes too long goes on in a thread that nothing can stop
    except ConflictKGError as error:
        return _fail(str(error), error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        return _fail(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one would kill Python while it ends
        return 130
    return result if isinstance(result, int) else 0


def _run(arguments: Sequence[str] | None) -> object:
    """What a command gives back. Raises ``InputError`` where standard output cannot be written, for help as for all.

    Help and version are printed by click, which does not tell where that fails.
    """
    try:
        result = cli.main(args=arguments, prog_name="conflict-kg", standalone_mode=False)
    except OSError:
        out("\n")  # this does where it fails, too
        raise
    except SystemExit:
        raise SystemExit(0) from None  # a reader has gone away, which click takes for a failure
    if result is not None and sys.stdout is None:
        out("")  # all that gives a number back prints something, and click nothing without a word
    return result


def _fail(message: str, code: int) -> int:
    warn(message)
    return code


# ---------------------------------------------------------------- commands


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="conflict-kg", message="%(prog)s %(version)s")
def cli() -> None:
    """Read reports of a war; ask who controlled what and when, according to whom, with the sentence.

    \b
    conflict-kg build reports/ --output graph
    conflict-kg ask who-controlled --place Ramadi --date 2015-06-01
    """


for command in (
    reports.build,
    reports.add,
    reports.remove,
    reports.extract,
    asking.questions,
    asking.ask,
    asking.query,
    graph.explain,
    graph.validate,
    graph.export,
    graph.import_,
    graph.load,
    serving.serve,
    reports.evaluate,
):
    cli.add_command(command)
