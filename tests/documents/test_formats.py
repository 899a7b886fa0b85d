"""Each format of files: what of it becomes the text of a report, and what is known of the report."""

import gzip
from datetime import date
from pathlib import Path

import pytest
from input_files import LINKED_DATA, STORY, feed, mail, page, pdf, read, warc

from conflict_kg.documents.apart import read_part
from conflict_kg.documents.formats import Format, ending, format_of, stem
from conflict_kg.documents.parts import About, Fault, Page, Part
from conflict_kg.model import Report


def page_of(part: Part) -> Page:
    """What the part becomes, which must be readable."""
    found = read_part(part)
    assert isinstance(found, Page), found
    return found


def html(content: str | bytes, **about: str) -> Page:
    """The page of some HTML."""
    return page_of(Part("html", content if isinstance(content, bytes) else content.encode(), About(**about)))  # type: ignore[arg-type]


def only(folder: Path, name: str, content: str | bytes) -> Report:
    """The one report that a file of this name and content becomes."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (report,), told = read(folder / name)
    assert told == []
    return report


# ---------------------------------------------------------------- web pages


def test_html_article(tmp_path: Path) -> None:
    """The headline and the paragraphs are the text; menu, byline, other news, comments and footer are not."""
    report = only(tmp_path, "alpha.html", page())

    assert report.text == "\n\n".join(("Rebels take Alpha", *STORY))
    assert (report.id, report.title, report.publisher) == ("alpha", "Rebels take Alpha", "The Star")
    assert (report.published, report.author, report.url) == (
        date(2015, 5, 18),
        "Jane Roe",
        "https://star.example/alpha",
    )


def test_html_without_date_has_none() -> None:
    """No date is taken from comments and footers, nor from the clock."""
    assert html(page(head="")).about.published is None


@pytest.mark.parametrize("today", ["1999-01-01", "2015-05-18", "2090-12-31"])
def test_html_date_does_not_hang_on_the_clock(monkeypatch: pytest.MonkeyPatch, today: str) -> None:
    """The date of a page is the same whenever it is read, before its day too."""
    import htmldate.validators
    import trafilatura.settings

    class Clock(htmldate.validators.datetime):  # type: ignore[misc,name-defined]
        @classmethod
        def now(cls, tz: object = None) -> "Clock":  # noqa: ARG003
            return cls.fromisoformat(today)  # type: ignore[no-any-return]

    monkeypatch.setattr(htmldate.validators, "datetime", Clock)
    monkeypatch.setattr(trafilatura.settings, "datetime", Clock)

    assert html(page()).about.published == date(2015, 5, 18)


def test_html_old_date() -> None:
    """Wars of before the web have pages, too."""
    head = '<meta property="article:published_time" content="1982-06-14T10:00:00Z">'

    assert html(page(head=head)).about.published == date(1982, 6, 14)


def test_html_manifest_wins(tmp_path: Path) -> None:
    """What the manifest says counts before what the page says; what it leaves open is taken from the page."""
    (tmp_path / "alpha.html").write_text(page(), "utf-8")
    (tmp_path / "manifest.jsonl").write_text('{"file": "alpha.html", "published": "2015-05-20", "title": "Alpha lost"}')

    (report,), told = read(tmp_path)

    assert (report.published, report.title, report.publisher) == (date(2015, 5, 20), "Alpha lost", "The Star")
    assert told == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            page(("Le général: “we left”", *STORY)).replace("utf-8", "windows-1252").encode("cp1252"),
            "général: “we left”",
        ),
        (page(("General Müller left", *STORY)).replace("utf-8", "iso-8859-1").encode("latin-1"), "Müller"),
        (page(("Das Café in Alpha", *STORY)).encode("utf-16"), "Café"),
        (page(("He said: “we left”", *STORY)).encode("cp1252"), "said: “we left”"),
        (
            page(("“Alpha” — the town”", "General M\0ller", *STORY)).encode().replace(b"\0", b"\xfc"),
            "“Alpha” — the town”",
        ),
        (page(("General Müller left", *STORY)).replace("utf-8", "no-such-code").encode("cp1252"), "Müller"),
    ],
)
def test_html_encodings(content: bytes, expected: str) -> None:
    """A page is decoded as its mark or itself says; where that is wrong, as its bytes suggest."""
    assert expected in html(content).text


def test_html_signs_without_width() -> None:
    """What cannot be seen does not part a name, and what is no character is dropped."""
    text = html(
        page((*STORY, "Al\u200bpha\u00ad &#8238;fell&#8236; to&nbsp;them &#xD800;today, they said on Sunday."))
    ).text

    assert "Alpha fell to them" in text
    assert not set(text) & set("\u200b\u00ad\u202e\u202c\ud800\u00a0")


@pytest.mark.parametrize("content", ["", "<html></html>", "<html><body><a href=/>Menu</a></body></html>", "\0\0"])
def test_html_without_article(content: str) -> None:
    """A page of links is no report."""
    found = read_part(Part("html", content.encode()))

    assert isinstance(found, Fault)
    assert found.reason in ("no article is found in the page", "it is not HTML")


# ---------------------------------------------------------------- PDF


def lines(x: float, y: float, *words: str) -> list[tuple[float, float, str]]:
    """Lines below each other, 13 points apart."""
    return [(x, y - 13 * n, text) for n, text in enumerate(words)]


def test_pdf_paragraphs(tmp_path: Path) -> None:
    """Lines of one paragraph are joined; a wider gap parts paragraphs."""
    first = lines(50, 700, "Rebels seized Alpha on Sunday after the", "army had left.")
    second = lines(50, 650, "The army vowed to return.")

    report = only(tmp_path, "a.pdf", pdf([[*first, *second]], title="Alpha falls"))

    assert report.text == "Rebels seized Alpha on Sunday after the army had left.\n\nThe army vowed to return."
    assert (report.title, report.published) == ("Alpha falls", None)


def test_pdf_columns_and_pages() -> None:
    """A sentence goes on in the next column and on the next page; lines at the edge of every page are dropped."""
    pages = []
    for n in range(4):
        left = lines(50, 700, f"Column {n} begins here. Rebels seized Alpha", "and then the army left")
        right = lines(320, 700, f"the town of Beta{n}.", "A new sentence goes on")
        pages.append([(50.0, 760.0, f"The Star, page {n}"), *left, *right, (280.0, 30.0, f"{n}")])

    text = page_of(Part("pdf", pdf(pages))).text

    assert "and then the army left the town of Beta0." in text
    assert "The Star" not in text


def test_pdf_words_broken_at_the_end_of_a_line() -> None:
    """They are whole again, in the line where they stand; a hyphen of the word's own stays."""
    first = lines(50, 700, "Rebels seized Al-", "pha on Sunday. The al-", "Safa group lost 50-", "year-old guns, a re-")
    second = lines(50, 648, "port said.")
    third = lines(50, 600, "The army vowed to return.")

    text = page_of(Part("pdf", pdf([[*first, *second, *third]]))).text

    assert text == (
        "Rebels seized Alpha on Sunday. The al-Safa group lost 50-year-old guns, a report said.\n\n"
        "The army vowed to return."
    )


