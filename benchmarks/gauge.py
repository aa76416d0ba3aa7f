"""The gauge: big.model from its text to 120 periods of 2,000 paths, in seconds and MiB, against its bars."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

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
    return int(first > SECONDS or peak > MEBIBYTES or len(program.loops) > LOOPS)


if __name__ == "__main__":
    sys.exit(main())
