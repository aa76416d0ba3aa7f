"""Owns the run of a program over periods and paths: in chunks, on threads, with one certificate."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Literal

import numpy as np

from creditor.engine.certificate import NOTHING, Certificate, Worst, certificate, worse
from creditor.engine.chunk import Chunk, Series
from creditor.engine.openings import opening
from creditor.engine.program import Program
from creditor.errors import InputError, Trouble

if TYPE_CHECKING:
    import numpy.typing as npt

    from creditor.engine.compiled import Kernel

    Floats = npt.NDArray[np.float64]

WIDTH = 64  # paths in a chunk of the compiled engine
BATCH = 1024  # and in one of NumPy
LARGEST = 4e9  # bytes of the values of a run and of the series that it is given
CALL, NUMBER = 1.6e-6, 1.5e-9  # seconds that NumPy takes for a run of rows, and for each path of each row

__all__ = ["Certificate", "Inputs", "Result", "run"]


@dataclass(frozen=True)
class Result:
    """Paths of slots.

    Parameters
    ----------
    program : Program
    values : array [slot, period, path]
        Period 0 is the opening; not-a-number where a slot has no opening.
    certificate : Certificate
    kept : tuple of int, optional
        Which slots ``values`` has, in order; None for all of them.
    worst : (Worst, Worst)
        Largest residual and largest gap of a budget, by number, to be merged with those of other paths.
    """

    program: Program
    values: Floats
    certificate: Certificate
    kept: tuple[int, ...] | None = None
    worst: tuple[Worst, Worst] = (NOTHING, NOTHING)

    def series(self, name: str, *labels: str) -> Floats:
        """One cell over periods: an array [period, path].

        Raises
        ------
        InputError
            E610 or E616 with the nearest names.
        KeyError
            For a cell that was not kept.
        """
        slot = self.program.model.slot(name, tuple(labels))
        if self.kept is None:
            return self.values[slot]
        if slot not in self.kept:
            raise KeyError(f"{self.program.model.title(slot)} was not kept; name it in Inputs.keep")
        return self.values[self.kept.index(slot)]


@dataclass(frozen=True)
class Inputs:
    """What a run is given besides its program.

    Parameters
    ----------
    periods, paths : int
    givens : dict of slot to array
        Values from period 1, as [period] or [period, path]; others keep the text's number.
    starts : dict of slot to float or array over paths
        Openings that replace the text's.
    keep : sequence of slots, optional
        What the result holds; everything where it is left out. More than `LARGEST` bytes are refused.
    threads : int, optional
        As many as there are cores where it is left out. The result does not depend on it.
    machine : {"auto", "numpy", "numba", "fused"}
        Which engine runs; each gives the same bits. ``fused`` is machine code made for the program. ``auto``
        takes the compiled ones where they are installed and pay, each as soon as it is ready.
    chunk : int, optional
        Paths that NumPy takes at once. The result does not depend on it.
    first : int
        Number of the first path in a longer run that these are a part of, for messages and the certificate.
    whole : int, optional
        How many paths that run has, where it pays to load the compiled engine for all of them.
    """

    periods: int
    paths: int = 1
    givens: Mapping[int, Floats] = field(default_factory=dict)
    starts: Mapping[int, float | Floats] = field(default_factory=dict)
    keep: Sequence[int] | None = None
    threads: int | None = None
    machine: Literal["auto", "numpy", "numba", "fused"] = "auto"
    chunk: int | None = None
    first: int = 0
    whole: int | None = None


def run(program: Program, inputs: Inputs) -> Result:
    """Run a program.

    Parameters
    ----------
    program : Program
    inputs : Inputs

    Returns
    -------
    Result
        Only with a passing certificate: residuals at most 1e-10, budgets at most 1e-9 of the largest payment.

    Raises
    ------
    InputError
        E615 for what is read with a lag and has no opening, all at once; S701 for more than `LARGEST` bytes.
    MissingError
        U504 where ``machine`` is numba and it is not installed.
    NoSolutionError
        E621 for an equation that is not solved or not finite, with its period, path, block and values.

    Examples
    --------
    >>> from creditor.engine.program import compile_model
    >>> from creditor.equations.draft import draft
    >>> from creditor.equations.elaborate import elaborate
    >>> from creditor.equations.parse import parse
    >>> program = compile_model(elaborate(draft(parse("given a = 2 let b = a + b(-1) start b = 1"))))
    >>> run(program, Inputs(3)).series("b")[:, 0]
    array([1., 3., 5., 7.])
    """
    _check_size(program, inputs)
    first = opening(program, inputs.starts, inputs.paths)
    kept = np.array(range(program.slots) if inputs.keep is None else list(inputs.keep), dtype=np.int64)
    values = np.empty((len(kept), inputs.periods + 1, inputs.paths))
    values[:, 0] = first[kept]
    kernel = _kernel(program, inputs)
    width = WIDTH if kernel else min(inputs.chunk or BATCH, inputs.paths)

    def work(offset: int) -> tuple[Worst, Worst]:
        chunk = _chunk(program, inputs, first, offset, width, padded=kernel is not None)
        period = 1
        while period <= inputs.periods:
            if kernel:
                period = kernel(chunk, period, inputs.periods, kept, values)
                if period > inputs.periods:
                    break
            else:
                chunk.shift()
            chunk.period(period)
            values[:, period, offset : offset + chunk.real] = chunk.registers[kept, : chunk.real]
            period += 1
        return chunk.residual, chunk.books

    scores = _scores(work, range(0, inputs.paths, width), inputs.threads)
    worst = (_counted_from(inputs.first, reduce(worse, kind, NOTHING)) for kind in zip(*scores, strict=True))
    residual, books = worst
    named = None if inputs.keep is None else tuple(map(int, inputs.keep))
    return Result(program, values, certificate(program, residual, books), named, (residual, books))


def _counted_from(first: int, worst: Worst) -> Worst:
    """The same place, with the path counted in the longer run."""
    return (*worst[:3], worst[3] + first) if worst[0] > 0 else worst


def size_of(slots: int, periods: int, paths: int, drawn: int = 0) -> float:
    """Bytes that a run holds: the kept slots from period 0, and the givens that differ by path.

    Examples
    --------
    >>> size_of(slots=10, periods=9, paths=100)
    80000.0
    """
    return 8.0 * paths * (slots * (periods + 1) + drawn * periods)


def too_large(size: float, periods: int, paths: int, where: str) -> Trouble:
    """What is said of a run that would hold too much.

    Examples
    --------
    >>> too_large(8e9, 100, 1000, "scenario").code
    'S701'
    """
    what = f"{periods} periods on {paths} paths need {size / 1e9:,.1f} GB"
    mend = "keep fewer variables, or run fewer paths or periods"
    return Trouble("S701", where, what, f"the limit is {LARGEST / 1e9:g} GB", mend)


def _check_size(program: Program, inputs: Inputs) -> None:
    """A run that would not fit is refused before it begins."""
    slots = program.slots if inputs.keep is None else len(inputs.keep)
    drawn = sum(np.ndim(series) == 2 for series in inputs.givens.values())
    size = size_of(slots, inputs.periods, inputs.paths, drawn)
    if size > LARGEST:
        raise InputError(too_large(size, inputs.periods, inputs.paths, "Inputs.keep"))


def _scores(
    work: Callable[[int], tuple[Worst, Worst]], offsets: range, threads: int | None
) -> list[tuple[Worst, Worst]]:
    """Work on every chunk, in as many threads as asked for; the scores stand in the order of the paths."""
    threads = min(threads or _cores(), len(offsets))
    if threads <= 1:
        return [work(offset) for offset in offsets]
    with ThreadPoolExecutor(threads) as pool:
        try:
            return list(pool.map(work, offsets))
        except BaseException:  # the first that fails, in the order of paths, or Ctrl-C: begin no more
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _kernel(program: Program, inputs: Inputs) -> Kernel | None:
    """The compiled engine, or None where NumPy is to run: Numba is absent, or takes longer to load."""
    if inputs.machine == "numpy":
        return None
    from creditor.engine.compiled import Sooner, load, wait, worth_while

    paths = max(inputs.paths, inputs.whole or 0)
    batches = -(-paths // BATCH)
    seconds = inputs.periods * (program.calls * CALL * batches + program.rows * NUMBER * paths)
    if inputs.machine == "auto" and seconds < wait():
        return None
    if inputs.machine == "auto" and importlib.util.find_spec("numba"):
        if "fused" in program.flat:  # made for an earlier part of the run
            return load(program, fused=True)
        return Sooner(program) if worth_while(program, inputs.periods, paths) else load(program)
    fused = inputs.machine == "fused"
    return load(program, needed=fused or inputs.machine == "numba", fused=fused)


def _chunk(program: Program, inputs: Inputs, first: Floats, offset: int, width: int, padded: bool) -> Chunk:
    """Paths from an offset on; a compiled chunk is filled up with its first path."""
    paths = np.arange(offset, min(offset + width, inputs.paths))
    real = len(paths)
    if padded and real < width:
        paths = np.concatenate([paths, np.full(width - real, paths[0])])
    series: Series = {}
    for slot, given in inputs.givens.items():
        values = np.asarray(given, dtype=np.float64)
        series[slot] = values if values.ndim == 1 else values[:, paths]
    return Chunk(program, first[:, paths], series, offset, real, inputs.first)
