"""Bars carry value, text, grade and interval, in the order asked for."""

import json
import math

import pytest

from creditor.figures.bars import bars
from creditor.terms.table import column
from creditor.terms.table import matrix as table
from creditor.terms.units import money

USD = money("USD")


def of(values, **more):
    return bars("T", "", "Q", column("debt", "holder", values, USD), **more)


def test_given_and_descending_order():
    values = {"a": 1.0, "none": math.nan, "rest": 9.0, "b": 3.0}
    assert [row["id"] for row in of(values)["rows"]] == list(values)
    spec = of(values, tones={"rest": "unallocated"}, order="descending")
    assert [row["id"] for row in spec["rows"]] == ["b", "a", "none", "rest"]


def test_absent_numbers_have_no_value():
    row = of({"a": math.nan})["rows"][0]
    assert "value" not in row and row["text"] == "–" and row["full"] == "a: absent"
    assert of({"a": math.nan})["sentence"] == "No number is known."
    json.dumps(of({"a": math.nan}), allow_nan=False)


def test_interval_contains_its_value():
    low, high = column("low", "holder", {"a": 0.5}, USD), column("high", "holder", {"a": 2.0}, USD)
    row = of({"a": 1.0}, low=low, high=high)["rows"][0]
    assert (row["low"], row["high"], row["range_text"]) == (0.5, 2.0, "0.5 to 2.0")
    with pytest.raises(ValueError, match="outside its interval"):
        of({"a": 3.0}, low=low, high=high)
    with pytest.raises(ValueError, match="both ends"):
        of({"a": 1.0}, low=low)


def test_other_labels_and_units_are_refused():
    other = column("low", "holder", {"b": 1.0}, USD)
    with pytest.raises(ValueError, match="labels"):
        of({"a": 1.0}, low=other, high=other)
    euro = column("low", "holder", {"a": 1.0}, money("EUR"))
    with pytest.raises(ValueError, match="EUR bn"):
        of({"a": 1.0}, low=euro, high=euro)
    with pytest.raises(ValueError, match="one dimension"):
        bars("T", "", "", table("t", ("x", "y"), ["a"], ["b"], {}, USD))
    with pytest.raises(ValueError, match="one dimension"):
        of({})
    with pytest.raises(ValueError, match="'upward'"):
        of({"a": 1.0}, order="upward")


def test_sentence_and_grade():
    spec = of({"a": 1.0, "b": 2.0}, grades={"b": "C"})
    assert spec["sentence"] == "The largest of 2 is b with USD 2.0 bn."
    assert [row["grade"] for row in spec["rows"]] == ["A", "C"]
