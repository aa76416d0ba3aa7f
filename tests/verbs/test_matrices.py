"""Matrices of a run: numbers as texts, full precision in CSV, faults that are told, payments as a flow."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from creditor.equations.load import closed_models
from creditor.errors import InputError
from creditor.figures.svg import draw
from creditor.verbs.matrices import counted, flow_figure, heat_figures, matrices_csv


def test_numbers_have_the_digits_of_the_largest():
    sheet = {row[0]: row[1:] for row in counted("three_economies", 2).grids[0].rows}
    assert sheet["deposits"][-1] == "0" and "." in sheet["deposits"][0]
    grown = counted("growth", 2).grids[0]
    assert all("." not in text for row in grown.rows for text in row[1:])
    assert all(grown.numeric[1:])


def test_a_small_number_is_not_zero_and_noise_is():
    found = counted("openflex", 3)
    texts = {row[0]: row[1:] for row in found.grids[0].rows}
    assert texts["net worth"][1] == "0"  # of firms: rounding
    flows, empty = found.matrices[1], (None,) * (len(found.matrices[1].columns) - 3)
    tiny = replace(flows, rows=(("a", (1000.0, 1e-4, 1e-10, *empty)),), sums=(None,))
    grid = replace(found, matrices=[tiny]).grids[0]
    assert grid.rows[0][1:4] == ("1,000.0", "<0.1", "0") and grid.rows[0][-1] == ""
    unknown = replace(tiny, unknown=("a",))
    assert replace(found, matrices=[unknown]).grids[0].rows[0][4] == "–"


def test_what_does_not_add_up_is_a_fault():
    found = counted("sim", 2)
    assert found.findings == []
    wrong = replace(found.matrices[0], gap=1e-3, place="row money", unknown=("taxes",))
    fault, note = replace(found, matrices=[wrong]).findings
    assert (fault.severity, fault.code, note.severity) == ("fault", "E621", "note")
    assert "row money does not add up: 1.0e-03" in fault.sentence and "taxes" in note.sentence
    assert "row money" in replace(found, matrices=[wrong]).certificate["rows_and_columns"]


def test_csv_has_every_amount_at_full_precision():
    found = counted("insout", 4)
    rows = list(csv.DictReader(io.StringIO(matrices_csv(found.payload))))
    amounts = [value for m in found.matrices for row in m.rows for value in row[1] if value is not None]
    kept = [float(row["amount"]) for row in rows if row["row"] != "sum" and row["column"] != "sum"]
    assert kept == amounts and {row["matrix"] for row in rows} == {m.name for m in found.matrices}


@pytest.mark.parametrize("name", closed_models())
def test_payments_as_a_flow_lose_nothing(name):
    found = counted(name, 2)
    figure = flow_figure(found)
    model, values = found.run.model, found.run.result.values[:, 2, 0]
    paid = sum(abs(values[cell.payment]) for cell in (*model.payments, *model.claims))
    assert figure["total"]["value"] == pytest.approx(paid, rel=1e-6)
    assert json.loads(json.dumps(figure)) == figure
    for narrow in (False, True):
        assert draw(figure, narrow=narrow).height > 100


def test_payments_lead_from_who_pays_to_who_receives():
    links = {(link["from"], link["to"]) for link in flow_figure(counted("sim", 2))["links"]}
    assert {("from households", "taxes"), ("taxes", "to government")} <= links
    assert ("from firms", "taxes") not in links
    with pytest.raises(InputError, match="nobody pays"):
        flow_figure(counted("lp", 0))


def test_heat_tables_have_the_same_texts_as_the_tables():
    first, second = heat_figures(counted("bmw", 2))
    assert [cell["text"] for cell in first["cells"]][:2] == ["−200.00", "200.00"]
    assert second["title"] == "Transactions of bmw, period 2"
    assert "firms, capital" in [column["title"] for column in second["columns"]]


@pytest.mark.parametrize("period", [-1, 100_001])
def test_periods_that_are_none(period):
    with pytest.raises(InputError, match="S701"):
        counted("sim", period)


def test_the_tables_carry_their_numbers():
    found = counted("bmw", 2)
    for grid, matrix in zip(found.grids, [m for m in found.matrices if m.rows], strict=True):
        assert [row[1:-1] for row in grid.values[:-1]] == [row for _, row in matrix.rows]
        assert all(len(values) == len(row) for values, row in zip(grid.values, grid.rows, strict=True))
