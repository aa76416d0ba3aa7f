"""Owns ranges and conditions: which cells a left side means, and what stands after where."""

from __future__ import annotations

from collections.abc import Iterable

from creditor.equations.expressions import Binary, Expression, Name, Number
from creditor.equations.spaces import Dimensions, Labels, Range, every
from creditor.equations.statements import Spot
from creditor.errors import InputError, Trouble
from creditor.terms.suggest import mend_with


def value_range(spot: Spot, dims: Labels, known: Dimensions) -> list[dict[str, str]]:
    """Cells that the left side of a let, given, find, start or set means.

    Examples
    --------
    >>> d = Dimensions({"c": ("N", "S")}, {"c": "c"})
    >>> value_range(Spot("x", ("N",)), ("c",), d)
    [{'c': 'N'}]
    """
    if not spot.index:
        return every(dims, known)
    if len(spot.index) != len(dims):
        what = f"{spot.name}[{', '.join(spot.index)}] has {len(spot.index)} entries, "
        what += f"{spot.name} has {len(dims)} dimensions"
        raise InputError(Trouble("E616", str(spot.place), what, "", f"write {spot.name}[{', '.join(dims)}]"))
    fixed = {}
    for dim, entry in zip(dims, spot.index, strict=True):
        if entry not in known:
            if entry not in known.of(dim):
                mend = mend_with(entry, known.of(dim))
                raise InputError(Trouble("E616", str(spot.place), f"no label {entry!r} of {dim}", "", mend))
            fixed[dim] = entry
    return every(dims, known, fixed)


def holds(condition: Expression, here: Range, known: Dimensions, sectors: Iterable[str]) -> bool:
    """Whether a condition on labels is true in a cell.

    Raises
    ------
    InputError
        E619 for anything but comparisons of labels and dimensions, joined by and, or.

    Examples
    --------
    >>> d = Dimensions({"c": ("N", "S")}, {"c": "c"})
    >>> holds(Binary("<>", Name("c"), Name("N")), {"c": "S"}, d, [])
    True
    """
    if isinstance(condition, Binary) and condition.operator in ("and", "or"):
        left, right = (
            holds(condition.left, here, known, sectors),
            holds(condition.right, here, known, sectors),
        )
        return (left and right) if condition.operator == "and" else (left or right)
    if isinstance(condition, Binary) and condition.operator in ("==", "<>"):
        left_label, right_label = (
            _side(side, here, known, sectors) for side in (condition.left, condition.right)
        )
        return (left_label == right_label) == (condition.operator == "==")
    place = "" if isinstance(condition, Number) else str(condition.place)
    mend = "write for example: where partner <> country"
    raise InputError(Trouble("E619", place, "a condition after where compares labels only", "", mend))


def _side(side: Expression, here: Range, known: Dimensions, sectors: Iterable[str]) -> str:
    if isinstance(side, Name) and not side.index and not side.lag:
        if side.name in here:
            return here[side.name]
        if side.name in set(sectors) or side.name in known.absent or known.bases_with(side.name):
            return side.name
        words = [*here, *(label for labels in known.labels.values() for label in labels)]
        raise InputError(
            Trouble(
                "E616",
                str(side.place),
                f"{side.name} is no label or dimension here",
                "",
                mend_with(side.name, words),
            )
        )
    raise InputError(
        Trouble("E619", str(side.place), "a condition after where compares labels only", "", "write a name")
    )
