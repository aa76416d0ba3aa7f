"""C references: a model's generated C compiled in the run, and PC by hand as closed formulas over a batch."""

from __future__ import annotations

import ctypes
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from creditor.engine.generated_c import FLAGS, to_c
from creditor.equations.model import Model

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # threads that wait leave the cores to others
FAST = ("-O3", "-march=native", "-ffast-math")
HAND = """
#define W 64
/* Model PC of the gallery: every equation solved for its left side on paper, paths innermost. */
void pc(long periods, long paths, double spend, double spend_old, double tax, double share, double slope,
        double money, const double *rate, const double *spending, const double *start, double *out)
{
    const double after = spend * (1 - tax), over = 1 / (1 - after);
    for (long first = 0; first < paths; first += W) {
        const long n = paths - first < W ? paths - first : W;
        double v[W], b[W], s[W], r[W];
        for (int i = 0; i < W; i++) { v[i] = start[0]; b[i] = start[1]; s[i] = start[2]; r[i] = start[3]; }
        for (long t = 0; t < periods; t++) {
            double *income = out + t * paths + first;
            const double *g = spending + t * paths + first;
            const double now = rate[t];
            for (long i = 0; i < n; i++) {
                const double interest = r[i] * b[i];
                const double c = (after * (g[i] + interest) + spend_old * v[i]) * over;
                const double y = g[i] + c, taxes = tax * (y + interest), yd = y + interest - taxes;
                const double issued = g[i] + interest - taxes; /* the central bank hands its interest on */
                v[i] += yd - c;
                b[i] = (share + slope * now) * v[i] - money * yd;
                s[i] += issued;
                r[i] = now;
                income[i] = y;
            }
        }
    }
}
"""


class Reference:
    """Generated C of a model, compiled.

    Parameters
    ----------
    model : Model
    flags : sequence of str
        For gcc; ``CONDITION=0`` leaves out the estimated condition, as part of the certificate.
    """

    def __init__(self, model: Model, flags: Sequence[str] = FLAGS) -> None:
        text = to_c(model)
        begun = time.perf_counter()
        self.library = compiled(text, [*flags, "-DCONDITION=0", "-DWITHOUT_MAIN", "-fopenmp"])
        self.seconds = time.perf_counter() - begun

    def run(
        self,
        periods: int,
        paths: int,
        givens: Mapping[int, np.ndarray],
        keep: Sequence[int],
        threads: int = 1,
    ) -> np.ndarray:
        """Values [kept, period, path] from the text's opening."""
        series = [np.ascontiguousarray(values) for values in givens.values()]
        out = np.empty((len(keep), periods + 1, paths))
        where = (ctypes.c_long * 3)()
        pointer, count = ctypes.c_void_p, len(series)
        code = self.library.creditor_run(
            ctypes.c_long(periods),
            ctypes.c_long(paths),
            None,
            ctypes.c_long(1),
            count,
            (ctypes.c_int * count)(*givens),
            (pointer * count)(*(values.ctypes.data for values in series)),
            (ctypes.c_int * count)(*([1] * count)),
            len(keep),
            (ctypes.c_int * len(keep))(*keep),
            out.ctypes.data_as(pointer),
            threads,
            where,
        )
        assert not code, f"period {where[0]}, path {where[1]}: block {where[2]} is not solved"
        return out


def compiled(text: str, flags: Sequence[str]) -> ctypes.CDLL:
    """A text of C as a loaded library."""
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder, "model.c"), Path(folder, "model.so")
        source.write_text(text)
        subprocess.run(
            ["gcc", *flags, "-shared", "-fPIC", "-o", str(library), str(source), "-lm"], check=True
        )
        return ctypes.CDLL(str(library))


class Hand:
    """PC by hand; varies public spending and keeps national income (wages)."""

    def __init__(self, model: Model) -> None:
        self.pc = compiled(HAND, FAST).pc
        names = ("spend_of_income", "spend_of_wealth", "tax_rate", "bill_share", "share_per_rate")
        given = {model.slots[slot][0]: number for slot, number in model.givens.items()}
        self.numbers = [ctypes.c_double(given[name]) for name in (*names, "money_for_income")]
        self.rate = given["target_rate"]
        start = {model.title(slot): number for slot, number in model.starts.items()}
        bills = start["bills[households]"]
        self.start = np.array(
            [bills + start["money"], bills, bills + start["bills[central_bank]"], start["bill_rate"]]
        )

    def run(self, spending: np.ndarray) -> np.ndarray:
        """National income [period, path]."""
        periods, paths = spending.shape
        out, rate = np.empty_like(spending), np.full(periods, self.rate)
        pointers = [array.ctypes.data_as(ctypes.c_void_p) for array in (rate, spending, self.start, out)]
        self.pc(ctypes.c_long(periods), ctypes.c_long(paths), *self.numbers, *pointers)
        return out
