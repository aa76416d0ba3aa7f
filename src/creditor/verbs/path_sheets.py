"""Owns the tables of a debt path."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.ageing import ASSUMED, NONE, PUBLISHED
from creditor.sustainability.baseline import baseline
from creditor.sustainability.gaps import TARGET_YEAR
from creditor.sustainability.path import PARTS, SLOPE_SOURCE, case_of, simulate
from creditor.terms.answer import Sheet
from creditor.terms.provenance import Origin
from creditor.terms.table import column
from creditor.terms.units import PERCENT, YEARS, Unit
from creditor.verbs.path_ageing import ageing_sheet
from creditor.verbs.path_beside import beside_sheets
from creditor.verbs.path_found import AHEAD, LITTLE, SHARES, Found, columns_of, with_debt
from creditor.verbs.path_instruments import sheet_of
from creditor.verbs.path_record import known_shares, split_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

TITLES = {
    "interest_part": "interest",
    "growth_part": "real growth",
    "inflation_part": "inflation",
    "exchange_rate_part": "exchange rate",
    "primary_part": "primary balance",
    "ageing_part": "ageing",
    "stock_flow_part": "stock-flow",
}
CHANCES = {
    "debt_higher_in_five_years": "debt higher in five years than at the opening",
    "debt_higher_at_horizon": "debt higher at the horizon than at the opening",
    "rate_less_growth_changes_sign_in_ten_years": "five-year mean of rate less growth changes sign, 10 years",
    "rate_less_growth_changes_sign": "five-year mean of rate less growth changes sign, all years",
    "rate_above_growth_at_horizon": "debt left and rate above growth in the last five years",
}


def sheets_of(found: Found) -> tuple[Sheet, ...]:
    """Path, reasons, financing, instruments, ageing, chances, stress tests and holders."""
    sheets = [_path(found), _reasons(found), _financing(found)]
    split = sheet_of(found.base)
    if split:
        sheets.append(split)
    if found.without and found.years[-1] > found.base.last_published:
        sheets.append(ageing_sheet(found))
    sheets += [_gaps(found), _chances(found)]
    sheets.append(errors_of(found.years, found.fan_errors))
    if found.stress:
        sheets.append(_stress(found))
    sheets += beside_sheets(found.beside)
    if found.base.code == "USA":
        sheets.append(_perimeters(found))
    if found.holders:
        sheets.append(_holders(found))
    return tuple(sheets)


def _origins(found: Found, years: Sequence[int]) -> dict[str, Origin]:
    """The grade of a row is that of its fan, which is derived also where the path is as published."""
    own = Origin("model DEBT: rate, growth and balance of the last published year held", "", "C")
    published = found.base.followed
    drawn = Origin(
        f"{published.source}; fan: derived from library/debt/covariance.csv", published.vintage, "B"
    )
    last, opening = found.base.last_published, found.base.opening
    return {str(y): published if y == opening else drawn if y <= last else own for y in years}


def graded(found: Found, grade: str = "B") -> str:
    """The grade of the numbers of a table that has one for all rows: within the projection, and after it."""
    base, last = found.base, found.years[-1]
    if not base.anchored:
        return " Grade C."
    within = f" Grade {grade}"
    if grade == "C" or last <= base.last_published:
        return f"{within}."
    return f"{within} to {base.last_published}, C after."


def _path(found: Found) -> Sheet:
    years = found.shown
    wanted = [
        ("constant rate", 100 * found.flat.one("debt_ratio"), PERCENT),
        ("rate rising in debt", 100 * found.rising.one("debt_ratio"), PERCENT),
        *((f"{s} of 100", 100 * found.fan[i], PERCENT) for i, s in enumerate(SHARES)),
    ]
    note = f"Percent of GDP, end of year. Rising: {SLOPE_SOURCE}. {found.draws.paths:,} paths, "
    note += f"{found.draws.shocks} shocks."
    if found.base.anchored:
        note += " The grade is that of the whole row; the two paths alone are as published (grade A) to "
        note += f"{found.base.last_published}."
    return Sheet("debt", "Debt", columns_of(found, wanted, years), _origins(found, years), note)


def _reasons(found: Found) -> Sheet:
    years = found.shown[1:]
    run = found.rising
    wanted = [("change", 100 * run.one("change_of_debt"), PERCENT)]
    parts = [name for name in PARTS if name != "ageing_part" or found.ageing.kind != NONE]
    wanted += [(TITLES[name], 100 * run.one(name), PERCENT) for name in parts]
    note = "Points of GDP in the year, rate rising in debt; the parts add up to the change."
    note += graded(found)
    return Sheet("reasons", "Why debt changes", columns_of(found, wanted, years), {}, note)


def _financing(found: Found) -> Sheet:
    years, run = found.shown[1:], found.rising
    wanted = [
        ("primary balance", "balance_now", PERCENT),
        ("balance that holds debt", "stabilising_balance", PERCENT),
        ("gap", "stabilising_gap", PERCENT),
        ("effective rate", "effective_rate", PERCENT),
        ("rate less growth", "rate_less_growth", PERCENT),
        ("gross financing need", "financing_ratio", PERCENT),
    ]
    owed = with_debt(run.one("debt_ratio"))
    rate = {name: np.where(owed, run.one(name), np.nan) for name in ("effective_rate", "rate_less_growth")}
    tables = [(title, 100 * rate.get(name, run.one(name)), unit) for title, name, unit in wanted]
    tables.append(("refixed in a year", 100 * known_shares(run, "refixing_share"), PERCENT))
    tables.append(("average maturity", known_shares(run, "average_maturity"), YEARS))
    note = (
        "Percent of GDP; rates in percent a year; refixed: percent of the debt whose rate is set anew within "
    )
    note += f"the year. Rate rising in debt.{graded(found, split_of(found).grade)}"
    place = [year - found.base.opening for year in years]
    if not all(np.isfinite(tables[n][1][place]).all() for n in (3, -1)):
        note += f" – where debt is below {100 * LITTLE:g} % of GDP, or a part of it below zero."
    return Sheet("financing", "Balance, rate and financing", columns_of(found, tables, years), {}, note)


def _chances(found: Found) -> Sheet:
    titles = dict(CHANCES)
    values = {n: 100 * v for n, (v, _) in found.chances.items()}
    errors = {n: 100 * e for n, (_, e) in found.chances.items()}
    columns = (
        column("chance", "event", values, PERCENT, {}, titles),
        column("Monte Carlo error", "event", errors, PERCENT, {}, titles),
    )
    note = f"Standard error of {found.draws.paths:,} paths, seed {found.draws.seed}; how good the model is, "
    note += "it does not say."
    note += f" Rates count in years that begin with debt of {100 * LITTLE:g} % of GDP at least."
    note += f" Five years ahead: grade {'B' if found.base.anchored >= AHEAD else 'C'}, the others C."
    return Sheet("chances", "Chances", columns, {}, note)


def errors_of(years: Sequence[int], errors: Floats) -> Sheet:
    """Monte Carlo errors of the fan after five and ten years and at the end.

    Parameters
    ----------
    years : sequence of int
        The opening first.
    errors : array of float [share, year]
        Shares of GDP.

    Examples
    --------
    >>> sheet = errors_of(range(2024, 2056), np.full((5, 32), 0.01))
    >>> sheet.labels, sheet.columns[0].at(year="2055")
    (('2029', '2034', '2055'), 1.0)
    """
    last = len(years) - 1
    shown = sorted({min(step, last) for step in (5, 10, last)})
    columns = tuple(
        column(f"{s} of 100", "year", {str(years[i]): 100 * float(errors[at][i]) for i in shown}, PERCENT)
        for at, s in enumerate(SHARES)
    )
    note = "Percent of GDP: standard error with which the number of paths knows each line of the fan, whose "
    note += "grade it has."
    return Sheet("fan_errors", "Monte Carlo error of the fan", columns, {}, note)


def _gaps(found: Found) -> Sheet:
    """S1 and S2, with ageing left out and as it is in the path."""
    titles = {"s1": f"S1: debt of 60 % in {TARGET_YEAR}", "s2": "S2: debt held for ever"}
    first = found.gaps[0][1][0].first_year
    columns = tuple(
        column(
            f"ageing {ageing}",
            "gap",
            {gap.name: float("nan") if gap.value is None else 100 * gap.value for gap in several},
            PERCENT,
            {},
            titles,
        )
        for ageing, several in found.gaps
    )
    note = f"Percent of GDP: lasting change of the primary balance from {first} at a constant market rate; "
    note += "negative is room (grade C). The Commission calls the risk medium above 0 and high above 2 (S1), "
    note += "medium above 2 (S2); recalled, certainty R. "
    if found.ageing.kind == ASSUMED:
        note += f"The cost assumed (grade C) is held after {found.years[-1]}. "
    if found.ageing.kind == PUBLISHED and found.ageing.projection:
        known = found.ageing.projection
        note += f"Ageing: {known.document} (grade {known.grade}), held after {known.published[-1]}. "
    if any(gap.value is None for _, several in found.gaps for gap in several):
        note += "S2 has no meaning here, because the rate is below growth; a low S1 that rests on it is "
        note += "no safety."
    return Sheet("gaps", "Lasting adjustment", columns, {}, note.strip())


def _stress(found: Found) -> Sheet:
    five, last = found.years[5], found.years[-1]
    titles = {test.name: f"{test.title} ({test.menu})" for test, _ in found.stress}
    origins = {
        test.name: Origin(f"test: {test.source} (certainty {test.certainty})", "", "C")
        for test, _ in found.stress
    }
    base = found.rising.one("debt_ratio")
    columns = []
    for index, year in ((5, five), (len(base) - 1, last)):
        level = {test.name: 100 * float(debt[index]) for test, debt in found.stress}
        more = {name: value - 100 * float(base[index]) for name, value in level.items()}
        columns.append(column(f"debt {year}", "test", level, PERCENT, {}, titles))
        columns.append(column(f"more by {year}", "test", more, PERCENT, {}, titles))
    note = (
        "Percent of GDP; against the path with the rate rising in debt. Of a test: S seen in the source, R "
    )
    note += "recalled; what it gives is an assumption (grade C)."
    return Sheet("stress", "Stress tests", tuple(columns), origins, note)


def _perimeters(found: Found) -> Sheet:
    """General and federal government side by side: the change of debt to 2030, part by part."""
    runs = {}
    for name in ("general-government", "federal"):
        base = baseline("USA", name)
        runs[name] = simulate(case_of(base, base.opening + 6))
    rows: dict[str, dict[str, float]] = {}
    for name, run in runs.items():
        debt = 100 * run.one("debt_ratio")
        parts = {TITLES[part]: 100 * float(run.one(part)[1:].sum()) for part in PARTS}
        rows[name] = {"debt 2024": float(debt[0]), **parts, "debt 2030": float(debt[-1])}
    first, other = rows.values()
    columns = (
        column("general government (WEO)", "part", first, PERCENT),
        column("federal, held by the public (CBO)", "part", other, PERCENT),
        column("difference", "part", {key: first[key] - other[key] for key in first}, PERCENT),
    )
    note = "Percent of GDP. Calendar and fiscal years; state and local governments and trust funds are "
    note += "in the first only. Debt to 2030 as published (grade A), the parts derived (grade B)."
    return Sheet("perimeters", "Two perimeters, 2024 to 2030", columns, {}, note, "debt 2030")


def _holders(found: Found) -> Sheet:
    last = len(found.years) - 1
    names = [name for name, share in found.base.holders.items() if share]
    titles = {name: name.replace("_", " ") for name in names}
    unit = Unit("money", found.base.currency, 10**9)
    columns = [
        column("share", "holder", {n: 100 * found.base.holders[n] for n in names}, PERCENT, {}, titles)
    ]
    for index in (0, min(found.base.anchored, last), last):
        nothing = found.rising.one("debt")[index] <= 0
        held = {n: math.nan if nothing else float(found.rising.one("holding", n)[index]) for n in names}
        columns.append(column(str(found.years[index]), "holder", held, unit, {}, titles))
    note = "The same debt by holder, at constant shares: grade C."
    if found.rising.one("debt")[last] <= 0:
        note += " Debt below zero is an asset of the government: nobody holds it."
    return Sheet("holders", "Holders", tuple(columns), {}, note)
