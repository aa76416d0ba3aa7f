"""Owns Claim and Ledger, the centre: who holds which instrument of whom, exactly as published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from creditor.errors import InputError, MissingError, Trouble
from creditor.terms.provenance import Origin
from creditor.terms.suggest import mend_with

UNALLOCATED = "UNALLOCATED"


@dataclass(frozen=True, slots=True)
class Claim:
    """An amount of an instrument, issued by one and held by another.

    Parameters
    ----------
    holder, issuer : str
        Sectors, or any names in a user's own ledger.
    amount : Fraction
        Exact, non-negative, in the unit of the ledger.
    instrument, currency, period, valuation, perimeter, set_name : str
        SNA instrument, ISO 4217, date of the stock, face or market, perimeter label, name of the published
        set.
    origin : Origin
        Source, vintage and grade.
    where : str
        File and line.

    Examples
    --------
    >>> Claim("households", "government", Fraction(3)).grade
    'A'
    """

    holder: str
    issuer: str
    amount: Fraction
    instrument: str = ""
    currency: str = ""
    period: str = ""
    valuation: str = ""
    perimeter: str = ""
    set_name: str = ""
    origin: Origin = field(default_factory=lambda: Origin(""))
    where: str = ""

    @property
    def grade(self) -> str:
        """Grade of the amount."""
        return self.origin.grade


@dataclass(frozen=True)
class Ledger:
    """Claims in one currency and unit.

    Parameters
    ----------
    claims : tuple of Claim
        Non-negative; several claims may share holder, issuer and instrument.

    Raises
    ------
    InputError
        C109 for a negative amount, C111 for a second currency.

    Examples
    --------
    >>> book = Ledger((Claim("banks", "state", Fraction(6)), Claim("households", "state", Fraction(4))))
    >>> book.debt_of("state")
    Fraction(10, 1)
    """

    claims: tuple[Claim, ...]

    def __post_init__(self) -> None:
        troubles = []
        for claim in self.claims:
            if claim.amount < 0:
                what = f"{claim.holder} holds {float(claim.amount):g} of {claim.issuer}"
                mend = "book a negative liability as an asset of the counterparty: swap holder and issuer"
                troubles.append(
                    Trouble("C109", claim.where or "ledger", what, "claims are non-negative", mend)
                )
        currencies = sorted({claim.currency for claim in self.claims if claim.currency})
        if len(currencies) > 1:
            mend = "keep one ledger per currency, or convert at a stated exchange rate first"
            troubles.append(
                Trouble(
                    "C111", "ledger", f"claims in {' and '.join(currencies)}", "they cannot be added", mend
                )
            )
        if troubles:
            raise InputError(troubles)

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    @property
    def currency(self) -> str:
        """The currency of all claims, empty if none is named."""
        return next((claim.currency for claim in self.claims if claim.currency), "")

    @property
    def holders(self) -> list[str]:
        """Names of holders, in order of appearance."""
        return list(dict.fromkeys(claim.holder for claim in self.claims))

    @property
    def issuers(self) -> list[str]:
        """Names of issuers, in order of appearance."""
        return list(dict.fromkeys(claim.issuer for claim in self.claims))

    @property
    def names(self) -> list[str]:
        """All names, in order of appearance."""
        return list(dict.fromkeys(name for claim in self.claims for name in (claim.holder, claim.issuer)))

    def issued_by(self, issuer: str) -> list[Claim]:
        """Claims on an issuer: its liabilities."""
        return [claim for claim in self.claims if claim.issuer == issuer]

    def held_by(self, holder: str) -> list[Claim]:
        """Claims of a holder: its assets."""
        return [claim for claim in self.claims if claim.holder == holder]

    def debt_of(self, issuer: str) -> Fraction:
        """Exact sum of the claims on an issuer.

        Raises
        ------
        InputError
            L402 for a name that is not in the ledger.
        MissingError
            L404 for a name that nobody holds claims on.
        """
        if issuer not in self.issuers:
            if issuer in self.holders:
                mend = "issuers are: " + ", ".join(self.issuers[:12])
                raise MissingError(
                    Trouble("L404", "issuer", f"nobody holds debt of {issuer!r} in the ledger", "", mend)
                )
            raise InputError(
                Trouble(
                    "L402",
                    "issuer",
                    f"no issuer {issuer!r} in the ledger",
                    "",
                    mend_with(issuer, self.issuers),
                )
            )
        return sum((claim.amount for claim in self.issued_by(issuer)), Fraction(0))

    def replaced(self, rows: Iterable[tuple[Claim, Iterable[Claim]]]) -> Ledger:
        """The same ledger with some claims replaced by others, each in its place."""
        exchange = {id(old): tuple(new) for old, new in rows}
        return Ledger(tuple(new for claim in self.claims for new in exchange.get(id(claim), (claim,))))


def renamed(claim: Claim, **changes: object) -> Claim:
    """A copy of a claim with some fields changed.

    Examples
    --------
    >>> renamed(Claim("a", "b", Fraction(1)), holder="c").holder
    'c'
    """
    return replace(claim, **changes)  # type: ignore[arg-type]
