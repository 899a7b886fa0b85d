"""Puts the libraries of the page into its folder, from the npm packages that its table names.

``python training/vendor.py`` asks npm for each package of ``packages.toml``, holds the archive and each file to their
digests, and writes the files; nothing is built or changed. To take a newer version, change the table: a digest that is
wrong is told with the one that was found.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "src" / "conflict_kg" / "web" / "static" / "vendor"


@dataclass(frozen=True, slots=True)
class Package:
    """One npm package, and what the page takes from it."""

    name: str
    version: str
    licence: str
    sha256: str
    """Of the archive that npm gives."""
    files: dict[str, str]
    """Path in the archive to the file's SHA-256; the file keeps its name."""

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return FOLDER / self.name.replace("/", "-").removeprefix("@")


def packages() -> list[Package]:
    """The table."""
    table = tomllib.loads((FOLDER / "packages.toml").read_text("utf-8"))
    return [Package(**entry) for entry in table["package"]]


def contents(package: Package, archive: Path) -> Iterator[tuple[Path, bytes]]:
    """The package's files as they lie in the page's folder. Ends the program where a digest is another."""
    check(f"{package.name} {package.version}", archive.read_bytes(), package.sha256)
    with tarfile.open(archive) as packed:
        for path, digest in package.files.items():
            member = packed.extractfile(f"package/{path}")
            assert member is not None, f"{package.name}: {path} is no file"
            content = member.read()
            check(f"{package.name}/{path}", content, digest)
            yield package.folder / Path(path).name, content


def check(what: str, content: bytes, digest: str) -> None:
    """Ends the program where the content has another digest."""
    found = hashlib.sha256(content).hexdigest()
    if found != digest:
        sys.exit(f"{what}: SHA-256 is {found}, the table says {digest}")


def main() -> None:
    """Fetches and writes all."""
    with tempfile.TemporaryDirectory() as folder:
        for package in packages():
            wanted = f"{package.name}@{package.version}"
            packed = subprocess.run(
                ["npm", "pack", "--silent", wanted], cwd=folder, check=True, capture_output=True, text=True
            )
            for path, content in contents(package, Path(folder) / packed.stdout.strip().splitlines()[-1]):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            print(wanted)


if __name__ == "__main__":
    main()
