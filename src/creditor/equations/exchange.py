"""Owns assets that change hands: a payment for an asset moves it from payee to payer, in both quantities."""

from __future__ import annotations

from creditor.equations.expressions import Binary, Cell, Expression
from creditor.equations.model import AssetCell, Equation, Model, Party, PaymentCell
from creditor.equations.statements import Transaction
from creditor.errors import InputError, Trouble, Troubles
from creditor.terms.suggest import mend_with


def exchanged(model: Model, troubles: Troubles) -> set[str]:
    """Write the quantities of every asset that a ``transaction ... for`` it moves.

    The quantity is the payment over the price that the payer has for the asset; the payer gets what the payee
    gives, so that nothing is made or lost on the way. Several transactions may move one asset.

    Parameters
    ----------
    model : Model
        With payments, assets and the equations of its text.
    troubles : Troubles
        E610 for an asset that is not there, E616 for a payer or payee that does not own it, E611 where it
        owns several cells of it, E612 for a cell with an equation of its own, E622 for one without a price
        between two moneys.

    Returns
    -------
    set of str
        Assets about which there is a trouble.
    """
    doubtful: set[str] = set()
    moved: dict[int, list[tuple[str, PaymentCell, AssetCell, Transaction]]] = {}
    said: set[str] = set()
    for statement in model.draft.transactions.values():
        if not statement.asset:
            continue
        for payment in (cell for cell in model.payments if cell.name == statement.name):
            try:
                _known(model, statement)
                gets = _owned(model, statement, payment.payer)
                gives = _owned(model, statement, payment.payee)
                if gets is not gives:
                    _check(model, statement, payment, gets, gives)
            except InputError as error:
                if str(statement.place) not in said:
                    troubles.items.extend(error.troubles)
                said.add(str(statement.place))
                known = statement.asset in model.draft.assets  # if not, any may be meant
                doubtful |= {statement.asset} if known else set(model.draft.assets)
                continue
            if gets is not gives:
                moved.setdefault(gets.slot, []).append(("+", payment, gets, statement))
                moved.setdefault(gives.slot, []).append(("-", payment, gets, statement))
    for slot, moves in moved.items():
        tree: Expression = Cell(slot, 1, moves[0][3].place)
        for sign, payment, gets, statement in moves:
            tree = Binary(sign, tree, _quantity(payment, gets), statement.place)
        model.equations[slot] = Equation(slot, tree, "asset", moves[0][3].place, 0)
    return doubtful


def _quantity(payment: PaymentCell, gets: AssetCell) -> Expression:
    """How much is bought: the payment over the payer's price."""
    return Cell(payment.slot) if gets.price is None else Binary("/", Cell(payment.slot), Cell(gets.price))


def _known(model: Model, statement: Transaction) -> None:
    if statement.asset not in model.draft.assets:
        what = f"transaction {statement.name} is for {statement.asset}, which is no asset"
        mend = mend_with(statement.asset, model.draft.assets) if model.draft.assets else ""
        mend = mend or f"write asset {statement.asset}: {_owners(statement)} at a price"
        raise InputError(Trouble("E610", str(statement.place), what, "", mend))


def _owners(statement: Transaction) -> str:
    spots = (statement.payer, statement.payee)
    return ", ".join(dict.fromkeys(spot.name for spot in spots if spot is not None))


def _owned(model: Model, statement: Transaction, party: Party) -> AssetCell:
    """The one cell of the asset that a sector owns."""
    from creditor.equations.accounts import show

    asset = statement.asset
    found = [cell for cell in model.assets if cell.name == asset and cell.owner == party]
    if len(found) == 1:
        return found[0]
    what = f"transaction {statement.name} is for {asset}, and {show(party)} "
    if not found:
        mend = f"declare asset {asset}: {_owners(statement)}"
        raise InputError(Trouble("E616", str(statement.place), f"{what}does not own it", "", mend))
    cells = ", ".join(model.title(cell.slot) for cell in found[:4])
    why = "a payment says how much changes hands, not of which"
    mend = f"leave 'for {asset}' out and write let {asset}[...] for each of them"
    what = f"{what}owns {len(found)} cells of it ({cells})"
    raise InputError(Trouble("E611", str(statement.place), what, why, mend))


def _check(
    model: Model, statement: Transaction, payment: PaymentCell, gets: AssetCell, gives: AssetCell
) -> None:
    """Refuse a quantity that is decided twice, and one without a price that two moneys would count."""
    for cell in (gets, gives):
        if cell.slot in model.equations:
            title = model.title(cell.slot)
            what = f"{title} is moved by transaction {statement.name} and has an equation of its own"
            why = f"at {model.equations[cell.slot].place}"
            mend = f"take one of the two out, or leave 'for {statement.asset}' out"
            raise InputError(Trouble("E612", str(statement.place), what, why, mend))
    if gets.price is None and model.worth[payment.payer] != model.worth[payment.payee]:
        what = f"{statement.asset} has no price, and the two ends of {statement.name} count in two moneys"
        mend = f"write asset {statement.asset}: {_owners(statement)} at a price"
        raise InputError(Trouble("E622", str(statement.place), what, "", mend))
