"""Owns the verb audit: which claims of a ledger a regime touches, with citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from creditor.regimes.positions import STRICT, Auditor, Kind, Tally, Touched, totals
from creditor.regimes.read import load_regime
from creditor.terms.answer import Answer, Grid
from creditor.terms.csvfile import LIMIT_MB, Row, read_csv
from creditor.terms.finding import Finding
from creditor.terms.provenance import Provenance
from creditor.verbs.assess import limits_of
from creditor.verbs.words import counted

TOTAL = "total"
NAMED = 3
"""Holders that one row of the table names; more are counted."""
REQUIRED = ("holder", "issuer", "amount")
OPTIONAL = (
    *("instrument", "currency", "case", "period", "source", "vintage", "grade", "note", "id", "valuation"),
    *("perimeter", "set", "unit", "holder_economy", "issuer_economy", "holder_sector", "extra"),
)


def audit(ledger: str | Path, *, regime: str = "notice42", limit_mb: float = LIMIT_MB) -> Answer:
    """Hold a ledger against a regime.

    Parameters
    ----------
    ledger : path
        CSV with holder, issuer, amount; optionally instrument, currency, holder_economy, issuer_economy,
        holder_sector, and any column of the regime's table of cases for single rows.
    regime : str
    limit_mb : float

    Returns
    -------
    Answer
        Payload ``{"claims", "verdicts", "kinds"}``: counts and amounts by verdict, and each kind of claim
        that is touched, with verdict, articles and missing facts.

    Raises
    ------
    InputError
        C101 to C115 for the file; R901 for facts that are not known.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "book.csv"
    >>> _ = path.write_text("holder,issuer,instrument,amount\\nhouseholds,state,debt_securities,3\\n")
    >>> audit(path).payload["verdicts"]["not_covered"]["claims"]
    1
    """
    path, rules = Path(ledger), load_regime(regime)
    columns = [name for name in rules.vocabulary.columns if name not in OPTIONAL]
    book = read_csv(path, REQUIRED, (*OPTIONAL, *columns), limit_mb=limit_mb)
    rows = book.finish()
    auditor = Auditor(rules)
    auditor.narrow(book.columns)
    by_kind, unclear = _tallied(rows, auditor)
    kinds = sorted(
        (auditor.decide(kind) for kind in by_kind), key=lambda known: -STRICT[known.assessment.verdict]
    )
    verdicts = totals(by_kind, auditor.known)
    findings = [Finding("note", rules.name, limits_of(rules))]
    troubles = dict.fromkeys(trouble for entry in kinds for trouble in entry.assessment.case.troubles)
    findings += [Finding("warning", t.where, t.what, t.why, t.mend, t.code) for t in troubles]
    if unclear:
        sentence = (
            f"{counted(unclear, 'amount')} cannot be read; the claims are counted, the amounts are not."
        )
        findings.append(Finding("warning", path.name, sentence, code="C107"))
    return _answer(path, rules.about["title"], rules.digest, verdicts, kinds, by_kind, findings)


def _tallied(rows: Sequence[Row], auditor: Auditor) -> tuple[dict[Kind, Tally], int]:
    """Claims and amounts by kind, and the number of amounts that cannot be read."""
    by_key: dict[tuple[str, ...], tuple[Row, dict[str, Tally]]] = {}
    unclear = 0
    for row in rows:
        fields = row.fields
        holder = fields["holder"]
        if TOTAL in (holder.casefold(), fields["issuer"].casefold()):
            continue  # a published total, no claim
        key = auditor.key(fields)
        if key not in by_key:
            by_key[key] = (row, {})
        holders = by_key[key][1]
        if holder not in holders:
            holders[holder] = Tally()
        tally = holders[holder]
        tally.claims += 1
        try:
            tally.amount += float(fields["amount"])
        except ValueError:
            unclear += 1
    by_kind: dict[Kind, Tally] = {}
    for row, holders in by_key.values():
        for kind, tally in auditor.kinds(row, holders):
            by_kind.setdefault(kind, Tally()).add(tally.claims, tally.amount)
    return by_kind, unclear


def _answer(
    path: Path,
    title: str,
    digest: str,
    verdicts: dict[str, Tally],
    kinds: list[Touched],
    by_kind: dict[Kind, Tally],
    findings: list[Finding],
) -> Answer:
    total = sum(tally.claims for tally in verdicts.values())
    bare = verdicts.get("not_covered", Tally()).claims
    share = f"{counted(bare, 'claim')} of {total:,} {'is' if bare == 1 else 'are'} not covered"
    touched = [entry for entry in kinds if entry.assessment.verdict != "not_covered"]
    story = f"{path.name} against {title}: {share}; {counted(len(touched), 'kind')} of claims touched."
    table = Grid(
        "verdicts",
        "Claims by verdict",
        ("verdict", "claims"),
        tuple((verdict, f"{tally.claims:,}") for verdict, tally in verdicts.items()),
    )
    shown = _shown(touched, by_kind)
    columns = ("instrument", "holder", "issuer", "claims", "verdict", "articles", "missing")
    payload = {
        "claims": total,
        "verdicts": {v: {"claims": t.claims, "amount": t.amount} for v, t in verdicts.items()},
        "kinds": [_entry(entry, by_kind[entry.kind]) for entry in touched],
    }
    grids = (table, *((Grid("kinds", "Claims that are touched", columns, shown),) if shown else ()))
    return Answer(
        story,
        grids=grids,
        findings=tuple(findings),
        payload=payload,
        provenance=Provenance(library_hash=digest),
    )


def _shown(touched: Sequence[Touched], by_kind: Mapping[Kind, Tally]) -> tuple[tuple[str, ...], ...]:
    """Rows of the table: kinds that differ only in the holder's name stand in one row, with their number."""
    groups: dict[tuple[str, ...], tuple[list[str], list[int]]] = {}
    for entry in touched:
        kind, found = entry.kind, entry.assessment
        key = (
            kind.instrument or "–",
            kind.holder_place or "place unknown",
            kind.issuer_place or "unknown",
            f"{found.verdict} ({entry.side})",
            "; ".join(found.articles),
            "; ".join(found.missing),
        )
        holders, claims = groups.setdefault(key, ([], []))
        holders.append(kind.holder)
        claims.append(by_kind[kind].claims)
    rows = []
    for (instrument, place, issuer, *rest), (holders, claims) in groups.items():
        names = list(dict.fromkeys(holders))
        who = ", ".join(names) if len(names) <= NAMED else f"{len(names):,} holders"
        rows.append((instrument, f"{who} ({place})", issuer, f"{sum(claims):,}", *rest))
    return tuple(rows)


def _entry(entry: Touched, tally: Tally) -> dict[str, object]:
    kind, found = entry.kind, entry.assessment
    fields: dict[str, object] = {
        "instrument": kind.instrument,
        "holder": kind.holder,
        "holder_place": kind.holder_place or None,
        "issuer_place": kind.issuer_place or None,
        "currency": kind.currency or None,
        "side": entry.side,
        "claims": tally.claims,
        "amount": tally.amount,
        "verdict": found.verdict,
        "articles": found.articles,
        "missing": found.missing,
        "reason": found.reason,
    }
    return {key: value for key, value in fields.items() if value is not None}
