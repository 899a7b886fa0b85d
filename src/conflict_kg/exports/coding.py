"""How precisely an event is dated and placed, as UCDP GED and ACLED code it."""

from datetime import date

from conflict_kg.model import PlaceKind

DATE_PRECISION = ((1, "1"), (6, "2"), (7, "3"), (31, "4"), (366, "5"))
"""UCDP's date_prec by the most days that it allows: a day, some days, a week, a month, up to a year."""
TIME_PRECISION = ((1, "1"), (7, "2"), (31, "3"))
"""ACLED's time precision: a day, a week, a month."""
AREA_PRECISION = {1: "4", 2: "3", 0: "5"}
"""UCDP's where_prec of an area by its administrative level: province, district, anything else."""


def date_precision(start: date | None, end: date | None) -> tuple[str, str]:
    """UCDP's and ACLED's code for an event between two days, both counted in; empty where it may be longer.

    >>> date_precision(date(2031, 5, 1), date(2031, 5, 31))
    ('4', '3')
    """
    if start is None or end is None:
        return "", ""
    days = (end - start).days + 1
    ucdp, acled = (
        next((code for most, code in table if days <= most), "") for table in (DATE_PRECISION, TIME_PRECISION)
    )
    return ucdp, acled


def where_precision(kind: PlaceKind, level: int, *, exact: bool) -> str:
    """UCDP's where_prec for the place whose coordinates are given: 1 exact, 2 around it, 3 to 6 the areas.

    ``level`` is that of an area, as the gazetteer has it; ``exact`` says whether the event was in that very place.

    >>> where_precision(PlaceKind.SETTLEMENT, 0, exact=False), where_precision(PlaceKind.AREA, 1, exact=True)
    ('2', '4')
    """
    if kind is PlaceKind.COUNTRY:
        return "6"
    if kind is PlaceKind.AREA:
        return AREA_PRECISION[level]
    return "1" if exact else "2"


def geo_precision(kind: PlaceKind, level: int, *, exact: bool) -> str:
    """ACLED's geo-precision for the same: 1 a town or a district of one, 2 near one, 3 a larger region."""
    return min(where_precision(kind, level, exact=exact), "3")
