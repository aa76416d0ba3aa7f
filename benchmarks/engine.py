"""Textbook models, 1,000 paths on one thread: NumPy and Numba beside C generated from the same rows."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from creditor.engine.fuse import LESS_PRODUCT, PARTS
from creditor.engine.program import Program, compile_model
from creditor.engine.run import Inputs, run
from creditor.equations.load import load_model, model_names

MODELS = {"pc": 62, "lp": 62, "insout": 65, "growth": 100}
PATHS, BEST_OF = 1000, 5
BARS = {"pc": 0.04, "insout": 0.03, "growth": 0.65}  # seconds without Numba
BINARY = dict(enumerate(["+", "-", "*", "/", None, "==", "!=", "<", "<=", ">", ">="]))
HEAD = """#include <math.h>
static inline double worse(double a, double b, double c)
{ double s = fabs(b), q = s == 0 ? 0 : s / c; return a >= q || a != a ? a : q; }
static inline double larger(double a, double b) { return a >= b || a != a ? a : b; }
static inline double smaller(double a, double b) { return a <= b || a != a ? a : b; }
"""


class Source:
    """C of one program: whole runs path by path, blocks by the same Newton, no certificate."""

    def __init__(self, program: Program, varied: int, kept: int) -> None:
        self.program, self.varied, self.kept = program, varied, kept
        self.used: set[int] = set()

    def name(self, register: int) -> str:
        """How a register is called in C."""
        first = self.program.slots + len(self.program.lagged)
        if register < self.program.slots:
            return f"s[{register}]"
        if register < first:
            return f"y[{register - self.program.slots}]"
        if register in self.program.constants:
            return f"({self.program.constants[register].hex()})"
        self.used.add(register)
        return f"t{register}"

    def row(self, row: tuple[int, int, int, int, int]) -> str:
        """One row as a statement."""
        code, *rest = row
        a, b, c, out = (self.name(register) for register in rest)
        if code in PARTS:
            first, then = (BINARY[part] for part in PARTS[code])
            return f"{out} = ({a} {first} {b}) {then} {c};"
        if code == LESS_PRODUCT:
            return f"{out} = {c} - {a} * {b};"
        if code in BINARY and code != 4:
            return f"{out} = {a} {BINARY[code]} {b};"
        forms = {4: "pow({a}, {b})", 11: "{a} != 0 && {b} != 0", 12: "{a} != 0 || {b} != 0"}
        forms |= {13: "smaller({a}, {b})", 14: "larger({a}, {b})", 15: "fabs({a})", 16: "sqrt({a})"}
        forms |= {17: "log({a})", 18: "exp({a})", 19: "{a} != 0 ? {b} : {c}", 20: "-{a}", 21: "{a}"}
        forms |= {22: "larger({a}, fabs({b}))", 23: "worse({a}, {b}, {c})"}
        return f"{out} = {forms[code].format(a=a, b=b, c=c)};"

    def rows(self, rows: list) -> str:
        """Rows as statements."""
        return "\n".join(map(self.row, rows)) + "\n"

    def block(self, block) -> str:  # type: ignore[no-untyped-def]
        """A block as a loop."""
        tears = [self.name(register) for register in block.tears]
        steps, size = [self.name(register) for register in block.steps], self.name(block.size)
        starts = "".join(f"{t} = {self.name(g)};" for t, g in zip(tears, block.guesses, strict=True))
        keep = "".join(f"k[{n}] = {t};" for n, t in enumerate(tears))
        move = "".join(f"{t} = k[{n}] + f * {d};" for n, (t, d) in enumerate(zip(tears, steps, strict=True)))
        back = "".join(f"{t} = k[{n}];" for n, t in enumerate(tears))
        values, slopes = self.rows(block.values), self.rows([*block.slopes, *block.factors])
        once = "!n" if block.linear else "1"
        return f"""{{ double k[{len(tears)}], best, f; int n, h; {starts}
        {values} best = {size};
        for (n = 0; n < 50 && !(best <= 1e-13); n++) {{
        if ({once}) {{ {slopes} }}
        {self.rows(block.solution)} {keep}
        for (h = 0, f = 1; h < 9; h++, f *= 0.5) {{ {move}
        {values} if ({size} < best || best != best) break; }}
        if (h == 9) {{ {back} {values} break; }}
        best = {size}; }} }}
        """

    def text(self) -> str:
        """The whole file."""
        program = self.program
        body = "".join(
            self.rows(section.rows) if section.block is None else self.block(section.block)
            for section in program.sections
        )
        lags = "".join(f"y[{n}] = s[{slot}];" for n, slot in enumerate(program.lagged))
        temporaries = "double " + ", ".join(f"t{n} = 0" for n in sorted(self.used)) + ";" if self.used else ""
        return f"""{HEAD}
