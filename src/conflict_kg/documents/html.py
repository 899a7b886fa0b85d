"""Web pages: the article's text and what the page says about it; and the text of pieces of HTML."""

import re
import unicodedata
from typing import TYPE_CHECKING

from conflict_kg.documents.blocks import lines
from conflict_kg.documents.encoding import decoded_page
from conflict_kg.documents.pagedates import told
from conflict_kg.documents.parts import About, Page, Part, UnreadableError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DATES = {"extensive_search": False, "min_date": "1900-01-01", "max_date": "2100-01-01"}
"""What trafilatura looks for a day with, which is not used: without it the clock would have a part in the reading."""
_FEWEST_WORDS = 10  # what is shorter is the one line of a page of links
_DEEPEST = 500  # no page of an article nests its elements so deep
_ARCHIVE = re.compile(r"https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?:)")
_FORMAT = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
"""Signs without width, and those that turn the direction of writing: they would part a name from itself."""


def read_html(part: Part) -> Page:
    """The article of a web page: headline and paragraphs, each on a line of its own, without menus and comments.

    Raises ``UnreadableError`` where the page has no article.
    """
    from trafilatura import bare_extraction, load_html

    tree = load_html(decoded_page(part.data, part.charset))
    if tree is None:
        raise UnreadableError("it is not HTML")
    _check_depth(tree)
    _mend(tree)
    found = bare_extraction(
        tree,
        url=part.about.url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=dict(_DATES),
    )
    if found is None or isinstance(found, dict) or len((found.text or "").split()) < _FEWEST_WORDS:
        raise UnreadableError("no article is found in the page")
    article = told(tree, clean_line(found.title), part.about.url or found.url)
    about = About(
        title=clean_line(article.title),
        published=article.published,
        publisher=clean_line(found.sitename),
        author=clean_line(found.author),
        url=clean_line(found.url),
    )
    return Page(
        headed(clean("\n\n".join((found.text or "").split("\n"))), about.title), part.about.over(about), part.number
    )


def read_fragment(part: Part) -> Page:
    """The text of a piece of HTML, each block on a line of its own, below the title that is known of it."""
    from lxml.etree import LxmlError
    from lxml.html import document_fromstring

    try:
        tree = document_fromstring(f"<div>{decoded_page(part.data, part.charset)}</div>")
    except (LxmlError, ValueError):
        raise UnreadableError("it has no text") from None
    _check_depth(tree)
    text = "\n\n".join(line for line in (clean(" ".join(line.split())) for line in lines(tree)) if line)
    return Page(headed(text, part.about.title), part.about, part.number)


def clean(text: str) -> str:
    """The text in composed characters (NFC), without signs that nobody sees."""
    text = _FORMAT.sub("", unicodedata.normalize("NFC", text)).replace("\u00a0", " ")
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()


def clean_line(text: str | None) -> str | None:
    """The same on one line; None where nothing is left."""
    return clean(" ".join((text or "").split())) or None


def headed(text: str, title: str | None) -> str:
    """The text below its title, unless it opens with it."""
    if not title or not text or " ".join(text[: 2 * len(title) + 40].split()).startswith(title):
        return text
    return f"{title}\n\n{text}"


def _mend(tree: "HtmlElement") -> None:
    """Takes out what browsers do not show, and what an archive of pages has put before the page's address."""
    for element in tree.xpath(".//body//*[@hidden]"):
        element.drop_tree()
    for element in tree.xpath(".//link[@rel='canonical'] | .//meta[@property='og:url']"):
        name = "href" if element.tag == "link" else "content"
        element.set(name, _ARCHIVE.sub("", element.get(name) or ""))


def _check_depth(tree: "HtmlElement") -> None:
    depth = 0
    from lxml.etree import iterwalk

    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise UnreadableError(f"its elements are nested more than {_DEEPEST} deep")
