"""Owns the moneys of a model: whose money each sector counts in, and which money a conversion names."""

from __future__ import annotations

from creditor.equations.expressions import Convert, Expression, walk
from creditor.equations.model import Model
from creditor.equations.spaces import Range
from creditor.equations.statements import Currency
from creditor.errors import InputError, Trouble, Troubles
from creditor.terms.suggest import mend_with

WORLD = "world"


def assign_moneys(model: Model, troubles: Troubles) -> None:
    """Give each sector the value of its money: that of the currency whose dimension it has.

    Parameters
    ----------
    model : Model
        Its ``worth`` and ``rates`` are filled in. A sector without such a dimension counts in the common
        unit.
    troubles : Troubles
        E610 and E616 for a currency of no dimension, or one that is not worth one value for each label; E612
        where the common unit has the name of something else.
    """
    currencies = [currency for currency in model.draft.currencies if currency.dimension != WORLD]
    for currency in model.draft.currencies:
        try:
            _check(model, currency)
        except InputError as error:
            troubles.items.extend(error.troubles)
    troubles.raise_if_any()
    dims = model.draft.dims
    for currency in currencies:
        for label in dims.of(currency.dimension):
            model.rates[label] = model.slot(currency.worth, (label,))
    for party in model.sectors:
        own = model.draft.sectors[party[0]].spot.index
        model.worth[party] = None
        for currency in currencies:
            for dim, label in zip(own, party[1], strict=True):
                if dims.base(dim) == currency.dimension:
                    model.worth[party] = model.rates[label]


def _check(model: Model, currency: Currency) -> None:
    """Refuse a currency of no dimension, and a worth that is not one value for each label."""
    name, dims, place = currency.dimension, model.draft.dims, str(currency.place)
    if name == WORLD:
        if currency.worth in dims or dims.bases_with(currency.worth) or currency.worth == WORLD:
            what = f"{currency.worth} is the name of a label or dimension already"
            raise InputError(Trouble("E612", place, what, "", "give the common unit another name"))
        return
    if name not in dims:
        raise InputError(Trouble("E610", place, f"no dimension {name!r}", "", mend_with(name, dims.bases)))
    if currency.worth not in model.spaces:
        mend = mend_with(currency.worth, model.public_names)
        raise InputError(Trouble("E610", place, f"no such name {currency.worth!r}", "", mend))
    if set(model.spaces[currency.worth].cells) != {(label,) for label in dims.of(name)}:
        what = f"{currency.worth} is not one value for each {name}"
        raise InputError(Trouble("E616", place, what, "", f"declare it as {currency.worth}[{name}]"))


def common_name(model: Model) -> str:
    """What the common unit is called: the name that ``currency of world`` gives it, or nothing.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> common_name(load_model("sim"))
    ''
    """
    return next((c.worth for c in reversed(model.draft.currencies) if c.dimension == WORLD), "")


def money_meant(node: Convert, here: Range, model: Model) -> str:
    """The money that stands after ``in``, in the cell of an equation.

    Parameters
    ----------
    node : Convert
    here : mapping of dimension to label
    model : Model
        With its rates.

    Returns
    -------
    str
        A label; nothing for the common unit.

    Raises
    ------
    InputError
        E622 where no money is declared or the dimension has none, E610 for a money that is not there, E611
        for a dimension that the equation leaves open.
    """
    target, dims, place = node.target, model.draft.dims, str(node.place)
    if not model.rates:
        what, why = f"'in {target}' converts nothing", "without a currency statement there is one money"
        mend = "write currency of country worth exchange_rate, or take it out"
        raise InputError(Trouble("E622", place, what, why, mend))
    if target in (WORLD, common_name(model)):
        return ""
    label = here.get(target, target)
    if label in model.rates:
        return label
    if target in dims:
        if any(other in model.rates for other in dims.of(target)):
            mend = f"name a label, or put sum(... over {target}) around it"
            raise InputError(Trouble("E611", place, f"{target} is open in 'in {target}'", "", mend))
        mend = f"write currency of {dims.base(target)} worth a rate, or name one of {', '.join(model.rates)}"
        raise InputError(Trouble("E622", place, f"{target} has no money of its own", "", mend))
    words = [*model.rates, *dims.bases, WORLD, common_name(model)]
    raise InputError(Trouble("E610", place, f"no such money {target!r}", "", mend_with(target, words)))


def refuse_conversion(tree: Expression) -> None:
    """Refuse to convert where numbers are worked out before moneys are known.

    Raises
    ------
    InputError
        E622 for a tree with a conversion in it.

    Examples
    --------
    >>> from creditor.equations.expressions import Number
    >>> refuse_conversion(Number(1.0))
    """
    for node in walk(tree):
        if isinstance(node, Convert):
            what = "nothing is converted in the value of a given"
            why = "it is worked out before exchange rates and moneys are known"
            mend = "write the amount in its own money, and convert where it is read"
            raise InputError(Trouble("E622", str(node.place), what, why, mend))
