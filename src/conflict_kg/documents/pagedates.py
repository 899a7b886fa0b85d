"""When a web page was published, and what it says of its article, by its own word.

A page is full of days: of its last change, of other articles, of comments, of its maker. Only such count as are said to
be those of the publication, or stand with the heading; where there is none, none is taken.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from html import unescape
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from conflict_kg.documents.blocks import lines
from conflict_kg.documents.datelines import page_day, stamped_day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SURE = frozenset(
    "articledateoriginal articledatepublished articlepublished articlepublishedtime citationonlinedate "
    "citationpublicationdate cxenseparserecspublishtime dateofpublication datepublished dcdateissued "
    "dctermsdateissued dctermsissued displaydate ogarticlepublishedtime ogpublishedtime originalpublicationdate "
    "parselypubdate pubdate publicationdate publishdate publisheddate publishedtime sailthrudate".split()
)
"""Letters of the names of ``meta`` elements for the publication: Open Graph's, schema.org's, publishers' own."""
_LIKELY = frozenset(
    "articlecreated articledate date datecreated dccreated dcdate dcdatecreated dctermscreated dctermsdate pdate "
    "ptime".split()
)
"""Of those that may mean the publication: HTML's, Dublin Core's."""
_ARTICLES = ("Article", "Posting", "Report", "WebPage")
"""How the types of schema.org end that an article's page is about, the surest first: NewsArticle, LiveBlogPosting."""
_MARKS = re.compile(r"^\s*(?:<!--|(?://\s*)?<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>)\s*$")
_TRAILING = re.compile(r",(\s*[}\]])")
_INNER = ("@graph", "mainEntity", "mainEntityOfPage")
"""Where linked data says what a page is about."""
_CHANGED = re.compile("modif|updat|revis", re.IGNORECASE)
_BESIDE = re.compile(
    "breadcrumb|caption|comment|credit|latest|most|next|photo|popular|prev|promo|read-?more|recommend|related|see-?also|"
    "sidebar|teaser|ticker|trending",
    re.IGNORECASE,
)
"""In what elements are called that hold something else than the article."""
_ELSEWHERE = frozenset("article aside figcaption figure footer nav".split())
_ADDRESS = re.compile(r"/(\d{4})(?:[/-](\d\d?|[a-z]{3})[/-](\d\d?)|(\d\d)(\d\d))(?=[/_-]|$)")
_LABEL = re.compile(
    r"\W*(?:(?:first|originally|last|date|time)\s)?(?:published|posted|issued|released|publication|updated?|modified|"
    r"amended|revised|reviewed|created|submitted|date)(?:\s(?:on|at|date|time))?\W*",
    re.IGNORECASE,
)
_SITE = re.compile(r"\s*[|–—·»_]\s*|\s-+\s|:\s")
"""Between an article's name and its site's."""
_BEFORE, _BEHIND = 3, 8
"""Lines above and below its heading in which an article says when it was published."""
_PROSE = 25  # words; a line of more is the article's own
_MACHINE = "\ue000"
"""Behind a day that machines are told."""
_HEADINGS = 100  # so many are looked at
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 1, 1)
_NONE = date(1970, 1, 1)  # what computers make of no day


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of its article."""

    title: str | None
    published: date | None
    """The day as it is written, in whatever zone."""


def told(tree: "HtmlElement", title: str | None, url: str | None) -> Told:
    """What a page tells of its article; ``title`` is what it seems to be called, ``url`` where the page was."""
    heading = _heading(tree, title)
    called = [*_named(tree, frozenset({"ogtitle"})), title, *([_words(heading)] if heading is not None else [])]
    article = _linked_article(tree, [name for name in called if name], _addresses(tree, url))
    shown = _words(heading) if heading is not None else None
    return Told(_text(article, "headline") or _title(tree, title, shown), _published(tree, article, heading, url))


def _published(
    tree: "HtmlElement", article: Mapping[str, Any], heading: "HtmlElement | None", url: str | None
) -> date | None:
    near = sorted(_near_heading(heading), key=lambda found: found[0]) if heading is not None else []
    days = chain(
        map(_stamped, _named(tree, _SURE)),
        [_stamped(_text(article, "datePublished"))],
        map(_stamped, _own(tree, heading)),
        (day for rank, day in near if rank < 2),
        map(_stamped, _named(tree, _LIKELY)),
        [_day_of_address(url)],
        (day for rank, day in near if rank == 2),
    )
    return next((day for day in days if day is not None and day != _NONE and _EARLIEST <= day <= _LATEST), None)


def _stamped(stamp: str | None) -> date | None:
    return stamped_day(stamp) if stamp else None


def _day_of_address(url: str | None) -> date | None:
    """The day in an address, unless it is that of an archive's page."""
    match = None if "archive" in (url or "") else _ADDRESS.search(url or "")
    if match is None:
        return None
    year, month, day = match[1], match[2] or match[4], match[3] or match[5]
    return stamped_day(f"{day} {month} {year}" if month.isalpha() else f"{year}-{month:0>2}-{day:0>2}")


