"""Owns the entries of the matrices: which amount stands in which row and column, in the common unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from creditor.equations.accounts import value_of
from creditor.equations.expressions import Binary, Cell, Expression, Number
from creditor.equations.model import AssetCell, ClaimCell, Model, Party, PaymentCell

CURRENT, CAPITAL = "current", "capital"
Tree = Expression


@dataclass(frozen=True, slots=True)
class Entry:
    """One amount: in whose column, in which account of a sector that has two, and with which sign."""

    party: Party
    sign: int
    tree: Tree
    account: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a matrix: its title and its entries; ``closed`` where they must add up to zero."""

    title: str
    entries: tuple[Entry, ...]
    closed: bool = True


def split_sectors(model: Model) -> list[str]:
    """Sectors with a current and a capital account: those with real assets, or that pay for capital.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> split_sectors(load_model("bmw")), split_sectors(load_model("pc"))
    (['firms'], [])
    """
    found = {cell.owner[0] for cell in model.assets}
    found |= {cell.payer[0] for cell in model.payments if cell.capital}
    return [name for name in model.draft.sectors if name in found]


def balance_lines(model: Model) -> list[Line]:
    """Balance sheet: what is held and owed, real assets, and less net worth.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> [line.title for line in balance_lines(load_model("bmw"))]
    ['loans', 'deposits', 'capital', 'net worth']
    """
    lines = [_both(name, _claims(model, name), value_of) for name in model.draft.claims]
    for asset in model.draft.assets:
        cells = [cell for cell in model.assets if cell.name == asset]
        entries = tuple(Entry(cell.owner, 1, _asset_value(model, cell)) for cell in cells)
        lines.append(Line(asset, entries, closed=False))
    worth = tuple(Entry(party, -1, derived(model, "net_worth", party)) for party in model.sectors)
    return [*lines, Line("net worth", worth, closed=False)]


def transaction_lines(model: Model) -> list[Line]:
    """Transactions: payments, changes of real assets without a payment, saving, and changes of claims.

    A sector in `split_sectors` has two columns. What it pays for capital stands in its capital account, and
    so do changes of claims; saving carries over from its current account.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> [line.title for line in transaction_lines(load_model("bmw"))][-4:]
    ['change in capital, not paid for', 'saving', 'change in loans', 'change in deposits']
    """
    split = split_sectors(model)
    lines = [_payments(model, name, split) for name in model.draft.transactions]
    lines += _unpaid(model, split)
    carried = [party for party in model.sectors if party[0] in split]
    if carried:
        pairs = [(party, net_saving(model, party)) for party in carried]
        entries = [Entry(p, sign, t, a) for p, t in pairs for sign, a in ((-1, CURRENT), (1, CAPITAL))]
        lines.append(Line("saving", tuple(entries)))
    for name in model.draft.claims:
        entries = []
        for cell in _claims(model, name):
            paid = Cell(cell.payment)
            entries.append(Entry(cell.holder, -1, paid, CAPITAL if cell.holder[0] in split else ""))
            entries.append(Entry(cell.issuer, 1, paid, CAPITAL if cell.issuer[0] in split else ""))
        lines.append(Line(f"change in {name}", tuple(entries)))
    return lines


def revaluation_lines(model: Model) -> list[Line]:
    """Revaluation: what was held at the change of price and exchange rate, and what redemption gains.

    Rows are those claims and assets that have a price or a currency.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> [line.title for line in revaluation_lines(load_model("lp"))]
    ['bonds']
    """
    lines = []
    for name in model.draft.claims:
        cells = [cell for cell in _claims(model, name) if _is_valued(cell.price, cell.worth)]
        back = [cell for cell in _claims(model, name) if cell.redeemed is not None]
        if cells or back:
            line = _both(name, cells, _claim_gain)
            redeemed = _both(name, back, _redemption_gain)
            lines.append(Line(name, (*line.entries, *redeemed.entries)))
    for asset in model.draft.assets:
        mine = [cell for cell in model.assets if cell.name == asset]
        entries = tuple(
            Entry(cell.owner, 1, _gain(cell.slot, cell.price, model.worth[cell.owner]))
            for cell in mine
            if _is_valued(cell.price, model.worth[cell.owner])
        )
        if entries:
            lines.append(Line(asset, entries, closed=False))
    return lines


