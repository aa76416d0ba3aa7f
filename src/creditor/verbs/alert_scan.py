"""Owns the verb that scans the library: debt indicators beyond their thresholds become clues of the store."""

from __future__ import annotations

from creditor.analysis.burden import AGGREGATES, measure_named, newest_year
from creditor.analysis.indicators import Indication, indications, lacking
from creditor.analysis.thresholds import Threshold, Watched, read_thresholds
from creditor.errors import InputError, Trouble, Troubles
from creditor.facts.vintages import newest
from creditor.monitor.clue import Clue, make_clue
from creditor.monitor.store import WAIT, opened
from creditor.opening.country import Country, available, load_country
from creditor.terms.answer import Answer, Grid
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number, with_unit
from creditor.terms.provenance import Provenance, digest
from creditor.terms.vocabulary import word
from creditor.verbs.alert_steps import enter
from creditor.verbs.alert_words import asker, moment
from creditor.verbs.words import counted

LIMITS = "A threshold is a reason to look, not a verdict; each has its source and grade."


def alerts_scan(
    *economies: str,
    year: str = "",
    dry_run: bool = False,
    by: str = "",
    at: str = "",
    store: str = "",
    wait: float = WAIT,
) -> Answer:
    """Compute the debt indicators of economies and hand those beyond their thresholds to the store as clues.

    Parameters
    ----------
    *economies : str
        Codes or names; all of the library where none is given.
    year : str
        Of interest, growth and needs; by default the newest that was over when the figures were published.
    dry_run : bool
        Whether to show the clues and write nothing.
    by, at, store, wait
        As in `alerts_add`.

    Returns
    -------
    Answer
        Payload: year, economies, n (numbers computed), clues (economy, indicator, value, threshold and its
        source, vintage and grade), lacking (indicators without figures, by economy), added, present, revised.
        The same finding is not entered twice; a newer figure of an open alert is an observation of it.

    Raises
    ------
    InputError
        T201 for an economy that does not exist, U501 for a year.
    MissingError
        F302, F303, M904, M905, M906.

    Examples
    --------
    >>> found = alerts_scan("EGY", dry_run=True).payload["clues"][0]
    >>> found["indicator"], found["threshold"], found["threshold_grade"]
    ('interest_revenue', 10.0, 'A')
    """
    office, time = asker(by), moment(at)
    codes = list(dict.fromkeys(word("economies", name, "economy").name for name in economies))
    countries = [load_country(code) for code in codes or available() if code not in AGGREGATES]
    when = _year(year)
    numbers = {country.code: indications(country, when) for country in countries}
    crossed = [row for country in countries for row in _crossed(country, numbers[country.code])]
    clues = _clues(crossed)
    entered: Entered = ([], [], [])
    if not dry_run:
        with opened(store, write=True, wait=wait) as log:
            assert log is not None
            entered = enter(log, clues, office, time)
    return _answer(countries, when, numbers, crossed, None if dry_run else entered)


Entered = tuple[list[str], list[str], list[str]]
Row = tuple[Country, Watched, Threshold, Indication]


def _year(text: str) -> str:
    if text and not (text.isdigit() and len(text) == 4):
        raise InputError(Trouble("U501", "--year", f"{text!r} is no year", "", "write it as 2024"))
    return text or newest_year([load_country(code) for code in available()], measure_named("revenue"))


def _answer(
    countries: list[Country],
    year: str,
    numbers: dict[str, list[Indication]],
    crossed: list[Row],
    entered: Entered | None,
) -> Answer:
    """What was computed, and, unless nothing was written, what became of it."""
    holes = {code: names for code, found in numbers.items() if (names := lacking(found))}
    added, present, revised = entered or ([], [], [])
    payload = {
        "year": year,
        "economies": list(numbers),
        "n": sum(map(len, numbers.values())),
        "clues": [_record(*row) for row in crossed],
        "lacking": holes,
        "added": added,
        "present": present,
        "revised": revised,
    }
    vintages = [one.origin.vintage for found in numbers.values() for one in found]
    provenance = Provenance(newest(vintages), digest(country.digest.encode() for country in countries))
    story = f"{counted(len(countries), 'economy', 'economies')}, {year}: {payload['n']} numbers, "
    story += f"{len(crossed)} beyond a threshold. "
    if entered is None:
        story += "Nothing was written."
    else:
        story += f"{counted(len(added), 'new alert')}, {len(present)} already there"
        story += f", {len(revised)} revised." if revised else "."
    findings = (*([_holes(holes)] if holes else []), Finding("note", "thresholds", LIMITS))
    grids = (_grid(crossed),) if crossed else ()
    return Answer(story, payload=payload, grids=grids, findings=findings, provenance=provenance, title="Scan")


