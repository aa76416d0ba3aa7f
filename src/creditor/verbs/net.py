"""Owns the answer by class of creditor: debt, interest, new lending and net transfer, as far as published."""

from __future__ import annotations

import math
from typing import Any

from creditor.analysis.common import Basis, basis, creditor_split
from creditor.analysis.creditors import direct_parts, holdings
from creditor.analysis.intervals import intervals
from creditor.analysis.residence import CLASSES, class_of
from creditor.errors import MissingError, Trouble
from creditor.facts.vintages import newest
from creditor.figures.bars import bars
from creditor.ledger.treatments import Treatment
from creditor.opening.country import Country, Weight, available, load_country
from creditor.opening.known import as_known
from creditor.opening.opening import Opening, open_economy
from creditor.opening.perimeter import periods_of
from creditor.terms.answer import Answer, Grid, Sheet
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number, with_unit
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin, Provenance
from creditor.terms.table import Table, column
from creditor.terms.units import SHARE, Unit, money, parse_unit

ABSENT = float("nan")
TITLES = {
    "multilateral": "Multilateral creditors",
    "bilateral": "Bilateral creditors",
    "private": "Private foreign creditors",
    "other": "Other foreign creditors",
    "domestic": "Domestic creditors",
    "unallocated": "Not allocated",
}
_BY_CLASS = {
    "multilateral": "multilateral",
    "bilateral": "bilateral",
    "foreign_private": "private",
    "unknown": "unallocated",
}
FLOWS = {
    "external_debt_service": "Debt service on external debt",
    "external_interest": "Interest on external debt",
    "external_principal": "Principal repaid on external debt",
    "external_interest_exports": "Interest on external debt over exports",
    "external_debt_service_exports": "External debt service over exports",
    "external_debt_service_gov_exp": "External debt service over government expenditure",
    "net_interest_gdp": "Net interest of general government over GDP",
    "net_interest_revenue": "Net interest of general government over revenue",
    "net_transfer_multilateral": "New lending of multilateral creditors less debt service to them",
    "net_transfer_private": "New lending of private creditors less debt service to them",
}
OVER = "2024"  # the last year that was over in every series


def creditors_net(economy: str, as_known_at: str = "") -> Answer:
    """Say what each class of creditor is owed, and what flows between them and the debtor.

    Parameters
    ----------
    economy : str
        An economy with a split by creditor, ``XLI`` above all.
    as_known_at : str
        A date: nothing that was published later is used.

    Returns
    -------
    Answer
        Payload: economy, perimeter, period, unit, total, creditors (class, debt, share, lo, hi,
        net_transfer), flows,
        missing, findings. What is not published has no key.

    Raises
    ------
    MissingError
        F303 for an economy without a split by creditor.

    Examples
    --------
    >>> [entry["class"] for entry in creditors_net("XLI").payload["creditors"]]
    ['multilateral', 'bilateral', 'private']
    """
    country = load_country(economy)
    if as_known_at:
        country = as_known(country, as_known_at)
    found = split_of(country)
    if found is None:
        held = ", ".join(code for code in available() if split_of(load_country(code)) is not None)
        what = f"{country.code} has no split of its debt by class of creditor"
        raise MissingError(Trouble("F303", "--net", what, "", f"available: {held}"))
    return _answer(country, found, as_known_at)


def split_of(country: Country) -> Basis | None:
    """The split by creditor of the whole debt, else of the external debt; None where there is none.

    Examples
    --------
    >>> split_of(load_country("XLI")).perimeter
    'external-debt-africa'
    """
    whole = creditor_split(country)
    if whole is not None:
        return whole
    for name in country.settings["perimeters"]:
        for period in reversed(periods_of(country, name)):
            one = basis(country, name, period)
            if {"multilateral", "bilateral"} <= set(one.shares):
                return one
    return None


