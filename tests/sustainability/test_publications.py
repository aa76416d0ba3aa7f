"""Projections of others: what the figures are, and what follows from those that are given."""

from __future__ import annotations

import tomllib

import pytest

from creditor.sustainability.history import COLUMNS, FEDERAL, GENERAL
from creditor.sustainability.publications import (
    FLOW,
    GROWTH,
    INFLATION,
    INTEREST,
    NOMINAL,
    PRIMARY,
    publications,
)
from creditor.terms.csvfile import read_csv
from creditor.terms.library import ROOT

TEXTS = ("name", "title", "debt", "policy", "reused", "read")


def test_every_figure_has_its_unit_source_vintage_grade_and_publication():
    rows = [row.fields for row in read_csv(ROOT / "debt/beside.csv", COLUMNS, schema=True).finish()]
    sheets = tomllib.loads((ROOT / "debt/beside.toml").read_text("utf-8"))["publication"]
    named = [source for sheet in sheets for source in sheet["sources"]]
    assert len(named) == len(set(named)) and set(named) == {row["source"] for row in rows}
    assert all(all(sheet[key] for key in TEXTS) for sheet in sheets)
    assert all(sheet["path"] in (GENERAL, FEDERAL) for sheet in sheets)
    assert len({tuple(row[key] for key in COLUMNS[:4] + COLUMNS[6:7]) for row in rows}) == len(rows)
    for row in rows:
        assert row["unit"] and row["vintage"] and row["grade"] in "ABC"
        if row["economy"] == "USA":
            world = row["source"].startswith(("European", "International"))
            assert row["perimeter"] == (GENERAL if world else FEDERAL)


def test_what_is_not_published_follows_from_what_is():
    """Growth from debt and its ratio, interest from both balances: South Africa, and a mean of thirty years."""
    africa = publications("ZAF")[0]
    grown = (6094.2 / 76.2) / (5693.6 / 76.1) - 1
    assert africa.series[NOMINAL][2025] == pytest.approx(grown)
    assert list(africa.parts(2024, 2026)) == [NOMINAL]
    half = next(p for p in publications("USA", FEDERAL) if p.name == "cbo_2025_03")
    first, last, interest = half.means[INTEREST]
    assert half.parts(first - 1, last)[INTEREST] == pytest.approx(interest * (last - first + 1))
    assert INTEREST not in half.parts(first - 1, last - 1)  # a mean says nothing of fewer years


def test_parts_add_up_to_the_change_where_all_are_given():
    found = next(p for p in publications("FRA") if p.name == "ec_2025_spring")
    parts, debt = found.parts(2024, 2026), found.series["debt"]
    assert set(parts) == {INTEREST, GROWTH, INFLATION, PRIMARY, FLOW}
    assert sum(parts.values()) == pytest.approx(debt[2026] - debt[2024], abs=3e-5)
