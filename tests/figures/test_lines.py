"""Lines as a specification: plain JSON with numbers and their texts; absent cells are left out."""

from __future__ import annotations

import json

import numpy as np
import pytest

from creditor.figures.lines import lines
from creditor.terms.table import Table, column, matrix
from creditor.terms.units import SHARE, parse_unit

COUNT = parse_unit("count")


def table(cells, periods=4, unit=COUNT):
    labels = [str(t) for t in range(periods)]
    names = list(dict.fromkeys(name for _, name in cells))
    return matrix("run", ("period", "variable"), labels, names, cells, unit)


def test_points_carry_place_number_and_text():
    spec = lines("T", "S", "source", table({("0", "x"): 1.0, ("1", "x"): 1234.5, ("3", "x"): -0.25}))
    assert spec["kind"] == "lines" and spec["periods"] == ["0", "1", "2", "3"]
    (series,) = spec["series"]
    assert (series["name"], series["title"]) == ("x", "x")
    assert series["points"] == [[0, 1.0, "1"], [1, 1234.5, "1,234"], [3, -0.25, "−0.2500"]]


def test_the_specification_is_plain_json():
    spec = lines("T", "S", "source", table({("0", "x"): 0.1 + 0.2}))
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec
    assert json.loads(json.dumps(spec))["series"][0]["points"][0][1] == 0.1 + 0.2


@pytest.mark.parametrize("absent", [float("nan"), float("inf"), float("-inf")])
def test_what_is_not_finite_is_absent(absent):
    spec = lines("T", "S", "", table({("0", "x"): 1.0, ("1", "x"): absent, ("2", "x"): 2.0}))
    assert [point[0] for point in spec["series"][0]["points"]] == [0, 2]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (7.0, "7"),
        (7.25, "7.25"),
        (123.45, "123.4"),
        (0.012, "0.0120"),
        (1e-9, "<0.0001"),
        (5e15, "5,000,000,000,000,000"),
    ],
)
def test_digits_follow_the_size(value, text):
    assert lines("T", "", "", table({("0", "x"): value}))["series"][0]["points"][0][2] == text


def test_shares_are_written_in_percent():
    assert lines("T", "", "", table({("0", "x"): 0.1234}, unit=SHARE))["series"][0]["points"][0][2].endswith(
        "%"
    )


def test_titles_of_the_table_are_used():
    values = np.array([[1.0], [2.0]])
    named = Table(
        "run",
        ("period", "variable"),
        {"period": ("0", "1"), "variable": ("x",)},
        values,
        COUNT,
        {},
        {"x": "Wealth"},
    )
    assert lines("T", "", "", named)["series"][0]["title"] == "Wealth"


def test_a_table_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="two dimensions"):
        lines("T", "", "", column("x", "period", {"0": 1.0}, COUNT))