@pytest.mark.parametrize(
    "words",
    [
        "Saudi-/led Houthi-/controlled Kurdish-/run rebel-/held army-/backed government-/held Kurdish-Arab-/led",
        "Shia-/majority rocket-/propelled high-/level long-/range Sana’a-/based foreign-/born state-/owned",
        "US-/led UN-/recognised NATO-/trained U.S.-/backed US-/Iraqi F-/16 T-/72 al-/Safa Deir ez-/Alpha",
        "anti-/government anti-/aircraft anti-govern/ment self-/declared non-/state non-/combatants",
        "pro-/government ex-/rebels post-/war vice-/president pro-/independence commander-in-/chief",
        "two-/day twenty-/five year-/old month-/long three-/quarters half-/hour 50-/year",
    ],
)
def test_pdf_hyphens_of_words(words: str) -> None:
    """Where a line ends at the hyphen of a compound it stays; elsewhere the word was only broken."""
    broken = words.replace("’", "'").replace("-/", "/").replace("/", "-/").split("/")

    text = page_of(Part("pdf", pdf([lines(50, 700, *broken)]))).text

    assert text.replace("'", "’") == words.replace("-/", "-").replace("/", "")


BROKEN = """
con/trolled pro/tested re/port pro/vince pro/gress ex/plosion ex/tremists per/mitted gov/ernment oc/cupied Al/pha
Qa/ra cease/fire with/held over/run dis/armed un/armed re/funded stub/born mis/ruled tack/led tick/led over/ruled
Sun/day yester/day Wednes/day non/sense non/etheless anti/dote anti/biotics anti/cipated Anti/och Anti/gua cam/era
chol/era op/era self/ish co/alition co/ordinate pre/mier pre/sident post/poned inter/national mid/dle counter/part
world/wide nation/wide ram/page scaf/fold thresh/old be/long pro/longed re/arrange rear/range life/style new/born
as/sembled bat/tled strug/gled crip/pled ten/sion six/teen seven/ty one/self dis/appointed re/strained
res/trained Dear/born Bagh/dad Da/mascus Mo/sul com/manders spokes/man neigh/bourhood insur/gents HEAD/LINE
"""


