"""Owns the way to the compiled engine: its machine code loaded or made, a program as arrays."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.engine.blocks import Block
from creditor.engine.bodies import Plan, at_once, shared
from creditor.engine.chunk import Chunk
from creditor.engine.intact import cache_folder, drop_damaged, prove
from creditor.engine.loops import Packed, runs
from creditor.engine.program import Program
from creditor.engine.solve import CLOSE
from creditor.engine.tape import Row
from creditor.errors import MissingError, Trouble

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Kernel = Callable[[Chunk, int, int, npt.NDArray[np.int64], Floats], int]

WIDTH = 64
START, MAKING, NUMBER = 0.05, 1e-3, 3e-10  # seconds to make machine code, for each operation; a row and path
TABLES = (
    "tape",
    "sections",
    "tears",
    "groups",
    "audits",
    "checks",
    "tops",
    "heads",
    "payments",
    "signs",
    "lagged",
)


def _advance() -> Any:
    """The compiled function; its machine code is read from the cache where it is there, whole, and fits."""
    if "creditor.engine.kernel" in sys.modules:
        return sys.modules["creditor.engine.kernel"].advance
    folder = cache_folder()
    if folder is not None:
        drop_damaged(folder)
    try:
        return _loaded(folder)
    except Exception:
        if folder is None:
            raise
        shutil.rmtree(folder, ignore_errors=True)
        _unload()
    try:
        return _loaded(cache_folder())
    except OSError:  # a full disk: nothing is kept
        _unload()
        return _loaded(None)


def _unload() -> None:
    for name in ("creditor.engine.kernel", "creditor.engine.lanes"):
        sys.modules.pop(name, None)


def _loaded(folder: Path | None) -> Any:
    """Import the compiled function with this cache, and call it once without any work."""
    import numba
    from numba.core import dispatcher

    options: Any = numba.config
    kind: Any = dispatcher.Dispatcher
    before, keeping = options.CACHE_DIR, kind.enable_caching
    options.CACHE_DIR = str(folder) if folder else before
    if folder is None:  # Numba would write beside the sources, and fail where it may not
        kind.enable_caching = lambda self: None
    try:
        kernel = importlib.import_module("creditor.engine.kernel")
    finally:
        options.CACHE_DIR = before
        kind.enable_caching = keeping
    none, whole, real = np.zeros(0, dtype=np.int64), np.zeros((0, 1), dtype=np.int64), np.zeros((0, 1))
    tape = Runs().tables()
    heads, file = np.zeros(1, dtype=np.int64), np.zeros((1, WIDTH))
    series = (none, real, none, np.zeros((0, 0, 0)))
    tables = (
        tape,
        whole,
        whole,
        whole,
        whole,
        whole,
        np.zeros(5, dtype=np.int64),
        heads,
        none,
        np.zeros(0),
        whole,
    )
    kernel.advance(
        *tables, file, none, np.zeros((0, 0, 0)), *series, 1, 0, 1, 0, np.zeros(2), np.zeros(6, np.int64)
    )
    if folder is not None:
        prove(folder)
    return kernel.advance


def wait() -> float:
    """Roughly the seconds before the compiled engine can run: loaded, kept on disk, or to be compiled.

    Examples
    --------
    >>> wait() > 0
    True
    """
    if importlib.util.find_spec("numba") is None:
        return float("inf")
    if "creditor.engine.kernel" in sys.modules:
        return 0.02
    folder = cache_folder()
    return 1.0 if folder and any(folder.rglob("*.nbc")) else 12.0


def load(program: Program, needed: bool = False, fused: bool = False) -> Kernel | None:
    """The compiled engine for a program.

    Parameters
    ----------
    program : Program
    needed : bool
        Whether its absence is an error.
    fused : bool
        Whether machine code is made for this program; the same bits, sooner.

    Returns
    -------
    callable or None
        From a chunk, the first and last period, the slots to keep and the array to keep them in, to the
        first period that is not done.

    Raises
    ------
    MissingError
        U504 where Numba is needed and not installed.
    """
    if importlib.util.find_spec("numba") is None:
        if needed:
            mend = "install creditor[fast], or let NumPy run"
            raise MissingError(Trouble("U504", "machine", "Numba is not installed", "", mend))
        return None
    advance = _advance()
    kind = "fused" if fused else "tape"
    if kind not in program.flat:
        program.flat[kind] = flatten(program, fused)
    flat: Any = program.flat[kind]
    tables = [flat[name] for name in TABLES]

    def kernel(chunk: Chunk, first: int, last: int, kept: npt.NDArray[np.int64], values: Floats) -> int:
        worst = np.array([chunk.residual[0], chunk.books[0]])
        place = np.array([*chunk.residual[1:], *chunk.books[1:]], dtype=np.int64)
        done = advance(
            *tables,
            chunk.registers,
            kept,
            values,
            *_series(chunk, last),
            first,
            last,
            chunk.real,
            chunk.offset,
            worst,
            place,
        )
        chunk.residual = (float(worst[0]), *map(int, place[:3]))  # type: ignore[assignment]
        chunk.books = (float(worst[1]), *map(int, place[3:]))  # type: ignore[assignment]
        return int(done)

    return kernel


class Sooner:
    """The engine of rows, until machine code for the program is made in the background; the same bits.

    Parameters
    ----------
    program : Program
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.kernel = load(program, needed=True)
        threading.Thread(target=self._make, name="machine code").start()

    def __call__(self, *arguments: Any) -> int:
        """As the engine of `load`."""
        assert self.kernel is not None
        return self.kernel(*arguments)

    def _make(self) -> None:
        """What cannot be made is not needed: rows go on."""
        with contextlib.suppress(Exception):
            self.kernel = load(self.program, fused=True)


