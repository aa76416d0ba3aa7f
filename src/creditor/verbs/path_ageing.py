"""Owns the table of what ageing costs in a debt path, and of debt with and without it."""

from __future__ import annotations

from creditor.sustainability.ageing import PUBLISHED
from creditor.terms.answer import Sheet
from creditor.terms.provenance import Origin, worst_grade
from creditor.terms.units import PERCENT
from creditor.verbs.path_found import Found, columns_of


def ageing_sheet(found: Found) -> Sheet:
    """What ageing costs, and debt with and without it."""
    since, aged = found.base.last_published, found.ageing
    years = [year for year in found.shown if year >= since]
    cost, source = 100 * found.rising.one("ageing_part"), aged.projection
    cost[0] = 0.0
    wanted = [(f"cost above {since}", cost, PERCENT)]
    origins = dict.fromkeys(map(str, years), Origin("assumption: one's own, given with --ageing", "", "C"))
    note = "Percent of GDP. "
    if aged.kind == PUBLISHED and source:
        wanted.insert(0, ("cost", 100 * source.net(found.years), PERCENT))
        origins = {str(year): _with_debt(source.origin(year), year > since) for year in years}
        note += f"Cost: {source.covers} ({source.document}, grade {source.grade}). "
    for name, run, plain in zip(
        ("constant", "rising"), (found.flat, found.rising), found.without, strict=True
    ):
        debt, other = 100 * run.one("debt_ratio"), 100 * plain.one("debt_ratio")
        wanted.append((f"debt, {name} rate", debt, PERCENT))
        wanted += [("without it", other, PERCENT), ("added", debt - other, PERCENT)]
    note += "Added: with the interest on it."
    return Sheet("ageing", "The cost of ageing", columns_of(found, wanted, years), origins, note)


def _with_debt(cost: Origin, after: bool) -> Origin:
    """Of a row that has debt beside the cost: debt after the projection is the model's."""
    if not after:
        return Origin(cost.source, cost.vintage, worst_grade([cost.grade, "B"]))
    return Origin(f"{cost.source}; debt: model DEBT", cost.vintage, "C")
