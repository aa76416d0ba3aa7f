"""Owns the numbered list of sources of an answer: each source once, in the order in which it is met."""

from __future__ import annotations

from collections.abc import Iterable

from creditor.terms.answer import Sheet
from creditor.terms.units import Unit

LEAST_COMMON = 2  # parts between commas that two publications must share to be called the same
_DERIVED, _FROM, _LARGEST = "derived: ", "from ", "largest inputs: "


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


def short_source(source: str) -> str:
    """Who published what a number rests on, for a narrow column: a formula stands only in the list.

    Examples
    --------
    >>> short_source("derived: stock*share; from Ministry, Report, stock; Ministry, Report, share")
    'Ministry, Report, stock'
    >>> short_source("derived: sum over 34 economies")
    'derived: sum over 34 economies'
    """
    parts, _ = _parted(source)
    return parts[0] if parts else source


def source_lines(numbers: Iterable[tuple[str, str]]) -> list[str]:
    """The list of sources for people: publishers first, then the formula; nothing is written out twice.

    A part that begins as the part before it is "the same"; a source that rests on the same publications as
    an earlier one refers to its number. Nothing is left out.

    Parameters
    ----------
    numbers : iterable of (source, vintage)
        In the order of their numbers, as `number_sources` gives them.

    Returns
    -------
    list of str
        One text for each source.

    Examples
    --------
    >>> both = "; from Ministry, Report, stock; Ministry, Report, share"
    >>> source_lines([("derived: a*b" + both, "2024"), ("derived: a*c" + both, "2024")])
    ['Ministry, Report, stock; the same, share (vintage 2024); derived: a*b', 'as [1]; derived: a*c']
    """
    lines: list[str] = []
    first: dict[tuple[str, str], int] = {}
    for number, (source, vintage) in enumerate(numbers, 1):
        parts, formulas = _parted(source)
        if not parts:
            lines.append(full_source(source, vintage))
            continue
        written = full_source(_folded(_together(parts)), vintage)
        earlier = first.setdefault(("; ".join(parts), vintage), number)
        shown = f"as [{earlier}]" if earlier != number else written
        lines.append("; derived: ".join([shown, *formulas]))
    return lines


def _parted(source: str) -> tuple[list[str], list[str]]:
    """The publications (none, where it rests on none) and the formulas of a source, in their order."""
    formulas: list[str] = []
    parts: dict[str, None] = {}
    for piece in source.split("; "):
        if piece.startswith(_LARGEST) and formulas:
            formulas[-1] += ", of which these are the largest inputs"
        words = piece.removeprefix(_LARGEST).removeprefix(_FROM)
        if words.startswith(_DERIVED):
            formulas.append(words.removeprefix(_DERIVED))
        else:
            parts[words] = None
    return list(parts), formulas


def _together(parts: list[str]) -> list[str]:
    """Parts of one publication side by side, publications in the order in which they are met."""
    found: dict[tuple[str, ...], list[str]] = {}
    for part in parts:
        found.setdefault(tuple(part.split(", ")[:LEAST_COMMON]), []).append(part)
    return [part for group in found.values() for part in group]


def _folded(parts: list[str]) -> str:
    """Parts in a row; what a part has in common with the one before it is written once."""
    shown, before = [], [""]
    for part in parts:
        words = part.split(", ")
        common = 0
        while common < min(len(words), len(before)) - 1 and words[common] == before[common]:
            common += 1
        shown.append(", ".join(["the same", *words[common:]]) if common >= LEAST_COMMON else part)
        before = words
    return "; ".join(shown)


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