def other_lines(model: Model) -> list[Line]:
    """Other changes in volume: what is written off, at today's price; - at the holder, + at the issuer.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> [line.title for line in other_lines(load_model("growth"))]
    ['firm_loans']
    """
    lines = []
    for name in model.draft.claims:
        cells = [cell for cell in _claims(model, name) if cell.written_off is not None]
        if cells:
            line = _both(name, cells, _written_off)
            lines.append(Line(name, tuple(Entry(e.party, -e.sign, e.tree) for e in line.entries)))
    return lines


def net_worth_lines(model: Model) -> list[Line]:
    """Net worth of the last period, what changed it, and less net worth: each column adds up to zero.

    Examples
    --------
    >>> from creditor.equations.load import load_model
    >>> [line.title for line in net_worth_lines(load_model("sim"))]
    ['net worth (-1)', 'saving', 'revaluation', 'other changes', 'net worth']
    """
    parties = model.sectors
    before = tuple(Entry(party, 1, lagged_worth(model, party)) for party in parties)
    saved = tuple(Entry(party, 1, net_saving(model, party)) for party in parties)
    gains = tuple(entry for line in revaluation_lines(model) for entry in line.entries)
    other = tuple(entry for line in other_lines(model) for entry in line.entries)
    after = tuple(Entry(party, -1, derived(model, "net_worth", party)) for party in parties)
    rows = (
        ("net worth (-1)", before),
        ("saving", saved),
        ("revaluation", gains),
        ("other changes", other),
        ("net worth", after),
    )
    return [Line(title, entries, closed=False) for title, entries in rows]


def derived(model: Model, name: str, party: Party, lag: int = 0) -> Tree:
    """Net worth or saving of a sector in the common unit."""
    return times(Cell(model.slot_of[f"{name}.{party[0]}", party[1]], lag), model.worth[party], lag)


def lagged_worth(model: Model, party: Party) -> Tree:
    """Net worth of the last period at the exchange rate of then."""
    return derived(model, "net_worth", party, 1)


def net_saving(model: Model, party: Party) -> Tree:
    """What is received less what is paid, and real assets added, at today's prices."""
    total = derived(model, "saving", party)
    for cell in model.assets:
        if cell.owner == party:
            total = Binary("+", total, _added(model, cell))
    return total


def times(tree: Tree, slot: int | None, lag: int = 0) -> Tree:
    """A tree times a price or exchange rate, where there is one."""
    return tree if slot is None else Binary("*", tree, Cell(slot, lag))


def _claims(model: Model, name: str) -> list[ClaimCell]:
    return [cell for cell in model.claims if cell.name == name]


def _both(title: str, cells: list[ClaimCell], tree_of: Callable[[ClaimCell], Tree]) -> Line:
    """A row with each amount at its holder and, with the opposite sign, at its issuer."""
    entries = []
    for cell in cells:
        tree = tree_of(cell)
        entries += [Entry(cell.holder, 1, tree), Entry(cell.issuer, -1, tree)]
    return Line(title, tuple(entries))


def _asset_value(model: Model, cell: AssetCell) -> Tree:
    return times(times(Cell(cell.slot), cell.price), model.worth[cell.owner])


def _added(model: Model, cell: AssetCell) -> Tree:
    """What was added to a real asset, at today's price."""
    change = Binary("-", Cell(cell.slot), Cell(cell.slot, 1))
    return times(times(change, cell.price), model.worth[cell.owner])


def exchanges(model: Model, cell: PaymentCell) -> str:
    """The asset that changes hands for a payment; empty for other payments."""
    return model.draft.transactions[cell.name].asset


def payment_accounts(model: Model, cell: PaymentCell) -> tuple[str, str]:
    """Accounts of payer and payee: capital for what adds capital, at both ends for an asset that moves."""
    exchange = bool(exchanges(model, cell))
    return CAPITAL if cell.capital or exchange else CURRENT, CAPITAL if exchange else CURRENT


