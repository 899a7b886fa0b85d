"""Words of a date in, the day out: the full dates that pages and agencies print above a report or an update."""

import re
from contextlib import suppress
from datetime import date
from email.utils import parsedate_to_datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_FULL = (
    rf"(?<!\d)(?:{_ORDINAL}\s{_MONTH},?\s\d{{4}}|{_MONTH}\s{_ORDINAL},?\s\d{{4}}|"
    r"\d{4}[-/]\d{2}[-/]\d{2}|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2}))(?!\d)"
)
_SHORT = rf"(?:{_MONTH}\s{_ORDINAL}|{_ORDINAL}\s{_MONTH})"
_PLACE = r"[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*){0,3}(?:,\s[A-Z][\w'’.]*(?:\s[A-Z][\w'’.]*){0,2})?"
_CAPITALS = r"[A-Z]{3,}[A-Z'’.-]*(?:\s[A-Z'’.-]+){0,3}(?:,\s[A-Z][\w'’.]*(?:\s[A-Z][\w'’.]*){0,2})?"
_AGENCY = r"\([A-Z][\w/ -]{1,30}\)"
_DASH = r"\s*(?:[-–—]{1,2}|:)(?=\s|$)"
_LABEL = r"(?:Date\sof\spublication|(?:Last\s)?(?:Published|Posted|Updated)(?:\son)?|Date|Issued)"

_HEADS = tuple(
    re.compile(pattern)
    for pattern in (
        # "Date of publication 9 May 2031", "Tue Mar 4 2031"; not "17 May 2015 was the day"
        rf"(?:{_LABEL}:?\s)?(?:{_WEEKDAY},?\s)?{_FULL}(?!,?\s?[a-z])(?:{_DASH})?",
        # "KYIV, Feb 17, 2024 -", "Goa, Nov 25:", "Bangkok, 5 August 2024" on a line of its own
        rf"{_PLACE},?\s(?:{_WEEKDAY},?\s)?(?:{_FULL}|{_SHORT})(?:\s{_AGENCY})?(?:{_DASH}|$)",
        # an agency in brackets behind the place, with or without a dash: BAGHDAD (Reuters) -
        rf"{_CAPITALS}\s{_AGENCY}(?:{_DASH})?(?=\s)",
        # only the place: BAGHDAD - Iraqi forces
        rf"{_CAPITALS}{_DASH}(?=\s[\"'“‘]?[A-Z])",
    )
)
_AGENCY_DAY = re.compile(rf"(?<=\s)[A-Z]{{2,}}\s{_WEEKDAY},?\s{_FULL}(?=\s)")
_UPDATE = re.compile(
    rf"[\W_]*updated?\b[\s:,(–—-]*(?:(?:on|at)\s)?(?:{_WEEKDAY},?\s)?{_FULL}[\W_]*(?:(?<=\s)|$)", re.IGNORECASE
)
_FIRST_DAY = re.compile(_FULL)
_STAMP = re.compile(r"(\d{4})([-/.]?)(\d\d)\2(\d\d)(?:\d{4}|\d{6})?(?!\d)")
_CHANGE = re.compile(
    rf"\b(?:updated|modified|edited|revised|corrected)\b(?:(?!publish|posted).){{0,40}}?{_FULL}", re.IGNORECASE
)
_LABELLED = re.compile(rf"\W*{_LABEL}\b", re.IGNORECASE)
_BESIDE_HEADING = re.compile(rf"{_FULL}(?!,?\s?(?!at\b|by\b|[ap]\.?m\b)[a-z])")  # not "17 May 2015 was the day"
_MOST_WORDS = 20  # of a line that says whose an article is and of when
_LONGEST = 200  # no dateline is longer; without a bound a long run of capitals would be tried over and over


def dateline(text: str) -> int:
    """How many code points at the head of a paragraph are a dateline; 0 where there is none."""
    return max((match.end() for head in _HEADS if (match := head.match(text, 0, _LONGEST))), default=0)


def agency_day(text: str) -> tuple[int, int] | None:
    """Where an agency's name with weekday and full date stands inside a text ("AFP Saturday 17 Aug 2013")."""
    match = _AGENCY_DAY.search(text)
    return match.span() if match else None


def update(text: str) -> int:
    """How many code points at the head of a paragraph open a dated update ("Update: 12/28/15 - "); 0 for none."""
    match = _UPDATE.match(text, 0, _LONGEST)
    return len(match[0].rstrip(" \"'“‘([")) if match else 0


def parse_day(text: str, near: date | None = None, *, month_first: bool = False) -> date | None:
    """The first full date in a text, None where there is none or no such day exists.

    Of two readings of "03/04/2015" the one nearer to ``near`` counts; without ``near`` the month
    stands first where it is divided by strokes (as papers of the United States have it) or where ``month_first``
    says so, else the day.
    """
    match = _FIRST_DAY.search(text)
    if match is None:
        return None
    words = match[0]
    if name := re.search(r"[A-Za-z]{3}", re.sub(r"\d+(?:st|nd|rd|th)", lambda m: m[0][:-2], words)):
        day, year = (int(number) for number in re.findall(r"\d+", words))
        return _day(year, _MONTHS.index(name[0].lower()) + 1, day)
    first, second, third = (int(number) for number in re.findall(r"\d+", words))
    if re.match(r"\d{4}", words):
        return _day(first, second, third)
    year = third if third >= 100 else 2000 + third
    readings = [_day(year, first, second), _day(year, second, first)]
    if "/" not in words and not month_first:
        readings.reverse()
    days = [day for day in readings if day is not None]
    if near is not None:
        days.sort(key=lambda day: abs((day - near).days))
    return days[0] if days else None


def stamped_day(text: str) -> date | None:
    """The day of a time as machines write it (ISO 8601, RFC 5322), or of a full date in words; None for all else.

    It is the day as it is written, in whatever zone.
    """
    text = text.strip()
    if stamp := _STAMP.match(text):
        return _day(int(stamp[1]), int(stamp[3]), int(stamp[4]))
    with suppress(TypeError, ValueError, IndexError, OverflowError):
        return parsedate_to_datetime(text).date()
    return parse_day(text)


def without_change(line: str) -> str:
    """The line without the day on which something was changed ("Last updated 19 May 2016")."""
    return _CHANGE.sub(" ", line)


def page_day(line: str) -> date | None:
    """The day of publication in a line beside the heading of a page: "By Jane Roe | Monday, May 18, 2015 at 3:15 pm".

    None for a day of change, and where the line is a sentence or longer than such lines are.
    """
    line = without_change(line)
    if line.count(" ") >= _MOST_WORDS or (line.rstrip().endswith((".", "!", "?")) and not _LABELLED.match(line)):
        return None
    match = _BESIDE_HEADING.search(line)
    return parse_day(match[0]) if match else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
