"""Owns Table: numbers with named dimensions and one unit, with the origin of each published cell."""

from __future__ import annotations

import importlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.errors import InputError, MissingError, Trouble
from creditor.terms.numbers import format_number
from creditor.terms.provenance import Origin
from creditor.terms.suggest import mend_with
from creditor.terms.units import Unit

if TYPE_CHECKING:
    import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Table:
    """Numbers with named dimensions, one unit, and the origin of each published cell.

    Parameters
    ----------
    title : str
        What the numbers are, in a few words.
    dims : tuple of str
        Names of the dimensions, such as ``holder`` and ``issuer``.
    labels : mapping of str to tuple of str
        Labels along each dimension, each unique.
    values : array of float, one axis per dimension
        Not-a-number means absent, never zero.
    unit : Unit
        Of all numbers.
    origins : mapping of label tuple to Origin
        For published and derived cells; computed cells have none.
    titles : mapping of str to str
        What a reader sees for a label, where it differs from the label.

    Raises
    ------
    InputError
        T208 where shape, labels and dimensions do not agree.

    Examples
    --------
    >>> from creditor.terms.units import money
    >>> t = Table("debt", ("holder",), {"holder": ("a", "b")}, np.array([1.0, 2.0]), money("USD"))
    >>> t.at(holder="b")
    2.0
    """

    title: str
    dims: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]
    values: npt.NDArray[np.float64]
    unit: Unit
    origins: Mapping[tuple[str, ...], Origin] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        values = np.array(self.values, dtype=np.float64)
        values.setflags(write=False)
        labels = {dim: tuple(names) for dim, names in self.labels.items()}
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "dims", tuple(self.dims))
        for name, mapping in (("labels", labels), ("origins", self.origins), ("titles", self.titles)):
            object.__setattr__(self, name, MappingProxyType(dict(mapping)))
        if len(set(self.dims)) != len(self.dims) or set(self.dims) != set(labels):
            what = f"dimensions {', '.join(self.dims)}; labels of {', '.join(labels)}"
            raise _trouble(self.title, what, "give each dimension once, with its labels")
        shape = tuple(len(labels[dim]) for dim in self.dims)
        if shape != values.shape:
            what = f"values of shape {values.shape}, labels of shape {shape}"
            raise _trouble(self.title, what, "give one label per position")
        for dim in self.dims:
            if len(set(self.labels[dim])) != len(self.labels[dim]):
                raise _trouble(self.title, f"labels of {dim} repeat", "give each label once")

    def __reduce__(self) -> tuple[type[Table], tuple[Any, ...]]:
        """Copy and pickle by the fields, the mappings as plain dictionaries."""
        mappings = dict(self.origins), dict(self.titles)
        return type(self), (self.title, self.dims, dict(self.labels), self.values, self.unit, *mappings)

    def at(self, **where: str) -> float:
        """One number by its labels (one per dimension); not-a-number where it is absent."""
        return float(self.values[self._position(where)])

    def origin(self, **where: str) -> Origin | None:
        """Origin of one cell, None for a computed one."""
        self._position(where)
        return self.origins.get(tuple(where[dim] for dim in self.dims))

    def text(self, **where: str) -> str:
        """One number as a reader sees it."""
        return format_number(self.at(**where), self.unit)

    def title_of(self, label: str) -> str:
        """What a reader sees for a label."""
        return self.titles.get(label, label)

    def __add__(self, other: Table) -> Table:
        """Add two tables with the same labels; refuses different units (T206)."""
        self.unit.check_addable(other.unit, f"{self.title} + {other.title}")
        if self.dims != other.dims or any(self.labels[dim] != other.labels[dim] for dim in self.dims):
            what = f"labels differ from those of {other.title}"
            raise _trouble(self.title, what, "give both the same labels in the same order")
        title, titles = f"{self.title} + {other.title}", {**other.titles, **self.titles}
        return Table(title, self.dims, self.labels, self.values + other.values, self.unit, {}, titles)

    def total(self) -> float:
        """Exact sum of the present numbers, rounded once."""
        return math.fsum(float(value) for value in self.values.ravel() if value == value)

    def records(self) -> list[dict[str, Any]]:
        """Present cells as flat records: labels, value, text, unit, and origin where there is one."""
        found = []
        for position in np.ndindex(self.values.shape):
            value = float(self.values[position])
            if value != value:
                continue
            key = tuple(self.labels[dim][i] for dim, i in zip(self.dims, position, strict=True))
            record: dict[str, Any] = dict(zip(self.dims, key, strict=True))
            record |= {"value": value, "text": format_number(value, self.unit), "unit": str(self.unit)}
            origin = self.origins.get(key)
            if origin:
                record |= origin.as_dict()
            found.append(record)
        return found

    def to_pandas(self) -> Any:
        """The cells as a pandas Series (one dimension) or DataFrame (two); needs pandas."""
        pandas = _optional("pandas")
        index = [pandas.Index(self.labels[dim], name=dim) for dim in self.dims]
        if len(index) == 1:
            return pandas.Series(self.values, index[0], name=self.title)
        if len(index) == 2:
            return pandas.DataFrame(self.values, index[0], index[1])
        return pandas.Series(self.values.ravel(), pandas.MultiIndex.from_product(index), name=self.title)

    def to_xarray(self) -> Any:
        """The cells as an xarray DataArray with unit and title; needs xarray."""
        xarray = _optional("xarray")
        coords = {dim: list(self.labels[dim]) for dim in self.dims}
        attrs = {"units": str(self.unit), "long_name": self.title}
        return xarray.DataArray(self.values, coords, self.dims, self.title, attrs)

    def _position(self, where: Mapping[str, str]) -> tuple[int, ...]:
        position = []
        for dim in where:
            if dim not in self.dims:
                mend = mend_with(dim, self.dims)
                raise InputError(Trouble("T208", self.title, f"no dimension {dim!r}", "", mend))
        for dim in self.dims:
            labels = self.labels[dim]
            if dim not in where:
                raise InputError(Trouble("T208", self.title, f"{dim} is not given", "", f"name one {dim}"))
            if where[dim] not in labels:
                wrong = where[dim]
                raise InputError(
                    Trouble("T208", self.title, f"no {dim} {wrong!r}", "", mend_with(wrong, labels))
                )
            position.append(labels.index(where[dim]))
        return tuple(position)


