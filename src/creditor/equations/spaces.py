"""Owns dimensions and spaces: the labelled cells of every name, and which of them an equation means."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from creditor.equations.expressions import Name, Place
from creditor.errors import InputError, Trouble
from creditor.terms.suggest import mend_with

HOLDER = "holder"
Labels = tuple[str, ...]
Range = Mapping[str, str]  # dimension name to label, the cell that an equation stands for


@dataclass
class Dimensions:
    """Dimensions with their labels; a second name for the same labels has a base."""

    labels: dict[str, Labels] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)  # whose labels come from the scenario
    absent: frozenset[str] = frozenset()  # labels that they might have and have not

    def is_open(self, name: str) -> bool:
        """Whether a word in brackets is a dimension whose labels come from the scenario."""
        return name in self.bases and self.base(name) in self.open

    def __contains__(self, name: str) -> bool:
        return name in self.bases

    def base(self, name: str) -> str:
        """The dimension whose labels these are."""
        return self.bases.get(name, name)

    def of(self, name: str) -> Labels:
        """Labels of a dimension or alias."""
        return self.labels[self.base(name)]

    def bases_with(self, label: str) -> list[str]:
        """Dimensions that have a label."""
        return [base for base, labels in self.labels.items() if label in labels]


@dataclass
class Space:
    """The cells of one name.

    Parameters
    ----------
    name : str
    dims : tuple of str
        Names of dimensions, `HOLDER` among them for claims with several holding sectors.
    cells : tuple of labels
        Existing cells, in order. A label is empty where a holder does not vary by the dimension.
    place : Place
        Where the name is declared.
    """

    name: str
    dims: Labels
    cells: tuple[Labels, ...]
    place: Place = field(default_factory=Place)

    def __post_init__(self) -> None:
        self.index = {cell: position for position, cell in enumerate(self.cells)}

    def show(self, cell: Labels) -> str:
        """A cell as it is written: ``net_worth[banks, N]`` is kept as ``net_worth.banks``."""
        name, _, sector = self.name.partition(".")
        labels = tuple(label for label in (sector, *cell) if label)
        return f"{name}[{', '.join(labels)}]" if labels else name


def every(dims: Iterable[str], known: Dimensions, fixed: Range | None = None) -> list[dict[str, str]]:
    """All combinations of labels of some dimensions, some of them fixed.

    Examples
    --------
    >>> d = Dimensions({"c": ("N", "S")}, {"c": "c"})
    >>> every(["c"], d)
    [{'c': 'N'}, {'c': 'S'}]
    """
    names = list(dims)
    choices = [(fixed[name],) if fixed and name in fixed else known.of(name) for name in names]
    return [dict(zip(names, labels, strict=True)) for labels in itertools.product(*choices)]


def cell_of(node: Name, space: Space, here: Range, known: Dimensions, sectors: Iterable[str]) -> Labels:
    """Which cell of a space a name means in an equation that stands for one cell.

    Parameters
    ----------
    node : Name
        With its bracket entries: labels, dimensions or sectors.
    space : Space
    here : mapping of dimension to label
        The range of the equation and of the sums around the name; an empty label is none.
    known : Dimensions
    sectors : iterable of str
        Names of sectors, for the holder of a claim.

    Returns
    -------
    tuple of str
        Labels of an existing cell.

    Raises
    ------
    InputError
        E611 where several cells remain or two dimensions have the same labels, E616 where no cell is there.

    Notes
    -----
    Bracket entries fill the places of their kind by position where all places of that kind are given, by name
    otherwise; what is left takes the label of the same-named dimension of the range, or must be the only cell
    left.
    """
    filled = _entries(node, space, here, known, set(sectors))
    _check_absent(node, space, filled)
    said = {known.base(dim) for dim in filled}
    given = tuple(dim in filled for dim in space.dims)
    present = {dim: label for dim, label in here.items() if label}
    for dim in space.dims:
        if dim not in filled and dim in present:
            if known.base(dim) not in said:
                _check_alias(node, space, dim, present, known)
            filled[dim] = present[dim]
    wanted = tuple(filled.get(dim) for dim in space.dims)
    if wanted in space.index:
        return wanted  # type: ignore[return-value]
    matching = [cell for cell in space.cells if _fits(cell, wanted, given)]
    if len(matching) == 1:
        return matching[0]
    if not matching and None not in wanted and "" not in wanted:
        raise _trouble("E616", node, f"there is no cell {space.show(wanted)}", _some(space))  # type: ignore[arg-type]
    if not matching:
        raise _trouble("E616", node, f"there is no such cell of {_bare(node)}", _some(space))
    shown = ", ".join(space.show(cell) for cell in matching[:4]) + (", ..." if len(matching) > 4 else "")
    open_dims = [dim for dim in space.dims if dim not in filled]
    mend = f"say which, or sum(... over {', '.join(open_dims)})"
    raise _trouble("E611", node, f"{_bare(node)} has {len(matching)} cells here ({shown})", mend)


def _entries(node: Name, space: Space, here: Range, known: Dimensions, sectors: set[str]) -> dict[str, str]:
    kinds: dict[str, list[str]] = {}
    for entry in node.index:
        kinds.setdefault(_kind(entry, node, space, known, sectors), []).append(entry)
    filled: dict[str, str] = {}
    for kind, entries in kinds.items():
        places = [dim for dim in space.dims if known.base(dim) == kind]
        if len(entries) > len(places):
            mend = f"{_bare(node)} has {_dims(space)}"
            raise _trouble(
                "E616",
                node,
                f"[{', '.join(node.index)}] has more entries than {_bare(node)} has dimensions",
                mend,
            )
        named = {entry: entry for entry in entries if entry in places}
        if len(entries) < len(places) and len(named) < len(entries):
            free = [dim for dim in places if dim not in here and dim not in named]
            rest = [entry for entry in entries if entry not in named]
            if len(free) != len(rest):
                mend = f"{_bare(node)} has {_dims(space)}: give all of one kind, or the name of a dimension"
                raise _trouble(
                    "E611", node, f"[{', '.join(node.index)}] does not say which of {', '.join(places)}", mend
                )
            pairs = [*((d, d) for d in named), *zip(free, rest, strict=True)]
        elif len(entries) < len(places):
            pairs = [(dim, dim) for dim in named]
        else:
            pairs = list(zip(places, entries, strict=True))
        for dim, entry in pairs:
            filled[dim] = _label(entry, node, here, known, sectors)
    return filled


def _kind(entry: str, node: Name, space: Space, known: Dimensions, sectors: set[str]) -> str:
    if entry == HOLDER or (entry in sectors and HOLDER in space.dims):
        return HOLDER
    if entry in known:
        return known.base(entry)
    bases = [base for base in known.bases_with(entry) if any(known.base(dim) == base for dim in space.dims)]
    if bases:
        return bases[0]
    words = [*sectors, *known.bases, *(label for labels in known.labels.values() for label in labels)]
    if entry in sectors:
        raise _trouble(
            "E616", node, f"{entry} is not told apart in {_bare(node)}: it has {_dims(space)}", "leave it out"
        )
    raise _trouble(
        "E616", node, f"no label, dimension or sector {entry!r} fits {_bare(node)}", mend_with(entry, words)
    )


def _label(entry: str, node: Name, here: Range, known: Dimensions, sectors: set[str]) -> str:
    if entry == HOLDER or (entry in known and entry not in sectors):
        if entry not in here:
            mend = f"name a label, or put sum(... over {entry}) around it"
            raise _trouble("E611", node, f"{entry} is open in {_written(node)}", mend)
        return here[entry]
    return entry


def _fits(cell: Labels, wanted: tuple[str | None, ...], given: tuple[bool, ...]) -> bool:
    """Whether a cell has the labels that are wanted; an empty one fits what the brackets did not say."""
    places = zip(wanted, cell, given, strict=True)
    return all(want in (None, label) or not (label or said) for want, label, said in places)


def _check_absent(node: Name, space: Space, filled: dict[str, str]) -> None:
    """Refuse a dimension in brackets that the equation does not vary by, because its holder does not."""
    for dim in (dim for dim, label in filled.items() if not label):
        if all(cell[space.dims.index(dim)] for cell in space.cells):
            mend = f"name a label, or put sum(... over {dim}) around it"
            what = f"{_written(node)}: the holder that this is about does not vary by {dim}"
            raise _trouble("E611", node, what, mend)


def _check_alias(node: Name, space: Space, dim: str, here: Range, known: Dimensions) -> None:
    """Refuse brackets that leave open which of two dimensions with the same labels is meant."""
    if len(here) == 1:
        return
    base = known.base(dim)
    rivals = [other for other in here if known.base(other) == base and other != HOLDER]
    own = [other for other in space.dims if known.base(other) == base]
    if dim == base and len(rivals) > len(own):
        spelled = " or ".join(_written(node, other) for other in rivals)
        what = f"{_written(node)} varies by {dim} and this equation ranges over {' and '.join(rivals)}"
        raise _trouble("E611", node, what, f"write {spelled}")


def _written(node: Name, *more: str) -> str:
    """The name and its bracket entries as a text has them."""
    return Space(node.name, (), ()).show((*node.index, *more))


def _bare(node: Name) -> str:
    return Space(node.name, (), ()).show(())


def _dims(space: Space) -> str:
    return f"the dimensions {', '.join(space.dims)}" if space.dims else "no dimension"


def _some(space: Space) -> str:
    shown = [space.show(cell) for cell in space.cells[:6]]
    return f"cells are {', '.join(shown)}" + (", ..." if len(space.cells) > 6 else "")


def _trouble(code: str, node: Name, what: str, mend: str) -> InputError:
    return InputError(Trouble(code, str(node.place), what, "", mend))
