"""Published costs of ageing: what the figures are, whose they are, and what is between them."""

from __future__ import annotations

import tomllib

import pytest

from creditor.sustainability.ageing_published import COLUMNS, projection
from creditor.terms.csvfile import read_csv
from creditor.terms.library import ROOT


def test_every_figure_has_its_unit_source_vintage_grade_and_document():
    rows = [row.fields for row in read_csv(ROOT / "debt/ageing.csv", COLUMNS, schema=True).finish()]
    sheets = tomllib.loads((ROOT / "debt/ageing.toml").read_text("utf-8"))["projection"]
    codes = [code for sheet in sheets for code in sheet["economies"]]
    assert len(set(codes)) == len(codes) and set(codes) == {row["economy"] for row in rows}
    assert all(all(sheet[key] for key in ("document", "covers", "reused", "read")) for sheet in sheets)
    assert len({(row["economy"], row["component"], row["period"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["unit"] == "% of GDP" and row["source"] and row["vintage"] and row["grade"] in "ABC"
        assert 0 < float(row["value"]) < 40


def test_figures_agree_with_what_is_published_elsewhere():
    """Greece: 2024 Ageing Report, country fiche: 23.4 in 2022 and -2.4 to 2070. The sum of the OBR's parts is its total."""
    greece = projection("GRC").components["total"]
    assert greece[2070] == pytest.approx(23.4 - 2.4, abs=0.05)
    britain = projection("GBR")
    assert (100 * britain.net([2025, 2075])).tolist() == pytest.approx([26.343, 34.5496], abs=1e-3)
    usa = projection("USA").components
    assert usa["pensions"][2026] == 5.222 and usa["health_old_age"][2056] == 5.454


def test_pension_revenue_counts_against_the_cost():
    italy = projection("ITA")
    parts = italy.components
    assert 100 * italy.net([2040])[0] == pytest.approx(parts["total"][2040] - parts["pension_revenue"][2040])
