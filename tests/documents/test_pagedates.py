"""The day of publication among the many that a web page has, and its article among what it says of others."""

from datetime import date

import pytest
from input_files import page

from conflict_kg.documents.apart import read_part
from conflict_kg.documents.datelines import page_day, stamped_day
from conflict_kg.documents.parts import About, Page, Part

DAY = date(2031, 3, 4)
SHOWN = '<time datetime="2031-03-04T09:00Z">4 March 2031</time>'
RELATED = '<section><h2>Related</h2><time datetime="2029-06-12">12 June 2029</time></section>'


def about(head: str = "", *, beside: str = "", above: str = "", below: str = "") -> About:
    """What is known of a page with this in its head, with its heading, above and below its article."""
    whole = page(head=head).replace("<p class='byline'>By Jane Roe</p>", beside)
    found = read_part(
        Part("html", whole.replace("<main>", f"{above}<main>").replace("</main>", f"</main>{below}").encode())
    )
    assert isinstance(found, Page), found
    return found.about


def linked(data: str) -> str:
    """Linked data in the head of a page."""
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2031-03-04T00:00:00Z">',
        '<meta name="DC.date.issued" content="2031-03-04"><meta name="date" content="2031-05-05">',
        '<meta name="pubdate" content="20310304103000">',
        '<meta name="OriginalPublicationDate" content="2031/03/04 10:00:00">',
        '<meta name="publish-date" content="Tue, 04 Mar 2031 23:30:00 -0500">',
        linked('{"@type": ["NewsArticle"], "datePublished": "2031-03-04T06:30:00+03:00"}'),
        linked('\n//<![CDATA[\n{"@type": "BlogPosting", "datePublished": "March 4, 2031"}\n//]]>\n'),
        linked('[{"@type": "WebSite"}, {"@type": "WebPage", "datePublished": "2031-03-04"}]'),
        f'{linked("[" * 100_000)}<meta name="date" content="2031-03-04">',
    ],
)
def test_day_in_the_head_of_a_page(head: str) -> None:
    """By Open Graph, Dublin Core, schema.org and names of publishers' own, however it is written."""
    assert about(head).published == DAY


def test_day_in_the_address_of_a_page() -> None:
    """Where it has year, month and day."""
    (part,) = [Part("html", page(head="").encode(), About(url="https://star.example/2031/03/04/alpha"))]
    found = read_part(part)
    assert isinstance(found, Page)
    assert found.about.published == DAY


@pytest.mark.parametrize(
    "beside",
    [
        SHOWN,
        f'<time itemprop="dateModified" datetime="2031-06-01"></time><time itemprop="datePublished">{SHOWN}</time>',
        '<time itemprop="datePublished" datetime="2031-03-04"><time itemprop="dateModified" datetime="2031-06-01">',
        f'<time class="updated" datetime="2031-06-01">1 June</time>{SHOWN}',
        '<abbr class="published" title="2031-03-04T10:00:00">yesterday</abbr>',
        "<p>Posted by admin on Tuesday, March 4, 2031 at 3:15 pm</p>",
        "<p>Published 3/4/2031 10:15 AM EST</p>",
        "<p>Last updated 19 May 2032 at 10:00 | Published 4 March 2031</p>",
        "<p>Published 4 March 2031.</p><p>Updated 19 May 2032</p>",
        "<div><span>By <a>Jane Roe</a></span> <span>09:00, 4th March 2031</span></div>",
    ],
)
def test_day_beside_the_heading(beside: str) -> None:
    """In elements for machines or in words; not that of the last change, nor those of other articles and comments."""
    comment = '<div id="comments"><time datetime="2029-01-01">1 Jan 2029</time><p>First!</p></div>'

    framed = about(beside=beside, above=f'<div class="with-sidebar">{RELATED}', below=f"{RELATED}{comment}</div>")

    assert framed.published == DAY


