"""Owns the reading of claims from a CSV: a user's ledger with its cases, totals and unknown cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from creditor.errors import InputError, Trouble
from creditor.ledger.claims import Claim, Ledger
from creditor.terms.csvfile import LIMIT_MB, CsvFile, Row, parse_number, read_csv
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin, check_grade
from creditor.terms.vocabulary import currencies, word

REQUIRED = ("holder", "issuer", "amount")
OPTIONAL = ("instrument", "currency", "case", "period", "source", "vintage", "grade", "note")
KEY = ("case", "holder", "issuer", "instrument", "currency", "period")
TOTAL = "total"
UNKNOWN = "?"


Printed = tuple[str, Fraction, str]  # as printed, exact, file and line


@dataclass
class Case:
    """One ledger of a file.

    Parameters
    ----------
    ledger : Ledger
        Claims with known amounts.
    totals : mapping of issuer to (printed text, amount, file and line)
        Published totals: rows whose holder is ``total``. Where totals are given by instrument only, their
        sum.
    printed : mapping of issuer to list of str
        Amounts as printed, for the tolerance.
    by_issuer, by_holder : mapping of (name, instrument) to Fraction
        Totals by instrument: rows whose holder is ``total``, and rows whose issuer is.
    blanks : tuple of Claim
        Claims whose amount is written ``?``; the amount here is zero and means nothing.
    """

    ledger: Ledger
    totals: dict[str, Printed] = field(default_factory=dict)
    printed: dict[str, list[str]] = field(default_factory=dict)
    by_issuer: dict[tuple[str, str], Fraction] = field(default_factory=dict)
    by_holder: dict[tuple[str, str], Fraction] = field(default_factory=dict)
    blanks: tuple[Claim, ...] = ()

    @property
    def unknown(self) -> list[tuple[str, str, str]]:
        """Holder, issuer and instrument of the unknown cells; `creditor.ledger.complete` fills them."""
        return [(claim.holder, claim.issuer, claim.instrument) for claim in self.blanks]


def read_cases(path: Path, limit_mb: float = LIMIT_MB) -> dict[str, Case]:
    """Read a user's ledger.

    Parameters
    ----------
    path : Path
        CSV with columns holder, issuer, amount; optionally instrument, currency, case, period, source,
        vintage, grade, note. A row with holder ``total`` states the published total of an issuer's debt, one
        with issuer ``total`` that of a holder's claims. An amount written ``?`` is a cell that is not known.
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
    entries = [(row, claim) for row in book.rows if (claim := _entry(book, row)) is not None]
    _check_currencies(book, entries)
    _check_periods(book, entries)
    cases: dict[str, list[tuple[Row, Claim]]] = {}
    for row, claim in entries:
        cases.setdefault(row.get("case"), []).append((row, claim))
    read = {name: _case(book, rows) for name, rows in cases.items()}
    book.finish()
    return read


def read_claim(book: CsvFile, row: Row) -> Claim | None:
    """Read one row; what is wrong with it is added to the troubles of the file.

    Returns
    -------
    Claim or None
        None where the amount cannot be used.
    """
    amount = (
        parse_number(row.get("amount"), row.where, "amount", book.troubles)
        if "amount" in book.columns
        else None
    )
    if amount is not None and amount < 0:
        why = "a claim is what one has of another; the sign is in who holds and who issues"
        mend = "book it as an asset of the counterparty: swap holder and issuer (negative equity: N-a, N-b)"
        book.troubles.add("C109", row.where, f"amount {row['amount']} is negative", why, mend)
        amount = None
    return _claim(book, row, amount)


def _entry(book: CsvFile, row: Row) -> Claim | None:
    """Read one row of a user's ledger: a claim, a total or an unknown cell."""
    totals = [name for name in ("holder", "issuer") if _is_total(row.get(name))]
    if len(totals) == 2:
        mend = "name the issuer whose debt it is the total of, or the holder whose claims"
        book.troubles.add(
            "C112", row.where, "holder and issuer are both total", "a total is of somebody", mend
        )
    if row.get("amount") != UNKNOWN:
        return read_claim(book, row)
    if totals:
        mend = "leave the row out: a total that is not known determines nothing"
        book.troubles.add("C107", row.where, f"the total is {UNKNOWN!r}", "", mend)
    return _claim(book, row, Fraction(0))


