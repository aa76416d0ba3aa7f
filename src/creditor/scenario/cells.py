"""Owns the way from a name as it is written to the cells of the givens that it means."""

from __future__ import annotations

from creditor.equations.expressions import Name
from creditor.equations.model import Model
from creditor.equations.parse import parse_expression
from creditor.equations.ranges import value_range
from creditor.equations.statements import Spot
from creditor.errors import InputError, Troubles
from creditor.terms.suggest import mend_with


def given_cells(model: Model, text: str, where: str, troubles: Troubles) -> list[int]:
    """Slots of the givens that a name as written means; S702 for what is none.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> model = load_model("sim")
    >>> [model.title(slot) for slot in given_cells(model, "tax_rate", "set", Troubles())]
    ['tax_rate']
    """
    try:
        node = parse_expression(text, where)
    except InputError as error:
        troubles.items.extend(error.troubles)
        return []
    if not isinstance(node, Name) or node.lag:
        troubles.add(
            "S702", where, f"{text[:60]!r} is no name", "", "write a given such as tax_rate or rate[N]"
        )
        return []
    return spot_cells(model, Spot(node.name, node.index, node.place), where, troubles)


def spot_cells(model: Model, spot: Spot, where: str, troubles: Troubles) -> list[int]:
    """Slots of the givens that a left side means."""
    givens = list(dict.fromkeys(model.slots[slot][0] for slot in model.givens))
    known = spot.name in model.spaces
    slots: list[int] = []
    if spot.name in givens:
        space = model.spaces[spot.name]
        try:
            ranges = value_range(spot, space.dims, model.draft.dims)
        except InputError as error:
            troubles.items.extend(error.troubles)
            return []
        cells = [tuple(here[dim] for dim in space.dims) for here in ranges]
        slots = [model.slot_of[spot.name, cell] for cell in cells if cell in space.index]
    found = [slot for slot in slots if slot in model.givens]
    if not found:
        shown = f"{spot.name}[{', '.join(spot.index)}]" if spot.index else spot.name
        kind = "is decided by the model, not given" if known else "is not in the model"
        troubles.add(
            "S702", where, f"{shown} {kind}", "only a given can be set", mend_with(spot.name, givens)
        )
    return found
