"""What is told about shocks: their source and grade, that projections were too low, and where evidence ends."""

from __future__ import annotations

import pytest

from creditor.opening.country import load_country
from creditor.sustainability.baseline import baseline
from creditor.sustainability.federal import projection_errors
from creditor.sustainability.history import COLUMNS, FEDERAL, history
from creditor.terms.csvfile import read_csv
from creditor.terms.library import ROOT
from creditor.verbs.path import path
from creditor.verbs.path_shocks import shocks_told


def test_general_government():
    source, bias = shocks_told(baseline("ITA"), 2034)
    assert "17 years" in source.sentence and "own" in source.sentence and "grade B" in source.evidence
    assert "10.0 points" in bias.sentence and bias.severity == "warning"
    far = shocks_told(baseline("ITA"), 2055)[-1]
    assert (
        "Beyond 2034" in far.sentence
        and "After 5 years the primary balance takes back 3.7 % a year" in far.sentence
    )


def test_federal_debt_says_what_later_laws_would_add():
    source, bias, far = shocks_told(baseline("USA", FEDERAL), 2055)
    assert "Congressional Budget Office" in source.sentence
    assert "13.2 points" in bias.sentence and "6.8" in bias.sentence and "6.7 points higher" in bias.sentence
    assert "Nothing draws the paths back" in far.sentence


def test_the_bias_is_that_of_the_vintage_of_2015():
    printed: dict[str, dict[int, float]] = {}
    for row in read_csv(ROOT / "debt" / "vintages.csv", COLUMNS, schema=True).finish():
        printed.setdefault(row["economy"], {})[int(row["period"])] = float(row["value"])
    for years, found in projection_errors("general_government_debt").items():
        errors = []
        for code, debt in printed.items():
            came = history(load_country(code), "debt_gdp")
            errors.append(debt[2014 + years] - debt[2014] - came[2014 + years] + came[2014])
        assert len(errors) == 33
        assert found["average_error"] == pytest.approx(sum(errors) / 33, abs=0.051)


def test_a_rate_beyond_the_evidence_is_told():
    told = [
        f.sentence for f in path("BEL", paths=20, stress="none").findings if f.place == "rate rising in debt"
    ]
    assert len(told) == 1 and "30 points" in told[0] and "logarithm" in told[0]
    assert not [f for f in path("PRT", paths=20, stress="none").findings if f.place == "rate rising in debt"]
