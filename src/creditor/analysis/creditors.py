"""Owns the question who the creditor is: holdings by direct holder or by final owner, households divided."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from creditor.errors import InputError, MissingError, Trouble
from creditor.ledger.claims import UNALLOCATED, Claim
from creditor.ledger.lookthrough import DIRECT, LookThrough, Part, look_through
from creditor.opening.country import NUMBER
from creditor.opening.opening import Opening, nearest_rows, split_rows
from creditor.terms.custody import custody_centres
from creditor.terms.finding import Finding
from creditor.terms.provenance import Origin, worst_grade
from creditor.terms.suggest import mend_with
from creditor.terms.vocabulary import sectors, title_of

PartKey = tuple[str, str, str]
DIVISIONS = ("wealth", "age", "instrument", "country")
MATTERS = 0.05  # share of an amount from which an input decides its grade
NAMED = 0.10  # share of an amount from which an input is named in its source
SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class Holding:
    """An amount of the debt and who has it.

    Parameters
    ----------
    name : str
        Sector, or ``sector/part`` where a sector is divided.
    amount : float
        In the unit of the ledger.
    origin : Origin
    title : str
        What a reader sees.
    """

    name: str
    amount: float
    origin: Origin
    title: str


def direct_parts(opening: Opening) -> list[Part]:
    """The debt by direct holder, one part per claim.

    Examples
    --------
    >>> from creditor.ledger.treatments import Treatment
    >>> from creditor.opening.country import load_country
    >>> from creditor.opening.opening import open_economy
    >>> opened = open_economy(load_country("USA"), Treatment("T2"), "public", through=False)
    >>> len(direct_parts(opened))
    12
    """
    claims = opening.ledger.issued_by(opening.debtor)
    return [
        Part(claim.holder, DIRECT, claim.instrument, float(claim.amount), claim.origin) for claim in claims
    ]


def final_parts(opening: Opening) -> LookThrough:
    """The look-through of an opening."""
    return look_through(opening.ledger, opening.debtor, opening.through)


def holdings(
    parts: Iterable[Part], opening: Opening, by: str = "", assumed: Mapping[PartKey, float] | None = None
) -> tuple[list[Holding], list[Finding]]:
    """Sum parts into holdings, the largest first and what is not allocated last.

    Parameters
    ----------
    parts : iterable of Part
    opening : Opening
    by : str
        Empty, or a division: households by ``wealth``, ``age`` or ``instrument``; foreigners by ``country``.
    assumed : mapping of (owner, last intermediary, instrument) to float, optional
        Share of each part that rests on assumptions; decides grade C.

    Returns
    -------
    holdings : list of Holding
    findings : list of Finding
        About what could not be divided, and about proxies.

    Raises
    ------
    InputError
        U501 for a division that does not exist.
    """
    if by and by not in DIVISIONS:
        raise InputError(Trouble("U501", "--by", f"no division {by!r}", "", mend_with(by, DIVISIONS)))
    parts = list(parts)
    divide, findings = division(opening, by)
    groups: dict[str, list[tuple[Part, float, Origin]]] = {}
    for part in parts:
        for name, share, origin in divide(part):
            groups.setdefault(name, []).append((part, part.amount * float(share), origin))
    found = [_holding(name, entries, opening, assumed or {}) for name, entries in groups.items()]
    found = [entry for entry in found if entry.amount != 0]
    if by in ("wealth", "age") and any(entry.name in opening.households for entry in found):
        left = dict.fromkeys(
            part.instrument
            for part in parts
            if part.owner in opening.households and divide(part)[0][0] == part.owner
        )
        told = ", ".join(title_of(name).lower() for name in left)
        sentence = "A part of what households hold is not divided: no shares for its instrument."
        findings.append(
            Finding("warning", f"households by {by}", sentence, told, "add the shares of each group")
        )
    found.sort(key=lambda entry: (entry.name == UNALLOCATED, -entry.amount))
    return found, findings


def by_part(parts: Iterable[Part]) -> dict[PartKey, float]:
    """Amounts by owner, last intermediary and instrument."""
    sums: dict[PartKey, list[float]] = {}
    for part in parts:
        sums.setdefault((part.owner, part.last, part.instrument), []).append(part.amount)
    return {key: math.fsum(amounts) for key, amounts in sums.items()}


def is_state(name: str, opening: Opening) -> bool:
    """Whether an owner is the state itself: debtor, central bank or government fund.

    Local governments are owners of their own in the federal perimeters.
    """
    entry = sectors().get(name)
    parent = entry.parent if entry else ""
    own = {opening.debtor, opening.country.debtor, str(opening.country.settings["roles"]["central_bank"])}
    return name in own or parent == "intragovernmental_funds"


KINDS = (
    "households",
    "nonfinancial firms",
    "rest of the world",
    "state and local government",
    "the state itself",
    "beneficiaries (contingent)",
    "intermediaries",
    "other public bodies",
    "other residents",
    "residence not told",
    "not allocated",
)
ROLE_KINDS = {
    "foreign": KINDS[2],
    "household": KINDS[0],
    "firm": KINDS[1],
    "state": "other public bodies",
    "resident": "other residents",
    "mixed": "residence not told",
}


def kind_of(owner: str, opening: Opening) -> str:
    """Which of `KINDS` an owner is.

    Examples
    --------
    >>> from creditor.ledger.treatments import Treatment
    >>> from creditor.opening.country import load_country
    >>> from creditor.opening.opening import open_economy
    >>> kind_of("fund_medicare", open_economy(load_country("USA"), Treatment()))
    'the state itself'
    """
    roles = opening.country.settings["roles"]
    if is_state(owner, opening):
        return "the state itself"
    if owner.startswith("beneficiaries_"):
        return "beneficiaries (contingent)"
    if owner == UNALLOCATED:
        return "not allocated"
    if owner == str(roles["local_government"]):
        return "state and local government"
    for role, kind in (("household", KINDS[0]), ("firm", KINDS[1]), ("foreign", KINDS[2])):
        if owner in roles[role]:
            return kind
    entry = sectors().get(owner)
    return ROLE_KINDS.get(entry.role if entry else "", "intermediaries")


def summary(parts: Iterable[Part], opening: Opening) -> dict[str, float]:
    """Amounts by kind of owner: households, firms, foreigners, local government, the state itself, others."""
    sums: dict[str, list[float]] = {kind: [] for kind in KINDS}
    kinds: dict[str, str] = {}
    for part in parts:
        kind = kinds.setdefault(part.owner, kind_of(part.owner, opening))
        sums[kind].append(part.amount)
    return {kind: math.fsum(sums[kind]) for kind in KINDS if sums[kind]}


Divider = Callable[[Part], list[tuple[str, Fraction, Origin]]]


def division(opening: Opening, by: str) -> tuple[Divider, list[Finding]]:
    """How a part is divided: a function from a part to names, shares that add up to one, and origins."""
    households = opening.households
    if by in ("wealth", "age"):
        return _by_group(opening, by)
    if by == "instrument":
        return lambda part: [
            (
                _join(part.owner, part.instrument) if part.owner in households else part.owner,
                Fraction(1),
                part.origin,
            )
        ], []
    if by == "country":
        return _by_country(opening)
    return lambda part: [(part.owner, Fraction(1), part.origin)], []


def _by_group(opening: Opening, by: str) -> tuple[Divider, list[Finding]]:
    weights: dict[str, list[tuple[str, Fraction, Origin]]] = {}
    proxies = []
    wanted = [row for row in opening.country.groups if row.labels[0] == by and row.labels[2] != NUMBER]
    rows, _ = nearest_rows(wanted, opening.period)
    for row in rows:
        weights.setdefault(row.labels[2], []).append((row.labels[1], row.value, row.origin))
        if "proxy" in row.note:
            proxies.append(f"{title_of(row.labels[2])}: {row.note.removeprefix('proxy: ')}")
    if not weights:
        trouble = Trouble(
            "F303", "--by", f"{opening.country.code} has no households by {by}", "", "leave --by out"
        )
        raise MissingError(trouble)

    def divide(part: Part) -> list[tuple[str, Fraction, Origin]]:
        rows = weights.get(f"{part.instrument}@{part.last}") or weights.get(part.instrument)
        if part.owner not in opening.households or not rows:
            return [(part.owner, Fraction(1), part.origin)]
        total = sum(weight for _, weight, _ in rows)
        return [
            (_join(part.owner, name), weight / total, _merged(part.origin, origin))
            for name, weight, origin in rows
        ]

    sentence = f"Households are divided by {by} with shares of {rows[0].period}, instrument by instrument."
    told = "; ".join(dict.fromkeys(proxies))
    return divide, [Finding("note", f"households by {by}", sentence, f"proxies: {told}" if told else "")]


def _by_country(opening: Opening) -> tuple[Divider, list[Finding]]:
    foreign = opening.country.settings["roles"]["foreign"][0]
    rows, exact = split_rows(opening.country, foreign, "country", opening.period)
    if not rows:
        what = f"{opening.country.code} has no foreign holders by country"
        raise MissingError(Trouble("F303", "--by", what, "", "leave --by out"))
    total = sum((row.value for row in rows), Fraction(0))

    def divide(part: Part) -> list[tuple[str, Fraction, Origin]]:
        if part.owner != foreign or not rows:
            return [(part.owner, Fraction(1), part.origin)]
        if part.last != DIRECT:
            return [(_join(foreign, "through intermediaries"), Fraction(1), part.origin)]
        return [
            (_join(foreign, row.labels[1]), row.value / total, _merged(part.origin, row.origin))
            for row in rows
        ]

    sentence = "Foreign holdings are by place of custody, not by owner; financial centres hold for others."
    when = rows[0].period if rows else ""
    evidence = "" if exact else f"custody shares of {when}"
    return divide, [Finding("warning", "foreign holders by country", sentence, evidence)]


def _holding(
    name: str,
    entries: Sequence[tuple[Part, float, Origin]],
    opening: Opening,
    assumed: Mapping[PartKey, float],
) -> Holding:
    amount = math.fsum(value for _, value, _ in entries)
    unsure = math.fsum(value * assumed.get((p.owner, p.last, p.instrument), 0.0) for p, value, _ in entries)
    origin = _origin(entries, amount, opening, unsure / amount if amount else 0.0)
    return Holding(name, amount, origin, holding_title(name, opening))


def holding_title(name: str, opening: Opening) -> str:
    """What a reader sees for a holding."""
    owner, _, part = name.partition(SEPARATOR)
    if owner == opening.debtor and not part:
        return f"The state itself ({title_of(owner).lower()})"
    if not part:
        return title_of(owner)
    if owner in opening.households and part not in _group_names():
        held = "debt securities, held directly" if part == "debt_securities" else title_of(part).lower()
        return f"Households: {held}"
    if part == "ROW":
        return "Other foreign countries"
    if part == "through intermediaries":
        return "Foreigners, through intermediaries"
    return f"{title_of(part)} (custody centre)" if part in custody_centres() else title_of(part)


def _group_names() -> set[str]:
    from creditor.terms.vocabulary import groups

    return set(groups())


def _origin(
    entries: Sequence[tuple[Part, float, Origin]], amount: float, opening: Opening, assumed: float
) -> Origin:
    if len(entries) == 1 and entries[0][0].last == DIRECT and entries[0][2] is entries[0][0].origin:
        return entries[0][2]
    big = [
        origin for _, value, origin in sorted(entries, key=lambda entry: -entry[1]) if value >= NAMED * amount
    ]
    grade = worst_grade([*(o.grade for _, value, o in entries if value >= MATTERS * amount), "B"])
    if assumed > MATTERS:
        grade = "C"
    sources = list(dict.fromkeys(piece for origin in big for piece in origin.source.split("; ")))
    vintages = dict.fromkeys(piece for origin in big for piece in origin.vintage.split("; ") if piece)
    through = any(part.last != DIRECT for part, _, _ in entries)
    how = f"look-through {opening.treatment}" if through else "sum"
    text = f"derived: {how}; largest inputs: " + "; ".join(sources)
    return Origin(text, "; ".join(vintages), grade)


def _merged(first: Origin, second: Origin) -> Origin:
    vintages = dict.fromkeys(p for o in (first, second) for p in o.vintage.split("; ") if p)
    source = "; ".join(dict.fromkeys([*first.source.split("; "), *second.source.split("; ")]))
    return Origin(source, "; ".join(vintages), worst_grade([first.grade, second.grade, "B"]))


def _join(owner: str, part: str) -> str:
    return f"{owner}{SEPARATOR}{part}"


def rerouted(claim: Claim, holder: str) -> Claim:
    """A claim moved to another holder.

    Examples
    --------
    >>> rerouted(Claim("a", "b", Fraction(1)), "c").holder
    'c'
    """
    return replace(claim, holder=holder)
