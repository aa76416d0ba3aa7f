"""Owns C bodies: rows of a tape as loops over labels with index tables, paths innermost."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from creditor.engine.loops import Loop, strips
from creditor.engine.tape import CALLS, COPY, LARGER, NEGATIVE, OPERANDS, WORSE, Row

FEW = 2  # strips of so few labels are written out, each row by itself
MOST = 160  # rows of a function that are written out
SIGNS = {0: "+", 1: "-", 2: "*", 3: "/"}
RELATIONS = {5: "==", 6: "!=", 7: "<", 8: "<=", 9: ">", 10: ">="}
FORMS = {
    4: "power({a}, {b})",
    11: "({a} != 0.0) & ({b} != 0.0) ? 1.0 : 0.0",
    12: "({a} != 0.0) | ({b} != 0.0) ? 1.0 : 0.0",
    CALLS["min"]: "smaller({a}, {b})",
    CALLS["max"]: "larger({a}, {b})",
    CALLS["abs"]: "fabs({a})",
    CALLS["sqrt"]: "sqrt({a})",
    CALLS["log"]: "logarithm({a})",
    CALLS["exp"]: "exponential({a})",
    CALLS["if"]: "{a} != 0.0 ? {b} : {c}",
    NEGATIVE: "-{a}",
    COPY: "{a}",
    LARGER: "larger({a}, fabs({b}))",
    WORSE: "worse({a}, {b}, {c})",
}


def literal(value: float) -> str:
    """A number in C, to its last bit.

    Examples
    --------
    >>> literal(0.5), literal(-2.0), literal(float("inf"))
    ('0.5', '(-2.0)', 'INFINITY')
    """
    if not math.isfinite(value):
        return "NAN" if math.isnan(value) else "INFINITY" if value > 0 else "(-INFINITY)"
    text = repr(float(value))
    return f"({text})" if text.startswith("-") else text


def operation(code: int, operands: Sequence[str]) -> str:
    """One operation as a C expression.

    Examples
    --------
    >>> operation(0, ["x", "y"])
    'x + y'
    """
    if code in SIGNS:
        return f"{operands[0]} {SIGNS[code]} {operands[1]}"
    if code in RELATIONS:
        return f"{operands[0]} {RELATIONS[code]} {operands[1]} ? 1.0 : 0.0"
    return FORMS[code].format(**dict(zip("abc", operands, strict=False)))


class Places:
    """Where each register of a tape is kept in C: a row of ``r``, or a literal.

    Parameters
    ----------
    slots : int
    lagged : sequence of int
        Slots whose value of yesterday is kept.
    values : dict of register to float
        The constants.
    """

    def __init__(self, slots: int, lagged: Sequence[int], values: dict[int, float]) -> None:
        self.rows = {slot: slot for slot in range(slots)}
        self.rows |= {slots + slot: slots + number for number, slot in enumerate(lagged)}
        self.values = values
        self.pool = self.length = len(self.rows)
        self.constants: dict[int, int] = {}

    def begin(self, crossing: Iterable[int]) -> None:
        """Intermediate results of a section that more than one function reads; sections share their rows."""
        for register in [register for register, row in self.rows.items() if row >= self.pool]:
            del self.rows[register]
        for register in sorted(set(crossing) - self.rows.keys() - self.values.keys()):
            self.rows[register] = len(self.rows)
        self.length = max(self.length, len(self.rows))

    def text(self, register: int) -> str:
        """An operand that is the same for every label."""
        if register in self.values:
            return literal(self.values[register])
        return f"r[{self.rows[register]}][i]"

    def row(self, register: int) -> int:
        """A row of ``r`` for an operand that differs by label; constants stand below zero until the end."""
        if register in self.values:
            return -1 - self.constants.setdefault(register, len(self.constants))
        return self.rows[register]

    def kept(self, register: int) -> bool:
        """Whether a result is stored."""
        return register in self.rows


class Plan:
    """Rows in the order in which they run, as parts: rows written out, or some labels of a loop.

    Examples
    --------
    >>> plan = Plan()
    >>> plan.add_rows([(0, 0, 1, 0, 9), (2, 9, 9, 0, 2)])
    >>> len(plan.parts)
    1
    """

    def __init__(self) -> None:
        self.parts: list[list[Row] | tuple[Loop, int, int]] = []

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Rows that are written out, beside those before them while there are few."""
        for row in rows:
            last = self.parts[-1] if self.parts else ()
            if not isinstance(last, list) or len(last) >= MOST:
                last = []
                self.parts.append(last)
            last.append(row)

    def add_loops(self, loops: Sequence[Loop]) -> None:
        """Loops, in strips as the engine has them."""
        where = {slot: (loop, place) for loop in loops for place, slot in enumerate(loop.slots)}
        for strip in strips(loops):
            loop, first = where[strip.slots[0]]
            if len(loop.slots) <= FEW:
                for member in strip.members:
                    self.add_rows(member)
            else:
                self.parts.append((loop, first, first + len(strip.slots)))

    def flows(self) -> tuple[set[int], set[int], set[int]]:
        """Registers that are read, that are made, and that a part other than their own reads."""
        read, made, across = set(), set(), set()
        for part in self.parts:
            groups = [part] if isinstance(part, list) else part[0].members[part[1] : part[2]]
            for rows in groups:
                own: set[int] = set()
                for code, *operands, result in rows:
                    used = set(operands[: OPERANDS[code]])
                    across |= used - own
                    read |= used
                    own.add(result)
                made |= own
        return read, made, across


