"""When a web page was published, and what it says of its article, by its own word.

A page is full of days: of its last change, of other articles, of comments, of its maker. Only such count as are said to
be those of the publication, or stand with the heading; where there is none, none is taken.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from datetime import date
from html import unescape
from itertools import chain
from typing import TYPE_CHECKING, Any

from conflict_kg.documents.blocks import lines
from conflict_kg.documents.datelines import page_day, stamped_day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SURE = frozenset(
    "articledateoriginal articledatepublished articlepublished articlepublishedtime citationonlinedate "
    "citationpublicationdate cxenseparserecspublishtime dateofpublication datepublished dcdateissued "
    "dctermsdateissued dctermsissued displaydate ogarticlepublishedtime ogpublishedtime originalpublicationdate "
    "parselypubdate pdate ptime pubdate publicationdate publishdate publisheddate publishedtime sailthrudate".split()
)
"""Letters of the names of ``meta`` elements for the publication: Open Graph's, schema.org's, publishers' own."""
_LIKELY = frozenset(
    "articlecreated articledate date datecreated dccreated dcdate dcdatecreated dctermscreated dctermsdate".split()
)
"""Of those that may mean the publication: HTML's, Dublin Core's."""
_ARTICLES = ("Article", "Posting", "Report", "WebPage")
"""How the types of schema.org end that an article's page is about, the surest first: NewsArticle, LiveBlogPosting."""
_CHANGED = re.compile("modif|updat|revis", re.IGNORECASE)
_BESIDE = re.compile("comment|related|sidebar|recommend|popular|promo|teaser", re.IGNORECASE)
_ELSEWHERE = frozenset("article aside figcaption figure footer nav".split())
_ADDRESS = re.compile(r"/(\d{4}/\d\d/\d\d)(?=/|$)")
_BEFORE, _BEHIND = 3, 6
"""Lines above and below its heading in which an article says when it was published."""
_PROSE = 25  # words; a line of more is the article's own
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 1, 1)
_NONE = date(1970, 1, 1)  # what computers make of no day
_MARKS = re.compile(r"^\s*(?:<!--|(?://\s*)?<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>)\s*$")


def linked_article(tree: "HtmlElement", title: str | None) -> Mapping[str, Any]:
    """The page's article in its linked data (JSON-LD), of several the one with the page's title; else empty.

    The comments, pictures, updates and other articles that it holds are not it.
    """
    titles = {title, *(_words(heading) for heading in tree.iter("h1"))}
    nodes = [node for node in _nodes(tree) if isinstance(node, dict)]
    for ending in _ARTICLES:
        found = [node for node in nodes if any(str(kind).endswith(ending) for kind in _kinds(node))]
        called = found if len(found) == 1 else [node for node in found if text_of(node, "headline") in titles]
        if found:
            return called[0] if called else {}
    return {}


def text_of(node: Mapping[str, Any], name: str) -> str | None:
    """A text in linked data, on one line; None where it is none. Many a page has HTML's references in it."""
    value = node.get(name)
    return " ".join(unescape(value).split()) or None if isinstance(value, str) else None


def published(tree: "HtmlElement", article: Mapping[str, Any], title: str | None, url: str | None) -> date | None:
    """The day on which a page was published, as it is written, in whatever zone; None where it does not say.

    ``article`` is what its linked data says, ``title`` the article's, ``url`` where the page was.
    """
    stamps = chain(
        _named(tree, _SURE),
        [text_of(article, "datePublished")],
        (node.get("content") or node.get("datetime") for node in tree.xpath(".//*[@itemprop='datePublished']")),
        _named(tree, _LIKELY),
    )
    address = _ADDRESS.search(url or "")
    days = chain(
        (stamped_day(stamp) for stamp in stamps if stamp),
        [stamped_day(address[1])] if address else [],
        (page_day(line) for line in _near_heading(tree, title)),
    )
    return next((day for day in days if day is not None and day != _NONE and _EARLIEST <= day <= _LATEST), None)


# ---------------------------------------------------------------- linked data


def _nodes(tree: "HtmlElement") -> Iterator[object]:
    """What the page's linked data is about, not what it mentions in saying so."""
    for script in tree.xpath(".//script[contains(@type, 'ld+json')]"):
        with suppress(ValueError, RecursionError):
            data = json.loads(_MARKS.sub("", script.text or ""))
            for node in data if isinstance(data, list) else [data]:
                yield node
                graph = node.get("@graph") if isinstance(node, dict) else None
                yield from graph if isinstance(graph, list) else []


def _kinds(node: Mapping[str, Any]) -> list[object]:
    kinds = node.get("@type")
    return kinds if isinstance(kinds, list) else [kinds]


# ---------------------------------------------------------------- elements


def _named(tree: "HtmlElement", names: frozenset[str]) -> Iterator[str | None]:
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if re.sub("[^a-z]", "", name.lower()) in names:
            yield meta.get("content")


def _near_heading(tree: "HtmlElement", title: str | None) -> Iterator[str]:
    """The lines below the heading of the article, up to its first paragraph, then those above, the nearest first.

    Elements that tell machines a time stand there as lines of their own, "Published 2015-05-18".
    """
    heading = _heading(tree, title)
    if heading is None:
        return
    words = _words(heading)
    around = deepcopy(next(heading.iterancestors("article"), tree))
    heading = _heading(around, title)
    kept = {around} if heading is None else {around, heading, *heading.iterancestors()}
    for element in [one for one in around.iterdescendants() if isinstance(one.tag, str) and one not in kept]:
        if element.getparent() is None:
            continue  # it stood in one that is gone
        if _is_elsewhere(element):
            element.drop_tree()
        elif stamp := _stamp(element):
            element.tag, element.text = "p", "" if _CHANGED.search(_marks(element)) else f"Published {stamp}"
            del element[:]
    found = [line for line in (" ".join(line.split()) for line in lines(around)) if line]
    at = found.index(words) if words in found else 0
    for line in found[at + 1 : at + 1 + _BEHIND]:
        if line.count(" ") >= _PROSE:
            break
        yield line
    yield from reversed(found[max(at - _BEFORE, 0) : at])


def _heading(tree: "HtmlElement", title: str | None) -> "HtmlElement | None":
    """The heading that says the title, else the first of the highest rank."""
    called = (heading for heading in tree.iter("h1", "h2") if _words(heading) == title)
    return next(called, next(tree.iter("h1"), None))


def _words(element: "HtmlElement") -> str:
    return " ".join(element.text_content().split())


def _is_elsewhere(element: "HtmlElement") -> bool:
    """Whether what stands in an element is not of the article: menus, comments, other articles."""
    return element.tag in _ELSEWHERE or bool(_BESIDE.search(_marks(element)))


def _stamp(element: "HtmlElement") -> str | None:
    """The time that an element tells machines (HTML's ``time``, microformats)."""
    if element.tag == "time":
        return element.get("datetime") or _words(element)
    marks = (element.get("class") or "").split()
    return element.get("title") if {"published", "dt-published", "entry-date"} & set(marks) else None


def _marks(element: "HtmlElement") -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
