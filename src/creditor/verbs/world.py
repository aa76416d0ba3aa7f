"""Owns the answer for the world: every debt in US dollars of one year, and its creditors by class."""

from __future__ import annotations

from typing import Any

from creditor.analysis.common import SIX_WAY
from creditor.analysis.residence import CLASSES, SIX, class_bounds, loop_of
from creditor.analysis.world import REST, World, world_of
from creditor.errors import InputError, MissingError, Trouble
from creditor.facts.vintages import newest
from creditor.opening.country import Country, available, load_country
from creditor.opening.known import as_known
from creditor.terms.answer import Answer, Sheet
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number, with_unit
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin, Provenance, digest
from creditor.terms.table import column
from creditor.terms.units import SHARE, money
from creditor.verbs import world_figures
from creditor.verbs.words import counted

USD = money("USD")
ABSENT = float("nan")
OTHERS = "XLI"  # many economies in one folder


def world(as_of: str = "", as_known_at: str = "") -> Answer:
    """Say who the creditor of the world's governments is.

    Parameters
    ----------
    as_of : str
        A year; by default the latest with a published world total of its publisher.
    as_known_at : str
        A date: nothing that was published later is used.

    Returns
    -------
    Answer
        Payload: economy ``WLD``, as_of, unit, total, listed, published, rest, holders (class, amount, share),
        loop, economies, findings.

    Raises
    ------
    InputError
        U501 for a period that is no year.
    MissingError
        F302 for a year without debts.

    Examples
    --------
    >>> round(world().payload["total"])
    102000
    """
    year = as_of or str(load_country(REST).settings["headline_period"])
    if parse_period(year, "--as-of").frequency != "year":
        mend = f"write the year, {year[:4]}"
        raise InputError(
            Trouble("U501", "--as-of", f"{as_of!r} is no year", "debts are of the end of a year", mend)
        )
    countries, unknown = _countries(as_known_at)
    found = world_of(countries, year)
    if not found.debtors:
        years = sorted({fact.period for fact in load_country("JPN").facts if fact.labels[0] == "debt_gdp"})
        mend = f"use {years[0]} to {years[-1]}"
        raise MissingError(Trouble("F302", "--as-of", f"no debts of {year} in the library", "", mend))
    return _answer(found, unknown, as_known_at)


def _countries(date: str) -> tuple[list[Country], list[str]]:
    """Every economy as known at a date, and those of which nothing was known."""
    found, unknown = [], []
    for code in available():
        try:
            found.append(as_known(load_country(code), date) if date else load_country(code))
        except MissingError:
            unknown.append(code)
    return found, unknown


def _answer(found: World, unknown: list[str], date: str) -> Answer:
    findings = _findings(found, unknown)
    classes = found.classes
    loop, ends, origin = loop_of(classes), class_bounds(classes), _origin(found)
    vintages = [debtor.origin.vintage for debtor in found.debtors]
    library = digest(debtor.country.digest.encode() for debtor in found.debtors)
    provenance = Provenance(newest(vintages), library)
    payload: dict[str, Any] = {
        "economy": "WLD",
        "as_of": found.year,
        "unit": str(USD),
        "total": found.total,
        "listed": found.listed,
        "published": _published(found),
        "rest": found.rest,
        "holders": [
            {
                "holder": name,
                "amount": amount,
                "share": amount / found.total,
                "lo": ends[name][0],
                "hi": ends[name][1],
                "lo_share": ends[name][0] / found.total,
                "hi_share": ends[name][1] / found.total,
                "bound": "exact",
                "source": origin.source,
                "vintage": origin.vintage,
                "grade": origin.grade,
                "title": CLASSES[name][0],
            }
            for name, amount in classes.items()
        ],
        "loop": {"resident": loop.resident, "foreign": loop.foreign, "unknown": loop.unknown},
        "economies": _records(found),
        "as_known_at": date or None,
        "findings": [finding.as_dict() for finding in findings],
        "story": _story(found),
        "command": f"creditor who world --as-of {found.year}" + (f" --as-known-at {date}" if date else ""),
        "provenance": provenance.as_dict(),
    }
    return Answer(
        story=str(payload["story"]),
        sheets=(_classes(found), _economies(found), *_matrices(found)),
        figures=world_figures.figures(found),
        findings=tuple(findings),
        payload=payload,
        provenance=provenance,
        title="Who is the creditor of the world?",
    )