def _crossed(country: Country, found: list[Indication]) -> list[Row]:
    """The numbers of an economy that lie beyond the threshold for its group."""
    watched = read_thresholds()
    rows = []
    for one in found:
        kind = watched[one.indicator]
        threshold = kind.threshold_for(country.settings["groups"])
        if threshold and kind.crossed(one, threshold):
            rows.append((country, kind, threshold, one))
    return rows


def _clues(rows: list[Row]) -> list[Clue]:
    troubles = Troubles()
    made = [make_clue(_fields(*row), f"{row[0].code}, {row[1].name}", troubles) for row in rows]
    troubles.raise_if_any()
    return [clue for clue in made if clue is not None]


def _fields(country: Country, kind: Watched, threshold: Threshold, one: Indication) -> dict[str, object]:
    """A number beyond its threshold as the fields of a clue: the Finding, and what it is about."""
    limit = with_unit(threshold.value, kind.unit)
    head = f"{country.settings['name']}, {one.period}: {kind.title[0].lower()}{kind.title[1:]}"
    guess = "C" in (one.origin.grade, threshold.origin.grade)
    finding = Finding(
        "note" if guess else "warning",
        country.code,
        f"{head} is {one.text}, {kind.side} {limit}.",
        f"{one.evidence}; threshold: {threshold.origin.source} (grade {threshold.origin.grade})",
    )
    publishers = [s.publisher for s in country.sources.values() if s.publisher in one.origin.source]
    origin = "; ".join(dict.fromkeys(publishers)) or "the library, as an assumption"
    return {
        **finding.as_dict(),
        "pack": "debt",
        "subject": country.code,
        "subject_kind": "economy",
        "object": "public_debt",
        "source": one.origin.source,
        "origin": origin,
        "channel": "statistics",
        "indicator": kind.name,
        "period": one.period,
        "value": one.value,
        "unit": str(one.unit),
        "threshold": threshold.value,
        "side": kind.side,
        "vintage": one.origin.vintage,
        "grade": one.origin.grade,
    }


def _record(country: Country, kind: Watched, threshold: Threshold, one: Indication) -> dict[str, object]:
    return {
        "economy": country.code,
        "indicator": kind.name,
        "title": kind.title,
        "formula": kind.formula,
        "period": one.period,
        "value": one.value,
        "unit": str(one.unit),
        "side": kind.side,
        "threshold": threshold.value,
        "threshold_source": threshold.origin.source,
        "threshold_vintage": threshold.origin.vintage,
        "threshold_grade": threshold.origin.grade,
        "evidence": one.evidence,
        "source": one.origin.source,
        "vintage": one.origin.vintage,
        "grade": one.origin.grade,
    }


def _holes(holes: dict[str, list[str]]) -> Finding:
    count = sum(map(len, holes.values()))
    sentence = (
        f"{counted(count, 'number')} of {counted(len(holes), 'economy', 'economies')} cannot be computed: "
    )
    sentence += "a figure is not in the library."
    told = "; ".join(f"{code}: {', '.join(names)}" for code, names in holes.items())
    return Finding("note", "figures", sentence, told)


def _grid(rows: list[Row]) -> Grid:
    """Numbers beyond their thresholds, with both grades."""
    cells = tuple(
        (
            country.code,
            kind.title,
            one.period,
            format_number(one.value, one.unit),
            format_number(threshold.value, kind.unit, 0),
            one.origin.grade,
            threshold.origin.grade,
        )
        for country, kind, threshold, one in rows
    )
    columns = (
        "economy",
        "indicator",
        "period",
        "value",
        "threshold",
        "grade",
        "of threshold",
    )
    note = "Grade of the number, and of the threshold: A published, B derived, C assumption. "
    note += "What is behind a number: --json, or `creditor alerts show`."
    return Grid("clues", "Beyond a threshold", columns, cells, note)
