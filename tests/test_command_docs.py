"""The pages about commands and questions are in step with the program."""

import re
from pathlib import Path

import click

from conflict_kg.cli import cli
from conflict_kg.commands.stored import every, markdown
from conflict_kg.questions import load


def test_questions_page_ends_with_what_the_headers_say(root: Path) -> None:
    """Written anew with: conflict-kg questions --format markdown."""
    page = (root / "docs" / "questions.md").read_text(encoding="utf-8")
    assert page.endswith(markdown(every([]).values()))


def test_questions_page_has_an_example_that_loads(root: Path, tmp_path: Path) -> None:
    """The file shown under "Writing one" is a question."""
    page = (root / "docs" / "questions.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```sparql\n(.*?)```", page, re.DOTALL)
    (tmp_path / "mine.rq").write_text(example, encoding="utf-8")
    question = load([tmp_path])["mine"]
    assert [(p.name, p.required) for p in question.parameters] == [("source", True), ("since", False)]


def test_command_page_has_every_command_and_option(root: Path) -> None:
    """Each command has a chapter in order, which names all of its options."""
    page = (root / "docs" / "command-line.md").read_text(encoding="utf-8")
    chapters = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE))
    assert set(chapters) == set(cli.commands)
    for name, command in cli.commands.items():
        options = [parameter.opts[0] for parameter in command.params if isinstance(parameter, click.Option)]
        missing = [
            option for option in options if f"`{option}" not in chapters[name] and f" {option} " not in chapters[name]
        ]
        assert not missing, f"docs/command-line.md does not say what {name} {', '.join(missing)} is"
