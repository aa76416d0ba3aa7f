"""Each source has one number, in the order in which it is met."""

import pytest

from creditor.export.sources import (
    full_source,
    grades_shown,
    number_sources,
    short_source,
    source_lines,
    unit_heading,
)
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


WEO = "Fund, Outlook, April"


def test_publishers_stand_before_formulas_and_repeats_are_folded():
    inner = f"derived: a - b; from {WEO}, A; {WEO}, B; Bank, Debt"
    (line,) = source_lines([(f"derived: c over d; from {inner}", "2025")])
    assert line == f"{WEO}, A; the same, B; Bank, Debt (vintage 2025); derived: c over d; derived: a - b"
    assert short_source(inner) == f"{WEO}, A"


def test_the_same_publications_are_named_by_their_number_unless_the_vintage_differs():
    rest = f"; from {WEO}, A; {WEO}, A"
    keys = [(f"derived: x{rest}", "1"), ("Bank", ""), (f"derived: y{rest}", "1"), (f"derived: y{rest}", "2")]
    assert source_lines(keys) == [
        f"{WEO}, A (vintage 1); derived: x",
        "Bank",
        "as [1]; derived: y",
        f"{WEO}, A (vintage 2); derived: y",
    ]


@pytest.mark.parametrize("options", [{}, {"through": True, "by": "wealth"}])
def test_no_word_of_a_source_is_lost(options):
    from creditor.verbs.who import who

    numbers = number_sources(who("USA" if options else "JPN", **options).sheets)
    shown = " ".join(source_lines(numbers))
    said = ("from", "inputs:")
    for source, _ in numbers:
        assert all(word.strip(",;") in shown for word in source.split() if word not in said)


def test_parts_of_one_publication_stand_together():
    inner = f"derived: look-through; largest inputs: {WEO}, A; Bank, Debt, x; derived: a + b; from {WEO}, B"
    (line,) = source_lines([(inner, "")])
    publications = f"{WEO}, A; the same, B; Bank, Debt, x"
    assert (
        line
        == f"{publications}; derived: look-through, of which these are the largest inputs; derived: a + b"
    )
    assert short_source(inner) == f"{WEO}, A"


def test_a_formula_without_publication_stays():
    assert source_lines([("derived: sum over 34 economies", "2026")]) == [
        "derived: sum over 34 economies (vintage 2026)"
    ]
    assert short_source("Bank, Debt") == "Bank, Debt"
