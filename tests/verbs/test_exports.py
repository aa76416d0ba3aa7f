"""Tests of the verb that writes a model for other programs."""

from __future__ import annotations

import csv
import io

import pytest

from creditor.errors import InputError
from creditor.verbs.exports import ENDINGS, model_export


@pytest.mark.parametrize("to", ENDINGS)
def test_every_form_says_what_it_loses(to: str) -> None:
    answer = model_export("pc", to)
    assert answer.payload["to"] == to
    assert answer.payload["text"].endswith("\n")
    assert answer.payload["lost"]
    assert [finding.sentence for finding in answer.findings] == answer.payload["lost"]


def test_a_csv_has_symbols_and_numbers_of_every_matrix() -> None:
    rows = list(csv.DictReader(io.StringIO(model_export("pc", "csv", period=0).payload["text"])))
    (held,) = [
        r for r in rows if (r["matrix"], r["row"], r["column"]) == ("balance-sheet", "money", "households")
    ]
    assert held["symbol"] == "+money"
    assert float(held["amount"]) == 21.62
    later = list(csv.DictReader(io.StringIO(model_export("pc", "csv").payload["text"])))
    matrices = {row["matrix"] for row in later}
    assert {"balance-sheet", "transactions", "net-worth"} <= matrices
    columns = {}
    for row in later:
        if row["matrix"] == "transactions" and row["row"] != "sum" and row["amount"]:
            columns[row["column"]] = columns.get(row["column"], 0.0) + float(row["amount"])
    assert len(columns) >= 4
    assert all(abs(total) < 1e-9 for total in columns.values())


def test_a_form_that_is_not_known_has_its_nearest_names() -> None:
    with pytest.raises(InputError, match="did you mean dynare") as raised:
        model_export("pc", "dynar")
    assert raised.value.codes == ("U501",)
