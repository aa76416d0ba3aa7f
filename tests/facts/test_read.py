"""Figures are read exactly with source and grade, and every trouble of the file comes in one error."""

from fractions import Fraction

import pytest

from creditor.errors import InputError
from creditor.facts.read import COLUMNS, read_figures
from creditor.facts.sources import Source, read_sources
from creditor.terms.library import ROOT
from creditor.terms.provenance import Origin

SOURCES = {
    "z1": Source("z1", "Federal Reserve", "Z.1", "2026-03-19", "public domain"),
    "assumption": Source("assumption", "", "", "", "own"),
}
HEAD = "# schema 1\n" + ",".join(COLUMNS) + "\n"


@pytest.fixture
def figures(tmp_path):
    def read(rows, head=HEAD):
        path = tmp_path / "figures.csv"
        path.write_text(head + rows, encoding="utf-8")
        return read_figures(path, SOURCES)

    return read


@pytest.fixture
def troubles(figures):
    def read(rows, head=HEAD):
        with pytest.raises(InputError) as caught:
            figures(rows, head)
        return caught.value.troubles

    return read


def test_a_figure_is_read_with_all_that_is_known_of_it(figures):
    (figure,) = figures('debt,2025q3,0028029.10,USD billion,z1,"table L.210, line 1",A,face value\n')
    assert (figure.id, str(figure.period), figure.value) == ("debt", "2025Q3", Fraction(280291, 10))
    assert (str(figure.unit), figure.note, figure.where) == ("USD bn", "face value", "figures.csv:3")
    assert figure.printed == "0028029.10"
    assert figure.origin == Origin("Federal Reserve, Z.1, table L.210, line 1", "2026-03-19", "A")


def test_figures_keep_their_order_and_may_be_negative(figures):
    read = figures("b,2025,-1,USD bn,z1,,A,\na,2025,2,percent,assumption,remembered,C,\n")
    assert [(figure.id, figure.value) for figure in read] == [("b", -1), ("a", 2)]
    assert read[1].origin == Origin("assumption: remembered", "", "C")


def test_every_trouble_of_every_field_at_once(troubles):
    found = troubles("a,2025Q5,x,dollars,z2,,D,\nb,2025,1,USD bn,z1,,A,\n,,,,,,,\nc,,,,,,,\n")
    assert [(t.where, t.code) for t in found] == [
        *(("figures.csv:6", "C112") for _ in range(4)),
        *(("figures.csv:3", code) for code in ("C107", "T204", "T207", "F301", "T209")),
        ("figures.csv:6", "C112"),
    ]
    assert found[-1].what == "value is empty"


def test_a_missing_column_is_said_once_and_the_others_are_still_checked(troubles):
    head = "# schema 1\nid,period,value,unit,source,locator,note\n"
    found = troubles("a,2025Q5,1,USD bn,z1,,\nb,2025,1,USD bn,z9,,\n", head)
    assert [(t.where, t.code) for t in found] == [
        ("figures.csv:2", "C104"),
        ("figures.csv:3", "T204"),
        ("figures.csv:4", "F301"),
    ]
    without_value = troubles("a,2025\n", "# schema 1\nid,period\n")
    assert [t.code for t in without_value] == ["C104"] * 6


@pytest.mark.parametrize(
    ("amount", "code"), [("1,234.5", "C108"), ('"1,234.5"', "C108"), ('"1,5"', "C108"), ("", "C112")]
)
def test_numbers_that_could_mean_two_things(troubles, amount, code):
    (trouble,) = troubles(f"a,2025,{amount},USD bn,z1,,A,\n")
    assert (trouble.code, trouble.where) == (code, "figures.csv:3")


def test_one_figure_in_two_spellings_of_its_period_is_there_twice(troubles):
    (trouble,) = troubles("a,2025Q3,1,USD bn,z1,,A,\nb,2025Q3,1,USD bn,z1,,A,\na,2025-q3,2,USD bn,z1,,A,\n")
    assert (trouble.code, trouble.where) == ("C110", "figures.csv:5")
    assert trouble.what == "repeats id 'a', period '2025Q3'"
    assert trouble.why == "line 3 has the same key"


def test_a_source_that_is_not_described_is_answered_with_the_nearest(troubles):
    (trouble,) = troubles("a,2025,1,USD bn,z1_,,A,\n")
    assert (trouble.code, trouble.what) == ("F301", "source 'z1_' is not in sources.toml")
    assert trouble.mend == "did you mean z1?"


def test_the_schema_and_rows_must_be_there(troubles):
    assert [t.code for t in troubles("", HEAD.partition("\n")[2])] == ["C114", "C102"]


def test_the_library_reads_without_a_trouble():
    folder = ROOT / "countries" / "USA"
    read = read_figures(folder / "figures.csv", read_sources(folder / "sources.toml"))
    assert len({(figure.id, figure.period) for figure in read}) == len(read) > 100
    assert {figure.origin.grade for figure in read} <= {"A", "B", "C"}
