"""Owns the split of a government's debt into instruments, as it is published, and what falls due of each."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace

from creditor.sustainability.history import debt_rows, whole
from creditor.terms.finding import Finding
from creditor.terms.provenance import Origin, worst_grade

COLUMNS = ("economy", "instrument", "share", "perimeter", "source", "vintage", "grade")
MORE = ("maturing_share", "refixed_share", "money")
INSTRUMENTS = ("bills", "fixed", "floating", "indexed", "foreign", "official")
OTHER = "other"  # in own money, of a kind that is not told: it runs as fixed
ABROAD = "abroad"


@dataclass(frozen=True)
class Pool:
    """One instrument of a debt.

    Parameters
    ----------
    kind : str
        One of `INSTRUMENTS`, or ``other`` for debt in own money whose kind is not told.
    share : float
        Of the debt of the perimeter.
    maturing : float or None
        Share of the pool that falls due in a year; None where it follows from the average maturity.
    refixed : float
        Share of the pool whose rate is set anew within the year.
    abroad : bool
        Whether it is owed in foreign money.
    perimeter : str
        The debt that the share is of.
    origin : Origin
    """

    kind: str
    share: float
    maturing: float | None
    refixed: float
    abroad: bool
    perimeter: str
    origin: Origin


@functools.cache
def pools(economy: str) -> tuple[Pool, ...]:
    """The instruments of an economy's debt; empty where they are not published.

    Examples
    --------
    >>> [(pool.kind, pool.share, pool.maturing) for pool in pools("USA")][:2]
    [('bills', 0.210008, 1.0), ('floating', 0.02143, 0.5)]
    """
    found = []
    for row in debt_rows("instruments.csv", COLUMNS, MORE):
        if row["economy"] != economy:
            continue
        kind, maturing, refixed = row["instrument"], row["maturing_share"], row["refixed_share"]
        own = 1.0 if kind in ("bills", "floating") else 0.0
        found.append(
            Pool(
                kind,
                float(row["share"]),
                float(maturing) if maturing else None,
                float(refixed) if refixed else own,
                kind == "foreign" or row["money"] == ABROAD,
                row["perimeter"],
                Origin(row["source"], row["vintage"], row["grade"]),
            )
        )
    if found:
        whole([pool.share for pool in found], f"instruments.csv: {economy}")
    return tuple(found)


def of_model(economy: str, foreign_share: float, maturity: float) -> dict[str, Pool]:
    """The pools that the debt model runs: shares of all debt that add up, with every maturity filled.

    Parameters
    ----------
    economy : str
    foreign_share : float
        Of the debt in foreign money; it stands where the split has none.
    maturity : float
        Average maturity in years, where what falls due is not published.

    Returns
    -------
    dict of kind to Pool
        Debt of a kind that is not told is in the pool ``fixed``.

    Examples
    --------
    >>> [(kind, round(pool.share, 3)) for kind, pool in of_model("BEL", 0.0, 10.5).items()]
    [('bills', 0.081), ('fixed', 0.919), ('foreign', 0.0)]
    """
    nothing = Origin("assumption: one pool in own money", "", "C")
    told = list(pools(economy)) or [Pool(OTHER, 1.0, None, 0.0, False, "", nothing)]
    if not any(pool.abroad for pool in told):
        told = [replace(pool, share=pool.share * (1.0 - foreign_share)) for pool in told]
        told.append(Pool("foreign", foreign_share, None, 0.0, True, "", nothing))
    found: dict[str, Pool] = {}
    for pool in told:
        kind = "fixed" if pool.kind == OTHER else pool.kind
        full = replace(pool, maturing=1.0 / maturity if pool.maturing is None else pool.maturing)
        found[kind] = _merged(found[kind], full) if kind in found else full
    return found


def _merged(one: Pool, other: Pool) -> Pool:
    """Two pools as one: shares added, what falls due and is set anew by their weights."""
    share = one.share + other.share
    weight = one.share / share
    maturing = weight * (one.maturing or 0.0) + (1 - weight) * (other.maturing or 0.0)
    refixed = weight * one.refixed + (1 - weight) * other.refixed
    return replace(one, share=share, maturing=maturing, refixed=refixed)


def foreign_money(economy: str) -> tuple[float, Origin] | None:
    """Share of the debt in foreign money by its instruments; None where the split does not tell it.

    Examples
    --------
    >>> share, origin = foreign_money("IDN")
    >>> round(share, 3), origin.grade
    (0.284, 'B')
    """
    abroad = [pool for pool in pools(economy) if pool.abroad]
    if not abroad:
        return None
    sources = dict.fromkeys(pool.origin.source for pool in abroad)
    grade = worst_grade(pool.origin.grade for pool in abroad)
    vintage = max(pool.origin.vintage for pool in abroad)
    return sum(pool.share for pool in abroad), Origin("; ".join(sources), vintage, grade)


def by_kind(economy: str) -> Mapping[str, float]:
    """Shares by kind as they are published, largest first."""
    shares: dict[str, float] = {}
    for pool in pools(economy):
        shares[pool.kind] = shares.get(pool.kind, 0.0) + pool.share
    return dict(sorted(shares.items(), key=lambda item: -item[1]))


def told(economy: str) -> list[Finding]:
    """What is known of the instruments of a debt, and what is not: findings for a reader.

    Examples
    --------
    >>> [finding.place for finding in told("ITA")]
    ['instruments']
    """
    shares = by_kind(economy)
    if not shares:
        sentence = "Bills, floating and indexed debt are not told apart in the figures: debt in own "
        sentence += "money is one pool, and what falls due in a year is likely more than what is shown."
        return [Finding("warning", "instruments", sentence, mend="an official split would settle it")]
    rows = pools(economy)
    dates = sorted({pool.origin.vintage for pool in rows})
    when = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"
    grade = worst_grade(pool.origin.grade for pool in rows)
    sentence = f"Debt is split into instruments as published for {when} (grade {grade}), of "
    sentence += f"{rows[0].perimeter}; the split stands for all debt, and new debt keeps it."
    split = ", ".join(f"{kind} {100 * share:.0f} %" for kind, share in shares.items())
    found = [Finding("note", "instruments", sentence, split)]
    if OTHER in shares:
        missing = [kind for kind in ("bills", "floating", "indexed") if kind not in shares]
        sentence = f"Of debt in own money, {100 * shares[OTHER]:.0f} % of all debt, the kind is not told: it "
        sentence += "runs as fixed debt."
        if missing:
            names = " and ".join(", ".join(missing).rsplit(", ", 1))
            sentence = f"{sentence[:-1]}; {names} debt {'is' if len(missing) == 1 else 'are'} not told apart."
        found.append(Finding("warning", "instruments", sentence, mend="an official split would settle it"))
    return found
