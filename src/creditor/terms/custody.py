"""Owns custody centres: economies in which securities are kept for owners who live elsewhere."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from creditor.terms import library
from creditor.terms.csvfile import read_csv
from creditor.terms.provenance import Origin, check_grade
from creditor.terms.vocabulary import word

COLUMNS = ("code", "reason", "source", "grade")


@dataclass(frozen=True, slots=True)
class CustodyCentre:
    """An economy whose custodians and funds hold for others.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-3.
    reason : str
        Why holdings are recorded there.
    origin : Origin
        Who says so; grade C where nobody does.
    """

    code: str
    reason: str
    origin: Origin


@functools.cache
def custody_centres() -> dict[str, CustodyCentre]:
    """The custody centres of ``library/terms/custody_centres.csv``, by code.

    Raises
    ------
    InputError
        For a code or grade that does not exist.

    Examples
    --------
    >>> custody_centres()["BEL"].origin.grade
    'A'
    """
    book = read_csv(library.ROOT / "terms" / "custody_centres.csv", COLUMNS, schema=True)
    book.require(COLUMNS)
    book.check_unique(("code",))
    return {
        row["code"]: CustodyCentre(
            word("economies", row["code"], row.where).name,
            row["reason"],
            Origin(row["source"], "", check_grade(row["grade"], row.where)),
        )
        for row in book.finish()
    }
