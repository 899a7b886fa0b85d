"""sections.py: what is headline, body, caption or boilerplate, and from which day time counts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_kg.documents import make_report, read_reports
from conflict_kg.model import Report, SectionKind

HEADLINE, BODY, CAPTION, BOILERPLATE = SectionKind


def shown(report: Report) -> list[tuple[SectionKind, str]]:
    """Kind and words of each section, as they are parsed."""
    return [(section.kind, report.view[section.start : section.end]) for section in report.sections]


def kinds(text: str, title: str | None = None) -> list[tuple[SectionKind, str]]:
    """Kind and words of each section of a text."""
    return shown(make_report(text, id="a", title=title))


def references(text: str, published: date | None = None) -> list[date | None]:
    """The day from which each section's words of time count, boilerplate left out."""
    report = make_report(text, id="a", published=published)
    return [section.reference for section in report.sections if section.kind is not BOILERPLATE]


# ---------------------------------------------------------------- what always holds


@pytest.mark.parametrize(
    "text",
    [
        "9" * 100_000,
        "(seen " * 20_000,
        "Related A " * 10_000 + ".",
        "By " + "A" * 100_000 + "!",
        "Tags " + "A" * 100_000 + ", x" * 100,
        "A." * 50_000 + " x",
        "A b.\n" * 20_000,
    ],
)
def test_sections_endless_paragraph(text: str) -> None:
    """A paragraph of any length is read in time that grows with its length; its square would be minutes."""
    assert make_report(text, id="a").sections


PIECES = st.sampled_from(
    [
        *"The army left.|Rebels hold the|old town|Town Falls|Update: 12/28/15 -|KYIV, Feb 17, 2024 -|Read Also".split(
            "|"
        ),
        *"Leave a Reply|Show of strength: Fighters parade|* |https://example.org/a|Tags One Two three".split("|"),
        *"AFP Monday 23 Oct 2017|said: 'No|31/02/2015|[Click to enlarge]|é|\U0001f600|\u0661/\u0662/\u0662\u0660".split(
            "|"
        ),
        *["14/11/2015 | World | Share", "\n", "\n\n", "\r\n", " ", "\t\u00a0\u2028"],
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES).map(" ".join))
TITLES = st.none() | st.sampled_from(["Town Falls", "The army left", "(["]) | st.text(max_size=30)


@given(TEXTS, TITLES, st.none() | st.dates())
def test_sections_invariants(text: str, title: str | None, published: date | None) -> None:
    """Whatever the text: the view is as long and differs in white space only; sections cover all else, in order."""
    report = make_report(text, id="a", title=title, published=published)

    assert len(report.view) == len(text)
    assert all(old == new or (old.isspace() and new in " \n") for old, new in zip(text, report.view, strict=True))
    covered = [False] * len(text)
    position = 0
    for section in report.sections:
        assert position <= section.start < section.end <= len(text)
        assert text[section.start : section.end] == text[section.start : section.end].strip()
        assert "\n" not in report.view[section.start : section.end]
        covered[section.start : section.end] = [True] * (section.end - section.start)
        position = section.end
    assert all(character.isspace() or inside for character, inside in zip(text, covered, strict=True))
    assert report == make_report(text, id="a", title=title, published=published)


# ---------------------------------------------------------------- kinds


def test_sections_list_items() -> None:
    """Each item of a list is a section, and its bullet none of it."""
    assert kinds("* The army left.\n* Rebels came.\n- It is quiet.") == [
        (BOILERPLATE, "*"),
        (BODY, "The army left."),
        (BOILERPLATE, "*"),
        (BODY, "Rebels came."),
        (BOILERPLATE, "-"),
        (BODY, "It is quiet."),
    ]


def test_sections_headline() -> None:
    """The first line is the headline where it is short and no sentence, and so is each time it is said again."""
    text = "Fort Falls to Rebels\n\nFort Falls to Rebels\nFort Falls to Rebels\n\nThe fort fell on Monday."

    assert kinds(text) == [(HEADLINE, "Fort Falls to Rebels")] * 3 + [(BODY, "The fort fell on Monday.")]


