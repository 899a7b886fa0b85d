"""The command line as ``python -m conflict_kg``."""

import sys

from conflict_kg.cli import main

if __name__ == "__main__":
    sys.exit(main())
