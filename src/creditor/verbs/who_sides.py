"""Owns the sides of the answer of the verb who: owed to beside borne by, and each correction beside none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from creditor.analysis.creditors import direct_parts, final_parts, kind_of, summary
from creditor.analysis.intervals import kind_intervals
from creditor.errors import MissingError
from creditor.ledger.bounds import Interval
from creditor.opening.corrections import applies, choose, corrected, known_corrections, listed
from creditor.opening.country import Country
from creditor.opening.opening import VIEWS, Opening, open_economy
from creditor.terms.answer import Answer, Grid, Sheet
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number, with_unit
from creditor.terms.provenance import Provenance
from creditor.terms.table import column
from creditor.terms.units import SHARE, money
from creditor.verbs.who_found import Who

VERDICTS = {
    "owed_to": "In the end it is owed to",
    "borne_by": "A loss on it falls in the first place on",
}
TITLES = {"owed_to": "owed to", "borne_by": "borne by"}
ABSENT = float("nan")
FIRST = (
    "A loss is borne first by members of defined-contribution plans, by sponsors of defined-benefit plans "
)
FIRST += "and their taxpayers, by shareholders of banks and insurers, and by the state for the central bank."


def sides(found: Who) -> tuple[list[Sheet], dict[str, Any]]:
    """The tables of both sides and of the corrections, and the same for JSON."""
    sheets: list[Sheet] = []
    records: dict[str, Any] = {}
    if found.result is not None:
        both = _both(found)
        if len(both) == len(VIEWS):
            sheets.append(_sheet("sides", "Who is owed the debt, and who bears a loss on it", both, FIRST))
            records["sides"] = {view: _records(*both[view]) for view in both}
    cases = _cases(found)
    if len(cases) > 1:
        note = "The same answer as published and with each correction that the library has."
        sheets.append(_corrections(cases, note))
        records["corrections"] = cases
    return sheets, records


def _both(found: Who) -> dict[str, tuple[dict[str, float], dict[str, Interval], float]]:
    """Kinds of owners on each side, with their intervals; a side that nothing is known of is left out."""
    told = {}
    for view in VIEWS:
        try:
            published = _opened(found, view)
        except MissingError:
            continue
        opening = (
            corrected(choose(published.country, found.correct), published) if found.correct else published
        )
        kinds = summary(final_parts(opening).parts, opening)
        told[view] = kinds, kind_intervals(published, kinds), float(opening.total)
    return told


def _opened(found: Who, view: str) -> Opening:
    published = found.published
    if view == published.view:
        return published
    place = published.perimeter, published.period
    return open_economy(published.country, published.treatment, *place, True, view)


def _sheet(
    name: str, title: str, both: Mapping[str, tuple[dict[str, float], dict[str, Interval], float]], note: str
) -> Sheet:
    kinds = list(dict.fromkeys(kind for amounts, _, _ in both.values() for kind in amounts))
    first = next(iter(both.values()))[0]
    kinds.sort(key=lambda kind: (kind == "not allocated", -first.get(kind, 0.0)))
    titles = {kind: kind[:1].upper() + kind[1:] for kind in kinds}
    columns = []
    for view, (amounts, bounds, total) in both.items():
        shares = {kind: amounts.get(kind, ABSENT) / total for kind in kinds}
        low = {kind: bounds[kind].low / total if kind in bounds else ABSENT for kind in kinds}
        high = {kind: bounds[kind].high / total if kind in bounds else ABSENT for kind in kinds}
        for head, values in ((TITLES[view], shares), ("least", low), ("most", high)):
            columns.append(column(head, "owner", values, SHARE, {}, titles))
    return Sheet(name, title, tuple(columns), {}, note)


def _records(
    amounts: Mapping[str, float], bounds: Mapping[str, Interval], total: float
) -> list[dict[str, Any]]:
    return [
        {
            "owner": kind,
            "amount": amount,
            "share": amount / total,
            "lo": bounds[kind].low,
            "hi": bounds[kind].high,
            "bound": bounds[kind].bound,
        }
        for kind, amount in amounts.items()
    ]


def _cases(found: Who) -> dict[str, dict[str, float]]:
    """Shares of each kind of owner as published and with each correction."""
    published = found.published
    openings = {"as published": published}
    for case in known_corrections(published.country):
        if applies(case, published):
            openings[case.name] = corrected(case, published)
    told = {}
    for name, opening in openings.items():
        parts = final_parts(opening).parts if published.through else direct_parts(opening)
        total = float(opening.total)
        told[name] = {kind: amount / total for kind, amount in summary(parts, opening).items()}
    return told


def _corrections(cases: Mapping[str, Mapping[str, float]], note: str) -> Sheet:
    kinds = list(dict.fromkeys(kind for shares in cases.values() for kind in shares))
    first = next(iter(cases.values()))
    kinds.sort(key=lambda kind: (kind == "not allocated", -first.get(kind, 0.0)))
    titles = {kind: kind[:1].upper() + kind[1:] for kind in kinds}
    columns = tuple(
        column(name, "owner", {kind: shares.get(kind, ABSENT) for kind in kinds}, SHARE, {}, titles)
        for name, shares in cases.items()
    )
    return Sheet("corrections", "With and without corrections", columns, {}, note)


def said(opening: Opening, correct: str) -> list[Finding]:
    """What a reader must know about the side that is shown and the correction that was made."""
    found = []
    if opening.view == "borne_by" and opening.through:
        sentence = (
            f"{FIRST} What is beyond the equity of a bank or insurer falls on depositors and policyholders."
        )
        found.append(Finding("note", "borne by", sentence))
    if correct:
        case = choose(opening.country, correct)
        found.append(Finding("warning", f"correction {case.name}", case.sentence, case.origin.source))
    return found


def households_between(found: Who) -> str:
    """The interval of the household share, for the story."""
    kinds = summary(found.parts, found.opening)
    mine = {
        kind: amount
        for kind, amount in kinds.items()
        if kind == kind_of(found.opening.households[0], found.opening)
    }
    if not mine:
        return ""
    (interval,) = kind_intervals(found.published, mine).values()
    low, high = (format_number(end / found.total, SHARE) for end in (interval.low, interval.high))
    return f" The share of households lies between {low} and {high} ({interval.bound} bounds)."


def corrections_answer(country: Country) -> Answer:
    """The corrections that the library has for an economy."""
    rows = listed(country.code)
    unit = money(str(country.settings["currency"]))
    amounts = [with_unit(float(str(row["amount"])), unit) for row in rows]
    texts = tuple(
        (
            str(row["name"]),
            str(row["title"]),
            amount,
            str(row["since"]),
            str(row["grade"]),
            str(row["source"]),
        )
        for row, amount in zip(rows, amounts, strict=True)
    )
    story = f"The library has {len(rows)} correction{'' if len(rows) == 1 else 's'} for {country.called}."
    if rows:
        story += f" Use --correct {rows[0]['name']}."
    head = ("name", "what", "moves", "since", "grade", "source")
    grids = (Grid("corrections", "Corrections", head, texts),) if rows else ()
    return Answer(
        story,
        payload={"economy": country.code, "corrections": rows},
        provenance=Provenance(library_hash=country.digest),
        title="Corrections of published statistics",
        grids=grids,
    )
