"""Owns the verb lint: what is missing in a country folder or ledger, what does not add up and by how much."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from creditor.errors import CreditorError, InputError, Trouble
from creditor.facts.read import read_figures
from creditor.facts.reconcile import check_partition, tolerance_of
from creditor.facts.sources import read_sources
from creditor.ledger.claims import UNALLOCATED, Claim, Ledger
from creditor.ledger.network import build
from creditor.ledger.readclaims import read_cases
from creditor.ledger.treatments import Treatment
from creditor.opening import corrections, ranges
from creditor.opening.country import Country, read_country
from creditor.opening.opening import open_economy
from creditor.opening.perimeter import periods_of
from creditor.opening.refresh import refresh
from creditor.terms.answer import Answer
from creditor.terms.finding import Finding
from creditor.terms.library import ROOT, read_toml
from creditor.terms.vocabulary import economies, title_of
from creditor.verbs.words import counted

ROUNDING = Fraction(5, 10_000)  # of a share printed with one digit after the point
ANY_DEBTOR = "\0any debtor"


def lint(path: str | Path) -> Answer:
    """Check a country folder or a ledger CSV.

    Parameters
    ----------
    path : path
        A folder with country.toml, the code of an economy in the library, or a CSV as for `through`.

    Returns
    -------
    Answer
        One finding for each fault with file and line; exit code 1 where there is a fault, 0 otherwise.

    Raises
    ------
    InputError
        C101 where there is nothing at the path.

    Examples
    --------
    >>> lint("USA").exit_code
    0
    """
    place = Path(path)
    if not place.exists() and str(path).upper() in economies():
        place = ROOT / "countries" / str(path).upper()
    if not place.exists():
        mend = "give a country folder, a ledger CSV, or the code of an economy in the library"
        raise InputError(Trouble("C101", str(path), "no such file or folder", "", mend))
    findings = _folder(place) if place.is_dir() else _ledger(place)
    faults = sum(finding.severity == "fault" for finding in findings)
    others = len(findings) - faults
    story = f"{place.name}: {counted(faults, 'fault')}, {counted(others, 'remark')}."
    payload = {"path": place.name, "faults": faults, "findings": [finding.as_dict() for finding in findings]}
    return Answer(story, findings=tuple(findings), payload=payload, exit_code=1 if faults else 0)


def _faults(error: CreditorError) -> list[Finding]:
    return [Finding("fault", t.where, t.what, t.why, t.mend, t.code) for t in error.troubles]


def _ledger(path: Path) -> list[Finding]:
    try:
        cases = read_cases(path)
    except CreditorError as error:
        return _faults(error)
    findings: list[Finding] = []
    for name, case in cases.items():
        label = f"{path.name}, case {name}" if name else path.name
        for issuer, (printed, total, where) in case.totals.items():
            parts: dict[str, Fraction] = {}
            for claim in case.ledger.issued_by(issuer):
                parts[claim.holder] = parts.get(claim.holder, Fraction(0)) + claim.amount
            try:
                check = check_partition(
                    parts, total, tolerance_of([*case.printed.get(issuer, []), printed]), where
                )
            except CreditorError as error:
                findings += _faults(error)
                continue
            if not check.agrees:
                sentence = (
                    f"{float(check.gap):g} of the debt of {issuer} ({float(total):g}) is not allocated."
                )
                findings.append(Finding("warning", where, sentence, mend="name the other holders"))
        for group in _closed(case.ledger):
            sentence = f"{', '.join(group)}: no final owner; what reaches them is not allocated."
            mend = "add who holds their liabilities"
            findings.append(Finding("warning", label, sentence, mend=mend, code="L403"))
    return findings


def _closed(ledger: Ledger) -> tuple[tuple[str, ...], ...]:
    """Groups of issuers without a final owner, whatever debt reaches them."""
    holders = set(ledger.holders)
    between = [name for name in ledger.issuers if name in holders]
    if not between:
        return ()
    anyone = Claim(between[0], ANY_DEBTOR, Fraction(1))
    return build(Ledger((*ledger.claims, anyone)), ANY_DEBTOR, between).closed


def _folder(folder: Path) -> list[Finding]:
    try:
        country = read_country(folder)
    except CreditorError as error:
        # what is wrong with the figures and the recipe stands beside it
        return list(dict.fromkeys([*_faults(error), *_stale(folder), *_unused(folder)]))
    found = [*_stale(folder), *_unused(folder), *_partitions(country), *_openings(country)]
    found += _aside(folder, country)
    return list(dict.fromkeys(found))


def _aside(folder: Path, country: Country) -> list[Finding]:
    """Ranges and corrections, where the folder has them."""
    found: list[Finding] = []
    try:
        if (folder / ranges.FILE).is_file():
            told = ranges.missed(country.claims, ranges.read_ranges(folder / ranges.FILE))
            mend = "correct the range, or the figure"
            found += [Finding("fault", where, f"{text}.", "", mend, "L410") for where, text in told]
        if (folder / corrections.FILE).is_file():
            corrections.read_corrections(folder / corrections.FILE)
    except CreditorError as error:
        found += _faults(error)
    return found


def _stale(folder: Path) -> list[Finding]:
    """Generated files that are not what figures and recipe make."""
    if not (folder / "recipe.toml").is_file():
        return [Finding("note", folder.name, "There is no recipe.toml; claims.csv is kept by hand.")]
    try:
        texts = refresh(folder)
    except CreditorError as error:
        return _faults(error)
    findings: list[Finding] = []
    for name in texts:
        if not (folder / name).is_file():
            continue  # reported by the reading of the folder
        have = (folder / name).read_bytes().decode("utf-8", "replace").splitlines()
        findings += _differences(name, have, texts[name].splitlines(), f"creditor data refresh {folder.name}")
    return findings


def _differences(name: str, have: list[str], want: list[str], mend: str) -> Iterator[Finding]:
    """One fault for each line that is not as made, that should not be there, or that is missing."""
    matcher = difflib.SequenceMatcher(None, have, want, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            continue
        for number in range(start, end):
            made = want[first + number - start][:120] if first + number - start < last else "no such line"
            sentence = "The line is not what figures.csv and recipe.toml make."
            yield Finding("fault", f"{name}:{number + 1}", sentence, made, mend)
        for number in range(first + end - start, last):
            sentence = "A line that figures.csv and recipe.toml make is missing here."
            yield Finding("fault", f"{name}:{end + 1}", sentence, want[number][:120], mend)


def _unused(folder: Path) -> list[Finding]:
    """Figures that no recipe uses and sources that no figure names."""
    if not (folder / "recipe.toml").is_file():
        return []
    try:
        sources = read_sources(folder / "sources.toml")
        figures = read_figures(folder / "figures.csv", sources)
        used = set(re.findall(r"[\w.]+", str(read_toml(folder / "recipe.toml"))))
    except CreditorError as error:
        return _faults(error)
    findings = []
    for figure in figures:
        if figure.id not in used:
            sentence = f"Figure {figure.id} is used by no row of recipe.toml."
            findings.append(Finding("note", figure.where, sentence, figure.note))
    cited = {figure.origin.source for figure in figures}
    for key, source in sources.items():
        if not any(text.startswith(source.cite()) for text in cited):
            findings.append(Finding("warning", f"sources.toml, [{key}]", "No figure names this source."))
    return findings


def _partitions(country: Country) -> list[Finding]:
    """Sets against their published totals."""
    findings = _stocks(country)
    for fact in country.facts:
        if fact.labels[0] != "total":
            continue
        parts = {
            claim.holder: claim.amount
            for claim in country.claims
            if claim.set_name == fact.labels[1] and claim.period == fact.period
        }
        tolerance = tolerance_of([f"{float(fact.value):.1f}"] * (len(parts) + 1))
        try:
            check = check_partition(parts, fact.value, tolerance, fact.where)
        except CreditorError as error:
            findings += _faults(error)
            continue
        if not check.agrees:
            lacking = f"{float(check.gap):,.1f} of its total {float(fact.value):,.1f}"
            sentence = f"Set {fact.labels[1]} at {fact.period} lacks {lacking}."
            findings.append(
                Finding("fault", fact.where, sentence, mend="name the other holders", code="F304")
            )
    return findings


def _stocks(country: Country) -> list[Finding]:
    """Sets given in shares against the stock that is shared: no more apart than rounding explains."""
    findings = []
    for fact in country.facts:
        if fact.labels[0] != "stock":
            continue
        parts = [c for c in country.claims if (c.set_name, c.period) == (fact.labels[1], fact.period)]
        gap = 1 - sum((claim.amount for claim in parts), Fraction(0)) / fact.value
        if abs(gap) > ROUNDING * (len(parts) + 1):
            share = f"{float(100 * (1 - gap)):.2f} % of its stock"
            sentence = f"Set {fact.labels[1]} at {fact.period} adds up to {share}."
            mend = "name the other holders, or list each once"
            findings.append(Finding("fault", fact.where, sentence, mend=mend, code="F304"))
    return findings


def _openings(country: Country) -> list[Finding]:
    """Every perimeter opens at every period; owners of intermediaries and groups of households are there."""
    findings: list[Finding] = []
    instruments = {row.labels[2].partition("@")[0] for row in country.groups}
    for perimeter in country.settings["perimeters"]:
        for period in periods_of(country, perimeter):
            try:
                opened = open_economy(country, Treatment(), perimeter, period)
                closed = build(opened.ledger, opened.debtor, opened.through).closed
            except CreditorError as error:
                findings += _faults(error)
                continue
            for group in closed:
                sentence = (
                    f"Owners of {', '.join(title_of(name).lower() for name in group)} are not in the folder."
                )
                findings.append(Finding("warning", country.code, sentence, "not allocated", code="L403"))
            held = {claim.instrument for claim in opened.ledger if claim.holder in opened.households}
            for instrument in sorted(held - instruments) if country.groups else ():
                sentence = (
                    f"Households hold {title_of(instrument).lower()}, which groups.csv does not divide."
                )
                findings.append(Finding("fault", "groups.csv", sentence, mend="add the shares of each group"))
    unknown = [claim for claim in country.claims if claim.holder == UNALLOCATED]
    if unknown:
        told = "; ".join(f"{title_of(c.instrument).lower()} of {title_of(c.issuer).lower()}" for c in unknown)
        findings.append(Finding("note", "claims.csv", f"{len(unknown)} claims have no known holder.", told))
    return list(dict.fromkeys(findings))
