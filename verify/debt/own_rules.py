"""Owns the test of our rules of procedure on the inputs of the replication: our sequence, its projection."""

from __future__ import annotations

from dataclasses import dataclass

import debt_targets
import numpy as np
from commission import A0, AFTER, Inputs, load, project, stepped
from commission_draws import ends, shocks
from commission_rules import PROCEDURE as OPEN

from creditor.sustainability.plan import Outcome
from creditor.sustainability.procedure import DEBT, MARGIN, PROCEDURE, Procedure, procedure

NAMES = {"main": "main_adjustment", "lower_balance": "lower_spb"}
COLUMNS = {"edp": PROCEDURE, "debt_safeguard": DEBT, "deficit_resilience": MARGIN}


@dataclass(frozen=True)
class Replicated:
    """The projection of the replication with its slips, as plans for our rules; shares of GDP."""

    country: Inputs
    years: int
    paths: int
    drawn: dict[str, np.ndarray]

    @property
    def first_year(self) -> int:
        """First year of the adjustment."""
        return 2023 + A0

    @property
    def start(self) -> float:
        """Structural primary balance of the year before."""
        return float(self.country.series["spb_bl"][A0 - 1]) / 100

    @property
    def before(self) -> float | None:
        """Overall balance two years before."""
        return float(self.country.series["ob"][A0 - 2]) / 100

    @property
    def in_procedure(self) -> bool | None:
        """As the replication takes it."""
        return self.country.code in OPEN

    def project(self, steps: np.ndarray, test: str = "main") -> Outcome:
        """The outcome of yearly steps [year of adjustment, candidate]."""
        spb = stepped(self.country, 100 * steps)
        found = project(self.country, spb, self.years, NAMES.get(test, test))
        place = slice(A0 - 1, A0 + self.years + AFTER)
        balance, primary, interest = (
            found.balance / 100,
            found.spb / 100,
            (found.spb - found.structural) / 100,
        )
        parts = (found.debt / 100, balance, primary, found.structural / 100, interest, found.growth / 100)
        return Outcome(*(part[place] for part in parts))

    def chances(self, steps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Chance that debt is higher five years after, and that it is above 60 percent."""
        spb = stepped(self.country, 100 * steps)
        found = [ends(self.country, spb[:, [c]], self.years, self.drawn) for c in range(spb.shape[1])]
        higher = [float((end > start).mean()) for start, end in found]
        return np.array(higher), np.array([float((end > 60).mean()) for _, end in found])


def own(country: Inputs, years: int, paths: int = 20_000, seed: int = 1) -> Procedure:
    """Our rules of procedure on the projection of the replication."""
    return procedure(Replicated(country, years, paths, shocks(country, paths, seed)))


def compare(paths: int = 20_000) -> list[tuple[str, int, str, float | None, float | None, bool]]:
    """Country, years, column, found by our rules, printed, and whether a chance binds: all columns."""
    rows = []
    for (code, years), line in debt_targets.published().items():
        found = columns(load(code), years, paths)
        for name in (*COLUMNS, "binding"):
            printed = float(line[name]) if line[name] else None
            rows.append((code, years, name, found[name], printed, bool(found["stochastic_binds"])))
    return rows


def columns(country: Inputs, years: int, paths: int = 20_000) -> dict[str, float | None]:
    """The printed columns from our rules: balances at the end in percent; None where a rule does not bind."""
    found = own(country, years, paths)
    start = 100 * Replicated(country, years, 0, {}).start
    states = {rule.name: (rule.state, 100 * (rule.total or 0.0)) for rule in found.rules}
    made: dict[str, float | None] = {
        name: start + states[rule][1] if states[rule][0] == "binds" else None
        for name, rule in COLUMNS.items()
    }
    made["binding"] = start + 100 * (found.total or 0.0)
    return {**made, "stochastic_binds": float(found.binding == "stochastic")}
