"""Owns which cells of a claim a statement about it means: hold, write off, redeem."""

from __future__ import annotations

from creditor.equations.declare import Declarations
from creditor.equations.expressions import Place
from creditor.equations.model import Model
from creditor.equations.ranges import holds
from creditor.equations.spaces import HOLDER, Labels, Space
from creditor.equations.statements import Hold, Redeem, WriteOff
from creditor.errors import InputError, Trouble
from creditor.terms.suggest import mend_with


def claim_cells(
    model: Model, declared: Declarations, hold: Hold | WriteOff | Redeem
) -> tuple[Space, list[Labels]]:
    """Cells of a claim that a hold, write-off or redemption is about.

    Parameters
    ----------
    model : Model
    declared : Declarations
        Of the same model.
    hold : Hold, WriteOff or Redeem

    Returns
    -------
    space : Space
        Of the claim.
    cells : list of labels

    Raises
    ------
    InputError
        E610 for a claim that is not there, E616 for a holder or label that is not, or where no cell is meant.
    """
    name = hold.claim.name
    if name not in model.draft.claims:
        mend = mend_with(name, model.draft.claims)
        raise InputError(Trouble("E610", str(hold.place), f"no claim {name!r}", "", mend))
    space, claim = model.spaces[name], model.draft.claims[name]
    issuer_side = [entry for entry in (*declared.sector_dims(claim.issuer)[0], *claim.spot.index)]
    own = [dim for dim in space.dims if dim in issuer_side]
    fixed = _side_labels(model, hold.claim.index, own, hold.place)
    if isinstance(hold, Hold):
        holders = {spot.name: spot for spot in claim.holders}
        if hold.holder.name not in holders:
            what = f"{hold.holder.name} are not declared as holders of {name}"
            raise InputError(Trouble("E616", str(hold.place), what, "", mend_with(hold.holder.name, holders)))
        if HOLDER in space.dims:
            fixed[HOLDER] = hold.holder.name
        others = [e for e in declared.sector_dims(holders[hold.holder.name])[0] if e in model.draft.dims]
        fixed |= _side_labels(model, hold.holder.index, others, hold.place)
    cells = []
    for cell in space.cells:
        here = dict(zip(space.dims, cell, strict=True))
        if any(here[dim] != label for dim, label in fixed.items()):
            continue
        if hold.where is None or holds(hold.where, here, model.draft.dims, model.draft.sectors):
            cells.append(cell)
    if not cells:
        raise InputError(
            Trouble("E616", str(hold.place), f"no cell of {name} is meant", "", "correct brackets or where")
        )
    return space, cells


def _side_labels(model: Model, index: Labels, dims: list[str], place: Place) -> dict[str, str]:
    fixed = {}
    free = list(dims)
    for entry in index:
        if entry in model.draft.dims:
            if entry not in free:
                mend = f"write {', '.join(dims)}" if dims else "leave the brackets out"
                raise InputError(Trouble("E616", str(place), f"{entry} is no dimension here", "", mend))
            free.remove(entry)
            continue
        match = [dim for dim in free if entry in model.draft.dims.of(dim)]
        if not match:
            words = [label for dim in dims for label in model.draft.dims.of(dim)]
            raise InputError(
                Trouble("E616", str(place), f"no label {entry!r} here", "", mend_with(entry, words))
            )
        fixed[match[0]] = entry
        free.remove(match[0])
    return fixed


def stated_cells(model: Model, space: Space, index: Labels, place: Place) -> list[Labels]:
    """Cells that a start, or the equation of an asset, means: entries fill the places of their kind in order.

    Raises
    ------
    InputError
        E616 for a label that is not there, or where no cell is meant.
    """
    if not index:
        return list(space.cells)
    dims, fixed = model.draft.dims, dict[str, str]()
    for entry in index:
        for dim in space.dims:
            fits = entry in model.draft.sectors if dim == HOLDER else entry in dims.of(dim)
            if dim not in fixed and fits:
                fixed[dim] = entry
                break
        else:
            if entry not in space.dims:
                words = [label for cell in space.cells for label in cell if label]
                mend = mend_with(entry, words)
                raise InputError(Trouble("E616", str(place), f"no label {entry!r} of {space.name}", "", mend))
    cells = [c for c in space.cells if all(c[space.dims.index(dim)] == label for dim, label in fixed.items())]
    if not cells:
        shown = ", ".join(space.show(cell) for cell in space.cells[:6])
        what = f"no cell {space.name}[{', '.join(index)}]"
        raise InputError(Trouble("E616", str(place), what, "", f"cells are {shown}"))
    return cells
