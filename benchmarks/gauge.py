"""The gauge: big.model from its text to 120 periods of 2,000 paths, against its bars and C."""

from __future__ import annotations

import importlib.util
import resource
import shutil
import sys
import time
from pathlib import Path
from statistics import median

BEGUN = time.perf_counter()
TEXT = Path(__file__).with_name("big.model")
PERIODS, PATHS = 120, 2000
SECONDS, MEBIBYTES, LOOPS = 3.0, 2048.0, 150


class Clock:
    """Seconds between calls."""

    def __init__(self) -> None:
        self.last, self.laps = BEGUN, {}

    def lap(self, name: str) -> None:
        """Note the time since the last lap."""
        now = time.perf_counter()
        self.laps[name], self.last = now - self.last, now


def main() -> int:
    """Run the gauge and print it; 1 where a bar is missed."""
    clock = Clock()
    import numpy as np

    from creditor.engine.compiled import load
    from creditor.engine.program import compile_model
    from creditor.engine.run import Inputs, run
    from creditor.equations.load import load_model

    clock.lap("import")
    model = load_model(str(TEXT))
    clock.lap("parse and elaborate")
    program = compile_model(model)
    clock.lap("lay out")
    compiled = load(program) is not None
    clock.lap("load machine code")
    machine = "numba" if compiled else "numpy"
    run(program, Inputs(PERIODS, 1, machine=machine))
    clock.lap("one path")
    slot, chance = model.slot("neutral_rate"), np.random.default_rng(1)
    givens = {slot: 0.03 + 0.01 * chance.standard_normal((1, PATHS)) * np.ones((PERIODS, 1))}
    keep = [model.slot("debt_ratio", ("USA",)), model.slot("output", ("USA",)), model.slot("world_debt")]
    result = run(program, Inputs(PERIODS, PATHS, givens, keep=keep, machine=machine))
    clock.lap(f"{PATHS:,} paths")

    blocks = [section.block for section in program.sections if section.block]
    equations = [len(section.slots) for section in program.sections if section.block]
    statements = sum(text.split("#")[0].strip() != "" for text in TEXT.read_text("utf-8").splitlines())
    print(f"{len(model.slots):,} cells from {statements} lines; {program.rows:,} rows; {machine}")
    print(f"{len(program.loops)} distinct loops (bar {LOOPS}), {program.calls:,} runs of rows")
    print(f"blocks of {equations}, unknowns {[len(block.tears) for block in blocks]}")
    for name, seconds in clock.laps.items():
        print(f"  {name:22}{seconds:8.2f} s")
    total = sum(clock.laps.values())
    first = total - clock.laps[f"{PATHS:,} paths"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"certificate: residual {result.certificate.residual:.1e}, books {result.certificate.books:.1e}")
    print(f"start to first result  {first:6.2f} s   bar {SECONDS:.0f} s")
    print(f"start to all paths     {total:6.2f} s   bar {SECONDS:.0f} s")
    print(f"peak memory            {peak:6.0f} MiB bar {MEBIBYTES:.0f} MiB")
    if "--against-c" in sys.argv:
        against_c(model, program, givens, keep, machine)
    return int(first > SECONDS or peak > MEBIBYTES or len(program.loops) > LOOPS)


def against_c(model, program, givens, keep, machine) -> None:  # type: ignore[no-untyped-def]
    """The engines beside C of the same equations, on one thread and on two, in turn."""
    import numpy as np
    from c_reference import FAST, Reference
    from rounds import interleaved, ratio, table

    from creditor.engine.run import Inputs, run

    machines = [machine, *(["fused"] if importlib.util.find_spec("llvmlite") else [])]
    work = {}
    for threads in (1, 2):
        for name in machines:
            inputs = Inputs(PERIODS, PATHS, givens, keep=keep, threads=threads, machine=name)
            work[name, threads] = lambda inputs=inputs: run(program, inputs).values
    if shutil.which("gcc"):
        for title, made in (("C", Reference(model)), ("C, fast-math", Reference(model, FAST))):
            print(f"gcc {title}: {made.seconds:.1f} s")
            for threads in (1, 2):
                work[title, threads] = lambda made=made, n=threads: made.run(PERIODS, PATHS, givens, keep, n)
    wanted = work[machine, 1]()
    for (title, _), piece in work.items():
        exact = title != "C, fast-math"
        gap = np.nanmax(np.abs(piece() - wanted) / np.abs(wanted))
        assert gap <= (0 if exact else 1e-9), (title, gap)
    times = interleaved({f"{title} {threads}": piece for (title, threads), piece in work.items()}, 5)
    rows = []
    for title in dict.fromkeys(name for name, _ in work):
        row = {"": "tape" if title == "numba" else title}
        for threads, heading in ((1, "1 thread"), (2, "2 threads")):
            row[heading] = f"{median(times[f'{title} {threads}']):.2f} s"
            if f"C {threads}" in times:
                row[f"{heading}, to C"] = f"{ratio(times, f'{title} {threads}', f'C {threads}'):.2f}"
        rows.append(row)
    print(table(rows))


if __name__ == "__main__":
    sys.exit(main())
