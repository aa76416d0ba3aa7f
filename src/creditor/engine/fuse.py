"""Owns fusing: two rows of which the second alone reads the first become one, with the same two roundings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from creditor.engine.tape import BINARY, DIFFERS, OPERANDS, Row

ADD, SUB, MUL, DIV = (BINARY[sign] for sign in "+-*/")
PAIRS = {
    (MUL, ADD): 24,  # (a * b) + c
    (MUL, SUB): 25,  # (a * b) - c
    (ADD, ADD): 26,
    (ADD, SUB): 27,
    (SUB, ADD): 28,
    (SUB, SUB): 29,
    (MUL, MUL): 30,
    (MUL, DIV): 31,
    (ADD, DIFFERS): 34,
    (SUB, DIFFERS): 35,
    (MUL, DIFFERS): 36,
    (DIV, DIFFERS): 37,
}
LESS_PRODUCT = 32  # c - (a * b)
PARTS = {code: pair for pair, code in PAIRS.items()}
OPERANDS.update(dict.fromkeys([*PARTS, LESS_PRODUCT], 3))


def fuse(parts: Sequence[list[Row]], kept: Iterable[int], places: dict[int, int]) -> list[list[Row]]:
    """Fuse neighbouring rows.

    Parameters
    ----------
    parts : sequence of list of Row
        With results that are written once, places excepted.
    kept : iterable of int
        Results that are read elsewhere.
    places : dict
        Registers that are no intermediate results.

    Returns
    -------
    list of list of Row

    Examples
    --------
    >>> fuse([[(2, 0, 1, 0, 9), (0, 2, 9, 0, 3)]], (), {0: 0, 1: 1, 2: 2, 3: 3})
    [[(24, 0, 1, 2, 3)]]
    """
    uses: dict[int, int] = dict.fromkeys(kept, 2)
    for rows in parts:
        for code, *operands, _ in rows:
            for operand in operands[: OPERANDS[code]]:
                uses[operand] = uses.get(operand, 0) + 1
    return [_fused(rows, uses, places) for rows in parts]


def _fused(rows: list[Row], uses: dict[int, int], places: dict[int, int]) -> list[Row]:
    found: list[Row] = []
    position, last = 0, len(rows) - 1
    while position <= last:
        row = rows[position]
        if row[0] <= DIV and position < last and uses.get(row[4]) == 1 and row[4] not in places:
            both = _both(row, rows[position + 1])
            if both is not None:
                found.append(both)
                position += 2
                continue
        found.append(row)
        position += 1
    return found


def _both(first: Row, second: Row) -> Row | None:
    code, a, b, _, middle = first
    then, left, right, _, result = second
    if (then > DIV and then != DIFFERS) or (left != middle) == (right != middle):
        return None
    other = right if left == middle else left
    if left == middle or then in (ADD, MUL, DIFFERS):
        pair = PAIRS.get((code, then))
        return None if pair is None else (pair, a, b, other, result)
    return (LESS_PRODUCT, a, b, other, result) if (code, then) == (MUL, SUB) else None
