"""Keeps the trajectories of a book model beside the tests: writes them anew or compares them."""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "library" / "models"
SAME = 1e-11  # machines differ in the last digits of exp and log
Rows = Sequence[Mapping[str, float]]


def keep(name: str, rows: Rows, columns: Sequence[str], notes: Sequence[str]) -> None:
    """Write the twin NAME.csv if the word `write` was given to the script, compare with it otherwise.

    Parameters
    ----------
    name : str
    rows : sequence of mappings
        From period 0 on; only periods from 1 are kept.
    columns : sequence of str
        Symbols of the book.
    notes : sequence of str
        Where the numbers come from.
    """
    path = FOLDER / f"{name}.csv"
    if "write" in sys.argv[1:]:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write("# schema 1\n")
            file.writelines(f"# source: {note}\n" for note in notes)
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["period", *columns])
            for number, row in enumerate(rows[1:], 1):
                table.writerow([number, *(repr(float(row[column])) for column in columns)])
        print(f"{name}: {len(rows) - 1} periods, {len(columns)} variables written")
        return
    worst, where = largest(rows[1:], read(name), columns)
    print(f"{name}: differs from the kept twin by at most {worst:.1e} ({where})")
    if not worst <= SAME:
        raise SystemExit(1)


def read(name: str) -> list[dict[str, float]]:
    """Rows of a kept twin, from period 1 on."""
    lines = (FOLDER / f"{name}.csv").read_text("utf-8").splitlines()
    table = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [{key: float(value) for key, value in row.items()} for row in table]


def largest(rows: Rows, others: Rows, columns: Sequence[str]) -> tuple[float, str]:
    """The largest difference, relative to the largest size of its variable, and its variable.

    A variable that stays below 1e-12 is compared as it stands.
    """
    worst, where = 0.0, "nowhere"
    for column in columns:
        scale = max(abs(row[column]) for row in rows)
        size = max(abs(a[column] - b[column]) for a, b in zip(rows, others, strict=True))
        if scale > 1e-12:
            size /= scale
        if size > worst:
            worst, where = size, column
    return worst, where