def _payments(model: Model, name: str, split: list[str]) -> Line:
    entries = []
    for cell in model.payments:
        if cell.name == name:
            paid, (payer, payee) = Cell(cell.payment), payment_accounts(model, cell)
            entries.append(Entry(cell.payer, -1, paid, payer if cell.payer[0] in split else ""))
            entries.append(Entry(cell.payee, 1, paid, payee if cell.payee[0] in split else ""))
    return Line(name, tuple(entries))


@dataclass(frozen=True, slots=True)
class Unpaid:
    """A row for what assets of a sector grew by, less what was paid and more what was received for it."""

    title: str
    assets: tuple[AssetCell, ...]
    bought: tuple[PaymentCell, ...] = ()
    sold: tuple[PaymentCell, ...] = ()


def unpaid(model: Model, sector: str) -> list[Unpaid]:
    """Rows for what a sector's assets grew or shrank by without a payment for it.

    Where the sector pays for capital, nothing says which of its assets that adds to: one row for all of them.
    """
    assets = [cell for cell in model.assets if cell.owner[0] == sector]
    names = list(dict.fromkeys(cell.name for cell in assets))
    got = [cell for cell in model.payments if cell.payer[0] == sector and exchanges(model, cell)]
    gave = [cell for cell in model.payments if cell.payee[0] == sector and exchanges(model, cell)]
    built = [c for c in model.payments if c.payer[0] == sector and c.capital and not exchanges(model, c)]
    if built:
        paid_for = ", ".join(dict.fromkeys(cell.name for cell in built))
        title = f"change in {' and '.join(names)}, not paid for"
        title = title if names else f"{paid_for}, not kept as an asset"
        return [Unpaid(title, tuple(assets), (*built, *got), tuple(gave))]
    rows = []
    for name in names:
        bought, sold = (tuple(c for c in cells if exchanges(model, c) == name) for cells in (got, gave))
        title = f"change in {name}" + (", not exchanged" if bought or sold else "")
        rows.append(Unpaid(title, tuple(cell for cell in assets if cell.name == name), bought, sold))
    return rows


def _unpaid(model: Model, split: list[str]) -> list[Line]:
    """The rows of all sectors; those of one title are one row."""
    found: dict[str, list[Entry]] = {}
    for row in (row for sector in split for row in unpaid(model, sector)):
        amounts: list[tuple[Party, int, Tree]] = [(c.owner, 1, _added(model, c)) for c in row.assets]
        amounts += [(cell.payer, -1, Cell(cell.payment)) for cell in row.bought]
        amounts += [(cell.payee, 1, Cell(cell.payment)) for cell in row.sold]
        found.setdefault(row.title, []).extend(
            Entry(party, sign * side, tree, account)
            for party, sign, tree in amounts
            for side, account in ((1, CURRENT), (-1, CAPITAL))
        )
    return [Line(title, tuple(entries)) for title, entries in found.items()]


def _is_valued(price: int | None, worth: int | None) -> bool:
    return price is not None or worth is not None


def _gain(slot: int, price: int | None, worth: int | None) -> Tree:
    """What was held a period ago, times the change of its price in the common unit."""
    now, then = (times(times(Number(1.0), price, lag), worth, lag) for lag in (0, 1))
    return Binary("*", Cell(slot, 1), Binary("-", now, then))


def _claim_gain(cell: ClaimCell) -> Tree:
    return _gain(cell.slot, cell.price, cell.worth)


def _redemption_gain(cell: ClaimCell) -> Tree:
    """What is redeemed, times the price paid for it less the market's."""
    assert cell.redeemed is not None and cell.redemption_price is not None
    market = Number(1.0) if cell.price is None else Cell(cell.price)
    more = Binary("-", Cell(cell.redemption_price), market)
    return times(Binary("*", Cell(cell.redeemed), more), cell.worth)


def _written_off(cell: ClaimCell) -> Tree:
    assert cell.written_off is not None
    return times(times(Cell(cell.written_off), cell.price), cell.worth)
