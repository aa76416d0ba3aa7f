"""Changes, draws, openings and series as they are typed or filed: read exactly, or refused with the place."""

from __future__ import annotations

import pytest

from creditor.cli.model_inputs import read_changes, read_draws, read_series, read_side, read_start
from creditor.errors import InputError, Troubles


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


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("a=1", {"name": "a", "value": 1.0, "from": 1}),
        ("a=-0.5@3", {"name": "a", "value": -0.5, "from": 3}),
        (" rate[N, S] = 1e-3 @ 3 : 9 ", {"name": "rate[N, S]", "value": 0.001, "from": 3, "to": 9}),
        ("a=.5@2:", None),
        ("a=+5.@2", {"name": "a", "value": 5.0, "from": 2}),
    ],
)
def test_changes(text, entry):
    troubles = Troubles()
    found = read_changes([text], troubles)
    assert found == ([] if entry is None else [entry])
    assert bool(troubles.items) is (entry is None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a=",
        "=1",
        "a=x",
        "a=1,5",
        "a=1@",
        "a=1@b",
        "a=1@-3",
        "a=1@1.5",
        "a=nan",
        "a=inf",
        "a=1_000",
        "a=1@1_0",
        "a=1=2",
        "a=0x10",
        "a=١",
        "a=1@9999999999",
        "a" * 100_000,
    ],
)
def test_changes_that_cannot_be_read(text):
    (trouble,) = refused(read_changes, [text])
    assert (trouble.code, trouble.where) == ("U501", "--set") and len(trouble.what) < 120
    assert "tax_rate=0.25@10" in trouble.mend


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("a=normal(0,0.01)", ("a", "normal", (0.0, 0.01))),
        (" rate[N, S] = t( 5 , 0 , 1e-3 ) ", ("rate[N, S]", "t", (5.0, 0.0, 0.001))),
        ("a=unknown(1)", ("a", "unknown", (1.0,))),
    ],
)
def test_draws(text, entry):
    troubles = Troubles()
    found = read_draws([text], troubles)
    assert [(one["name"], one["distribution"], one["parameters"]) for one in found] == [entry]
    assert not troubles.items


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a=normal",
        "a=normal()",
        "a=normal(0,)",
        "a=normal(0,x)",
        "=normal(0,1)",
        "a=normal(nan,1)",
        "a=normal(0,1)x",
        "a=os.system(1)",
    ],
)
def test_draws_that_cannot_be_read(text):
    (trouble,) = refused(read_draws, [text])
    assert (trouble.code, trouble.where) == ("U501", "--draw")


def test_every_wrong_word_is_told():
    troubles = Troubles()
    assert read_changes(["a", "b=1", "c=x"], troubles) == [{"name": "b", "value": 1.0, "from": 1}]
    assert read_draws(["q", "b=normal(0,1)"], troubles) != []
    assert [trouble.where for trouble in troubles.items] == ["--set", "--set", "--draw"]


def test_sides_of_a_comparison(tmp_path):
    troubles = Troubles()
    assert read_side("none", troubles) == read_side(" none ", troubles) == []
    assert [entry["name"] for entry in read_side("a=1; b=2@3:4;", troubles)] == ["a", "b"]
    place = tmp_path / "x.toml"
    place.write_text('[[set]]\nname = "a"\nvalue = 1\n')
    assert read_side(str(place), troubles) == {"set": [{"name": "a", "value": 1}]}
    assert not troubles.items
    assert refused(read_side, "nonsense")[0].where == "compare"
    assert refused(read_side, str(tmp_path / "y.toml"))[0].code == "C101"
    place.write_text("[[set]\n")
    assert refused(read_side, str(place))[0].code == "C115"


def test_series_keep_the_names_as_they_are_written(book):
    path = book('# a comment\nTax_Rate, "rate[N, S]",x\n0.1,1e-3,.5\n0.2,2,+7\n')
    assert series(path) == {"Tax_Rate": (0.1, 0.2), "rate[N, S]": (0.001, 2.0), "x": (0.5, 7.0)}


def test_series_may_have_dates(book):
    for name in ("t", "date", "Period"):
        fields = read_series(str(book(f"{name},a\n2026Q1,5\n2026Q2,6\n")), Troubles())
        assert fields == {"series": {"a": (5.0, 6.0)}, "series_from": "2026Q1"}
    assert read_series(str(book("t,a\n2030,5\n2031,6\n")), Troubles())["series_from"] == "2030"
    for rows in ("2026Q1,5\n2026Q3,6", "2026Q1,5\n2026-04,6", "2026Q5,1", "2026-01-31,1"):
        (trouble,) = refused(read_series, str(book(f"t,a\n{rows}\n")))
        assert trouble.code == "U501"


def test_changes_may_have_dates():
    found = read_changes(["a=1@2026Q1:2027q4", "b=1@2026-01", "c=2@2026"], Troubles())
    assert [(entry["from"], entry.get("to")) for entry in found] == [
        ("2026Q1", "2027Q4"),
        ("2026-01", None),
        (2026, None),
    ]
    for wrong in ("a=1@2026Q5", "a=1@soon", "a=1@2026Q1:", "a=1@-1"):
        troubles = Troubles()
        assert read_changes([wrong], troubles) == [] and troubles.items[0].code == "U501"


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