def test_sections_no_headline() -> None:
    """A text that begins with a sentence has no headline, and a single line is the report itself."""
    assert kinds("The fort fell.\n\nThe army left.") == [(BODY, "The fort fell."), (BODY, "The army left.")]
    assert kinds("Fort falls to rebels") == [(BODY, "Fort falls to rebels")]


def test_sections_title_in_front() -> None:
    """A title that runs into the first sentence is a headline of its own; the beginning of a sentence is not."""
    title = "Fort falls to rebels"

    assert kinds("Fort falls to rebels. The fort fell on Monday.", title) == [
        (HEADLINE, "Fort falls to rebels."),
        (BODY, "The fort fell on Monday."),
    ]
    assert kinds("Fort falls to rebels after a week of siege.", title) == [
        (BODY, "Fort falls to rebels after a week of siege.")
    ]
    assert kinds("FORT FALLS – to rebels The fort fell on Monday.", title) == [
        (HEADLINE, "FORT FALLS – to rebels"),
        (BODY, "The fort fell on Monday."),
    ]
    assert kinds("Fort falls - - to rebels. The fort fell on Monday.", title) == [
        (BODY, "Fort falls - - to rebels. The fort fell on Monday.")
    ]


def test_sections_bylines() -> None:
    """Names, agencies and places between headline and text are boilerplate."""
    text = "Fort falls to rebels\n\nAP Photo/Jane Doe\nJane Doe\nAlpha, B.C.\n\nThe fort fell on Monday."

    assert [kind for kind, _ in kinds(text)] == [HEADLINE, BOILERPLATE, BOILERPLATE, BOILERPLATE, BODY]


def test_sections_subheading() -> None:
    """A short line with capitals and without a full stop is a heading inside the report."""
    text = "The fort fell on Monday.\n\nGovernor Vows Return\n\nThe governor will be back.\n\nHe left.\n\nIt is quiet."

    assert (HEADLINE, "Governor Vows Return") in kinds(text)


def test_sections_captions() -> None:
    """A line with a caption's opening, and its wrapped lines, are a caption; direct speech is not."""
    text = (
        "The fort fell on Monday, the governor of the province said.\n"
        "Loss: Smoke rises over\n"
        "the fort in the north of the country on Monday\n"
        "He said: 'We shall be back.'\n"
        "The governor left the province on Monday in a convoy of cars.\n"
        "Nobody has seen the governor of the province since Monday.\n"
        "A convoy of cars of the governor leaves the province\n"
        "It is quiet in the capital of the province since Monday."
    )

    assert kinds(text)[1:3] == [
        (CAPTION, "Loss: Smoke rises over the fort in the north of the country on Monday"),
        (BODY, "He said: 'We shall be back.'"),
    ]
    assert (CAPTION, "A convoy of cars of the governor leaves the province") in kinds(text)


@pytest.mark.parametrize(
    "line",
    [
        "Share | Print | E-mail",
        "Read also: Army leaves the capital",
        "Scroll down for videos",
        "Watch a report from the front in the video below:",
        "Featured image via Flickr",
        "https://example.org/status/1",
        "(See updated story below)",
        "Get the evening briefing in your inbox",
        "Sign up for our newsletter",
        "Support us on Patreon!",
        "The views and opinions expressed here are those of the author.",
        "Accept all cookies | Settings",
        "Reporting by Jane Doe; Editing by John Roe",
        "Advertisement",
    ],
)
def test_sections_boilerplate(line: str) -> None:
    """What a page puts around a report is boilerplate."""
    text = f"The fort fell on Monday.\n\n{line}\n\nThe army left."

    assert kinds(text) == [(BODY, "The fort fell on Monday."), (BOILERPLATE, line), (BODY, "The army left.")]


