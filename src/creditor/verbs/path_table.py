"""Owns the verb path_table: a debt path from loans of one's own, with the tables of an annex."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from creditor.figures.fan import Fan, fan
from creditor.figures.lines import lines
from creditor.sustainability.path import PARTS, Paths, simulate, stochastic
from creditor.sustainability.stress import Stress, chosen, stressed
from creditor.sustainability.table import UNNAMED, Book, read_book
from creditor.terms.answer import Answer, Sheet
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance, digest
from creditor.terms.table import column, matrix
from creditor.terms.units import OF_GDP, PERCENT, YEARS, Unit
from creditor.terms.vocabulary import word
from creditor.verbs.path_found import SHARES, quantile_errors
from creditor.verbs.path_sheets import TITLES, errors_of
from creditor.verbs.path_story import below_growth, percent, points

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

PATHS = 2000
OWN = "Grade C: loans and assumptions are one's own."
COUNT = Unit("count", "")


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
        P802, F304, T205 and those of the CSV reader, all at once with file and line.
    """
    code = word("economies", economy, "economy").name if economy else "ROW"
    book = read_book(Path(debt_table), Path(assumptions), code)
    run = simulate(book.case)
    drawn = None
    if economy:
        drawn = stochastic(book.case, paths, seed, shocks, ["debt_ratio"])["debt_ratio"]
    tests = [] if stress == "none" else chosen(stress)
    measured = [s for s in tests if economy or not any("deviations" in c for c in s.changes)]
    debt = run.one("debt_ratio")
    found = [
        (s, simulate(stressed(book.case, s, debt), 1, [("debt_ratio",)]).one("debt_ratio")) for s in measured
    ]
    return _answer(book, run, drawn, found, (economy, paths, seed))


def _answer(
    book: Book,
    run: Paths,
    drawn: Floats | None,
    stress: list[tuple[Stress, Floats]],
    draws: tuple[str, int, int],
) -> Answer:
    years, names = book.assumptions.years, ("debt_ratio", "debt", "financing_ratio", "interest_ratio", *PARTS)
    findings = [*book.findings, *below_growth(years[0], run)]
    if drawn is None:
        sentence = (
            "No fan: name an economy whose shocks are drawn, as in creditor path KEN --debt-table loans.csv."
        )
        findings.append(Finding("note", "fan", sentence))
    sheets = [_path(book, run), _reasons(book, run), _currencies(book), _holders(book)]
    if drawn is not None:
        sheets += [_fan(years, drawn, draws), errors_of(years, quantile_errors(drawn))]
    if stress:
        sheets.append(_stress(years, run, stress))
    story = _story(book, run)
    payload: dict[str, Any] = {
        "currency": book.own,
        "years": list(years),
        "loans": len(book.loans),
        "debt": book.debt,
        "by_currency": dict(book.by_currency),
        "by_holder": dict(book.by_holder),
        "path": {n: [float(x) for x in run.one(n) if np.isfinite(x)] for n in names},
        "fan_errors": {f"p{s}": e.tolist() for s, e in zip(SHARES, quantile_errors(drawn), strict=True)}
        if drawn is not None
        else {},
        "fan": {
            f"p{s}": q.tolist() for s, q in zip(SHARES, np.percentile(drawn, SHARES, axis=1), strict=True)
        }
        if drawn is not None
        else {},
        "stress": [{"name": s.name, "certainty": s.certainty, "debt_ratio": d.tolist()} for s, d in stress],
        "findings": [finding.as_dict() for finding in findings],
        "story": story,
    }
    provenance = Provenance(
        library_hash=digest([repr(book.loans).encode()]), seed=draws[2] if draws[0] else None
    )
    payload["provenance"] = provenance.as_dict()
    certificate = {"residual": run.certificate.residual, "books": _gap(run)}
    title = f"Debt path of {len(book.loans)} loans, {years[0]} to {years[-1]}"
    figures = (_figure(book, run, drawn),)
    return Answer(story, tuple(sheets), figures, tuple(findings), payload, provenance, certificate, title)


def _gap(run: Paths) -> float:
    """Largest gap between debt and the sum of old loans and new debt, as a share of GDP."""
    parts = sum(v[:, 0] for key, v in run.values.items() if key[0] in ("outstanding", "scheduled"))
    return float(np.nanmax(np.abs(parts - run.one("debt")) / run.one("gdp")))


def _story(book: Book, run: Paths) -> str:
    years, debt, need = book.assumptions.years, run.one("debt_ratio"), run.one("financing_ratio")
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


def _table(title: str, values: Floats, years: tuple[int, ...], unit: Unit, first: int = 1) -> Any:
    return column(title, "year", {str(y): float(values[i]) for i, y in enumerate(years) if i >= first}, unit)


