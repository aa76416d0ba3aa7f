"""Owns the loop share in the answer of the verb who: how much of the debt is owed to own residents."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from creditor.analysis.creditors import direct_parts
from creditor.analysis.residence import Loop, classes, loop_of
from creditor.ledger.lookthrough import Part
from creditor.opening.carry import told
from creditor.opening.opening import Opening, open_economy, split_rows
from creditor.terms.answer import Sheet
from creditor.terms.custody import custody_centres
from creditor.terms.numbers import format_number
from creditor.terms.table import column
from creditor.terms.units import SHARE
from creditor.terms.vocabulary import title_of
from creditor.verbs.who_found import Who

ABSENT = float("nan")
ENDS = {"owed_to": "in the end", "borne_by": "of a loss"}
TITLES = {
    "resident": "Own residents: the loop share",
    "foreign": "Foreigners",
    "custody": "of these, kept in custody centres",
    "unknown": "Not allocated, or residence not told",
}


def loop_of_parts(parts: Iterable[Part]) -> Loop:
    """The loop share of a debt by its parts.

    Examples
    --------
    >>> from creditor.terms.provenance import Origin
    >>> loop_of_parts([Part("households", "", "", 3.0, Origin(""))]).resident
    1.0
    """
    return loop_of(classes((part.owner, part.amount) for part in parts))


def direct_loop(opening: Opening) -> Loop:
    """The loop share of the direct holders in the perimeter and at the period of an opening.

    Of carried classes it is that of the table that they are carried to: what it does not tell stays not told.
    """
    country = opening.country
    newer = told(country.settings, country.claims, opening.perimeter, opening.period)
    if newer:
        return loop_of(classes((claim.holder, float(claim.amount)) for claim in newer))
    treatment = replace(opening.treatment, central_bank="T2", firms="F0")
    place = opening.perimeter, opening.period
    return loop_of_parts(direct_parts(open_economy(opening.country, treatment, *place, through=False)))


def custody(opening: Opening, foreign: float) -> tuple[float, list[str], str] | None:
    """Share of the debt that is kept in custody centres, which ones, and at which date.

    None where no foreign holdings by country are known.
    """
    rows, _ = split_rows(opening.country, "rest_of_world", "country", opening.period)
    if not rows:
        return None
    total = sum(row.value for row in rows)
    centres = [row for row in rows if row.labels[1] in custody_centres()]
    share = math.fsum(float(row.value / total) for row in centres) * foreign
    return share, [row.labels[1] for row in centres], rows[0].period


def loop(found: Who) -> tuple[Sheet, dict[str, Any], str]:
    """The table of the loop share, the same for JSON, and the sentence for the story."""
    direct = direct_loop(found.opening)
    final = loop_of_parts(found.parts) if found.result is not None else None
    kept = custody(found.opening, direct.foreign)
    views = {"directly": _shares(direct, kept[0] if kept else ABSENT)}
    if final is not None:
        views[ENDS[found.opening.view]] = _shares(final, ABSENT)
    rows = [key for key in TITLES if key != "custody" or kept]
    columns = [
        column(name, "residence", {key: values[key] for key in rows}, SHARE, {}, TITLES)
        for name, values in views.items()
    ]
    record: dict[str, Any] = {"direct": _record(direct)}
    if final is not None:
        record["through"] = _record(final)
    note = "Residence is that of the holder, not of its owner; nationality is not in the sources."
    if kept:
        names = ", ".join(title_of(code) for code in kept[1])
        most = direct.most + kept[0]
        note += f" Custody centres at {kept[2]}: {names}. If all that they keep belonged to residents, the "
        note += f"loop share by nationality would be {format_number(most, SHARE)}."
        record["custody"] = {"share": kept[0], "centres": kept[1], "period": kept[2]}
        record["by_nationality_most"] = most
    sheet = Sheet("loop", "How much of the debt is owed at home", tuple(columns), {}, note)
    return sheet, {"loop": record}, _sentence(direct, final, found.opening.view)


def _shares(found: Loop, kept: float) -> dict[str, float]:
    if not found.resident and not found.foreign:  # nothing is told: absent, not zero
        return {"resident": ABSENT, "foreign": ABSENT, "custody": kept, "unknown": found.unknown}
    return {"resident": found.resident, "foreign": found.foreign, "custody": kept, "unknown": found.unknown}


def _record(found: Loop) -> dict[str, float]:
    return {
        "resident": found.resident,
        "foreign": found.foreign,
        "unknown": found.unknown,
        "resident_most": found.most,
    }


def _sentence(direct: Loop, final: Loop | None, view: str) -> str:
    if not direct.resident and not direct.foreign:
        return "How much of it is owed to own residents is not known."
    if final is None and not direct.resident and not direct.unknown:
        return "It is debt to foreigners only: what is owed at home is outside this perimeter."
    held = f"Own residents hold {_between(direct)} of it"
    if final is None:
        return f"{held}."
    if view == "borne_by":
        return f"{held} directly; a loss falls on them with {_between(final)} of it."
    return f"{held} directly and are owed {_between(final)} in the end."


def _between(found: Loop) -> str:
    least = format_number(found.resident, SHARE)
    return f"{least} to {format_number(found.most, SHARE)}" if found.unknown > 0.0005 else least
