"""Owns the verb path_table: a debt path from loans of one's own, with the tables of an annex."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.errors import InputError
from creditor.figures.fan import Fan, fan
from creditor.figures.lines import lines
from creditor.sustainability.path import PARTS, Paths, simulate, stochastic
from creditor.sustainability.shocks import faults
from creditor.sustainability.stress import chosen, under
from creditor.sustainability.table import read_book
from creditor.terms.answer import Answer
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance, digest
from creditor.terms.table import matrix
from creditor.terms.units import OF_GDP
from creditor.terms.vocabulary import word
from creditor.verbs.path_found import SHARES, quantile_errors
from creditor.verbs.path_story import below_growth, percent, points
from creditor.verbs.path_table_sheets import Annex, Fanned, sheets_of

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

PATHS = 2000


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
        Payload: currency, years, debt, by_currency, by_holder, path (by variable), fan, stress, findings,
        story.

    Raises
    ------
    InputError
        P802, F304, T205 and those of the CSV reader, all at once with file and line; U501, S703.
    """
    code = word("economies", economy, "economy").name if economy else "ROW"
    wrong = faults(paths, shocks)
    if wrong:
        raise InputError(wrong)
    tests = [s for s in chosen(stress) if economy or not any("deviations" in c for c in s.changes)]
    book = read_book(Path(debt_table), Path(assumptions), code)
    run = simulate(book.case)
    stressed = under(book.case, tests, run.one("debt_ratio"))
    if not economy:
        return _answer(Annex(book, run, tuple(stressed)))
    drawn = stochastic(book.case, paths, seed, shocks, ["debt_ratio"])["debt_ratio"]
    return _answer(Annex(book, run, tuple(stressed), Fanned(economy, paths, seed, drawn)))


def _answer(annex: Annex) -> Answer:
    book, run, years, drawn = annex.book, annex.run, annex.years, annex.fan
    findings = [*book.findings, *below_growth(years[0], run)]
    if not drawn:
        sentence = (
            "No fan: name an economy whose shocks are drawn, as in creditor path KEN --debt-table loans.csv."
        )
        findings.append(Finding("note", "fan", sentence))
    story = _story(annex)
    provenance = Provenance(
        library_hash=digest([repr(book.loans).encode()]), seed=drawn.seed if drawn else None
    )
    payload = {
        **_payload(annex),
        "findings": [finding.as_dict() for finding in findings],
        "story": story,
        "provenance": provenance.as_dict(),
    }
    certificate = {"residual": run.certificate.residual, "books": _gap(run)}
    title = f"Debt path of {len(book.loans)} loans, {years[0]} to {years[-1]}"
    figures = (_figure(annex),)
    return Answer(story, sheets_of(annex), figures, tuple(findings), payload, provenance, certificate, title)


def _payload(annex: Annex) -> dict[str, Any]:
    book, run, drawn = annex.book, annex.run, annex.fan
    names = ("debt_ratio", "debt", "financing_ratio", "interest_ratio", *PARTS)
    stress = [
        {"name": s.name, "certainty": s.certainty, "debt_ratio": debt.tolist()} for s, debt in annex.stress
    ]
    return {
        "currency": book.own,
        "years": list(annex.years),
        "loans": len(book.loans),
        "debt": book.debt,
        "by_currency": dict(book.by_currency),
        "by_holder": dict(book.by_holder),
        "path": {n: [float(x) for x in run.one(n) if np.isfinite(x)] for n in names},
        "fan_errors": _by_share(quantile_errors(drawn.debt)) if drawn else {},
        "fan": _by_share(drawn.quantiles) if drawn else {},
        "stress": stress,
    }


def _by_share(lines_of: Floats) -> dict[str, list[float]]:
    return {f"p{share}": line.tolist() for share, line in zip(SHARES, lines_of, strict=True)}


def _gap(run: Paths) -> float:
    """Largest gap between debt and the sum of old loans and new debt, as a share of GDP."""
    parts = sum(v[:, 0] for key, v in run.values.items() if key[0] in ("outstanding", "scheduled"))
    return float(np.nanmax(np.abs(parts - run.one("debt")) / run.one("gdp")))


def _story(annex: Annex) -> str:
    book, run, years = annex.book, annex.run, annex.years
    debt, need = run.one("debt_ratio"), run.one("financing_ratio")
    peak = 1 + int(np.argmax(need[1:]))
    foreign = 1 - book.by_currency.get(book.own, 0.0) / book.debt if book.debt else 0.0
    told = f"{len(book.loans)} loans in {len(book.by_currency)} moneys are {percent(debt[0])} of GDP, "
    told += f"{percent(foreign)} of "
    told += f"them in foreign money; in {years[-1]} debt is {percent(debt[-1])}. "
    told += f"The gross financing need is highest in {years[peak]} with {percent(need[peak])} of GDP. "
    gap, balance = run.one("stabilising_gap")[-1], run.one("stabilising_balance")[-1]
    way = "short of" if gap < 0 else "above"
    told += f"A primary balance of {percent(balance)} would hold debt in {years[-1]}; the one assumed is "
    told += f"{points(abs(gap))} points {way} it."
    if run.one("rate_less_growth")[-1] < 0:
        told += " The rate is below growth then, which is no safety: the rate depends on debt."
    return told


def _figure(annex: Annex) -> dict[str, Any]:
    run, periods = annex.run, [str(year) for year in annex.years]
    told = f"On the assumptions debt is {percent(run.one('debt_ratio')[-1])} of GDP in {periods[-1]}"
    if annex.fan:
        found = 100 * annex.fan.quantiles
        quantiles = {f"{s / 100:g}": found[i].tolist() for i, s in enumerate(SHARES)}
        told += f"; half of the paths of shocks end between {percent(found[1, -1] / 100)} and "
        told += f"{percent(found[3, -1] / 100)}."
        return fan("Debt", told, "own figures", [Fan("debt", quantiles)], periods, OF_GDP)
    debt = 100 * run.one("debt_ratio")
    cells = {(p, "debt"): float(debt[i]) for i, p in enumerate(periods)}
    return lines(
        "Debt",
        f"{told}.",
        "own figures",
        matrix("debt", ("year", "series"), periods, ["debt"], cells, OF_GDP),
    )
