"""The view for SPARQL: an editor, examples, and what comes back."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from browsing import Visit
from playwright.sync_api import Page, expect

from conflict_kg.commands.stored import every


def written(page: Page) -> str:
    """What stands in the editor."""
    text = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert isinstance(text, str)
    return text


def ask(page: Page, query: str) -> None:
    """Opens the view with a query, which runs at once."""
    page.goto(f"/#/sparql?query={quote(query)}")


def test_query_is_typed_and_run_by_the_keyboard(page: Page) -> None:
    """Ctrl-Enter runs, the tabulator leaves the editor; the address holds the query, and gives the same again."""
    page.goto("/#/sparql")
    expect(page.locator(".CodeMirror")).to_be_visible()
    editor = page.get_by_role("textbox", name="Query")
    editor.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT (1 + 1 AS ?sum) {")
    page.keyboard.type("}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("td")).to_have_text("2")
    expect(page.get_by_text("1 row.")).to_be_visible()
    editor.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="CSV")).to_be_focused()
    editor.focus()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()
    page.reload()
    expect(page.locator("td")).to_have_text("2")
    assert "SELECT (1 + 1 AS ?sum)" in written(page)


def test_examples_are_the_stored_questions(page: Page) -> None:
    """Each is there, runs as it stands, and has an address of its own."""
    page.goto("/#/sparql")
    choice = page.get_by_label("Example")
    expect(choice).to_be_visible()
    names = choice.locator("option").all_text_contents()[1:]
    assert names == list(every([]))
    choice.select_option("coverage")
    assert written(page).startswith("PREFIX ckg:")
    assert "#+" not in written(page)
    expect(page.get_by_text("Which reports were read, and how many")).to_be_visible()
    expect(page).to_have_url(re.compile("#/sparql[?]question=coverage$"))
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_text("5 rows.")).to_be_visible()
    expect(page.locator("tbody tr").first).to_contain_text("The Duran")


def test_nodes_lead_to_the_views_about_them(page: Page) -> None:
    """Places, documents and disagreements; other nodes are written with the query's prefixes."""
    ask(page, "PREFIX ckg: <https://w3id.org/conflict-kg/ns#>\nSELECT ?a ?b { ?a a ?b . ?a a ckg:Document }")
    expect(page.locator("td").nth(1)).to_have_text("ckg:Document")
    page.locator("td a").first.click()
    expect(page.locator(".words")).to_be_visible()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("ASK { ?s ?p ?o }", "Yes."),
        ("ASK { <x:a> <x:b> <x:c> }", "No."),
        ("SELECT * { <x:a> ?p ?o }", "0 rows."),
        ("CONSTRUCT { <x:a> <x:b> 3 } {}", "<x:a> <x:b> 3 ."),
        ("SELECT * { ?s ?p ?o }", "These are the first 1,000 rows; the files have all of them."),
    ],
)
def test_answers_of_every_form_are_shown(page: Page, query: str, shown: str) -> None:
    """Rows, yes or no, triples; of very many rows the first."""
    ask(page, query)
    expect(page.get_by_label("Result")).to_contain_text(shown)


def test_wrong_queries_are_told_in_a_line(page: Page, visit: Visit) -> None:
    """And the editor keeps them."""
    ask(page, "SELECT * {")
    expect(page.get_by_role("alert")).to_contain_text("Query: ")
    visit.refused(400)
    assert written(page) == "SELECT * {"


def test_results_are_saved_whole(page: Page, tmp_path: Path) -> None:
    """As a file of the format that one chooses."""
    ask(page, "SELECT ?n { VALUES ?n { 1 2 } }")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    download.value.save_as(tmp_path / "result.csv")
    assert download.value.suggested_filename == "result.csv"
    assert (tmp_path / "result.csv").read_text("utf-8").split() == ["n", "1", "2"]
