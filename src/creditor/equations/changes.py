"""Owns the symbols of what changes net worth without a payment: revaluation, other changes in volume."""

from __future__ import annotations

from collections.abc import Callable

from creditor.equations.entries import other_lines, revaluation_lines
from creditor.equations.matrices import net_saving
from creditor.equations.model import AssetCell, ClaimCell, Model
from creditor.terms.answer import Grid


def revaluation(model: Model) -> Grid:
    """Revaluation matrix: what was held at the change of its price; + at the holder, - at the issuer.

    Where there are several moneys, the price of a claim changes with that of its money too. What is redeemed
    at a price of its own is revalued by the difference to the market's.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> revaluation(load_model("lp")).rows[0][:4]
    ('bonds', '+bonds(-1) * change(bond_price)', '', '-bonds(-1) * change(bond_price)')
    """
    names, rows = list(model.draft.sectors), []
    for line in revaluation_lines(model):
        claims = [cell for cell in model.claims if cell.name == line.title]
        mine = [cell for cell in model.assets if cell.name == line.title]
        if claims:
            row = [_both(claims, sector, lambda c, n: _gains(model, c, n)) for sector in names]
            rows.append((line.title, *row, "0"))
        else:
            gain = f"+{_gain(model, mine[0], line.title)}"
            owners = {cell.owner[0] for cell in mine}
            rows.append((line.title, *(gain if sector in owners else "" for sector in names), gain))
    note = "Each row of a claim adds up to zero." if rows else "Nothing in it has a price that changes."
    return Grid("revaluation", "Revaluation", ("", *names, "sum"), tuple(rows), note)


def other_changes(model: Model) -> Grid:
    """Other changes in volume: what is written off, at today's price; - at the holder, + at the issuer.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> other_changes(load_model("growth")).rows[0][:3]
    ('firm_loans', '', '+written_off(firm_loans)')
    """
    names, rows = list(model.draft.sectors), []
    for line in other_lines(model):
        claims = [cell for cell in model.claims if cell.name == line.title and cell.written_off is not None]
        row = [
            _both(claims, sector, lambda c, n: [f"written_off({n}){_price(model, c)}"], "-+")
            for sector in names
        ]
        rows.append((line.title, *row, "0"))
    note = "Each row adds up to zero." if rows else "Nothing in it is written off."
    return Grid("other-changes", "Other changes in volume", ("", *names, "sum"), tuple(rows), note)


def net_worth(model: Model) -> Grid:
    """Net worth from one period to the next, as symbols: each column adds up to zero.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> [row[1] for row in net_worth(load_model("bmw")).rows][:2]
    ['+net_worth[households](-1)', '+saving[households]']
    """
    names = list(model.draft.sectors)
    gains = {sector for line in revaluation_lines(model) for sector in (e.party[0] for e in line.entries)}
    losses = {sector for line in other_lines(model) for sector in (e.party[0] for e in line.entries)}
    rows = (
        ("net worth (-1)", *(f"+net_worth[{sector}](-1)" for sector in names)),
        ("saving", *(" ".join(f"+{text}" for text in net_saving(model, sector)) for sector in names)),
        ("revaluation", *(f"+revaluation[{sector}]" if sector in gains else "" for sector in names)),
        ("other changes", *(f"+other_changes[{sector}]" if sector in losses else "" for sector in names)),
        ("net worth", *(f"-net_worth[{sector}]" for sector in names)),
    )
    note = "Each column adds up to zero. revaluation[...] and other_changes[...] are the columns above."
    return Grid("net-worth", "Net worth", ("", *names), rows, note)


def _both(
    cells: list[ClaimCell], sector: str, symbols: Callable[[ClaimCell, str], list[str]], signs: str = "+-"
) -> str:
    """What stands at the holder, and with the other sign at the issuer."""
    several = len({cell.holder[0] for cell in cells}) > 1
    holds = [cell for cell in cells if cell.holder[0] == sector]
    owes = [cell for cell in cells if cell.issuer[0] == sector]
    parts = []
    if holds:
        name = f"{holds[0].name}[{sector}]" if several else holds[0].name
        parts += [f"{signs[0]}{text}" for text in symbols(holds[0], name)]
    if owes:
        parts += [f"{signs[1]}{text}" for text in symbols(owes[0], owes[0].name)]
    return " ".join(parts)


def _gains(model: Model, cell: ClaimCell, name: str) -> list[str]:
    """Gains of a claim: from its price and money, and from redemption at another price."""
    found = [_gain(model, cell, name)] if _factors(model, cell) else []
    if cell.redeemed is not None:
        market = "1" if cell.price is None else model.slots[cell.price][0]
        worth = "" if cell.worth is None else f" * {model.slots[cell.worth][0]}"
        found.append(f"redeemed({name}) * (redemption_price({name}) - {market}){worth}")
    return found


def _gain(model: Model, cell: ClaimCell | AssetCell, name: str) -> str:
    return f"{name}(-1) * change({' * '.join(_factors(model, cell))})"


def _factors(model: Model, cell: ClaimCell | AssetCell) -> list[str]:
    """Price, and value of the money in which it counts."""
    worth = model.worth[cell.owner] if isinstance(cell, AssetCell) else cell.worth
    return [model.slots[slot][0] for slot in (cell.price, worth) if slot is not None]


def _price(model: Model, cell: ClaimCell) -> str:
    factors = _factors(model, cell)
    return "".join(f" * {name}" for name in factors)
