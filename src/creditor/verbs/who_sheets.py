"""Owns the tables of the verb who: holders, treatments, channels, assumptions, chains and the bridge."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from creditor.analysis.assumed import effects_of_assumptions
from creditor.analysis.creditors import final_parts, summary
from creditor.errors import MissingError
from creditor.facts.reconcile import Reconciled, tolerance_of
from creditor.ledger.claims import UNALLOCATED
from creditor.ledger.paths import largest_paths
from creditor.opening.corrections import choose, corrected
from creditor.opening.country import Weight
from creditor.opening.opening import Opening, open_economy
from creditor.opening.perimeter import bridge
from creditor.terms.answer import Sheet
from creditor.terms.finding import Finding
from creditor.terms.numbers import with_unit
from creditor.terms.table import column
from creditor.terms.units import SHARE, Unit
from creditor.terms.vocabulary import title_of
from creditor.verbs.who_found import OWNERS, Who

TREATMENTS = ("T0", "T1", "T2")


def sheets(found: Who, unit: Unit) -> tuple[Sheet, ...]:
    """All tables of an answer, the holders first."""
    made = [holders(found, unit)]
    if found.result is not None:
        made += [treatments(found), channels(found, unit), assumptions(found), chains(found, unit)]
    elif "public" in found.opening.country.settings["perimeters"] and found.opening.perimeter != "public":
        made.append(channels(found, unit))
    made.append(bridge_sheet(found.opening, unit))
    return tuple(sheet for sheet in made if sheet.labels)


def holders(found: Who, unit: Unit) -> Sheet:
    """Who holds the debt, adding up to the total."""
    amounts = {holding.name: holding.amount for holding in found.holdings} | {"total": found.total}
    shares = {name: amount / found.total for name, amount in amounts.items()}
    titles = {holding.name: holding.title for holding in found.holdings} | {"total": "Total"}
    origins = {holding.name: holding.origin for holding in found.holdings}
    ends = [("least", "low"), ("most", "high")]
    plain = unit.measure == "percent"  # the source gives percentages only: the share is all there is
    columns = [
        *([] if plain else [column("amount", "holder", amounts, unit, origins, titles)]),
        column("share", "holder", shares, SHARE, origins if plain else {}, titles),
        *(column(head, "holder", _ends(found, end), SHARE, {}, titles) for head, end in ends),
    ]
    kind = "Direct holders" if found.result is None else OWNERS[found.opening.view]
    funds = "beneficiaries" in found.opening.country.settings  # only then has the state funds of its own
    note = f"Perimeter {found.opening.perimeter}, {found.opening.period}; " + "; ".join(
        sentence
        for sentence in found.opening.treatment.sentences
        if found.result is not None or sentence[0] == "T" or (sentence[0] == "I" and funds)
    )
    return Sheet("holders", kind, tuple(columns), origins, note + ".", "total")


def _ends(found: Who, end: str) -> dict[str, float]:
    """One end of each interval, in shares; the total is known."""
    ends = {h.name: getattr(found.intervals[h.name], end) / found.total for h in found.holdings}
    return {**ends, "total": 1.0}


def treatments(found: Who) -> Sheet:
    """Shares by kind of owner under T0, T1 and T2, with and without government funds."""
    columns = []
    for intragovernmental in ("I1", "I0"):
        for central_bank in TREATMENTS:
            other = replace(
                found.opening.treatment, central_bank=central_bank, intragovernmental=intragovernmental
            )
            place = found.opening.perimeter, found.opening.period
            opened = open_economy(found.opening.country, other, *place, True, found.opening.view)
            if found.correct:
                opened = corrected(choose(opened.country, found.correct), opened)
            sums = summary(final_parts(opened).parts, opened)
            total = float(opened.total)
            columns.append(
                (f"{central_bank} {intragovernmental}", {kind: value / total for kind, value in sums.items()})
            )
    kinds = list(dict.fromkeys(kind for _, shares in columns for kind in shares))
    kinds.sort(key=lambda kind: (kind == "not allocated", -columns[0][1].get(kind, 0.0)))
    absent = float("nan")
    titles = {kind: kind[0].upper() + kind[1:] for kind in kinds}
    tables = tuple(
        column(title, "owner", {kind: shares.get(kind, absent) for kind in kinds}, SHARE, {}, titles)
        for title, shares in columns
    )
    note = "T0 the central bank is looked through, T1 consolidated with the state, T2 final; "
    note += "I1 government funds are final owners, I0 netted. "
    note += "Under T1 the debt is larger: the central bank's own liabilities count as state debt."
    return Sheet("treatments", "The same debt under each treatment", tables, {}, note)


def channels(found: Who, unit: Unit) -> Sheet:
    """How large each direct channel is, in the debt held by the public."""
    opening = found.opening
    wanted = opening.country.set_name("holders")
    claims = {
        c.holder: c for c in opening.country.claims if c.set_name == wanted and c.period == opening.period
    }
    total = float(sum((claim.amount for claim in claims.values()), Fraction(0)))
    amounts = {name: float(claims[name].amount) for name in sorted(claims, key=lambda n: -claims[n].amount)}
    titles = {name: title_of(name) for name in amounts}
    origins = {name: claims[name].origin for name in amounts}
    shares = {name: amount / total for name, amount in amounts.items()}
    columns = (
        column("amount", "channel", amounts, unit, origins, titles),
        column("share of public", "channel", shares, SHARE, {}, titles),
    )
    note = "Direct holders of the debt held by the public: "
    note += "the size of the pension channel beside money funds and foreigners."
    return Sheet("channels", "How large each channel is", columns, origins, note)


def assumptions(found: Who) -> Sheet:
    """Each grade C cell with its weight and its effect on the household share."""
    assert found.result is not None
    weights: dict[str, float] = {}
    effects: dict[str, float] = {}
    origins, titles = {}, {}
    for cell in effects_of_assumptions(found.opening, found.result):
        claim = cell.claim
        key = f"{claim.holder} <- {claim.issuer}, {claim.instrument}"
        weights[key], effects[key], origins[key] = cell.passing, cell.effect, claim.origin
        titles[key] = (
            f"{title_of(claim.holder)} ← {title_of(claim.issuer)}: {title_of(claim.instrument).lower()}"
        )
    columns = (
        column("weight", "cell", weights, SHARE, origins, titles),
        column("effect", "cell", effects, SHARE, {}, titles),
    )
    note = "Weight: share of the debt that runs over the cell. "
    note += "Effect: by how much the household share changes if the cell counts as not allocated."
    return Sheet("assumptions", "What rests on assumptions (grade C)", columns, origins, note)


def chains(found: Who, unit: Unit) -> Sheet:
    """The largest chains from the debtor to a final owner."""
    assert found.result is not None
    household = found.opening.households[0]
    paths = [path for path in largest_paths(found.result, 12) if len(path.names) > 2]
    paths += [
        path
        for path in largest_paths(found.result, 12, owner=household)
        if len(path.names) > 2 and path not in paths
    ]
    paths.sort(key=lambda path: -path.amount)
    amounts = {" -> ".join(path.names): path.amount for path in paths}
    titles = {" -> ".join(path.names): " → ".join(title_of(name) for name in path.names) for path in paths}
    shares = {key: amount / found.total for key, amount in amounts.items()}
    columns = (
        column("amount", "chain", amounts, unit, {}, titles),
        column("share", "chain", shares, SHARE, {}, titles),
    )
    return Sheet(
        "chains", "The largest chains of claims", columns, {}, "Each runs over at least one intermediary."
    )


def bridge_sheet(opening: Opening, unit: Unit) -> Sheet:
    """From one perimeter to the next, each step a row."""
    rows = bridge(opening.country, opening.period)
    amounts = {row.title: float(row.amount) for row in rows}
    origins = {row.title: row.origin for row in rows}
    note = "Steps carry a sign, totals stand by themselves. " + " ".join(
        f"{row.title[:1].upper()}{row.title[1:]}: {row.note}." for row in rows if row.note
    )
    table = column("amount", "step", amounts, unit, origins)
    return Sheet("bridge", "From one perimeter to the next", (table,), origins, note)


def reconciliation(opening: Opening) -> list[Finding]:
    """The published total of the direct holders against the sum of the printed parts."""
    keys = opening.country.settings["perimeters"][opening.perimeter]["sets"]
    if "holders" not in keys or not _facts(opening, "total", opening.country.set_name("holders")):
        return stock_of_shares(opening)
    name = opening.country.set_name("holders")
    for fact in _facts(opening, "total", name):
        if fact.period == opening.period:
            printed = [
                c.amount for c in opening.country.claims if c.set_name == name and c.period == opening.period
            ]
            tolerance = tolerance_of(["0.0"] * (len(printed) + 1))
            check = Reconciled(fact.value, sum(printed, Fraction(0)), tolerance)
            verdict = (
                "within the rounding of the printed digits" if check.agrees else "more than rounding explains"
            )
            sentence = f"The printed holders add up to {float(check.parts):,.1f}; "
            sentence += f"the published total is {float(check.total):,.1f}"
            evidence = (
                f"gap {float(check.gap):+.1f}, tolerance {float(tolerance):.2f}; source: {fact.origin.source}"
            )
            return [
                Finding("note" if check.agrees else "warning", "total", f"{sentence}, {verdict}.", evidence)
            ]
    return []


def _facts(opening: Opening, indicator: str, name: str) -> list[Weight]:
    """Facts about a set at the period of the answer."""
    found = (fact for fact in opening.country.facts if fact.labels == (indicator, name))
    return [fact for fact in found if fact.period == opening.period]


def stock_of_shares(opening: Opening) -> list[Finding]:
    """The stock whose holders were published in percent, against the sum of the parts."""
    keys = opening.country.settings["perimeters"][opening.perimeter]["sets"]
    findings = []
    for name in (opening.country.set_name(key) for key in keys):
        for fact in _facts(opening, "stock", name):
            parts = sum(
                (c.amount for c in opening.country.claims if (c.set_name, c.period) == (name, fact.period)),
                Fraction(0),
            )
            share = parts / fact.value
            if share != 1:
                sentence = f"The holders add up to {float(100 * share):.2f} % of the stock of set {name}; "
                sentence += "the rest is rounding of the printed shares."
                told = f"stock {with_unit(float(fact.value), opening.unit)}; source: {fact.origin.source}"
                findings.append(Finding("note", "total", sentence, told))
    return findings


def further(found: Who) -> dict[str, Any]:
    """The tables besides the holders, for JSON."""
    opening = found.opening
    rows = bridge(opening.country, opening.period)
    told: dict[str, Any] = {
        "summary": summary(found.parts, opening),
        "bridge": [
            {
                "step": row.title,
                "amount": float(row.amount),
                "total": row.total,
                "grade": row.origin.grade,
                "source": row.origin.source,
            }
            for row in rows
        ],
    }
    if found.result is None or found.assumed is None:
        return told
    told["layers_per_dollar"] = found.result.layers_per_dollar
    told["assumed"] = {
        "weight": found.assumed.weight,
        "divided": found.assumed.divided,
        "cells": [
            {
                "holder": cell.claim.holder,
                "issuer": cell.claim.issuer,
                "instrument": cell.claim.instrument,
                "weight": cell.passing,
                "effect_on_household_share": cell.effect,
            }
            for cell in effects_of_assumptions(opening, found.result)
        ],
    }
    told["unallocated"] = _unallocated(found)
    told["chains"] = [{"names": list(p.names), "amount": p.amount} for p in largest_paths(found.result, 20)]
    return told


def _unallocated(found: Who) -> dict[str, float]:
    """Share not allocated in this perimeter and in the debt held by the public."""
    assert found.result is not None
    told = {found.opening.perimeter: found.result.share(UNALLOCATED)}
    try:
        period, view = found.opening.period, found.opening.view
        public = open_economy(found.opening.country, found.opening.treatment, "public", period, True, view)
        public = corrected(choose(public.country, found.correct), public) if found.correct else public
    except MissingError:
        return told
    told["public"] = final_parts(public).share(UNALLOCATED)
    return told