def _published(found: World) -> dict[str, Any] | None:
    fact = found.published
    if fact is None:
        return None
    origin = fact.origin
    return {
        "amount": float(fact.value),
        "source": origin.source,
        "vintage": origin.vintage,
        "grade": origin.grade,
    }


def _records(found: World) -> list[dict[str, Any]]:
    return [
        {
            "economy": debtor.country.code,
            "title": str(debtor.country.settings["name"]),
            "debt": debtor.debt,
            "classes": debtor.classes,
            "loop": debtor.loop.resident if debtor.loop.unknown < 1 else None,
            "holders_of": debtor.basis.period if debtor.basis else None,
            "set": debtor.basis.origin.source if debtor.basis else None,
            "source": debtor.origin.source,
            "vintage": debtor.origin.vintage,
            "grade": debtor.origin.grade,
        }
        for debtor in found.debtors
    ]


def _story(found: World) -> str:
    single = [debtor for debtor in found.debtors if debtor.country.code != OTHERS]
    count = counted(len(single), "economy", "economies")
    more = " and of the other low-income ones" if len(single) < len(found.debtors) else ""
    told = f"At the end of {found.year} the governments of {count}{more} owed "
    told += f"{with_unit(found.listed, USD)}"
    if found.published is not None and found.rest is not None:
        told += f"; the published world total is {with_unit(float(found.published.value), USD)}"
        told += (
            f", so {with_unit(found.rest, USD)} is the rest of the world's, whose holders are in no table"
            if found.rest >= 0
            else ", which is less: the two count differently"
        )
    loop = loop_of(found.classes)
    home, abroad, unknown = (format_number(s, SHARE) for s in (loop.resident, loop.foreign, loop.unknown))
    return f"{told}. {home} of the whole is owed at home, {abroad} abroad; of {unknown} it is not known."


def _findings(found: World, unknown: list[str]) -> list[Finding]:
    years: dict[str, list[str]] = {}
    for debtor in found.debtors:
        period = debtor.basis.period if debtor.basis else "no table of holders"
        years.setdefault(period, []).append(debtor.country.code)
    sentence = (
        f"Debts are of {found.year}; the classes of their holders are of other dates and are taken to have "
    )
    sentence += (
        "stayed the same; what a newer table of the same debt does not tell apart keeps the proportions "
    )
    sentence += "of the table of six classes (grade C)."
    told = "; ".join(f"{period}: {', '.join(codes)}" for period, codes in sorted(years.items()))
    findings = [
        Finding("warning", SIX_WAY, sentence, told, "use --as-of 2019 for one date of the six classes")
    ]
    if found.published is None:
        sentence = (
            f"No published world total for {found.year} is in the library; the sum is that of its economies."
        )
        findings.append(Finding("warning", "total", sentence, mend="use 2024 or 2025"))
    elif found.rest is not None and found.rest < 0:
        sentence = f"The economies of the library add up to {-found.rest:,.1f} more than the published total."
        findings.append(Finding("warning", "total", sentence, found.published.origin.source))
    absent = [*found.absent, *unknown]
    if absent:
        sentence = f"No debt or GDP of {found.year} for {', '.join(absent)}."
        findings.append(Finding("warning", "economies", sentence, mend="their debt is in the rest"))
    sentence = (
        "A share by class is that of gross debt of general government; for some emerging economies the table "
    )
    sentence += "covers central government only."
    findings.append(Finding("note", "perimeter", sentence))
    return findings


