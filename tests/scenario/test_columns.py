"""Openings and series as CSV: read exactly, or refused with the place."""

from __future__ import annotations

import pytest

from creditor.errors import InputError, Troubles
from creditor.scenario.columns import read_series, read_start


def refused(read, *arguments):
    troubles = Troubles()
    read(*arguments, troubles)
    assert troubles.items
    return troubles.items


def series(path):
    troubles = Troubles()
    found = read_series(str(path), troubles)["series"]
    troubles.raise_if_any()
    return found


def test_series_keep_the_names_as_they_are_written(book):
    path = book('# a comment\nTax_Rate, "rate[N, S]",x\n0.1,1e-3,.5\n0.2,2,+7\n')
    assert series(path) == {"Tax_Rate": (0.1, 0.2), "rate[N, S]": (0.001, 2.0), "x": (0.5, 7.0)}


def test_names_that_differ_by_case_are_two_columns(book):
    assert series(book("Rate,rate\n1,2\n3,4\n")) == {"Rate": (1.0, 3.0), "rate": (2.0, 4.0)}
    troubles = Troubles()
    assert read_start(str(book("Rate,rate\n1,2\n")), troubles) == {"Rate": 1.0, "rate": 2.0}
    assert "twice" in str(refused(read_series, str(book("rate,rate\n1,2\n")))[0])


def test_series_may_have_dates(book):
    for name in ("t", "date", "Period"):
        fields = read_series(str(book(f"{name},a\n2026Q1,5\n2026Q2,6\n")), Troubles())
        assert fields == {"series": {"a": (5.0, 6.0)}, "series_from": "2026Q1"}
    assert read_series(str(book("t,a\n2030,5\n2031,6\n")), Troubles())["series_from"] == "2030"
    for rows in ("2026Q1,5\n2026Q3,6", "2026Q1,5\n2026-04,6", "2026Q5,1", "2026-01-31,1"):
        (trouble,) = refused(read_series, str(book(f"t,a\n{rows}\n")))
        assert trouble.code == "U501"


def test_series_may_number_their_rows(book):
    assert series(book("t,a\n1,5\n2,6\n")) == {"a": (5.0, 6.0)}
    assert series(book("Period,a\n1,5\n2,6\n")) == {"a": (5.0, 6.0)}


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ("0 1 2", "begins with 0"),
        ("2 3 4", "begins with 2"),
        ("1 3 4", "leaves out"),
        ("1 1 2", "leaves out"),
    ],
)
def test_a_column_of_periods_must_count_from_one(book, numbers, told):
    rows = "".join(f"{t},5\n" for t in numbers.split())
    (trouble,) = refused(read_series, str(book(f"t,a\n{rows}")))
    assert trouble.code == "U501" and told in trouble.what


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        ("", "C102", "book.csv"),
        ("\n\n", "C102", "book.csv"),
        ("# only\n", "C102", "book.csv"),
        ("a,b\n", "C102", "book.csv"),
        ("a,b\n1,2\n3\n", "C106", "book.csv:3"),
        ("a,b\n1,2\n1,234,5\n", "C108", "book.csv:3"),
        ('a,b\n"1,234",5\n', "C108", "book.csv:2"),
        ('a,b\n"1,5",5\n', "C108", "book.csv:2"),
        ("a,b\n1 234,5\n", "C108", "book.csv:2"),
        ("a,b\n1,x\n", "C107", "book.csv:2"),
        ("a,b\n1,nan\n", "C107", "book.csv:2"),
        ("a,b\n1,1e999\n", "C107", "book.csv:2"),
        ("a,b\n1,=1+1\n", "C107", "book.csv:2"),
        ("a,b\n1,\n", "C112", "book.csv:2"),
        ("a,a\n1,2\n", "C110", "book.csv:1"),
        ("a,\n1,2\n", "C113", "book.csv:1"),
        ("a;b\n1;2\n", "C104", "book.csv"),
        ("a\tb\n1\t2\n", "C104", "book.csv"),
        ('a,b\n"1,2\n', "C106", "book.csv:2"),
        (b"a,\xe9\n1,2\n", "C103", "book.csv:1"),
        (b"a,b\n1,\xe92\n", "C103", "book.csv:2"),
        ("a,b\n1,2\n".encode("utf-16"), "C103", "book.csv:1"),
        (b"a,b\n1,\x002\n", "C103", "book.csv:2"),
        (b"PK\x03\x04\x00\x00", "C103", "book.csv:1"),
    ],
)
def test_series_that_cannot_be_read(book, content, code, where):
    found = refused(read_series, str(book(content)))
    assert code in {trouble.code for trouble in found}, found
    assert any(trouble.where.startswith(where) for trouble in found if trouble.code == code)


@pytest.mark.parametrize("name", ["missing.csv", "a\0b.csv", ".", "x" * 5000])
def test_files_that_are_not_there(tmp_path, name):
    for read in (read_series, read_start):
        (trouble,) = refused(read, f"{tmp_path}/{name}")
        assert trouble.code == "C101"


def test_every_trouble_of_a_file_comes_at_once(book):
    found = refused(read_series, str(book("a,b\n1,x\n2\n,5\n")))
    assert [trouble.where for trouble in found] == ["book.csv:3", "book.csv:2", "book.csv:4"]


def test_openings_are_one_row_and_absent_ones_keep_the_texts(book):
    troubles = Troubles()
    path = book('t,money,"bills[N, households]",wages\n0,80.5,-3,\n')
    assert read_start(str(path), troubles) == {"money": 80.5, "bills[N, households]": -3.0}
    assert not troubles.items


def test_openings_of_several_rows_are_refused(book):
    (trouble,) = refused(read_start, str(book("money\n1\n2\n")))
    assert trouble.code == "U501" and "2 rows" in trouble.what


def test_a_file_beyond_the_limit_is_refused(book):
    content = b"a\n" + b"1\n" * 16_500_000
    with pytest.raises(InputError) as caught:
        series(book(content))
    assert caught.value.codes == ("C105",)


def test_a_heading_that_is_not_utf8_is_one_trouble(tmp_path):
    path = tmp_path / "start.csv"
    path.write_bytes(b"mo\xffney\n1\n")
    (trouble,) = refused(read_start, str(path))
    assert trouble.code == "C103" and trouble.mend == "save the file as UTF-8"
    path.write_bytes(b"\xef\xbb\xbf# marked\rmoney\r1\r")
    assert read_start(str(path), Troubles()) == {"money": 1.0}
