"""Owns the numbered list of sources of an answer: each source once, in the order in which it is met."""

from __future__ import annotations

from collections.abc import Iterable

from creditor.terms.answer import Sheet
from creditor.terms.units import Unit


def number_sources(sheets: Iterable[Sheet]) -> dict[tuple[str, str], int]:
    """Number the sources of some tables.

    Parameters
    ----------
    sheets : iterable of Sheet
        In the order in which they are shown.

    Returns
    -------
    dict
        From (source, vintage) to 1, 2, 3 and so on; origins without a source have no number.

    Examples
    --------
    >>> from creditor.terms.provenance import Origin
    >>> from creditor.terms.table import column
    >>> from creditor.terms.units import money
    >>> table = column("Amount", "holder", {"a": 1.0}, money("USD"))
    >>> number_sources([Sheet("holders", "Holders", (table,), {"a": Origin("Treasury", "2026-03")})])
    {('Treasury', '2026-03'): 1}
    """
    numbers: dict[tuple[str, str], int] = {}
    for sheet in sheets:
        for label in sheet.labels:
            origin = sheet.origins.get(label)
            if origin and origin.source:
                numbers.setdefault((origin.source, origin.vintage), len(numbers) + 1)
    return numbers


def full_source(source: str, vintage: str) -> str:
    """A source with its vintage, for a list.

    Examples
    --------
    >>> full_source("Treasury", "2026-03")
    'Treasury (vintage 2026-03)'
    """
    return f"{source} (vintage {vintage})" if vintage else source


def unit_heading(unit: Unit) -> str:
    """What stands below the heading of a column: the unit, or nothing where the numbers carry their own sign.

    Examples
    --------
    >>> from creditor.terms.units import parse_unit
    >>> unit_heading(parse_unit("USD bn")), unit_heading(parse_unit("share"))
    ('USD bn', '')
    """
    name = str(unit)
    return "" if name in ("share", "percent") else name


def grades_shown(sheets: Iterable[Sheet]) -> list[str]:
    """Grades that occur, in order.

    Examples
    --------
    >>> grades_shown([])
    []
    """
    return sorted(
        {sheet.origins[label].grade for sheet in sheets for label in sheet.labels if label in sheet.origins}
    )
