"""Owns derivatives: rows that carry the slope of every register by every unknown of a block."""

from __future__ import annotations

from creditor.engine.tape import BINARY, CALLS, COPY, LARGER, NEGATIVE, WORSE, Row, Tape

ADD, SUB, MUL, DIV, POWER = (BINARY[sign] for sign in "+-*/^")
IF = CALLS["if"]
Slopes = dict[int, int]  # position of an unknown to the register of the derivative by it


class Differ:
    """Emits derivative rows on a tape.

    Parameters
    ----------
    tape : Tape
    tears : tuple of int
        Registers of the unknowns.

    Attributes
    ----------
    slopes : dict of register to Slopes
        A register without an entry does not depend on the unknowns smoothly.
    varies : set of int
        Registers that depend on the unknowns, comparisons included.
    linear : bool
        Whether no derivative so far depends on the unknowns.

    Examples
    --------
    >>> tape = Tape(1)
    >>> square = tape.row(MUL, 0, 0)
    >>> differ = Differ(tape, (0,))
    >>> differ.follow(tape.take())
    >>> tape.take() == [(ADD, 0, 0, 0, differ.slopes[square][0])], differ.linear
    (True, False)
    """

    def __init__(self, tape: Tape, tears: tuple[int, ...]) -> None:
        self.tape = tape
        one = tape.constant(1.0)
        self.slopes: dict[int, Slopes] = {
            register: {position: one} for position, register in enumerate(tears)
        }
        self.varies = set(tears)
        self.linear = True

    def follow(self, rows: list[Row]) -> None:
        """Emit the derivatives of rows, in their order."""
        for row in rows:
            code, a, b, c, result = row
            if code in (LARGER, WORSE):
                continue
            operands = (a, b, c)[: 3 if code == IF else 2 if code < 15 else 1]
            if not any(operand in self.varies for operand in operands):
                self.slopes.pop(result, None)
                self.varies.discard(result)
                continue
            self.varies.add(result)
            slopes = self._of(code, a, b, c, result)
            if slopes:
                self.slopes[result] = slopes
            else:
                self.slopes.pop(result, None)

    def _of(self, code: int, a: int, b: int, c: int, result: int) -> Slopes:
        if BINARY["=="] <= code <= BINARY["or"]:
            return {}
        left, right = self.slopes.get(a, {}), self.slopes.get(b, {})
        if code == COPY:
            return left
        if code == NEGATIVE:
            return {j: self._negative(d) for j, d in left.items()}
        if code in (ADD, SUB):
            return self._join(
                left, right if code == ADD else {j: self._negative(d) for j, d in right.items()}
            )
        if code == MUL:
            return self._join(self._scaled(left, b), self._scaled(right, a))
        if code == DIV:
            up = self._join(left, {j: self._negative(d) for j, d in self._scaled(right, result).items()})
            return {j: self._row(DIV, d, b) for j, d in up.items()}
        if code == POWER:
            return self._power(left, right, a, b, result)
        if code == IF:
            return self._choice(a, right, self.slopes.get(c, {}))
        if code in (CALLS["min"], CALLS["max"]):
            chosen = self._row(BINARY["<="] if code == CALLS["min"] else BINARY[">="], a, b)
            return self._choice(chosen, left, right)
        return self._function(code, left, a, result)

    def _function(self, code: int, inner: Slopes, a: int, result: int) -> Slopes:
        if not inner:
            return {}
        if code == CALLS["log"]:
            return {j: self._row(DIV, d, a) for j, d in inner.items()}
        if code == CALLS["exp"]:
            return self._scaled(inner, result)
        if code == CALLS["sqrt"]:
            return self._scaled(inner, self._row(DIV, self.tape.constant(0.5), result))
        zero = self.tape.constant(0.0)
        sign = self._row(SUB, self._row(BINARY[">"], a, zero), self._row(BINARY["<"], a, zero))
        return self._scaled(inner, sign)

    def _power(self, left: Slopes, right: Slopes, a: int, b: int, result: int) -> Slopes:
        found: Slopes = {}
        if left:
            lower = self._row(POWER, a, self._row(SUB, b, self.tape.constant(1.0)))
            found = self._scaled(left, self._row(MUL, b, lower))
        if right:
            zero, one = self.tape.constant(0.0), self.tape.constant(1.0)
            above = self._row(BINARY[">"], a, zero)
            safe = self._row(CALLS["log"], self._row(IF, above, a, one))
            by_exponent = self._row(IF, above, self._row(MUL, result, safe), zero)
            found = self._join(found, self._scaled(right, by_exponent))
        return found

    def _choice(self, condition: int, then: Slopes, other: Slopes) -> Slopes:
        zero = self.tape.constant(0.0)
        chosen = sorted({*then, *other})
        return {j: self._row(IF, condition, then.get(j, zero), other.get(j, zero)) for j in chosen}

    def _join(self, left: Slopes, right: Slopes) -> Slopes:
        found = dict(left)
        for j, d in right.items():
            found[j] = self._row(ADD, found[j], d) if j in found else d
        return found

    def _scaled(self, slopes: Slopes, factor: int) -> Slopes:
        return {j: self._times(d, factor) for j, d in slopes.items()}

    def _times(self, slope: int, factor: int) -> int:
        """A product, with the ones that seeds and signs are left out."""
        numbers = self.tape.values
        for one, other in ((slope, factor), (factor, slope)):
            if numbers.get(one) == 1.0:
                self._note(other)
                return other
            if numbers.get(one) == -1.0:
                self._note(other)
                return self._negative(other)
        return self._row(MUL, slope, factor)

    def _negative(self, slope: int) -> int:
        number = self.tape.values.get(slope)
        return self.tape.constant(-number) if number is not None else self._row(NEGATIVE, slope)

    def _row(self, code: int, a: int, b: int = 0, c: int = 0) -> int:
        for operand in (a, b, c)[: 3 if code == IF else 1 if code == NEGATIVE or code >= 15 else 2]:
            self._note(operand)
        result = self.tape.row(code, a, b, c)
        if any(
            operand in self.varies for operand in (a, b, c)[: 3 if code == IF else 1 if code >= 15 else 2]
        ):
            self.varies.add(result)
        return result

    def _note(self, register: int) -> None:
        if register in self.varies:
            self.linear = False
