"""Owns the look-ups of a computation: published figures, holders and final owners, as known at a date."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction

from creditor.analysis.claims_quantity import (
    PLAIN,
    Quantity,
    add,
    at_least,
    either,
    hull,
    number,
    over,
    published,
)
from creditor.analysis.creditors import direct_parts, final_parts, holdings
from creditor.analysis.intervals import intervals
from creditor.errors import InputError, MissingError, Trouble
from creditor.facts.reconcile import check_partition
from creditor.facts.vintages import as_known_at, newest
from creditor.ledger.treatments import parse_treatment
from creditor.opening.country import Country, Weight, available, load_country
from creditor.opening.known import as_known
from creditor.opening.opening import Opening, direct_treatment, open_economy
from creditor.opening.perimeter import periods_of
from creditor.terms.periods import Period, parse_period
from creditor.terms.provenance import Origin, worst_grade
from creditor.terms.suggest import mend_with
from creditor.terms.units import Unit, parse_unit
from creditor.terms.vocabulary import sectors

NEWEST = "newest"
RECENT = "recent"  # the newest, and what was the newest a quarter before
QUARTER = 100  # days
AGGREGATES = ("XLI", "ROW")
ROLES = {"foreign": "foreign", "households": "household"}


class Lack(Exception):
    """A figure that the library does not have; its text says which."""


class Figures:
    """The library as known at a date.

    Parameters
    ----------
    known_at : str
        A period; nothing of a later vintage is used. Empty for all.

    Examples
    --------
    >>> Figures().fact("USA", "net_interest", "federal", "FY2025").text
    '969.9'
    """

    def __init__(self, known_at: str = "") -> None:
        self.known_at = str(parse_period(known_at, "--as-known-at")) if known_at else ""
        self.refused: list[str] = []
        self.used: set[str] = set()
        self._openings: dict[
            tuple[str, ...], tuple[Opening, dict[str, tuple[float, Origin, float, float]]]
        ] = {}

    def functions(self) -> dict[str, Callable[..., Quantity | bool]]:
        """What a computation may call."""
        names = (
            "fact",
            "printings",
            "mean",
            "total",
            "held",
            "debt",
            "owned",
            "partition",
            "occurrences",
            "own_currency",
        )
        own: dict[str, Callable[..., Quantity | bool]] = {name: getattr(self, name) for name in names}
        gather: dict[str, Callable[..., Quantity | bool]] = {
            "between": lambda *parts: hull(parts),
            "either": lambda *parts: either(parts),
            "at_least": at_least,
        }
        return own | gather

    def group(self, name: str) -> list[str] | None:
        """Codes of a group of economies: LIBRARY, or a group of the folders such as G7; None for another."""
        members = [code for code in available() if code not in AGGREGATES]
        if name == "LIBRARY":
            return members
        found = [code for code in members if name in self._country(code).settings.get("groups", [])]
        return found or None

    def fact(
        self, economy: str, indicator: str, perimeter: str, period: str = NEWEST, vintage: str = ""
    ) -> Quantity:
        """A published figure, of its greatest vintage; ``newest`` is the newest that was over by then."""
        rows = [
            row for row in self._facts(economy, indicator, perimeter) if self._is_known(row.origin.vintage)
        ]
        if vintage:
            rows = [row for row in rows if vintage in row.origin.vintage.split("; ")]
        rows = _rows(rows, period)
        if not rows:
            when = "" if period in (NEWEST, RECENT) else f" of {period}"
            known = f" known at {self.known_at}" if self.known_at else ""
            raise Lack(f"no figure {indicator} ({perimeter}) of {self._called(economy)}{when}{known}")
        return either(_greatest(rows))

    def printings(
        self, economy: str, indicator: str, perimeter: str, period: str = NEWEST, vintage: str = ""
    ) -> Quantity:
        """Every printing of a figure as a reading of its own, whatever came later."""
        rows = [
            row for row in self._facts(economy, indicator, perimeter) if self._is_known(row.origin.vintage)
        ]
        rows = _rows(rows, period)
        if not rows:
            raise Lack(f"no figure {indicator} ({perimeter}) of {self._called(economy)} of {period}")
        return either(
            published(row.value, parse_unit(row.unit), row.origin, row.period)
            for row in rows
            if vintage in row.origin.vintage
        )

    def periods(self, economy: str, indicator: str, perimeter: str) -> list[str]:
        """Periods that a figure is known for, in order."""
        rows = self._facts(economy, indicator, perimeter)
        found = {row.period for row in rows if self._is_known(row.origin.vintage)}
        return sorted(found, key=lambda text: parse_period(text).last_day)

    def mean(self, economy: str, indicator: str, perimeter: str, first: str, last: str) -> Quantity:
        """Mean of the figures of all years from the first to the last, both named as in the facts."""
        found = self._run(economy, indicator, perimeter, first, last, "")
        return _divided(_summed(found), len(found))

    def total(
        self, economy: str, indicator: str, perimeter: str, first: str, last: str, vintage: str = ""
    ) -> Quantity:
        """Sum of the figures of all years from the first to the last."""
        return _summed(self._run(economy, indicator, perimeter, first, last, vintage))

    def _run(
        self, economy: str, indicator: str, perimeter: str, first: str, last: str, vintage: str
    ) -> list[Quantity]:
        ends = parse_period(first), parse_period(last)
        names = [str(Period(ends[0].frequency, year)) for year in range(ends[0].year, ends[1].year + 1)]
        return [self.fact(economy, indicator, perimeter, name, vintage) for name in names]

    def held(self, economy: str, perimeter: str, holder: str, period: str = "") -> Quantity:
        """What holders have directly: a sector, or ``foreign``; several joined by ``+``."""
        opening, amounts = self._opened(
            economy, perimeter, period.replace(NEWEST, "").replace(RECENT, ""), ""
        )
        return self._sum(opening, amounts, holder)

    def owned(self, economy: str, perimeter: str, owner: str, view: str = "owed_to") -> Quantity:
        """What owners have in the end, intermediaries looked through; with its interval where undivided."""
        by = "wealth" if "/" in owner else ""
        opening, amounts = self._opened(economy, perimeter, "", view, by)
        return self._sum(opening, amounts, owner, ranged=not by)

    def debt(self, economy: str, perimeter: str, period: str = "") -> Quantity:
        """The debt of a perimeter: the sum of its holders."""
        opening, amounts = self._opened(
            economy, perimeter, period.replace(NEWEST, "").replace(RECENT, ""), ""
        )
        return self._sum(opening, amounts, "+".join(amounts))

    def partition(self, whole: Quantity, **parts: Quantity) -> Quantity:
        """Sum of parts of a whole; a list that exceeds it is refused by the ledger, and the refusal kept."""
        amounts = {name.replace("_", " "): Fraction(part.spans[0][0]) for name, part in parts.items()}
        try:
            check_partition(amounts, Fraction(whole.spans[0][0]), Fraction(1, 2))
        except InputError as error:
            trouble = error.troubles[0]
            self.refused.append(f"{trouble.what} [{trouble.code}]; {trouble.why}")
        return _summed(list(parts.values()))

    def occurrences(self, economy: str, indicator: str, since: str = "0001", until: str = "9999") -> Quantity:
        """How many rows of an indicator an economy has from one year to another."""
        rows = [row for row in self._country(economy).facts if row.labels[0] == indicator]
        years = parse_period(since).year, parse_period(until).year
        found = [row for row in rows if years[0] <= parse_period(row.period).year <= years[1]]
        origins = tuple(dict.fromkeys(row.origin for row in found))
        count = Fraction(len(found))
        return Quantity(((count, count),), PLAIN, origins, tuple(row.period for row in found))

    def own_currency(self, economy: str) -> bool:
        """Whether an economy borrows in a money that it issues itself."""
        return bool(self._country(economy).settings["own_currency"])

    def _country(self, economy: str) -> Country:
        found = load_country(economy)
        self.used.add(found.code)
        return found

    def _called(self, economy: str) -> str:
        return self._country(economy).called

    def _is_known(self, vintage: str) -> bool:
        parts = [part for part in vintage.split("; ") if part]
        return not self.known_at or all(as_known_at([part], self.known_at) for part in parts)

    def _facts(self, economy: str, indicator: str, perimeter: str) -> list[Weight]:
        country = self._country(economy)
        rows = [row for row in country.facts if row.labels == (indicator, perimeter)]
        if not rows:
            raise Lack(f"the library has no {indicator} ({perimeter}) of {country.called}")
        return rows

    def _opened(
        self, economy: str, perimeter: str, period: str, view: str, by: str = ""
    ) -> tuple[Opening, dict[str, tuple[float, Origin, float, float]]]:
        key = (economy, perimeter, period, view, by)
        if key not in self._openings:
            try:
                self._openings[key] = self._open(*key)
            except MissingError as error:
                raise Lack(error.troubles[0].what) from None
            except InputError as error:
                if perimeter in self._country(economy).settings["perimeters"]:
                    raise
                raise Lack(error.troubles[0].what) from None
        return self._openings[key]

    def _open(
        self, economy: str, perimeter: str, period: str, view: str, by: str
    ) -> tuple[Opening, dict[str, tuple[float, Origin, float, float]]]:
        country = self._country(economy)
        country = as_known(country, self.known_at) if self.known_at else country
        period = _inside(country, perimeter, period)
        chosen = parse_treatment("")
        chosen = chosen if view else direct_treatment(chosen, "")
        opening = open_economy(country, chosen, perimeter, period, bool(view), view or "owed_to")
        parts = list(final_parts(opening).parts) if view else direct_parts(opening)
        found, _ = holdings(parts, opening, by if view else "")
        bounds = intervals(opening, found, by) if view else {}
        amounts = {}
        for holding in found:
            low = bounds[holding.name].low if view else holding.amount
            high = bounds[holding.name].high if view else holding.amount
            amounts[holding.name] = (holding.amount, holding.origin, low, high)
        return opening, amounts

    def _sum(
        self,
        opening: Opening,
        amounts: dict[str, tuple[float, Origin, float, float]],
        names: str,
        ranged: bool = False,
    ) -> Quantity:
        wanted = [name.strip() for name in names.split("+")]
        chosen = [held for held in amounts if any(_is(held, name) for name in wanted)]
        missing = [name for name in wanted if not any(_is(held, name) for held in amounts)]
        if missing:
            what = f"{opening.country.code} {opening.perimeter}: no holder {missing[0]!r}"
            if missing[0] in sectors() or missing[0] in ROLES:
                raise Lack(f"{opening.country.called}: {missing[0].replace('_', ' ')} are not told apart")
            raise InputError(Trouble("F310", "computation", what, "", mend_with(missing[0], amounts)))
        unit = opening.unit
        grade = worst_grade([amounts[name][1].grade for name in chosen])
        vintages = dict.fromkeys(v for name in chosen for v in amounts[name][1].vintage.split("; ") if v)
        origin = amounts[chosen[0]][1] if len(chosen) == 1 else None
        told = f"holders of the debt of {opening.country.called}, {opening.perimeter}"
        origin = origin or Origin(told, "; ".join(vintages), worst_grade(["B", grade]))
        ends = [sum(Fraction(str(amounts[name][place])) for name in chosen) for place in (2, 3)]
        middle = sum(Fraction(str(amounts[name][0])) for name in chosen)
        span = (Fraction(ends[0]), Fraction(ends[1])) if ranged else (Fraction(middle), Fraction(middle))
        return Quantity((span,), _billions(unit), (origin,), (opening.period,))


def _inside(country: Country, perimeter: str, period: str) -> str:
    """The last period inside a plain year that the holders of a perimeter are given for, or the year."""
    if len(period) != 4 or (perimeter and perimeter not in country.settings["perimeters"]):
        return period
    known = periods_of(country, perimeter or str(country.settings["headline_perimeter"]))
    return next((one for one in reversed(known) if str(parse_period(one).year) == period), period)


def _is(held: str, name: str) -> bool:
    """Whether a holder, or a part of one, is meant by a name, a wider sector or a role."""
    if held == name or held.startswith(f"{name}/"):
        return True
    sector = held.partition("/")[0]
    entry = sectors().get(sector)
    if name in ROLES:
        return entry is not None and entry.role == ROLES[name]
    while entry is not None and entry.parent:
        if entry.parent == name:
            return True
        entry = sectors().get(entry.parent)
    return False


def _billions(unit: Unit) -> Unit:
    return Unit("money", unit.of, 10**9) if unit.measure == "money" else unit


def _rows(rows: list[Weight], period: str) -> list[Weight]:
    """Rows of a period, of the newest, or of the newest and a quarter before."""
    if period in (NEWEST, RECENT):
        return _newest(rows, QUARTER if period == RECENT else 0)
    return _at(rows, period)


def _newest(rows: list[Weight], days: int = 0) -> list[Weight]:
    """Rows of the newest period that was over when they were published, or so many days before."""
    ended = [row for row in rows if parse_period(row.period).last_day <= _published_at(row)]
    ends = [parse_period(row.period).last_day for row in ended]
    return [row for row, day in zip(ended, ends, strict=True) if (max(ends) - day).days <= days]


def _published_at(row: Weight) -> datetime.date:
    vintage = newest([row.origin.vintage])
    return parse_period(vintage or row.period).last_day


def _at(rows: list[Weight], period: str) -> list[Weight]:
    """Rows of a period by its name or its last day; of a year also its fiscal year, or all that it has.

    The last day of a year is the date of a stock; a rate or flow of one month does not stand for the year.
    """
    if named := [row for row in rows if row.period == period]:
        return named
    wanted = parse_period(period, "computation")
    at_end = [row for row in rows if parse_period(row.period).last_day == wanted.last_day]
    if wanted.frequency != "year":
        return at_end
    inside = [row for row in rows if parse_period(row.period).year == wanted.year]
    fiscal = [row for row in inside if row.period.startswith("FY")]
    if at_end and not parse_unit(at_end[0].unit).is_flow:
        return at_end
    return fiscal or inside


def _greatest(rows: list[Weight]) -> list[Quantity]:
    """The greatest vintage of each period."""
    best: dict[str, Weight] = {}
    for row in rows:
        old = best.get(row.period)
        if old is None or _published_at(row) >= _published_at(old):
            best[row.period] = row
    return [published(row.value, parse_unit(row.unit), row.origin, row.period) for row in best.values()]


def _summed(parts: list[Quantity]) -> Quantity:
    result = parts[0]
    for part in parts[1:]:
        result = add(result, part)
    return result


def _divided(one: Quantity, count: int) -> Quantity:
    return over(one, number(count))