def worth_while(program: Program, periods: int, paths: int) -> bool:
    """Whether rows would take more than twice as long as making machine code, and running that.

    Examples
    --------
    >>> from creditor.engine.program import compile_model
    >>> from creditor.equations.load import load_model
    >>> program = compile_model(load_model("sim"))
    >>> worth_while(program, 10, 10), worth_while(program, 100, 100000)
    (False, True)
    """
    making = START + MAKING * sum(loop.operations for loop in program.loops)
    return program.rows * periods * paths * NUMBER > 2 * making


def _series(chunk: Chunk, last: int) -> tuple[Any, ...]:
    """Givens of a chunk: those that are the same for all its paths, and those that are not."""
    givens = chunk.program.model.givens
    for slot, number in givens.items():
        if slot not in chunk.series:
            chunk.registers[slot] = number
    common = [slot for slot in givens if slot in chunk.series and chunk.series[slot].ndim == 1]
    own = [slot for slot in givens if slot in chunk.series and chunk.series[slot].ndim == 2]
    shared = np.array([chunk.series[slot][:last] for slot in common]).reshape(len(common), last)
    apart = np.array([chunk.series[slot][:last] for slot in own]).reshape(len(own), last, chunk.width)
    return np.array(common, dtype=np.int64), shared, np.array(own, dtype=np.int64), apart