def test_pdf_words_broken_at_syllables() -> None:
    """They have no hyphen, though a half of them is a word of its own."""
    broken = " ".join(BROKEN.split())

    text = page_of(Part("pdf", pdf([lines(50, 780, *broken.replace("/", "-/").split("/"))]))).text

    assert text == broken.replace("/", "")


def test_pdf_of_two_pages_has_no_edges_either() -> None:
    """What stands at the edge of both is not of the text."""
    pages = [
        [(50.0, 760.0, "The Star, 4 March"), *lines(50, 700, "Alpha fell", words), (280.0, 30.0, f"Page {n}")]
        for n, words in enumerate(("to rebels", "on Sunday."))
    ]

    assert page_of(Part("pdf", pdf(pages))).text == "Alpha fell to rebels\n\nAlpha fell on Sunday."


def test_pdf_edges_of_several_lines() -> None:
    """Running heads and feet go as a whole, on pages that have no number beneath them, too."""
    head = lines(50, 780, "Relief Office", "Northern Front: Flash Update No. 3", "As of 4 May 2015")
    foot = lines(50, 60, "The mission of the office is to bring help", "www.relief.example", "Tel. 123 456")
    story = (
        "Alpha fell to rebels on Sunday.",
        "The army left Beta. Many",
        "families fled to Qara Tepe.",
        "Gamma is under siege.",
    )
    pages = [
        [*head, (50.0, 500.0, words), *foot, *([(280.0, 20.0, f"{n}")] if n > 1 else [])]
        for n, words in enumerate(story, start=1)
    ]

    assert page_of(Part("pdf", pdf(pages))).text.split() == " ".join(story).split()


def test_pdf_lines_at_the_edge_that_differ_in_what_they_tell() -> None:
    """Only the page's own number may differ in what stands at the edge of all pages."""
    told = (
        ("12 civilians were killed in Qara Tepe on 3 May 2015.", "2 were wounded in Beta.", "Alpha: 17 shells"),
        ("30 civilians were killed in Qara Tepe on 4 May 2015.", "3 were wounded in Beta.", "Alpha: 4 shells"),
    )
    pages = [
        [(50.0, 760.0, f"Page {n} of 2"), (50.0, 700.0, first), (50.0, 650.0, second), (50.0, 600.0, third)]
        for n, (first, second, third) in enumerate(told, start=1)
    ]

    whole = " ".join(line for of_page in told for line in of_page)
    for some in (pages, [numbered[1:] for numbered in pages]):
        assert " ".join(page_of(Part("pdf", pdf(some))).text.split()) == whole


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.4 nothing", "it is not a whole PDF file"),
        (pdf([lines(50, 700, "Alpha fell.")])[:200], "it is not a whole PDF file"),
        (pdf([[]]), "it has no text layer: it holds pictures of pages only, or none"),
    ],
)
def test_pdf_unreadable(content: bytes, reason: str) -> None:
    """What is cut off, and what holds pictures alone, is told."""
    assert read_part(Part("pdf", content)) == Fault(reason)


