"""Owns regimes as switches of a scenario: a verdict becomes the value of the given that scales its flow."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from creditor.errors import CreditorError, InputError, MissingError, Trouble, Troubles
from creditor.regimes.assess import Assessment, assess_case
from creditor.regimes.casefile import case_of, text_of
from creditor.regimes.read import load_regime
from creditor.regimes.regime import UNDETERMINED, Regime
from creditor.regimes.switch import share_of


@dataclass(frozen=True)
class Switched:
    """A regime and the value that its verdict gives to a given.

    Parameters
    ----------
    regime : Regime
    found : Assessment
    given : str
    share : float
        1 lets the whole flow through, 0 nothing.
    granted, leakage
        What the scenario assumes.
    first, last : int, str or None
        Periods in which the rule holds, as written.
    """

    regime: Regime
    found: Assessment
    given: str
    share: float
    granted: bool
    leakage: float
    first: int | str
    last: int | str | None

    @property
    def sentence(self) -> str:
        """Regime, verdict and articles, and what they make of the given."""
        words, mark = self.found.verdict.replace("_", " "), self.regime.about.get("mark", "")
        articles = f" ({', '.join(self.found.articles)})" if self.found.articles else ""
        assumed = [f"leakage {self.leakage:g}"] if self.leakage and self.share < 1 else []
        assumed += ["consent taken as granted"] if self.granted else []
        told = f"{self.given} = {self.share:g} from period {self.first}"
        told += f" to {self.last}" if self.last is not None else ""
        name = self.regime.name + (f", {mark}," if mark else "")
        return f"{name} says {words}{articles}: {', '.join([told, *assumed])}. {self.found.reason}"

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        fields: dict[str, Any] = {"regime": self.regime.name, "verdict": self.found.verdict}
        fields |= {"articles": self.found.articles, "mark": self.regime.about.get("mark", "")}
        fields |= {"given": self.given, "value": self.share}
        fields |= {"granted": self.granted, "leakage": self.leakage, "from": self.first, "to": self.last}
        fields |= {"text_version": self.regime.about["text_version"], "rules": self.regime.digest}
        return {name: value for name, value in fields.items() if value not in ("", None)}


def inlined(entry: Any, folder: Path) -> Any:
    """An entry of ``[[regime]]`` with the facts of the case file that it names, in the place of its name.

    Raises
    ------
    InputError
        C101, C103, C105, C115 for a file that cannot be read; S701 where facts are given beside it.

    Examples
    --------
    >>> inlined({"regime": "eu_3_60", "facts": {"debt_to_gdp": 50}}, Path())["facts"]
    {'debt_to_gdp': 50}
    """
    if not isinstance(entry, Mapping) or not entry.get("case"):
        return entry
    where, name = f"regime {entry.get('given', '')}", str(entry["case"])
    if entry.get("facts"):
        mend = "keep one of them"
        raise InputError(Trouble("S701", where, "both case and facts are given", "", mend))
    try:
        facts = tomllib.loads(text_of(folder / name))
    except tomllib.TOMLDecodeError as error:
        raise InputError(Trouble("C115", name, "the file is no valid TOML", str(error), "")) from None
    return {**{key: value for key, value in entry.items() if key != "case"}, "facts": facts}


def resolve_switches(entries: Iterable[Any]) -> list[Switched]:
    """Assess the case of each ``[[regime]]``.

    Parameters
    ----------
    entries : iterable of RegimeChange
        With facts, see `inlined`.

    Returns
    -------
    list of Switched
        The smallest share last: of several rules on one given the strictest stands.

    Raises
    ------
    InputError
        Faults of regimes and cases, and S701 for a verdict that is undetermined, all at once.

    Examples
    --------
    >>> from creditor.scenario.scenario import RegimeChange
    >>> entry = {"regime": "debt_ceiling_us", "given": "allowed_share", "leakage": 0.3}
    >>> entry |= {"facts": {"debt_subject_to_limit": 41500}}
    >>> [one.share for one in resolve_switches([RegimeChange.model_validate(entry)])]
    [0.3]
    """
    troubles, found = Troubles(), []
    for number, entry in enumerate(entries):
        where = f"scenario, regime.{number}"
        try:
            found.append(_switched(entry, f"{where}.facts"))
        except CreditorError as error:
            key = "regime" if isinstance(error, MissingError) else "facts"
            troubles.items += [replace(trouble, where=f"{where}.{key}") for trouble in error.troubles]
    troubles.raise_if_any()
    return sorted(found, key=lambda one: -one.share)


def _switched(entry: Any, where: str) -> Switched:
    regime = load_regime(entry.regime)
    case, _ = case_of(entry.facts, where, regime)
    if case.troubles:
        raise InputError(case.troubles)
    found = assess_case(regime, case)
    if found.verdict == UNDETERMINED:
        what = f"the verdict of {regime.name} is undetermined, so no share of the flow follows from it"
        missing = dict.fromkeys(
            name.partition(" ")[0] for name in found.missing
        )  # of a number, not its limit
        mend = f"state in facts: {', '.join(missing)}"
        raise InputError(Trouble("S701", where, what, "", mend))
    share = share_of(found.verdict, entry.granted, entry.leakage)
    periods = entry.first, entry.last
    return Switched(regime, found, entry.given, share, entry.granted, entry.leakage, *periods)