def _classes(found: World) -> Sheet:
    amounts = found.classes | {"total": found.total}
    shares = {name: amount / found.total for name, amount in amounts.items()}
    titles = {name: CLASSES[name][0] for name in found.classes} | {"total": "Total"}
    origins = dict.fromkeys(found.classes, _origin(found))
    columns = (
        column("amount", "class", amounts, USD, origins, titles),
        column("share", "class", shares, SHARE, {}, titles),
        *(column(head, "class", ends, SHARE, {}, titles) for head, ends in _ends(found).items()),
    )
    note = "Six classes where an economy has them, brought to newer tables, else the split by creditor. "
    note += "Least and most: what is not told apart may be anyone's; that older splits still hold is assumed."
    return Sheet("holders", "Creditors of the world by class", columns, origins, note, "total")


def _origin(found: World) -> Origin:
    """Of a class of creditor: a sum over all debtors, no better than the worst of them."""
    grade = "C" if any(debtor.origin.grade == "C" for debtor in found.debtors) else "B"
    vintages = newest(debtor.origin.vintage for debtor in found.debtors)
    return Origin(f"derived: sum over {len(found.debtors)} economies", vintages, grade)


def _ends(found: World) -> dict[str, dict[str, float]]:
    """Least and most share of each class."""
    bounds = class_bounds(found.classes)
    return {
        head: {**{name: ends[side] / found.total for name, ends in bounds.items()}, "total": 1.0}
        for head, side in (("least", 0), ("most", 1))
    }


def _economies(found: World) -> Sheet:
    debts = {debtor.country.code: debtor.debt for debtor in found.debtors}
    titles = {
        d.country.code: f"{d.country.settings['name']}{', holders ' + d.basis.period if d.basis else ''}"
        for d in found.debtors
    }
    origins = {debtor.country.code: debtor.origin for debtor in found.debtors}
    loops = {d.country.code: d.loop.resident if d.loop.unknown < 1 else ABSENT for d in found.debtors}
    if found.rest is not None and found.rest >= 0 and found.published is not None:
        origin = found.published.origin
        text = f"derived: published world total less the economies above; from {origin.source}"
        debts[REST], loops[REST] = found.rest, ABSENT
        titles[REST] = "Rest of the world: the published total less these"
        origins[REST] = Origin(text, origin.vintage, "C")
    debts["total"], loops["total"] = found.total, loop_of(found.classes).resident
    titles["total"] = "Total"
    shares = {code: debt / found.total for code, debt in debts.items()}
    columns = (
        column("debt", "economy", debts, USD, origins, titles),
        column("share", "economy", shares, SHARE, {}, titles),
        column("loop share", "economy", loops, SHARE, {}, titles),
    )
    note = "Debt over GDP times GDP in US dollars. Loop share: what own residents hold."
    return Sheet("economies", f"Debts at the end of {found.year}", columns, origins, note, "total")


def _matrices(found: World) -> tuple[Sheet, ...]:
    """What each class holds of each debt: economies with six classes, and those with others."""
    told = {debtor.country.code: debtor.classes for debtor in found.debtors}
    six = {code: classes for code, classes in told.items() if set(classes) == set(SIX)}
    others = {code: classes for code, classes in told.items() if code not in six}
    titles = {debtor.country.code: str(debtor.country.settings["name"]) for debtor in found.debtors}
    sheets = []
    for name, title, rows in (
        ("matrix", "Debtors and their creditors, six classes", six),
        ("matrix-split", "Debtors and their creditors, split by creditor", others),
    ):
        columns = [
            column(
                CLASSES[key][0].lower(),
                "economy",
                {code: classes.get(key, ABSENT) for code, classes in rows.items()},
                USD,
                {},
                titles,
            )
            for key in CLASSES
            if any(key in classes for classes in rows.values())
        ]
        if columns:
            note = "What each class of creditor holds of each debt."
            sheets.append(Sheet(name, title, tuple(columns), {}, note))
    return tuple(sheets)
