"""A book is appended to, never rewritten: two signatures, seals, damage found, writers one after the other."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from creditor.errors import InputError
from creditor.regimes.book import append, read_book

SIGNED = {"by": "Li", "second": "Wang"}


def test_records_are_numbered_and_tied_together(tmp_path):
    book = tmp_path / "book.jsonl"
    first, second = append(book, {"case": "a", **SIGNED}), append(book, {"case": "b", **SIGNED})
    assert (first["number"], second["number"]) == (1, 2) and second["before"] == first["seal"]
    assert read_book(book) == [first, second]


@pytest.mark.parametrize("signed", [{"by": "Li"}, {"by": "Li", "second": " li "}, {"by": "", "second": "Li"}])
def test_one_person_is_not_enough(tmp_path, signed):
    with pytest.raises(InputError) as caught:
        append(tmp_path / "book.jsonl", {"case": "a", **signed})
    assert caught.value.codes == ("R907",) and not (tmp_path / "book.jsonl").exists()


@pytest.mark.parametrize("damage", ["changed", "removed", "cut"])
def test_damage_is_found_with_its_line_and_nothing_is_appended(tmp_path, damage):
    book = tmp_path / "book.jsonl"
    for name in "abc":
        append(book, {"case": name, **SIGNED})
    lines = book.read_text("utf-8").splitlines(keepends=True)
    lines = {
        "changed": [lines[0], lines[1].replace('"b"', '"x"'), lines[2]],
        "removed": [lines[0], lines[2]],
        "cut": [*lines[:2], lines[2][:20]],
    }[damage]
    book.write_text("".join(lines), "utf-8")
    for action in (lambda: read_book(book), lambda: append(book, {"case": "d", **SIGNED})):
        with pytest.raises(InputError) as caught:
            action()
        assert caught.value.codes == ("R907",) and "book.jsonl:" in str(caught.value)
    assert book.read_text("utf-8") == "".join(lines)


def test_two_writers_lose_nothing(tmp_path):
    book = tmp_path / "book.jsonl"
    code = "import sys, pathlib\nfrom creditor.regimes.book import append\n"
    code += (
        "[append(pathlib.Path(sys.argv[1]), {'case': str(n), 'by': 'a', 'second': 'b'}) for n in range(15)]"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(book)]) for _ in range(2)]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert [record["number"] for record in read_book(book)] == list(range(1, 31))
    assert all(json.loads(line) for line in book.read_text("utf-8").splitlines())
