"""Words of a date in, the day out: the full dates that pages and agencies print above a report or an update."""

import re
from contextlib import suppress
from datetime import date
from email.utils import parsedate_to_datetime

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?i:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?)\.?"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_FULL = (
    rf"(?<!\d)(?:{_ORDINAL},?[\s.-](?:of\s)?{_MONTH}[,،]?[\s.-]\d{{4}}|{_MONTH}\s{_ORDINAL},?\s\d{{4}}|"
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2}))(?!\d)"
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
"""A day of change with the word that says so, as above a text; ``_CHANGES`` is the word alone, as beside a heading."""
_PUBLISHED = re.compile(
    rf"\b(?P<first>(?:first|originally)\s)?(?:published|posted|issued|released|submitted|filed|written|publication\sdate|"
    rf"date(?:\sof\spublication)?)\b(?:(?!updat|modif|amend|correct|accessed|retrieved).){{0,80}}?(?P<day>{_FULL})",
    re.IGNORECASE,
)
_CHANGES = re.compile(r"\b(?:updated?|modified|edited|revised|reviewed|amend\w*|correct\w*)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:accessed|retrieved|archived|printed|copyright|period|photo\w*|picture\w*|image|file|credit|joined|today)\b|©",
    re.IGNORECASE,
)
"""Words of lines that have other days: of visits, pictures and people."""
_BEFORE_DAY = frozenset("a al and at by de for from in of on the".split())
"""Words in small letters that may stand before such a day: "By Jane Roe in Alpha, Monday 18 May 2015"."""
_GOES_ON = re.compile(r",?\s?(?!at\b|by\b|[ap]\.?m\b)[a-z]")  # "17 May 2015 was the day"
_UNITED_STATES = re.compile(r"\b(?:[ECMP][SD]T)\b")
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

    It is the day as it is written, in whatever zone; of "05/06/2015" nobody knows it.
    """
    text = text.strip()
    if stamp := _STAMP.match(text):
        return _day(int(stamp[1]), int(stamp[3]), int(stamp[4]))
    with suppress(TypeError, ValueError, IndexError, OverflowError):
        return parsedate_to_datetime(text).date()
    match = _FIRST_DAY.search(text)
    return sure_day(match[0], text) if match else None


def without_change(line: str) -> str:
    """The line without the day on which something was changed ("Last updated 19 May 2016")."""
    return _CHANGE.sub(" ", line)


def page_day(line: str) -> tuple[int, date] | None:
    """The day of publication in a line beside the heading of a page, and how sure it is that it is one.

    0 where the line says that it is of the first publication, 1 where of the publication, 2 where it only stands there
    ("By Jane Roe | Monday, May 18, 2015 at 3:15 pm"). None for lines of other days, for sentences and long lines.
    """
    line = line[:_LONGEST]
    if match := _PUBLISHED.search(line):
        rank = 0 if match["first"] else 1
        day = sure_day(match["day"], line)
        return None if day is None else (rank, day)
    match = _FIRST_DAY.search(_CHANGES.split(line, maxsplit=1)[0])
    if match is None or line.count(" ") >= _MOST_WORDS or line.rstrip().endswith((".", "!", "?")):
        return None
    before = line[: match.start()].split()
    if _OTHER.search(line) or _GOES_ON.match(line, match.end()) or any(map(_is_prose, before)):
        return None
    day = sure_day(match[0], line)
    return None if day is None else (2, day)


def _is_prose(word: str) -> bool:
    return word[0].islower() and word not in _BEFORE_DAY


def sure_day(words: str, line: str) -> date | None:
    """A full date that can be read in one way only, by the weekday or the zone of its line if need be; else None."""
    numbers = re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})[/.-](\d{2,4})", words)
    if numbers is None or "." in words:
        return parse_day(words) if re.search(r"\d{4}", words) else None
    if len(numbers[4]) != 4:
        return None
    first, second, year = int(numbers[1]), int(numbers[3]), int(numbers[4])
    days = {day for day in (_day(year, first, second), _day(year, second, first)) if day is not None}
    named = re.search(_WEEKDAY, line)
    if named:
        days = {day for day in days if _WEEKDAYS[day.weekday()] == named[0][:3].lower()}
    if len(days) == 2 and _UNITED_STATES.search(line):
        return _day(year, first, second)
    return days.pop() if len(days) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
