"""Owns the symbols of balance sheet and transactions: who owes what to whom, and who pays whom."""

from __future__ import annotations

from creditor.equations.entries import (
    CAPITAL,
    CURRENT,
    Unpaid,
    payment_accounts,
    split_sectors,
    unpaid,
)
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
        shown = f"+{asset}{price_symbol(model, mine)}"
        rows.append((asset, *(shown if sector in owners else "" for sector in names), shown))
    rows.append(("net worth", *(f"-net_worth[{sector}]" for sector in names), ""))
    note = "Each column adds up to zero with net worth, each row of a claim adds up to zero."
    return Grid("balance-sheet", "Balance sheet", ("", *names, "sum"), tuple(rows), note)


def transactions(model: Model) -> Grid:
    """Transactions-flow matrix: - what a sector pays, + what it receives, and the changes of claims.

    A sector that owns real assets, or pays for capital, has a current and a capital column; its saving is the
    row that carries over from one to the other.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> transactions(load_model("sim")).rows[-1]
    ('change in money', '-change(money)', '', '+change(money)', '0')
    """
    split = split_sectors(model)
    columns = [
        (name, account)
        for name in model.draft.sectors
        for account in ((CURRENT, CAPITAL) if name in split else ("",))
    ]
    rows = []
    for name in model.draft.transactions:
        cells = [cell for cell in model.payments if cell.name == name]
        several = len({cell.payee[0] for cell in cells}) > 1
        row = [_payment_cell(model, cells, sector, account, several) for sector, account in columns]
        rows.append((name, *row, "0"))
    found: dict[str, dict[tuple[str, str], str]] = {}
    for owner in split:
        for unpaid_row in unpaid(model, owner):
            for account in (CURRENT, CAPITAL):
                text = _unpaid_cell(model, unpaid_row, account)
                found.setdefault(unpaid_row.title, {})[owner, account] = text
    rows += [(title, *(texts.get(column, "") for column in columns), "0") for title, texts in found.items()]
    if split:
        row = [_saving_cell(model, sector, account) for sector, account in columns]
        rows.append(("saving", *row, "0"))
    for claim in model.draft.claims:
        claims = [cell for cell in model.claims if cell.name == claim]
        row = [_change_cell(model, claims, sector) if a != CURRENT else "" for sector, a in columns]
        rows.append((f"change in {claim}", *row, "0"))
    settled = ", ".join(model.settled.values())
    note = "Every row and every column adds up to zero."
    note += f" Settled by the budgets: {settled}." if settled else ""
    titles = (f"{sector}, {account}" if account else sector for sector, account in columns)
    return Grid("transactions", "Transactions", ("", *titles, "sum"), tuple(rows), note)


def _claim_cell(model: Model, cells: list[ClaimCell], sector: str) -> str:
    holds = [cell for cell in cells if cell.holder[0] == sector]
    owes = [cell for cell in cells if cell.issuer[0] == sector]
    several = len({cell.holder[0] for cell in cells}) > 1
    parts = []
    if holds:
        price, name = price_symbol(model, holds), holds[0].name
        parts.append(f"+{name}[{sector}]{price}" if several else f"+{name}{price}")
    if owes:
        parts.append(f"-{owes[0].name}{price_symbol(model, owes)}")
    return " ".join(parts)


def _payment_cell(model: Model, cells: list[PaymentCell], sector: str, account: str, several: bool) -> str:
    """What a sector receives and pays in one of its accounts, or at all where it has one."""
    parts = []
    accounts = [payment_accounts(model, cell) for cell in cells]
    pairs = list(zip(cells, accounts, strict=True))
    if any(cell.payee[0] == sector and account in ("", payee) for cell, (_, payee) in pairs):
        parts.append(f"+{cells[0].name}[{sector}]" if several else f"+{cells[0].name}")
    if any(cell.payer[0] == sector and account in ("", payer) for cell, (payer, _) in pairs):
        parts.append(f"-{cells[0].name}")
    return " ".join(parts)


def _unpaid_cell(model: Model, row: Unpaid, account: str) -> str:
    """What assets grew by, less what was paid for it; the capital account has it with the other sign."""
    plus, minus = ("+", "-") if account == CURRENT else ("-", "+")
    parts = [f"{plus}{text}" for text in added_assets(model, list(row.assets))]
    parts += [f"{minus}{name}" for name in dict.fromkeys(cell.name for cell in row.bought)]
    parts += [f"{plus}{name}" for name in dict.fromkeys(cell.name for cell in row.sold)]
    return " ".join(parts)


def _saving_cell(model: Model, sector: str, account: str) -> str:
    if not account:
        return ""
    sign = "-" if account == CURRENT else "+"
    return " ".join(f"{sign}{text}" for text in net_saving(model, sector))


def net_saving(model: Model, sector: str) -> list[str]:
    """Saving of a sector as symbols to be added up: what is received less paid, and real assets added.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> net_saving(load_model("bmw"), "firms")
    ['saving[firms]', 'change(capital)']
    """
    owned = [cell for cell in model.assets if cell.owner[0] == sector]
    return [f"saving[{sector}]", *added_assets(model, owned)]


def added_assets(model: Model, assets: list[AssetCell]) -> list[str]:
    """Change of each real asset at today's price."""
    found = {cell.name: f"change({cell.name}){price_symbol(model, [cell])}" for cell in assets}
    return list(found.values())


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
    price = price_symbol(model, cells)
    total = f"({' + '.join(terms)})" if len(terms) > 1 else terms[0]
    if not back:
        return total + price
    return f"({total}{price} - redeemed({name}) * redemption_price({name}))"


def price_symbol(model: Model, cells: list[ClaimCell] | list[AssetCell]) -> str:
    """Times the price, where there is one."""
    return "" if cells[0].price is None else f" * {model.slots[cells[0].price][0]}"
