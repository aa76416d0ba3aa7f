"""Owns figures: published numbers read from a CSV, each with unit, source, vintage and grade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from creditor.errors import InputError, Troubles
from creditor.facts.sources import Source, source_of
from creditor.terms.csvfile import CsvFile, Row, parse_number, read_csv
from creditor.terms.periods import Period, parse_period
from creditor.terms.provenance import Origin, check_grade
from creditor.terms.units import Unit, parse_unit

T = TypeVar("T")
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
    book.require(("id", "period", "unit", "source", "grade"))
    figures = [_figure(row, sources, book) for row in book.rows]
    whole = [figure for figure in figures if figure is not None]
    _check_unique(whole, book.troubles)
    book.finish()
    return whole


def _figure(row: Row, sources: dict[str, Source], book: CsvFile) -> Figure | None:
    """One row; everything that is wrong with it goes to the troubles of the file."""

    def read(column: str, convert: Callable[[str, str], T]) -> T | None:
        if not row[column]:
            return None  # reported by `require`, or with the header
        try:
            return convert(row[column], row.where)
        except InputError as error:
            book.troubles.items.extend(error.troubles)
            return None

    value = parse_number(row["value"], row.where, "value", book.troubles) if "value" in book.columns else None
    period = read("period", parse_period)
    unit = read("unit", parse_unit)
    source = read("source", lambda key, where: source_of(sources, key, where))
    grade = read("grade", check_grade)
    if value is None or period is None or unit is None or source is None or grade is None:
        return None
    origin = Origin(source.cite(row["locator"]), source.vintage, grade)
    return Figure(row["id"], period, value, unit, origin, row["note"], row.where, row["value"])


def _check_unique(figures: list[Figure], troubles: Troubles) -> None:
    """Add C110 for each figure that repeats series and period, however the period is spelt."""
    seen: dict[tuple[str, Period], str] = {}
    for figure in figures:
        first = seen.setdefault((figure.id, figure.period), figure.where)
        if first != figure.where:
            what = f"repeats id {figure.id!r}, period {str(figure.period)!r}"
            why = f"line {first.rpartition(':')[2]} has the same key"
            troubles.add("C110", figure.where, what, why, "keep one of them, or give the series another id")
