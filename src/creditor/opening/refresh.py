"""Owns the refresh of a country folder: figures and recipe make its claims, splits, groups and facts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Troubles
from creditor.facts.formula import Derived, evaluate
from creditor.facts.read import Figure, read_figures
from creditor.facts.sources import read_sources
from creditor.terms.library import read_toml
from creditor.terms.suggest import mend_with

PLACES = 12  # digits after the point kept where a ratio does not end
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "claim": (
        "claims.csv",
        (
            "holder",
            "issuer",
            "instrument",
            "currency",
            "period",
            "valuation",
            "perimeter",
            "set",
            "amount",
            "unit",
        ),
    ),
    "split": ("splits.csv", ("group", "member", "by", "period", "weight", "unit")),
    "household": ("groups.csv", ("by", "group", "instrument", "period", "weight", "unit")),
    "fact": ("facts.csv", ("indicator", "perimeter", "period", "value", "unit")),
}
ORIGIN = ("source", "vintage", "grade", "note")
_INSTRUCTIONS = {"figures", "periods", "title", "rows", "grade", "note"}


def refresh(folder: Path, figures_path: Path | None = None) -> dict[str, str]:
    """Make the generated files of a country folder.

    Parameters
    ----------
    folder : Path
        With figures.csv, sources.toml and recipe.toml.
    figures_path : Path, optional
        Another CSV of figures in the form of figures.csv.

    Returns
    -------
    dict of file name to text
        claims.csv, splits.csv, groups.csv, facts.csv; the same input gives the same bytes.

    Raises
    ------
    InputError
        Every trouble at once.

    Examples
    --------
    >>> from creditor.terms.library import ROOT
    >>> sorted(refresh(ROOT / "countries" / "USA"))
    ['claims.csv', 'facts.csv', 'groups.csv', 'splits.csv']
    """
    figures = read_figures(figures_path or folder / "figures.csv", read_sources(folder / "sources.toml"))
    recipe = read_toml(folder / "recipe.toml")
    troubles = Troubles()
    for key in recipe:
        if key not in (*KINDS, "schema", "defaults"):
            troubles.add("F306", "recipe.toml", f"[[{key}]] is not known", "", mend_with(key, KINDS))
    texts = {}
    for kind, (name, columns) in KINDS.items():
        rows = list(_rows(kind, columns, recipe, figures, troubles))
        texts[name] = _csv((*columns, *ORIGIN), rows)
    troubles.raise_if_any()
    return texts


def _rows(
    kind: str, columns: tuple[str, ...], recipe: Mapping[str, Any], figures: list[Figure], troubles: Troubles
) -> Iterator[list[str]]:
    number = {"claim": "amount", "fact": "value"}.get(kind, "weight")
    for block in recipe.get(kind, []):
        where = f"recipe.toml, {block.get('title', kind)!r}"
        common = {**(recipe.get("defaults", {}) if kind == "claim" else {}), **block}
        for row in block.get("rows", []):
            entry = {**common, **row}
            for key in sorted(set(entry) - set(columns) - _INSTRUCTIONS):
                troubles.add(
                    "F306", where, f"key {key!r} is not known", "", mend_with(key, [*columns, *_INSTRUCTIONS])
                )
            for period in entry.get("periods", [""]):
                derived = _derive(entry, period, figures, where, troubles)
                if derived is not None:
                    fields = {**entry, "period": period or str(derived.period), "unit": str(derived.unit)}
                    fields |= {number: exact_text(derived.value)}
                    fields |= {"source": derived.origin.source, "vintage": derived.origin.vintage}
                    fields |= {"grade": derived.origin.grade, "note": entry.get("note", "")}
                    yield [str(fields.get(column, "")) for column in (*columns, *ORIGIN)]


def _derive(
    entry: Mapping[str, Any], period: str, figures: list[Figure], where: str, troubles: Troubles
) -> Derived | None:
    try:
        return evaluate(entry.get("figures", []), figures, period, where, entry.get("grade", ""))
    except InputError as error:
        troubles.items.extend(error.troubles)
        return None


def exact_text(value: Fraction) -> str:
    """Write a fraction as a decimal, exactly where it ends, to 12 places where it does not.

    Examples
    --------
    >>> exact_text(Fraction(280291, 10))
    '28029.1'
    >>> exact_text(Fraction(1, 3))
    '0.333333333333'
    """
    with localcontext() as context:
        context.prec = 60
        number = Decimal(value.numerator) / Decimal(value.denominator)
        if Fraction(number) != value or -number.as_tuple().exponent > PLACES:  # type: ignore[operator]
            number = number.quantize(Decimal(1).scaleb(-PLACES), rounding=ROUND_HALF_EVEN)
        text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _csv(header: tuple[str, ...], rows: list[list[str]]) -> str:
    out = io.StringIO()
    out.write("# schema 1\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
