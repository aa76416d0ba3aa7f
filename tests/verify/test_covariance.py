"""Holds the covariance of shocks against the known one of two countries, and the covariances of all 27 together."""

from __future__ import annotations

import csv
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

VERIFY = Path(__file__).resolve().parents[2] / "verify"
DATA = VERIFY / "data/dsa"


@pytest.fixture(scope="module")
def rule() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_covariance", VERIFY / "debt/covariance.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its module up
    spec.loader.exec_module(module)
    return module


def matrices(name: str) -> dict[str, tuple[str, int, np.ndarray]]:
    """Frequency, number of rows and covariance by country, as printed in a file."""
    with (DATA / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for code in dict.fromkeys(row["country"] for row in rows):
        own = [row for row in rows if row["country"] == code]
        names = list(dict.fromkeys(row["row"] for row in own))
        assert [(row["row"], row["col"]) for row in own] == [(a, b) for a in names for b in names]
        assert len(names) == 6 and len({(row["frequency"], row["n_obs"]) for row in own}) == 1
        values = np.array([float(row["value"]) for row in own]).reshape(6, 6)
        found[code] = (own[0]["frequency"], int(own[0]["n_obs"]), values)
    return found


@pytest.mark.parametrize(("code", "frequency", "count"), [("AUT", "quarterly", 91), ("GRC", "annual", 23)])
def test_series_give_the_known_covariance(rule, code, frequency, count):
    (country,) = [found for found in rule.load(DATA / "shock_series.csv") if found.code == code]
    assert matrices("shock_covariance.csv")[code][:2] == (country.frequency, len(country.values))
    assert (country.frequency, len(country.values)) == (frequency, count)
    known = matrices("shock_covariance.csv")[code][2]
    np.testing.assert_allclose(rule.covariance(country.values), known, rtol=1e-11)


def test_other_rules_do_not_give_it(rule):
    country = rule.load(DATA / "shock_series.csv")[0]
    known = matrices("shock_covariance.csv")["AUT"][2]
    plain = np.cov(country.values, rowvar=False)
    largest = np.cov(rule.clipped(country.values), rowvar=False, ddof=0)
    for other in (plain, largest):
        assert not np.allclose(other, known, rtol=1e-3)


def test_27_countries_have_a_covariance_once():
    nine, more = matrices("shock_covariance.csv"), matrices("shock_covariance_more.csv")
    with (DATA / "bruegel_june2024_spb_targets_published.csv").open(encoding="utf-8") as file:
        published = {row["country"] for row in csv.DictReader(file)}
    assert not set(nine) & set(more) and set(nine) | set(more) == published
    assert list(more) == sorted(more)
    for _, count, values in (nine | more).values():
        assert np.array_equal(values, values.T) and count >= 22
        variances = np.diag(values)
        scale = np.sqrt(np.where(variances > 0, variances, 1.0))
        assert np.linalg.eigvalsh(values / np.outer(scale, scale)).min() > -1e-6
        assert (variances[2:] > 0).all()


def test_euro_members_share_dollar_and_short_rate():
    nine, more = matrices("shock_covariance.csv"), matrices("shock_covariance_more.csv")
    alike = {("quarterly", 95): nine["BEL"], ("quarterly", 91): nine["AUT"], ("annual", 23): nine["ITA"]}
    members = ("EST", "FIN", "LTU", "LVA", "MLT", "NLD", "PRT", "SVK")
    for code in members:
        *sample, values = more[code]
        np.testing.assert_allclose(values[:3, :3], alike[tuple(sample)][2][:3, :3], rtol=6e-6)


def test_years_before_2000_are_left_out_and_printed_rows_round_to_six_digits(
    rule, tmp_path, capsys, monkeypatch
):
    lines = ["1999Q4,9.0,9.0", "2000Q1,1.0,-2.0", "2000Q2,2.0,1.0", "2000Q3,4.0,0.5"]
    path = tmp_path / "series.csv"
    path.write_text("country,period,A,B\n" + "".join(f"XXX,{line}\n" for line in lines), encoding="utf-8")
    (country,) = rule.load(path)
    assert country.names == ("A", "B") and country.values.tolist() == [[1.0, -2.0], [2.0, 1.0], [4.0, 0.5]]
    # of three values 1, 2, 4 the percentiles are 1.1 and 3.8: (1.1, 2, 3.8) has the variance 1.89
    monkeypatch.setattr(sys, "argv", ["covariance.py", str(path)])
    rule.main()
    printed = capsys.readouterr().out.splitlines()
    assert printed[:2] == ["country,frequency,n_obs,row,col,value", "XXX,quarterly,3,A,A,1.89"]
    assert len(printed) == 5


@pytest.mark.parametrize(
    ("periods", "what"),
    [
        (("2001Q1", "2001Q1"), "not each once and in order"),
        (("2001Q2", "2001Q1"), "not each once and in order"),
        (("2001", "2001Q2"), "years and quarters"),
        (("1998", "1999"), "no period since 2000"),
    ],
)
def test_a_file_that_is_no_sample_is_refused(rule, tmp_path, periods, what):
    path = tmp_path / "series.csv"
    path.write_text("country,period,A\n" + "".join(f"XXX,{p},1.0\n" for p in periods), encoding="utf-8")
    with pytest.raises(ValueError, match=what):
        rule.load(path)