def _path(book: Book, run: Paths) -> Sheet:
    years = book.assumptions.years
    money = Unit("money", book.own, 10**9) if len(book.own) == 3 else COUNT
    wanted = [
        ("debt", "debt_ratio", PERCENT),
        ("gross financing need", "financing_ratio", PERCENT),
        ("interest", "interest_ratio", PERCENT),
        ("primary balance", "balance_now", PERCENT),
        ("balance that holds debt", "stabilising_balance", PERCENT),
        ("rate less growth", "rate_less_growth", PERCENT),
        ("refixed in a year", "refixing_share", PERCENT),
        ("foreign money", "foreign_money_share", PERCENT),
    ]
    columns = [_table(title, 100 * run.one(name), years, unit) for title, name, unit in wanted]
    columns.append(_table("average maturity", run.one("average_maturity"), years, YEARS))
    columns.insert(0, _table("debt, amount", run.one("debt"), years, money))
    note = f"Percent of GDP; rates in percent a year; refixed and foreign money: percent of the debt. {OWN}"
    return Sheet("path", "Debt and financing", tuple(columns), {}, note)


def _reasons(book: Book, run: Paths) -> Sheet:
    years = book.assumptions.years
    columns = [_table("change", 100 * run.one("change_of_debt"), years, PERCENT)]
    columns += [_table(TITLES[name], 100 * run.one(name), years, PERCENT) for name in PARTS]
    note = f"Points of GDP; the parts add up to the change. {OWN}"
    return Sheet("reasons", "Why debt changes", tuple(columns), {}, note)


def _currencies(book: Book) -> Sheet:
    shares = {c: 100 * v / book.debt if book.debt else float("nan") for c, v in book.by_currency.items()}
    number = {c: float(sum(loan.currency == c for loan in book.loans)) for c in shares}
    money = Unit("money", book.own, 10**9) if len(book.own) == 3 else COUNT
    columns = (
        column("amount", "money", dict(book.by_currency), money),
        column("share", "money", shares, PERCENT),
        column("loans", "money", number, COUNT),
    )
    note = f"In own money at the exchange rates of the opening. {OWN}"
    return Sheet("moneys", "Moneys at the opening", columns, {}, note)


def _holders(book: Book) -> Sheet:
    """Who holds the loans at the opening; loans whose table names nobody stand together."""
    held = dict(sorted(book.by_holder.items(), key=lambda pair: (pair[0] == UNNAMED, -pair[1])))
    shares = {c: 100 * v / book.debt if book.debt else float("nan") for c, v in held.items()}
    number = {c: float(sum((loan.holder or UNNAMED) == c for loan in book.loans)) for c in shares}
    money = Unit("money", book.own, 10**9) if len(book.own) == 3 else COUNT
    columns = (
        column("amount", "holder", held, money),
        column("share", "holder", shares, PERCENT),
        column("loans", "holder", number, COUNT),
    )
    note = f"As the table names them, in own money at the exchange rates of the opening. {OWN}"
    return Sheet("holders", "Holders at the opening", columns, {}, note)


def _fan(years: tuple[int, ...], drawn: Floats, draws: tuple[str, int, int]) -> Sheet:
    found = 100 * np.percentile(drawn, SHARES, axis=1)
    columns = tuple(_table(f"{s} of 100", found[i], years, PERCENT) for i, s in enumerate(SHARES))
    note = f"Percent of GDP; shocks of {draws[0]}, {draws[1]:,} paths, seed {draws[2]}. {OWN}"
    return Sheet("fan", "Fan", columns, {}, note)


def _stress(years: tuple[int, ...], run: Paths, stress: list[tuple[Stress, Floats]]) -> Sheet:
    titles = {s.name: f"{s.title} ({s.menu}, {s.certainty})" for s, _ in stress}
    level = {s.name: 100 * float(debt[-1]) for s, debt in stress}
    more = {name: value - 100 * float(run.one("debt_ratio")[-1]) for name, value in level.items()}
    columns = (
        column(f"debt {years[-1]}", "test", level, PERCENT, {}, titles),
        column("more", "test", more, PERCENT, {}, titles),
    )
    return Sheet(
        "stress", "Stress tests", columns, {}, f"Percent of GDP. S seen in the source, R recalled. {OWN}"
    )


def _figure(book: Book, run: Paths, drawn: Floats | None) -> dict[str, Any]:
    periods = [str(year) for year in book.assumptions.years]
    told = f"On the assumptions debt is {percent(run.one('debt_ratio')[-1])} of GDP in {periods[-1]}"
    if drawn is not None:
        found = 100 * np.percentile(drawn, SHARES, axis=1)
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
