"""The words of concepts: each row names what it is, in known measures, with a computation of known fields."""

import csv
import re
from pathlib import Path

TERMS = Path(__file__).parents[3] / "src" / "creditor" / "library" / "terms"
LINES = (TERMS / "concepts.csv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(LINES[1:], strict=True))
CODES = {row["code"] for row in csv.DictReader((TERMS / "economies.csv").read_text("utf-8").splitlines()[1:])}


def test_header_and_filled_fields():
    assert LINES[0] == "# schema 1"
    assert list(ROWS[0]) == [
        "name",
        "title",
        "measure",
        "base",
        "words",
        "need",
        "without",
        "only",
        "compute",
    ]
    for row in ROWS:
        assert all(
            row[name].strip() == row[name] and row[name]
            for name in ("name", "title", "measure", "words", "compute")
        )
        assert row["measure"] in {"percent", "money", "years"}
        assert row["base"] in {"", "GDP", "revenue", "exports", "debt"}


def test_fields_of_computations_and_economies_are_known():
    for row in ROWS:
        assert set(re.findall(r"\{(\w+)\}", row["compute"])) <= {"e", "p", "g", "custody"}
        assert {code.lstrip("!") for code in row["only"].split("|") if code} <= CODES | {"WLD", "XLI"}


def test_no_row_is_there_twice():
    keys = [tuple(row.values()) for row in ROWS]
    assert len(set(keys)) == len(keys)