@pytest.mark.parametrize(
    "line",
    [
        "Photos from the fort show that the army has left.",
        "By Monday the fort had fallen.",
        "By Monday Fort Alpha Had Fallen.",
        "This report was denied by the army.",
        "Share prices fell.",
        "Register officials said that the town was theirs.",
        "No comment came from the army.",
        "The army views the fort as lost.",
        "Related groups hold the fort.",
    ],
)
def test_sections_not_boilerplate(line: str) -> None:
    """A sentence that only begins like boilerplate is not."""
    assert (BODY, line) in kinds(f"The fort fell on Monday.\n\n{line}\n\nThe army left.")


@pytest.mark.parametrize("heading", ["Leave a Reply", "3 Comments", "No comments:", "What do you think?", "Notify of"])
def test_sections_comments(heading: str) -> None:
    """Everything below the heading of the readers' comments is boilerplate."""
    text = f"The fort fell on Monday.\n\n{heading}\n\nRebels hold the capital too.\n\nThe army is back."

    assert [kind for kind, _ in kinds(text)] == [BODY, BOILERPLATE, BOILERPLATE, BOILERPLATE]


def test_sections_links() -> None:
    """Headlines below "Related stories" are boilerplate, the next sentence is not."""
    text = "The fort fell.\n\nRelated stories:\nCapital falls to rebels\nArmy is back\n\nThe army left."

    assert [kind for kind, _ in kinds(text)] == [BODY, BOILERPLATE, BOILERPLATE, BOILERPLATE, BODY]


def test_sections_boilerplate_inside_a_line() -> None:
    """Boilerplate in the midst of a page copied into one line is cut out of it."""
    text = (
        "Date of publication 3 May 2016 The fort fell on Monday. Tags Alpha Beta al-Gamma Delta The army left the "
        "fort. [Click to enlarge] It is quiet. Read Also"
    )

    assert kinds(text) == [
        (BOILERPLATE, "Date of publication 3 May 2016"),
        (BODY, "The fort fell on Monday."),
        (BOILERPLATE, "Tags Alpha Beta al-Gamma Delta"),
        (BODY, "The army left the fort."),
        (BOILERPLATE, "[Click to enlarge]"),
        (BODY, "It is quiet."),
        (BOILERPLATE, "Read Also"),
    ]


# ---------------------------------------------------------------- dates


def test_sections_reference_is_publication() -> None:
    """Without dates in the text the day of publication counts, and without that none does."""
    text = "Fort falls to rebels\n\nThe fort fell on Monday."

    assert references(text, date(2015, 5, 18)) == [date(2015, 5, 18)] * 2
    assert references(text) == [None] * 2


def test_sections_reference_is_dateline() -> None:
    """A dateline counts before the publication date, unless the two have nothing to do with each other."""
    text = "Fort falls to rebels\n\nALPHA, 16 May 2015 - The fort fell on Friday."

    assert references(text) == [date(2015, 5, 16)] * 2
    assert references(text, date(2015, 5, 18)) == [date(2015, 5, 16)] * 2
    assert references(text, date(2019, 5, 18)) == [date(2019, 5, 18)] * 2


@pytest.mark.parametrize("opening", ["Update: 12/28/15 — ", "UPDATE Dec 28, 2015: ", "Updated 28 December 2015\n\n"])
def test_sections_dated_update(opening: str) -> None:
    """A dated update has its own day; what stands above it was written before, nobody says when."""
    text = f"Fort falls to rebels\n\nThe fort may fall today.\n\n{opening}The fort fell today.\n\nIt is quiet."
    day = date(2015, 12, 28)

    assert references(text, day) == [None, None, day, day]
    assert references(text) == [None, None, day, day]
    assert references(text, date(2015, 12, 24)) == [date(2015, 12, 24)] * 2 + [day] * 2


def test_sections_updated_headline() -> None:
    """A headline that says it is an update belongs to the update."""
    text = "Update: Fort falls to rebels\n\nThe fort may fall today.\n\nUpdate: 12/28/15 - The fort fell today."
    day = date(2015, 12, 28)

    assert references(text, day) == [day, None, day]


def test_sections_updated_at_head() -> None:
    """A line above the text that tells when it was updated dates all of it."""
    text = "Fort falls to rebels\n\nUpdated 28 December 2015\n\nThe fort fell today."

    assert references(text) == [date(2015, 12, 28)] * 2


