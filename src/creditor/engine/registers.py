"""Owns the register file: which register each value has; intermediate results share theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from creditor.engine.fuse import fuse
from creditor.engine.tape import FLAG, OPERANDS, Row, Tape


class Packing:
    """Maps the registers of a tape onto a file that is as short as live ranges allow.

    The file begins with today's slots, then yesterday's value of those that are read with a lag, then
    constants and the flag; a pool of intermediate results that all regions share stands at its end.

    Parameters
    ----------
    tape : Tape
    lagged : iterable of int
        Slots whose value of yesterday is kept.

    Examples
    --------
    >>> tape = Tape(1)
    >>> total = tape.row(0, tape.row(2, 0, 0), tape.row(2, 1, 1))
    >>> packing = Packing(tape, [0])
    >>> packing.region([tape.take()], {total})
    [[(2, 0, 0, 0, 4), (24, 1, 1, 4, 3)]]
    """

    def __init__(self, tape: Tape, lagged: Iterable[int]) -> None:
        self.place: dict[int, int] = {slot: slot for slot in range(tape.slots)}
        for slot in lagged:
            self.place[tape.slots + slot] = len(self.place)
        self.constants: dict[int, float] = {}
        for (value, _), register in tape.constants.items():
            self.place[register] = len(self.place)
            self.constants[self.place[register]] = value
        self.place[FLAG] = len(self.place)
        self.pool = self.length = len(self.place)

    def region(self, parts: Sequence[list[Row]], pinned: Iterable[int] = ()) -> list[list[Row]]:
        """Rows with packed registers.

        Parameters
        ----------
        parts : sequence of list of Row
            In the order in which they run; a part may run again by itself.
        pinned : iterable of int
            Results that are read after the region, or by a part that runs again; found in `place` afterwards.
        """
        kept = set(pinned)
        parts = fuse(parts, kept, self.place)
        last: dict[int, int] = {}
        position = 0
        for rows in parts:
            for code, *operands, _ in rows:
                for operand in operands[: OPERANDS[code]]:
                    last[operand] = position
                position += 1
        here = {register: self.pool + number for number, register in enumerate(sorted(kept))}
        free: list[int] = []
        top, position = self.pool + len(kept), 0
        packed: list[list[Row]] = []
        for rows in parts:
            done: list[Row] = []
            for code, a, b, c, result in rows:
                used = (a, b, c)[: OPERANDS[code]]
                found = [here[x] if x in here else self.place[x] for x in used]
                target = here.get(result) if result in kept else self.place.get(result)
                if target is None:
                    if free:
                        target = free.pop()
                    else:
                        target, top = top, top + 1
                    here[result] = target
                done.append((code, *[*found, 0, 0][:3], target))  # type: ignore[arg-type]
                for x in {*used, result}:
                    if x in here and x not in kept and last.get(x, -1) <= position:
                        free.append(here.pop(x))
                position += 1
            packed.append(done)
        self.length = max(self.length, top)
        self.place |= {register: here[register] for register in kept}
        return packed
