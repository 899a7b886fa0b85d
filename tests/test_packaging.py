"""The wheel as a user gets it: what is in it, and the main job run from it in an empty folder; and the locks."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command without this checkout on its path; give what it prints, fail with what it complains about."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel")
    run(*pip, "--no-deps", "--no-build-isolation", "--wheel-dir", folder, root, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs folder of a fresh environment that holds the wheel, and borrows only the dependencies from here."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", folder / "bin" / "python")
    run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    (site,) = folder.glob("lib/python*/site-packages")
    # A path in a .pth file is searched last, and the .pth files that lie there are not read: no editable install.
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"


def test_packaging_wheel_holds_all_data(wheel: Path, root: Path) -> None:
    """Every file of the package, the ontology and the questions is in the wheel, and nothing beside them."""
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    source = root / "src" / "conflict_kg"
    expected = {
        f"conflict_kg/{path.relative_to(source).as_posix()}"
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    for folder in ("ontology", "queries"):
        files = [path for path in (root / folder).rglob("*") if path.is_file()]
        assert files
        expected |= {f"conflict_kg/_data/{folder}/{path.relative_to(root / folder).as_posix()}" for path in files}

    assert names == expected


def test_packaging_wheel_metadata(wheel: Path, root: Path) -> None:
    """The wheel carries licence and notice, and asks for what pyproject.toml names and no more."""
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        text = archive.read(metadata).decode()
        licences = {Path(name).name for name in archive.namelist() if ".dist-info/licenses/" in name}
    lines = [line for line in text.splitlines() if line.startswith("Requires-Dist: ")]
    asked = {re.split(r"[^\w-]", line.removeprefix("Requires-Dist: "))[0] for line in lines if "extra ==" not in line}
    extras = {re.split(r"[^\w-]", line.removeprefix("Requires-Dist: "))[0] for line in lines if "extra ==" in line}

    assert licences == {"LICENSE", "NOTICE"}
    assert asked == declared(root)
    assert extras == {"pyspark"}


def test_packaging_main_job(installed: Path, seeds: Path, tmp_path: Path) -> None:
    """Installed in an empty environment, run in an empty folder: the seed reports tell who held Ramadi, and why."""
    run(installed / "conflict-kg", "build", seeds, "--output", "graph", cwd=tmp_path)
    question = ("ask", "who-controlled", "--place", "Ramadi", "--date", "2015-06-01", "--format", "json")
    rows: list[dict[str, Any]] = json.loads(run(installed / "conflict-kg", *question, cwd=tmp_path))

    best = rows[0]
    assert (best["place"], best["controller"], best["basis"]) == ("Ramadi", "Islamic State", "confirmed")
    assert (best["since_earliest"], best["since_latest"]) == ("2015-05-17", "2015-05-17")
    assert best["supporting"]
    for claim in (*best["supporting"], *best["opposing"]):
        text = (seeds / f"{claim['document']}.txt").read_bytes().decode()
        assert text[claim["start"] : claim["end"]] == claim["quote"]
    place = run(installed / "python", "-c", "import conflict_kg; print(conflict_kg.__file__)", cwd=tmp_path)
    assert Path(place.strip()).is_relative_to(installed.parent)


def declared(root: Path) -> set[str]:
    """The names of the packages that pyproject.toml asks for."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return {re.split(r"[^\w-]", line)[0] for line in project["dependencies"]}


def pins(lock: Path) -> set[tuple[str, str]]:
    """Name and version of each package in a lock, with the condition it holds under."""
    return set(re.findall(r"^([\w.-]+)==([^\\\n]+)", lock.read_text("utf-8"), re.MULTILINE))


def test_packaging_locks_agree(root: Path) -> None:
    """The runtime lock holds all that the package asks for; development has the same versions and more."""
    runtime, development = pins(root / RUNTIME), pins(root / DEVELOPMENT)

    assert declared(root) <= {name for name, _ in runtime}
    assert runtime < development


@pytest.mark.parametrize("name", [RUNTIME, DEVELOPMENT])
def test_packaging_locks_are_checked_and_portable(root: Path, name: str) -> None:
    """Each package in a lock has hashes, no address of an index is in it, and no deep learning framework."""
    text = (root / name).read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())

    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|--(?:extra-)?index|--find-links|--trusted|@ ", text)
    assert not re.search(r"^(?:torch|nvidia|tensorflow)", text, re.MULTILINE)


def test_packaging_version_is_told_once(root: Path) -> None:
    """The version in pyproject.toml is that of the package, and the changelog has a heading for it."""
    import conflict_kg

    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]

    assert version == conflict_kg.__version__
    assert f"## [{version}]" in (root / "CHANGELOG.md").read_text("utf-8")


def test_packaging_seeds_are_untouched(seeds: Path) -> None:
    """Git keeps the bytes of the seed reports: their offsets and IRIs depend on them."""
    attributes = (seeds.parent / ".gitattributes").read_text("utf-8")

    assert "seeds/*.txt -text" in attributes
    assert len(list(seeds.glob("*.txt"))) == 5
