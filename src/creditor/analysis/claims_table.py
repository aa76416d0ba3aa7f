"""Owns the reading of a table of claims: what is claimed, in which unit, and how the library computes it."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from creditor.errors import InputError
from creditor.terms import library
from creditor.terms.csvfile import Row, read_csv
from creditor.terms.units import Unit, parse_unit

COLUMNS = (
    *("id", "kind", "concept", "economy", "period", "claim", "figure", "unit", "form"),
    *("compute", "holds", "beside", "what", "lacks"),
)
FORMS = {
    "equals": "the computed number rounds to the claim",
    "about": "the computed number lies within five percent of the claim",
    "more than": "the computed number is above the claim",
    "less than": "the computed number is below the claim",
    "holds": "the condition is met",
    "cited": "a count or mean over more economies than the library has",
    "unknown": "the figures of the library do not decide it",
}
JUDGED = ("equals", "about", "more than", "less than")
ZEROS = Fraction(1, 20)  # what trailing zeros of a whole number may hide, of the number


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a text.

    Parameters
    ----------
    id, kind, concept, economy, period : str
    text : str
        The claim in our own words.
    figure : str
        The number as printed, empty where none is.
    unit : Unit or None
    form : str
        How it is judged, a key of `FORMS`.
    compute, holds, beside : str
        Computations: of the figure, of a condition (``it`` is the figure), of a figure shown beside it.
    what, lacks : str
        What the computation gives, and what is missing for a verdict.
    where : str
        File and line.
    """

    id: str
    kind: str
    concept: str
    economy: str
    period: str
    text: str
    figure: str
    unit: Unit | None
    form: str
    compute: str
    holds: str
    beside: str
    what: str
    lacks: str
    where: str


def tolerance(figure: str) -> Fraction:
    """Half a unit in the last digit that a printed number means.

    Zeros at the end of a whole number may be rounding, but hide at most five percent of it.

    Examples
    --------
    >>> float(tolerance("38")), float(tolerance("1.13")), float(tolerance("230"))
    (0.5, 0.005, 5.0)
    """
    digits = figure.replace(",", "").lstrip("+-−")
    if "." in digits:
        return Fraction(1, 2) / 10 ** len(digits.partition(".")[2])
    zeros = len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0
    half = Fraction(10**zeros, 2)
    return half if zeros == 0 else max(Fraction(1, 2), min(half, abs(Fraction(digits)) * ZEROS))


def article() -> tuple[Claim, ...]:
    """The claims of the article, in their order.

    Examples
    --------
    >>> len(article())
    112
    """
    path = library.ROOT / "claims" / "article.csv"
    return _read(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=4)
def _read(path: Path, _stamp: int) -> tuple[Claim, ...]:
    return read_claims(path)


def read_claims(path: Path) -> tuple[Claim, ...]:
    """Read a table of claims.

    Raises
    ------
    InputError
        Every trouble at once: C-codes of the file, T207 for a unit, F312 for a row that cannot be judged.

    Examples
    --------
    >>> read_claims(library.ROOT / "claims" / "article.csv")[0].id
    'C001'
    """
    book = read_csv(path, COLUMNS, schema=True)
    book.require(("id", "kind", "claim", "form"))
    book.check_unique(("id",))
    found = []
    for row in book.rows:
        before = len(book.troubles.items)
        for what, why, mend in _faults(row):
            book.troubles.add("F312", row.where, what, why, mend)
        unit = None
        try:
            unit = parse_unit(row["unit"], row.where) if row["unit"] else None
        except InputError as error:
            book.troubles.items.extend(error.troubles)
        if len(book.troubles.items) == before:
            fields = {name: row[name] for name in COLUMNS if name not in ("claim", "unit")}
            found.append(Claim(text=row["claim"], unit=unit, where=row.where, **fields))
    book.finish()
    return tuple(found)


def _faults(row: Row) -> list[tuple[str, str, str]]:
    faults = []
    form = row["form"]
    if form and form not in FORMS:
        faults.append((f"form {form!r} is not known", "", f"use one of: {', '.join(FORMS)}"))
    if row["figure"] and not re.fullmatch(r"[+-]?\d+(\.\d+)?", row["figure"]):
        faults.append((f"figure {row['figure']!r} is no number", "", "write it as 38 or 1.13"))
    if form in JUDGED and not (row["figure"] and row["compute"]):
        faults.append((f"form {form!r} without a figure and a computation", "", "give both"))
    if form == "holds" and not row["holds"]:
        faults.append(("form 'holds' without a condition", "", "write it in the column holds"))
    if form == "unknown" and not row["lacks"]:
        faults.append(("form 'unknown' without what is missing", "", "name it in the column lacks"))
    return faults
