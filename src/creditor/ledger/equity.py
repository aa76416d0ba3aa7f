"""Owns the rules for an intermediary whose liabilities exceed its assets."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from creditor.errors import InputError, Trouble
from creditor.ledger.claims import Claim, Ledger
from creditor.terms.suggest import mend_with

RULES = {
    "N-a": "a sponsor is liable: the gap is an asset of the intermediary and a liability of the sponsor",
    "N-b": "nobody is liable: equity is zero and the creditors share the assets pro rata",
}


@dataclass(frozen=True, slots=True)
class Equity:
    """Assets, liabilities and equity of one intermediary in a ledger.

    Parameters
    ----------
    name : str
    assets, liabilities : Fraction
        Sums over the ledger; equity already booked counts as a liability.

    Examples
    --------
    >>> Equity("fund", Fraction(8), Fraction(10)).gap
    Fraction(2, 1)
    """

    name: str
    assets: Fraction
    liabilities: Fraction

    @property
    def gap(self) -> Fraction:
        """What is missing; zero where assets cover the liabilities."""
        return max(Fraction(0), self.liabilities - self.assets)

    @property
    def coverage(self) -> Fraction:
        """Assets over the face of the liabilities, one where there are none."""
        return self.assets / self.liabilities if self.liabilities else Fraction(1)


def equity_of(ledger: Ledger, name: str) -> Equity:
    """Balance of one name over the whole ledger.

    Examples
    --------
    >>> book = Ledger((Claim("fund", "state", Fraction(8)), Claim("a", "fund", Fraction(10))))
    >>> equity_of(book, "fund").coverage
    Fraction(4, 5)
    """
    if name not in ledger.names:
        raise InputError(
            Trouble("L402", "ledger", f"{name!r} is not in the ledger", "", mend_with(name, ledger.names))
        )
    assets = sum((claim.amount for claim in ledger.held_by(name)), Fraction(0))
    return Equity(name, assets, sum((claim.amount for claim in ledger.issued_by(name)), Fraction(0)))


def settle(ledger: Ledger, name: str, rule: str, sponsor: str = "") -> tuple[Ledger, Equity]:
    """Apply a rule to an intermediary whose liabilities exceed its assets.

    Parameters
    ----------
    ledger : Ledger
        Holding all assets of the intermediary.
    name : str
        The intermediary.
    rule : str
        ``N-a`` (a sponsor is liable) or ``N-b`` (nobody is).
    sponsor : str
        Who is liable under N-a.

    Returns
    -------
    ledger : Ledger
        Under N-a with the claim on the sponsor (instrument F64 ``pension_sponsor_claims``); under N-b
        unchanged, because pro rata sharing of the assets is what the look-through does.
    balance : Equity
        Before the rule; `coverage` is to be reported.

    Raises
    ------
    InputError
        L405 for another rule, or N-a without another as sponsor. There is never a negative owner (N-c).

    Examples
    --------
    >>> book = Ledger((Claim("fund", "state", Fraction(8)), Claim("a", "fund", Fraction(10))))
    >>> settle(book, "fund", "N-a", "firm")[0].debt_of("firm")
    Fraction(2, 1)
    """
    balance = equity_of(ledger, name)
    if rule not in RULES or (rule == "N-a" and not sponsor):
        what = f"rule {rule!r}" if rule not in RULES else "rule N-a without a sponsor"
        mend = "write N-a with a sponsor, or N-b; " + "; ".join(
            f"{code}: {text}" for code, text in RULES.items()
        )
        raise InputError(Trouble("L405", name, what, "a negative owner does not exist", mend))
    if sponsor == name:
        what, mend = f"{name!r} is its own sponsor", "name who else is liable, or use N-b"
        raise InputError(Trouble("L405", name, what, "nobody owns a claim on oneself", mend))
    if rule == "N-b" or balance.gap == 0:
        return ledger, balance
    gap = Claim(name, sponsor, balance.gap, "pension_sponsor_claims", ledger.currency)
    return Ledger((*ledger.claims, gap)), balance
