"""The regime of the notice, and a short way to a verdict."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from creditor.regimes.assess import Assessment, assess_case
from creditor.regimes.cases import read_case
from creditor.regimes.read import load_regime
from creditor.regimes.regime import Regime


@pytest.fixture(scope="session")
def notice() -> Regime:
    return load_regime("notice42")


@pytest.fixture
def ask(notice: Regime) -> Callable[..., Assessment]:
    """Assess facts given by name."""

    def assessed(*without: str, **facts: str) -> Assessment:
        return assess_case(notice, read_case(notice, facts, "case"), without)

    return assessed
