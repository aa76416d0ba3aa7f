"""Owns figures: published numbers read from a CSV, each with unit, source, vintage and grade."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from creditor.errors import InputError
from creditor.facts.sources import Source, source_of
from creditor.terms.csvfile import Row, parse_number, read_csv
from creditor.terms.periods import Period, parse_period
from creditor.terms.provenance import Origin, check_grade
from creditor.terms.units import Unit, parse_unit

COLUMNS = ("id", "period", "value", "unit", "source", "locator", "grade", "note")


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number.

    Parameters
    ----------
    id : str
        Name of the series in our own words.
    period : Period
    value : Fraction
        Exactly as printed.
    unit : Unit
    origin : Origin
        Source in words, vintage, grade.
    note, where : str
        What to know about it; file and line.
    printed : str
        The number as printed, for tolerances.
    """

    id: str
    period: Period
    value: Fraction
    unit: Unit
    origin: Origin
    note: str = ""
    where: str = ""
    printed: str = ""


def read_figures(path: Path, sources: dict[str, Source]) -> list[Figure]:
    """Read figures.csv.

    Parameters
    ----------
    path : Path
    sources : dict of str to Source
        From sources.toml beside it.

    Returns
    -------
    list of Figure
        In the order of the file.

    Raises
    ------
    InputError
        Every trouble at once.

    Examples
    --------
    >>> from creditor.facts.sources import read_sources
    >>> from creditor.terms.library import ROOT
    >>> folder = ROOT / "countries" / "USA"
    >>> read_figures(folder / "figures.csv", read_sources(folder / "sources.toml"))[0].unit.currency
    'USD'
    """
    book = read_csv(path, COLUMNS, schema=True)
    book.check_unique(("id", "period"))
    book.require(("id", "period", "unit", "source", "grade"))
    figures = []
    for row in book.rows:
        value = parse_number(row.get("value"), row.where, "value", book.troubles)
        try:
            figure = _figure(row, value if value is not None else Fraction(0), sources)
        except InputError as error:
            book.troubles.items.extend(error.troubles)
        else:
            figures.append(figure)
    book.finish()
    return figures


def _figure(row: Row, value: Fraction, sources: dict[str, Source]) -> Figure:
    period = parse_period(row["period"], row.where)
    unit = parse_unit(row["unit"], row.where)
    source = source_of(sources, row["source"], row.where)
    origin = Origin(source.cite(row["locator"]), source.vintage, check_grade(row["grade"], row.where))
    return Figure(row["id"], period, value, unit, origin, row["note"], row.where, row["value"])
