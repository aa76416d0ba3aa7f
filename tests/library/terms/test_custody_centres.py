"""The file of custody centres has the columns, codes and grades that its reader takes."""

import csv
from pathlib import Path

FILE = Path(__file__).parents[3] / "src" / "creditor" / "library" / "terms" / "custody_centres.csv"


def test_the_file_is_whole():
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# schema 1"
    rows = list(csv.DictReader(lines[1:], strict=True))
    assert list(rows[0]) == ["code", "reason", "source", "grade"]
    assert len({row["code"] for row in rows}) == len(rows) == 11
    for row in rows:
        assert None not in row and all(value == value.strip() and value for value in row.values())
        assert row["grade"] in ("A", "C") and len(row["code"]) == 3
