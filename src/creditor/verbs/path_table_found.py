"""Owns what a run of one's own loans has found, and the story of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from creditor.sustainability.path import PARTS, SIDES, Paths
from creditor.sustainability.schedules import Flows
from creditor.sustainability.stress import Stress
from creditor.sustainability.table import UNNAMED, Book
from creditor.verbs.path_found import AHEAD, SHARES, chances_of
from creditor.verbs.path_story import chance, percent, points

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

NEW = "new debt, holder not named"


@dataclass(frozen=True)
class TableFound:
    """The paths of a debt table.

    Parameters
    ----------
    book : Book
    run, rising : Paths
        With the market rate as assumed, and with one that rises in debt.
    drawn : Paths or None
        On paths of shocks, where an economy is named.
    stress : tuple of (Stress, array)
        Debt under each test, a share of GDP.
    economy, kind : str
        Whose shocks, and how they are drawn.
    paths, seed : int
    """

    book: Book
    run: Paths
    rising: Paths
    drawn: Paths | None
    stress: tuple[tuple[Stress, Floats], ...]
    economy: str
    kind: str
    paths: int
    seed: int

    @property
    def years(self) -> tuple[int, ...]:
        """The opening first."""
        return self.book.assumptions.years

    @property
    def fan(self) -> Floats | None:
        """Debt by share of `SHARES` and year, a share of GDP."""
        return None if self.drawn is None else np.percentile(self.drawn["debt_ratio"], SHARES, axis=1)

    @property
    def chances(self) -> dict[str, tuple[float, float]]:
        """As of a path; none where there is no fan or fewer than six years."""
        if self.drawn is None or len(self.years) <= AHEAD:
            return {}
        return chances_of(self.drawn)

    @property
    def held(self) -> dict[str, Floats]:
        """Debt by holder and year, billions of own money: own loans, and new debt."""
        found = {name: flows.stock for name, flows in by_size(self.book).items()}
        new = sum(v[:, 0] for key, v in self.run.values.items() if key[0] == "outstanding")
        return {**found, NEW: np.asarray(new, dtype=float)}

    @property
    def need(self) -> dict[str, Floats]:
        """What the gross financing need is made of, shares of GDP; nothing at the opening."""
        run, gdp, series = self.run, self.run.one("gdp"), self.book.case.series
        home, tied, abroad = (np.concatenate([[0.0], series["schedule_redemption", side]]) for side in SIDES)
        linked = run.one("scheduled", "linked")
        uplift = np.concatenate([[0.0], np.diff(linked)]) + tied
        new = sum(v[:, 0] for key, v in run.values.items() if key[0] == "redemption")
        found = {
            "loans in own money": (home + tied) / gdp,
            "loans in foreign money": abroad / gdp,
            "new debt": new / gdp,
            "interest": (run.one("interest") - uplift) / gdp,
            "less primary balance": -run.one("balance_now"),
            "stock-flow": run.one("adjustment"),
        }
        return {name: np.asarray(values, dtype=float) for name, values in found.items()}


def by_size(book: Book) -> dict[str, Flows]:
    """Flows by holder, the largest at the opening first, those that nobody is named for last."""
    return dict(sorted(book.holders.items(), key=lambda pair: (pair[0] == UNNAMED, -pair[1].stock[0])))


def gap_of(found: TableFound) -> float:
    """Largest gap between debt, its ratio times GDP, its loans and new debt, and its holders, of GDP."""
    run = found.run
    debt = run.one("debt")
    parts = sum(v[:, 0] for key, v in run.values.items() if key[0] in ("outstanding", "scheduled"))
    held = np.sum(list(found.held.values()), axis=0)
    needed = np.sum(list(found.need.values()), axis=0)[1:] - run.one("financing_ratio")[1:]
    change = sum(run.one(name)[1:] for name in PARTS) - run.one("change_of_debt")[1:]
    same = (parts, held, run.one("debt_ratio") * run.one("gdp"))
    gaps = [np.asarray(one - debt) / run.one("gdp") for one in same]
    return float(max(np.abs(gap).max() for gap in (*gaps, needed, change)))


def story_of(found: TableFound) -> str:
    """What is owed in what, when it falls due, where it goes, and how sure that is."""
    book, run, years = found.book, found.run, found.years
    debt, need = run.one("debt_ratio"), run.one("financing_ratio")
    told = f"{_count(len(book.loans), 'loan')} in {_count(len(book.by_currency), 'money')} "
    told += f"{'are' if len(book.loans) > 1 else 'is'} {percent(debt[0])} of GDP, "
    foreign = 1 - book.by_currency.get(book.own, 0.0) / book.debt if book.debt else 0.0
    rising = found.rising.one("debt_ratio")[-1]
    told += f"{percent(foreign)} of it in foreign money. "
    told += "Below zero it is a financial asset. " if min(debt[0], debt[-1]) < 0 else ""
    if book.opening:
        told += f"Its average maturity is {book.opening['average_maturity']:.1f} years, and the rate of "
        told += f"{percent(book.opening['refixing_share'])} of it is set anew within a year. "
    told += f"On the assumptions debt is {percent(debt[-1])} in "
    told += f"{years[-1]}, and {percent(rising)} if the market rate rises with debt. "
    peak = 1 + int(np.argmax(need[1:]))
    told += f"The gross financing need is highest in {years[peak]} with {percent(need[peak])} of GDP. "
    told += _due(found)
    gap, balance = run.one("stabilising_gap")[-1], run.one("stabilising_balance")[-1]
    way = "short of" if gap < 0 else "above"
    told += f"A primary balance of {percent(balance)} would hold debt in {years[-1]}; the one assumed is "
    told += f"{points(abs(gap))} points {way} it."
    if run.one("rate_less_growth")[-1] < 0:
        told += " The rate is below growth then, which is no safety: the rate depends on debt."
    fan, chances = found.fan, found.chances
    if fan is not None:
        last = min(AHEAD, len(years) - 1)
        told += f" With shocks like those of {found.economy}, 5 to 95 of 100 paths lie between "
        told += f"{percent(fan[0, last])} and {percent(fan[-1, last])} in {years[last]}"
        if chances:
            told += f"; debt is higher then with a chance of {chance(chances['debt_higher_in_five_years'])}"
        told += "."
    return told


def _due(found: TableFound) -> str:
    """The year in which most of the loans falls due, and to whom."""
    due = {name: flows.redemption for name, flows in found.book.holders.items()}
    total = np.sum(list(due.values()), axis=0)
    year = int(np.argmax(total))
    if total[year] <= 0 or found.book.debt <= 0:
        return ""
    share = percent(total[year] / found.book.debt)
    told = f"Most falls due in {found.years[year]}: {share} of the debt of the opening"
    name = max(due, key=lambda one: due[one][year])
    if len(due) > 1 and name != UNNAMED:
        told += f", {percent(due[name][year] / total[year])} of it to {name}"
    return f"{told}. "


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
