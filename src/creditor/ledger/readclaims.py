"""Owns the reading of claims from a CSV: a user's ledger with its cases, declared totals and unknown cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from creditor.errors import Trouble
from creditor.ledger.claims import Claim, Ledger
from creditor.terms.csvfile import LIMIT_MB, CsvFile, Row, parse_number, read_csv
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin, check_grade
from creditor.terms.vocabulary import currencies, word

REQUIRED = ("holder", "issuer", "amount")
OPTIONAL = ("instrument", "currency", "case", "period", "source", "vintage", "grade", "note")
KEY = ("case", "holder", "issuer", "instrument", "currency", "period")
TOTAL = "total"


@dataclass
class Case:
    """One ledger of a file.

    Parameters
    ----------
    ledger : Ledger
        Claims with known amounts.
    totals : mapping of issuer to (printed text, amount)
        Published totals: rows whose holder is ``total``.
    printed : mapping of (holder, issuer) to str
        Amounts as printed, for the tolerance.
    """

    ledger: Ledger
    totals: dict[str, tuple[str, Fraction, str]] = field(default_factory=dict)
    printed: dict[str, list[str]] = field(default_factory=dict)


def read_cases(path: Path, limit_mb: float = LIMIT_MB) -> dict[str, Case]:
    """Read a user's ledger.

    Parameters
    ----------
    path : Path
        CSV with columns holder, issuer, amount; optionally instrument, currency, case, period, source, vintage, grade,
        note. A row with holder ``total`` states the published total of an issuer's debt.
    limit_mb : float
        Largest size in million bytes.

    Returns
    -------
    dict of case to Case
        One entry with an empty name where there is no case column.

    Raises
    ------
    InputError
        Every trouble of the file at once, each with file and line.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "book.csv"
    >>> _ = path.write_text("holder,issuer,amount\\nhouseholds,state,3\\n")
    >>> read_cases(path)[""].ledger.debt_of("state")
    Fraction(3, 1)
    """
    book = read_csv(path, REQUIRED, OPTIONAL, limit_mb=limit_mb)
    book.require(("holder", "issuer"))
    book.check_unique(KEY)
    entries = [(row, claim) for row in book.rows if (claim := read_claim(book, row)) is not None]
    _check_currencies(book, entries)
    book.finish()
    cases: dict[str, list[tuple[Row, Claim]]] = {}
    for row, claim in entries:
        cases.setdefault(row.get("case"), []).append((row, claim))
    return {name: _case(rows) for name, rows in cases.items()}


def read_claim(book: CsvFile, row: Row) -> Claim | None:
    """Read one row; what is wrong with it is added to the troubles of the file.

    Returns
    -------
    Claim or None
        None where the amount cannot be used.
    """
    amount = parse_number(row.get("amount"), row.where, "amount", book.troubles) if "amount" in book.columns else None
    if amount is not None and amount < 0:
        why = "a claim is what one has of another; the sign is in who holds and who issues"
        mend = "book it as an asset of the counterparty: swap holder and issuer; for negative equity see rule N-a, N-b"
        book.troubles.add("C109", row.where, f"amount {row['amount']} is negative", why, mend)
        amount = None
    origin = Origin(row.get("source"), row.get("vintage"), row.get("grade") or "A")
    for check in (_check_period, _check_grade, _check_currency):
        book.troubles.items.extend(check(row))
    if amount is None or not row.get("holder") or not row.get("issuer"):
        return None
    return Claim(
        row["holder"],
        row["issuer"],
        amount,
        row.get("instrument"),
        row.get("currency"),
        row.get("period"),
        row.get("valuation"),
        row.get("perimeter"),
        row.get("set"),
        origin,
        row.where,
    )


def _case(rows: list[tuple[Row, Claim]]) -> Case:
    totals: dict[str, tuple[str, Fraction, str]] = {}
    printed: dict[str, list[str]] = {}
    claims = []
    for row, claim in rows:
        if claim.holder.casefold() == TOTAL:
            totals[claim.issuer] = (row["amount"], claim.amount, row.where)
        else:
            claims.append(claim)
            printed.setdefault(claim.issuer, []).append(row["amount"])
    return Case(Ledger(tuple(claims)), totals, printed)


def _check_currencies(book: CsvFile, entries: list[tuple[Row, Claim]]) -> None:
    first: dict[str, Claim] = {}
    for row, claim in entries:
        if not claim.currency:
            continue
        earlier = first.setdefault(row.get("case"), claim)
        if claim.currency != earlier.currency:
            what = f"currency {claim.currency}, while {earlier.where.rsplit(':')[-1]} is the first line with {earlier.currency}"
            what = f"currency {claim.currency}; line {earlier.where.rsplit(':', 1)[-1]} has {earlier.currency}"
            mend = "convert at a stated exchange rate, or give each currency its own case"
            book.troubles.add("C111", row.where, what, "amounts in two currencies cannot be added", mend)


def _check_period(row: Row) -> Iterable[Trouble]:
    return _caught(lambda: parse_period(row["period"], row.where)) if row.get("period") else ()


def _check_grade(row: Row) -> Iterable[Trouble]:
    return _caught(lambda: check_grade(row["grade"], row.where)) if row.get("grade") else ()


def _check_currency(row: Row) -> Iterable[Trouble]:
    code = row.get("currency")
    if not code or code in currencies():
        return ()
    return _caught(lambda: word("currencies", code, row.where))


def _caught(check: object) -> Iterable[Trouble]:
    from creditor.errors import InputError

    try:
        check()  # type: ignore[operator]
    except InputError as error:
        return error.troubles
    return ()
