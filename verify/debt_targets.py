"""Checks debt paths against published figures: targets of 2024, interest of the United States, past "
"vintages."""

from __future__ import annotations

import csv
import sys
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).with_name("debt")))

import commission
import commission_rules
import scores
import us_interest

PATHS = 100_000
CRITERIA = commission_rules.CRITERIA
RULES = ("edp", "debt_safeguard", "deficit_resilience", "binding")


def published() -> dict[tuple[str, int], dict[str, str]]:
    """Targets of June 2024 by country and years of adjustment, for 27 countries."""
    with (commission.DATA / "bruegel_june2024_spb_targets_published.csv").open(encoding="utf-8") as file:
        return {(row["country"], int(row["adjustment_period"])): row for row in csv.DictReader(file)}


@cache
def criteria(code: str, years: int, paths: int) -> dict[str, tuple[float, float]]:
    """Targets of the criteria and their Monte Carlo errors, solved once."""
    return commission_rules.criteria(commission.load(code), years, paths)


def targets(paths: int = PATHS) -> list[tuple[str, int, str, float, float, float]]:
    """Country, years, criterion, found, printed and Monte Carlo error."""
    return [
        (code, years, name, found, float(line[name]), error)
        for (code, years), line in published().items()
        for name, (found, error) in criteria(code, years, paths).items()
    ]


def procedure(paths: int = PATHS) -> list[tuple[str, int, str, float | None, float | None, bool]]:
    """Country, years, column, found, printed and whether a chance binds: the columns of the rules."""
    rows = []
    for (code, years), line in published().items():
        known = criteria(code, years, paths)
        found = commission_rules.sequence(commission.load(code), years, paths, known)
        for name in RULES:
            printed = float(line[name]) if line[name] else None
            rows.append((code, years, name, found[name], printed, bool(found["stochastic_binds"])))
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
