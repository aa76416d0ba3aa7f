"""Owns what was known at a date: a country folder without what was published later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from creditor.errors import MissingError, Trouble
from creditor.facts.vintages import as_known_at
from creditor.ledger.claims import Claim
from creditor.opening.country import PASSED_ON, Country, Weight
from creditor.opening.perimeter import periods_of
from creditor.terms.periods import parse_period

T = TypeVar("T", Claim, Weight)
KNOWN_AT = "known_at"  # setting of a country as known at a date, for messages


def as_known(country: Country, date: str) -> Country:
    """A country as it was known at a date.

    Of a fact that was printed several times the greatest vintage not later than the date is kept, that of
    the same publisher first. A set of holders at one period is kept whole or left out: sets are never mixed.

    Parameters
    ----------
    country : Country
    date : str
        A period such as ``2025-10``; its last day counts.

    Raises
    ------
    InputError
        T204 for a text that is no period.
    MissingError
        F302 where no holders were known yet, with the first vintage of each set.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> old = as_known(load_country("JPN"), "2025-10")
    >>> float(latest_fact(old, "debt_gdp", "general-government", "2024").value)
    236.66
    """
    parse_period(date, "--as-known-at")
    claims = _whole(country.claims, lambda claim: (claim.set_name, claim.period), date)
    if not any(claim.perimeter not in PASSED_ON for claim in claims):
        raise _nothing(country, date)
    return replace(
        country,
        settings={**country.settings, KNOWN_AT: date},
        claims=claims,
        splits=_whole(country.splits, lambda row: (row.labels[0], row.labels[2], row.period), date),
        groups=_whole(country.groups, lambda row: (row.labels[0], row.labels[2], row.period), date),
        facts=_latest(country.facts, date),
        known_at=date,
    )


def with_headline(known: Country) -> Country:
    """A country as known at a date, its headline moved to the newest set known where the usual one was not.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> with_headline(as_known(load_country("ITA"), "2025-10")).settings["headline_perimeter"]
    'investor-base'
    """
    usual = str(known.settings["headline_perimeter"])
    if periods_of(known, usual):
        return known
    other = [(periods_of(known, name), name) for name in known.settings["perimeters"]]
    found = [(periods[-1], name) for periods, name in other if periods]
    if not found:
        return known
    period, name = max(found, key=lambda one: parse_period(one[0]).last_day)
    note = {
        "severity": "warning",
        "place": name,
        "sentence": f"The usual perimeter, {usual}, was published later than {known.known_at}; this is the "
        "newest whose holders were known.",
    }
    moved = {"headline_perimeter": name, "headline_period": period}
    notes = [*known.settings.get("notes", []), note]
    return replace(known, settings={**known.settings, **moved, "notes": notes})


def latest_fact(country: Country, indicator: str, perimeter: str, period: str) -> Weight | None:
    """The latest printing of a fact; None where there is none.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> latest_fact(load_country("JPN"), "debt_gdp", "general-government", "2024").origin.vintage
    '2026-04'
    """
    found = [f for f in country.facts if f.labels == (indicator, perimeter) and f.period == period]
    return max(found, key=lambda fact: _day(fact.origin.vintage), default=None)


def _known(row: Claim | Weight, date: str) -> bool:
    """Whether every release that a row is made from was out; an assumption has no date."""
    vintages = [part for part in row.origin.vintage.split("; ") if part]
    return all(as_known_at([vintage], date) for vintage in vintages)


def _whole(rows: Sequence[T], key: Callable[[T], object], date: str) -> tuple[T, ...]:
    """Rows of those groups that are known to the last row."""
    later = {key(row) for row in rows if not _known(row, date)}
    return tuple(row for row in rows if key(row) not in later)


def _latest(facts: Iterable[Weight], date: str) -> tuple[Weight, ...]:
    printings: dict[tuple[tuple[str, ...], str], list[Weight]] = {}
    for fact in facts:
        printings.setdefault((fact.labels, fact.period), []).append(fact)
    kept = []
    for found in printings.values():
        publisher = _publisher(max(found, key=lambda fact: _day(fact.origin.vintage)))
        known = [fact for fact in found if _known(fact, date)]
        same = [fact for fact in known if _publisher(fact) == publisher] or known
        if same:
            kept.append(max(same, key=lambda fact: _day(fact.origin.vintage)))
    return tuple(kept)


def _publisher(fact: Weight) -> str:
    return fact.origin.source.partition(",")[0]


def _day(vintage: str) -> str:
    return max((parse_period(part).last_day.isoformat() for part in vintage.split("; ") if part), default="")


def _nothing(country: Country, date: str) -> MissingError:
    first: dict[str, str] = {}
    for claim in country.claims:
        day = _day(claim.origin.vintage)
        if day and claim.perimeter not in PASSED_ON:
            first[claim.set_name] = min(first.get(claim.set_name, day), day)
    told = "; ".join(f"{name} since {day}" for name, day in sorted(first.items(), key=lambda item: item[1]))
    what = f"no holders of the debt of {country.called} were known at {date}"
    return MissingError(
        Trouble("F302", "--as-known-at", what, "every set was published later", f"known: {told}")
    )
