"""Owns the table of the instruments that a debt path rests on: shares, what falls due, and sources."""

from __future__ import annotations

import numpy as np

from creditor.sustainability.baseline import Baseline
from creditor.sustainability.instruments import OTHER, pools
from creditor.sustainability.path import Paths
from creditor.terms.answer import Sheet
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number
from creditor.terms.table import column
from creditor.terms.units import PERCENT, SHARE

FAR = 0.25  # a gap of average maturities that is told
TITLES = {
    "bills": "bills and other short debt",
    "fixed": "fixed rate",
    "floating": "floating rate",
    "indexed": "indexed to prices",
    "foreign": "in foreign money",
    "official": "official loans",
    OTHER: "own money, kind not told",
}


def sheet_of(base: Baseline) -> Sheet | None:
    """Instruments as published; nothing where they are not.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> sheet = sheet_of(baseline("ITA"))
    >>> sheet.columns[0].title, round(sheet.columns[0].at(instrument="fixed rate"), 1)
    ('share', 78.2)
    """
    rows = pools(base.code)
    if not rows:
        return None
    names = [TITLES[pool.kind] for pool in rows]
    due = [1.0 / base.maturity if pool.maturing is None else pool.maturing for pool in rows]
    anew = [1 - (1 - share) * (1 - pool.refixed) for share, pool in zip(due, rows, strict=True)]
    wanted = (("share", [pool.share for pool in rows]), ("due in a year", due), ("refixed in a year", anew))
    tables = tuple(
        column(title, "instrument", dict(zip(names, (100 * v for v in values), strict=True)), PERCENT)
        for title, values in wanted
    )
    origins = {name: pool.origin for name, pool in zip(names, rows, strict=True)}
    note = f"Percent, of {rows[0].perimeter}; the other columns are shares of the instrument."
    return Sheet("instruments", "Instruments", tables, origins, note)


def story_of(base: Baseline, run: Paths) -> str:
    """What the instruments mean for the year ahead, and who publishes them; empty where nobody does.

    Examples
    --------
    >>> from creditor.sustainability.baseline import baseline
    >>> from creditor.sustainability.path import case_of, simulate
    >>> base = baseline("ZAF")
    >>> story_of(base, simulate(case_of(base, 2032), 1, [("refixing_share",), ("financing_ratio",)]))[:47]
    'By its instruments (National Treasury of South '
    """
    rows = pools(base.code)
    if not rows:
        return ""
    main = max(rows, key=lambda pool: pool.share)
    who = main.origin.source.removeprefix("derived: ").partition(",")[0]
    share, need = (
        format_number(float(run.one(name)[1]), SHARE) for name in ("refixing_share", "financing_ratio")
    )
    told = f"By its instruments ({who}, {main.origin.vintage}) the rate of {share} of the debt is set anew "
    return f"{told}in {base.opening + 1}; the gross financing need is {need} of GDP."


def maturity_told(base: Baseline, run: Paths) -> list[Finding]:
    """A note where the published average maturity is far from that of pools of which a share falls due."""
    made = float(run.one("average_maturity")[1])
    origin = base.facts["average maturity"][2]
    if not pools(base.code) or not origin.source or origin.source.startswith(("assumption", "not used")):
        return []
    if not np.isfinite(made) or abs(made / base.maturity - 1) < FAR:
        return []
    sentence = f"The published average maturity is {base.maturity:g} years; by the share that falls due in a "
    sentence += f"year it is {made:.0f}: the average shown is that of pools of which the same share falls "
    sentence += "due each year."
    return [Finding("note", "average maturity", sentence, origin.source)]