@pytest.mark.parametrize(
    "changed",
    [
        '<meta property="article:modified_time" content="2032-02-03T00:00:00Z">',
        '<meta property="og:updated_time" content="2032-01-01">',
        '<meta http-equiv="last-modified" content="2032-01-01">',
        '<meta property="article:published_time" content="1970-01-01T00:00:00Z">',
        '<meta name="date" content="2031-02-30">',
        linked('{"@type": "NewsArticle", "dateModified": "2032-05-18"}'),
        linked('{"@graph": [{"@type": "ImageObject", "datePublished": "2028-03-03"}]}'),
        linked('{"@type": "VideoObject", "datePublished": "2028-03-03"}'),
        linked('{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": "2028-03-03"}]}'),
        linked('{"@type": "NewsArticle", "hasPart": {"@type": "Article", "datePublished": "2028-03-03"}}'),
        linked('{"@type": "NewsArticle", "comment": [{"@type": "Comment", "datePublished": "2031-03-06"}]}'),
    ],
)
def test_other_days_are_not_that_of_publication(changed: str) -> None:
    """Of the last change, of pictures, other articles and comments; none where a day is none."""
    footer = "<div>Site last updated 3 January 2034</div>"

    assert about(changed, below=RELATED + footer).published is None
    assert about(changed, beside=SHOWN, below=RELATED + footer).published == DAY


@pytest.mark.parametrize(
    "beside",
    [
        "<p>4 March 2031 was the day on which the bridge fell.</p>",
        "<p>The bridge fell on 4 March 2031.</p>",
        "<p>Updated 1042 GMT (1842 HKT) March 4, 2031</p>",
        "<figure><img src=a><figcaption>The bridge, 4 March 2031</figcaption></figure>",
        "<p>4 March</p>",
    ],
)
def test_day_that_the_article_tells_of_is_not_its_own(beside: str) -> None:
    """In its sentences and below its pictures."""
    assert about(beside=beside).published is None


def test_live_blog_is_called_what_it_is() -> None:
    """Not as the last of its updates, nor of its day."""
    blog = (
        '{"@type": "LiveBlogPosting", "headline": "Battle of Alpha &#8211; live", "datePublished": "2031-03-04", '
        '"liveBlogUpdate": [{"@type": "BlogPosting", "headline": "Bridge falls", "datePublished": "2031-03-06"}]}'
    )
    found = about(linked(blog))

    assert (found.title, found.published) == ("Battle of Alpha \u2013 live", DAY)


def test_article_among_several_is_the_one_of_the_title() -> None:
    """Of articles that are called otherwise nothing is taken."""
    other = '{"@type": "NewsArticle", "headline": "Army takes Beta", "datePublished": "2028-01-01"}'
    own = '{"@type": "NewsArticle", "headline": "Rebels take Alpha", "datePublished": "2031-03-04"}'

    assert about(linked(f"[{other}, {own}]")).published == DAY
    assert about(linked(f"[{other}, {other}]")).published is None


def test_page_from_an_archive_of_pages_is_its_publisher_s() -> None:
    """Not the archive's, by whose address it was had."""
    content = page(head="").replace('<meta property="og:site_name" content="The Star">', "")
    saved = content.replace("https://star.example", "https://web.archive.org/web/20330203040506/http://star.example")
    found = read_part(Part("html", saved.encode()))

    assert isinstance(found, Page)
    assert (found.about.url, found.about.publisher) == ("http://star.example/alpha", "star.example")


def test_hidden_paragraphs_are_not_read() -> None:
    """Nobody who opens the page sees them."""
    content = page().replace("<figure>", "<p hidden>Rebels seized Gamma on Sunday, officials said.</p><figure>")
    found = read_part(Part("html", content.encode()))

    assert isinstance(found, Page)
    assert "Gamma" not in found.text


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2031-03-04", DAY),
        ("2031-03-04T23:59:00-11:00", DAY),
        ("20310304", DAY),
        ("2031/03/04", DAY),
        ("Tue, 4 Mar 31 10:00:00 GMT", DAY),
        ("Tue Mar 4 10:00:00 UTC 2031", DAY),
        ("15:00 4 March 2031", DAY),
        ("10:00 04.03.2031", DAY),
        *(
            (text, None)
            for text in ("", "10:00", "2031", "2031-03", "2031-02-30", "2031-W10-2", "1930000000", "-03-04")
        ),
        *((text, None) for text in ("00000000", "31/31/2031", "yesterday", "99 March 2031")),
    ],
)
def test_stamped_day(stamp: str, day: date | None) -> None:
    """A day that is written in full, or none: nothing of it is made up from the clock."""
    assert stamped_day(stamp) == day


def test_page_day_is_no_sentence_s() -> None:
    """Nor that of a line too long for what stands beside a heading."""
    assert page_day("4 March 2031 / 7:12 AM / 3 years ago") == DAY
    assert page_day(f"{'word ' * 20}4 March 2031") is None
    assert page_day("On 4 March 2031!") is None
