"""Owns the writing of a model as plain equations for other programs: Dynare, ModelFlow."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field

from creditor.equations.expressions import Binary, Call, Cell, Expression, Negative, Number
from creditor.equations.model import EARLIER, Equation, Model
from creditor.equations.order import cells_in
from creditor.errors import InputError, Trouble

BINDS = {"or": 1, "and": 2, **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), 3)}
BINDS |= {"+": 4, "-": 4, "*": 5, "/": 5, "^": 7, "**": 7}
ATOM, MINUS = 8, 6
RELATIONS = ("==", "<>", "<", "<=", ">", ">=", "and", "or")


@dataclass(frozen=True)
class Plain:
    """A model as another program reads it.

    Parameters
    ----------
    text : str
    lost : tuple of str
        What the other form cannot say, a sentence each.
    """

    text: str
    lost: tuple[str, ...]


@dataclass
class Speech:
    """How a program writes names, powers, relations and functions; what is lost on the way is noted."""

    power: str
    different: str
    fold: bool
    reserved: frozenset[str]
    names: dict[int, str] = field(default_factory=dict)
    lost: dict[str, None] = field(default_factory=dict)

    def name_all(self, model: Model) -> None:
        """A name without brackets for each slot, different from all others, where case is folded too."""
        taken = {self._key(word) for word in self.reserved}
        for slot in range(len(model.slots)):
            if not model.slots[slot][0].startswith(f"{EARLIER}."):
                title = "_".join((model.slots[slot][0], *filter(None, model.slots[slot][1])))
                name = wanted = re.sub(r"\W", "_", title)
                number = 1
                while self._key(name) in taken:
                    number += 1
                    name = f"{wanted}_{number}"
                taken.add(self._key(name))
                self.names[slot] = name.upper() if self.fold else name
        for slot, equation in model.equations.items():
            if _is_alias(model, equation) and isinstance(equation.tree, Cell):
                one, other = slot, equation.tree.slot
                one, other = (other, one) if equation.kind == "settled" else (one, other)
                self.names[one] = self.names[other]

    def _key(self, name: str) -> str:
        return name.upper() if self.fold else name

    def write(self, model: Model, node: Expression, least: int = 0) -> str:
        """An expression of cells, in brackets where it binds less than `least`."""
        if isinstance(node, Cell):
            slot, back = model.origin(node.slot)
            lag = back + node.lag
            return self.names[slot] + (f"(-{lag})" if lag else "")
        if isinstance(node, Number):
            return _number(node.value) if node.value >= 0 or not least else f"({_number(node.value)})"
        if isinstance(node, Negative):
            written, level = f"-{self.write(model, node.operand, MINUS)}", MINUS
        elif isinstance(node, Binary):
            sign = {"^": self.power, "<>": self.different}.get(node.operator, node.operator)
            if sign in ("and", "or"):
                return self.write(model, self._logical(node), least)
            level = BINDS[sign]
            left, right = (ATOM, MINUS) if node.operator == "^" else (level + (level == 3), level + 1)
            written = f"{self.write(model, node.left, left)} {sign} {self.write(model, node.right, right)}"
        else:
            assert isinstance(node, Call)
            return self._call(model, node, least)
        return f"({written})" if level < least else written

    def _call(self, model: Model, node: Call, least: int) -> str:
        if node.function == "if":
            self.lost["A choice by a condition became a sum of both sides, each times 1 or 0."] = None
            condition, one, other = node.arguments
            chosen = truth(condition)
            both = Binary("+", Binary("*", chosen, one), Binary("*", _not(chosen), other))
            return self.write(model, both, least)
        first, *more = node.arguments
        if node.function in ("min", "max") and len(more) > 1:
            first, more = Call(node.function, node.arguments[:-1]), [node.arguments[-1]]
        return f"{node.function}({', '.join(self.write(model, part) for part in (first, *more))})"

    def _logical(self, node: Binary) -> Expression:
        left, right = truth(node.left), truth(node.right)
        if node.operator == "and":
            return Binary("*", left, right)
        return Binary("-", Binary("+", left, right), Binary("*", left, right))


def truth(node: Expression) -> Expression:
    """An expression that is 1 or 0 as a condition is true or not.

    Examples
    --------
    >>> truth(Number(3.0)).operator
    '<>'
    """
    if isinstance(node, Binary) and node.operator in RELATIONS:
        return node
    return Binary("<>", node, Number(0.0))


def _not(condition: Expression) -> Expression:
    return Binary("-", Number(1.0), condition)


def to_dynare(model: Model, opening: Mapping[int, float]) -> Plain:
    """Write a model for Dynare: ``var``, ``varexo``, ``model``, ``initval`` and ``histval``.

    Parameters
    ----------
    model : Model
    opening : mapping of slot to number
        Values at period 0 that are known.

    Returns
    -------
    Plain
        Every cell is a variable of its own; givens are exogenous, so that they can be shocked.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> text = to_dynare(load_model("sim"), {}).text
    >>> "taxes = tax_rate * wages;" in text
    True
    """
    words = "var varexo parameters model end initval histval exp log sqrt abs min max sign steady check"
    speech = Speech("^", "!=", False, frozenset(words.split()))
    speech.name_all(model)
    solved = _solved(model)
    rows = [f"  {left} = {right};" for left, right in _sides(model, speech, solved)]
    lags = [cell for one in model.equations.values() for cell in cells_in(one.tree) if cell.lag]
    starts: dict[str, float] = {}
    for cell in sorted(lags, key=lambda cell: cell.slot):
        slot, back = model.origin(cell.slot)
        if slot in model.equations and cell.slot in opening:
            starts[f"{speech.names[slot]}({-back})" if back else f"{speech.names[slot]}(0)"] = opening[
                cell.slot
            ]
    text = [
        f"// {_title(model)}",
        f"var {_wrapped([speech.names[slot] for slot in solved])};",
        *([f"varexo {_wrapped([speech.names[slot] for slot in model.givens])};"] if model.givens else []),
        "",
        "model;",
        *rows,
        "end;",
        "",
        "initval;",
        *(f"  {speech.names[slot]} = {_number(value)};" for slot, value in model.givens.items()),
        "end;",
        "",
        "histval;",
        *(f"  {name} = {_number(value)};" for name, value in starts.items()),
        "end;",
        "",
    ]
    return Plain("\n".join(text), (*_always(model), *speech.lost))


def to_modelflow(model: Model, opening: Mapping[int, float]) -> Plain:
    """Write a model for ModelFlow: ``FRML <> LEFT = RIGHT $``, names in upper case.

    Returns
    -------
    Plain
        Numbers of givens and openings stand in comments: ModelFlow takes them from a table of data.

    Raises
    ------
    InputError
        E641 for a ``find``, which has no left side.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> text = to_modelflow(load_model("sim"), {}).text
    >>> "FRML <> TAXES = TAX_RATE * WAGES $" in text
    True
    """
    _refuse_find(model)
    speech = Speech(
        "**", "!=", True, frozenset(["FRML", "EXP", "LOG", "SQRT", "ABS", "MIN", "MAX", "DO", "LIST"])
    )
    speech.name_all(model)
    solved = _solved(model)
    rows = [f"FRML <> {left} = {right} $" for left, right in _sides(model, speech, solved)]
    data = [f"! data: {speech.names[slot]} = {_number(value)}" for slot, value in model.givens.items()]
    starts = [
        f"! start: {speech.names[model.origin(slot)[0]]}({-model.origin(slot)[1]}) = {_number(value)}"
        for slot, value in opening.items()
        if slot in model.equations
    ]
    lost = ["Numbers of givens and openings are comments: ModelFlow takes them from a table."]
    if any(name != name.upper() for name, _ in model.slots):
        lost.append("Names are in upper case; those that differed in case only have a number.")
    text = "\n".join([f"! {_title(model)}", *data, *starts, *rows, ""])
    return Plain(text, (*_always(model), *lost, *speech.lost))


def _solved(model: Model) -> list[int]:
    """Slots with an equation of their own; values of earlier periods are written as lags."""
    return [
        slot
        for slot in sorted(model.equations)
        if not model.slots[slot][0].startswith(f"{EARLIER}.") and not _is_alias(model, model.equations[slot])
    ]


def _is_alias(model: Model, equation: Equation) -> bool:
    """Whether a payment is what a transaction pays, or the other way round: one name is enough."""
    tree = equation.tree
    if not isinstance(tree, Cell) or tree.lag or tree.slot not in model.equations:
        return False
    return equation.kind == "payment" or (
        equation.kind == "settled" and model.slots[tree.slot][0].startswith("payment.")
    )


def _sides(model: Model, speech: Speech, solved: list[int]) -> list[tuple[str, str]]:
    found = []
    for slot in solved:
        equation: Equation = model.equations[slot]
        tree, left = equation.tree, speech.names[slot]
        if equation.kind == "find" and isinstance(tree, Binary):
            left, tree = speech.write(model, tree.left), tree.right
        found.append((left, speech.write(model, tree)))
    return found


def _refuse_find(model: Model) -> None:
    troubles = [
        Trouble(
            "E641",
            str(equation.place),
            f"{model.title(slot)} is found so that two sides agree",
            "this form has one variable on the left of each equation",
            "export to dynare or c, or solve the condition for the variable",
        )
        for slot, equation in model.equations.items()
        if equation.kind == "find"
    ]
    if troubles:
        raise InputError(troubles)


def _always(model: Model) -> list[str]:
    """What no plain form keeps."""
    lost = ["Who owes and pays whom, units, sources, grades and the check of every budget are lost."]
    if any(labels for _, labels in model.slots):
        lost.append(
            "Dimensions are lost: each label has an equation of its own, and its name holds the label."
        )
    if model.bounds:
        lost.append("Bounds of givens are lost.")
    if model.draft.changes:
        lost.append("Changes over time that the text sets are lost.")
    return lost


def _title(model: Model) -> str:
    name = re.sub(r"[^\w -]", "_", model.name)
    return f"{name}: {len(_solved(model))} equations, model {model.digest}"


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _wrapped(names: list[str]) -> str:
    return textwrap.fill(" ".join(names), 100, subsequent_indent="  ", break_long_words=False)