void go(int periods, int paths, const double *first, const double *given, double *out) {{
for (int p = 0; p < paths; p++) {{
double s[{program.slots}], y[{len(program.lagged) + 1}]; {temporaries}
for (int i = 0; i < {program.slots}; i++) s[i] = first[i];
s[{self.varied}] = given[p];
for (int t = 0; t < periods; t++) {{ {lags}
{body}
__asm__ volatile("" : : "r"(s) : "memory"); /* every cell is wanted */
out[(long)t * paths + p] = s[{self.kept}]; }} }} }}
"""


def by_c(program: Program, varied: int, kept: int, first: np.ndarray, given: np.ndarray, periods: int):  # type: ignore[no-untyped-def]
    """Seconds and values of the C reference; None without gcc."""
    if not shutil.which("gcc"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder, "model.c"), Path(folder, "model.so")
        source.write_text(Source(program, varied, kept).text())
        command = ["gcc", "-O3", "-march=native", "-shared", "-fPIC", "-o", str(library), str(source), "-lm"]
        subprocess.run(command, check=True)
        go = ctypes.CDLL(str(library)).go
        out = np.empty((periods, len(given)))
        pointers = [array.ctypes.data_as(ctypes.c_void_p) for array in (first, given, out)]
        return timed(lambda: go(periods, len(given), *pointers)), out


def timed(work) -> float:  # type: ignore[no-untyped-def]
    """The least of some times, after one to warm up."""
    work()
    found = []
    for _ in range(BEST_OF):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return min(found)


def measure(name: str, periods: int) -> None:
    """Print one model's line."""
    model = load_model(name)
    program = compile_model(model)
    varied = next(slot for slot, number in model.givens.items() if number)
    given = model.givens[varied] * (1 + 0.005 * np.random.default_rng(1).standard_normal(PATHS))
    givens = {varied: np.ones((periods, 1)) * given}
    sizes = np.abs(run(program, Inputs(periods)).values[:, -1, 0])
    kept = max(model.variables, key=lambda slot: sizes[slot])
    inputs = {
        machine: Inputs(periods, PATHS, givens, keep=[kept], threads=1, machine=machine)  # type: ignore[arg-type]
        for machine in ("numpy", "numba")
    }
    values = run(program, inputs["numpy"]).values[0, 1:]
    seconds = {machine: timed(lambda own=own: run(program, own)) for machine, own in inputs.items()}
    whole = run(program, Inputs(1, 1, machine="numpy")).values[:, 0, 0]
    first = np.ascontiguousarray(np.nan_to_num(whole))
    for slot, number in model.givens.items():
        first[slot] = number
    reference = by_c(program, varied, kept, first, given, periods)
    numpy, numba = seconds["numpy"], seconds["numba"]
    line = f"{name:8}{periods:4} periods  numpy {numpy * 1e3:7.1f} ms  numba {numba * 1e3:6.1f} ms"
    if reference is not None:
        c, out = reference
        gap = float(np.abs(out - values).max() / np.abs(values).max())
        line += f"  C {c * 1e3:6.1f} ms  numpy/C {numpy / c:5.1f}  numba/C {numba / c:5.2f}  gap {gap:.0e}"
    if name in BARS:
        line += f"  bar without Numba {BARS[name] * 1e3:.0f} ms"
    print(line)


if __name__ == "__main__":
    print(f"{PATHS:,} paths, one thread; the certificate is in NumPy's and Numba's times, not in C's")
    for model_name, length in MODELS.items():
        if model_name in model_names():
            measure(model_name, length)
    sys.exit(0)