class Bodies:
    """Functions of C for plans; loops are written once and called for each strip.

    Parameters
    ----------
    places : Places
    """

    def __init__(self, places: Places) -> None:
        self.places = places
        self.functions: list[str] = []
        self.names: dict[int, str] = {}

    def write(self, plan: Plan, name: str) -> str:
        """Write the functions of a plan; the name of one that calls them all."""
        calls = []
        for number, part in enumerate(plan.parts):
            if isinstance(part, list):
                self._straight(part, f"{name}_{number}")
                calls.append(f"    {name}_{number}(r);")
            else:
                loop, first, end = part
                calls.append(f"    {self._loop(loop, f'{name}_{number}')}(r, {first}, {end});")
        body = "\n".join(calls)
        self.functions.append(f"static void {name}(double (*r)[W])\n{{\n    (void)r;\n{body}\n}}\n")
        return name

    def _straight(self, rows: Sequence[Row], name: str) -> None:
        lines = self._lines([rows], [])
        body = "\n".join(f"        {line}" for line in lines)
        self.functions.append(f"static void {name}(double (*r)[W])\n{{\n    EACH {{\n{body}\n    }}\n}}\n")

    def _loop(self, loop: Loop, name: str) -> str:
        if id(loop) in self.names:
            return self.names[id(loop)]
        self.names[id(loop)] = name
        columns: list[list[int]] = []
        lines = "\n".join(f"            {line}" for line in self._lines(loop.members, columns))
        rows = [[column[place] for column in columns] for place in range(len(loop.slots))]
        table = ",\n".join(f"        {{{', '.join(map(_index, row))}}}" for row in rows)
        pointers = "\n".join(
            f"        double *x{number} = r[q[k][{number}]];" for number in range(len(columns))
        )
        self.functions.append(
            f"static void {name}(double (*r)[W], int first, int end)\n{{\n"
            f"    static const int q[{len(rows)}][{len(columns)}] = {{\n{table}\n    }};\n"
            f"    for (int k = first; k < end; k++) {{\n{pointers}\n"
            f"        EACH {{\n{lines}\n        }}\n    }}\n}}\n"
        )
        return name

    def _lines(self, members: Sequence[Sequence[Row]], columns: list[list[int]]) -> list[str]:
        """Statements of one label; operands that differ by label are read through the table's columns."""
        places, local, lines = self.places, {}, []  # type: ignore[var-annotated]
        seen: dict[tuple[int, ...], int] = {}

        def outside(registers: tuple[int, ...]) -> str:
            if len(set(registers)) == 1:
                return places.text(registers[0])
            rows = tuple(places.row(register) for register in registers)
            if rows not in seen:
                seen[rows] = len(columns)
                columns.append(list(rows))
            return f"x{seen[rows]}[i]"

        for position, (code, *_) in enumerate(members[0]):
            column = [tuple(member[position][n] for member in members) for n in range(1, 5)]
            operands = [local.get(c[0]) or outside(c) for c in column[: OPERANDS[code]]]
            result = column[3]
            name = local[result[0]] = f"v{position}"
            lines.append(f"const double {name} = {operation(code, operands)};")
            if places.kept(result[0]):
                lines.append(f"{outside(result)} = {name};")
        return lines


def _index(row: int) -> str:
    """A row as C has it; constants follow all others."""
    return str(row) if row >= 0 else f"CONSTANTS + {-1 - row}"
