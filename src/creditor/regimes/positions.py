"""Owns the audit of a ledger: each claim as activities of holder and issuer, decided once per kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from creditor.errors import MissingError, Trouble
from creditor.regimes.assess import Assessment, assess_case
from creditor.regimes.cases import read_case
from creditor.regimes.read import FOLDER
from creditor.regimes.regime import ORDER, RANK, UNDETERMINED, Regime
from creditor.terms.csvfile import Row
from creditor.terms.library import read_toml

TOLD = ("instrument", "currency", "holder_economy", "issuer_economy", "holder_sector")
STRICT = {**RANK, UNDETERMINED: len(ORDER)}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of claim: instrument, where holder and issuer sit, what the holder is, and facts of its own."""

    instrument: str
    holder: str
    holder_place: str
    issuer_place: str
    currency: str = ""
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Touched:
    """What a regime says of a kind of claim: the stricter of the holder's and the issuer's side."""

    kind: Kind
    side: str
    assessment: Assessment


@dataclass(slots=True)
class Tally:
    """Number and amount of claims."""

    claims: int = 0
    amount: float = 0.0

    def add(self, claims: int, amount: float) -> None:
        """Count further claims."""
        self.claims += claims
        self.amount += amount


class Auditor:
    """Decides claims, each set of facts once.

    Parameters
    ----------
    regime : Regime
        With audit.toml in its folder: objects by instrument, actors by sector, home economies.

    Examples
    --------
    >>> from creditor.regimes.read import load_regime
    >>> auditor = Auditor(load_regime("notice42"))
    >>> kind = Kind("debt_securities", "households", "domestic", "domestic")
    >>> auditor.decide(kind).assessment.verdict
    'not_covered'
    """

    def __init__(self, regime: Regime, folder: Path | None = None) -> None:
        self.regime = regime
        path = (folder or FOLDER / regime.name) / "audit.toml"
        if not path.is_file():
            what, why = f"{regime.name} does not say how claims are read", "it has no audit.toml"
            mend = "hold figures against it with creditor assess, or audit with notice42"
            raise MissingError(Trouble("R904", "--regime", what, why, mend))
        self.table: Mapping[str, Any] = read_toml(path)
        self.known: dict[Kind, Touched] = {}
        self.answers: dict[tuple[tuple[str, str], ...], Assessment] = {}
        self.columns = (*regime.vocabulary.columns, "extra")
        self.told: tuple[str, ...] = (*TOLD, *self.columns)
        self.acts = {name: entry for entry in self.table["instrument"] for name in entry["names"]}
        self.actors = {name: entry["actor_type"] for entry in self.table["sector"] for name in entry["names"]}
        self.home = frozenset(code.casefold() for code in self.table["home"])

    def narrow(self, present: Sequence[str]) -> None:
        """Leave columns out of the key that a file does not have."""
        self.told = tuple(name for name in (*TOLD, *self.columns) if name in present)

    def place(self, name: str, economy: str) -> str:
        """Where somebody sits: from a column, or from the code of an economy in front of a colon."""
        code = (economy or name.partition(":")[0] if ":" in name or economy else "").strip().casefold()
        if not code:
            return ""
        return "domestic" if code in self.home else "overseas"

    def label(self, holder: str) -> str:
        """A holder's name, or what stands behind the code of an economy in front of a colon."""
        return holder.partition(":")[2] or holder if ":" in holder else holder

    def key(self, fields: Mapping[str, str]) -> tuple[str, ...]:
        """What a row says that matters; the name of a holder does only where it is that of a sector."""
        holder, issuer = fields["holder"], fields["issuer"]
        name = self.label(holder)
        sector = name if name in self.actors else ""
        codes = [text.partition(":")[0] if ":" in text else "" for text in (holder, issuer)]
        return (sector, *codes, *[fields.get(name, "") for name in self.told])

    def kinds(self, row: Row, holders: Mapping[str, Tally]) -> Iterator[tuple[Kind, Tally]]:
        """Kinds of the claims with one key: one for each holder where the regime touches them."""
        kind = self.kind(row)
        found = self.decide(kind)
        for holder, tally in holders.items():
            if found.assessment.verdict != "not_covered":
                kind = replace(kind, holder=row.get("holder_sector") or self.label(holder))
                self.known[kind] = replace(found, kind=kind)
            yield kind, tally

    def kind(self, row: Row) -> Kind:
        """The kind of a claim."""
        said = tuple((name, row.get(name)) for name in self.columns if row.get(name))
        holder = row.get("holder_sector") or self.label(row["holder"])
        return Kind(
            row.get("instrument"),
            holder,
            self.place(row["holder"], row.get("holder_economy")),
            self.place(row["issuer"], row.get("issuer_economy")),
            row.get("currency"),
            said,
        )

    def decide(self, kind: Kind) -> Touched:
        """The stricter answer for the holder's and the issuer's side of a claim."""
        if kind not in self.known:
            sides = [Touched(kind, side, self._assessed(facts)) for side, facts in self._facts(kind).items()]
            self.known[kind] = max(sides, key=lambda entry: STRICT[entry.assessment.verdict])
        return self.known[kind]

    def _assessed(self, facts: Mapping[str, str]) -> Assessment:
        """The answer for some facts, found once: kinds that differ only in the holder's name share it."""
        key = tuple(facts.items())
        if key not in self.answers:
            self.answers[key] = assess_case(self.regime, read_case(self.regime, facts, "ledger"))
        return self.answers[key]

    def _facts(self, kind: Kind) -> dict[str, dict[str, str]]:
        said = dict(kind.said)
        acts = self.acts.get(kind.instrument, {})
        usual = acts.get("object", self.table["other"])
        thing = said.get("object") or acts.get("by_currency", {}).get(kind.currency, usual)
        actor = self.actors.get(kind.holder, "company")
        holder = {
            "activity": acts.get("holder", "holding"),
            "object": thing,
            "actor_type": actor,
            "actor_place": kind.holder_place,
            "counterparty_place": kind.issuer_place,
            "place": kind.holder_place,
        }
        sides = {"holder": holder | said}
        if acts.get("issuer") and not said.get("activity"):
            sides["issuer"] = {
                "activity": acts["issuer"],
                "object": thing,
                "actor_place": kind.issuer_place,
                "counterparty_place": kind.holder_place,
                "place": kind.issuer_place,
                "actor_type": "company",
            } | said
        return sides


def totals(touched: Mapping[Kind, Tally], known: Mapping[Kind, Touched]) -> dict[str, Tally]:
    """Number of claims and amount by verdict, the strictest first.

    Examples
    --------
    >>> totals({}, {})
    {}
    """
    found: dict[str, Tally] = {}
    for kind, tally in touched.items():
        verdict = known[kind].assessment.verdict
        found.setdefault(verdict, Tally()).add(tally.claims, tally.amount)
    return dict(sorted(found.items(), key=lambda item: -STRICT[item[0]]))
