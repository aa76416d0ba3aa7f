"""Owns the ranges of an economy: how far off its assumptions and proxies may be, as its library file says."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Troubles
from creditor.ledger.claims import Claim
from creditor.opening.carry import bounds
from creditor.opening.opening import Opening
from creditor.terms import library
from creditor.terms.provenance import Origin
from creditor.terms.suggest import mend_with

FILE = "ranges.toml"
RANGE = ("issuer", "instrument", "unit", "grade", "source", "holders")
HOLDER = ("holder", "low", "high")
PROXY = ("by", "instrument", "grade", "source")
UNITS = ("percent", "money")
CORRECTED = "correction"  # set of claims that a correction has moved: they are what the correction says


@dataclass(frozen=True, slots=True)
class Range:
    """How much of an instrument a holder may have.

    Parameters
    ----------
    issuer, instrument, holder : str
    low, high : float
        In percent of the instrument, or in billions of the currency.
    percent : bool
        Which of the two.
    origin : Origin
    where : str
        File and line.
    """

    issuer: str
    instrument: str
    holder: str
    low: float
    high: float
    percent: bool
    origin: Origin
    where: str = ""


@dataclass(frozen=True, slots=True)
class Proxy:
    """How far shares of household groups may be off that are taken from a wider category.

    Parameters
    ----------
    by, instrument : str
        Division and instrument whose shares are a proxy.
    inside : str
        ``indicator/perimeter`` of the amount that is in the category and not in the instrument; or empty.
    first : tuple of str
        Groups that would have all of it first, in this order; empty where any group may have it.
    spread : float
        In percent of the share, up and down, where nothing says what else is in the category.
    origin : Origin
    """

    by: str
    instrument: str
    inside: str
    first: tuple[str, ...]
    spread: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class Ranges:
    """All ranges of an economy; both empty where it has no file."""

    ranges: tuple[Range, ...] = ()
    proxies: tuple[Proxy, ...] = ()


def ranges_of(code: str) -> Ranges:
    """The ranges of an economy's folder.

    Raises
    ------
    InputError
        C112 or L410, all troubles of the file at once.

    Examples
    --------
    >>> sorted(entry.holder for entry in ranges_of("USA").ranges if entry.instrument == "currency")
    ['households_and_nonprofits', 'rest_of_world']
    """
    path = library.ROOT / "countries" / code / FILE
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else Ranges()


@functools.lru_cache(maxsize=64)
def _read(path: Path, _stamp: int) -> Ranges:
    return read_ranges(path)


def read_ranges(path: Path) -> Ranges:
    """Read a file of ranges."""
    tables, troubles = library.read_toml(path), Troubles()
    ranges = [entry for table in tables.get("range", []) for entry in _range(table, path, troubles)]
    proxies = [_proxy(table, path, troubles) for table in tables.get("proxy", [])]
    for name in sorted(set(tables) - {"schema", "range", "proxy"}):
        troubles.add(
            "F306",
            library.place_of(path, f"[[{name}]]"),
            f"[[{name}]] is not known",
            "",
            mend_with(name, ("range", "proxy")),
        )
    troubles.raise_if_any(InputError)
    return Ranges(tuple(ranges), tuple(proxy for proxy in proxies if proxy))


def _range(table: Mapping[str, Any], path: Path, troubles: Troubles) -> list[Range]:
    inside = f'issuer = "{table.get("issuer")}"', f'instrument = "{table.get("instrument")}"'
    place = library.place_of(path, *inside)
    if not _has(table, RANGE, place, troubles):
        return []
    if table["unit"] not in UNITS:
        troubles.add(
            "U501",
            library.place_of(path, *inside, "unit ="),
            f"unit {table['unit']!r}",
            "",
            mend_with(str(table["unit"]), UNITS),
        )
    found = []
    for row in table["holders"]:
        if not _has(row, HOLDER, place, troubles):
            continue
        low, high = row["low"], row["high"]
        where = library.place_of(path, *inside, f'holder = "{row["holder"]}"')
        if not 0 <= low <= high:
            troubles.add("L410", where, f"{row['holder']}: {low} to {high}", "", "write 0 <= low <= high")
        percent = table["unit"] == "percent"
        head = (str(table["issuer"]), str(table["instrument"]), str(row["holder"]))
        found.append(Range(*head, float(low), float(high), percent, _origin(table), where))
    return found


def _proxy(table: Mapping[str, Any], path: Path, troubles: Troubles) -> Proxy | None:
    place = library.place_of(path, "[[proxy]]", f'instrument = "{table.get("instrument")}"')
    if not _has(table, PROXY, place, troubles):
        return None
    inside, spread = str(table.get("inside", "")), float(table.get("spread", 0.0))
    if bool(inside) == bool(spread) or not 0 <= spread <= 100:
        troubles.add("C112", place, "neither inside nor spread, or both", "", "give one of them")
    first = tuple(map(str, table.get("first", ())))
    return Proxy(str(table["by"]), str(table["instrument"]), inside, first, spread, _origin(table))


def _has(table: Mapping[str, Any], keys: Iterable[str], place: str, troubles: Troubles) -> bool:
    absent = [key for key in keys if table.get(key) in (None, "")]
    for key in absent:
        troubles.add("C112", place, f"{key} is missing", "it is needed", "add it")
    return not absent


def _origin(table: Mapping[str, Any]) -> Origin:
    return Origin(str(table["source"]), str(table.get("vintage", "")), str(table["grade"]))


def stated(opening: Opening, ranges: Ranges) -> dict[int, tuple[float, float]]:
    """Ranges of the amounts of an opening's claims, by id of the claim.

    Parameters
    ----------
    opening : Opening
    ranges : Ranges

    Returns
    -------
    dict of id(claim) to (low, high)
        Where a consolidated issuer is gone, its instruments are found with the debtor. Claims that a
        correction has moved are exactly what it says.
    """
    issuers = set(opening.ledger.issuers)
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in opening.ledger:
        groups.setdefault((claim.issuer, claim.instrument), []).append(claim)
    found = {
        id(claim): (float(claim.amount), float(claim.amount))
        for claim in opening.ledger
        if claim.set_name == CORRECTED
    }
    whole = opening.country
    carried = bounds(whole.settings, whole.claims, opening.perimeter, opening.period)
    for claim in opening.ledger:
        if claim.holder in carried and claim.grade == "C" and claim.issuer == opening.debtor:
            found.setdefault(id(claim), (float(carried[claim.holder][0]), float(carried[claim.holder][1])))
    promised = opening.country.settings.get("beneficiaries", {})
    for entry in ranges.ranges:
        names = (entry.holder, promised.get(entry.holder))  # under I2 a fund stands for those it promises to
        issuer = entry.issuer if entry.issuer in issuers else opening.debtor
        claims = groups.get((issuer, entry.instrument), [])
        total = float(sum(claim.amount for claim in claims))
        scale = total / 100 if entry.percent else 1.0
        for claim in claims:
            if claim.holder in names and claim.set_name != CORRECTED:
                amount = float(claim.amount)
                found[id(claim)] = (min(entry.low * scale, amount), max(entry.high * scale, amount))
    return found


def missed(claims: Iterable[Claim], ranges: Ranges) -> list[tuple[str, str]]:
    """Figures that lie outside their own range, and ranges without a figure: file and line, and a sentence.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> missed(load_country("USA").claims, ranges_of("USA"))
    []
    """
    listed, told = list(claims), []
    for entry in ranges.ranges:
        mine = [c for c in listed if (c.issuer, c.instrument) == (entry.issuer, entry.instrument)]
        held = [claim for claim in mine if claim.holder == entry.holder]
        name = f"{entry.holder} <- {entry.issuer}, {entry.instrument}"
        if not held:
            told.append((entry.where, f"{name}: there is no such claim"))
        for claim in held:
            total = sum(c.amount for c in mine if c.set_name == claim.set_name)
            scale = float(total) / 100 if entry.percent else 1.0
            if not entry.low * scale <= float(claim.amount) <= entry.high * scale:
                told.append(
                    (entry.where, f"{name}, {claim.period}: {float(claim.amount):g} is not in its range")
                )
    return told


def proxy_shares(
    proxy: Proxy, weights: Mapping[str, float], inside: float | None
) -> dict[str, tuple[float, float]]:
    """The least and most share of each group under a proxy.

    Parameters
    ----------
    proxy : Proxy
    weights : mapping of group to float
        What each group has of the wider category.
    inside : float or None
        Amount in the category that is not in the instrument; None where it is not known.

    Returns
    -------
    dict of group to (low, high)
        One end is in proportion to the category; at the other end the amount inside is taken from the groups
        that are `first` in turn, or, where none is named, from the group in question or from the others.

    Examples
    --------
    >>> case = Proxy("wealth", "debt_securities", "x/y", ("rich",), 0.0, Origin(""))
    >>> proxy_shares(case, {"rich": 60.0, "poor": 40.0}, 50.0)
    {'rich': (0.2, 0.6), 'poor': (0.4, 0.8)}
    """
    total = sum(weights.values())
    plain = {group: weight / total for group, weight in weights.items()}
    if proxy.spread:
        part = proxy.spread / 100
        return {g: (share * (1 - part), min(1.0, share * (1 + part))) for g, share in plain.items()}
    if inside is None or inside >= total:
        return {group: (0.0, 1.0) for group in weights}
    left = total - inside
    if not proxy.first:
        return {g: (max(0.0, w - inside) / left, min(w, left) / left) for g, w in weights.items()}
    taken, rest = dict.fromkeys(weights, 0.0), inside
    for group in (*proxy.first, *(name for name in weights if name not in proxy.first)):
        taken[group] = min(weights.get(group, 0.0), rest)
        rest -= taken[group]
    other = {group: (weight - taken[group]) / left for group, weight in weights.items()}
    return {g: (min(plain[g], other[g]), max(plain[g], other[g])) for g in weights}
