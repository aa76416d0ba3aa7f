"""Owns the matrices of a model: who owes what to whom, and who pays whom, as symbols and as numbers."""

from __future__ import annotations

from collections.abc import Callable

from creditor.equations.model import ClaimCell, Model, PaymentCell
from creditor.terms.answer import Grid

Value = Callable[[int], float]


def balance_sheet(model: Model) -> Grid:
    """Balance-sheet matrix: + what a sector holds, - what it owes, real assets with a plus only.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> balance_sheet(load_model("sim")).rows[0]
    ('money', '+money', '', '-money', '0')
    """
    names = list(model.draft.sectors)
    rows = []
    for claim in model.draft.claims:
        cells = [cell for cell in model.claims if cell.name == claim]
        row = [_claim_cell(model, cells, sector) for sector in names]
        rows.append((claim, *row, "0"))
    for asset in model.draft.assets:
        owners = {cell.owner[0] for cell in model.assets if cell.name == asset}
        rows.append((asset, *(f"+{asset}" if sector in owners else "" for sector in names), f"+{asset}"))
    rows.append(("net worth", *(f"-net_worth[{sector}]" for sector in names), ""))
    note = "Each column adds up to zero with net worth, each row of a claim adds up to zero."
    return Grid("balance-sheet", "Balance sheet", ("", *names, "sum"), tuple(rows), note)


def transactions(model: Model) -> Grid:
    """Transactions-flow matrix: - what a sector pays, + what it receives, and the changes of claims that settle it.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> transactions(load_model("sim")).rows[-1]
    ('change in money', '-change(money)', '', '+change(money)', '0')
    """
    names = list(model.draft.sectors)
    rows = []
    for name in model.draft.transactions:
        cells = [cell for cell in model.payments if cell.name == name]
        row = [_payment_cell(cells, name, sector, len({c.payee[0] for c in cells}) > 1) for sector in names]
        rows.append((name, *row, "0"))
    for claim in model.draft.claims:
        claims = [cell for cell in model.claims if cell.name == claim]
        rows.append((f"change in {claim}", *(_change_cell(claims, claim, sector) for sector in names), "0"))
    settled = ", ".join(model.settled.values())
    note = "Every row and every column adds up to zero."
    note += f" Settled by the budgets: {settled}." if settled else ""
    return Grid("transactions", "Transactions", ("", *names, "sum"), tuple(rows), note)


def _claim_cell(model: Model, cells: list[ClaimCell], sector: str) -> str:
    holds = [cell for cell in cells if cell.holder[0] == sector]
    owes = [cell for cell in cells if cell.issuer[0] == sector]
    several = len({cell.holder[0] for cell in cells}) > 1
    parts = []
    if holds:
        price = "" if holds[0].price is None else f" * {model.slots[holds[0].price][0]}"
        name = holds[0].name
        parts.append(f"+{name}[{sector}]{price}" if several else f"+{name}{price}")
    if owes:
        price = "" if owes[0].price is None else f" * {model.slots[owes[0].price][0]}"
        parts.append(f"-{owes[0].name}{price}")
    return " ".join(parts)


def _payment_cell(cells: list[PaymentCell], name: str, sector: str, several: bool) -> str:
    parts = []
    if any(cell.payee[0] == sector for cell in cells):
        parts.append(f"+{name}[{sector}]" if several else f"+{name}")
    if any(cell.payer[0] == sector for cell in cells):
        parts.append(f"-{name}")
    return " ".join(parts)


def _change_cell(cells: list[ClaimCell], claim: str, sector: str) -> str:
    several = len({cell.holder[0] for cell in cells}) > 1
    parts = []
    if any(cell.holder[0] == sector for cell in cells):
        parts.append(f"-change({claim}[{sector}])" if several else f"-change({claim})")
    if any(cell.issuer[0] == sector for cell in cells):
        parts.append(f"+change({claim})")
    return " ".join(parts)
