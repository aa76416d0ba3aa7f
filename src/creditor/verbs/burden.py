"""Owns the verb burden: interest against revenue, output, exports and spending, ranked over economies."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from creditor.analysis.burden import (
    AGGREGATES,
    MEASURES,
    Beside,
    Measure,
    Ratio,
    beside,
    measure_named,
    newest_year,
    of_aggregate,
    ranked,
    ratio,
)
from creditor.errors import InputError, Trouble
from creditor.facts.vintages import newest
from creditor.figures.bars import bars
from creditor.opening.country import Country, Weight, available, load_country
from creditor.terms.answer import Answer, Sheet
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number
from creditor.terms.provenance import Provenance, digest
from creditor.terms.table import column
from creditor.terms.units import PERCENT, Unit
from creditor.terms.vocabulary import economies, word
from creditor.verbs.burden_sheets import (
    aggregate_sheet,
    beside_record,
    beside_sheet,
    fact_record,
    others_sheet,
)
from creditor.verbs.words import counted

ABSENT = float("nan")
RANK = Unit("count", "")
HEAVY = 10.0  # percent of revenue above which international institutions count an economy
BEFORE = 10  # years


def burden(*wanted: str, by: str = "revenue", year: str = "") -> Answer:
    """Say what interest takes of revenue, output, exports and spending, ranked over economies.

    Parameters
    ----------
    *wanted : str
        ISO 3166-1 alpha-3 codes or names; all economies of the library where none is given. Ranks are always
        among all that have the figure.
    by : str
        What is ranked: ``revenue``, ``gdp``, ``gross-revenue``, ``gross-gdp``, ``exports`` or ``spending``.
    year : str
        Such as ``2024``; by default the newest that was over when the figures were published.

    Returns
    -------
    Answer
        Payload: by, concept, year, n (economies with a figure, by measure), economies (economy, title, rank,
        measures), beside, aggregates, absent, findings, story.

    Raises
    ------
    InputError
        T201 for an economy that does not exist, U501 for a measure or year that does not.

    Examples
    --------
    >>> burden("USA", "JPN").payload["economies"][0]["economy"]
    'USA'
    """
    chosen = measure_named(by)
    codes = list(dict.fromkeys(word("economies", name, "economy").name for name in wanted))
    countries = [load_country(code) for code in available()]
    when = _year(year) or newest_year(countries, chosen)
    order = ranked(countries, chosen, when)
    if not order:
        what = f"no economy has {chosen.title} in {when}"
        mend = f"leave --year out: {newest_year(countries, chosen)}"
        raise InputError(Trouble("U501", "--year", what, "", mend))
    asked = codes or [country.code for country in countries]
    shown = [code for code in order if code in asked]
    absent = [code for code in asked if code not in order]
    return _answer(_Found(countries, chosen, when, order, shown, absent, bool(codes)))


def _year(text: str) -> str:
    if text and not (text.isdigit() and len(text) == 4):
        raise InputError(Trouble("U501", "--year", f"{text!r} is no year", "", "write it as 2024"))
    return text


class _Found:
    """What an answer is told from."""

    def __init__(
        self,
        countries: Sequence[Country],
        measure: Measure,
        year: str,
        order: Mapping[str, Ratio],
        shown: Sequence[str],
        absent: Sequence[str],
        asked: bool,
    ) -> None:
        self.countries = {country.code: country for country in countries}
        self.measure, self.year, self.order, self.shown, self.absent = measure, year, order, shown, absent
        self.asked = asked
        self.ranks = {code: rank for rank, code in enumerate(order, start=1)}
        self.titles = {code: economies()[code].title for code in (*shown, *absent)}
        self.ratios = {measure.key: order}
        for other in MEASURES:
            if other is not measure:
                self.ratios[other.key] = ranked(countries, other, year)
        early = str(int(year) - BEFORE)
        self.before = {c.code: value for c in countries if (value := ratio(c, measure, early)) is not None}
        held = [code for code in (*shown, *absent) if code in self.countries]
        self.beside = {code: beside(self.countries[code]) for code in held}
        self.aggregates = {code: rows for code in held if (rows := of_aggregate(self.countries[code]))}


def _answer(found: _Found) -> Answer:
    findings = tuple(_findings(found))
    sheets = [_sheet(found)] if found.shown else []
    others = {
        measure.title: [known[code].origin for code in found.shown if code in known]
        for measure in MEASURES
        if measure is not found.measure and (known := found.ratios[measure.key])
    }
    if others := {title: origins for title, origins in others.items() if origins}:
        sheets.append(others_sheet(others))
    for code, (rows, _) in found.beside.items():
        if rows:
            sheets.append(beside_sheet(found.countries[code], found.titles[code], rows))
    sheets += [aggregate_sheet(code, found.titles[code], rows) for code, rows in found.aggregates.items()]
    payload = {
        "by": found.measure.key,
        "concept": found.measure.concept,
        "year": found.year,
        "n": {key: len(values) for key, values in found.ratios.items()},
        "economies": [_record(code, found) for code in found.shown],
        "beside": [{"economy": code, **beside_record(row)} for code, row in _spending(found)],
        "aggregates": [{"economy": code, **fact_record(fact)} for code, fact in _group_figures(found)],
        "absent": list(found.absent),
        "findings": [finding.as_dict() for finding in findings],
        "story": _story(found),
    }
    used = [value.origin.vintage for value in found.order.values()]
    provenance = Provenance(newest(used), digest(c.digest.encode() for c in found.countries.values()))
    payload["provenance"] = provenance.as_dict()
    figures = (_figure(found),) if found.shown else ()
    named = ": " + ", ".join(found.titles.values()) if found.asked else ""
    title = f"What interest takes{named}"
    return Answer(str(payload["story"]), tuple(sheets), figures, findings, payload, provenance, title=title)


def _sheet(found: _Found) -> Sheet:
    titles = {code: found.titles[code] for code in found.shown}
    ranks = {code: float(found.ranks[code]) for code in found.shown}
    columns = [column("rank", "economy", ranks, RANK, {}, titles)]
    measures = [found.measure, *(measure for measure in MEASURES if measure is not found.measure)]
    for measure in measures:
        known = found.ratios[measure.key]
        values = {code: known[code].value if code in known else ABSENT for code in found.shown}
        origins = {code: known[code].origin for code in found.shown if code in known}
        if not origins:
            continue
        columns.append(
            column(
                f"{_head(measure)} (N\u00a0=\u00a0{len(known)})", "economy", values, PERCENT, origins, titles
            )
        )
        if measure is found.measure and any(code in found.before for code in found.shown):
            early = {c: found.before[c].value if c in found.before else ABSENT for c in found.shown}
            columns.insert(2, column(f"in {int(found.year) - BEFORE}", "economy", early, PERCENT, {}, titles))
    ranked_by = {code: found.order[code].origin for code in found.shown}
    note = f"{found.year}, percent; ranked among the {len(found.order)} economies with a figure. "
    concepts = dict.fromkeys(m.concept for m in measures if set(found.ratios[m.key]) & set(found.shown))
    note += " ".join(f"{concept[:1].upper()}{concept[1:]}." for concept in concepts)
    return Sheet("burden", f"Interest: {found.measure.title}", tuple(columns), ranked_by, note)


def _head(measure: Measure) -> str:
    return measure.title.replace(" in percent of ", " / ")


def _record(code: str, found: _Found) -> dict[str, Any]:
    measures = {}
    for measure in MEASURES:
        value = found.ratios[measure.key].get(code)
        if value is not None:
            measures[measure.key] = {
                "value": value.value,
                "unit": "percent",
                "title": measure.title,
                "concept": measure.concept.partition(":")[0],
                "period": value.period,
                "projection": value.projection,
                "estimate": value.estimate,
                "source": value.origin.source,
                "vintage": value.origin.vintage,
                "grade": value.origin.grade,
            }
    early = {"ten_years_before": found.before[code].value} if code in found.before else {}
    head = {"economy": code, "title": found.titles[code], "rank": found.ranks[code]}
    return {**head, **early, "measures": measures}


def _group_figures(found: _Found) -> list[tuple[str, Weight]]:
    return [(code, fact) for code, facts in found.aggregates.items() for fact in facts]


def _spending(found: _Found) -> list[tuple[str, Beside]]:
    return [(code, row) for code, (rows, _) in found.beside.items() for row in rows]


def _findings(found: _Found) -> Sequence[Finding]:
    told = []
    for code in found.absent:
        sentence = f"{found.titles[code]}: no figure for {found.measure.title} in {found.year}."
        if code in AGGREGATES:
            sentence = f"{found.titles[code]}: a group of economies, not ranked among them."
        told.append(Finding("note" if code in AGGREGATES else "warning", code, sentence))
    lacking = [code for code in found.shown if not found.beside[code][0]]
    if lacking:
        sentence = "Spending on education, health and defence is not in the figures of "
        sentence += f"{counted(len(lacking), 'economy', 'economies')} shown."
        told.append(Finding("note", "spending", sentence, "" if len(lacking) > 6 else ", ".join(lacking)))
    for code, (rows, absent) in found.beside.items():
        if rows and absent:
            kinds = " and ".join(absent)
            sentence = f"{found.titles[code]}: no figures for {kinds} of the same government and year."
            told.append(Finding("note", code, sentence))
    ahead = [code for code in found.shown if found.order[code].projection]
    if ahead:
        number = counted(len(ahead), "projection")
        sentence = f"{found.year} was not over when the figures were published: {number}."
        told.append(Finding("warning", found.year, sentence))
    guessed = [code for code in found.shown if found.order[code].estimate]
    if guessed:
        number = counted(len(guessed), "economy", "economies")
        sentence = f"The figures of {found.year} are the publisher's own estimates in {number}."
        told.append(Finding("note", found.year, sentence, ", ".join(guessed)))
    sentence = "Net and gross interest are two concepts and are not ranked together: net is far below gross "
    sentence += "where the state owns large financial assets, as in Japan."
    told.append(Finding("note", "net and gross", sentence))
    return told


def _story(found: _Found) -> str:
    values = {code: value.value for code, value in found.order.items()}
    texts = {code: format_number(value, PERCENT) for code, value in values.items()}
    n = counted(len(values), "economy", "economies")
    first, last = next(iter(values)), list(values)[-1]
    middle = format_number(statistics.median(values.values()), PERCENT)
    low, high = (f"{texts[code]} in {_called(code, found)}" for code in (last, first))
    kind, _, base = found.measure.title.partition(" in percent of ")
    head = f"In {found.year} {kind} took {middle} of {base} in the middle of {n} with a figure, "
    head += f"from {low} to {high}"
    if found.measure.key == "revenue":
        heavy = sum(value > HEAVY for value in values.values())
        head += f"; more than {HEAVY:.0f} % in {heavy} of {len(values)}"
    own = "; ".join(f"{_called(c, found)} is number {found.ranks[c]} with {texts[c]}" for c in found.shown)
    own = f" {own[:1].upper()}{own[1:]}." if found.asked and 0 < len(found.shown) <= 6 else ""
    return f"{head}.{own}"


def _called(code: str, found: _Found) -> str:
    return found.countries[code].called


def _figure(found: _Found) -> dict[str, Any]:
    values = {code: found.order[code].value for code in found.shown}
    table = column("percent", "economy", values, PERCENT, {}, found.titles)
    grades = {code: found.order[code].origin.grade for code in found.shown}
    title = f"{found.measure.title[:1].upper()}{found.measure.title[1:]}, {found.year}"
    vintages = dict.fromkeys(v for c in found.shown for v in found.order[c].origin.vintage.split("; "))
    first = found.order[found.shown[0]].origin.source.rpartition("from ")[2].split("; ")[0]
    first = first.rpartition(", ")[0]  # without the code of the series
    source = f"{first}; releases {', '.join(vintages)}"
    return bars(title, _story(found), source, table, {}, grades)
