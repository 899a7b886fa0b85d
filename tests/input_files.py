"""Files of the formats that reports come in, made small: a saved page, a PDF, a feed, an e-mail, a web archive."""

import gzip
from collections.abc import Sequence
from pathlib import Path

from conflict_kg.documents import read_reports
from conflict_kg.model import Report

STORY = (
    "Rebels seized the town of Alpha on Sunday after government forces withdrew from their last posts, officials said.",
    "At least 40 people were killed in the fighting, a doctor at the hospital told reporters late in the evening.",
    "The army said on Monday that it would retake the town within days, and moved tanks to a bridge in the south.",
)

LINKED_DATA = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Rebels take Alpha", "datePublished": '
    '"2015-05-18T06:30:00+03:00", "dateModified": "2016-01-02", "publisher": {"name": "The Star"}}</script>'
)


def read(*paths: str | Path, columns: dict[str, str] | None = None) -> tuple[list[Report], list[str]]:
    """The reports under the paths and what was told on the way."""
    told: list[str] = []
    return list(read_reports(paths, columns=columns, warn=told.append)), told


def page(paragraphs: Sequence[str] = STORY, *, title: str = "Rebels take Alpha", head: str = LINKED_DATA) -> str:
    """A news page as browsers save it, with a menu, a picture, other news, comments and a footer around the article."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Star</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Star">'
        f'<meta name="author" content="Jane Roe"><link rel="canonical" href="https://star.example/alpha">{head}</head>'
        "<body><nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
        f"<main><article><h1>{title}</h1><p class='byline'>By Jane Roe</p>"
        f"<figure><img src='a.jpg'><figcaption>A street</figcaption></figure>{body}</article>"
        "<aside><h3>Most read</h3><ul><li><a href='/1'>Army takes Beta</a></li></ul></aside></main>"
        "<section id='comments' class='comments'><div class='comment'><p>My uncle says that Gamma has fallen, too, on "
        "1 March 2017.</p></div></section><footer><p>Copyright 2026 The Star</p></footer></body></html>"
    )


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], *, title: str = "") -> bytes:
    """A PDF of these pages: of each line where it begins, in points from the left and the foot, and its words."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, lines in enumerate(pages):
        shown = "".join(f"BT /F 11 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in lines)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> "
            f"/Contents {5 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream")
    objects.append(f"<< /Title ({title}) >>")
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R "
        f"/Info {size - 1} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("latin-1")


def feed(items: str) -> str:
    """An RSS file with these items."""
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Star: World</title>{items}</channel></rss>"
    )


def mail(body: str, *, headers: str = "") -> str:
    """An e-mail with this content, headers of its own first."""
    return (
        'From: "Alpha Monitor" <alerts@monitor.example>\nSubject: =?utf-8?q?Alert=3A_Alpha?=\n'
        f"Date: Mon, 18 May 2015 23:30:00 -0500\nMIME-Version: 1.0\n{headers}\n{body}"
    )


def warc(records: Sequence[tuple[str, str, bytes]], *, zipped: bool = True) -> bytes:
    """A web archive: of each record the address, the Content-Type and the body."""
    whole = b""
    for url, media, body in records:
        reply = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n\r\n".encode() + body
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2020-02-02T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
            f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(reply)}\r\n\r\n"
        )
        record = head.encode() + reply + b"\r\n\r\n"
        whole += gzip.compress(record, mtime=0) if zipped else record
    return whole
