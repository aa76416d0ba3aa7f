"""Owns the matrices of a model: who owes what to whom, and who pays whom, as symbols and as numbers."""

from __future__ import annotations

from creditor.equations.model import AssetCell, ClaimCell, Model, PaymentCell
from creditor.terms.answer import Grid


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
        mine = [cell for cell in model.assets if cell.name == asset]
        owners = {cell.owner[0] for cell in mine}
        shown = f"+{asset}{_price(model, mine)}"
        rows.append((asset, *(shown if sector in owners else "" for sector in names), shown))
    rows.append(("net worth", *(f"-net_worth[{sector}]" for sector in names), ""))
    note = "Each column adds up to zero with net worth, each row of a claim adds up to zero."
    return Grid("balance-sheet", "Balance sheet", ("", *names, "sum"), tuple(rows), note)


def transactions(model: Model) -> Grid:
    """Transactions-flow matrix: - what a sector pays, + what it receives, and the changes of claims.

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
        rows.append((f"change in {claim}", *(_change_cell(model, claims, sector) for sector in names), "0"))
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
        price, name = _price(model, holds), holds[0].name
        parts.append(f"+{name}[{sector}]{price}" if several else f"+{name}{price}")
    if owes:
        parts.append(f"-{owes[0].name}{_price(model, owes)}")
    return " ".join(parts)


def _payment_cell(cells: list[PaymentCell], name: str, sector: str, several: bool) -> str:
    parts = []
    if any(cell.payee[0] == sector for cell in cells):
        parts.append(f"+{name}[{sector}]" if several else f"+{name}")
    if any(cell.payer[0] == sector for cell in cells):
        parts.append(f"-{name}")
    return " ".join(parts)


def _change_cell(model: Model, cells: list[ClaimCell], sector: str) -> str:
    several = len({cell.holder[0] for cell in cells}) > 1
    parts = []
    if any(cell.holder[0] == sector for cell in cells):
        parts.append("-" + _bought(model, cells, f"{cells[0].name}[{sector}]" if several else cells[0].name))
    if any(cell.issuer[0] == sector for cell in cells):
        parts.append("+" + _bought(model, cells, cells[0].name))
    return " ".join(parts)


def _bought(model: Model, cells: list[ClaimCell], name: str) -> str:
    """What is paid for a claim: its change and what left it otherwise, at its price."""
    terms = [f"change({name})"]
    terms += [f"written_off({name})"] if cells[0].written_off is not None else []
    back = cells[0].redeemed is not None
    terms += [f"redeemed({name})"] if back else []
    price = _price(model, cells)
    total = f"({' + '.join(terms)})" if len(terms) > 1 else terms[0]
    if not back:
        return total + price
    return f"({total}{price} - redeemed({name}) * redemption_price({name}))"


def _price(model: Model, cells: list[ClaimCell] | list[AssetCell]) -> str:
    return "" if cells[0].price is None else f" * {model.slots[cells[0].price][0]}"
