"""Long runs: PC on ever more paths, in seconds, paths per second and peak memory.

    python benchmarks/long_runs.py [PATHS ...]

Each run is a process of its own, so that its peak memory is its own. Draws, statistics of every period,
quantiles and saving are included. The bar: the largest run in pieces takes at most 150 MiB more than the
smallest one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

PERIODS = 62
PATHS = (20_000, 100_000, 1_000_000)
KEEP = {"all": "all variables", "wages;wealth;money": "3 variables"}
ALLOWED = 150  # MiB from the smallest to the largest run


def one(paths: int, keep: str, threads: int) -> None:
    """Run once and print seconds and MiB."""
    import resource

    from creditor.scenario.long import run_any
    from creditor.scenario.scenario import make_scenario
    from creditor.scenario.wishes import Wishes

    draw = {"name": "public_spending", "distribution": "normal", "parameters": (0.0, 0.5)}
    kept = keep.split(";")
    scenario = make_scenario(model="pc", periods=PERIODS, paths=paths, seed=1, keep=kept, draw=[draw])
    run_any(scenario.model_copy(update={"paths": 2048}), wishes=Wishes(False, threads))  # load machine code
    begun = time.perf_counter()
    found = run_any(scenario, wishes=Wishes(True, threads))
    spent = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert found.statistics is not None
    print(spent, peak, found.statistics.method, sep="\t")


def measured(paths: int, keep: str, threads: int) -> tuple[float, float, str]:
    """A run in a process and a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, __file__, "one", str(paths), keep, str(threads)]
        environment = os.environ | {"CREDITOR_DATA": folder}
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    spent, peak, method = done.stdout.split("\t")
    return float(spent), float(peak), method.strip()


def main(wanted: list[int]) -> int:
    """Print a row for each run; 1 where memory grows with the paths."""
    print(f"PC, {PERIODS} periods; draws, statistics, quantiles and saving included")
    missed = False
    for keep, told in KEEP.items():
        peaks = []
        for paths in wanted:
            for threads in (1, 2) if paths == wanted[-1] else (2,):
                spent, peak, method = measured(paths, keep, threads)
                rate = paths / spent
                print(
                    f"{told:14} {paths:>9,} paths, {threads} threads: {spent:7.1f} s, {rate:>8,.0f} paths/s, "
                    f"peak {peak:5.0f} MiB, quantiles {method}",
                    flush=True,
                )
                if method != "exact":
                    peaks.append(peak)
        if peaks:
            missed |= max(peaks) - min(peaks) > ALLOWED
    return int(missed)


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    else:
        sys.exit(main([int(word) for word in sys.argv[1:]] or list(PATHS)))
