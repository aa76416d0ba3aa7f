"""Checks debt paths against published figures: targets of 2024, interest of the United States, past "
"vintages."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).with_name("debt")))

import commission
import commission_draws
import commission_rules
import scores
import us_interest

PATHS, SEED = 100_000, 1
CRITERIA = (*commission.SCENARIOS, "deficit_reduction")


def published() -> dict[tuple[str, int], dict[str, str]]:
    """Targets of June 2024 by country and years of adjustment, for 27 countries."""
    with (commission.DATA / "bruegel_june2024_spb_targets_published.csv").open(encoding="utf-8") as file:
        return {(row["country"], int(row["adjustment_period"])): row for row in csv.DictReader(file)}


def targets(paths: int = PATHS) -> list[tuple[str, int, str, float, float, float]]:
    """Country, years, criterion, found, printed and Monte Carlo error, for the countries whose "
    "inputs are here."""
    rows, printed = [], published()
    for code in commission.countries():
        country = commission.load(code)
        for years in (4, 7):
            for name in CRITERIA:
                found = commission.least(country, years, name) - 1e-4  # the peer prints the last that fails
                rows.append((code, years, name, found, float(printed[code, years][name]), 0.0))
            found, error = commission_draws.least_stochastic(country, years, SEED, paths)
            rows.append((code, years, "stochastic", found, float(printed[code, years]["stochastic"]), error))
    return rows


def procedure(paths: int = PATHS) -> list[tuple[str, int, str, float | None, float | None, bool]]:
    """Country, years, column, found, printed and whether a chance binds: the columns of the rules "
    "of procedure."""
    rows, printed = [], published()
    for code in commission.countries():
        country = commission.load(code)
        for years in (4, 7):
            found = commission_rules.sequence(country, years, paths)
            for name in ("edp", "deficit_resilience", "binding"):
                text, value = printed[code, years][name], found[name]
                shown = None if value is None else value - 1e-4
                rows.append(
                    (code, years, name, shown, float(text) if text else None, bool(found["stochastic_binds"]))
                )
    return rows


def main() -> None:
    """Print every figure; leave with 1 where a deterministic target misses its third decimal."""
    bad = 0
    for code, years, name, found, printed, error in targets():
        gap = found - printed
        allowed = 0.03 if name == "stochastic" else 0.0006
        bad += abs(gap) > allowed
        print(f"{code} {years} {name:18} {found:8.4f} {printed:8.3f} {gap:+8.4f} (± {error:.4f})")
    for code, years, name, value, wanted, noisy in procedure():
        if (value is None) != (wanted is None):
            bad += 1
            print(f"{code} {years} {name:18} {value} {wanted}")
        elif value is not None and wanted is not None:
            bad += abs(value - wanted) > (0.03 if noisy else 0.0011)
            print(f"{code} {years} {name:18} {value:8.4f} {wanted:8.3f} {value - wanted:+8.4f}")
    us_interest.main()
    scores.main()
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
