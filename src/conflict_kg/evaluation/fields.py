"""Checked access to the fields of JSON objects: a value of the asked type, or an error that names file and place."""

import json
import re
from calendar import monthrange
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from conflict_kg.errors import InputError

T = TypeVar("T")


def parsed(text: str, where: str) -> Any:
    """The value of some JSON. Raises ``InputError``, which names the place, where it is none."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"{where}: " if "\n" not in text else f"{where}:{error.lineno}: "
        raise InputError(f"{at}not JSON ({error.msg}, column {error.colno})") from None
    except (RecursionError, ValueError) as error:  # brackets too deep, a number too long
        raise InputError(f"{where}: not JSON that can be read ({error})") from None


def read_utf8(path: Path) -> str:
    """The text of a file. Raises ``InputError`` where it cannot be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from None


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object, and the place where it stands: ``report.json: casualties[2]``."""

    where: str
    values: Mapping[str, Any]

    @classmethod
    def of(cls, value: Any, where: str) -> "Fields":
        """Raises ``InputError`` where the value is no object."""
        if not isinstance(value, dict):
            raise InputError(f"{where}: is not an object")
        return cls(where, value)

    def only(self, known: Collection[str]) -> None:
        """Raises ``InputError`` for a field that is not known: a slip of the pen would else go unseen."""
        for name in self.values:
            if name not in known:
                raise InputError(f"{self.where}: unknown field {_short(name)}; known are {', '.join(sorted(known))}")

    def text(self, name: str) -> str:
        """A text that must be there and not be empty."""
        value = self.values.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(name, "a text")
        return value

    def maybe_text(self, name: str) -> str | None:
        """A text, or None where it is missing, null or empty."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            raise self._wrong(name, "a text or null")
        return value or None

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty where it is missing or null."""
        value = self.values.get(name)
        if value is not None and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise self._wrong(name, "a list of texts")
        return tuple(value or ())

    def choice(self, name: str, choices: Collection[str]) -> str:
        """One of some words."""
        value = self.values.get(name)
        if not isinstance(value, str) or value not in choices:
            raise self._wrong(name, f"one of {', '.join(choices)}")
        return value

    def choices(self, name: str, choices: Collection[str]) -> tuple[str, ...]:
        """A list of some words; empty where it is missing."""
        values = self.texts(name)
        if not set(values) <= set(choices):
            raise self._wrong(name, f"a list of {', '.join(choices)}")
        return values

    def number(self, name: str) -> int | None:
        """A whole number from 0, or None where it is missing or null."""
        value = self.values.get(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            raise self._wrong(name, "a whole number from 0, or null")
        return value

    def flag(self, name: str) -> bool:
        """True or false; false where it is missing."""
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            raise self._wrong(name, "true or false")
        return value

    def day(self, name: str) -> date | None:
        """A day, written YYYY-MM-DD, or None where it is missing or null."""
        span = self.span(name)
        if span is not None and span[0] != span[1]:
            raise self._wrong(name, "a day, written YYYY-MM-DD, or null")
        return span[0] if span else None

    def span(self, name: str) -> tuple[date, date] | None:
        """The first and the last day of a year, a month or a day, written YYYY, YYYY-MM or YYYY-MM-DD."""
        value = self.values.get(name)
        if value is None:
            return None
        written = isinstance(value, str) and re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
        if not written:
            raise self._wrong(name, "a day, month or year, written YYYY-MM-DD, YYYY-MM or YYYY, or null")
        year, month, day = (int(part) if part else None for part in written.groups())
        assert year is not None
        try:
            first = date(year, month or 1, day or 1)
        except ValueError:
            raise self._wrong(name, "a day in the calendar") from None
        last_month = month or 12
        return first, date(year, last_month, day or monthrange(year, last_month)[1])

    def rows(self, name: str, read: Callable[["Fields"], T]) -> tuple[T, ...] | None:
        """What each object of a list is read as; None where the list is missing."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, list):
            raise self._wrong(name, "a list")
        return tuple(read(Fields.of(item, f"{self.where}: {name}[{i}]")) for i, item in enumerate(value))

    def _wrong(self, name: str, wanted: str) -> InputError:
        if name not in self.values:
            return InputError(f"{self.where}: {name} is missing; it must be {wanted}")
        return InputError(f"{self.where}: {name}: {_short(self.values[name])} is not {wanted}")


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."
