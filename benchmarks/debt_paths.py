"""Owns the race of debt paths: 100,000 paths of five years with their draws, beside C.

The kernel is debt.model for a debt with one pool in own and one in foreign money, written out in shares of
GDP. It is for this race alone; `check` holds it against the model on the same shocks. Each line counts draws,
correlation, recursion and five quantiles. One thread.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from creditor.sustainability.baseline import baseline
from creditor.sustainability.forecast_errors import SHOCKS
from creditor.sustainability.path import RANGE, SLOPE, case_of, simulate, stochastic
from creditor.sustainability.shocks import shocks

PATHS, YEARS, BLOCK, CODE = 100_000, 5, 8192, "KOR"
QUANTILES = (5, 25, 50, 75, 95)

SOURCE = r"""
#include <math.h>
#include <stdint.h>
static inline uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
static inline uint64_t next(uint64_t *s) {
    uint64_t r = s[0] + s[3], t = s[1] << 17;
    s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 45);
    return r;
}
static inline double uni(uint64_t *s) { return ((next(s) >> 11) + 0.5) * 0x1p-53; }
void run(int64_t paths, int64_t years, const double *row, const double *root, const double *carry,
         const double *start, double slope, uint64_t seed, double *out) {
    uint64_t s[4] = {seed, seed ^ 0x9E3779B97F4A7C15ull, 0xBF58476D1CE4E5B9ull, 0x94D049BB133111EBull};
    for (int i = 0; i < 20; i++) next(s);
    for (int64_t path = 0; path < paths; path++) {
        double bh = start[0], bf = start[1], ch = start[2], cf = start[3], d = start[4];
        double e[6] = {0};
        for (int64_t t = 0; t < years; t++) {
            double z[6];
            for (int i = 0; i < 6; i += 2) {          /* polar method of Marsaglia */
                double x, y, q;
                do { x = 2 * uni(s) - 1; y = 2 * uni(s) - 1; q = x * x + y * y; } while (q >= 1 || q == 0);
                q = sqrt(-2 * log(q) / q); z[i] = x * q; z[i + 1] = y * q;
            }
            for (int i = 0; i < 6; i++) {
                e[i] *= carry[i];
                for (int j = 0; j <= i; j++) e[i] += root[i * 6 + j] * z[j];
            }
            const double *r = row + t * 13;
            double g = (1 + r[0]) * exp(e[0] + e[1]) * (1 + r[1]);
            double k = (1 + r[3]) * exp(e[4]) / g, c = r[5] + e[2];
            double h = bh / g, f = bf * k, ih = ch / g, jf = cf * k, both = h + f;
            double issue = r[8] * both + ih + jf + c * both - (r[2] + e[3]) + r[4] + e[5];
            double p = slope * ((d < r[12] ? d : r[12] * (1 + log(d / r[12]))) - r[9]);
            double nh = r[10] * issue, nf = r[11] * issue;
            ch = (1 - r[8]) * (ih + c * h) + (r[6] + p) * nh;
            cf = (1 - r[8]) * (jf + c * f) + (r[7] + p) * nf;
            bh = (1 - r[8]) * h + nh; bf = (1 - r[8]) * f + nf; d = bh + bf;
            out[t * paths + path] = d;
        }
    }
}
"""


@dataclass(frozen=True)
class Plan:
    """What the kernels are given.

    Parameters
    ----------
    rows : array [year, number]
    root : array [shock, shock]
        Of the covariance.
    carry : array [shock]
        Share of a shock that is carried over to the next year.
    start : array [number]
    """

    rows: np.ndarray
    root: np.ndarray
    carry: np.ndarray
    start: np.ndarray


def plan(code: str = CODE, years: int = YEARS) -> Plan:
    """The plan of an economy, from the same case as the model's."""
    base = baseline(code)
    case = case_of(base, base.opening + years, SLOPE)
    names: list[tuple[str, ...]] = [
        (n,) for n in ("real_growth", "deflator", "primary_balance", "depreciation")
    ]
    names += [("stock_flow",), ("correction_given",), ("market_rate", "fixed"), ("market_rate", "foreign")]
    names += [
        ("maturing_share", "fixed"),
        ("debt_reference",),
        ("issue_share", "fixed"),
        ("issue_share", "foreign"),
    ]
    columns = [case.series[name] for name in names]
    edge = np.maximum(case.series["debt_reference",], 0.0) + RANGE
    rows = np.ascontiguousarray(np.stack([*columns, edge], axis=1))
    gdp, law = case.starts["gdp",], shocks(code)
    kinds = ("outstanding", "coupons")
    pools = [case.starts[name, kind] / gdp for name in kinds for kind in ("fixed", "foreign")]
    values, vectors = np.linalg.eigh(law.covariance)
    square = vectors * np.sqrt(np.maximum(values, 0.0))
    root = np.ascontiguousarray(np.linalg.qr(square.T)[1].T)  # a lower triangle of the same covariance
    return Plan(rows, root, law.carry, np.array([*pools, base.debt]))


