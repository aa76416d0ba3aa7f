"""Owns the refresh of a country folder: figures and recipe make its claims, splits, groups and facts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Trouble, Troubles
from creditor.facts.formula import evaluate
from creditor.facts.read import Figure, read_figures
from creditor.facts.sources import read_sources
from creditor.opening.columns import KINDS, OPTIONAL, ORIGIN
from creditor.terms.library import read_toml
from creditor.terms.suggest import mend_with

PLACES = 12  # digits after the point kept where a ratio does not end
_INSTRUCTIONS = {"figures", "periods", "title", "rows", "grade", "note", "stock"}
EVERY = "every"  # in the place of a list of periods: each period of the first figure


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
        claims.csv and facts.csv, and splits.csv and groups.csv where the recipe has them; the same input
        gives the same bytes.

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
    recipe = Recipe(folder / "recipe.toml")
    troubles = Troubles()
    for key in recipe.tables:
        if key not in (*KINDS, "schema", "defaults"):
            troubles.add("F306", "recipe.toml", f"[[{key}]] is not known", "", mend_with(key, KINDS))
    texts = {}
    for kind, (name, columns) in KINDS.items():
        if name in OPTIONAL and kind not in recipe.tables and not (folder / name).is_file():
            continue
        rows = list(_rows(kind, columns, recipe, figures, troubles))
        texts[name] = _csv((*columns, *ORIGIN), rows)
    troubles.raise_if_any()
    return texts


def _rows(
    kind: str, columns: tuple[str, ...], recipe: Recipe, figures: list[Figure], troubles: Troubles
) -> Iterator[list[str]]:
    number = {"claim": "amount", "fact": "value"}.get(kind, "weight")
    for entry, row in recipe.entries(kind, troubles):
        for key in sorted(set(entry) - set(columns) - _INSTRUCTIONS):
            mend = mend_with(key, [*columns, *sorted(_INSTRUCTIONS)])
            troubles.add("F306", recipe.line_of(row), f"key {key!r} is not known", "", mend)
        for period in _periods(entry, figures):
            try:
                terms = entry["figures"]
                derived = evaluate(terms, figures, period, recipe.name, entry.get("grade", ""))
            except InputError as error:
                troubles.items.extend(_placed(error, recipe.name, recipe.line_of(row)))
                continue
            unit = replace(derived.unit, per="") if entry.get("stock") is True else derived.unit
            fields = {**entry, "period": period or str(derived.period), "unit": str(unit)}
            fields |= {number: exact_text(derived.value)}
            fields |= {"source": derived.origin.source, "vintage": derived.origin.vintage}
            fields |= {"grade": derived.origin.grade, "note": entry.get("note", "")}
            yield [str(fields.get(column, "")) for column in (*columns, *ORIGIN)]


def _periods(entry: Mapping[str, Any], figures: list[Figure]) -> list[str]:
    """Periods for which a row is made; ``every`` stands for all those of its first figure."""
    periods: list[str] = entry.get("periods", [""])
    if periods != [EVERY]:
        return periods
    name = re.split(r"[*/@]", str(entry["figures"][0]).removeprefix("-"))[0]
    return [str(figure.period) for figure in figures if figure.id == name] or [""]


def _placed(error: InputError, name: str, place: str) -> Iterator[Trouble]:
    for trouble in error.troubles:
        yield replace(trouble, where=trouble.where.replace(name, place, 1))


class Recipe:
    """A recipe.toml, with the lines of its rows."""

    def __init__(self, path: Path) -> None:
        self.tables = read_toml(path)
        self.name = path.name
        self.lines = path.read_text("utf-8-sig").splitlines()

    def entries(self, kind: str, troubles: Troubles) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Rows of one kind with what their block and the defaults say, and the rows as they stand."""
        defaults = self.tables.get("defaults", {}) if kind == "claim" else {}
        blocks = self.tables.get(kind, [])
        for block in blocks if isinstance(blocks, list) else [blocks]:
            rows = block.get("rows")
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                mend = "write rows = [{ ... }, { ... }]"
                troubles.add("F306", self.line_of(block), f"a [[{kind}]] has no rows", "", mend)
                continue
            for row in rows:
                entry = {**defaults, **block, **row}
                if self._lists(entry, row, troubles):
                    yield entry, row

    def _lists(self, entry: dict[str, Any], row: dict[str, Any], troubles: Troubles) -> bool:
        before = len(troubles.items)
        for key in ("figures", "periods"):
            value = entry.get(key, [] if key == "figures" else [""])
            if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
                mend = f'write {key} = ["...", "..."]'
                troubles.add("F306", self.line_of(row), f"a row has no list of {key}", "", mend)
        return len(troubles.items) == before

    def line_of(self, entry: Mapping[str, Any]) -> str:
        """File and line of the first line that has every text of a row; a block is found by its title."""
        texts = [entry["title"]] if isinstance(entry.get("title"), str) else list(_texts(entry))
        for number, line in enumerate(self.lines, start=1):
            if texts and all(f'"{text}"' in line for text in texts):
                return f"{self.name}:{number}"
        return self.name


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner)


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
