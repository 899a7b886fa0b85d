"""What can go wrong for a reason that the user can mend. The command line prints the message, never a traceback."""


class ConflictKGError(Exception):
    """Base of all; ``exit_code`` is what the command line ends with."""

    exit_code = 2


class InputError(ConflictKGError):
    """Something given (a path, a file's content, a name, a date) cannot be used; the message says which and where."""


class CheckError(ConflictKGError):
    """The data fails a check."""

    exit_code = 1
