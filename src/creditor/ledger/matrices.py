"""Owns the matrices of a ledger: who to whom, and the balance sheet assets plus and liabilities minus."""

from __future__ import annotations

import math

from creditor.ledger.claims import Ledger
from creditor.terms.table import Table, matrix
from creditor.terms.units import Unit
from creditor.terms.vocabulary import title_of


def who_to_whom(ledger: Ledger, unit: Unit, instrument: str = "") -> Table:
    """Table of claims by holder and issuer.

    Parameters
    ----------
    ledger : Ledger
    unit : Unit
        Of the amounts.
    instrument : str
        Only this one, if given.

    Returns
    -------
    Table
        Dimensions ``holder`` and ``issuer``; cells without a claim are absent.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from creditor.ledger.claims import Claim
    >>> from creditor.terms.units import money
    >>> who_to_whom(Ledger((Claim("a", "b", Fraction(2)),)), money("USD")).at(holder="a", issuer="b")
    2.0
    """
    amounts: dict[tuple[str, str], list[float]] = {}
    for claim in ledger:
        if not instrument or claim.instrument == instrument:
            amounts.setdefault((claim.holder, claim.issuer), []).append(float(claim.amount))
    cells = {key: math.fsum(values) for key, values in amounts.items()}
    rows = list(dict.fromkeys(holder for holder, _ in cells))
    columns = list(dict.fromkeys(issuer for _, issuer in cells))
    title = f"Who holds claims on whom{', ' + title_of(instrument) if instrument else ''}"
    return matrix(title, ("holder", "issuer"), rows, columns, cells, unit)


def balance_sheet(ledger: Ledger, unit: Unit) -> Table:
    """Balance-sheet matrix (Godley and Lavoie): instruments by sector, assets plus, liabilities minus.

    Parameters
    ----------
    ledger : Ledger
    unit : Unit
        Of the amounts.

    Returns
    -------
    Table
        Dimensions ``instrument`` and ``sector``; each row sums to zero, because each claim is someone's
        liability.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from creditor.ledger.claims import Claim
    >>> from creditor.terms.units import money
    >>> table = balance_sheet(Ledger((Claim("a", "b", Fraction(2), "loans"),)), money("USD"))
    >>> table.at(instrument="loans", sector="b")
    -2.0
    """
    amounts: dict[tuple[str, str], list[float]] = {}
    for claim in ledger:
        instrument = claim.instrument or "claims"
        amounts.setdefault((instrument, claim.holder), []).append(float(claim.amount))
        amounts.setdefault((instrument, claim.issuer), []).append(-float(claim.amount))
    cells = {key: math.fsum(values) for key, values in amounts.items()}
    rows = list(dict.fromkeys(instrument for instrument, _ in cells))
    return matrix("Balance sheet", ("instrument", "sector"), rows, ledger.names, cells, unit)
