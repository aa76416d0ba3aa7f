"""Models of our own have no published numbers: each runs with a passing certificate, and says what runs out."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from creditor.equations.load import model_names
from creditor.scenario.run import Run, run_scenario
from creditor.scenario.scenario import make_scenario

HERE = Path(__file__).parent
TWINS = sorted(path.stem for path in HERE.glob("*.toml") if "illustration" in path.read_text("utf-8"))


def settings(name: str) -> dict:
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


@lru_cache
def outcome(name: str) -> Run:
    fields = settings(name)
    assert fields.pop("illustration") is True
    fields.pop("negative")
    return run_scenario(make_scenario(**{"model": name, **fields}))


def test_they_are_in_the_library() -> None:
    assert len(TWINS) >= 3 and set(TWINS) <= set(model_names())


@pytest.mark.parametrize("name", TWINS)
def test_the_certificate_passes(name: str) -> None:
    certificate = outcome(name).result.certificate
    assert 0 < certificate.residual <= 1e-10 and 0 < certificate.books <= 1e-9


@pytest.mark.parametrize("name", TWINS)
def test_every_variable_has_a_finite_value_in_every_period(name: str) -> None:
    run = outcome(name)
    assert np.isfinite(run.result.values[run.model.variables, 1:]).all()


@pytest.mark.parametrize("name", TWINS)
def test_claims_that_run_out_are_named_and_no_others(name: str) -> None:
    run = outcome(name)
    assert sorted(finding.place for finding in run.findings) == sorted(settings(name)["negative"])
    claims = {cell.slot for cell in run.model.claims}
    below = {
        run.model.title(slot)
        for slot in claims & set(run.model.settled)
        if (run.result.values[slot, 1:] < -1e-6).any()
    }
    assert below == set(settings(name)["negative"])


def test_a_default_is_a_loss_of_the_holders_and_moves_no_budget() -> None:
    run = outcome("country_dollar_debt")
    owed = run.result.series("dollar_bonds", "foreign_private")[:, 0]
    assert owed[12] == pytest.approx(0.67 * owed[11], rel=1e-12)
    assert owed[11] == pytest.approx(7.5, rel=1e-12)
    assert run.result.certificate.books <= 1e-12