# ---------------------------------------------------------------- feeds, e-mails, archives


def test_feed_entries(tmp_path: Path) -> None:
    """Each entry is a report, with the day as it is written there; one without text is told."""
    (tmp_path / "world.rss").write_text(
        feed(
            "<item><title>Army takes Beta</title><link>https://star.example/b</link>"
            "<pubDate>Tue, 19 May 2015 23:30:00 -0500</pubDate>"
            "<description>&lt;p&gt;The army took Beta.&lt;/p&gt;&lt;p&gt;Rebels fled.&lt;/p&gt;</description></item>"
            "<item><title>Picture</title></item>"
            "<item><title>Gamma</title><description>short</description><content:encoded><![CDATA[<p>All of Gamma "
            "fell.</p><script>x</script>]]></content:encoded></item>"
        )
    )

    (first, third), told = read(tmp_path)

    assert (first.id, first.published, first.publisher) == ("world-1", date(2015, 5, 19), "The Star: World")
    assert (first.text, first.url) == (
        "Army takes Beta\n\nThe army took Beta.\n\nRebels fled.",
        "https://star.example/b",
    )
    assert (third.id, third.text, third.published) == ("world-3", "Gamma\n\nAll of Gamma fell.", None)
    assert told == [f"{tmp_path / 'world.rss'}, document 2: left out, it is empty"]


@pytest.mark.parametrize("day", ["10:00", "2031-02-30", "2031-03", "1930000000", "2031", "soon"])
def test_feed_day_that_is_none(tmp_path: Path, day: str) -> None:
    """It is not made up, least of all from the clock."""
    item = f"<item><title>Beta</title><pubDate>{day}</pubDate><description>The army took Beta.</description></item>"

    assert only(tmp_path, "a.rss", feed(item)).published is None


def test_feed_titles_are_text(tmp_path: Path) -> None:
    """Tags and references in them are HTML's."""
    title = "<title><![CDATA[Beta <b>falls</b> &amp; burns]]></title>"
    report = only(tmp_path, "a.rss", feed(f"<item>{title}<description>The army took Beta.</description></item>"))

    assert report.title == "Beta falls & burns"


def test_feed_atom(tmp_path: Path) -> None:
    """Atom is read as RSS is, by whatever ending."""
    content = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Star</title><entry><title>Beta</title>'
        "<published>2015-05-19T01:00:00+09:00</published><content>The army took Beta.</content></entry></feed>"
    )

    report = only(tmp_path, "saved.xml", content)

    assert (report.text, report.published) == ("Beta\n\nThe army took Beta.", date(2015, 5, 19))


def test_mail_html_part(tmp_path: Path) -> None:
    """Of an alert the HTML is read, not its plain twin nor what is attached; sender and subject say whose it is."""
    parts = (
        "--x\nContent-Type: multipart/alternative; boundary=y\n\n"
        "--y\nContent-Type: text/plain\n\nplain\n"
        "--y\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        "<style>p {}</style><table><tr><td>Rebels seized =\nAlpha=E2=80=99s bridge.<td>Five<br>died.</table>\n"
        "--y--\n--x\nContent-Type: text/html\nContent-Disposition: attachment; filename=a.html\n\n<p>attached\n--x--\n"
    )

    report = only(tmp_path, "alert.eml", mail(parts, headers="Content-Type: multipart/mixed; boundary=x\n"))

    assert report.text == "Alert: Alpha\n\nRebels seized Alpha’s bridge.\n\nFive\n\ndied."
    assert (report.title, report.published, report.publisher) == ("Alert: Alpha", date(2015, 5, 18), "Alpha Monitor")


def test_mail_plain(tmp_path: Path) -> None:
    """Without HTML the plain text is the report."""
    assert only(tmp_path, "a.eml", mail("Rebels seized Alpha.\n")).text == "Rebels seized Alpha.\n"


