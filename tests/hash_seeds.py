"""The same code in processes that put sets and dictionaries of texts in other orders."""

import os
import subprocess
import sys
from pathlib import Path

SEEDS = ("0", "1", "42")


def printed(code: str) -> set[bytes]:
    """All that processes with other hash seeds print; the modules that tests share can be imported."""
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    return {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONPATH": path, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in SEEDS
    }
