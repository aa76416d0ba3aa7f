"""Textbook models, 1,000 paths on one thread: NumPy and compiled engines beside C of the same equations."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from statistics import median

import numpy as np
from c_reference import FAST, Hand, Reference
from rounds import interleaved, ratio, table

from creditor.engine.program import compile_model
from creditor.engine.run import Inputs, run
from creditor.equations.load import load_model
from creditor.equations.model import Model

MODELS = {"pc": 62, "lp": 62, "insout": 65, "growth": 100}
PATHS = 1000
BARS = {"pc": 0.04, "insout": 0.03, "growth": 0.65}  # seconds without Numba
MACHINES = [
    "numpy",
    *(["numba"] if importlib.util.find_spec("numba") else []),
    *(["fused"] if importlib.util.find_spec("llvmlite") else []),
]
TITLES = {"numpy": "NumPy", "numba": "tape", "fused": "fused"}


def kept(model: Model, program) -> int:  # type: ignore[no-untyped-def]
    """National income in PC; the largest variable in others."""
    if model.name == "pc":
        return model.slot("wages")
    sizes = np.abs(run(program, Inputs(5)).values[:, -1, 0])
    return max(model.variables, key=lambda slot: sizes[slot])


def measure(name: str, periods: int) -> tuple[dict[str, str], dict[str, str]]:
    """One model's line of times and of ratios to C."""
    model = load_model(name)
    begun = time.perf_counter()
    program = compile_model(model)
    laid_out = time.perf_counter() - begun
    varied = next(slot for slot, number in model.givens.items() if number)
    factor = 1 + 0.005 * np.random.default_rng(1).standard_normal(PATHS)
    givens = {varied: np.ones((periods, 1)) * (model.givens[varied] * factor)}
    slot = kept(model, program)
    work = {}
    for machine in MACHINES:
        inputs = Inputs(periods, PATHS, givens, keep=[slot], threads=1, machine=machine)  # type: ignore[arg-type]
        work[TITLES[machine]] = lambda inputs=inputs: run(program, inputs).values[0]
    wanted = work["NumPy"]()[1:]
    gcc = {}
    if shutil.which("gcc"):
        for title, flags in (("C", None), ("C, fast-math", FAST)):
            made = gcc[title] = Reference(model, flags) if flags else Reference(model)
            work[title] = lambda made=made: made.run(periods, PATHS, givens, [slot])[0]
        two = gcc["C"]
        work["C, 2 threads"] = lambda: two.run(periods, PATHS, givens, [slot], 2)[0]
        if name == "pc":
            hand = Hand(model)
            work["C by hand"] = lambda: hand.run(givens[varied])
    for title, piece in work.items():
        found = piece()[-periods:]
        gap = np.abs(found - wanted).max() / np.abs(wanted).max()
        assert gap <= (0 if title in ("tape", "fused", "C", "C, 2 threads") else 1e-9), (name, title, gap)
    times_of = interleaved(work)
    seconds = {title: median(times) for title, times in times_of.items()}
    times = {"model": name.upper(), "periods": str(periods)}
    times |= {title: f"{value * 1e3:.2f} ms" for title, value in seconds.items()}
    times["lay out"] = f"{laid_out * 1e3:.0f} ms"
    times |= {f"gcc {title}": f"{made.seconds:.2f} s" for title, made in gcc.items()}
    if name in BARS:
        missed = "" if seconds["NumPy"] <= BARS[name] else ", missed"
        times["bar of NumPy"] = f"{BARS[name] * 1e3:.0f} ms{missed}"
    ratios = {"model": name.upper()}
    if "C" in seconds:
        ratios |= {f"{title} to C": f"{ratio(times_of, title, 'C'):.2f}" for title in work if title != "C"}
    return times, ratios


def cold() -> float:
    """Seconds to compile the machine code of the tape, which serves every model, with an empty cache."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        command = [sys.executable, "-m", "creditor.engine.compiled"]
        subprocess.run(command, check=True, env={**os.environ, "CREDITOR_CACHE": folder})
        return time.perf_counter() - begun


if __name__ == "__main__":
    print(f"{PATHS:,} paths, one thread unless said; certificates are in our times, none in C's\n")
    lines = [measure(name, length) for name, length in MODELS.items()]
    print(table([line[0] for line in lines]))
    if shutil.which("gcc"):
        print()
        print(table([line[1] for line in lines]))
    if "--cold" in sys.argv:
        print(f"\nmachine code of the tape from nothing: {cold():.1f} s")