def flatten(program: Program, fused: bool = False) -> dict[str, Any]:
    """A program as arrays: rows and runs, and where each part begins in them.

    Parameters
    ----------
    program : Program
    fused : bool
        Whether runs are machine functions made for this program.
    """
    tape: _Bodies | Runs = _Bodies(program) if fused else Runs()
    sections: list[Any] = []
    tears: list[Any] = []
    audits: list[Any] = []
    checks: list[Any] = []
    for section in program.sections:
        block = section.block
        if block is None:
            sections.append([0, *tape.put(section.rows), *[0] * 10])
            continue
        first, end, solution, last, *once = tape.put_block(block)
        numbers = [len(tears), len(block.tears), block.size, block.kappa, int(block.linear)]
        sections.append([1, first, end, end, solution, last, *numbers, *once])
        tears += list(zip(block.tears, block.guesses, block.steps, strict=True))
    for audit in program.audits:
        own = [(check.left, check.right, check.scale, check.slot) for check in audit.checks]
        live = frozenset(register for check in own for register in check[:3])
        begin, _, end = tape.put(audit.rows, audit.tops, live=live)
        audits.append([begin, end, len(checks), len(checks) + len(own)])
        checks += own
    groups = [tape.put(group.rows) for group in program.groups]
    balance = tape.put(program.balance)
    heads = np.cumsum([0, *(len(payments) for _, payments, _ in program.budgets)])
    lagged = [(slot, program.slots + position) for position, slot in enumerate(program.lagged)]
    return {
        "tape": tape.tables(),
        "sections": _table(sections, 13),
        "tears": _table(tears, 3),
        "groups": _table(groups, 2),
        "audits": _table(audits, 4),
        "checks": _table(checks, 4),
        "tops": np.array([*balance, program.flag, program.residual, program.books]),
        "heads": heads.astype(np.int64),
        "payments": np.array([p for _, payments, _ in program.budgets for p in payments], dtype=np.int64),
        "signs": np.array([s for _, _, signs in program.budgets for s in signs], dtype=np.float64),
        "lagged": _table(lagged, 2),
    }


class Runs:
    """Rows and their runs, as `creditor.engine.lanes.execute` takes them.

    Examples
    --------
    >>> tape = Runs()
    >>> tape.put([(0, 1, 1, 0, 7), (0, 2, 2, 0, 8), (2, 7, 8, 0, 3)])
    [0, 2]
    >>> tape.tables()[0].tolist()
    [[0, 0, 2], [2, 2, 3]]
    """

    def __init__(self) -> None:
        self.runs: list[tuple[int, int, int]] = []
        self.rows: list[tuple[int, int, int, int]] = []

    def put_block(self, block: Block) -> list[int]:
        """Append a block: where its values, slopes, solution begin, where it ends; and nothing at once."""
        first, end, _, _, solution, last = self.put(
            block.values, block.slopes, block.factors, block.condition, block.solution
        )
        return [first, end, solution, last, 0, 0]

    def put(self, *parts: list[Row], live: frozenset[int] = frozenset()) -> list[int]:
        """Append parts; the number of the run that each begins with, and of the one after the last."""
        marks = [len(self.runs)]
        for part in parts:
            begin = len(self.rows)
            self.runs += [(code, begin + first, begin + end) for code, first, end in runs(part)]
            self.rows += [row[1:] for row in part]
            marks.append(len(self.runs))
        return marks

    def tables(self) -> tuple[Any, ...]:
        """Runs [run, 3], rows [row, 4], and no cells and bodies."""
        nothing = (np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64))
        return (_table(self.runs, 3, np.int32), _table(self.rows, 4, np.int32), *nothing)


class _Bodies(Plan):
    """A plan of bodies, as tables with the addresses of their machine code."""

    def put_block(self, block: Block) -> list[int]:
        """Append a block: where its values, slopes, solution begin, where it ends; and all of it at once."""
        between = [*block.slopes, *block.factors, *block.condition]
        parts = (block.values, Packed(between, [(1, len(between))]), block.solution)
        first, second, third, last = self.put(*parts, live=shared(block))
        if not block.linear:
            return [first, second, third, last, 0, 0]
        rows, constants = at_once(block, self.program, CLOSE)
        self.constants |= constants
        return [first, second, third, last, *self.put(rows, live=shared(block))]

    def tables(self) -> tuple[Any, ...]:
        """Runs [run, 3], rows [row, 4], cells and addresses."""
        from creditor.engine.machine import addresses

        found = addresses(list(self.bodies), cache_folder())
        cells = np.array(self.cells, dtype=np.int32)
        return _table(self.runs, 3, np.int32), _table(self.rows, 4, np.int32), cells, found


def _table(rows: list[Any], columns: int, kind: type = np.int64) -> Any:
    return np.array(rows, dtype=kind).reshape(len(rows), columns)


if __name__ == "__main__":
    _advance()  # compile once, so that later runs only load
