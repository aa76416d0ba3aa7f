"""Runs every model of the book without our engine and compares with the twins that the tests read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HELPERS = ("newton.py", "twin.py")


def main() -> None:
    """Run each script of `godley_lavoie`; the first that differs from its twins ends the run."""
    for script in sorted(Path(__file__).with_name("godley_lavoie").glob("*.py")):
        if script.name not in HELPERS:
            subprocess.run([sys.executable, str(script)], check=True)


if __name__ == "__main__":
    main()