def _answer(country: Country, found: Basis, date: str) -> Answer:
    opened = open_economy(country, Treatment("T2"), found.perimeter, found.period, through=False)
    total, unit = float(opened.total), opened.unit
    debts, ends = _debts(found, total), _ends(opened)
    transfers = {
        name: fact for name in debts if (fact := _latest(country, f"net_transfer_{name}")) is not None
    }
    flows = [fact for name in FLOWS if (fact := _latest(country, name)) is not None]
    missing = _missing(debts, transfers)
    findings = _findings(found, transfers, missing)
    story = _story(country, found, debts, transfers, total, unit)
    origins = [found.origin, *(fact.origin for fact in flows)]
    provenance = Provenance(newest(origin.vintage for origin in origins), country.digest)
    payload: dict[str, Any] = {
        "economy": country.code,
        "perimeter": found.perimeter,
        "as_of": found.period,
        "unit": str(unit),
        "total": total,
        "creditors": [
            _record(n, d, ends[n], total, found.origin, transfers.get(n)) for n, d in debts.items()
        ],
        "flows": [_flow(fact) for fact in flows],
        "missing": missing,
        "as_known_at": date or None,
        "findings": [finding.as_dict() for finding in findings],
        "story": story,
        "command": f"creditor who {country.code} --net" + (f" --as-known-at {date}" if date else ""),
        "provenance": provenance.as_dict(),
    }
    grids = (_grid(flows),) if flows else ()
    sheet = _sheet(found, debts, ends, transfers, total, unit)
    title = f"The debt of {country.called} by class of creditor"
    return Answer(
        story=story,
        sheets=(sheet,),
        figures=(_bars(found, debts, ends, unit),),
        findings=tuple(findings),
        payload=payload,
        provenance=provenance,
        title=title,
        grids=grids,
    )


def _debts(found: Basis, total: float) -> dict[str, float]:
    """The debt by class of creditor; those that nothing is known of are left out."""
    sums: dict[str, list[float]] = {}
    for name, share in found.shares.items():
        sums.setdefault(_key(name), []).append(share * total)
    return {name: math.fsum(sums[name]) for name in TITLES if name in sums}


def _key(name: str) -> str:
    """Of a class of residence the class of creditor here."""
    return _BY_CLASS.get(name) or ("domestic" if CLASSES[name][1] == "resident" else "other")


def _ends(opened: Opening) -> dict[str, tuple[float, float]]:
    """The least and the most of each class: those of its holders, within what the others leave."""
    found, _ = holdings(direct_parts(opened), opened)
    bounds = intervals(opened, found)
    low: dict[str, float] = {}
    high: dict[str, float] = {}
    for holding in found:
        key, interval = _key(class_of(holding.name)), bounds[holding.name]
        low[key] = low.get(key, 0.0) + interval.low
        high[key] = high.get(key, 0.0) + interval.high
    total, least, most = float(opened.total), math.fsum(low.values()), math.fsum(high.values())
    return {
        key: (max(low[key], total - (most - high[key])), min(high[key], total - (least - low[key])))
        for key in low
    }


def _latest(country: Country, indicator: str) -> Weight | None:
    """The latest printing of the last year that was over."""
    found = [
        fact
        for fact in country.facts
        if fact.labels[0] == indicator and parse_period(fact.period).year <= int(OVER)
    ]
    return max(
        found,
        key=lambda fact: (parse_period(fact.period).last_day, parse_period(fact.origin.vintage).last_day),
        default=None,
    )


def _missing(debts: dict[str, float], transfers: dict[str, Weight]) -> list[str]:
    """What is asked for by class and is not published."""
    found = ["interest by class of creditor", "new lending by class of creditor"]
    if "domestic" not in debts:
        found.append("debt to domestic creditors")
    for name, title in TITLES.items():
        if (
            name not in transfers
            and name not in ("other", "unallocated")
            and (name in debts or name == "domestic")
        ):
            found.append(f"net transfer of {title.lower()}")
    return found


def _findings(found: Basis, transfers: dict[str, Weight], missing: list[str]) -> list[Finding]:
    sentence = f"Not in the library: {'; '.join(missing)}."
    findings = [
        Finding("warning", "missing", sentence, mend="the World Bank's debtor reporting system has them")
    ]
    groups = dict.fromkeys(fact.labels[1] for fact in transfers.values())
    if groups:
        sentence = "Net transfers are of another group of economies than the debt; they are not added up."
        findings.append(
            Finding("warning", "net transfer", sentence, f"{'; '.join(groups)}; debt: {found.stock}")
        )
    for note in found.country.settings.get("notes", []):
        if note.get("perimeter", found.perimeter) == found.perimeter:
            findings.append(Finding(str(note["severity"]), str(note["place"]), str(note["sentence"])))
    return findings


def _story(
    country: Country,
    found: Basis,
    debts: dict[str, float],
    transfers: dict[str, Weight],
    total: float,
    unit: Unit,
) -> str:
    whole = with_unit(total, unit) if unit.measure == "money" else "the stock"
    listed = ", ".join(f"{TITLES[n].lower()} {format_number(d / total, SHARE)}" for n, d in debts.items())
    text = f"Of {whole} of {found.stock} at the end of {found.period}: {listed}."
    for name, fact in transfers.items():
        amount = with_unit(abs(float(fact.value)), parse_unit(fact.unit))
        way = "lent more than they received" if fact.value > 0 else "received more than they lent"
        text += f" {TITLES[name]} {way}: {amount} ({fact.labels[1]})."
    interest = _latest(country, "external_interest")
    if interest is not None:
        paid = with_unit(float(interest.value), parse_unit(interest.unit))
        text += f" Interest on external debt came to {paid} in {interest.period} ({interest.labels[1]})."
    return text


