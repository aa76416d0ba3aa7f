"""The words for economies: each word means one economy, and every folder has words."""

import csv
from pathlib import Path

LIBRARY = Path(__file__).parents[3] / "src" / "creditor" / "library"
LINES = (LIBRARY / "terms" / "demonyms.csv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(LINES[1:], strict=True))
CODES = {
    row["code"]
    for row in csv.DictReader((LIBRARY / "terms/economies.csv").read_text("utf-8").splitlines()[1:])
}


def test_header_and_unique_words():
    assert LINES[0] == "# schema 1" and list(ROWS[0]) == ["word", "economy"]
    words = [row["word"] for row in ROWS]
    assert len(set(words)) == len(words) and all(word.strip() == word and len(word) > 1 for word in words)


def test_economies_are_known_and_every_folder_has_its_words():
    named = {row["economy"] for row in ROWS}
    assert named <= CODES | {"WLD"}
    folders = {path.name for path in (LIBRARY / "countries").iterdir() if (path / "country.toml").is_file()}
    assert folders - named == {"ROW"}
    for code in folders - {"ROW", "XLI"}:
        assert {"word": code, "economy": code} in ROWS
