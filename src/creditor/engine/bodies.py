"""Owns bodies: which rows of a program become one machine function, over labels or as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from creditor.engine.blocks import Block
from creditor.engine.loops import Packed, runs
from creditor.engine.program import SPARE, Program
from creditor.engine.tape import BINARY, CALLS, DIFFERS, OPERANDS, Row

FIRST = 64  # operations of runs from here on are bodies
FEW, LONG = 4, 400  # labels that are written out one by one; rows after which a new body begins
POWER = BINARY["^"]  # has no vector form: stays on the tape
ADDS = frozenset((DIFFERS, 34, 35, 36, 37))  # their result's register is read too
Source = tuple[str, float]  # ("made", row), ("cell", column), ("register", number) or ("number", value)


@dataclass(frozen=True)
class Body:
    """One machine function.

    Parameters
    ----------
    rows : tuple of (operation, operands, result to store, result before)
        Each operand says where it comes from; the result goes to a column of cells, a register, or nowhere.
    columns : int
        How many registers each label has in the table of cells; 0 where registers are written into the body.
    """

    rows: tuple[tuple[int, tuple[Source, ...], Source | None, Source | None], ...]
    columns: int


@dataclass
class Plan:
    """A program as runs of bodies, with the rows that stay on the tape.

    Parameters
    ----------
    program : Program
    bodies : dict of Body to number
    cells : list of int
        For each label of each loop its registers, one after the other.
    runs, rows : list
        As in `creditor.engine.compiled.Runs`; an operation from 64 on is a body, with the first cell and, in
        place of the last row, the count of labels.
    """

    program: Program
    bodies: dict[Body, int] = field(default_factory=dict)
    cells: list[int] = field(default_factory=list)
    runs: list[tuple[int, int, int]] = field(default_factory=list)
    rows: list[tuple[int, int, int, int]] = field(default_factory=list)
    constants: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.constants |= self.program.constants

    def put(self, *parts: Packed, live: frozenset[int] = frozenset()) -> list[int]:
        """Append parts; the number of the run that each begins with, and of the one after the last.

        Parameters
        ----------
        parts : Packed
        live : frozenset of int
            Intermediate results that are read elsewhere.
        """
        marks = [len(self.runs)]
        for part in parts:
            waiting: list[Row] = []
            for members in part.members():
                if len(members) <= FEW or _clash(members, live):
                    waiting += [row for rows in zip(*members, strict=True) for row in rows]
                    continue
                self._straight(waiting, live)
                waiting = []
                self._loop(members, live)
            self._straight(waiting, live)
            marks.append(len(self.runs))
        return marks

    def _straight(self, rows: list[Row], live: frozenset[int]) -> None:
        """Rows as they stand: what has no vector form stays on the tape, the rest becomes bodies."""
        position = 0
        while position < len(rows):
            end = position
            while end < len(rows) and rows[end][0] != POWER and end - position < LONG:
                end += 1
            if end > position:
                inner = live | _read_before_written(rows[end:])
                body = Body(tuple(self._sources(rows[position:end], inner, None)), 0)
                self.runs.append((FIRST + self.bodies.setdefault(body, len(self.bodies)), 0, 1))
            if end < len(rows) and rows[end][0] == POWER:
                self._on_tape([rows[end]])
                end += 1
            position = end

    def _on_tape(self, rows: Sequence[Row]) -> None:
        begin = len(self.rows)
        self.runs += [(code, begin + first, begin + end) for code, first, end in runs(rows)]
        self.rows += [row[1:] for row in rows]

    def _loop(self, members: list[list[Row]], live: frozenset[int]) -> None:
        """Labels of one form; where one needs a power, all of them on the tape."""
        if any(row[0] == POWER for row in members[0]):
            for one in zip(*members, strict=True):
                self._on_tape(one)
            return
        for rows in members:
            columns: dict[int, int] = {}
            body = Body(tuple(self._sources(rows, live, columns)), len(columns))
            code = FIRST + self.bodies.setdefault(body, len(self.bodies))
            last = self.runs[-1] if self.runs else (0, 0, 0)
            if rows is not members[0] and last[0] == code:
                self.runs[-1] = (code, last[1], last[2] + 1)
            else:
                self.runs.append((code, len(self.cells), 1))
            self.cells += columns

    def _sources(
        self, rows: Sequence[Row], live: frozenset[int], columns: dict[int, int] | None
    ) -> Iterator[tuple[int, tuple[Source, ...], Source | None, Source | None]]:
        """Rows with their operands told by where they come from."""
        made: dict[int, int] = {}
        constants, pool = self.constants, self.program.flag + 1

        def place(register: int) -> Source:
            if columns is None:
                return "register", register
            return "cell", columns.setdefault(register, len(columns))

        def source(register: int) -> Source:
            if register in made:
                return "made", made[register]
            if register in constants:
                return "number", constants[register]
            return place(register)

        for position, (code, *operands, result) in enumerate(rows):
            found = tuple(source(register) for register in operands[: OPERANDS[code]])
            before = source(result) if code in ADDS else None
            kept = place(result) if result < pool or result in live else None
            made[result] = position
            yield code, found, kept, before


def _clash(members: list[list[Row]], live: frozenset[int]) -> bool:
    """Whether a register that is read elsewhere is written twice, so that the order over labels matters."""
    written = [row[4] for rows in members for row in rows if row[4] in live]
    return len(written) != len(set(written))


def _read_before_written(rows: Sequence[Row]) -> frozenset[int]:
    """Registers whose value rows take from outside."""
    written: set[int] = set()
    read: set[int] = set()
    for code, *operands, result in rows:
        own = {*operands[: OPERANDS[code]], *([result] if code in ADDS else [])}
        read |= own - written
        written.add(result)
    return frozenset(read)


def at_once(block: Block, program: Program, close: float) -> tuple[Packed, dict[int, float]]:
    """The Newton step of a linear block as rows without a break: values, step, where it leads, values.

    A path that is solved at the guess stays there. What the step does not solve is begun again by the general
    way, so the result is that of the general way.

    Parameters
    ----------
    block : Block
    program : Program
    close : float
        The residual at which a path is solved.

    Returns
    -------
    rows : Packed
    constants : dict of register to float
        Of spare registers, which the rows read.
    """
    limit, solved, moved = range(program.registers - SPARE, program.registers)
    rows: list[Row] = [*block.values, *block.slopes, *block.factors, *block.condition, *block.solution]
    rows.append((BINARY["<="], block.size, limit, 0, solved))
    for own, step in zip(block.tears, block.steps, strict=True):
        rows.append((BINARY["+"], own, step, 0, moved))
        rows.append((CALLS["if"], solved, own, moved, own))
    rows += block.values
    return Packed(rows, [(1, len(rows))]), {limit: close}


def shared(block: Block) -> frozenset[int]:
    """Registers of a block that are read outside the part which writes them."""
    parts = (block.values, [*block.slopes, *block.factors, *block.condition], block.solution)
    read = frozenset().union(*(_read_before_written(part) for part in parts))
    named = {block.size, block.kappa, *block.residuals, *block.scales, *block.steps}
    return read | named | {register for _, _, register in block.entries}
