"""Owns the race of the search for the least effort: rules as replicated, own rules, recursion and model."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from creditor.sustainability.adjustment import adjustment
from creditor.sustainability.ageing import ageing
from creditor.sustainability.baseline import baseline
from creditor.sustainability.guidance import guidance
from creditor.sustainability.packs import packs
from creditor.sustainability.path import simulate
from creditor.sustainability.plan import equal_steps
from creditor.sustainability.procedure import procedure
from creditor.sustainability.recursion import ratios

sys.path.insert(0, str(Path(__file__).parents[1] / "verify" / "debt"))

PERIODS = 4, 7


def replication() -> tuple[int, int, float]:
    """Searches, countries and processor seconds of the rules of 2024 as replicated.

    Eight criteria, four and seven years: four debt criteria, the deficit, the chance (20,000 paths), the
    floors of the deficit procedure and the resilience margin. Reading the inputs is counted.
    """
    import commission
    import commission_rules

    began, count = time.process_time(), 0
    codes = commission.countries()
    for code in codes:
        country = commission.load(code)
        for years in PERIODS:
            commission_rules.sequence(country, years, 20_000)
            count += len(commission_rules.CRITERIA) + 3
    return count, len(codes), time.process_time() - began


def searches() -> tuple[int, int, dict[str, float]]:
    """Searches, economies and processor seconds of the framework of 2024 for the economies of the library.

    Both readings, four and seven years, 2,000 paths behind a chance: the tests of debt and deficit, the
    deficit procedure and both safeguards. The baselines and their first run of debt.model are counted.
    """
    codes, count = packs()["eu2024"].economies, 0
    seconds = {"baselines": 0.0, "bruegel_2024": 0.0, "commission_2024": 0.0}
    for code in codes:
        for years in PERIODS:
            began = time.process_time()
            plans = adjustment(baseline(code), years, 2000, 1, ageing(code))
            seconds["baselines"] += time.process_time() - began
            for name, solve in (("bruegel_2024", procedure), ("commission_2024", guidance)):
                began = time.process_time()
                found = solve(plans)
                seconds[name] += time.process_time() - began
                count += len(found.efforts) + len(found.rules) - 1
    return count, len(codes), seconds


def recursion_race(rounds: int = 7) -> dict[int, tuple[float, float, float]]:
    """Seconds of debt.model and of the recursion, in turn, and the median of their ratios, by candidates."""
    made: dict[int, tuple[float, float, float]] = {}
    plans = adjustment(baseline("ITA"), 4, 2, 1)
    for count in (2, 512, 14_000):
        case, _ = plans.planned(equal_steps(np.linspace(0.0, 0.05, count), 4))
        times: list[tuple[float, float]] = []
        for _ in range(rounds):
            began = time.perf_counter()
            slow = simulate(case, count, [("debt_ratio",)])["debt_ratio"]
            between = time.perf_counter()
            quick = ratios(case, count).debt
            times.append((between - began, time.perf_counter() - between))
            assert np.abs(slow - quick).max() < 1e-12
        both = np.array(times)
        made[count] = (*np.median(both, axis=0), float(np.median(both[:, 0] / both[:, 1])))
    return made


def main() -> None:
    """Print what the searches of the rules take."""
    count, countries, seconds = replication()
    print(f"rules as replicated: {count} searches of {countries} countries in {seconds:.1f} s")
    count, economies, parts = searches()
    whole = sum(parts.values())
    told = ", ".join(f"{name} {value:.2f}" for name, value in parts.items())
    print(f"creditor effort: {count} searches of {economies} economies in {whole:.1f} s ({told})", end="")
    print(f"; 27 at that pace (extrapolated): {27 * whole / economies:.1f} s")
    for candidates, (slow, quick, ratio) in recursion_race().items():
        print(f"{candidates:6} candidates, 15 years: debt.model {1e3 * slow:.1f} ms, ", end="")
        print(f"recursion {1e3 * quick:.2f} ms, ratio {ratio:.1f}")


if __name__ == "__main__":
    main()
