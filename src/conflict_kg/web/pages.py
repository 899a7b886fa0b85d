"""The page at / that says what is there. All words that are not ours are escaped."""

from collections.abc import Iterable
from html import escape
from urllib.parse import quote, urlencode

from conflict_kg.binding import Question

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>conflict-kg</title>
<link rel="stylesheet" href="/static/page.css">
<h1>conflict-kg</h1>
<p>Who controlled what and when, according to whom, with the sentence behind each answer.</p>
<dl>
<dt><a href="/sparql">/sparql</a></dt><dd>SPARQL 1.1 Protocol, for reading; without a query what the service is</dd>
<dt><a href="/store?default">/store</a></dt><dd>Graph Store Protocol, for reading: ?graph=IRI or ?default</dd>
<dt><a href="/openapi.json">/openapi.json</a></dt><dd>the stored questions, described for programs</dd>
</dl>
<h2>Stored questions</h2>
<dl>
{questions}
</dl>
</html>
"""


def page(questions: Iterable[Question]) -> str:
    """The page, with an example of each question."""
    return _PAGE.format(questions="\n".join(_entry(question) for question in questions))


def _entry(question: Question) -> str:
    arguments = [(p.name, p.example or "") for p in question.parameters if p.required]
    address = f"/ask/{quote(question.name)}" + (f"?{urlencode(arguments)}" if arguments else "")
    return f'<dt><a href="{escape(address)}">{escape(address)}</a></dt><dd>{escape(question.summary)}</dd>'
