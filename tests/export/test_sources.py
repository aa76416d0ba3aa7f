"""Each source has one number, in the order in which it is met."""

from creditor.export.sources import full_source, grades_shown, number_sources, unit_heading
from creditor.terms.answer import Sheet
from creditor.terms.provenance import Origin
from creditor.terms.table import column
from creditor.terms.units import money, parse_unit


def test_numbers_follow_the_rows(answer):
    numbers = number_sources(answer.sheets)
    assert list(numbers.values()) == [1, 2, 3]
    assert next(iter(numbers))[0].startswith("Office of Erehwon")


def test_vintages_are_told_apart_and_empty_sources_have_no_number():
    table = column("Amount", "holder", {"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}, money("USD"))
    origins = {"a": Origin("T", "1"), "b": Origin("T", "2"), "c": Origin("T", "1"), "d": Origin("")}
    assert number_sources([Sheet("s", "S", (table,), origins)]) == {("T", "1"): 1, ("T", "2"): 2}


def test_texts(answer):
    assert full_source("T", "") == "T"
    assert grades_shown(answer.sheets) == ["A", "B", "C"]
    assert unit_heading(parse_unit("percent of GDP")) == "percent of GDP"
    assert unit_heading(parse_unit("percent")) == ""
