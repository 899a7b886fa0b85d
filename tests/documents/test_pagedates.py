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


def about(
    head: str = "", *, title: str = "Rebels take Alpha", beside: str = "", above: str = "", below: str = ""
) -> About:
    """What is known of a page with this in its head, with its heading, above and below its article."""
    whole = page(title=title, head=head).replace("<p class='byline'>By Jane Roe</p>", beside)
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
        '<meta itemprop="datePublished" content="2031-03-04">',
        linked('{"@type": "NewsArticle", "description": "a\nb", "datePublished": ["2031-03-04"],}'),
        linked('{"@type": "WebSite"} {"@type": "NewsArticle", "datePublished": "2031-03-04"}'),
        linked(
            '{"@type": "WebPage", "datePublished": "2021-01-01", "mainEntity": {"@type": "NewsArticle", '
            '"datePublished": "2031-03-04"}}'
        ),
        linked('{"@graph": [{"@graph": [{"@type": "NewsArticle", "datePublished": "2031-03-04"}]}]}'),
        linked('{"@type": "NewsArticle", "datePublished": "2031-03-04"}')
        .replace('"@', "&quot;@")
        .replace("ld+", "LD+"),
    ],
)
def test_day_in_the_head_of_a_page(head: str) -> None:
    """By Open Graph, Dublin Core, schema.org and names of publishers' own, however it is written."""
    assert about(head).published == DAY


@pytest.mark.parametrize(
    ("path", "day"),
    [
        *((path, DAY) for path in ("2031/03/04/alpha", "2031/3/4/alpha", "2031/mar/04/alpha", "2031-03/04/c_1.htm")),
        *((path, DAY) for path in ("world/20310304/alpha", "alpha/2031-03-04/")),
        *(
            (path, None)
            for path in ("archive/2031/03/04", "2031/03/alpha", "2031/xyz/04/alpha", "2031/13/04/a", "1/2/3")
        ),
    ],
)
def test_day_in_the_address_of_a_page(path: str, day: date | None) -> None:
    """Where it has year, month and day, and is not that of all that was printed on a day."""
    found = read_part(Part("html", page(head="").encode(), About(url=f"https://star.example/{path}")))
    assert isinstance(found, Page)
    assert found.about.published == day


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
        "<div><span>4 March 2031</span><span>10:31</span><span>Updated: 20 May 2031</span></div>",
        "<time><span>March 4, 2031</span><span>10:03 AM UTC</span><span>Updated May 20, 2031</span></time>",
        "<dl><dt>Last updated</dt><dd>19 May 2031</dd><dt>Published</dt><dd>4 March 2031</dd></dl>",
        '<p>Posted <time datetime="2031-03-05"></p><p>Originally published <time datetime="2031-03-04"></p>',
        '<p class="updated">Updated <time datetime="2031-05-20"></p><p>Published <time datetime="2031-03-04"></p>',
        '<time class="entry-date published updated" datetime="2031-03-04">4 March</time>',
        '<div class="photo-caption">Smoke over Alpha, 1 March 2031</div><p>4 March 2031</p>',
        "<p>Smoke over Alpha, 1 March 2031</p><p>Published: Tuesday, 04/03/2031 - 10:30</p>",
        *(f"<p>{day}</p>" for day in ("MARCH 4, 2031", "4-Mar-2031", "Tuesday 4, March 2031", "4th of March, 2031")),
        '<time datetime="1930000000">4 March 2031</time>',
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
        linked('{"@type": "NewsArticle", "headline": "Army takes Beta", "datePublished": "2028-03-03"}'),
        '<meta name="pubdate" content="04/03/2031">',
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
        '<div>Updated <time datetime="2031-03-04">4 March 2031</time></div>',
        *(f"<p>{word} 4 March 2031</p>" for word in ("Last Update:", "Amended", "Accessed", "Copyright", "Printed on")),
        "<p>Jane Roe joined the Star on 4 March 2031</p>",
        "<h2>One year after 4 March 2031</h2>",
        "<p>Published: 04/03/2031 10:30 GMT</p>",
        "<p>By Staff 10.30.31</p>",
    ],
)
def test_day_that_the_article_tells_of_is_not_its_own(beside: str) -> None:
    """In its sentences and below its pictures."""
    assert about(beside=beside).published is None


def test_day_above_the_heading_is_that_of_today() -> None:
    """Unless machines are told of it, or it is said to be of the publication."""
    assert about(above='<div class="date">Tuesday, 4 March 2031</div>').published is None
    for above in ("<div>Published 4 March 2031</div>", '<time datetime="2031-03-04">Today</time>'):
        whole = page(head="").replace("<article><h1>", f"<article><header>{above}</header><h1>")
        found = read_part(Part("html", whole.encode()))
        assert isinstance(found, Page)
        assert found.about.published == DAY


def test_microdata_of_films_and_comments_is_not_the_article_s() -> None:
    """Nor that of a ticker; a single article's own counts."""
    other = '<meta itemprop="datePublished" content="2022-02-02">'
    film = f'<div itemscope itemtype="https://schema.org/VideoObject">{other}</div>'
    ticker = '<div class="ticker"><meta itemprop="datePublished" content="2029-01-01"></div>'

    assert about(above=ticker, below=film).published is None
    assert (
        about(beside='<meta itemprop="datePublished" content="2031-03-04">', above=ticker, below=film).published == DAY
    )


@pytest.mark.parametrize(
    ("head", "heading"),
    [
        ("<title>Rebels take Alpha | The Star</title>", "<h1>The Star</h1><h2>Rebels take Alpha</h2>"),
        ("<title>The Star: Rebels take Alpha</title>", "<h1>The Star</h1><h3>Rebels take Alpha</h3>"),
        (
            f"""<title>Rebels take Alpha - Encyclopedia</title>{
                linked('{"@type": "Article", "headline": "battle of 2031", "datePublished": "2021-05-01"}')
            }""",
            "<h1>Rebels take Alpha</h1>",
        ),
    ],
)
def test_title_is_the_article_s(head: str, heading: str) -> None:
    """Not its site's, nor what linked data says of something that is called otherwise."""
    whole = page(head="").replace('<meta property="og:title" content="Rebels take Alpha">', "")
    whole = whole.replace("<title>Rebels take Alpha | The Star</title>", head).replace(
        "<h1>Rebels take Alpha</h1>", heading
    )
    found = read_part(Part("html", whole.encode()))

    assert isinstance(found, Page)
    assert (found.about.title, found.about.published) == ("Rebels take Alpha", None)


def test_live_blog_is_called_what_it_is() -> None:
    """Not as the last of its updates, nor of its day."""
    blog = (
        '{"@type": "LiveBlogPosting", "headline": "Battle of Alpha &#8211; live", "datePublished": "2031-03-04", '
        '"liveBlogUpdate": [{"@type": "BlogPosting", "headline": "Bridge falls", "datePublished": "2031-03-06"}]}'
    )
    found = about(linked(blog), title="Battle of Alpha \u2013 live")

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
        ("Tue, 04/03/2031 - 10:00", DAY),
        ("04/03/2031", None),
        ("30/03/2031", date(2031, 3, 30)),
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
    assert page_day("4 March 2031 / 7:12 AM / 3 years ago") == (2, DAY)
    assert page_day("Posted by Jane on 4 March 2031 in War") == (1, DAY)
    assert page_day("Originally published: Tuesday, March 4, 2031.") == (0, DAY)
    assert page_day(f"{'word ' * 20}4 March 2031") is None
    assert page_day("On 4 March 2031!") is None
