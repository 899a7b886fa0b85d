"""The lines that somebody sees of a piece of HTML: each block on its own."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section table tbody td th thead tr ul".split()
)
_UNSEEN = frozenset("head noscript object script select style svg template textarea title".split())


def lines(tree: "HtmlElement") -> Iterator[str]:
    """What stands between the beginnings and ends of blocks, white space as it is there; some are empty."""
    from lxml.etree import iterwalk

    line: list[str] = []
    unseen = 0
    for event, element in iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        starts = event == "start"
        if tag in _UNSEEN:
            unseen += 1 if starts else -1
        if tag in _BLOCKS:
            yield "".join(line)
            line = []
        text = element.text if starts and tag else element.tail if not starts else None
        if text and not unseen:
            line.append(text)
    yield "".join(line)