ATTACHED = {
    "message": "Content-Type: message/rfc822\n\nSubject: Older\nContent-Type: text/html\n\n<p>The bakery reopened.",
    "nameless": "Content-Type: text/html\nContent-Disposition: attachment\n\n<p>The bakery reopened.",
    "several": "Content-Type: multipart/mixed; boundary=y\nContent-Disposition: attachment\n\n"
    "--y\nContent-Type: text/html\n\n<p>The bakery reopened.\n--y--",
}


@pytest.mark.parametrize("attached", ATTACHED.values(), ids=ATTACHED)
def test_mail_attached(tmp_path: Path, attached: str) -> None:
    """What is attached never stands for the message's own text, be it HTML and without a name."""
    own = "--x\nContent-Type: text/plain\n\nThe Northern Front shelled Qara Tepe.\n"
    content = mail(f"{own}--x\n{attached}\n--x--\n", headers="Content-Type: multipart/mixed; boundary=x\n")

    assert only(tmp_path, "a.eml", content).text == "The Northern Front shelled Qara Tepe."


def test_mail_forwarded(tmp_path: Path) -> None:
    """A message that only forwards another as an attachment is told as such."""
    content = mail(f"--x\n{ATTACHED['message']}\n--x--\n", headers="Content-Type: multipart/mixed; boundary=x\n")
    (tmp_path / "a.eml").write_text(content)
    (tmp_path / "b.txt").write_text("The Northern Front shelled Qara Tepe.")

    (line,) = read(tmp_path)[1]

    assert line.startswith(f"{tmp_path / 'a.eml'}: left out, the e-mail has no text of its own, only an attached")


def test_mail_saved_page(tmp_path: Path) -> None:
    """A page that a browser has saved in one file is read as a page."""
    headers = (
        "From: <Saved by a browser>\nSnapshot-Content-Location: https://star.example/2015/alpha\nMIME-Version: 1.0\n"
        "Content-Type: multipart/related; boundary=x\n\n"
    )
    report = only(tmp_path, "a.mhtml", f"{headers}--x\nContent-Type: text/html\n\n{page()}\n--x--\n")

    assert report.text.startswith("Rebels take Alpha\n\nRebels seized")
    assert (report.publisher, report.url) == ("The Star", "https://star.example/2015/alpha")


@pytest.mark.parametrize("empty", ["", "<html><body><img src='a.png'>&nbsp;</body></html>"])
def test_mail_empty_html(tmp_path: Path, empty: str) -> None:
    """HTML that shows nothing to read does not hide the plain text beside it."""
    plain = "--x\nContent-Type: text/plain\n\nThe Northern Front shelled Qara Tepe.\n"
    content = f"{plain}--x\nContent-Type: text/html\n\n{empty}\n--x--\n"

    report = only(tmp_path, "a.eml", mail(content, headers="Content-Type: multipart/alternative; boundary=x\n"))

    assert report.text == "The Northern Front shelled Qara Tepe."


def test_mail_with_pictures(tmp_path: Path) -> None:
    """HTML that comes with its pictures is an e-mail, with subject, day and sender, unless a browser has saved it."""
    parts = "--x\nContent-Type: text/html\n\n<p>The Northern Front shelled Qara Tepe.\n--x--\n"
    content = mail(parts, headers="Content-Type: multipart/related; boundary=x\n")

    report = only(tmp_path, "a.eml", content)

    assert report.text == "Alert: Alpha\n\nThe Northern Front shelled Qara Tepe."
    assert (report.title, report.published, report.publisher) == ("Alert: Alpha", date(2015, 5, 18), "Alpha Monitor")


def test_mail_named_saved_page(tmp_path: Path) -> None:
    """By its ending a page is one that was saved, whoever has saved it, and the day of that is not its date."""
    headers = "From: <Saved by a browser>\nDate: Mon, 6 Jul 2026 10:00:00 +0000\n"
    html = f"Content-Type: text/html\n\n{page()}"
    whole = f"Content-Type: multipart/related; boundary=x\n\n--x\n{html}\n--x--\n"

    for report in (only(tmp_path, "a.mht", headers + html), only(tmp_path, "b.mhtml", headers + whole)):
        assert (report.title, report.published) == ("Rebels take Alpha", date(2015, 5, 18))


