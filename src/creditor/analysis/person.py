"""Owns the person of a statement: age, service, pay and plan as a file says, impossible values refused."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from creditor.errors import InputError, MissingError, Trouble, Troubles
from creditor.terms import library
from creditor.terms.provenance import GRADES, Origin
from creditor.terms.suggest import mend_with
from creditor.terms.vocabulary import economies, sectors

KINDS = ("defined_benefit", "defined_contribution")
ROUNDING = 0.5  # percentage points by which a printed asset mix may miss 100
OLDEST, YOUNGEST, WORKS_FROM = 110, 15, 14
TOP = {
    "schema",
    "title",
    "economy",
    "age",
    "pay",
    "service",
    "income_tax",
    "all_taxes",
    "source",
    "grade",
    "vintage",
}
PLAN = {
    "name",
    "kind",
    "sponsor",
    "sponsor_title",
    "balance",
    "mix",
    "may_be_debt",
    "source",
    "vintage",
    "grade",
}
BENEFIT = {
    "from_age",
    "factors",
    "career_years",
    "career_factor",
    "most",
    "years_paid",
    "rates",
    "source",
    "vintage",
    "grade",
}


@dataclass(frozen=True, slots=True)
class Benefit:
    """The formula of a defined benefit: a percentage of pay for each year of service.

    Parameters
    ----------
    from_age : int
        Age at which it begins.
    factors : mapping of age to float
        Percent of pay per year of service.
    career_years, career_factor, most : float
        From so many years on the factor is so much higher, but not above `most`.
    years_paid : float
        How long it is paid: an assumption.
    rates : tuple of float
        Lowest and highest rate of discount, percent per year: an assumption.
    origin : Origin
        Of the formula.
    """

    from_age: int
    factors: Mapping[int, float]
    career_years: float
    career_factor: float
    most: float
    years_paid: float
    rates: tuple[float, float]
    origin: Origin

    def factor(self, age: int, service: float) -> float:
        """Percent of pay for each year of service, for one who begins at an age."""
        ages = sorted(self.factors)
        known = max((step for step in ages if step <= age), default=ages[0])
        more = self.career_factor if self.career_years and service >= self.career_years else 0.0
        return min(self.most, self.factors[known] + more)


@dataclass(frozen=True, slots=True)
class Person:
    """One person, as a file says.

    Parameters
    ----------
    title, economy : str
    age : int
    pay : float
        Per year, in the currency of the economy.
    service : float
        Years.
    income_tax, all_taxes : float or None
        Paid to the state per year; None where the file does not say.
    origin : Origin
        Of pay and taxes.
    plan, kind, sponsor, sponsor_title : str
        The pension plan; the sector that stands behind it, and what it is called.
    balance : float or None
        Of a defined-contribution account.
    mix : mapping of str to float
        Published asset mix, percent.
    may_be_debt : tuple of str
        Those parts of the mix that may be debt of the economy's state.
    plan_origin : Origin
    benefit : Benefit or None
    """

    title: str
    economy: str
    age: int
    pay: float
    service: float
    income_tax: float | None
    all_taxes: float | None
    origin: Origin
    plan: str
    kind: str
    sponsor: str
    sponsor_title: str
    balance: float | None
    mix: Mapping[str, float]
    may_be_debt: tuple[str, ...]
    plan_origin: Origin
    benefit: Benefit | None

    @property
    def pension(self) -> float:
        """What the service up to now pays per year from the age at which the benefit begins."""
        if self.benefit is None:
            return 0.0
        factor = self.benefit.factor(max(self.benefit.from_age, self.age), self.service)
        return self.service * factor / 100 * self.pay

    @property
    def claim(self) -> tuple[float, float]:
        """The least and the most that the claim on the plan is worth today.

        Notes
        -----
        A defined benefit is discounted: sum of the pension over the years paid, each divided by
        ``(1 + rate) ** years from now``, at the highest and at the lowest rate.
        """
        if self.benefit is None:
            return float(self.balance or 0.0), float(self.balance or 0.0)
        wait = max(0, self.benefit.from_age - self.age)
        low, high = (self._worth(wait, rate / 100) for rate in reversed(self.benefit.rates))
        return low, high

    def _worth(self, wait: int, rate: float) -> float:
        assert self.benefit is not None
        years = range(round(self.benefit.years_paid))
        return math.fsum(self.pension / (1 + rate) ** (wait + year) for year in years)

    @property
    def debt_share(self) -> tuple[float, float]:
        """The least and the most of the plan that can be debt of the state: nothing, and all that may be."""
        return 0.0, math.fsum(self.mix[name] for name in self.may_be_debt) / 100


def read_person(name: str) -> Person:
    """Read a person file.

    Parameters
    ----------
    name : str
        Path of a TOML file, or the name of one in the library.

    Raises
    ------
    InputError
        P801, every field that is missing, not known or impossible at once.
    MissingError
        C101 where there is no such file, with the nearest names.

    Examples
    --------
    >>> read_person("teacher_california").age
    55
    """
    path = _find(name)
    table, check = library.read_toml(path), _Check(path)
    _check_top(table, check)
    plan: dict[str, Any] = table["plan"] if isinstance(table.get("plan"), dict) else {}
    if not plan:
        check.trouble("plan", "is missing", "describe the pension plan in a [plan]")
    benefit = _plan(table, plan, check) if plan else None
    check.troubles.raise_if_any(InputError)
    return Person(
        str(table["title"]), str(table["economy"]), int(table["age"]), float(table["pay"]),
        float(table["service"]), _optional(table, "income_tax"), _optional(table, "all_taxes"),
        _origin(table),
        str(plan["name"]), str(plan["kind"]), str(plan["sponsor"]), str(plan["sponsor_title"]),
        _optional(plan, "balance"), {k: float(v) for k, v in plan["mix"].items()},
        tuple(plan["may_be_debt"]), _origin(plan), benefit,
    )  # fmt: skip


def available_persons() -> list[str]:
    """Names of the persons in the library."""
    return sorted(path.stem for path in (library.ROOT / "persons").glob("*.toml"))


def _find(name: str) -> Path:
    for path in (Path(name), library.ROOT / "persons" / f"{Path(name).stem}.toml"):
        if path.is_file():
            return path
    mend = mend_with(Path(name).stem, available_persons())
    raise MissingError(Trouble("C101", "--person", f"no file {name!r}", "nor a person of the library", mend))


class _Check:
    """Collects what is wrong with a file."""

    def __init__(self, path: Path) -> None:
        self.path, self.troubles = path, Troubles()

    def trouble(self, key: str, what: str, mend: str) -> None:
        table, _, name = key.rpartition(".")
        where = library.place_of(self.path, *([f"[{table}]"] if table else []), f"{name} =")
        self.troubles.add("P801", f"{where}, {key}", f"{key} {what}", "", mend)

    def number(
        self, table: Mapping[str, Any], key: str, low: float, high: float, needed: bool = True
    ) -> bool:
        """Whether a field is a number within bounds, or is absent and may be."""
        value = table.get(key)
        if value is None:
            if needed:
                self.trouble(key, "is missing", f"give a number from {low:g} to {high:g}")
            return not needed
        good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not good or not low <= value <= high:
            self.trouble(key, f"is {value!r}", f"give a number from {low:g} to {high:g}")
            return False
        return True

    def texts(self, table: Mapping[str, Any], keys: Iterable[str]) -> None:
        for key in keys:
            if not isinstance(table.get(key), str) or not table[key]:
                self.trouble(key, "is missing", "give a text")

    def known(self, table: Mapping[str, Any], key: str, names: Iterable[str]) -> None:
        listed = list(names)
        if isinstance(table.get(key), str) and table[key] not in listed:
            self.trouble(key, f"is {table[key]!r}", mend_with(table[key], listed))

    def keys(self, table: Mapping[str, Any], known: set[str], place: str) -> None:
        for key in sorted(set(table) - known):
            self.trouble(f"{place}{key}", "is not known", mend_with(key, sorted(known)))


def _check_top(table: Mapping[str, Any], check: _Check) -> None:
    check.keys(table, TOP | {"plan", "benefit"}, "")
    check.texts(table, ("title", "economy", "source", "grade"))
    check.known(table, "economy", economies())
    check.known(table, "grade", GRADES)
    whole = check.number(table, "age", YOUNGEST, OLDEST)
    if whole and not isinstance(table["age"], int):
        check.trouble("age", f"is {table['age']!r}", "give whole years")
    check.number(table, "pay", 0, 1e9)
    pay = float(table["pay"]) if _is_number(table.get("pay")) else -1.0
    most = pay if 0 <= pay <= 1e9 else 1e9  # an impossible pay says nothing about the taxes
    for key in ("income_tax", "all_taxes"):
        check.number(table, key, 0, most, False)
    taxes = table.get("income_tax"), table.get("all_taxes")
    if all(_is_number(tax) for tax in taxes) and taxes[0] > taxes[1]:  # type: ignore[operator]
        check.trouble("all_taxes", "is less than income_tax", "all taxes contain the income tax")
    most = table["age"] - WORKS_FROM if whole else OLDEST
    check.number(table, "service", 0, most)


def _plan(table: Mapping[str, Any], plan: dict[str, Any], check: _Check) -> Benefit | None:
    check.keys(plan, PLAN, "plan.")
    check.texts(plan, ("name", "kind", "sponsor", "sponsor_title", "source", "vintage", "grade"))
    check.known(plan, "kind", KINDS)
    check.known(plan, "sponsor", sectors())
    _mix(plan, check)
    benefit = table.get("benefit")
    if plan.get("kind") == "defined_contribution":
        check.number(plan, "balance", 0, 1e9)
        if benefit is not None:
            check.trouble("benefit", "stands beside a defined-contribution plan", "leave it out")
        return None
    if not isinstance(benefit, dict):
        check.trouble("benefit", "is missing", "describe the formula in a [benefit]")
        return None
    return _benefit(benefit, check)


def _mix(plan: Mapping[str, Any], check: _Check) -> None:
    mix = plan.get("mix")
    if not isinstance(mix, dict) or not mix:
        check.trouble("plan.mix", "is missing", "give the published asset mix in percent")
        return
    if all([check.number(mix, key, 0, 100) for key in mix]):
        total = math.fsum(mix.values())
        if abs(total - 100) > ROUNDING:
            check.trouble(
                "plan.mix", f"adds up to {total:g} percent", "give all parts, in percent of the plan"
            )
    parts = plan.get("may_be_debt")
    if not isinstance(parts, list) or not parts:
        check.trouble(
            "plan.may_be_debt", "is missing", "name the parts of the mix that may be debt of the state"
        )
        return
    for part in parts:
        if part not in mix:
            check.trouble("plan.may_be_debt", f"has {part!r}", mend_with(str(part), mix))


def _benefit(table: Mapping[str, Any], check: _Check) -> Benefit | None:
    before = len(check.troubles.items)
    check.keys(table, BENEFIT, "benefit.")
    check.texts(table, ("source", "vintage", "grade"))
    check.number(table, "from_age", YOUNGEST, OLDEST)
    for key, high in (("career_years", 60), ("career_factor", 10)):
        check.number(table, key, 0, high, False)
    check.number(table, "most", 0, 10)
    check.number(table, "years_paid", 1, 60)
    factors = table.get("factors")
    if not isinstance(factors, dict) or not factors or not all(key.isdigit() for key in factors):
        check.trouble("benefit.factors", "is missing", "give percent of pay per year of service, by age")
    else:
        for age in factors:
            check.number(factors, age, 0, 10)
    rates = table.get("rates")
    good = isinstance(rates, list) and len(rates) == 2 and all(_is_number(rate) for rate in rates)
    if not good or not -5 <= rates[0] <= rates[1] <= 20:  # type: ignore[index]
        check.trouble(
            "benefit.rates", f"is {rates!r}", "give the lowest and the highest rate, in percent per year"
        )
    if len(check.troubles.items) > before:
        return None
    assert isinstance(factors, dict) and isinstance(rates, list)
    return Benefit(
        int(table["from_age"]), {int(age): float(value) for age, value in factors.items()},
        float(table.get("career_years", 0)), float(table.get("career_factor", 0)), float(table["most"]),
        float(table["years_paid"]), (float(rates[0]), float(rates[1])), _origin(table),
    )  # fmt: skip


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _optional(table: Mapping[str, Any], key: str) -> float | None:
    return float(table[key]) if key in table else None


def _origin(table: Mapping[str, Any]) -> Origin:
    return Origin(str(table["source"]), str(table.get("vintage", "")), str(table["grade"]))