def _claim(book: CsvFile, row: Row, amount: Fraction | None) -> Claim | None:
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
        Origin(row.get("source"), row.get("vintage"), row.get("grade") or "A"),
        row.where,
    )


def _is_total(name: str) -> bool:
    return name.casefold() == TOTAL


def _case(book: CsvFile, rows: list[tuple[Row, Claim]]) -> Case:
    case = Case(Ledger(()))
    claims: list[Claim] = []
    blanks: list[Claim] = []
    totals: dict[str, list[tuple[Row, Claim]]] = {}
    for row, claim in rows:
        if row["amount"] == UNKNOWN:
            blanks.append(claim)
        elif _is_total(claim.holder):
            _add_total(book, case.by_issuer, claim.issuer, claim)
            totals.setdefault(claim.issuer, []).append((row, claim))
        elif _is_total(claim.issuer):
            _add_total(book, case.by_holder, claim.holder, claim)
        else:
            claims.append(claim)
            case.printed.setdefault(claim.issuer, []).append(row["amount"])
    case.totals = {issuer: _total(found) for issuer, found in totals.items()}
    currency = {claim.currency for claim in claims if claim.currency}
    case.ledger = Ledger(tuple(claims) if len(currency) < 2 else ())  # two currencies are a trouble already
    case.blanks = tuple(blanks)
    return case


def _add_total(book: CsvFile, totals: dict[tuple[str, str], Fraction], name: str, claim: Claim) -> None:
    if (name, claim.instrument) in totals:
        book.troubles.add("C110", claim.where, f"a second total of {name!r}", "", "keep one of them")
    totals[name, claim.instrument] = claim.amount


def _total(rows: list[tuple[Row, Claim]]) -> Printed:
    """The total over all instruments where one is given, else the sum, printed as its coarsest summand."""
    whole = [(row["amount"], claim.amount, row.where) for row, claim in rows if not claim.instrument]
    if whole:
        return whole[-1]
    coarsest = min((row["amount"] for row, _ in rows), key=lambda text: len(text.partition(".")[2]))
    return coarsest, sum((claim.amount for _, claim in rows), Fraction(0)), rows[0][0].where


def _check_currencies(book: CsvFile, entries: list[tuple[Row, Claim]]) -> None:
    first: dict[str, Claim] = {}
    for row, claim in entries:
        if not claim.currency:
            continue
        earlier = first.setdefault(row.get("case"), claim)
        if claim.currency != earlier.currency:
            what = f"currency {claim.currency}; line {_line(earlier)} has {earlier.currency}"
            mend = "convert at a stated exchange rate, or give each currency its own case"
            book.troubles.add("C111", row.where, what, "amounts in two currencies cannot be added", mend)


def _check_periods(book: CsvFile, entries: list[tuple[Row, Claim]]) -> None:
    first: dict[tuple[str, str, str, str], Claim] = {}
    for row, claim in entries:
        key = (row.get("case"), claim.holder, claim.issuer, claim.instrument)
        earlier = first.setdefault(key, claim)
        if claim.period != earlier.period:
            what = f"period {claim.period!r}; line {_line(earlier)} has the same claim for {earlier.period!r}"
            mend = "keep one of them, or give each period its own case"
            book.troubles.add("F305", row.where, what, "stocks of two dates cannot be added", mend)


def _line(claim: Claim) -> str:
    return claim.where.rsplit(":", 1)[-1]


def _check_period(row: Row) -> Iterable[Trouble]:
    return _caught(lambda: parse_period(row["period"], row.where)) if row.get("period") else ()


def _check_grade(row: Row) -> Iterable[Trouble]:
    return _caught(lambda: check_grade(row["grade"], row.where)) if row.get("grade") else ()


def _check_currency(row: Row) -> Iterable[Trouble]:
    code = row.get("currency")
    if not code or code in currencies():
        return ()
    return _caught(lambda: word("currencies", code, row.where))


def _caught(check: Callable[[], object]) -> Iterable[Trouble]:
    try:
        check()
    except InputError as error:
        return error.troubles
    return ()
