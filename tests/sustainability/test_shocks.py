"""Shocks: the library file is what the figures give, draws have its covariance and the same digits each time."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pytest

from creditor.errors import InputError, MissingError
from creditor.sustainability.forecast_errors import SHOCKS
from creditor.sustainability.history import FEDERAL
from creditor.sustainability.law import EMERGING, Shocks, pooled
from creditor.sustainability.shocks import LOGARITHMS, draw, shocks
from creditor.terms.library import ROOT


def test_the_file_is_what_the_figures_give():
    script = Path(__file__).parents[2] / "scripts/debt_shocks.py"
    made = runpy.run_path(str(script))["text"]()
    assert (ROOT / "debt/covariance.csv").read_text("utf-8") == made


def still(code: str) -> Shocks:
    law = shocks(code)
    return Shocks(code, law.covariance, np.zeros(len(SHOCKS)), group=law.group)


def test_draws_have_the_covariance_of_the_file():
    law = still("BRA")
    scale = np.sqrt(np.outer(np.diag(law.covariance), np.diag(law.covariance)))
    for kind in ("normal", "t", "bootstrap"):
        found = draw(law, 1, 40_000, 3, kind)
        values = [found[f"{n}_shock"][0] for n in SHOCKS]
        logs = [np.log1p(v) if n in LOGARITHMS else v for n, v in zip(SHOCKS, values, strict=True)]
        assert np.abs(np.cov(np.stack(logs)) - law.covariance).max() < 0.06 * scale.max(), kind
        assert np.abs(np.cov(np.stack(logs)) / scale - law.covariance / scale).max() < 0.06, kind
        assert np.abs(np.mean(logs, axis=1) / np.sqrt(np.diag(law.covariance))).max() < 0.02, kind


def test_the_tails_of_t_and_of_the_past_are_fatter():
    def fourth(kind: str) -> float:
        x = draw(still("ITA"), 1, 40_000, 3, kind)["balance_shock"][0]
        return float((x**4).mean() / (x**2).mean() ** 2)

    assert fourth("normal") == pytest.approx(3, abs=0.15)
    assert fourth("t") > 4 and fourth("bootstrap") > 4


def test_a_bootstrap_takes_years_of_the_past_as_they_were():
    law = still("TUR")
    size = np.sqrt(np.diag(law.covariance))
    past = pooled(EMERGING).reshape(-1, len(SHOCKS))
    past = past[~np.isnan(past).any(axis=1)]
    found = draw(law, 6, 20, 1, "bootstrap", block=2)
    for path in range(20):
        for period in range(6):
            values = [found[f"{n}_shock"][period, path] for n in SHOCKS]
            row = [np.log1p(v) if n in LOGARITHMS else v for n, v in zip(SHOCKS, values, strict=True)]
            assert np.abs(past - np.array(row) / size).max(axis=1).min() < 1e-9
    ahead = pooled(EMERGING)
    pairs = np.concatenate([ahead[:, i : i + 2, 3] for i in range(4)])
    wanted = np.stack([found["balance_shock"][2], found["balance_shock"][3]], axis=1) / size[3]
    assert all(np.nanmin(np.abs(pairs - pair).max(axis=1)) < 1e-9 for pair in wanted)


def test_a_path_has_the_same_digits_among_any_number_of_paths():
    law = shocks("ITA")
    for kind in ("normal", "t", "bootstrap"):
        few, many = draw(law, 5, 3, 7, kind), draw(law, 5, 50, 7, kind)
        for name, values in few.items():
            assert values == pytest.approx(many[name][:, :3], abs=1e-15)


def test_errors_are_carried_over():
    law = Shocks("ITA", np.eye(6) * 1e-4, np.array([0, 0, 0, 0.5, 0, 0]))
    found = draw(law, 4000, 1, 1)["balance_shock"][:, 0]
    assert np.corrcoef(found[1:], found[:-1])[0, 1] == pytest.approx(0.5, abs=0.05)


def test_federal_shocks_are_smaller_than_those_of_general_government():
    federal, general = shocks("USA", FEDERAL), shocks("USA")
    place = SHOCKS.index("balance")
    assert federal.covariance[place, place] < 0.3 * general.covariance[place, place]
    assert federal.reaction == 0 < general.reaction


def test_faults():
    with pytest.raises(InputError) as wrong:
        draw(shocks("ITA"), 1, 2, 1, "norml")
    assert "normal" in str(wrong.value)
    with pytest.raises(MissingError):
        shocks("ROW")
