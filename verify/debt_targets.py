"""Checks debt paths against published figures: targets of 2024, United States interest, past vintages."""

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

PATHS, PERIODS = 100_000, (4, 7)
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


def table(
    rows: list[tuple[str, int, str, float, float, float]],
    rules: list[tuple[str, int, str, float | None, float | None, bool]],
) -> str:
    """One line a country: differences of its targets, and what binds beside what is printed."""
    chance = {(c, y): (found - printed, error) for c, y, name, found, printed, error in rows if error}
    binds = {(c, y): (found, printed) for c, y, name, found, printed, _ in rules if name == "binding"}
    lines = ["     exact   chance, 4 years  chance, 7 years  binds, 4 years   binds, 7 years"]
    for code in commission.countries():
        worst = max(abs(row[3] - row[4]) for row in rows if row[0] == code and not row[5])
        off = "  ".join("{:+.3f} ± {:.3f} ".format(*chance[code, years]) for years in PERIODS)
        end = "  ".join("{:6.3f} ({:6.3f})".format(*binds[code, years]) for years in PERIODS)
        lines.append(f"{code}  {worst:.4f}  {off}  {end}")
    return "\n".join(lines)


def main() -> None:
    """Print every figure; leave with 1 where a deterministic target misses its third decimal."""
    off, count = [], 0
    for code, years, name, found, printed, error in targets():
        line = f"{code} {years} {name:18} {found:8.4f} {printed:8.3f} {found - printed:+8.4f} (± {error:.4f})"
        print(line)
        count += 1
        if abs(found - printed) > (0.03 if error else 0.0006):
            off.append(line)
    for code, years, name, value, wanted, noisy in procedure():
        if value is None or wanted is None:
            line, bad = f"{code} {years} {name:18} {value} {wanted}", value is not wanted
        else:
            line = f"{code} {years} {name:18} {value:8.4f} {wanted:8.3f} {value - wanted:+8.4f}"
            bad = abs(value - wanted) > (0.03 if noisy else 0.0011)
            print(line)
        count += 1
        if bad:
            off.append(line)
    print(f"{count} figures of {len(commission.countries())} countries, blanks included; {len(off)} are off:")
    print("\n".join(off) or "none")
    us_interest.main()
    scores.main()
    sys.exit(bool(off))


if __name__ == "__main__":
    main()