def recursion(made: Plan, errors: np.ndarray) -> np.ndarray:
    """Debt, a share of GDP, from errors [shock, year, path]: array [year, path]."""
    bh, bf, ch, cf, d = (np.full(errors.shape[2], x) for x in made.start)
    out = np.empty(errors.shape[1:])
    for t, r in enumerate(made.rows):
        g = np.exp(errors[0, t] + errors[1, t])
        g *= (1 + r[0]) * (1 + r[1])
        k = np.exp(errors[4, t])
        k *= 1 + r[3]
        k /= g
        c = errors[2, t] + r[5]
        h, f, ih, jf = bh / g, bf * k, ch / g, cf * k
        both = h + f
        issue = (r[8] + c) * both + ih + jf - errors[3, t] + errors[5, t] + (r[4] - r[2])
        p = SLOPE * (np.minimum(d, r[12]) - r[9])
        far = np.flatnonzero(d > r[12])
        p[far] += SLOPE * r[12] * np.log(d[far] / r[12])
        nh, nf = r[10] * issue, r[11] * issue
        ch = (1 - r[8]) * (ih + c * h) + (r[6] + p) * nh
        cf = (1 - r[8]) * (jf + c * f) + (r[7] + p) * nf
        bh, bf = (1 - r[8]) * h + nh, (1 - r[8]) * f + nf
        d = bh + bf
        out[t] = d
    return out


def numpy_paths(made: Plan, paths: int = PATHS, seed: int = 1) -> np.ndarray:
    """Draws, correlation and recursion by NumPy, in blocks that fit the cache."""
    rng, years = np.random.Generator(np.random.SFC64(seed)), len(made.rows)
    out, kept = np.empty((years, paths)), np.flatnonzero(made.carry)
    for first in range(0, paths, BLOCK):
        count = min(BLOCK, paths - first)
        errors = (made.root @ rng.standard_normal((len(SHOCKS), years * count))).reshape(-1, years, count)
        for t in range(1, years):
            for i in kept:
                errors[i, t] += made.carry[i] * errors[i, t - 1]
        out[:, first : first + count] = recursion(made, errors)
    return out


def c_paths() -> Callable[[Plan, int, int], np.ndarray] | None:
    """The same in C, or None without a compiler."""
    if not shutil.which("gcc"):
        return None
    folder = Path(tempfile.mkdtemp())
    (folder / "paths.c").write_text(SOURCE)
    flags = ["-O3", "-march=native", "-ffast-math", "-shared", "-fPIC"]
    subprocess.run(["gcc", *flags, "-o", folder / "paths.so", folder / "paths.c", "-lm"], check=True)
    library = ctypes.CDLL(str(folder / "paths.so"))

    def run(made: Plan, paths: int = PATHS, seed: int = 1) -> np.ndarray:
        out = np.empty((len(made.rows), paths))
        double = ctypes.POINTER(ctypes.c_double)
        arrays = [a.ctypes.data_as(double) for a in (made.rows, made.root, made.carry, made.start)]
        sizes = ctypes.c_int64(paths), ctypes.c_int64(len(made.rows))
        library.run(
            *sizes, *arrays, ctypes.c_double(SLOPE), ctypes.c_uint64(seed), out.ctypes.data_as(double)
        )
        return out

    return run


