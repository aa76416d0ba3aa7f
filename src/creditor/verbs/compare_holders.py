"""Owns the verb compare_holders: who holds the debt of several economies, on one definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from creditor.analysis.common import DEFINITIONS, NEWEST, SIX_WAY, Basis, basis, six_way
from creditor.analysis.residence import CLASSES, SIX
from creditor.errors import InputError, MissingError, Trouble
from creditor.facts.vintages import newest
from creditor.figures.bars import bars
from creditor.figures.multiples import Panel, multiples
from creditor.opening.country import Country, available, load_country
from creditor.opening.known import as_known, with_headline
from creditor.terms.answer import Answer, Sheet
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number
from creditor.terms.provenance import Provenance, digest
from creditor.terms.suggest import mend_with
from creditor.terms.table import column
from creditor.terms.units import SHARE
from creditor.verbs.words import counted

ABSENT = float("nan")
TONES = {
    "central_bank": "central_bank",
    "resident_banks": "intermediary",
    "resident_nonbanks": "household",
    "residents": "neutral",
    "unknown": "unallocated",
}


def compare_holders(*economies: str, definition: str = SIX_WAY, as_known_at: str = "") -> Answer:
    """Say who holds the debt of several economies, on one definition.

    Parameters
    ----------
    *economies : str
        Codes or names; none for every economy that has the definition.
    definition : str
        ``six-way``: central bank, banks and nonbanks at home; official, banks and nonbanks abroad.
        ``newest``: the headline set of each, by the same classes as far as it tells them apart.
    as_known_at : str
        A date; nothing that was published later is used.

    Returns
    -------
    Answer
        Payload: definition, economies (economy, title, set, perimeter, period, stock, shares, loop, source,
        vintage, grade), left_out (economy, reason), findings.

    Raises
    ------
    InputError
        T201 for an economy, U501 for a definition that does not exist.
    MissingError
        F303 where none of the economies has the definition.

    Examples
    --------
    >>> answer = compare_holders("JPN", "ITA")
    >>> [entry["economy"] for entry in answer.payload["economies"]]
    ['JPN', 'ITA']
    """
    if definition not in DEFINITIONS:
        mend = mend_with(definition, DEFINITIONS)
        raise InputError(Trouble("U501", "--definition", f"no definition {definition!r}", "", mend))
    asked = list(dict.fromkeys(load_country(name).code for name in economies))
    codes = asked or [code for code in available() if definition == SIX_WAY or code != "ROW"]
    found, left_out = _bases(codes, definition, as_known_at)
    if not found:
        raise _none(left_out, definition)
    found.sort(key=lambda one: -one.loop.resident if not asked else 0.0)
    return _answer(found, left_out if asked else {}, definition, as_known_at, asked)


def _bases(codes: Sequence[str], definition: str, date: str) -> tuple[list[Basis], dict[str, str]]:
    """The set of each economy, and why others have none."""
    found, left_out = [], {}
    for code in codes:
        try:
            country = as_known(load_country(code), date) if date else load_country(code)
            one = six_way(country) if definition == SIX_WAY else basis(with_headline(country))
        except MissingError as error:
            left_out[code] = error.troubles[0].what
            continue
        if one is None:
            left_out[code] = f"no set of six classes; the library has {_has(country)}"
        else:
            found.append(one)
    return found, left_out


def _has(country: Country) -> str:
    return ", ".join(str(entry["title"]) for entry in country.settings["perimeters"].values())


def _none(left_out: Mapping[str, str], definition: str) -> MissingError:
    troubles = [
        Trouble("F303", "economies", f"{code}: {reason}", "", "add --definition newest")
        if definition == SIX_WAY
        else Trouble("F303", "economies", f"{code}: {reason}", "", "name other economies")
        for code, reason in left_out.items()
    ]
    return MissingError(troubles)


def _answer(
    found: list[Basis], left_out: Mapping[str, str], definition: str, date: str, asked: Sequence[str]
) -> Answer:
    names = SIX if definition == SIX_WAY else tuple(n for n in CLASSES if any(n in b.shares for b in found))
    findings = _findings(found, left_out, definition)
    words = ["creditor", "compare-holders", *asked]
    words += ["--definition", definition] if definition != SIX_WAY else []
    words += ["--as-known-at", date] if date else []
    story = _story(found, left_out, definition)
    library = digest(one.country.digest.encode() for one in found)
    provenance = Provenance(newest(one.origin.vintage for one in found), library)
    payload = {
        "definition": definition,
        "economies": [_record(one) for one in found],
        "left_out": [{"economy": code, "reason": reason} for code, reason in left_out.items()],
        "findings": [finding.as_dict() for finding in findings],
        "story": story,
        "command": " ".join(words),
        "provenance": provenance.as_dict(),
    }
    return Answer(
        story=story,
        sheets=(_sheet(found, names, definition),),
        figures=(_panels(found, names, definition), *ranking(found)),
        findings=tuple(findings),
        payload=payload,
        provenance=provenance,
        title="Who holds the debt, on one definition",
    )


def _record(one: Basis) -> dict[str, Any]:
    loop = one.loop
    return {
        "economy": one.country.code,
        "title": str(one.country.settings["name"]),
        "perimeter": one.perimeter,
        "period": one.period,
        "stock": one.stock,
        "shares": one.shares,
        "loop": {"resident": loop.resident, "foreign": loop.foreign, "unknown": loop.unknown},
        "source": one.origin.source,
        "vintage": one.origin.vintage,
        "grade": one.origin.grade,
    }


def _story(found: Sequence[Basis], left_out: Mapping[str, str], definition: str) -> str:
    dates = sorted({one.period for one in found})
    span = dates[0] if len(dates) == 1 else f"{len(dates)} dates from {dates[0]} to {dates[-1]}"
    told = f"{counted(len(found), 'economy', 'economies')} on the definition {definition}, at {span}."
    ranked = sorted((one for one in found if one.told), key=lambda one: -one.loop.resident)
    if len(ranked) == 1:
        at_home = _percent(ranked[0].loop.resident)
        told += f" Own residents hold {at_home} of the debt of {ranked[0].country.called}."
    elif ranked:
        first, last = ranked[0], ranked[-1]
        told += f" Own residents hold most in {first.country.called} ({_percent(first.loop.resident)}) and "
        told += f"least in {last.country.called} ({_percent(last.loop.resident)})."
    return told + (f" Left out: {', '.join(left_out)}." if left_out else "")


def _percent(share: float) -> str:
    return format_number(share, SHARE)


def _findings(found: Sequence[Basis], left_out: Mapping[str, str], definition: str) -> list[Finding]:
    findings = [Finding("warning", code, f"Left out: {reason}.") for code, reason in left_out.items()]
    if definition == SIX_WAY:
        sentence = "The six classes are of 2019Q4, before the purchases of the pandemic; central banks hold "
        sentence += "more or less today. The share of the central bank is derived."
        findings.append(Finding("warning", SIX_WAY, sentence, mend="add --definition newest for later sets"))
        if any(one.country.code == "JPN" for one in found):
            sentence = "The share of the central bank is about 4 points below that of the Bank of Japan."
            findings.append(Finding("note", "JPN", sentence))
        return findings
    stocks = "; ".join(f"{one.country.code}: {one.stock.rstrip(',')}, {one.period}" for one in found)
    sentence = "The sets are of different dates and stocks: some leave out external debt, loans or local "
    sentence += "government. Classes that a set does not tell apart stand in a coarser column."
    findings.append(Finding("warning", NEWEST, sentence, stocks))
    return findings


def _sheet(found: Sequence[Basis], names: Sequence[str], definition: str) -> Sheet:
    titles = _titles(found)
    loops = {one.country.code: one.loop.resident if one.told else ABSENT for one in found}
    columns = [column("loop share", "economy", loops, SHARE, {}, titles)]
    for name in names:
        shares = {one.country.code: one.shares.get(name, ABSENT) for one in found}
        columns.append(column(CLASSES[name][0].lower(), "economy", shares, SHARE, {}, titles))
    origins = {one.country.code: one.origin for one in found}
    dates = {one.period for one in found}
    at = f", all at {dates.pop()}" if len(dates) == 1 else ""
    note = f"Definition {definition}{at}. Loop share: what own residents hold, by residence of the holder."
    return Sheet("holders", "Holders by class", tuple(columns), origins, note)


def _titles(found: Sequence[Basis]) -> dict[str, str]:
    """Names of economies, with their dates where these differ."""
    dated = len({one.period for one in found}) > 1
    names = {one.country.code: str(one.country.settings["name"]) for one in found}
    return {one.country.code: names[one.country.code] + (f", {one.period}" if dated else "") for one in found}


def _panels(found: Sequence[Basis], names: Sequence[str], definition: str) -> dict[str, Any]:
    titles = {name: CLASSES[name][0] for name in names}
    tones = {name: TONES.get(name, "foreign") for name in names}
    panels = []
    for one in found:
        shares = {name: one.shares.get(name, ABSENT) for name in names}
        values = column("share", "class", shares, SHARE, {}, titles)
        note = f"{one.period}, at home {_percent(one.loop.resident)}" if one.told else one.period
        grades = dict.fromkeys(names, one.origin.grade)
        panels.append(Panel(str(one.country.settings["name"]), note, values, grades))
    sentence = f"Share of each class of holder in the debt, definition {definition}, all on one scale."
    return multiples("Who holds the debt", sentence, source_line(found), panels, tones)


def ranking(found: Sequence[Basis]) -> tuple[dict[str, Any], ...]:
    """The figure of loop shares, the largest first; none where no residence is known."""
    ranked = sorted((one for one in found if one.told), key=lambda one: -one.loop.resident)
    if not ranked:
        return ()
    titles = _titles(ranked)
    least = column("least", "economy", {o.country.code: o.loop.resident for o in ranked}, SHARE, {}, titles)
    most = column("most", "economy", {o.country.code: o.loop.most for o in ranked}, SHARE, {}, titles)
    grades = {one.country.code: one.origin.grade for one in ranked}
    bounded = any(one.loop.unknown > 0.0005 for one in ranked)
    sentence = "Share of the debt that own residents hold, by residence of the holder"
    sentence += "; the line ends where all that is not told would be at home." if bounded else "."
    ends = (least, most) if bounded else (None, None)
    return (bars("Owed at home", sentence, source_line(found), least, None, grades, *ends),)


def source_line(found: Sequence[Basis]) -> str:
    """Publishers of the sets, in one line."""
    named: dict[str, None] = {}
    for one in found:
        named |= dict.fromkeys(one.publishers)
    words = ", ".join(list(named)[:3]) + (" and others" if len(named) > 3 else "")
    return f"{words}; releases to {newest(one.origin.vintage for one in found)}"