def column(
    title: str,
    dim: str,
    values: Mapping[str, float],
    unit: Unit,
    origins: Mapping[str, Origin] | None = None,
    titles: Mapping[str, str] | None = None,
) -> Table:
    """Make a table of one dimension from a mapping of label to number, in its order.

    Examples
    --------
    >>> from creditor.terms.units import money
    >>> column("debt", "holder", {"a": 1.0}, money("USD")).total()
    1.0
    """
    keyed: dict[tuple[str, ...], Origin] = {(label,): origin for label, origin in (origins or {}).items()}
    array = np.array(list(values.values()), dtype=np.float64)
    return Table(title, (dim,), {dim: tuple(values)}, array, unit, keyed, titles or {})


def matrix(
    title: str,
    dims: tuple[str, str],
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[str, str], float],
    unit: Unit,
) -> Table:
    """Make a table of two dimensions from its known cells; the others are absent.

    Raises
    ------
    InputError
        T208 for a cell whose row or column is not listed.

    Examples
    --------
    >>> from creditor.terms.units import money
    >>> t = matrix("claims", ("holder", "issuer"), ["a"], ["b", "c"], {("a", "b"): 1.0}, money("USD"))
    >>> t.text(holder="a", issuer="c")
    '–'
    """
    values = np.full((len(rows), len(columns)), np.nan)
    row_of = {name: i for i, name in enumerate(rows)}
    column_of = {name: i for i, name in enumerate(columns)}
    for (row, col), value in cells.items():
        for dim, name, known in ((dims[0], row, row_of), (dims[1], col, column_of)):
            if name not in known:
                raise InputError(Trouble("T208", title, f"no {dim} {name!r}", "", mend_with(name, known)))
        values[row_of[row], column_of[col]] = value
    return Table(title, dims, {dims[0]: tuple(rows), dims[1]: tuple(columns)}, values, unit)


def _trouble(place: str, what: str, mend: str) -> InputError:
    return InputError(Trouble("T208", place, what, "the table would be ambiguous", mend))


def _optional(package: str) -> Any:
    try:
        return importlib.import_module(package)
    except ImportError:
        what, mend = f"{package} is not installed", f"install {package}"
        raise MissingError(Trouble("U504", f"to_{package}", what, "it is optional", mend)) from None
