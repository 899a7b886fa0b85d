"""The shape of the code: what may import what, no cycles, no printing, no long files."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "conflict_kg"
PACKAGE = "conflict_kg"
PARSER = {"spacy", "thinc", "onnxruntime"}
RDF = {"rdflib", "pyoxigraph", "pyshacl", "owlrl"}
BOTH = {"build", "commands", "cli", "engines", "__main__"}  # the chain from reports to answers, and what calls it
LONGEST = 400  # lines that are not blank


def name_of(path: Path) -> str:
    """The module of a file, below the package: ``reading.times``; the package itself is the empty name."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def trees() -> Mapping[str, ast.Module]:
    """Every module of the package with its syntax tree."""
    return {name_of(path): ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


def imported(module: str) -> Iterator[str]:
    """What a module imports anywhere in it: modules of the package by their names in ``trees``, others by their top."""
    is_package = (SOURCE / module.replace(".", "/") / "__init__.py").exists()
    for node in ast.walk(trees()[module]):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = [PACKAGE, *module.split(".")] if module else [PACKAGE]
                base = ".".join(above[: len(above) - node.level + is_package] + ([base] if base else []))
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            yield resolved(name)


def resolved(name: str) -> str:
    """A module of the package for a dotted name that may end in a function or class; else the name's first part."""
    top, *rest = name.split(".")
    if top != PACKAGE:
        return top
    while rest and ".".join(rest) not in trees():
        rest.pop()
    return f"{PACKAGE}.{'.'.join(rest)}".rstrip(".")


@cache
def own(module: str) -> frozenset[str]:
    """The modules of the package that a module imports."""
    names = (name for name in imported(module) if name.startswith(f"{PACKAGE}."))
    return frozenset(name.removeprefix(f"{PACKAGE}.") for name in names) - {module}


@cache
def others(module: str) -> frozenset[str]:
    """The top-level modules outside the package that a module imports."""
    return frozenset(name for name in imported(module) if not name.startswith(PACKAGE))


@cache
def reached(module: str) -> frozenset[str]:
    """The module and all of the package that it imports, directly or through others."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting += own(current)
    return frozenset(seen)


def test_architecture_sees_the_package() -> None:
    """The checks below look at real modules and find imports in them."""
    assert {"model", "documents", "reading", "language", "graph", "cli"} <= {name.split(".")[0] for name in trees()}
    assert {"documents.layout", "documents.datelines", "model"} <= own("documents.sections")
    assert "tomllib" in others("documents.sections")


def test_architecture_model_knows_nothing() -> None:
    """The values that flow through everything need the standard library only."""
    assert own("model") | own("errors") == set()
    assert not (others("model") | others("errors")) & (PARSER | RDF | {"numpy", "click", "rich"})


def test_architecture_account_knows_the_model() -> None:
    """What follows from claims is worked out from the values alone."""
    modules = [name for name in trees() if name.split(".")[0] == "account"]

    for module in modules:
        assert {name.split(".")[0] for name in own(module)} <= {"model", "account"}, module
        assert not others(module) & (PARSER | RDF | {"numpy", "click", "rich"}), module
    assert modules


def test_architecture_parser_is_above_the_waist() -> None:
    """Only what loads the language model and what reads its parses imports the parser; the chain may name its type."""
    users = {name.split(".")[0] for name in trees() if others(name) & PARSER}

    assert users - BOTH == {"language", "reading"}


def test_architecture_parser_and_rdf_are_apart() -> None:
    """No module reaches both the parser and RDF, except the chain that joins them and the command line."""
    for module in trees():
        libraries = {library for name in reached(module) for library in others(name)}
        both = bool(libraries & PARSER) and bool(libraries & RDF)
        assert not both or module.split(".")[0] in BOTH, f"{module} reaches {sorted(libraries & (PARSER | RDF))}"


def test_architecture_nobody_imports_cli() -> None:
    """The command line is the outermost module, but for what runs it."""
    assert [name for name in trees() if "cli" in own(name)] == ["__main__"]


def test_architecture_no_cycles() -> None:
    """No module imports itself through others."""
    for module in trees():
        for name in own(module):
            assert module not in reached(name) or module == "", f"{module} and {name} import each other"


@pytest.mark.parametrize("call", ["print", "breakpoint", "exit"])
def test_architecture_only_cli_prints(call: str) -> None:
    """Functions return values; the command line shows them."""
    for module, tree in trees().items():
        calls = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert module == "cli" or call not in calls, f"{module} calls {call}()"


def test_architecture_dependencies_are_declared() -> None:
    """What the package imports is in the standard library or named in pyproject.toml, and all named there is used."""
    project = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    declared = {re.split(r"[^\w-]", line)[0] for line in [*project["dependencies"], *extras]}
    used = {name for module in trees() for name in others(module)} - sys.stdlib_module_names
    providers = {**packages_distributions(), "pyspark": ["pyspark"], "py4j": ["pyspark"]}  # these are not always there

    # spaCy finds its tables by the presence of spacy-lookups-data, without an import of ours
    assert {providers[name][0].lower().replace("_", "-") for name in used} | {"spacy-lookups-data"} == declared


def test_architecture_short_files() -> None:
    """Every file can be read at one sitting."""
    roots = [SOURCE, SOURCE.parents[1] / "tests"]
    lengths = {
        str(path): sum(bool(line.strip()) for line in path.read_text("utf-8").splitlines())
        for top in roots
        for path in top.rglob("*.py")
    }

    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}
