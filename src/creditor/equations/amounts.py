"""Owns the matrices as numbers: what stands in each row and column in one period, added up and checked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from creditor.equations.accounts import show
from creditor.equations.entries import (
    CAPITAL,
    CURRENT,
    Line,
    balance_lines,
    net_worth_lines,
    other_lines,
    revaluation_lines,
    split_sectors,
    transaction_lines,
)
from creditor.equations.evaluate import Read, scalar
from creditor.equations.model import Model, Party

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

TOLERANCE = 1e-9  # of a sum, relative to the largest entry of its matrix
Amount = float | None  # None where something that it is made of is not known


@dataclass(frozen=True)
class Amounts:
    """One matrix of one period, in the common unit.

    Parameters
    ----------
    name, title : str
    columns : tuple of str
        Titles of the columns, without that of the sum.
    rows : tuple of (title, amounts)
        None where there is no entry, or where one is not known.
    sums : tuple of float or None
        Of the rows.
    totals : tuple of float or None
        Of the columns.
    gap : float
        Largest sum that should be zero and is not, over the largest entry.
    place : str
        Row or column of the gap.
    unknown : tuple of str
        Rows that have an entry which is not known; sums that need it are absent.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Amount, ...]], ...]
    sums: tuple[Amount, ...]
    totals: tuple[Amount, ...]
    gap: float
    place: str
    unknown: tuple[str, ...] = ()

    @property
    def balanced(self) -> bool:
        """Whether every sum that should be zero is zero."""
        return self.gap <= TOLERANCE


def amounts(model: Model, values: Floats, period: int, apart: bool = False) -> list[Amounts]:
    """The matrices of one period of a run, as numbers.

    Parameters
    ----------
    model : Model
    values : array [slot, period]
        Of one path; period 0 is the opening.
    period : int
        0 has a balance sheet only: nothing happened before it.
    apart : bool
        One column for each label of a sector; otherwise the labels of a sector are added up.

    Returns
    -------
    list of Amounts
        Balance sheet, transactions, revaluation, other changes in volume, and net worth from the last period
        to this one.

    Examples
    --------
    >>> import numpy as np
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> values = np.ones((len(model.slots), 2))
    >>> amounts(model, values, 0)[0].rows[0]
    ('money', (1.0, None, -1.0))
    """
    kinds = [("balance-sheet", "Balance sheet", balance_lines(model), True)]
    if period:
        kinds += [
            ("transactions", "Transactions", transaction_lines(model), True),
            ("revaluation", "Revaluation", revaluation_lines(model), False),
            ("other-changes", "Other changes in volume", other_lines(model), False),
            ("net-worth", "Net worth", net_worth_lines(model), True),
        ]

    def read(slot: int, lag: int) -> Amount:
        value = float(values[slot, period - lag]) if period >= lag else math.nan
        return value if math.isfinite(value) else None

    work = _Work(model, read, apart)
    return [work.matrix(*kind) for kind in kinds]


class _Work:
    """Puts entries into columns."""

    def __init__(self, model: Model, read: Read, apart: bool) -> None:
        self.model, self.read, self.apart = model, read, apart
        self.split = split_sectors(model)

    def keys(self, two: bool) -> list[tuple[str, str]]:
        """Columns as (sector, account)."""
        sectors = self.model.sectors if self.apart else [(name, ()) for name in self.model.draft.sectors]
        return [
            (show(party), account)
            for party in sectors
            for account in ((CURRENT, CAPITAL) if two and party[0] in self.split else ("",))
        ]

    def column(self, party: Party) -> str:
        return show(party) if self.apart else party[0]

    def matrix(self, name: str, title: str, lines: list[Line], columns_close: bool) -> Amounts:
        """One matrix from its rows; columns that must add up to zero are checked too."""
        keys = self.keys(name == "transactions")
        rows: list[tuple[str, tuple[Amount, ...]]] = []
        sums: list[Amount] = []
        unknown: list[str] = []
        parts: dict[tuple[str, str], list[Amount]] = {key: [] for key in keys}
        sizes, gaps = [0.0], [(0.0, "")]
        for line in lines:
            cells: dict[tuple[str, str], list[Amount]] = {}
            for entry in line.entries:
                value = scalar(entry.tree, self.read)
                if value is not None and not math.isfinite(value):
                    value = None
                key = (self.column(entry.party), entry.account)
                cells.setdefault(key, []).append(None if value is None else entry.sign * value)
            for key, found in cells.items():
                parts[key] += found
            everything = [value for found in cells.values() for value in found]
            unknown += [line.title] if None in everything else []
            sizes += [abs(value) for value in everything if value is not None]
            rows.append((line.title, tuple(added(cells[key]) if key in cells else None for key in keys)))
            sums.append(added(everything))
            if line.closed:
                gaps.append((abs(sums[-1] or 0.0), f"row {line.title}"))
        totals = [added(parts[key]) for key in keys]
        if columns_close:
            gaps += [(abs(t or 0.0), f"column {_title(k)}") for t, k in zip(totals, keys, strict=True)]
        gap, place = max(gaps, key=lambda found: found[0])
        titles = tuple(map(_title, keys))
        relative = gap / max(sizes) if gap else 0.0
        return Amounts(
            name, title, titles, tuple(rows), tuple(sums), tuple(totals), relative, place, tuple(unknown)
        )


def added(values: Sequence[Amount]) -> Amount:
    """Exact sum, None where a part is not known.

    Examples
    --------
    >>> added([0.1, 0.2, -0.3]), added([1.0, None])
    (2.7755575615628914e-17, None)
    """
    known = [value for value in values if value is not None]
    return math.fsum(known) if len(known) == len(values) else None


def _title(key: tuple[str, str]) -> str:
    sector, account = key
    return f"{sector}, {account}" if account else sector
