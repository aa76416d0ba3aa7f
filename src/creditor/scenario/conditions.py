"""Owns conditions: what is asked of every path of a run, in the language of models, as shares of paths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.engine.batch import bind, execute
from creditor.engine.tape import Tape
from creditor.equations.expressions import Binary, Cell, Expression, walk
from creditor.equations.model import Model
from creditor.equations.parse import parse_expression
from creditor.equations.resolve import Resolver
from creditor.errors import InputError, Trouble, Troubles

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]

LOGICAL = ("==", "<>", "<", "<=", ">", ">=", "and", "or")
PATHS = 64  # evaluated at once
LONGEST = 200  # letters of a condition


@dataclass(frozen=True)
class Condition:
    """A condition with slots for its names.

    Parameters
    ----------
    title : str
        As it is written.
    tree : Expression
    """

    title: str
    tree: Expression

    @property
    def slots(self) -> set[int]:
        """What it reads."""
        return {node.slot for node in walk(self.tree) if isinstance(node, Cell)}


def read_conditions(model: Model, texts: Iterable[str], troubles: Troubles) -> tuple[Condition, ...]:
    """Read conditions such as ``debt / output > 0.9`` or ``x > 2 and y < 3``.

    Parameters
    ----------
    model : Model
    texts : iterable of str
        Each is looked at in every period from 1; a lag reads the period before.
    troubles : Troubles
        U501 for what is no condition; faults of the expression.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> [one.title for one in read_conditions(load_model("sim"), ["money > 90"], Troubles())]
    ['money > 90']
    """
    found: dict[str, Condition] = {}
    for text in texts:
        title = " ".join(text.split())
        mend = "write for example 'wages > 90', or 'debt / output > 0.9 and bill_rate > 0.05'"
        if len(title) > LONGEST:
            troubles.add("U501", "--share", f"a condition has at most {LONGEST} letters", "", mend)
            continue
        try:
            tree = Resolver(model).tree(parse_expression(title, "--share"), {})
        except InputError as error:
            troubles.items.extend(error.troubles)
            continue
        if not isinstance(tree, Binary) or tree.operator not in LOGICAL:
            troubles.add("U501", "--share", f"{title!r} compares nothing", "", mend)
        else:
            found[title] = Condition(title, tree)
    return tuple(found.values())


def evaluate(
    model: Model,
    conditions: Sequence[Condition],
    values: Floats,
    stored: Sequence[int] | None = None,
    first: int = 0,
) -> Flags:
    """Where conditions hold.

    Parameters
    ----------
    model : Model
    conditions : sequence of Condition
    values : array [slot, period, path]
        Period 0 is the opening.
    stored : sequence of int, optional
        Which slots ``values`` has, in order; all of them where it is left out.
    first : int
        Number of the first path, for messages.

    Returns
    -------
    array [condition, period from 1, path]

    Raises
    ------
    InputError
        U501 for a condition that has no value somewhere, such as a ratio to nothing.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> rich = read_conditions(model, ["money > 90"], Troubles())
    >>> evaluate(model, rich, np.full((len(model.slots), 3, 1), 91.0)).tolist()
    [[[True], [True]]]
    """
    slots = np.array(range(len(model.slots)) if stored is None else stored, dtype=np.int64)
    found = np.zeros((len(conditions), values.shape[1] - 1, values.shape[2]), dtype=np.bool_)
    for number, condition in enumerate(conditions):
        tape = Tape(len(model.slots))
        answer = tape.emit(condition.tree)
        rows = tape.take()
        for begin in range(0, values.shape[2], PATHS):
            now, before = (values[:, part, begin : begin + PATHS] for part in (slice(1, None), slice(-1)))
            registers = np.full((tape.registers, now.shape[1] * now.shape[2]), np.nan)
            for register, value in tape.values.items():
                registers[register] = value
            registers[slots] = now.reshape(len(slots), -1)
            registers[tape.slots + slots] = before.reshape(len(slots), -1)
            with np.errstate(all="ignore"):
                execute(bind(rows, registers))
            answers = registers[answer].reshape(now.shape[1:])
            _check(model, condition, registers, now.shape[1:], first + begin)
            found[number, :, begin : begin + PATHS] = answers != 0
    return found


def _check(model: Model, condition: Condition, registers: Floats, shape: tuple[int, ...], first: int) -> None:
    """Every number that a condition reads or makes on its way must be one."""
    read = [node for node in walk(condition.tree) if isinstance(node, Cell)]
    rows = [node.slot + (len(model.slots) if node.lag else 0) for node in read]
    rows += list(range(2 * len(model.slots), len(registers)))
    broken = ~np.isfinite(registers[rows]).all(axis=0).reshape(shape)
    if broken.any():
        period, path = (int(places[0]) for places in np.nonzero(broken))
        where = f"{model.calendar.title(period + 1)}, path {first + path}"
        what = f"{condition.title!r} has no value in {where}"
        mend = "ask for something that exists in every period"
        raise InputError(Trouble("U501", "--share", what, "", mend))
