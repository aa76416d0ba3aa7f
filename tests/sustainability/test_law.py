"""The law of shocks: a known law is found again, economies lean on their group, the pool has unit variance."""

from __future__ import annotations

import numpy as np
import pytest

from creditor.sustainability import law
from creditor.sustainability.forecast_errors import SHOCKS
from creditor.sustainability.history import economies_with_path


def test_a_known_law_is_found_again(monkeypatch):
    rng = np.random.default_rng(0)
    share = np.array([0.0, 0.7, 0.9, 0.8, 0.2, 0.3])
    mix = np.linalg.cholesky(0.5 * np.eye(6) + 0.5)
    sizes = {code: 0.01 * (1 + i % 3) for i, code in enumerate(law.members(law.ADVANCED))}

    def made(code: str, last: int) -> np.ndarray:
        table = np.empty((400, 5, 6))
        before = np.zeros((400, 6))
        for ahead in range(5):
            before = share * before + sizes[code] * rng.standard_normal((400, 6)) @ mix.T
            table[:, ahead] = before
        return table

    kept = {code: made(code, 2407) for code in sizes}
    monkeypatch.setattr(law, "errors", lambda code, last: kept[code])
    names = ("carried", "innovations", "_variances", "typical", "pooled", "correlations")
    for name in names:
        getattr(law, name).cache_clear()
    try:
        found = law.estimated("ITA", 2407)
        found_share = law.carried(law.ADVANCED, 2407)
        assert found_share == pytest.approx(share, abs=0.03)
        assert np.sqrt(np.diag(found.covariance))[[0, 1, 3, 4, 5]] == pytest.approx(sizes["ITA"], rel=0.05)
        assert law.correlations(law.ADVANCED, 2407)[0, 1] == pytest.approx(0.5, abs=0.03)
        assert found.carry[SHOCKS.index("rate")] == 0
    finally:
        for name in names:
            getattr(law, name).cache_clear()


def test_each_economy_lies_between_its_own_past_and_its_group():
    for code in economies_with_path():
        size, group = law.deviations(code) ** 2, law.typical(law.group_of(code))
        own = law._variances(code, 2024)
        known = (own > 0) & (group > 0)
        low, high = np.minimum(own, group), np.maximum(own, group)
        assert ((size >= low - 1e-15) & (size <= high + 1e-15))[known].all(), code
    calm = law.deviations("CHE")[3] ** 2
    assert calm > law._variances("CHE", 2024)[3]  # Switzerland's budget knows of its peers'


def test_few_years_lean_more_on_the_group():
    def share(last: int) -> float:
        own, group = law._variances("GRC", last)[5], law.typical(law.ADVANCED, last)[5]
        return float(np.log(law.deviations("GRC", last)[5] ** 2 / group) / np.log(own / group))

    assert share(2010) == pytest.approx(3 / 8) and share(2024) == pytest.approx(17 / 22)


def test_the_pool_is_centred_with_unit_variance_and_every_covariance_can_be():
    for group in (law.ADVANCED, law.EMERGING):
        rows = law.pooled(group).reshape(-1, 6)
        rows = rows[~np.isnan(rows).any(axis=1)]
        assert len(rows) > 1000 and np.abs(rows.mean(axis=0)).max() < 1e-12
        assert rows.var(axis=0) == pytest.approx(np.ones(6))
    for code in economies_with_path():
        assert np.linalg.eigvalsh(law.estimated(code).covariance).min() > -1e-15
    assert law.estimated("USA").covariance[4, 4] == 0


def test_an_earlier_law_does_not_know_later_years():
    early, late = law.estimated("ITA", 2018), law.estimated("ITA")
    assert late.covariance[0, 0] > 1.5 * early.covariance[0, 0]  # 2020
    assert early.last == 2018
