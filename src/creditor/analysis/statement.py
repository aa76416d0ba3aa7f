"""Owns the statement: what one person or household is owed, promised and taxed, and what was bought."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from creditor.analysis.creditors import SEPARATOR, division, final_parts, holdings
from creditor.analysis.incidence import group_taxes, person_taxes
from creditor.analysis.intervals import intervals
from creditor.analysis.lines import BILLION, UNKNOWN, Line, counts_of, fact_of, interest_of, merged
from creditor.analysis.person import Person
from creditor.errors import InputError, MissingError, Trouble
from creditor.ledger.lookthrough import DIRECT
from creditor.ledger.treatments import Treatment
from creditor.opening.country import Country
from creditor.opening.opening import Opening, open_economy
from creditor.terms.provenance import Origin
from creditor.terms.suggest import mend_with
from creditor.terms.vocabulary import groups, title_of

BOUGHT = (
    ("outlays_social_security", "Social Security, a year"),
    ("outlays_medicare", "Medicare, a year"),
    ("outlays_defense", "Defence, a year"),
    ("outlays_medicaid", "Medicaid, a year"),
    ("property", "Federal property, plant and equipment"),
    ("assets", "All federal assets"),
    ("liabilities", "All federal liabilities"),
)


@dataclass(frozen=True)
class Statement:
    """What is owed to someone, and what the debt costs.

    Parameters
    ----------
    title : str
        Whose.
    per : str
        ``household`` or ``person``.
    owed : tuple of Line
        Legal claims that the debt stands behind, by channel; the total is `total`.
    total, borne : Line
        All of `owed`, and the part on which a loss would fall on them.
    promises : tuple of Line
        Contingent, never netted.
    interest : Line
        Of one year, on what is owed.
    taxes : tuple of Line
        Of the same year, one for each rule that there are figures for.
    bought : tuple of Line
    absent : tuple of str
        What no source tells, each named.
    findings : tuple of (place, sentence)
    """

    title: str
    per: str
    owed: tuple[Line, ...]
    total: Line
    borne: Line
    promises: tuple[Line, ...]
    interest: Line
    taxes: tuple[Line, ...]
    bought: tuple[Line, ...]
    absent: tuple[str, ...]
    notes: tuple[tuple[str, str], ...] = field(default=())

    @property
    def signs(self) -> dict[str, str]:
        """For each rule whether the taxes are more or less than the interest, or cannot be told."""
        found = {}
        for tax in self.taxes:
            if tax.low > self.interest.high:
                found[tax.key] = "more"
            elif tax.high < self.interest.low:
                found[tax.key] = "less"
            else:
                found[tax.key] = "undecided"
        return found


def group_name(by: str, text: str) -> str:
    """The group that is meant: `next40`, `55-69`, `70+` or as the vocabulary writes it.

    Raises
    ------
    InputError
        U501 with the nearest names.

    Examples
    --------
    >>> group_name("wealth", "next40"), group_name("age", "55-69")
    ('next_40', 'age_55_69')
    """
    known = {name: word for name, word in groups().items() if word.role == by}
    plain = {_plain(name.removeprefix("age_")): name for name in known}
    plain |= {_plain(name): name for name in known}
    wanted = _plain(text.replace("+", "plus"))
    if wanted not in plain:
        mend = mend_with(text, list(known))
        raise InputError(Trouble("U501", f"--{by}", f"no group {text!r}", "", mend))
    return plain[wanted]


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def group_statement(country: Country, by: str, group: str) -> Statement:
    """The statement of one household of a group.

    Raises
    ------
    MissingError
        F303 where the economy has no such groups, or no figures for the interest.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> made = group_statement(load_country("USA"), "wealth", "next_40")
    >>> 20_000 < made.total.amount < 60_000
    True
    """
    counts = counts_of(country, by)
    if group not in counts:
        what = f"{country.code} has no households by {by}"
        raise MissingError(Trouble("F303", f"--{by}", what, "", "ask for the United States"))
    number, everyone = counts[group], math.fsum(counts.values())
    opening = _opened(country, "owed_to")
    owed, total = _owed(opening, by, group, number)
    _, borne = _owed(_opened(country, "borne_by"), by, group, number)
    interest, origin = interest_of(country)
    debt = float(opening.total)
    received = _scaled(total, interest / debt, "interest", "Interest of a year on what is owed", origin)
    taxes, absent = group_taxes(country, interest, origin, group, number, everyone)
    absent += ["promises by group: only the balances of the funds are known"]
    if by == "age":
        absent.append("taxes by age: income tax and all taxes are not in the figures")
    word = groups()[group]
    return Statement(
        word.title, "household", owed, total, borne, _promises(country, everyone), received, taxes,
        _bought(country, everyone), tuple(absent + _unknown(country)),
    )  # fmt: skip


def person_statement(country: Country, person: Person) -> Statement:
    """The statement of one person.

    Examples
    --------
    >>> from creditor.analysis.person import read_person
    >>> from creditor.opening.country import load_country
    >>> made = person_statement(load_country("USA"), read_person("teacher_california"))
    >>> made.borne.high
    0.0
    """
    everyone = math.fsum(counts_of(country, "wealth").values())
    interest, origin = interest_of(country)
    low, high = person.claim
    least, most = person.debt_share
    plan = f"Claim on {person.plan}"
    worth = person.benefit.origin if person.benefit else person.plan_origin
    claim = Line("plan", plan, low if low == high else None, low, high, worth)
    inside = merged([person.plan_origin, worth])
    total = Line("total", "of which the state's debt stands behind", None, low * least, high * most, inside)
    own = person.kind == "defined_contribution"
    borne = Line("borne", "A loss on it that would fall on this person", None if own else 0.0,
                 total.low if own else 0.0, total.high if own else 0.0, person.plan_origin)  # fmt: skip
    debt = float(_opened(country, "owed_to").total)
    received = _scaled(total, interest / debt, "interest", "Interest of a year on that debt", origin)
    taxes, absent = person_taxes(country, person, interest, origin, everyone)
    bearer = "the member" if own else person.sponsor_title
    notes = [("plan", f"A loss of the plan falls first on {bearer}.")]
    if not own:
        sentence = (
            "Interest on what the plan holds goes to the plan; a defined benefit does not depend on it."
        )
        notes.append(("interest", sentence))
    absent.append("claims outside the pension plan: the file does not say")
    absent.append(f"how much of {person.plan} is the state's debt: only the asset mix is printed")
    return Statement(
        person.title, "person", (claim,), total, borne, _promises(country, everyone), received, taxes,
        _bought(country, everyone), tuple(absent + _unknown(country)), tuple(notes),
    )  # fmt: skip


def _opened(country: Country, view: str) -> Opening:
    perimeters = country.settings["perimeters"]
    chosen = "public" if "public" in perimeters else str(country.settings["headline_perimeter"])
    return open_economy(country, Treatment(), chosen, view=view)


def _owed(opening: Opening, by: str, group: str, number: float) -> tuple[tuple[Line, ...], Line]:
    """Per household of the group: by channel, and in all with its interval."""
    parts = final_parts(opening).parts
    divide, _ = division(opening, by)
    sums: dict[tuple[str, str], list[float]] = {}
    origins: dict[tuple[str, str], list[Origin]] = {}
    for part in parts:
        if part.owner not in opening.households:
            continue
        for name, share, origin in divide(part):
            if name == f"{part.owner}{SEPARATOR}{group}":
                channel = part.last, part.instrument
                sums.setdefault(channel, []).append(part.amount * float(share))
                origins.setdefault(channel, []).append(origin)
    scale = BILLION / number
    lines = []
    for channel, amounts in sums.items():  # an interval is known for all channels together only
        amount = math.fsum(amounts) * scale
        name = "@".join(piece for piece in reversed(channel) if piece)
        title = _channel(*channel)
        lines.append(Line(name, title, amount, UNKNOWN, UNKNOWN, merged(origins[channel])))
    lines.sort(key=lambda line: -(line.amount or 0.0))
    name = f"{opening.households[0]}{SEPARATOR}{group}"
    found = [h for h in holdings(parts, opening, by)[0] if h.name == name]
    bounds = intervals(opening, found, by)[name]
    title = (
        "All that the debt stands behind"
        if opening.view == "owed_to"
        else "A loss on it that would fall on them"
    )
    ends = bounds.low * scale, bounds.high * scale
    return tuple(lines), Line(opening.view, title, found[0].amount * scale, *ends, found[0].origin)


def _channel(last: str, instrument: str) -> str:
    if last == DIRECT:
        return "Treasury securities held directly"
    return f"{title_of(instrument)} ({title_of(last).lower()})"


def _scaled(line: Line, factor: float, key: str, title: str, origin: Origin) -> Line:
    amount = None if line.amount is None else line.amount * factor
    return Line(key, title, amount, line.low * factor, line.high * factor, merged([line.origin, origin]))


def _promises(country: Country, everyone: float) -> tuple[Line, ...]:
    """What government funds hold for those to whom benefits are promised, per household of all."""
    period = str(country.settings["headline_period"])
    mapped = country.settings.get("beneficiaries", {})
    rows, _ = _funds(country, set(mapped), period)
    found = []
    for fund, amount, origin in rows:
        scaled = amount * BILLION / everyone
        found.append(Line(fund, f"{title_of(fund)}, per household of all", scaled, scaled, scaled, origin))
    return tuple(sorted(found, key=lambda line: -(line.amount or 0.0)))


def _funds(country: Country, funds: set[str], period: str) -> tuple[list[tuple[str, float, Origin]], str]:
    """Claims of government funds at a period."""
    claims = [
        c for c in country.claims if c.holder in funds and c.issuer == country.debtor and c.period == period
    ]
    return [(claim.holder, float(claim.amount), claim.origin) for claim in claims], period


def _bought(country: Country, everyone: float) -> tuple[Line, ...]:
    found = []
    for indicator, title in BOUGHT:
        fact = fact_of(country, indicator, "federal")
        if fact is not None:
            amount = float(fact.value) * BILLION / everyone
            origin = Origin(f"{fact.origin.source}, {fact.period}", fact.origin.vintage, fact.origin.grade)
            found.append(Line(indicator, f"{title}, per household of all", amount, amount, amount, origin))
    return tuple(found)


def _unknown(country: Country) -> list[str]:
    lacking = [title for indicator, title in BOUGHT if fact_of(country, indicator, "federal") is None]
    return [
        *lacking,
        "the roads, schools and other public capital of states and cities",
        "benefits promised beyond the balances of the funds",
        "the number of persons: per head is per household",
    ]
