"""Owns the verb through: the look-through of a user's own ledger."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from creditor.errors import CreditorError, InputError, Trouble, Troubles
from creditor.facts.reconcile import check_partition, tolerance_of
from creditor.figures.bars import bars
from creditor.ledger.bounds import Interval
from creditor.ledger.claims import UNALLOCATED, Claim, Ledger
from creditor.ledger.complete import complete
from creditor.ledger.equity import settle
from creditor.ledger.lookthrough import LookThrough, look_through
from creditor.ledger.paths import largest_paths
from creditor.ledger.polytope import unknown_ranges
from creditor.ledger.readclaims import Case, read_cases
from creditor.ledger.treatments import consolidate
from creditor.terms.answer import Answer, Sheet
from creditor.terms.csvfile import LIMIT_MB, parse_number
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number, with_unit
from creditor.terms.provenance import Provenance, digest
from creditor.terms.suggest import mend_with
from creditor.terms.table import column
from creditor.terms.units import SHARE, Unit
from creditor.terms.vocabulary import title_of
from creditor.verbs.through_bounds import bounds_of, columns_of
from creditor.verbs.words import counted


def through(
    ledger: str | Path,
    *,
    debt_of: str,
    through: Sequence[str] | None = None,
    final: Sequence[str] = (),
    consolidated: str = "",
    negative_equity: Sequence[str] = (),
    total: str = "",
    limit_mb: float = LIMIT_MB,
) -> Answer:
    """Say who owns a debt in the end, in a ledger of one's own.

    Parameters
    ----------
    ledger : path
        CSV with columns holder, issuer, amount; optionally instrument, currency, case, period, source,
        vintage, grade, note. A row with holder ``total`` states the published total of an issuer's debt.
    debt_of : str
        The debtor.
    through : sequence of str, optional
        Whom to look through; by default everyone whose own liabilities are in the ledger.
    final : sequence of str
        Whom not to look through.
    consolidated : str
        A central bank to put into the debtor's own accounts (treatment T1).
    negative_equity : sequence of str
        ``NAME=N-b`` or ``NAME=N-a:SPONSOR`` for intermediaries whose liabilities exceed their assets.
    total : str
        The published total of the debt, as printed; what no listed holder has is not allocated.
    limit_mb : float
        Largest size of the file in million bytes.

    Returns
    -------
    Answer
        Payload ``{"debt", "holders": {name: amount}}``, or with a case column one of these for each case.

    Raises
    ------
    InputError, MissingError, NoSolutionError
        Every trouble of the file at once; names that are not in the ledger; holders above the total.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "book.csv"
    >>> _ = path.write_text("holder,issuer,amount\\nfund,state,2\\nann,fund,3\\nbob,fund,1\\n")
    >>> through(path, debt_of="state").payload
    {'debt': 2.0, 'holders': {'ann': 1.5, 'bob': 0.5}}
    """
    declared = (total, _amount(total), "--total") if total else None
    asked = Asked(debt_of, through, tuple(final), consolidated, tuple(negative_equity), declared)
    path = Path(ledger)
    cases = read_cases(path, limit_mb)
    _check_cases(cases)
    return _answer(cases, asked, path)


def _answer(cases: dict[str, Case], asked: Asked, path: Path) -> Answer:
    results, bounds, findings = _results(cases, asked, path.name)
    units = {name: Unit("money", case.ledger.currency) for name, case in cases.items()}
    payloads = {
        name: _payload(result, bounds[name] if cases[name].blanks else {}) for name, result in results.items()
    }
    return Answer(
        story=" ".join(_story(name, result, asked.debt_of, units[name]) for name, result in results.items()),
        sheets=tuple(_all_sheets(results, units, bounds)),
        figures=tuple(
            _figure(name, result, units[name], path.name, bounds[name]) for name, result in results.items()
        ),
        findings=tuple(findings),
        payload=payloads[""] if list(payloads) == [""] else payloads,
        provenance=Provenance(library_hash=digest([path.read_bytes()])),
        certificate={
            name or "ledger": {"method": result.method, "conservation": result.conservation}
            for name, result in results.items()
        },
        title=f"Who owns the debt of {asked.debt_of} in the end?",
    )


@dataclass(frozen=True)
class Asked:
    """What is asked of each case; `declared` is a total as printed, its amount and where it was given."""

    debt_of: str
    through: Sequence[str] | None
    final: tuple[str, ...]
    consolidated: str
    negative_equity: tuple[str, ...]
    declared: tuple[str, Fraction, str] | None


def _results(
    cases: dict[str, Case], asked: Asked, place: str
) -> tuple[dict[str, LookThrough], dict[str, dict[str, Interval]], list[Finding]]:
    """The look-through and intervals of each case; what is wrong with any of them comes at once."""
    results: dict[str, LookThrough] = {}
    bounds: dict[str, dict[str, Interval]] = {}
    findings: list[Finding] = []
    failed: list[tuple[str, CreditorError]] = []
    for name, case in cases.items():
        try:
            result, bounds[name], notes = _result(case, asked, place)
        except CreditorError as error:
            failed.append((name, error))
            continue
        results[name] = result
        findings += [_in_case(finding, name) for finding in (*notes, *result.findings)]
    if failed:
        raise _joined(failed)
    return results, bounds, findings


def _result(case: Case, asked: Asked, place: str) -> tuple[LookThrough, dict[str, Interval], list[Finding]]:
    book, notes = _prepared(case, asked, place)
    wanted, kept = asked.through, list(asked.final)
    if wanted is None:
        kept += _sponsors(asked.negative_equity, case)
    else:
        wanted = [name for name in wanted if name != asked.consolidated]
    kept = [name for name in kept if name != asked.consolidated]
    result = look_through(book, asked.debt_of, wanted, kept)
    bounds, more = bounds_of(result, book, unknown_ranges(case), case.by_issuer)
    return result, bounds, [*notes, *more]


def _check_cases(cases: dict[str, Case]) -> None:
    """Refuse rows without a case beside rows with one."""
    if "" in cases and len(cases) > 1:
        why, mend = "other rows have one", "name the case of each row"
        raise InputError(
            Trouble("C112", claim.where, "case is empty", why, mend) for claim in cases[""].ledger
        )


def _joined(failed: list[tuple[str, CreditorError]]) -> CreditorError:
    """One error with the troubles of all cases."""
    kinds = [type(error) for _, error in failed]
    troubles = [
        replace(trouble, where=f"case {name}, {trouble.where}") if name else trouble
        for name, error in failed
        for trouble in error.troubles
    ]
    return (InputError if InputError in kinds else kinds[0])(troubles)


def _sponsors(rules: Sequence[str], case: Case) -> list[str]:
    """Sponsors whose only liability is the gap of rule N-a: they stay the owners of what they hold."""
    named = [rule.partition(":")[2].strip() for rule in rules]
    return [name for name in named if name in case.ledger.names and name not in case.ledger.issuers]


def _completed(case: Case) -> tuple[Case, list[Finding]]:
    """Fill the cells whose amount is written as ``?``, and say which and how."""
    if not case.blanks:
        return case, []
    names = ", ".join(f"{claim.holder} of {claim.issuer}" for claim in case.blanks)
    case, report = complete(case)
    sentence = f"{len(report.filled)} unknown claims are filled from the totals of holders and issuers."
    evidence = f"{names}; largest gap to a total {report.gap:.3g}"
    return case, [Finding("warning", "ledger", sentence, evidence, "write the amounts where they are known")]


def _prepared(case: Case, asked: Asked, place: str) -> tuple[Ledger, list[Finding]]:
    """Hold the holders against a declared total, apply the rules for negative equity, consolidate."""
    case, findings = _completed(case)
    book, debt_of, consolidated = case.ledger, asked.debt_of, asked.consolidated
    declared = asked.declared or case.totals.get(asked.debt_of)
    if declared:
        printed, amount, where = declared
        parts: dict[str, Fraction] = {}
        for claim in book.issued_by(debt_of):
            parts[claim.holder] = parts.get(claim.holder, Fraction(0)) + claim.amount
        tolerance = tolerance_of([*case.printed.get(debt_of, []), printed])
        check = check_partition(parts, amount, tolerance, where)
        if check.gap > 0 and not (check.agrees and tolerance < amount / 1000):
            rest = Claim(UNALLOCATED, debt_of, check.gap, currency=book.currency, where=where)
            book = Ledger((*book.claims, rest))
            sentence = f"The listed holders have {float(check.parts):g} of {float(amount):g}; "
            sentence += "the rest is not allocated."
            findings.append(
                Finding(
                    "warning",
                    debt_of,
                    sentence,
                    f"gap {float(check.gap):g}",
                    "name the other holders",
                    "F304",
                )
            )
    for text in asked.negative_equity:
        name, _, rule = text.partition("=")
        code, _, sponsor = rule.partition(":")
        book, balance = settle(book, name.strip(), code.strip(), sponsor.strip())
        covered = format_number(float(balance.coverage), SHARE)
        sentence = f"{name}: assets cover {covered} of the liabilities; rule {rule}."
        findings.append(Finding("note", name, sentence))
    if consolidated:
        if consolidated not in book.names:
            mend = mend_with(consolidated, book.names)
            raise InputError(
                Trouble("L402", "--consolidate", f"{consolidated!r} is not in the ledger", place, mend)
            )
        book = consolidate(book, debt_of, consolidated)
    return book, findings


def _amount(text: str) -> Fraction:
    troubles = Troubles()
    amount = parse_number(text, "--total", "total", troubles)
    if amount is not None and amount < 0:
        troubles.add("C109", "--total", f"total {text} is negative", "claims are non-negative", "correct it")
    troubles.raise_if_any()
    return amount if amount is not None else Fraction(0)


def _payload(result: LookThrough, bounds: Mapping[str, Interval]) -> dict[str, object]:
    owners = _ordered(result)
    ends = {
        name: {"lo": bounds[name].low, "hi": bounds[name].high, "bound": bounds[name].bound}
        for name in owners
        if name in bounds
    }
    return {"debt": float(result.debt), "holders": owners} | ({"bounds": ends} if ends else {})


def _ordered(result: LookThrough) -> dict[str, float]:
    owners = result.owners
    return {name: owners[name] for name in sorted(owners, key=lambda n: (n == UNALLOCATED, -owners[n]))}


def _sheets(case: str, result: LookThrough, unit: Unit, bounds: Mapping[str, Interval]) -> list[Sheet]:
    owners = _ordered(result)
    total = math.fsum(owners.values())
    amounts = owners | {"total": float(result.debt)}
    titles = {name: title_of(name) for name in owners} | {"total": "Total"}
    shares = {name: amount / total if total else 0.0 for name, amount in amounts.items()}
    made = [
        Sheet(
            f"holders-{case}" if case else "holders",
            f"Final owners{f', case {case}' if case else ''}",
            (
                column("amount", "holder", amounts, unit, {}, titles),
                column("share", "holder", shares, SHARE, {}, titles),
                *columns_of(bounds, titles, total),
            ),
            total="total",
        )
    ]
    paths = largest_paths(result, 10)
    if any(len(path.names) > 2 for path in paths):
        chain = {" → ".join(path.names): path.amount for path in paths}
        made.append(
            Sheet(
                f"chains-{case}" if case else "chains",
                "The largest chains",
                (column("amount", "chain", chain, unit),),
            )
        )
    return made


def _figure(
    case: str, result: LookThrough, unit: Unit, source: str, bounds: Mapping[str, Interval]
) -> dict[str, object]:
    owners = _ordered(result)
    tones = {name: "unallocated" if name == UNALLOCATED else "neutral" for name in owners}
    table = column("amount", "holder", owners, unit)
    title = f"Final owners of the debt of {result.network.issuer}{f', case {case}' if case else ''}"
    passes = f"a unit held indirectly passes {result.layers_per_dollar:.2f} intermediaries"
    sentence = f"{_number(owners)}; {passes}."
    if not bounds:
        return bars(title, sentence, source, table, tones)
    low, high = (
        column(end, "holder", {name: getattr(bounds[name], end) for name in owners}, unit)
        for end in ("low", "high")
    )
    return bars(title, sentence, source, table, tones, low=low, high=high)


def _story(name: str, result: LookThrough, debt_of: str, unit: Unit) -> str:
    owners = _ordered(result)
    total = math.fsum(owners.values())
    head = f"{f'Case {name}: the' if name else 'The'} debt of {debt_of} is "
    head += with_unit(float(result.debt), unit).strip()
    if not total:
        return f"{head}."
    share = format_number(owners.get(UNALLOCATED, 0.0) / total, SHARE)
    return (
        f"{head}; {_number(owners)}, the largest {title_of(next(iter(owners)))}; not allocated {share}; "
        f"a unit held indirectly passes {result.layers_per_dollar:.2f} intermediaries."
    )


def _number(owners: dict[str, float]) -> str:
    return counted(sum(name != UNALLOCATED for name in owners), "final owner")


def _all_sheets(
    results: dict[str, LookThrough], units: dict[str, Unit], bounds: Mapping[str, Mapping[str, Interval]]
) -> list[Sheet]:
    first = _together(results, units) if len(results) > 1 else []
    each = (_sheets(name, result, units[name], bounds[name]) for name, result in results.items())
    return first + [sheet for sheets in each for sheet in sheets]


def _together(results: dict[str, LookThrough], units: dict[str, Unit]) -> list[Sheet]:
    """All cases in one table, the first."""
    amounts, shares, titles = {}, {}, {}
    for case, result in results.items():
        for name, amount in _ordered(result).items():
            label = f"{case}: {name}"
            amounts[label], titles[label] = amount, f"{case}: {title_of(name)}"
            shares[label] = amount / float(result.debt) if result.debt else 0.0
    different = set(units.values())
    unit = different.pop() if len(different) == 1 else Unit("money", "")
    columns = (
        column("amount", "case and holder", amounts, unit, {}, titles),
        column("share", "case and holder", shares, SHARE, {}, titles),
    )
    return [Sheet("cases", "Final owners in all cases", columns)]


def _in_case(finding: Finding, case: str) -> Finding:
    if not case:
        return finding
    place = f"case {case}, {finding.place}"
    return Finding(finding.severity, place, finding.sentence, finding.evidence, finding.mend, finding.code)
