"""Measures the look-through against the bare solve of the same equations, interleaved in one process.

`kernel` is `flows.solve`: it assembles the system from what intermediaries hold, solves it and checks the
result. The bare solves are given the finished system: `numpy.linalg.solve` (40, 400), SciPy's `splu` (4,000),
once as it comes and once with the settings of the kernel. Ratios are medians over interleaved pairs.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
import scipy.sparse
import scipy.sparse.linalg

from creditor.ledger import flows
from creditor.ledger.claims import Claim, Ledger
from creditor.ledger.lookthrough import look_through
from creditor.ledger.network import Network, build

SIZES = {40: 4000, 400: 300, 4000: 5}  # intermediaries: pairs
OWNERS = 12  # final owners
HANDFUL = 5  # other intermediaries that own one


def made_up(count: int) -> Ledger:
    """Intermediaries, each owned by a handful of others and by some final owners, with mixed amounts."""
    draw = random.Random(count)
    claims = []
    for k in range(count):
        others = draw.sample(range(count), HANDFUL)
        owners = draw.sample(range(OWNERS), 3)
        holders = [f"intermediary {i}" for i in others if i != k] + [f"owner {j}" for j in owners]
        amounts = [Fraction(round(draw.lognormvariate(6, 1.5)), 10) for _ in range(len(holders) + 1)]
        claims += [Claim(h, f"intermediary {k}", a) for h, a in zip(holders, amounts[1:], strict=True)]
        claims.append(Claim(f"intermediary {k}", "state", amounts[0]))
    claims += [Claim(f"owner {j}", "state", Fraction(draw.randrange(1, 9999))) for j in range(OWNERS)]
    return Ledger(tuple(claims))


def bare(network: Network) -> dict[str, Callable[[], object]]:
    """Solves of the finished system by other means."""
    entering = network.entering
    if isinstance(network.cross, np.ndarray):
        system = np.diag(network.liabilities) - network.cross
        return {"numpy.linalg.solve": lambda: np.linalg.solve(system, entering)}
    sparse = (scipy.sparse.diags_array(network.liabilities) - network.cross).tocsc()
    same = {"permc_spec": "MMD_AT_PLUS_A", "diag_pivot_thresh": 0.0, "options": {"SymmetricMode": True}}
    return {
        "splu": lambda: scipy.sparse.linalg.splu(sparse).solve(entering),
        "splu, same settings": lambda: scipy.sparse.linalg.splu(sparse, **same).solve(entering),
    }


def compared(
    one: Callable[[], object], other: Callable[[], object], pairs: int
) -> tuple[float, float, float]:
    """Median seconds of both, and the median of the ratios of interleaved pairs."""
    times = []
    for _ in range(pairs + 2):
        begin = time.perf_counter()
        one()
        middle = time.perf_counter()
        other()
        times.append((middle - begin, time.perf_counter() - middle))
    times = times[2:]  # the first ones load and warm up
    first, second = ([pair[i] for pair in times] for i in (0, 1))
    return statistics.median(first), statistics.median(second), statistics.median(a / b for a, b in times)


def kernel_lines(network: Network, pairs: int) -> Iterator[str]:
    """The kernel against each bare solve."""
    cross, leaving, entering = network.cross, network.leaving, network.entering
    found = flows.solve(cross, leaving, entering)
    count = len(network.intermediaries)
    for name, solve in bare(network).items():
        kernel, other, ratio = compared(lambda: flows.solve(cross, leaving, entering), solve, pairs)
        times = f"{kernel * 1e3:>10.3f} ms {other * 1e3:>10.3f} ms {ratio:>6.2f}"
        yield f"{count:>14}  {name:<20} {times}  {found.method}, gap {found.conservation:.0e}"


def whole_line(ledger: Ledger, count: int) -> str:
    """From a ledger to arrays, and to owners."""
    built, looked, _ = compared(lambda: build(ledger, "state"), lambda: look_through(ledger, "state"), 5)
    return f"{count:>14} {len(ledger):>7} {built * 1e3:>10.2f} ms {looked * 1e3:>10.2f} ms"


def main() -> None:
    """Print both tables."""
    ledgers = {count: made_up(count) for count in SIZES}
    print(f"{'intermediaries':>14}  {'against':<20} {'kernel':>13} {'bare':>13} {'ratio':>6}  method")
    for count, pairs in SIZES.items():
        for line in kernel_lines(build(ledgers[count], "state"), pairs):
            print(line)
    print(f"\n{'intermediaries':>14} {'claims':>7} {'build':>13} {'look_through':>13}")
    for count, ledger in ledgers.items():
        print(whole_line(ledger, count))


if __name__ == "__main__":
    main()
