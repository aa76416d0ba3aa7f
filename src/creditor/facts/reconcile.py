"""Owns the reconciliation of totals with their parts: a partition is proven or refused, never rescaled."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from creditor.errors import InputError, Trouble

NOT_ALLOCATED = "not allocated"
PAIRS_UP_TO = 100  # listed items, beyond which only single items are tried as double counts


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Parts that do not exceed their total.

    Parameters
    ----------
    total, parts : Fraction
        The published total and the exact sum of its parts.
    tolerance : Fraction
        Half a unit in the last printed digit of each number, added up.

    Examples
    --------
    >>> Reconciled(Fraction(10), Fraction(9), Fraction(0)).gap
    Fraction(1, 1)
    """

    total: Fraction
    parts: Fraction
    tolerance: Fraction

    @property
    def gap(self) -> Fraction:
        """Total less parts: the row "not allocated" where positive, rounding where within the tolerance."""
        return self.total - self.parts

    @property
    def agrees(self) -> bool:
        """Whether the parts are a partition of the total within the printed digits."""
        return abs(self.gap) <= self.tolerance


def tolerance_of(printed: Mapping[str, str] | list[str]) -> Fraction:
    """Half a unit in the last digit of each printed number, added up.

    Examples
    --------
    >>> tolerance_of(["6.7", "7", "24"])
    Fraction(21, 20)
    """
    texts = printed.values() if isinstance(printed, Mapping) else printed
    return sum((Fraction(1, 2) / Fraction(10) ** _decimals(text) for text in texts), Fraction(0))


def check_partition(
    parts: Mapping[str, Fraction], total: Fraction, tolerance: Fraction = Fraction(0), where: str = "total"
) -> Reconciled:
    """Accept a list of holders only if it does not exceed the total.

    Parameters
    ----------
    parts : mapping of name to Fraction
        The listed items.
    total : Fraction
        The published total.
    tolerance : Fraction
        From the printed digits, see `tolerance_of`.
    where : str
        Place named in the error.

    Returns
    -------
    Reconciled
        Its gap is to be shown as "not allocated".

    Raises
    ------
    InputError
        L401 where the items exceed the total; the error proposes which listed item may contain another.

    Examples
    --------
    >>> items = {"fed": Fraction(67, 10), "trusts": Fraction(7), "private": Fraction(24)}
    >>> items["foreign"] = Fraction(17, 2)
    >>> check_partition(items, Fraction(38), Fraction(1, 2))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    creditor.errors.InputError: 1 trouble:
    total: the listed holders add up to 46.2, the total is 38: 8.2 too much [L401]
        why:  an item may contain another: if private (24) contains foreign (8.5), the rest ...
        mend: list each amount once; nothing is rescaled
    """
    result = Reconciled(total, sum(parts.values(), Fraction(0)), tolerance)
    if result.gap >= -tolerance:
        return result
    excess = _show(-result.gap)
    what = (
        f"the listed holders add up to {_show(result.parts)}, the total is {_show(total)}: {excess} too much"
    )
    readings = containments(parts, total, tolerance)
    why = (
        "an item may contain another: " + "; or ".join(readings)
        if readings
        else "no single double count explains it"
    )
    raise InputError(Trouble("L401", where, what, why, "list each amount once; nothing is rescaled"))


def containments(
    parts: Mapping[str, Fraction], total: Fraction, tolerance: Fraction = Fraction(0), count: int = 3
) -> list[str]:
    """Propose which listed items may contain others, the reading with the smallest remainder first.

    Examples
    --------
    >>> containments({"all": Fraction(5), "some": Fraction(2)}, Fraction(5))
    ['if all (5) contains some (2), the rest adds up to 5 and 0 is not allocated']
    """
    everything = sum(parts.values(), Fraction(0))
    for size in (1, 2) if len(parts) <= PAIRS_UP_TO else (1,):
        insides = []
        for inside in itertools.combinations(parts, size):
            contained = sum((parts[name] for name in inside), Fraction(0))
            left = total - everything + contained
            if left >= -tolerance:
                insides.append((abs(left), left, contained, inside))
        if any(
            left >= 0 for _, left, _, _ in insides
        ):  # a reading within the total is better than one within rounding
            insides = [entry for entry in insides if entry[1] >= 0]
        texts = (
            _reading(outer, inside, parts, everything - contained, left)
            for _, left, contained, inside in sorted(insides, key=lambda entry: entry[0])
            for outer in parts
            if outer not in inside and parts[outer] >= contained
        )
        if found := list(itertools.islice(texts, count)):
            return found
    return []


def _reading(
    outer: str, inside: tuple[str, ...], parts: Mapping[str, Fraction], rest: Fraction, left: Fraction
) -> str:
    names = " and ".join(f"{name} ({_show(parts[name])})" for name in inside)
    remainder = f"the rest adds up to {_show(rest)} and {_show(max(left, Fraction(0)))} is not allocated"
    return f"if {outer} ({_show(parts[outer])}) contains {names}, {remainder}"


def _decimals(text: str) -> int:
    """Digits after the point of a number as printed; with an exponent, minus the place of the last digit."""
    digits, _, exponent = text.lower().partition("e")
    return len(digits.partition(".")[2]) - int(exponent or 0)


def _show(value: Fraction) -> str:
    """Twelve digits at most, never with an exponent."""
    return f"{Decimal(f'{float(value):.12g}'):f}"
