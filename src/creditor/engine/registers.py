"""Owns the register file: which register each value has; intermediate results share theirs."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

from creditor.engine.fuse import fuse
from creditor.engine.loops import STRIP, Packed, Part, alike, weave
from creditor.engine.tape import BOOKS, FLAG, OPERANDS, RESIDUAL, Row, Tape


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
    >>> from creditor.engine.loops import straight
    >>> tape = Tape(1)
    >>> total = tape.row(0, tape.row(2, 0, 0), tape.row(2, 1, 1))
    >>> packing = Packing(tape, [0])
    >>> packing.region([straight(tape.take())], {total})
    [[(2, 0, 0, 0, 6), (24, 1, 1, 6, 5)]]
    """

    def __init__(self, tape: Tape, lagged: Iterable[int]) -> None:
        self.place: dict[int, int] = {slot: slot for slot in range(tape.slots)}
        for slot in lagged:
            self.place[tape.slots + slot] = len(self.place)
        self.constants: dict[int, float] = {}
        for (value, _), register in tape.constants.items():
            self.place[register] = len(self.place)
            self.constants[self.place[register]] = value
        for register in (RESIDUAL, BOOKS, FLAG):
            self.place[register] = len(self.place)
        self.pool = self.length = len(self.place)

    def region(self, parts: Sequence[Part], pinned: Iterable[int] = ()) -> list[Packed]:
        """Rows with packed registers, in the order in which they run.

        Parameters
        ----------
        parts : sequence of Part
            In the order in which they run; a part may run again by itself.
        pinned : iterable of int
            Results that are read after the region, or by a part that runs again; found in `place` afterwards.

        Notes
        -----
        Results of one operation over a strip of labels get neighbouring registers where these are free, so
        that a machine can take them as one.
        """
        kept = set(pinned)
        woven = self._woven(parts, kept)
        last: dict[int, int] = {}
        for position, (code, *operands, _) in enumerate(row for rows in woven for row in rows):
            for operand in operands[: OPERANDS[code]]:
                last[operand] = position
        here = {register: self.pool + number for number, register in enumerate(sorted(kept))}
        pool = _Pool(self.pool + len(kept))
        position = 0
        packed: list[Packed] = []
        for rows in woven:
            done: list[Row] = []
            for code, a, b, c, result in rows:
                pool.begin(code)
                used = (a, b, c)[: OPERANDS[code]]
                found = [here[x] if x in here else self.place[x] for x in used]
                target = here.get(result) if result in kept else self.place.get(result)
                if target is None:
                    target = here[result] = pool.take()
                done.append((code, *[*found, 0, 0][:3], target))  # type: ignore[arg-type]
                for x in {*used, result}:
                    if x in here and x not in kept and last.get(x, -1) <= position:
                        pool.done.append(here.pop(x))
                position += 1
            packed.append(Packed(done, rows.shape))
        self.length = max(self.length, pool.top)
        self.place |= {register: here[register] for register in kept}
        return packed

    def _woven(self, parts: Sequence[Part], kept: set[int]) -> list[Packed]:
        """Parts with neighbouring rows fused, label by label, and then woven."""
        fused = iter(fuse([list(m) for part in parts for strip in part for m in strip], kept, self.place))
        found = []
        for part in parts:
            strips = [[next(fused) for _ in strip] for strip in part]
            shape = [(len(own), len(own[0])) for strip in strips for own in alike(strip)]
            found.append(Packed((row for strip in strips for row in weave(strip)), shape))
        return found


class _Pool:
    """Registers of intermediate results; those that are done with are free from the next operation on."""

    def __init__(self, first: int) -> None:
        self.top, self.free, self.done = first, [0][:0], [0][:0]
        self.code, self.count = -1, 0

    def begin(self, code: int) -> None:
        """Say which operation comes next."""
        self.count += 1
        if code != self.code or self.count > STRIP:
            for register in self.done:
                heapq.heappush(self.free, register)
            self.done, self.code, self.count = [], code, 1

    def take(self) -> int:
        """A register that nobody needs."""
        if self.free:
            return heapq.heappop(self.free)
        self.top += 1
        return self.top - 1
