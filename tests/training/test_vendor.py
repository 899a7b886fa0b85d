"""The libraries that the page ships: what the table says is what lies there, under licences that NOTICE names."""

import hashlib
from pathlib import Path

from training.vendor import FOLDER, packages


def test_vendored_files_are_those_of_the_table() -> None:
    """Each file has the digest that the table gives, and nothing else lies beside them."""
    expected = {
        package.folder / Path(path).name: digest for package in packages() for path, digest in package.files.items()
    }
    found = {path for path in FOLDER.rglob("*") if path.is_file()} - {FOLDER / "packages.toml"}

    assert found == set(expected)
    for path, digest in expected.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == digest, path


def test_vendored_packages_come_with_their_licences(root: Path) -> None:
    """Each brings its licence, and NOTICE names it with its licence."""
    notice = (root / "NOTICE").read_text("utf-8")

    for package in packages():
        assert any(Path(path).name.startswith("LICEN") for path in package.files), package.name
        assert f"{package.name} ({package.licence})" in notice, package.name
