"""What can go wrong for a reason that the user can mend. The command line prints the message, never a traceback."""


class ConflictKGError(Exception):
    """Base of all; ``exit_code`` is what the command line ends with."""

    exit_code = 2


class InputError(ConflictKGError):
    """Something given (a path, a file's content, a name, a date) cannot be used; the message says which and where."""


class UnknownNameError(InputError):
    """A name that nothing bears."""


class AmbiguousNameError(InputError):
    """A name that several bear with equal right."""


class NoGraphError(InputError):
    """There is no graph where one is looked for, or none that can be read."""


class TimeLimitError(ConflictKGError):
    """An answer took longer than it may."""


class CheckError(ConflictKGError):
    """The data fails a check."""

    exit_code = 1
