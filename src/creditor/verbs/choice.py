"""Owns which variables a picture shows where none are named: of one unit, that move, that do not coincide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from creditor.equations.declared import LENGTHS, PERIOD
from creditor.equations.infer import infer_units
from creditor.equations.linear import show
from creditor.equations.model import Model

Values = Mapping[str, Sequence[float | None]]
MOST = 6  # lines of a picture
STILL = 1e-3  # of its own size: what moves less is flat to the eye
SMALL = 0.05  # of the largest: what is smaller would lie on the axis
SAME = 1e-9  # of their size: lines that differ less coincide


def units_of(model: Model) -> dict[str, str]:
    """The unit of each variable by its title, those that are determined; time is left out.

    A stock and a flow of one money may stand in one picture, as they do in the book's.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> units_of(load_model("sim"))["wages"]
    'money'
    """
    found = {}
    for slot, unit in infer_units(model, tell=False).of.items():
        counted = {base: power for base, power in unit.items() if base not in (PERIOD, *LENGTHS)}
        found[slot] = show(counted)
    return {model.title(slot): found[slot] for slot in model.variables if slot in found}


def reported(model: Model, values: Values) -> list[str]:
    """Variables of a run that the text reports, in its order; a name stands for all of its cells."""
    found: dict[str, None] = {}
    for report in model.draft.reports:
        for spot in report.spots:
            wanted = f"{spot.name}[{', '.join(spot.index)}]" if spot.index else spot.name
            cells = [name for name in values if wanted in (name, name.partition("[")[0])]
            found |= dict.fromkeys(cells)
    return list(found)


def choose(
    values: Values,
    units: Mapping[str, str] | None = None,
    first: Sequence[str] = (),
    by_size: bool = False,
) -> list[str]:
    """Choose the variables of a picture.

    Parameters
    ----------
    values : mapping of name to values by period
        Period 0 is the opening, None where absent.
    units : mapping of name to str, optional
        Variables without one count as of one unit of their own, which is taken only for want of others.
    first : sequence of str
        Variables to choose from, where there are any; their order is kept.
    by_size : bool
        Take the largest instead of what moves most, as for differences, which all begin at zero.

    Returns
    -------
    list of str
        At most six. All have one unit: that of the first of ``first``, else that which most variables have
        that move. Among those of at least a twentieth of the largest, those whose range is largest relative
        to their own size come first; one that coincides with another is left out. Where nothing moves, the
        largest. Net worth and saving only where there is nothing else. Ties keep the order of the model.

    Examples
    --------
    >>> choose({"a": [1.0, 1.0], "b": [1.0, 2.0], "c": [1.0, 2.0], "saving[x]": [1.0, 9.0]})
    ['b', 'a']
    """
    known = units or {}
    names = [name for name in first if name in values]
    if names:
        names = [name for name in names if known.get(name, "") == known.get(names[0], "")]
        return _apart(names, values)
    names = [name for name in values if not name.startswith(("net_worth[", "saving["))] or list(values)
    sizes = {name: _size(values[name]) for name in names}
    moves = {name: _move(values[name]) for name in names}
    unit = _unit(names, moves, known)
    names = [name for name in names if known.get(name, "") == unit]
    largest = max((sizes[name] for name in names), default=0.0)
    names = [name for name in names if sizes[name] >= SMALL * largest]
    still = by_size or all(moves[name] <= STILL for name in names)
    names.sort(key=lambda name: -sizes[name] if still else -round(moves[name], 9))
    return _apart(names, values)


def _unit(names: Sequence[str], moves: Mapping[str, float], units: Mapping[str, str]) -> str:
    """The unit that most variables have that move, or have at all; none only for want of others."""
    counts: dict[str, list[int]] = {}
    for name in names:
        count = counts.setdefault(units.get(name, ""), [0, 0])
        count[0] += moves[name] > STILL
        count[1] += 1
    return max(counts, key=lambda unit: (counts[unit][0] > 0, unit != "", *counts[unit]), default="")


def _apart(names: Sequence[str], values: Values) -> list[str]:
    """The first six that do not coincide with one before them."""
    found: list[str] = []
    for name in names:
        if len(found) < MOST and not any(_coincide(values[name], values[other]) for other in found):
            found.append(name)
    return found


def _size(column: Sequence[float | None]) -> float:
    return max((abs(value) for value in column if value is not None), default=0.0)


def _move(column: Sequence[float | None]) -> float:
    """Range from period 1 on, relative to the size."""
    known = [value for value in column[1:] if value is not None]
    size = _size(known)
    return (max(known) - min(known)) / size if size else 0.0


def _coincide(one: Sequence[float | None], other: Sequence[float | None]) -> bool:
    size = max(_size(one), _size(other))
    pairs = [(a, b) for a, b in zip(one[1:], other[1:], strict=True) if a is not None and b is not None]
    return bool(pairs) and all(abs(a - b) <= SAME * size for a, b in pairs)