@pytest.mark.parametrize("zipped", [True, False])
def test_warc_records(tmp_path: Path, *, zipped: bool) -> None:
    """Pages, PDFs and texts of an archive are reports; the day of the visit is not that of publication."""
    records = [
        ("https://star.example/a", "text/html; charset=windows-1252", page(("Müller left.", *STORY)).encode("cp1252")),
        ("https://star.example/i", "image/png", b"\x89PNG"),
        ("https://star.example/m", "text/html", b"<html><a href=/>Menu</a>"),
        ("https://star.example/b", "application/pdf", pdf([lines(50, 700, "Beta fell.")])),
        ("https://star.example/c", "text/plain", b"Gamma fell."),
    ]
    (tmp_path / "crawl.warc.gz").write_bytes(warc(records, zipped=zipped))

    (a, b, c), told = read(tmp_path)

    assert [report.id for report in (a, b, c)] == ["crawl-1", "crawl-4", "crawl-5"]
    assert "Müller left." in a.text
    assert (a.published, a.url) == (date(2015, 5, 18), "https://star.example/a")
    assert (b.text, b.published, c.text) == ("Beta fell.", None, "Gamma fell.")
    assert told == [f"{tmp_path / 'crawl.warc.gz'}, document 3: left out, no article is found in the page"]


# ---------------------------------------------------------------- which format


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.b.HTML", ("a.b", ".html")),
        ("c.warc.gz", ("c", ".warc.gz")),
        ("d.PDF.gz", ("d", ".pdf.gz")),
        ("notes.md", ("notes", "")),
        ("a", ("a", "")),
    ],
)
def test_ending(name: str, expected: tuple[str, str]) -> None:
    """The id of a report is the file's name without its ending."""
    assert (stem(Path(name)), ending(Path(name))) == expected


@pytest.mark.parametrize(
    ("head", "named", "expected"),
    [
        (b"Alpha fell.", Format.TEXT, Format.TEXT),
        (b"\xef\xbb\xbf\n<!DOCTYPE HTML>", Format.TEXT, Format.HTML),
        (b"<html>", Format.FEED, Format.HTML),
        (b"%PDF-1.7", Format.HTML, Format.PDF),
        (b"\x1f\x8b\x08", Format.TEXT, Format.WARC),
        (b'<?xml version="1.0"?>\n<!-- x --><rss>', Format.HTML, Format.FEED),
        (b'<?xml version="1.0"?><html>', Format.FEED, Format.HTML),
        (b"<p>Alpha fell.", Format.HTML, Format.HTML),
        (gzip.compress(b"<!DOCTYPE html><title>Alpha", mtime=0), Format.TEXT, Format.HTML),
        (gzip.compress(b"<p>Alpha fell.", mtime=0), Format.HTML, Format.HTML),
        (gzip.compress(b"Alpha fell.", mtime=0), Format.TEXT, Format.TEXT),
        (b"Alpha <html> fell.", Format.TEXT, Format.TEXT),
    ],
)
def test_format_of(head: bytes, named: Format, expected: Format) -> None:
    """The first bytes tell the format where they can; else the name does."""
    assert format_of(head, named) is expected


def test_folder_reads_all_formats(tmp_path: Path) -> None:
    """A folder may hold reports in any format; a table in it is told, and read only by name."""
    (tmp_path / "a.html").write_text(page(head=LINKED_DATA))
    (tmp_path / "b.txt").write_text("Beta fell.")
    (tmp_path / "c.csv").write_text("text\nGamma fell.\n")
    (tmp_path / "d.png").write_bytes(b"\x89PNG")

    reports, told = read(tmp_path)

    assert [report.id for report in reports] == ["a", "b"]
    assert told == [f"{tmp_path / 'c.csv'}: left out, a table within a folder is read only where it is given by name"]