def _record(
    name: str,
    debt: float,
    ends: tuple[float, float],
    total: float,
    origin: Origin,
    transfer: Weight | None,
) -> dict[str, Any]:
    record: dict[str, Any] = {"class": name, "title": TITLES[name], "debt": debt, "share": debt / total}
    record |= {"lo": ends[0], "hi": ends[1]}
    record |= origin.as_dict()
    if transfer is not None:
        record["net_transfer"] = _flow(transfer)
    return record


def _flow(fact: Weight) -> dict[str, Any]:
    return {
        "indicator": fact.labels[0],
        "perimeter": fact.labels[1],
        "period": fact.period,
        "value": float(fact.value),
        "unit": _unit(fact),
        "source": fact.origin.source,
        "vintage": fact.origin.vintage,
        "grade": fact.origin.grade,
    }


def _unit(fact: Weight) -> str:
    """The unit of a fact as it is held: money in billions."""
    unit = parse_unit(fact.unit)
    return str(money(unit.currency, "bn", unit.per)) if unit.measure == "money" else str(unit)


def _sheet(
    found: Basis,
    debts: dict[str, float],
    ends: dict[str, tuple[float, float]],
    transfers: dict[str, Weight],
    total: float,
    unit: Unit,
) -> Sheet:
    origins = dict.fromkeys(debts, found.origin)
    amounts = debts | {"total": total}
    titles = TITLES | {"total": "Total"}
    shares = {name: amount / total for name, amount in amounts.items()}
    columns = [
        column("debt", "class", amounts, unit, origins, titles),
        column("share", "class", shares, SHARE, {}, titles),
    ]
    for place, head in enumerate(("least", "most")):
        bounds = {name: ends[name][place] / total for name in debts} | {"total": 1.0}
        columns.append(column(head, "class", bounds, SHARE, {}, titles))
    if transfers:
        values = {n: float(transfers[n].value) if n in transfers else ABSENT for n in amounts}
        columns.append(column("net transfer", "class", values, money("USD"), {}, titles))
    note = f"{found.stock[:1].upper()}{found.stock[1:]}, {found.period}."
    if transfers:
        groups = "; ".join(dict.fromkeys(fact.labels[1] for fact in transfers.values()))
        note += f" Net transfer: new lending less debt service, positive where the creditor pays; {groups}."
    return Sheet("creditors", "By class of creditor", tuple(columns), origins, note, "total")


def _grid(flows: list[Weight]) -> Grid:
    rows = tuple(
        (
            FLOWS[fact.labels[0]],
            fact.labels[1],
            fact.period,
            with_unit(float(fact.value), parse_unit(_unit(fact))),
            fact.origin.grade,
            fact.origin.source,
        )
        for fact in flows
    )
    heads = ("flow", "of whom", "period", "amount", "grade", "source")
    return Grid("flows", "What is paid and lent, as far as it is published", heads, rows)


def _bars(
    found: Basis, debts: dict[str, float], ends: dict[str, tuple[float, float]], unit: Unit
) -> dict[str, Any]:
    tones = {name: "neutral" if name == "domestic" else "foreign" for name in debts}
    table = column("debt", "class", debts, unit, {}, TITLES)
    grades = dict.fromkeys(debts, found.origin.grade)
    sentence = f"{found.stock[:1].upper()}{found.stock[1:]}, by class of creditor."
    source = f"{', '.join(found.publishers[:3])}; releases to {newest([found.origin.vintage])}"
    return bars(
        f"By class of creditor, end of {found.period}",
        sentence,
        source,
        table,
        tones,
        grades,
        *_whiskers(debts, ends, unit),
    )


def _whiskers(
    debts: dict[str, float], ends: dict[str, tuple[float, float]], unit: Unit
) -> tuple[Table, Table]:
    """Ends of intervals; absent where both are the same."""
    wide = {name: ends[name] if ends[name][1] > ends[name][0] else (ABSENT, ABSENT) for name in debts}
    low, high = (
        column(head, "class", {name: wide[name][place] for name in debts}, unit, {}, TITLES)
        for place, head in enumerate(("least", "most"))
    )
    return low, high
