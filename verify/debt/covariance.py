"""Owns the covariance of shocks: first differences since 2000, 5th and 95th percentile clipped.

The rule is that of the public replication whose targets of June 2024 are checked here: quarters where it has
quarterly rows of the country, else years; no row is left out, and a gap between two rows is not filled.
`python verify/debt/covariance.py FILE` prints the rows of `shock_covariance.csv` for the series of a file.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SINCE = 2000  # first year of the sample
LOW, HIGH = 5.0, 95.0  # percentiles, by linear interpolation between order statistics
HEAD = ("country", "frequency", "n_obs", "row", "col", "value")


@dataclass(frozen=True)
class Differences:
    """One country: first differences, array [period, series]; rates, growth and balance in percentage
    points."""

    code: str
    frequency: str
    names: tuple[str, ...]
    values: np.ndarray


def load(path: Path) -> list[Differences]:
    """Read a file with the columns country, period and one per series; periods are 2001 or 2001Q2.

    Raises ValueError where a country has years and quarters, or a period twice or out of order.
    """
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = []
    for code in dict.fromkeys(row["country"] for row in rows):
        kept = [row for row in rows if row["country"] == code and int(row["period"][:4]) >= SINCE]
        periods = [row["period"] for row in kept]
        if periods != sorted(set(periods)):
            raise ValueError(f"{path.name}: periods of {code} are not each once and in order")
        if len({len(period) for period in periods}) != 1:
            raise ValueError(f"{path.name}: {code} has years and quarters, or no period since {SINCE}")
        names = tuple(name for name in rows[0] if name not in ("country", "period"))
        values = np.array([[float(row[name]) for name in names] for row in kept])
        found.append(Differences(code, "quarterly" if "Q" in periods[0] else "annual", names, values))
    return found


def clipped(values: np.ndarray) -> np.ndarray:
    """Each column with what lies outside its two percentiles set to them (winsorised)."""
    low, high = np.percentile(values, (LOW, HIGH), axis=0)
    return np.clip(values, low, high)


def covariance(values: np.ndarray) -> np.ndarray:
    """Sample covariance (divisor n - 1) of the clipped columns: array [series, series].

    Examples
    --------
    >>> covariance(np.array([[0.0, 1.0], [1.0, 1.0], [2.0, 1.0]])).round(4).tolist()
    [[0.81, 0.0], [0.0, 0.0]]
    """
    return np.cov(clipped(values), rowvar=False, ddof=1)


def table(country: Differences) -> Iterator[tuple[str, ...]]:
    """Rows of a file of covariances, six significant digits."""
    found = covariance(country.values)
    for i, row in enumerate(country.names):
        for j, col in enumerate(country.names):
            count = str(len(country.values))
            yield country.code, country.frequency, count, row, col, f"{found[i, j]:.6g}"


def main() -> None:
    """Print the covariances of each country of the files named."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(HEAD)
    for name in sys.argv[1:]:
        for country in load(Path(name)):
            out.writerows(table(country))


if __name__ == "__main__":
    main()
