"""Owns the verb path_table: a debt path from loans of one's own, with the tables of an annex."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from creditor.errors import InputError
from creditor.sustainability.case import Key
from creditor.sustainability.path import PARTS, RANGE, SLOPE, simulate, stochastic
from creditor.sustainability.shocks import faults
from creditor.sustainability.stress import chosen, under
from creditor.sustainability.table import Book, read_book
from creditor.terms.answer import Answer
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance, digest
from creditor.terms.vocabulary import word
from creditor.verbs.path_found import SHARES, quantile_errors
from creditor.verbs.path_record import units_of
from creditor.verbs.path_story import below_growth
from creditor.verbs.path_table_found import TableFound, gap_of, story_of
from creditor.verbs.path_table_sheets import figures_of, sheets_of

PATHS = 2000
SHOWN = (
    "debt_ratio",
    "debt",
    "gdp",
    "financing_ratio",
    "interest_ratio",
    "effective_rate",
    "rate_less_growth",
    "balance_now",
    "stabilising_balance",
    "stabilising_gap",
    "refixing_share",
    "foreign_money_share",
    "average_maturity",
    "change_of_debt",
    *PARTS,
)


def path_table(
    debt_table: str,
    assumptions: str,
    economy: str = "",
    paths: int = PATHS,
    seed: int = 1,
    stress: str = "all",
    shocks: str = "normal",
) -> Answer:
    """Say where a debt goes that is given loan by loan, with the tables of an annex.

    Parameters
    ----------
    debt_table, assumptions : str
        CSV files; see docs/files.md.
    economy : str
        Whose shocks the fan has; without one there is no fan and no stress test that is measured in
        deviations.
    paths, seed, stress, shocks
        As in `creditor.path`.

    Returns
    -------
    Answer
        Payload: currency, years, loans, debt, by_currency, by_holder and opening (shares and
        average maturity, all at the opening), path and
        rising_rate (by variable; of what happens in a year the opening has none), need (parts of the
        financing need), holders (stock by holder and year, with new debt), due_by_holder,
        interest_by_holder, due_by_currency, fan, fan_errors, chances, stress, units, findings,
        story.

    Raises
    ------
    InputError
        P802, F304, T205, U501, S703 and those of the CSV reader, all at once with file and line.
    """
    code = word("economies", economy, "economy").name if economy else "ROW"
    wrong = faults(paths, shocks)
    if wrong:
        raise InputError(wrong)
    tests = [s for s in chosen(stress) if economy or not any("deviations" in c for c in s.changes)]
    book = read_book(Path(debt_table), Path(assumptions), code)
    run = simulate(book.case)
    drawn = None
    if economy:
        drawn = stochastic(book.case, paths, seed, shocks, ["debt_ratio", "rate_less_growth"])
    tested = tuple(under(book.case, tests, run.one("debt_ratio")))
    periods = book.case.periods
    slope: dict[Key, Any] = {
        ("premium_slope",): np.full(periods, SLOPE),
        ("premium_range",): np.full(periods, RANGE),
    }
    rising = simulate(book.case.put(slope))
    title = word("economies", code, "economy").title if economy else ""
    return _answer(TableFound(book, run, rising, drawn, tested, title, shocks, paths, seed))


def _answer(found: TableFound) -> Answer:
    book, run, years = found.book, found.run, found.years
    findings = [*book.findings, *below_growth(years[0], run)]
    if found.drawn is None:
        sentence = "No fan, no chances, and no test that is measured in deviations: name an economy whose "
        sentence += "shocks are drawn, as in creditor path KEN --debt-table loans.csv."
        findings.append(Finding("note", "fan", sentence))
    payload = {**_payload(found), "findings": [finding.as_dict() for finding in findings]}
    payload["story"] = story_of(found)
    seed = found.seed if found.drawn is not None else None
    provenance = Provenance(library_hash=digest([repr(book.loans).encode()]), seed=seed)
    payload["provenance"] = provenance.as_dict()
    certificate = {"residual": run.certificate.residual, "books": gap_of(found)}
    title = f"Debt path of {len(book.loans)} loan{'' if len(book.loans) == 1 else 's'}, "
    title += f"{years[0]} to {years[-1]}"
    told = (payload["story"], sheets_of(found), figures_of(found), tuple(findings), payload)
    return Answer(*told, provenance, certificate, title)


def _payload(found: TableFound) -> dict[str, Any]:
    book, fan, errors = found.book, found.fan, {}
    if found.drawn is not None:
        pairs = zip(SHARES, quantile_errors(found.drawn["debt_ratio"]), strict=True)
        errors = {f"p{share}": error.tolist() for share, error in pairs}
    return {
        "currency": book.own,
        "years": list(found.years),
        "loans": len(book.loans),
        "debt": book.debt,
        "by_currency": dict(book.by_currency),
        "by_holder": dict(book.by_holder),
        "opening": dict(book.opening),
        "path": {n: [float(x) for x in found.run.one(n) if np.isfinite(x)] for n in SHOWN},
        "rising_rate": {"debt_ratio": found.rising.one("debt_ratio").tolist()},
        "need": {name: values[1:].tolist() for name, values in found.need.items()},
        "holders": {name: values.tolist() for name, values in found.held.items()},
        **_flows(book),
        "fan_errors": errors,
        "fan": {} if fan is None else {f"p{s}": fan[i].tolist() for i, s in enumerate(SHARES)},
        "chances": {n: {"value": v, "standard_error": e} for n, (v, e) in found.chances.items()},
        "stress": [
            {"name": s.name, "certainty": s.certainty, "debt_ratio": d.tolist()} for s, d in found.stress
        ],
        "units": _units(book.own),
    }


def _units(own: str) -> dict[str, str]:
    """Unit of every number by name; what falls due or is paid in a year is money per year."""
    known, flows = units_of(own), ("due_by_holder", "interest_by_holder", "due_by_currency")
    found = {name: known[name] for name in (*SHOWN, "fan", "fan_errors", "stress", "chances", "holders")}
    found |= {"by_currency": known["debt"], "by_holder": known["debt"], "need": known["financing_ratio"]}
    return found | dict.fromkeys(flows, known["interest"])


def _flows(book: Book) -> dict[str, dict[str, list[float]]]:
    """What is paid on the loans of the opening, by year after it."""
    return {
        "due_by_holder": {n: flows.redemption[1:].tolist() for n, flows in book.holders.items()},
        "interest_by_holder": {n: flows.interest[1:].tolist() for n, flows in book.holders.items()},
        "due_by_currency": {n: flows.redemption[1:].tolist() for n, flows in book.currencies.items()},
    }
