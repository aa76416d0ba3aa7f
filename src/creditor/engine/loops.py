"""Owns loops: equations of one statement and one form, run operation by operation over their labels."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from creditor.engine.tape import OPERANDS, Row

STRIP = 16  # labels that an operation is run over before the next one begins
Member = Sequence[Row]  # the rows of one label
Members = Sequence[Member]
Part = Sequence[Members]  # what is packed and run as a whole


@dataclass(frozen=True)
class Piece:
    """One equation as rows, before it is put beside others.

    Parameters
    ----------
    slot : int
        What it decides, or what it is the residual of.
    statement : hashable
        Cells of one statement share it.
    level : int
        It reads results of lower levels only.
    rows : list of Row
    """

    slot: int
    statement: Hashable
    level: int
    rows: list[Row]


@dataclass(frozen=True)
class Loop:
    """Equations of one form that do not need each other.

    Parameters
    ----------
    slots : tuple of int
        One for each label.
    members : list of list of Row
        Of each label; the same operations.
    """

    slots: tuple[int, ...]
    members: list[list[Row]]

    @property
    def operations(self) -> int:
        """How many operations each label takes."""
        return len(self.members[0])


def form(rows: Member) -> tuple[tuple[int, ...], ...]:
    """What the rows of two equations have in common if they differ in registers only.

    Parameters
    ----------
    rows : sequence of Row
        Each intermediate result is written once.

    Returns
    -------
    tuple
        For each row its operation, and for each operand which row made it, or -1.

    Examples
    --------
    >>> form([(2, 0, 1, 0, 9), (0, 9, 2, 0, 3)]) == form([(2, 5, 6, 0, 8), (0, 8, 7, 0, 4)])
    True
    """
    made: dict[int, int] = {}
    found = []
    for position, (code, *operands, result) in enumerate(rows):
        found.append((code, *(made.get(x, -1) for x in operands[: OPERANDS[code]])))
        made[result] = position
    return tuple(found)


def gather(pieces: Iterable[Piece]) -> list[Loop]:
    """Put equations of one statement, form and level into one loop; lower levels come first.

    Examples
    --------
    >>> pieces = [Piece(n, 7, 0, [(0, n, n, 0, n + 10)]) for n in range(3)]
    >>> [loop.slots for loop in gather(pieces)]
    [(0, 1, 2)]
    """
    found: dict[tuple[Hashable, ...], list[Piece]] = {}
    for piece in pieces:
        found.setdefault((piece.level, piece.statement, form(piece.rows)), []).append(piece)
    levels = sorted(found.items(), key=lambda item: item[0][0])  # type: ignore[arg-type, return-value]
    loops = (sorted(own, key=lambda piece: piece.slot) for _, own in levels)
    return [Loop(tuple(piece.slot for piece in own), [piece.rows for piece in own]) for own in loops]


def straight(rows: list[Row]) -> Part:
    """Rows that belong to no loop, as a part."""
    return [[rows]]


def strips(loops: Iterable[Loop]) -> list[Loop]:
    """Loops cut into strips of neighbouring labels, each as soon after those that it reads as may be.

    What a strip has made is read again while it is still in a near cache; a whole loop would push it out.

    Examples
    --------
    >>> ones = Loop((0, 1), [[(2, 8, 8, 0, 0)], [(2, 9, 9, 0, 1)]])
    >>> twos = Loop((2,), [[(0, 0, 1, 0, 2)]])
    >>> [strip.slots for strip in strips([twos, ones])]
    [(0, 1), (2,)]
    """
    cut = [
        Loop(loop.slots[first : first + STRIP], loop.members[first : first + STRIP])
        for loop in loops
        for first in range(0, len(loop.slots), STRIP)
    ]
    maker = {rows[-1][4]: number for number, strip in enumerate(cut) for rows in strip.members}
    found: list[Loop] = []
    seen: set[int] = set()
    for root in range(len(cut)):
        stack = [root]
        while stack:
            number = stack[-1]
            waiting = [other for other in _reads(cut[number], maker) if other not in seen and other != number]
            if number not in seen and waiting:
                stack += reversed(waiting)
                continue
            stack.pop()
            if number not in seen:
                seen.add(number)
                found.append(cut[number])
    return found


def _reads(strip: Loop, maker: dict[int, int]) -> list[int]:
    """Strips whose results a strip reads, in order."""
    read = (x for rows in strip.members for row in rows for x in row[1 : 1 + OPERANDS[row[0]]])
    return list(dict.fromkeys(maker[x] for x in read if x in maker))


class Packed(list[Row]):
    """Rows in the order in which they run, and how they were woven.

    Parameters
    ----------
    shape : list of (members, operations)
        Of each strip in turn.

    Examples
    --------
    >>> rows = [(0, 1, 1, 0, 7), (0, 2, 2, 0, 8), (2, 7, 7, 0, 3), (2, 8, 8, 0, 4)]
    >>> packed = Packed(rows, [(2, 2)])
    >>> next(packed.members())
    [[(0, 1, 1, 0, 7), (2, 7, 7, 0, 3)], [(0, 2, 2, 0, 8), (2, 8, 8, 0, 4)]]
    """

    def __init__(self, rows: Iterable[Row], shape: list[tuple[int, int]]) -> None:
        super().__init__(rows)
        self.shape = shape

    def members(self) -> Iterator[list[list[Row]]]:
        """The rows of each strip, label by label."""
        first = 0
        for count, operations in self.shape:
            end = first + count * operations
            yield [self[first + label : end : count] for label in range(count)]
            first = end


def weave(members: Members) -> list[Row]:
    """The rows of a strip in the order in which they run: each operation over its labels.

    Rows that differ in their operations, because only some of them were fused, are woven apart.

    Examples
    --------
    >>> weave([[(0, 1, 1, 0, 7), (2, 7, 7, 0, 3)], [(0, 2, 2, 0, 8), (2, 8, 8, 0, 4)]])
    [(0, 1, 1, 0, 7), (0, 2, 2, 0, 8), (2, 7, 7, 0, 3), (2, 8, 8, 0, 4)]
    """
    return [row for own in alike(members) for rows in zip(*own, strict=True) for row in rows]


def alike(members: Members) -> list[list[Member]]:
    """Members with the same operations together."""
    found: dict[tuple[int, ...], list[Member]] = {}
    for member in members:
        found.setdefault(tuple(row[0] for row in member), []).append(member)
    return list(found.values())


def runs(rows: Sequence[Row]) -> list[tuple[int, int, int]]:
    """Neighbouring rows with the same operation: its code, the first row and the one after the last.

    Examples
    --------
    >>> runs([(0, 1, 1, 0, 7), (0, 2, 2, 0, 8), (2, 7, 7, 0, 3)])
    [(0, 0, 2), (2, 2, 3)]
    """
    found: list[tuple[int, int, int]] = []
    first = 0
    for position in range(1, len(rows) + 1):
        if position == len(rows) or rows[position][0] != rows[first][0]:
            found.append((rows[first][0], first, position))
            first = position
    return found
