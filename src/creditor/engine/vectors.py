"""Owns rows as machine operations: each on sixteen paths at once, with the roundings of the tape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from llvmlite import ir

from creditor.engine.functions import (
    EXP_TERMS,
    LARGEST,
    LN2_HIGH,
    LN2_LOW,
    LOG2_E,
    LOG_TERMS,
    MANTISSA,
    ONE_BITS,
    SMALLEST,
    SQRT_HALF_BITS,
)
from creditor.engine.fuse import LESS_PRODUCT, MUL, PARTS, SUB
from creditor.engine.tape import BINARY, CALLS, COPY, DIFFERS, LARGER, NEGATIVE, WORSE

LANES = 16
DOUBLE, WHOLE = ir.DoubleType(), ir.IntType(64)
VECTOR, WHOLES = ir.VectorType(DOUBLE, LANES), ir.VectorType(WHOLE, LANES)
POWER = BINARY["^"]


def constant(value: float) -> Any:
    """A number in every lane, bit for bit.

    Examples
    --------
    >>> str(constant(1.5)).count("0x3ff8000000000000")
    16
    """
    return ir.Constant(VECTOR, [ir.Constant(DOUBLE, value)] * LANES)


class Lanes:
    """Emits operations on vectors of paths.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder

    Notes
    -----
    No flag allows the compiler to reorder or to contract, so each operation rounds as IEEE 754 says, as those
    of NumPy and `creditor.engine.lanes` do.
    """

    def __init__(self, builder: Any) -> None:
        self.builder = builder

    def row(self, code: int, operands: Sequence[Any], before: Any = None) -> Any:
        """The result of a row.

        Parameters
        ----------
        code : int
        operands : sequence of vectors
        before : vector, optional
            What the result's register held; comparisons add to it.
        """
        if code in PARTS or code == LESS_PRODUCT:
            first, then = PARTS.get(code, (MUL, SUB))
            middle = self.row(first, operands[:2])
            ends = (operands[2], middle) if code == LESS_PRODUCT else (middle, operands[2])
            return self.row(then, ends, before)
        if code == DIFFERS:
            return self.builder.fadd(before, self.size(self.builder.fsub(*operands)))
        return self._plain(code)(*operands)

    def _plain(self, code: int) -> Callable[..., Any]:
        builder = self.builder
        return {
            **{BINARY["+"]: builder.fadd, BINARY["-"]: builder.fsub},
            **{BINARY["*"]: builder.fmul, BINARY["/"]: builder.fdiv},
            **{BINARY[sign]: self._relation(sign) for sign in ("==", "<", "<=", ">", ">=")},
            BINARY["<>"]: lambda a, b: self.flag(builder.fcmp_unordered("!=", a, b)),
            BINARY["and"]: lambda a, b: self.flag(builder.and_(self.true(a), self.true(b))),
            BINARY["or"]: lambda a, b: self.flag(builder.or_(self.true(a), self.true(b))),
            CALLS["min"]: lambda a, b: self.first(builder.fcmp_ordered("<=", a, b), a, b),
            CALLS["max"]: lambda a, b: self.first(builder.fcmp_ordered(">=", a, b), a, b),
            CALLS["abs"]: self.size,
            CALLS["sqrt"]: lambda a: self.intrinsic("sqrt", a),
            CALLS["log"]: self.logarithm,
            CALLS["exp"]: self.exponential,
            CALLS["if"]: lambda c, a, b: builder.select(self.true(c), a, b),
            NEGATIVE: builder.fneg,
            COPY: lambda a: a,
            LARGER: self.larger,
            WORSE: self.worse,
        }[code]

    def _relation(self, sign: str) -> Callable[[Any, Any], Any]:
        return lambda a, b: self.flag(self.builder.fcmp_ordered(sign, a, b))

    def flag(self, condition: Any) -> Any:
        """One where it is true, zero where it is not."""
        return self.builder.select(condition, constant(1.0), constant(0.0))

    def true(self, a: Any) -> Any:
        """Not zero; not-a-number counts as true."""
        return self.builder.fcmp_unordered("!=", a, constant(0.0))

    def first(self, condition: Any, a: Any, b: Any) -> Any:
        """a where the condition holds or a is not a number, else b."""
        missing = self.builder.fcmp_unordered("uno", a, a)
        return self.builder.select(self.builder.or_(condition, missing), a, b)

    def size(self, a: Any) -> Any:
        """The absolute value."""
        return self.intrinsic("fabs", a)

    def intrinsic(self, name: str, a: Any) -> Any:
        """A function of the machine that is exact."""
        kind = ir.FunctionType(VECTOR, [VECTOR])
        module = self.builder.module
        called = f"llvm.{name}.v{LANES}f64"
        known = module.globals.get(called) or ir.Function(module, kind, called)
        return self.builder.call(known, [a])

    def larger(self, a: Any, b: Any) -> Any:
        """The larger of a and the size of b."""
        size = self.size(b)
        return self.first(self.builder.fcmp_ordered(">=", a, size), a, size)

    def worse(self, a: Any, b: Any, c: Any) -> Any:
        """The larger of a and the size of b over c, 0 / 0 being 0."""
        size = self.size(b)
        nothing = self.builder.fcmp_ordered("==", size, constant(0.0))
        ratio = self.builder.select(nothing, constant(0.0), self.builder.fdiv(size, c))
        return self.first(self.builder.fcmp_ordered(">=", a, ratio), a, ratio)

    def _series(self, terms: Sequence[float], x: Any) -> Any:
        value = constant(terms[0])
        for term in terms[1:]:
            value = self.builder.fadd(self.builder.fmul(value, x), constant(term))
        return value

    def _integer(self, number: int) -> Any:
        return ir.Constant(WHOLES, [ir.Constant(WHOLE, number)] * LANES)

    def exponential(self, x: Any) -> Any:
        """As `creditor.engine.functions.exponential`."""
        b = self.builder
        above, below = b.fcmp_ordered(">", x, constant(LARGEST)), b.fcmp_ordered("<", x, constant(SMALLEST))
        inside = b.and_(
            b.fcmp_ordered(">=", x, constant(SMALLEST)), b.fcmp_ordered("<=", x, constant(LARGEST))
        )
        y = b.select(inside, x, constant(0.0))
        k = self.intrinsic("floor", b.fadd(b.fmul(y, constant(LOG2_E)), constant(0.5)))
        high = b.fsub(y, b.fmul(k, constant(LN2_HIGH)))
        low = b.fmul(k, constant(LN2_LOW))
        r = b.fsub(high, low)
        series = self._series(EXP_TERMS, r)
        rest = b.fsub(b.fsub(high, r), low)
        tail = b.fadd(b.fmul(b.fmul(r, r), series), rest)
        value = b.fadd(constant(1.0), b.fadd(r, tail))
        whole = b.fptosi(k, WHOLES)
        half = b.ashr(whole, self._integer(1))
        for part in (half, b.sub(whole, half)):
            bits = b.shl(b.add(part, self._integer(1023)), self._integer(52))
            value = b.fmul(value, b.bitcast(bits, VECTOR))
        outside = b.select(below, constant(0.0), constant(float("nan")))
        return b.select(inside, value, b.select(above, constant(float("inf")), outside))

    def logarithm(self, x: Any) -> Any:
        """As `creditor.engine.functions.logarithm`."""
        b, infinite = self.builder, constant(float("inf"))
        inside = b.and_(b.fcmp_ordered(">", x, constant(0.0)), b.fcmp_ordered("<", x, infinite))
        y = b.select(inside, x, constant(1.0))
        tiny = b.fcmp_ordered("<", y, constant(2.2250738585072014e-308))
        y = b.select(tiny, b.fmul(y, constant(18014398509481984.0)), y)
        bits = b.add(b.bitcast(y, WHOLES), self._integer(ONE_BITS - SQRT_HALF_BITS))
        exponent = b.sub(b.ashr(bits, self._integer(52)), self._integer(1023))
        k = b.fsub(b.sitofp(exponent, VECTOR), b.select(tiny, constant(54.0), constant(0.0)))
        mantissa = b.add(b.and_(bits, self._integer(MANTISSA)), self._integer(SQRT_HALF_BITS))
        f = b.fsub(b.bitcast(mantissa, VECTOR), constant(1.0))
        s = b.fdiv(f, b.fadd(constant(2.0), f))
        z = b.fmul(s, s)
        series = self._series(LOG_TERMS, z)
        square = b.fmul(b.fmul(constant(0.5), f), f)
        inner = b.fmul(s, b.fadd(square, b.fmul(z, series)))
        less = b.fsub(b.fsub(square, b.fadd(inner, b.fmul(k, constant(LN2_LOW)))), f)
        value = b.fsub(b.fmul(k, constant(LN2_HIGH)), less)
        zero = b.fcmp_ordered("==", x, constant(0.0))
        other = b.select(b.fcmp_ordered("==", x, infinite), infinite, constant(float("nan")))
        return b.select(inside, value, b.select(zero, constant(float("-inf")), other))