def test_sections_day_of_publication_counts_before_that_of_a_change() -> None:
    """Whichever stands first."""
    for head in (
        "Updated 28 December 2016\n\nPublished 4 March 2015",
        "Published 4 March 2015. Last updated 28 May 2016",
    ):
        text = f"Fort falls to rebels\n\n{head}\n\nThe fort fell today."
        assert set(references(text)) == {date(2015, 3, 4)}


# ---------------------------------------------------------------- the seed reports


@pytest.fixture(scope="module")
def seed(seeds: Path) -> Callable[[str], Report]:
    """A seed report by the number that its name begins with."""
    reports = {report.id[:3]: report for report in read_reports([seeds], warn=pytest.fail)}
    return reports.__getitem__


def test_sections_seed_unwrapped(seed: Callable[[str], Report]) -> None:
    """The copy with hard line breaks is put together again, opening words and captions included."""
    words = {words: kind for kind, words in shown(seed("001"))}
    bombers = (
        "Later, three suicide bombers drove their explosive-laden cars into the gate of the Anbar Operation Command, "
        "the military headquarters for the province, killing at least five soldiers and wounding 12, "
        "the officials said."
    )
    estimate = (
        "Muhannad Haimour added: 'We estimate that 500 people have been killed, both civilians and military, and "
        "approximately 8,000 have fled the city.'"
    )
    samarra = (
        "Victory: Images obtained from Islamic State's social media channels show the militants celebrating an "
        "apparent victory in the city of Samarra (pictured)"
    )

    assert len(words) == 89
    assert words[bombers] is BODY
    assert words[estimate] is BODY
    assert words[samarra] is CAPTION
    assert words["Scroll down for videos"] is BOILERPLATE
    assert words["Post a Comment"] is BOILERPLATE
    assert sum(kind is CAPTION for kind in words.values()) == 32


def test_sections_seed_comment_page(seed: Callable[[str], Report]) -> None:
    """The page around report 000, comments and other headlines included, is boilerplate."""
    sections = shown(seed("000"))

    first = next(i for i, (kind, _) in enumerate(sections) if kind is BOILERPLATE)
    assert sections[first][1] == "Help us grow. Support The Duran on Patreon!"
    assert {kind for kind, _ in sections[first:]} == {BOILERPLATE}
    assert len(sections) - first == 10
    assert sections[0][0] is HEADLINE


def test_sections_seed_update(seed: Callable[[str], Report]) -> None:
    """Report 003 is dated from its update on; its headline belongs to the update, the text above it has no day."""
    report = seed("003")
    update = report.text.index("Update: 12/28/15")

    for section in report.sections:
        known = section.kind is HEADLINE or section.start >= update
        assert section.reference == (date(2015, 12, 28) if known else None)
    assert [words for kind, words in shown(report) if kind is BOILERPLATE] == [
        "(See updated story below)",
        "https://twitter.com/mike_giglio/status/679352304697503744",
        "Update: 12/28/15 —",
        "Watch a report from euronews in the video below:",
        "Featured image via Flickr",
        "Leave a Reply",
        "Your email address will not be published. Required fields are marked *",
    ]


def test_sections_seed_headings(seed: Callable[[str], Report]) -> None:
    """Report 004 has its headline three times and two headings; report 002 has its credits set apart."""
    assert [words for kind, words in shown(seed("004")) if kind is HEADLINE] == [
        "Hundreds Killed as Ramadi Falls to IS",
        "Hundreds Killed as Ramadi Falls to IS",
        "Hundreds Killed as Ramadi Falls to IS",
        "Militias Vow Retaliation",
        "Massive Casualties",
    ]
    assert [words for kind, words in shown(seed("002")) if kind is not BODY] == [
        "Syria, Iraq, Shiite Militias Boost Efforts to Retake Key Cities From ISIS",
        "AP Photo/Militant Website",
        "Associated Press",
        "Washington, D.C.",
    ]
