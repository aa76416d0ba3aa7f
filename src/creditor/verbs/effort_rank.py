"""Owns the verb effort_rank: the efforts of all economies under the European framework, side by side."""

from __future__ import annotations

from typing import Any

from creditor.sustainability.adjustment import Adjustment, adjustment
from creditor.sustainability.ageing import NONE, PUBLISHED
from creditor.sustainability.ageing import ageing as ageing_of
from creditor.sustainability.baseline import baseline
from creditor.sustainability.packs import packs
from creditor.sustainability.procedure import TESTS, Procedure
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance
from creditor.terms.vocabulary import economies
from creditor.verbs.effort import FRAMEWORK, PATHS, checked, newest, solved
from creditor.verbs.effort_sheets import NAMES, TITLES, two

SHORT = {
    "main": "debt",
    "lower_balance": "lower balance",
    "adverse_r_g": "adverse rate and growth",
    "financial_stress": "financial stress",
    "all_decline": "falls in all",
    "all_below": "60 in all",
    "below": "60",
    "deficit": "deficit",
    "stochastic": "chance",
    "stochastic_decline": "chance",
    "holding": "holding",
    "deficit_procedure": "deficit procedure",
    "debt_safeguard": "debt safeguard",
    "deficit_resilience": "deficit resilience",
}


def effort_rank(
    criterion: str = FRAMEWORK, years: int = 4, paths: int = PATHS, seed: int = 1, ageing: str = PUBLISHED
) -> Answer:
    """Rank the economies under the European framework by the effort that a criterion asks for.

    Parameters
    ----------
    criterion, years, paths, seed, ageing
        As in `creditor.effort`.

    Returns
    -------
    Answer
        Payload: criterion, years, first_year, economies (economy, title, start, already, efforts by test,
        rules by name, total, yearly_step, binding), findings, story.

    Raises
    ------
    InputError
        U501 for a criterion, number of years or paths that cannot be.

    Examples
    --------
    >>> len(effort_rank("deficit").payload["economies"])
    9
    """
    criterion = checked(criterion, years, paths)
    found, without, vintages = [], [], []
    for code in packs()[FRAMEWORK].economies:
        base, aged = baseline(code), ageing_of(code, ageing)
        without += [code] if aged.kind == NONE else []
        plans = adjustment(base, years, paths, seed, aged)
        found.append((code, plans, solved(plans, criterion)))
        vintages.append(newest(base, plans, aged))
    rows = sorted((_row(*one) for one in found), key=_most, reverse=True)
    story = _story(criterion, rows, years, found[0][1].first_year)
    findings = _findings(without)
    payload: dict[str, Any] = {
        "criterion": criterion,
        "years": years,
        "first_year": found[0][1].first_year,
        "economies": rows,
        "unit": "share of GDP",
        "findings": [finding.as_dict() for finding in findings],
        "story": story,
    }
    provenance = Provenance(max(vintages), seed=seed)
    payload["provenance"] = provenance.as_dict()
    title = f"Efforts of {len(rows)} economies"
    grids = (_totals(rows, criterion, years), _efforts(rows))
    return Answer(story, (), (), findings, payload, provenance, title=title, grids=grids)


def _findings(without: list[str]) -> tuple[Finding, ...]:
    """What the table has of the cost of ageing."""
    if without:
        sentence = f"The cost of ageing after the adjustment is left out for {', '.join(without)}."
        return (Finding("warning", "ageing", sentence),)
    sentence = "The published cost of ageing is counted for ten years from the end of the adjustment."
    return (Finding("note", "ageing", sentence),)


def _row(code: str, plans: Adjustment, found: Procedure) -> dict[str, Any]:
    row: dict[str, Any] = {
        "economy": code,
        "title": economies()[code].title,
        "start": plans.start,
        "already": plans.already,
        "efforts": {e.test: e.total for e in found.efforts if e.total is not None},
        "rules": {r.name: r.total for r in found.rules if r.total is not None},
        "binding": found.binding,
    }
    if found.total is not None:
        row |= {"total": found.total, "yearly_step": found.total / plans.years}
    return row


def _most(row: dict[str, Any]) -> float:
    return float(row.get("total", 1.0))


def _totals(rows: list[dict[str, Any]], criterion: str, years: int) -> Grid:
    """What is needed in all, and after each rule."""
    rules = [name for name in next((r["rules"] for r in rows if r["rules"]), {}) if name != TESTS]
    heads = (
        "economy",
        "balance before",
        "tests",
        *(SHORT[n] for n in rules),
        "in all",
        "a year",
        "projection",
        "binds",
    )
    made, values = [], []
    for row in rows:
        numbers = (row["start"], row["rules"].get(TESTS), *(row["rules"].get(n) for n in rules))
        numbers += (row.get("total"), row.get("yearly_step"), row["already"])
        binds = SHORT.get(row["binding"], "–")
        made.append((row["title"], *(two(number) for number in numbers), binds))
        values.append((None, *(None if n is None else 100 * n for n in numbers), None))
    name = NAMES.get(criterion, criterion)
    note = "Percent of GDP, grade C: lasting change of the structural primary balance over "
    note += f"{years} years for {name}; "
    note += "negative is room. " + ("Columns of rules: after that rule, in this order. " if rules else "")
    note += "Projection: what the projection itself moves the balance by."
    return Grid("rank", "What is needed", heads, tuple(made), note, tuple(values))


def _efforts(rows: list[dict[str, Any]]) -> Grid:
    """The least effort in equal steps for each test."""
    tests = list(dict.fromkeys(name for row in rows for name in row["efforts"]))
    heads = ("economy", *(SHORT[name] for name in tests))
    made, values = [], []
    for row in rows:
        numbers = [row["efforts"].get(name) for name in tests]
        made.append((row["title"], *(two(number) for number in numbers)))
        values.append((None, *(None if n is None else 100 * n for n in numbers)))
    note = (
        "Percent of GDP, in equal steps, grade C. "
        + "; ".join(f"{SHORT[n]}: {TITLES[n]}" for n in tests)
        + "."
    )
    return Grid("tests", "Least effort for each test", heads, tuple(made), note, tuple(values))


def _story(criterion: str, rows: list[dict[str, Any]], years: int, first: int) -> str:
    known = [row for row in rows if "total" in row]
    needing = [row for row in known if row["total"] > 0]
    name = NAMES.get(criterion, criterion)
    told = f"For {name}, {len(needing)} of {len(rows)} economies need an effort from {first} to "
    told += f"{first + years - 1}"
    if needing:
        most = needing[0]
        told += f"; {most['title']} needs most with {two(most['total'])} points of GDP, "
        told += f"{two(most['yearly_step'])} a year"
    return told + "."
