"""creditor check --text: numbers of a text with line and figure; bad texts are refused by name."""

from __future__ import annotations

import csv
import io

import pytest

from creditor.errors import InputError
from creditor.verbs.check_text import check_text, text_csv


@pytest.fixture
def page(tmp_path):
    def write(content):
        path = tmp_path / "page.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_each_number_has_its_line_verdict_and_figure(page):
    answer = check_text(
        page("Japan owes 206.5 % of GDP,\nand Germany owes 90 % of GDP.\nIn Italy 5 % sing.\n")
    )
    found = [(one["line"], one["number"], one["verdict"]) for one in answer.payload["numbers"]]
    assert found == [(1, "206.5 %", "consistent"), (2, "90 %", "inconsistent"), (3, "5 %", "cannot say")]
    wrong = answer.payload["numbers"][1]["computed"]
    assert wrong["value"] == 62.9 and wrong["grade"] == "A" and wrong["vintage"] == "2026-04"
    assert answer.exit_code == 1 and answer.payload["counts"]["cannot say"] == 1
    assert answer.grids[0].rows[1][3] == "62.9 % of GDP" and len(answer.figures) == 1


def test_a_text_without_wrong_numbers_is_answered_with_zero(page):
    assert check_text(page("Japan owes 206.5 % of GDP.")).exit_code == 0


def test_a_text_without_numbers_is_said_to_have_none(page):
    answer = check_text(page("Nothing here, since 1961, is a figure."))
    assert answer.payload["numbers"] == [] and answer.exit_code == 0 and not answer.grids
    assert any("no number with a unit" in finding.sentence for finding in answer.findings)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "C102"),
        (b" \n\n", "C102"),
        (b"Debt is 90 \xa5 or\n\xff", "C103"),
        (b"a\0b 5 %", "C103"),
        (b"x" * 2_100_000, "C105"),
    ],
)
def test_bad_texts_are_refused_by_name(page, content, code):
    with pytest.raises(InputError) as caught:
        check_text(page(content))
    assert caught.value.codes == (code,) and caught.value.troubles[0].where.startswith("page.txt")


def test_a_wrong_file_has_its_nearest_name(page, tmp_path):
    page("x")
    with pytest.raises(InputError, match=r"page\.txt"):
        check_text(tmp_path / "pages.txt")
    with pytest.raises(InputError, match="C101"):
        check_text(tmp_path)


def test_ten_megabytes_are_refused_and_read_where_asked_for(page):
    prose = "The house stood on a hill and nobody had counted the windows of it in a long while. " * 120_000
    big = page(prose + "Japan owes 206.5 % of GDP.")
    with pytest.raises(InputError, match="C105"):
        check_text(big)
    answer = check_text(big, limit_mb=12)
    assert [one["verdict"] for one in answer.payload["numbers"]] == ["consistent"]


def test_windows_lines_and_a_byte_order_mark_change_nothing(page):
    answer = check_text(page(b"\xef\xbb\xbfJapan.\r\n\r\nJapan owes\r\n206.5 % of GDP."))
    assert [(one["line"], one["verdict"]) for one in answer.payload["numbers"]] == [(4, "consistent")]


def test_csv_has_a_row_per_number(page):
    rows = list(csv.DictReader(io.StringIO(text_csv(check_text(page("Japan owes 300 % of GDP."))))))
    assert rows[0]["verdict"] == "inconsistent" and rows[0]["library"] == "206.5 % of GDP"


def test_what_was_known_then(page):
    answer = check_text(page("Japan owes 234.9 % of GDP in 2025."), as_known_at="2025-10")
    assert answer.payload["numbers"][0]["verdict"] == "consistent"
