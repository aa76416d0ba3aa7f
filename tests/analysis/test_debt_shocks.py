"""Shocks: the library file is what the figures give, draws have its covariance and the same digits each time."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pytest

from creditor.analysis.debt_shocks import SHOCKS, Shocks, draw, errors, estimated, shocks
from creditor.errors import InputError, MissingError
from creditor.terms.library import ROOT


def test_the_file_is_what_the_figures_give():
    script = Path(__file__).parents[2] / "scripts/debt_shocks.py"
    made = runpy.run_path(str(script))["text"]()
    assert (ROOT / "debt/covariance.csv").read_text("utf-8") == made


def test_errors_have_calm_and_bad_years():
    italy = errors("ITA")
    assert len(italy) == 16 and italy[:, 0].min() < -0.06 and np.sort(np.abs(italy[:, 0]))[:8].max() < 0.03
    assert len(errors("ITA", 2018)) == 10


def test_draws_have_the_covariance_of_the_file():
    law = shocks("BRA")
    still = Shocks("BRA", law.covariance, np.zeros(len(SHOCKS)), law.innovations)
    for kind in ("normal", "t", "bootstrap"):
        found = draw(still, 1, 40_000, 3, kind)
        logs = [
            np.log1p(found[f"{n}_shock"][0])
            if n in ("growth", "deflator", "depreciation")
            else found[f"{n}_shock"][0]
            for n in SHOCKS
        ]
        covariance = np.cov(np.stack(logs))
        factor = len(law.innovations) / (len(law.innovations) - 1) if kind == "bootstrap" else 1.0
        scale = np.sqrt(np.outer(np.diag(law.covariance), np.diag(law.covariance)))
        assert np.abs(covariance * factor - law.covariance).max() <= 0.06 * scale.max() or np.all(
            np.abs(covariance * factor - law.covariance) <= 0.06 * scale
        ), kind


def test_a_path_has_the_same_digits_among_any_number_of_paths():
    law = estimated("ITA")
    for kind in ("normal", "t", "bootstrap"):
        few, many = draw(law, 5, 3, 7, kind), draw(law, 5, 50, 7, kind)
        for name, values in few.items():
            assert values == pytest.approx(many[name][:, :3], abs=1e-16)


def test_errors_are_carried_over():
    law = Shocks("ITA", np.eye(5) * 1e-4, np.array([0, 0, 0, 0.5, 0]), np.zeros((3, 5)))
    found = draw(law, 4000, 1, 1)["balance_shock"][:, 0]
    assert np.corrcoef(found[1:], found[:-1])[0, 1] == pytest.approx(0.5, abs=0.05)


def test_faults():
    with pytest.raises(InputError) as wrong:
        draw(shocks("ITA"), 1, 2, 1, "norml")
    assert "normal" in str(wrong.value)
    with pytest.raises(MissingError):
        shocks("ROW")