# ---------------------------------------------------------------- linked data


def _linked_article(tree: "HtmlElement", titles: Iterable[str], addresses: set[str]) -> Mapping[str, Any]:
    """The page's article in its linked data (JSON-LD): what it says is at its address or called as it is; else empty.

    The comments, pictures, updates and other articles that it holds are not it.
    """
    known = [_longer_words(title) for title in titles]
    nodes = list(_nodes(tree))
    for ending in _ARTICLES:
        found = [node for node in nodes if any(str(kind).endswith(ending) for kind in _kinds(node))]
        called = [node for node in found if _is_called(node, known)] or [
            node for node in found if _text(node, "headline") is None or addresses & _own_addresses(node)
        ]
        if len(called) == 1 or len({_text(node, "datePublished") for node in called}) == 1:
            return called[0]
    return {}


def _is_called(node: Mapping[str, Any], titles: Iterable[set[str]]) -> bool:
    """Whether half of the longer words of a headline stand in a title."""
    words = _longer_words(_text(node, "headline") or "")
    return bool(words) and any(2 * len(words & title) >= len(words) for title in titles)


def _longer_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3} or {text.casefold()} - {""}


def _addresses(tree: "HtmlElement", url: str | None) -> set[str]:
    canonical = [link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"]
    return {address.rstrip("/") for address in (url, *canonical, *_named(tree, frozenset({"ogurl"}))) if address}


def _own_addresses(node: Mapping[str, Any]) -> set[str]:
    page = node.get("mainEntityOfPage")
    given = [node.get("url"), node.get("@id"), page, page.get("@id") if isinstance(page, dict) else None]
    return {address.rstrip("/") for address in given if isinstance(address, str)}


def _nodes(tree: "HtmlElement") -> Iterator[Mapping[str, Any]]:
    """What the page's linked data is about, not what it mentions in saying so."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield from _about(_parsed(_MARKS.sub("", script.text or "")))


def _parsed(text: str) -> list[object]:
    """The values in a script; slips that many pages have are mended."""
    for given in (text, _TRAILING.sub(r"\1", text), _TRAILING.sub(r"\1", unescape(text))):
        with suppress(ValueError, RecursionError):
            decoder, at = json.JSONDecoder(strict=False), 0
            values: list[object] = []
            while (rest := given[at:].lstrip()) and len(values) < _HEADINGS:
                value, end = decoder.raw_decode(rest)
                values.append(value)
                at = len(given) - len(rest) + end
            return values
    return []


def _about(values: object, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    for node in values if isinstance(values, list) else [values]:
        if isinstance(node, dict) and depth < 5:
            yield node
            for name in _INNER:
                yield from _about(node.get(name), depth + 1)
        elif isinstance(node, list) and depth < 5:
            yield from _about(node, depth + 1)


def _kinds(node: Mapping[str, Any]) -> list[object]:
    kinds = node.get("@type")
    return kinds if isinstance(kinds, list) else [kinds]


def _text(node: Mapping[str, Any], name: str) -> str | None:
    """A text in linked data, on one line; None where it is none. Many a page has HTML's references in it."""
    value = node.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return " ".join(unescape(value).split()) or None if isinstance(value, str) else None


# ---------------------------------------------------------------- elements


def _named(tree: "HtmlElement", names: frozenset[str]) -> Iterator[str | None]:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or ""
        if re.sub("[^a-z]", "", name.lower()) in names:
            yield meta.get("content")


def _own(tree: "HtmlElement", heading: "HtmlElement | None") -> Iterator[str | None]:
    """What microdata says of the article: not of comments, films and other articles on its page."""
    frame = set(heading.iterancestors()) if heading is not None else set()
    found = [one for one in tree.xpath(".//*[@itemprop='datePublished']") if _is_article_s(one, frame)]
    scope = _scope(heading) if heading is not None else None
    same = [one for one in found if scope is not None and _scope(one) is scope]
    stamps = [one.get("content") or one.get("datetime") or _words(one) for one in same or found]
    if same or len(set(stamps)) == 1:
        yield from stamps


def _is_article_s(element: "HtmlElement", frame: Collection["HtmlElement"]) -> bool:
    """Whether it belongs to an article, and to none beside the one whose heading the elements of ``frame`` hold."""
    scope = _scope(element)
    kind = (scope.get("itemtype") or "") if scope is not None else ""
    around = [one for one in element.iterancestors() if one not in frame]
    return (not kind or kind.endswith(_ARTICLES)) and not any(
        one.tag in ("aside", "footer", "nav") or _BESIDE.search(_marks(one)) for one in around
    )


def _scope(element: "HtmlElement") -> "HtmlElement | None":
    return next((one for one in element.iterancestors() if one.get("itemscope") is not None), None)


def _near_heading(heading: "HtmlElement") -> Iterator[tuple[int, date]]:
    """The days in the lines below the heading of an article, up to its first paragraph, and in those just above it.

    With each how sure it is, as ``page_day`` tells. Above a heading today's date stands as often as the article's, so
    there only those count that the page tells machines, or says to be of the publication.
    """
    words = _words(heading)
    root = heading.getroottree().getroot()
    around = deepcopy(next(heading.iterancestors("article"), root))
    again = next((one for one in around.iter(heading.tag) if _words(one) == words), None)
    kept = {around} if again is None else {around, again, *again.iterancestors()}
    for element in [one for one in around.iterdescendants() if isinstance(one.tag, str) and one not in kept]:
        if element.getparent() is None:
            continue  # it stood in one that is gone
        if _is_elsewhere(element):
            element.drop_tree()
        else:
            _stamp(element)
            element.tail = f" {element.tail or ''}" if element.tag in ("a", "span", "time") else element.tail
    found = _labelled(line for line in (" ".join(line.split()) for line in lines(around)) if line)
    at = found.index(words) if words in found else 0
    for line in found[at + 1 : at + 1 + _BEHIND]:
        if line.count(" ") >= _PROSE:
            break
        yield from _days(line)
    for line in found[max(at - _BEFORE, 0) : at]:
        yield from (day for day in _days(line) if day[0] < 2 or _MACHINE in line)


def _days(line: str) -> Iterator[tuple[int, date]]:
    """The days of a line, each that machines are told with what stands before it."""
    yield from filter(None, map(page_day, line.split(_MACHINE)))


def _labelled(found: Iterable[str]) -> list[str]:
    """The lines, those that are but a label ("Last updated") with what follows them."""
    whole: list[str] = []
    for line in found:
        if whole and _LABEL.fullmatch(whole[-1]):
            whole[-1] += f" {line}"
        else:
            whole.append(line)
    return whole


def _stamp(element: "HtmlElement") -> None:
    """Puts the day that an element tells machines (HTML's ``time``, microformats) in place of its words, marked.

    Before it stands whether it is said to be of the publication or of a change.
    """
    marks = _marks(element)
    is_own = bool({"published", "dt-published", "entry-date", "datePublished"} & set(marks.split()))
    is_changed = not is_own and element.tag in ("span", "time") and bool(_CHANGED.search(marks))
    day = _stamped(element.get("datetime") if element.tag == "time" else element.get("title") if is_own else None)
    label = "Published " if is_own else "Updated " if is_changed else ""
    if day is not None:
        element.text = f" {label}{day.isoformat()}{_MACHINE} "
        del element[:]
    elif is_changed:
        element.text = f" {label}{element.text or ''}"


def _heading(tree: "HtmlElement", title: str | None) -> "HtmlElement | None":
    """The heading of the article: what the page is called in its head, or that in front of the site's name there.

    Else the one that is the title, else the first of the highest rank.
    """
    headings = list(islice((one for one in tree.iter("h1", "h2", "h3") if one.text_content().strip()), _HEADINGS))
    parts = _names(tree)
    longest = max(map(len, parts), default=0)
    for wanted in sorted((part for part in parts if 3 * len(part) >= longest), key=lambda part: (-len(part), part)):
        for one in headings:
            if _words(one) == wanted:
                return one
    called = next((one for one in headings if _words(one) == title), None)
    return called if called is not None else next((one for one in headings if one.tag == "h1"), None)


def _title(tree: "HtmlElement", title: str | None, shown: str | None) -> str | None:
    """What an article is called: its heading, unless only the title is what the page's head says."""
    names = _names(tree)
    return title if shown is None or (title in names and shown not in names) else shown


def _names(tree: "HtmlElement") -> set[str]:
    """What the page is called in its head: the whole, the name of its site often with it, and the parts of that."""
    titles = (title.text for title in islice(tree.iter("title"), 1))
    whole = [name for name in (*_named(tree, frozenset({"ogtitle"})), *titles) if name]
    return {" ".join(part.split()) for name in whole for part in (name, *_SITE.split(name))}


def _words(element: "HtmlElement") -> str:
    return " ".join(element.text_content().split())


def _is_elsewhere(element: "HtmlElement") -> bool:
    """Whether what stands in an element is not of the article: menus, captions, comments, other articles."""
    return element.tag in _ELSEWHERE or bool(_BESIDE.search(_marks(element)))


def _marks(element: "HtmlElement") -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
