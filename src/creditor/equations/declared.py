"""Owns units as authors write them: the `unit` of a given, in the bases of its model."""

from __future__ import annotations

import re
from fractions import Fraction

from creditor.equations.linear import Vector
from creditor.equations.model import Model
from creditor.equations.moneys import common_name
from creditor.equations.spaces import Labels
from creditor.equations.units import COMMON, MONEY
from creditor.errors import InputError, Trouble, Troubles
from creditor.terms.suggest import mend_with

GOODS, PERIOD, YEAR = "goods", "period", "year"
LENGTHS = (YEAR, "quarter", "month")
PURE = ("share",)
_PART = re.compile(r"([*/]?)([A-Za-z_]\w*|[0-9.]+)(?:\^([0-9.]+))?")


def unit_names(model: Model) -> list[str]:
    """What may stand in a unit: money and its names, goods, pieces of priced claims, lengths of time.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> unit_names(load_model("sim"))
    ['money', 'goods', 'period', 'year', 'quarter', 'month', 'share']
    """
    moneys = [name for name in (common_name(model), *model.rates) if name]
    return [MONEY, *moneys, GOODS, *pieces(model), PERIOD, *LENGTHS, *PURE]


def pieces(model: Model) -> dict[str, str]:
    """What the quantities of priced claims and assets count: the claim's own pieces, goods for an asset."""
    claims = {name: name for name, claim in model.draft.claims.items() if claim.price}
    return claims | {name: GOODS for name, asset in model.draft.assets.items() if asset.price}


def check_units(model: Model, troubles: Troubles) -> None:
    """Refuse what is no unit of the model.

    Parameters
    ----------
    model : Model
    troubles : Troubles
        T207 with the nearest names, for each given whose unit is not known.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> check_units(load_model("sim"), Troubles())
    """
    for given in model.draft.givens:
        try:
            exponents(model, given.unit, str(given.place))
        except InputError as error:
            troubles.items.extend(error.troubles)


def exponents(
    model: Model, unit: str, where: str = "unit", cell: Labels = (), merge: bool = True
) -> Vector | None:
    """The exponents of a unit in the bases of a model.

    Parameters
    ----------
    model : Model
    unit : str
        Such as ``1/year``, ``money/period``, ``USD/goods``, ``share``.
    where : str
        Place named in the error.
    cell : labels
        Of the given; in a model of several moneys ``money`` is that of its label.
    merge : bool
        Whether a money that the text gives the value one is the common unit.

    Returns
    -------
    dict, or None
        None where ``money`` could be any of several.

    Raises
    ------
    InputError
        T207 for a name that is no unit of the model, or a number other than 1.

    Examples
    --------
    >>> from creditor.equations.linear import show
    >>> from creditor.equations.load import load_model
    >>> show(exponents(load_model("sim"), "money/period"))
    'money/period'
    """
    found: Vector = {}
    open_money = False
    for sign, name, power in _PART.findall(unit):
        bases, is_open = _bases(model, name, unit, where, cell, merge)
        open_money = open_money or is_open
        exponent = Fraction(power or "1") * (-1 if sign == "/" else 1)
        for base, times in bases.items():
            found[base] = found.get(base, Fraction(0)) + times * exponent
    return None if open_money else {base: exponent for base, exponent in found.items() if exponent}


def _bases(model: Model, name: str, unit: str, where: str, cell: Labels, merge: bool) -> tuple[Vector, bool]:
    """The bases of one part of a unit, and whether it is a money that could be any of several."""
    common, length = common_name(model), model.calendar.length
    if name in PURE or name == "1":
        return {}, False
    if name in LENGTHS:
        return {PERIOD if name == length or not length else name: Fraction(1)}, False
    if name == PERIOD:
        return {PERIOD: Fraction(1)}, False
    if name == MONEY and model.rates:
        own = [label for label in cell if label in model.rates]
        return ({_money(model, own[0], merge): Fraction(1)}, False) if own else ({}, True)
    if name in (MONEY, common) and not model.rates:
        return {MONEY: Fraction(1)}, False
    if name == common:
        return {common: Fraction(1)}, False
    if name in model.rates:
        return {_money(model, name, merge): Fraction(1)}, False
    names = pieces(model)
    if name == GOODS or name in names:
        return {names.get(name, GOODS): Fraction(1)}, False
    what = f"unit {unit}: no unit {name!r}"
    why, mend = "", mend_with(name, unit_names(model))
    if name[0].isdigit():
        why, mend = "a unit has no size of its own: write the number in plain units", "write 1, as in 1/year"
    elif len(name) == 3 and name.isupper() and not common:
        mend = f"write currency of world = {name} in the text, or unit {unit.replace(name, MONEY)}"
    raise InputError(Trouble("T207", where, what, why, mend))


def _money(model: Model, label: str, merge: bool) -> str:
    """The money of a label, which is the common one where its rate is given as 1 and moneys are merged."""
    common = merge and model.givens.get(model.rates[label]) == 1.0
    return (common_name(model) or COMMON) if common else label
