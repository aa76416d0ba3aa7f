"""Owns the tables of the verb burden beside its ranking: spending of a state, figures of a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from creditor.analysis.burden import Beside
from creditor.opening.country import Country, Weight
from creditor.terms.answer import Sheet
from creditor.terms.provenance import Origin, worst_grade
from creditor.terms.table import column
from creditor.terms.units import PERCENT, Unit, money

ABSENT = float("nan")
GUESSED = ", estimate or projection"  # said of the year in a finding
WORDS = {
    "net_interest_gdp": "net interest, percent of GDP",
    "revenue_gdp": "revenue, percent of GDP",
    "external_interest_exports": "interest on external debt, percent of exports",
}


def beside_sheet(country: Country, title: str, rows: Sequence[Beside]) -> Sheet:
    """Net interest of a state beside kinds of its spending, of one year."""
    unit = money(str(country.settings["currency"]), per="year")
    amounts = {"net interest": rows[0].interest} | {row.spending: row.amount for row in rows}
    shares = {"net interest": ABSENT} | {row.spending: 100 * row.interest / row.amount for row in rows}
    titles = {name: f"{name[:1].upper()}{name[1:]}" for name in amounts}
    columns = (
        column("amount", "spending", amounts, unit, {}, titles),
        column("net interest as percent of it", "spending", shares, PERCENT, {}, titles),
    )
    where = f"{rows[0].perimeter[:1].upper()}{rows[0].perimeter[1:]} government, {rows[0].period}"
    note = f"{where}; net interest of the same government and year."
    origins = {row.spending: row.origin for row in rows}
    return Sheet(f"beside-{country.code}", f"Interest beside spending: {title}", columns, origins, note)


def beside_record(row: Beside) -> dict[str, Any]:
    """The same for JSON."""
    return {
        "spending": row.spending,
        "net_interest": row.interest,
        "amount": row.amount,
        "ratio": row.interest / row.amount,
        "period": row.period,
        "perimeter": row.perimeter,
        "source": row.origin.source,
        "vintage": row.origin.vintage,
        "grade": row.origin.grade,
    }


def others_sheet(measures: Mapping[str, Sequence[Origin]]) -> Sheet:
    """Where the columns beside the ranked one come from: one row a measure, with its number of economies."""
    counts = {title: float(len(origins)) for title, origins in measures.items()}
    merged = {}
    for title, origins in measures.items():
        sources = dict.fromkeys(origin.source.replace(GUESSED, "") for origin in origins)
        vintages = dict.fromkeys(part for origin in origins for part in origin.vintage.split("; "))
        grade = worst_grade([origin.grade for origin in origins])
        merged[title] = Origin("; ".join(sources), "; ".join(vintages), grade)
    table = column("economies shown", "measure", counts, Unit("count", ""))
    return Sheet("others", "Where the other columns come from", (table,), merged)


def aggregate_sheet(code: str, title: str, facts: Sequence[Weight]) -> Sheet:
    """Figures of a group of economies."""
    rows = {fact_words(fact): fact for fact in facts}
    values = {name: float(fact.value) for name, fact in rows.items()}
    table = column("percent", "figure", values, PERCENT)
    origins = {name: fact.origin for name, fact in rows.items()}
    note = "Medians or averages of a group of economies: shown, not ranked."
    return Sheet(f"aggregate-{code}", title, (table,), origins, note)


def fact_words(fact: Weight) -> str:
    """What a reader sees for a figure of a group."""
    indicator, perimeter = fact.labels
    return f"{WORDS[indicator]}: {perimeter}, {fact.period}"


def fact_record(fact: Weight) -> dict[str, Any]:
    """The same for JSON."""
    origin = fact.origin.as_dict()
    return {"figure": fact_words(fact), "value": float(fact.value), "period": fact.period, **origin}
