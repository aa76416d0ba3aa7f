"""Owns intervals: for each holding the least and the most that the sources, ranges and corrections allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from operator import eq

from creditor.analysis.creditors import SEPARATOR, Divider, Holding, division, kind_of
from creditor.ledger.bounds import EXACT, Group, Interval, Share, Uncertain, uncertain
from creditor.ledger.claims import UNALLOCATED, Claim
from creditor.ledger.lookthrough import DIRECT, Part
from creditor.ledger.network import build
from creditor.opening.corrections import applies, corrected, known_corrections
from creditor.opening.country import NUMBER
from creditor.opening.opening import Opening, nearest_rows
from creditor.opening.ranges import Ranges, proxy_shares, ranges_of, stated
from creditor.terms.vocabulary import sectors

NOTHING: Share = (0.0, 0.0)
NOT_ALLOCATED = "not allocated"  # the kind


Wanted = Callable[[str], bool]


@dataclass(frozen=True)
class _Case:
    """One ledger to be bounded: with its uncertain cells and what of each claim may count for whom."""

    cells: Uncertain
    counts: Mapping[int, Mapping[str, Share]]
    direct: frozenset[int]  # claims on the debtor itself

    def of(self, wanted: Wanted, rest: bool) -> Interval:
        """The least and the most that those who are wanted can have together."""
        shares: dict[int, Share] = {}
        for key, counts in self.counts.items():
            mine = [share for name, share in counts.items() if wanted(name)]
            if mine:
                low, high = sum(low for low, _ in mine), sum(high for _, high in mine)
                shares[key] = min(1.0, low), min(1.0, high)
        low, high = self.cells.bounds(lambda claim: shares.get(id(claim), NOTHING), rest)
        alone = not rest and set(shares) <= self.direct
        return Interval(low, high, EXACT if alone else self.cells.kind)


def intervals(opening: Opening, found: Iterable[Holding], by: str = "") -> dict[str, Interval]:
    """The interval of each holding of an answer.

    Parameters
    ----------
    opening : Opening
        As published, not corrected.
    found : iterable of Holding
        Of the same opening, or of a corrected one.
    by : str
        How the holdings are divided.

    Returns
    -------
    dict of holding name to Interval
        In the unit of the ledger. It contains the holding in every case that the library knows: as published,
        and with each correction that applies.

    Examples
    --------
    >>> from creditor.analysis.creditors import final_parts, holdings
    >>> from creditor.ledger.treatments import Treatment
    >>> from creditor.opening.country import load_country
    >>> from creditor.opening.opening import open_economy
    >>> opened = open_economy(load_country("USA"), Treatment(), "public")
    >>> found, _ = holdings(final_parts(opened).parts, opened)
    >>> intervals(opened, found)["rest_of_world"].bound
    'outer'
    """
    points = {holding.name: holding.amount for holding in found}
    wanted = {name: partial(eq, name) for name in points}
    return _bounded(opening, points, wanted, by)


def kind_intervals(opening: Opening, kinds: Mapping[str, float]) -> dict[str, Interval]:
    """The interval of each kind of owner.

    Parameters
    ----------
    opening : Opening
        As published, not corrected.
    kinds : mapping of kind to float
        Amounts, as `creditor.analysis.creditors.summary` gives them, of this opening or of a corrected one.
    """
    known: dict[str, str] = {}

    def is_kind(kind: str, name: str) -> bool:
        owner = name.partition(SEPARATOR)[0]
        return known.setdefault(owner, kind_of(owner, opening)) == kind

    return _bounded(opening, kinds, {kind: partial(is_kind, kind) for kind in kinds}, "")


def _bounded(
    opening: Opening, points: Mapping[str, float], wanted: Mapping[str, Wanted], by: str
) -> dict[str, Interval]:
    cases = [opening]
    cases += [corrected(c, opening) for c in known_corrections(opening.country) if applies(c, opening)]
    ranges = ranges_of(opening.country.code)
    ready = [_case(case, ranges, by) for case in cases]
    found = {}
    for key, point in points.items():
        rest = not _told(key, opening)
        interval = reduce(Interval.hull, (case.of(wanted[key], rest) for case in ready))
        if wanted[key](UNALLOCATED) or key == NOT_ALLOCATED:
            interval = Interval(0.0, interval.high, interval.bound)
        found[key] = interval.containing(point)
    return found


def _told(name: str, opening: Opening) -> bool:
    """Whether all that a holder has is told, so that nothing of what is not allocated can be its own."""
    entry = sectors().get(name)
    fund = entry is not None and entry.parent == "intragovernmental_funds"
    return (
        fund or name == opening.country.settings["roles"]["central_bank"] or name.startswith("beneficiaries_")
    )


def _case(opening: Opening, ranges: Ranges, by: str) -> _Case:
    network = build(opening.ledger, opening.debtor, opening.through)
    cells = uncertain(opening.ledger, network, stated(opening, ranges), _group_of)
    divide, _ = division(opening, by)
    shares = _Shares(opening, ranges, by)
    looked = set(network.intermediaries)
    counts: dict[int, dict[str, Share]] = {}
    direct = frozenset(id(claim) for claim in opening.ledger if claim.issuer == opening.debtor)
    for claim in opening.ledger:
        if claim.holder not in looked and claim.issuer in cells.rows:
            counts[id(claim)] = shares.of(claim, divide)
    return _Case(cells, counts, direct)


def _group_of(claim: Claim) -> Group:
    """Claims that are shares divide all of their issuer; the others keep the total of their instrument."""
    return claim.issuer, "" if claim.valuation == "share" else claim.instrument


class _Shares:
    """What of a claim counts for which holding, at least and at most."""

    def __init__(self, opening: Opening, ranges: Ranges, by: str) -> None:
        self.opening, self.by = opening, by
        self.proxies = {proxy.instrument: proxy for proxy in ranges.proxies if proxy.by == by}
        self.rows, _ = nearest_rows(
            [row for row in opening.country.groups if row.labels[0] == by and row.labels[2] != NUMBER],
            opening.period,
        )
        self.groups = tuple(dict.fromkeys(row.labels[1] for row in self.rows))
        self.known: dict[str, dict[str, Share]] = {}

    def of(self, claim: Claim, divide: Divider) -> dict[str, Share]:
        last = DIRECT if claim.issuer == self.opening.debtor else claim.issuer
        part = Part(claim.holder, last, claim.instrument, float(claim.amount), claim.origin)
        points = {name: float(share) for name, share, _ in divide(part)}
        if claim.holder not in self.opening.households or not self.groups:
            exact = {name: (share, share) for name, share in points.items()}
            return self._foreign(claim.holder, exact)
        if set(points) == {claim.holder}:  # no shares for its instrument: any group may have it
            free = {f"{claim.holder}{SEPARATOR}{group}": (0.0, 1.0) for group in self.groups}
            return {claim.holder: (1.0, 1.0), **free}
        bounds = self._proxy(claim.instrument)
        return {
            name: _around(bounds.get(name.partition(SEPARATOR)[2]), share) for name, share in points.items()
        }

    def _foreign(self, holder: str, exact: dict[str, Share]) -> dict[str, Share]:
        """Foreigners whom a correction shows apart may be counted with all foreigners."""
        foreign = self.opening.country.settings["roles"]["foreign"]
        if holder in foreign or holder not in sectors() or sectors()[holder].role != "foreign":
            return exact
        return {**{name: (0.0, 1.0) for name in foreign}, **exact}

    def _proxy(self, instrument: str) -> dict[str, Share]:
        if instrument not in self.known:
            proxy = self.proxies.get(instrument)
            weights = {row.labels[1]: float(row.value) for row in self.rows if row.labels[2] == instrument}
            self.known[instrument] = (
                proxy_shares(proxy, weights, self._inside(proxy.inside)) if proxy and weights else {}
            )
        return self.known[instrument]

    def _inside(self, name: str) -> float | None:
        labels = tuple(name.split("/")) if name else ("", "")
        values = [fact for fact in self.opening.country.facts if fact.labels == labels]
        return float(values[-1].value) if values else None


def _around(bounds: Share | None, share: float) -> Share:
    """A range that contains its share."""
    low, high = bounds or (share, share)
    return min(low, share), max(high, share)