def numba_paths() -> Callable[[Plan, int, int], np.ndarray] | None:
    """The same compiled by Numba, fused: nothing but the debt is stored; None without it."""
    try:
        import numba
    except ImportError:
        return None

    @numba.njit(fastmath=True)
    def fused(rng: Any, rows: Any, root: Any, carry: Any, start: Any, slope: float, out: Any) -> None:
        years, paths = out.shape
        e = np.empty(6)
        for path in range(paths):
            bh, bf, ch, cf, d = start
            e[:] = 0.0
            for t in range(years):
                for i in range(6):
                    e[i] *= carry[i]
                for j in range(6):
                    z = rng.standard_normal()
                    for i in range(j, 6):
                        e[i] += root[i, j] * z
                r = rows[t]
                g = (1 + r[0]) * np.exp(e[0] + e[1]) * (1 + r[1])
                k, c = (1 + r[3]) * np.exp(e[4]) / g, r[5] + e[2]
                h, f, ih, jf = bh / g, bf * k, ch / g, cf * k
                both = h + f
                issue = (r[8] + c) * both + ih + jf - (r[2] + e[3]) + r[4] + e[5]
                p = slope * ((d if d < r[12] else r[12] * (1 + np.log(d / r[12]))) - r[9])
                nh, nf = r[10] * issue, r[11] * issue
                ch = (1 - r[8]) * (ih + c * h) + (r[6] + p) * nh
                cf = (1 - r[8]) * (jf + c * f) + (r[7] + p) * nf
                bh, bf = (1 - r[8]) * h + nh, (1 - r[8]) * f + nf
                d = bh + bf
                out[t, path] = d

    def run(made: Plan, paths: int = PATHS, seed: int = 1) -> np.ndarray:
        out = np.empty((len(made.rows), paths))
        rng = np.random.Generator(np.random.SFC64(seed))
        fused(rng, made.rows, made.root, made.carry, tuple(made.start), SLOPE, out)
        return out

    return run


def check(code: str = CODE, paths: int = 200) -> float:
    """Largest relative difference between the kernel and debt.model on the same shocks."""
    base, law = baseline(code), shocks(code)
    case = case_of(base, base.opening + YEARS, SLOPE)
    errors = np.einsum(
        "ij,jtp->itp", plan(code).root, np.random.default_rng(0).standard_normal((6, YEARS, paths))
    )
    for t in range(1, YEARS):
        errors[:, t] += law.carry[:, None] * errors[:, t - 1]
    logs = ("growth", "deflator", "depreciation")
    given = {(f"{n}_shock",): np.expm1(e) if n in logs else e for n, e in zip(SHOCKS, errors, strict=True)}
    model = simulate(case.put(given), paths, [("debt_ratio",)])["debt_ratio"][1:]
    return float(np.abs(recursion(plan(code), errors) / model - 1).max())


def best(work: Callable[[], np.ndarray], times: int = 5) -> float:
    """Seconds of the fastest of several runs, quantiles included."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        np.percentile(work()[-1], QUANTILES)
        found.append(time.perf_counter() - began)
    return min(found)


def main() -> None:
    """Print seconds and path-years per second of each."""
    print(f"kernel against debt.model on the same shocks: {check():.1e} at most")
    made, base = plan(), baseline(CODE)
    case = case_of(base, base.opening + YEARS, SLOPE)
    runs: dict[str, tuple[Callable[[], np.ndarray], int]] = {
        "debt.model, addressable draws": (
            lambda: stochastic(case, PATHS, 1, "normal", ["debt_ratio"])["debt_ratio"][1:],
            1,
        ),
        "NumPy": (lambda: numpy_paths(made), 5),
    }
    for name, maker in (("Numba, fused", numba_paths), ("C, gcc -O3", c_paths)):
        kernel = maker()
        if kernel is None:
            print(f"{name}: not installed")
            continue
        kernel(made, 100, 1)
        runs[name] = (lambda kernel=kernel: kernel(made, PATHS, 1)), 5  # type: ignore[misc]
    for name, (work, times) in runs.items():
        seconds = best(work, times)
        print(f"{name:32} {seconds:7.3f} s {PATHS * YEARS / seconds:10.2e} path-years/s")


if __name__ == "__main__":
    main()
