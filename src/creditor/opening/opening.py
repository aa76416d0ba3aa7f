"""Owns the opening: the ledger of one economy's debt at one date, in one perimeter and treatment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from creditor.errors import InputError, MissingError, Trouble
from creditor.ledger.claims import Claim, Ledger, renamed
from creditor.ledger.treatments import Treatment, consolidate, split_holder, without_holders
from creditor.opening.country import Country, Weight
from creditor.opening.perimeter import choose_perimeter, choose_period, direct_claims
from creditor.terms.finding import Finding
from creditor.terms.periods import parse_period
from creditor.terms.provenance import Origin, worst_grade
from creditor.terms.units import Unit, money
from creditor.terms.vocabulary import sectors, title_of

OWNERS = "owners"
OWNERS_FIRMS = "owners-firms"
BEARERS = "bearers"  # who bears a loss of an intermediary, where that is not who owns its liabilities
VIEWS = ("owed_to", "borne_by")
GENERAL = "general-government"


@dataclass(frozen=True)
class Opening:
    """The ledger of one economy's debt.

    Parameters
    ----------
    country : Country
    perimeter, period : str
    treatment : Treatment
    debtor : str
        Name of the debtor in the ledger.
    ledger : Ledger
        The debt and, for a look-through, all liabilities of the intermediaries.
    through, final : tuple of str
        Who is looked through, and who never is.
    findings : tuple of Finding
    view : str
        ``owed_to`` or ``borne_by``.
    """

    country: Country
    perimeter: str
    period: str
    treatment: Treatment
    debtor: str
    ledger: Ledger
    through: tuple[str, ...]
    final: tuple[str, ...]
    findings: tuple[Finding, ...]
    view: str = "owed_to"

    @property
    def total(self) -> Fraction:
        """The debt."""
        return self.ledger.debt_of(self.debtor)

    @property
    def unit(self) -> Unit:
        """Unit of the ledger: billions of its currency, or percent of a stock whose size is not given."""
        keys = self.country.settings["perimeters"][self.perimeter]["sets"]
        if any((self.country.set_name(key), self.period) in self.country.shares for key in keys):
            return Unit("percent", "debt")
        return money(self.ledger.currency or str(self.country.settings["currency"]))

    @property
    def households(self) -> tuple[str, ...]:
        """Names of the household sectors."""
        return tuple(self.country.settings["roles"]["household"])


def open_economy(
    country: Country,
    treatment: Treatment,
    perimeter: str = "",
    as_of: str = "",
    through: bool = True,
    view: str = "owed_to",
) -> Opening:
    """Make the ledger of an economy's debt.

    Parameters
    ----------
    country : Country
    treatment : Treatment
    perimeter, as_of : str
        Empty for the headline of the economy.
    through : bool
        With the owners of intermediaries, and with groups of holders split.
    view : str
        Intermediaries pass the debt on: ``owed_to`` to those they owe, ``borne_by`` to those who bear a loss.

    Raises
    ------
    InputError, MissingError
        For a perimeter or period that is not there; F303 where nothing says who bears losses.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> opened = open_economy(load_country("USA"), Treatment(), "public")
    >>> float(opened.total)
    28029.2
    """
    perimeter = choose_perimeter(country, perimeter)
    period = choose_period(country, perimeter, as_of)
    findings: list[Finding] = []
    debtor, ledger = _direct(country, perimeter, period)
    funds = [claim.holder for claim in ledger if sectors()[claim.holder].parent == "intragovernmental_funds"]
    if treatment.intragovernmental == "I0":
        ledger = without_holders(ledger, debtor, funds)
    owners = _owners(country, debtor, treatment, view) if through or treatment.central_bank == "T1" else []
    if through:
        ledger, notes = _split(country, ledger, debtor, period)
        findings += notes
        findings += _dates(owners, period)
    ledger = Ledger((*ledger.claims, *owners))
    bank = str(country.settings["roles"]["central_bank"])
    if treatment.central_bank == "T1":
        ledger = consolidate(ledger, debtor, bank)
    if treatment.intragovernmental == "I2":
        ledger, notes = _beneficiaries(country, ledger, debtor, funds)
        findings += notes
    looked = through and has_owners(country)
    names = _through(country, ledger, debtor, treatment, funds) if looked else ()
    final = tuple(name for name in ledger.names if name not in names and name != debtor)
    return Opening(country, perimeter, period, treatment, debtor, ledger, names, final, tuple(findings), view)


def direct_treatment(treatment: Treatment, asked: str) -> Treatment:
    """Treatment of an answer without look-through: the central bank is a final holder unless consolidated.

    Raises
    ------
    InputError
        U501 where a code was asked for that only a look-through can obey.

    Examples
    --------
    >>> direct_treatment(Treatment(), "").central_bank
    'T2'
    """
    for code in ("T0", "F1", "I2"):
        if code in asked.upper().replace(" ", "").split(","):
            why = "it says how to look through a holder"
            raise InputError(
                Trouble("U501", "--treatment", f"{code} without --through", why, "add --through")
            )
    return replace(treatment, central_bank="T1" if treatment.central_bank == "T1" else "T2")


def has_owners(country: Country) -> bool:
    """Whether the folder says who owns intermediaries, so that they can be looked through.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> has_owners(load_country("JPN"))
    False
    """
    return any(claim.perimeter == OWNERS for claim in country.claims)


def final_groups(country: Country, treatment: Treatment, asked: str) -> tuple[Treatment, Finding]:
    """Treatment where no owners of intermediaries are known: whoever holds the debt is a final group.

    Raises
    ------
    MissingError
        F303 where a code was asked for that needs the owners of intermediaries or of the central bank.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> final_groups(load_country("JPN"), Treatment(), "")[0].central_bank
    'T2'
    """
    why = "the library has no owners of what they owe"
    for code in ("T0", "T1", "F1", "I2"):
        if code in asked.upper().replace(" ", "").split(","):
            what = f"{code} cannot be applied to {country.called}"
            mend = "leave --treatment out, or use an economy of depth household"
            raise MissingError(Trouble("F303", "--treatment", what, why, mend))
    sentence = f"The library has no owners of the intermediaries of {country.called}; banks, insurers and "
    sentence += "funds stay final groups, and nothing is looked through."
    note = Finding("warning", "look-through", sentence, mend="add their liabilities by holder")
    return replace(treatment, central_bank="T2", firms="F0"), note


def _direct(country: Country, perimeter: str, period: str) -> tuple[str, Ledger]:
    """The debtor of a perimeter, and who holds its debt."""
    settings = country.settings["perimeters"][perimeter]
    debtor = str(settings.get("debtor", "general_government" if perimeter == GENERAL else country.debtor))
    ledger = Ledger(tuple(_on(debtor, claim) for claim in direct_claims(country, perimeter, period)))
    if "netted_holder" in settings:
        ledger = without_holders(ledger, debtor, [settings["netted_holder"]])
    return debtor, ledger


def _on(debtor: str, claim: Claim) -> Claim:
    return claim if claim.issuer == debtor else renamed(claim, issuer=debtor)


def _owners(country: Country, debtor: str, treatment: Treatment, view: str) -> list[Claim]:
    """Owners of all intermediaries; what the state holds of them is held by the debtor."""
    bearers = _bearers(country, treatment) if view == "borne_by" else set()
    wanted = {OWNERS, OWNERS_FIRMS} if treatment.firms == "F1" else {OWNERS}
    state = (
        {country.debtor, str(country.settings["roles"]["local_government"])}
        if debtor != country.debtor
        else set()
    )
    return [
        renamed(claim, holder=debtor) if claim.holder in state else claim
        for claim in country.claims
        if (claim.perimeter in wanted and claim.issuer not in bearers)
        or (claim.perimeter == BEARERS and claim.issuer in bearers)
    ]


def _bearers(country: Country, treatment: Treatment) -> set[str]:
    """Intermediaries whose losses fall on others than those they owe; a consolidated central bank is none."""
    found = {claim.issuer for claim in country.claims if claim.perimeter == BEARERS}
    if not found:
        what = f"nothing says who bears the losses of the holders of {country.called}"
        mend = f"add claims of perimeter {BEARERS}, or ask whom the debt is owed to"
        raise MissingError(Trouble("F303", "--borne-by", what, "", mend))
    bank = str(country.settings["roles"]["central_bank"])
    return found - ({bank} if treatment.central_bank == "T1" else set())


def _split(country: Country, ledger: Ledger, debtor: str, period: str) -> tuple[Ledger, list[Finding]]:
    """Divide groups of holders (such as pension funds) into those whose owners are known apart."""
    findings = []
    for group in dict.fromkeys(row.labels[0] for row in country.splits if not row.labels[2]):
        rows, exact = split_rows(country, group, "", period)
        before = [claim for claim in ledger if claim.holder == group and claim.issuer == debtor]
        if not before:
            continue
        ledger = split_holder(ledger, debtor, group, {row.labels[1]: row.value for row in rows})
        parts = {row.labels[1]: row.origin for row in rows}
        divided = {id(claim.origin) for claim in before}
        ledger = Ledger(
            tuple(
                _with_split_origin(claim, group, parts[claim.holder])
                if claim.issuer == debtor and claim.holder in parts and id(claim.origin) in divided
                else claim
                for claim in ledger
            )
        )
        if not exact:
            sentence = f"{title_of(group)} are divided as at {rows[0].period}; no figures at {period}."
            findings.append(Finding("note", group, sentence))
    return ledger, findings


def split_rows(country: Country, group: str, by: str, period: str) -> tuple[list[Weight], bool]:
    """Rows that divide a group at a period, or at the nearest one; and whether it is the one asked for."""
    rows = [row for row in country.splits if row.labels[0] == group and row.labels[2] == by]
    return nearest_rows(rows, period)


def nearest_rows(rows: Iterable[Weight], period: str) -> tuple[list[Weight], bool]:
    """Those rows that are nearest to a period, never of two dates; and whether they are of that period."""
    found = list(rows)
    day = parse_period(period).last_day
    distance = [abs((parse_period(row.period).last_day - day).days) for row in found]
    least = min(distance, default=0)
    chosen = [row for row, away in zip(found, distance, strict=True) if away == least]
    return [row for row in chosen if row.period == chosen[0].period], least == 0


def _with_split_origin(claim: Claim, group: str, split: Origin) -> Claim:
    """A part of a divided claim, which names both the claim and what divided it."""
    whole = claim.origin
    source = f"derived: {title_of(group)} divided by {split.source}; from {whole.source}"
    vintages = "; ".join(dict.fromkeys([*whole.vintage.split("; "), *split.vintage.split("; ")]))
    return renamed(claim, origin=Origin(source, vintages, worst_grade(["B", split.grade, whole.grade])))


def _dates(owners: list[Claim], period: str) -> list[Finding]:
    day = parse_period(period).last_day
    dates: dict[str, list[str]] = {}
    for claim in owners:
        if parse_period(claim.period).last_day != day:
            dates.setdefault(claim.period, []).append(title_of(claim.issuer))
    if not dates:
        return []
    told = "; ".join(f"{when}: {', '.join(dict.fromkeys(who))}" for when, who in sorted(dates.items()))
    sentence = f"Owners of intermediaries are of other dates than {period}; only their shares are used."
    return [Finding("note", "owners of intermediaries", sentence, told, "refresh the figures of the owners")]


def _beneficiaries(
    country: Country, ledger: Ledger, debtor: str, funds: list[str]
) -> tuple[Ledger, list[Finding]]:
    mapped = {str(fund): str(who) for fund, who in country.settings.get("beneficiaries", {}).items()}
    rows = []
    for claim in ledger:
        if claim.issuer == debtor and claim.holder in mapped and claim.holder in funds:
            rows.append((claim, [renamed(claim, holder=mapped[claim.holder])]))
    sentence = "Beneficiaries of government funds have a promise that the law may change, "
    sentence += "no legal claim on this debt."
    note = Finding("warning", "I2", sentence, mend="do not add these amounts to anyone's wealth")
    left = [title_of(fund) for fund in funds if fund not in mapped]
    notes = [note] if rows else []
    if left:
        sentence = f"No beneficiaries are named for {', '.join(left)}; they stay with the state."
        notes.append(Finding("note", "I2", sentence))
    return ledger.replaced(rows), notes


def _through(
    country: Country, ledger: Ledger, debtor: str, treatment: Treatment, funds: list[str]
) -> tuple[str, ...]:
    """Intermediaries of the look-through, also those whose owners nobody told."""
    bank = str(country.settings["roles"]["central_bank"])
    names = []
    for name in ledger.names:
        role = sectors()[name].role if name in sectors() else ""
        looked = role == "intermediary" or (name == bank and treatment.central_bank == "T0")
        looked = looked or (role == "firm" and treatment.firms == "F1")
        if looked and name not in funds and name != debtor:
            names.append(name)
    return tuple(names)
