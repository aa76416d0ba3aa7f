"""Owns the verb statement: owed, promised, taxed and bought, for one household of a group or one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from creditor.analysis.lines import Line
from creditor.analysis.person import read_person
from creditor.analysis.statement import Statement, group_name, group_statement, person_statement
from creditor.errors import InputError, Trouble
from creditor.facts.vintages import newest
from creditor.figures.bars import bars
from creditor.opening.country import Country, load_country
from creditor.terms.answer import Answer, Sheet
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number
from creditor.terms.provenance import Provenance
from creditor.terms.table import column
from creditor.terms.units import Unit, money

ABSENT = float("nan")
UNDECIDED = "Whether it gains or pays cannot be told under any rule: the intervals overlap."
SIGNS = {
    "more": "pays more for the interest than it receives",
    "less": "receives more of the interest than it pays",
    "undecided": "cannot be told",
}


def statement(economy: str, *, wealth: str = "", age: str = "", person: str = "") -> Answer:
    """Say what a debt is to one household of a group, or to one person.

    Parameters
    ----------
    economy : str
        ISO 3166-1 alpha-3 code or name.
    wealth, age : str
        A group of households, such as ``next40`` or ``55-69``; or
    person : str
        a TOML file, or the name of a person in the library. Exactly one of the three.

    Returns
    -------
    Answer
        Payload: economy, subject, per, unit, owed, total, borne, promises, interest, taxes, signs, bought,
        absent, story. There is no net amount: claims, promises and taxes are of different kinds.

    Raises
    ------
    InputError
        U501 where not exactly one is named or the name is wrong; P801 for a person file that cannot be.

    Examples
    --------
    >>> answer = statement("USA", wealth="next40")
    >>> sorted(answer.payload["signs"])
    ['all taxes', 'future cohorts', 'income tax', 'per head']
    """
    asked = [(key, text) for key, text in (("wealth", wealth), ("age", age), ("person", person)) if text]
    if len(asked) != 1:
        mend = "give one of --wealth next40, --age 55-69, --person teacher_california"
        raise InputError(
            Trouble("U501", "statement", f"{len(asked)} subjects are named", "one is needed", mend)
        )
    country = load_country(economy)
    key, text = asked[0]
    if key != "person":
        made = group_statement(country, key, group_name(key, text))
        return _answer(country, made)
    who = read_person(text)
    if who.economy != country.code:
        what = f"the person's economy is {who.economy}, not {country.code}"
        raise InputError(Trouble("P801", "--person", what, "", f"ask creditor statement {who.economy}"))
    return _answer(country, person_statement(country, who))


def _answer(country: Country, made: Statement) -> Answer:
    unit = money(str(country.settings["currency"]), "")
    findings = [Finding("note", place, sentence) for place, sentence in made.notes]
    findings += [Finding("warning", "not known", f"{text[:1].upper()}{text[1:]}.") for text in made.absent]
    payload = {
        "economy": country.code,
        "subject": made.title,
        "per": made.per,
        "unit": str(unit),
        "owed": [_record(line) for line in made.owed],
        "total": _record(made.total),
        "borne": _record(made.borne),
        "promises": [_record(line) for line in made.promises],
        "interest": _record(made.interest),
        "taxes": [_record(line) for line in made.taxes],
        "signs": made.signs,
        "bought": [_record(line) for line in made.bought],
        "absent": list(made.absent),
        "findings": [finding.as_dict() for finding in findings],
        "story": _story(made, unit),
    }
    provenance = Provenance(newest(line.origin.vintage for line in _lines(made)), country.digest)
    payload["provenance"] = provenance.as_dict()
    return Answer(
        str(payload["story"]), tuple(_sheets(made, unit)), (_figure(made, unit),), tuple(findings), payload,
        provenance, title=f"What the debt is to: {made.title}",
    )  # fmt: skip


def _lines(made: Statement) -> Iterable[Line]:
    return (*made.owed, made.total, *made.promises, made.interest, *made.taxes, *made.bought)


def _record(line: Line) -> dict[str, Any]:
    point = {} if line.amount is None else {"amount": line.amount}
    ends = {key: end for key, end in (("lo", line.low), ("hi", line.high)) if end == end}
    origin = line.origin.as_dict()
    return {"name": line.key, "title": line.title, **point, **ends, **origin}


def _sheets(made: Statement, unit: Unit) -> Iterable[Sheet]:
    owed = "Legal claims: amounts that someone owes. What stands behind them is looked through."
    yield _sheet("owed", f"Owed to you, per {made.per}", (*made.owed, made.total, made.borne), unit, owed)
    taxes = (
        "What one year of interest on the federal debt costs, by who would pay it; beside what comes back."
    )
    yield _sheet("taxes", "Interest and taxes of one year", (made.interest, *made.taxes), unit, taxes)
    promises = "Promises that the law may change: no legal claim, and not added to anything."
    if made.promises:
        yield _sheet("promises", "Promised, contingent", made.promises, unit, promises)
    if made.bought:
        bought = "Beside the debt, not against it: what a year spent, and what the state owns and owes."
        yield _sheet("bought", "What the spending bought", made.bought, unit, bought)


def _sheet(name: str, title: str, lines: Iterable[Line], unit: Unit, note: str) -> Sheet:
    listed = list(lines)
    titles = {line.key: line.title for line in listed}
    origins = {line.key: line.origin for line in listed}
    values = {line.key: ABSENT if line.amount is None else line.amount for line in listed}
    columns = [column("amount", "what", values, unit, origins, titles)]
    if any(line.low == line.low and (line.low, line.high) != (line.amount, line.amount) for line in listed):
        for head, ends in (
            ("least", [line.low for line in listed]),
            ("most", [line.high for line in listed]),
        ):
            named = dict(zip(values, ends, strict=True))
            columns.append(column(head, "what", named, unit, {}, titles))
    return Sheet(name, title, tuple(columns), origins, note)


def _story(made: Statement, unit: Unit) -> str:
    signs = made.signs
    kinds = set(signs.values())
    per = f"per {made.per}"
    backed = f"{_amount(made.total, unit)} {per} of what is owed to you is backed by the federal debt"
    head = f"{made.title}: {backed}"
    head += (
        f"; a loss on {_amount(made.borne, unit)} of it would fall on you."
        if made.borne.high
        else "; no loss on it would fall on you first."
    )
    low, high = min(tax.low for tax in made.taxes), max(tax.high for tax in made.taxes)
    cost = (
        f"Taxes for the interest of one year are between {_text(low, unit)} and {_text(high, unit)} {per}, "
    )
    cost += f"by who would pay them; {_amount(made.interest, unit)} of interest is on what is owed to you."
    if len(kinds) > 1:
        told = "; ".join(f"{rule}: {SIGNS[sign]}" for rule, sign in signs.items())
        verdict = f"Whether this {made.per} gains or pays depends on who is taxed ({told})."
    else:
        only = kinds.pop()
        verdict = f"Under every rule it {SIGNS[only]}." if only != "undecided" else UNDECIDED
    return f"{head} {cost} {verdict} Claims, promises and taxes are not added up."


def _amount(line: Line, unit: Unit) -> str:
    if line.amount is not None and line.low == line.high:
        return _text(line.amount, unit)
    ends = f"{_text(line.low, unit)} to {format_number(line.high, unit, 0)}"
    return ends if line.amount is None else f"{_text(line.amount, unit)} ({ends.removeprefix(unit.of + ' ')})"


def _text(value: float, unit: Unit) -> str:
    return f"{unit.of} {format_number(value, unit, 0)}"


def _figure(made: Statement, unit: Unit) -> Mapping[str, Any]:
    lines = [made.interest, *made.taxes]
    values = {line.key: (line.low + line.high) / 2 if line.amount is None else line.amount for line in lines}
    titles = {
        line.key: line.title.partition(":")[0].capitalize()
        if line is not made.interest
        else "Interest on what is owed to you"
        for line in lines
    }
    table = column("amount", "what", values, unit, {}, titles)
    low, high = (
        column(end, "what", {k.key: _end(k, end) for k in lines}, unit, {}, titles) for end in ("low", "high")
    )
    tones = {made.interest.key: "household"} | {tax.key: "state" for tax in made.taxes}
    grades = {line.key: line.origin.grade for line in lines}
    sentence = (
        "Interest of one year on what is owed, and taxes for the same interest under each rule; whiskers are "
    )
    sentence += "intervals, and a bar without a published figure ends in their middle."
    publishers = dict.fromkeys(_publisher(line.origin.source) for line in lines if line.origin.vintage)
    source = "; ".join(
        dict.fromkeys(line.origin.vintage.split("; ")[0] for line in lines if line.origin.vintage)
    )
    title = f"{made.title}, per {made.per}"
    figure = bars(
        title, sentence, f"{', '.join(publishers)}; releases {source}", table, tones, grades, low, high
    )
    for row, line in zip(figure["rows"], lines, strict=True):
        if line.amount is None and "range_text" in row:  # the middle is no figure and is not told as one
            row["text"] = row.pop("range_text")
            row["full"] = f"{row['title']}: between {unit.of} {row['text']}"
    return figure


def _publisher(source: str) -> str:
    """Who published what a figure rests on first; a formula and its inputs are passed over."""
    return source.rpartition("inputs: ")[2].rpartition("from ")[2].partition(", ")[0]


def _end(line: Line, end: str) -> float:
    """One end of an interval; absent where both are the same."""
    return float(getattr(line, end)) if line.high > line.low else ABSENT
