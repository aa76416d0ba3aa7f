"""Owns the pictures of a debt path: the fan, and the two paths with the stress tests."""

from __future__ import annotations

from typing import Any

from creditor.figures.fan import Fan, fan
from creditor.figures.lines import lines
from creditor.sustainability.ageing import PUBLISHED
from creditor.sustainability.history import GENERAL
from creditor.terms.table import Table, matrix
from creditor.terms.units import OF_GDP
from creditor.verbs.path_beside import beside_lines
from creditor.verbs.path_found import SHARES, Found
from creditor.verbs.path_story import percent

LINES = 8  # in the picture


def figures_of(found: Found) -> tuple[dict[str, Any], ...]:
    """The fan, and the two paths with the stress tests."""
    periods, source = [str(year) for year in found.years], found.base.followed.source
    quantiles = {f"{s / 100:g}": (100 * found.fan[i]).tolist() for i, s in enumerate(SHARES)}
    kind = "Debt" if found.base.perimeter == GENERAL else "Federal debt"
    title, last = f"{kind} of {found.base.title}", found.years[-1]
    told = f"In {last} half of {found.draws.paths:,} paths lie between {percent(found.fan[1, -1])} and "
    told += f"{percent(found.fan[3, -1])} of GDP; the rate rises with debt."
    others = beside_lines(found.beside, found.years)
    if others:
        told += (
            " Thin lines and squares: projections of others; where they count another debt, their changes."
        )
    first = fan(title, told, source, [Fan("debt", quantiles, others)], periods, OF_GDP)
    series = {"constant": 100 * found.flat.one("debt_ratio"), "rising": 100 * found.rising.one("debt_ratio")}
    if found.without:
        series["without"] = 100 * found.without[1].one("debt_ratio")
    series |= {test.name: 100 * debt for test, debt in found.stress[: LINES - len(series)]}
    cells = {(p, n): float(v[i]) for n, v in series.items() for i, p in enumerate(periods)}
    table = matrix("debt", ("year", "series"), periods, list(series), cells, OF_GDP)
    titles = {test.name: test.name.replace("_", " ") for test, _ in found.stress}
    titles |= {"constant": "constant rate", "rising": "rate rising in debt", "without": "without ageing"}
    table = Table(table.title, table.dims, table.labels, table.values, table.unit, {}, titles)
    told = f"Without stress debt is {percent(found.rising.one('debt_ratio')[-1])} of GDP in {last} where "
    told += "the rate rises "
    told += "with debt; each line is that path under one test"
    told += ", or without the cost of ageing." if found.without else "."
    left = len(found.stress) - sum(test.name in series for test, _ in found.stress)
    told += f" {left} more tests are in the table." if left else ""
    if found.ageing.kind == PUBLISHED and found.ageing.projection:
        source = f"{source}; {found.ageing.projection.document}"
    return first, lines(f"{title} under stress", told, source, table)
