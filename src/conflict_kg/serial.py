"""Readings and claims as JSON bytes, and back: what is kept on a disk or sent between machines.

Values are rebuilt by the types of ``model`` alone, so bytes from anywhere give values of these types or an error.
"""

import json
from typing import Any

from cattrs.errors import BaseValidationError
from cattrs.preconf.json import JsonConverter, make_converter
from cattrs.strategies import configure_tagged_union

from conflict_kg.model import (
    Actor,
    CasualtyClaim,
    Claim,
    ControlClaim,
    IncidentClaim,
    Mention,
    Place,
    Reading,
    Report,
    Statement,
)

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, BaseValidationError)
"""What the functions that read bytes raise for such as they have not written."""


def _converter() -> JsonConverter:
    """Fields that have their default are left out; a claim, and what a mention names, says of which type it is."""
    converter = make_converter(detailed_validation=False, omit_if_default=True)
    configure_tagged_union(Actor | Place, converter)
    union: Any = Mention | Statement | ControlClaim | CasualtyClaim | IncidentClaim
    configure_tagged_union(union, converter)
    converter.register_structure_hook(Claim, lambda value, _: converter.structure(value, union))
    converter.register_unstructure_hook(Claim, lambda claim: converter.unstructure(claim, union))
    return converter


_CONVERTER = _converter()


def dump_reading(reading: Reading) -> bytes:
    """A reading as bytes; equal readings give equal bytes."""
    return _encoded(_CONVERTER.unstructure(reading))


def load_reading(data: bytes) -> Reading:
    """The reading that the bytes stand for. Raises one of ``UNREADABLE`` where they stand for none."""
    return _CONVERTER.loads(data, Reading)


def load_report_of(data: bytes) -> Report:
    """The report of the reading that the bytes stand for. Raises one of ``UNREADABLE`` where they stand for none."""
    return _CONVERTER.structure(json.loads(data)["report"], Report)


def dump_report(report: Report) -> bytes:
    """A report as bytes; equal reports give equal bytes."""
    return _encoded(_CONVERTER.unstructure(report))


def load_report(data: bytes) -> Report:
    """The report that the bytes stand for. Raises one of ``UNREADABLE`` where they stand for none."""
    return _CONVERTER.loads(data, Report)


def dump(value: Any, type: Any) -> bytes:
    """A value of a type that is made from those of ``model``, as bytes."""
    return _encoded(_CONVERTER.unstructure(value, type))


def load(data: bytes, type: Any) -> Any:
    """The value of a type that the bytes stand for. Raises one of ``UNREADABLE`` where they stand for none."""
    return _CONVERTER.loads(data, type)


def _encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
