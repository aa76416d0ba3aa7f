"""Owns the verb who: who is the creditor of an economy's debt, directly and in the end."""

from __future__ import annotations

from creditor.analysis.assumed import unallocated_share, weight_of_assumptions
from creditor.analysis.creditors import Holding, direct_parts, final_parts, holdings, summary
from creditor.facts.vintages import newest
from creditor.ledger.treatments import parse_treatment
from creditor.opening.country import load_country
from creditor.opening.opening import Opening, direct_treatment, open_economy
from creditor.terms.answer import Answer
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number, with_unit
from creditor.terms.provenance import Provenance
from creditor.terms.units import SHARE, money
from creditor.verbs import who_figures, who_sheets
from creditor.verbs.who_found import Who


def who(
    economy: str,
    *,
    through: bool = False,
    by: str = "",
    treatment: str = "",
    as_of: str = "",
    perimeter: str = "",
) -> Answer:
    """Say who the creditor of an economy's government is.

    Parameters
    ----------
    economy : str
        ISO 3166-1 alpha-3 code or name.
    through : bool
        Look through intermediaries to final owners.
    by : str
        Divide households by ``wealth``, ``age`` or ``instrument``, or foreigners by ``country``.
    treatment : str
        Codes such as ``T1,I1``; see `creditor.ledger.treatments.CODES`.
    as_of : str
        Period, such as ``2025Q3``; by default the headline period of the economy.
    perimeter : str
        ``federal-gross``, ``public`` or ``general-government`` for the United States.

    Returns
    -------
    Answer
        Payload: economy, as_of, perimeter, total, unit, treatment, holders (holder, amount, share, source,
        vintage, grade; adding up to the total), findings, and the further tables.

    Raises
    ------
    InputError
        For a name, code or period that does not exist, with the nearest ones.
    MissingError
        For an economy or period that there are no figures for.

    Examples
    --------
    >>> answer = who("USA", perimeter="public")
    >>> round(answer.payload["total"], 1)
    28029.2
    """
    return _answer(_find(economy, through, by, treatment, as_of, perimeter), treatment)


def _answer(found: Who, treatment: str) -> Answer:
    opening = found.opening
    unit = money(str(opening.country.settings["currency"]))
    sheets = who_sheets.sheets(found, unit)
    payload = {
        "economy": opening.country.code,
        "as_of": opening.period,
        "perimeter": opening.perimeter,
        "total": found.total,
        "unit": str(unit),
        "treatment": str(opening.treatment),
        "through": found.result is not None,
        "by": found.by or None,
        "holders": [_record(holding, found.total) for holding in found.holdings],
        "findings": [finding.as_dict() for finding in found.findings],
        "story": _story(found),
        **who_sheets.further(found),
        "command": _command(found, treatment),
    }
    provenance = Provenance(newest(h.origin.vintage for h in found.holdings), opening.country.digest)
    payload["provenance"] = provenance.as_dict()
    certificate = (
        {"method": found.result.method, "conservation": found.result.conservation} if found.result else {}
    )
    return Answer(
        story=str(payload["story"]),
        sheets=sheets,
        figures=who_figures.figures(found, unit),
        findings=tuple(found.findings),
        payload=payload,
        provenance=provenance,
        certificate=certificate,
        title=_title(found),
    )


def _find(economy: str, through: bool, by: str, treatment: str, as_of: str, perimeter: str) -> Who:
    country = load_country(economy)
    chosen = parse_treatment(treatment)
    if not through:
        chosen = direct_treatment(chosen, treatment)
    opening = open_economy(country, chosen, perimeter, as_of, through)
    result, assumed = None, None
    if through:
        result = final_parts(opening)
        assumed = weight_of_assumptions(opening, result)
        parts = list(result.parts)
    else:
        parts = direct_parts(opening)
    found, notes = holdings(parts, opening, by, assumed.by_part if assumed else None)
    findings = [*(result.findings if result else ()), *opening.findings, *notes, *_known(opening, through)]
    return Who(opening, parts, found, result, assumed, by, findings)


def _known(opening: Opening, through: bool) -> list[Finding]:
    """What the settings of the country say about its figures, and the totals they were held against."""
    notes = [
        Finding(
            str(note["severity"]), str(note["place"]), str(note["sentence"]), str(note.get("evidence", ""))
        )
        for note in opening.country.settings.get("notes", [])
        if note.get("through", through) == through
        and note.get("perimeter", opening.perimeter) == opening.perimeter
    ]
    return notes + who_sheets.reconciliation(opening)


def _record(holding: Holding, total: float) -> dict[str, object]:
    return {
        "holder": holding.name,
        "amount": holding.amount,
        "share": holding.amount / total,
        "source": holding.origin.source,
        "vintage": holding.origin.vintage,
        "grade": holding.origin.grade,
        "title": holding.title,
    }


def _title(found: Who) -> str:
    return f"Who is the creditor of {found.opening.country.called}?"


def _story(found: Who) -> str:
    opening = found.opening
    settings = opening.country.settings["perimeters"][opening.perimeter]
    unit = money(str(opening.country.settings["currency"]))
    amount = with_unit(found.total, unit)
    head = (
        f"At the end of {opening.period} the {settings['title']} came to {amount} ({settings['valuation']})."
    )
    kinds = summary(found.parts, opening)
    told = sorted(((v, k) for k, v in kinds.items() if k != "not allocated"), reverse=True)
    listed = ", ".join(f"{kind} {format_number(value / found.total, SHARE)}" for value, kind in told)
    if found.result is None or found.assumed is None:
        unknown = kinds.get("not allocated", 0.0) / found.total
        left = f"; not allocated {format_number(unknown, SHARE)}" if unknown else ""
        return f"{head} Direct holders: {listed}{left}."
    rest = format_number(unallocated_share(found.result), SHARE)
    layers = found.result.layers_per_dollar
    weight = format_number(found.assumed.weight, SHARE)
    share = format_number(found.assumed.divided, SHARE)
    divided = (
        f"; a further {share}, government funds, is only divided by name with assumptions"
        if found.assumed.divided
        else ""
    )
    return (
        f"{head} In the end it is owed to: {listed}; not allocated {rest}. What is held indirectly passes "
        f"{layers:.2f} intermediaries on average; {weight} of the debt reaches its owner over an assumption "
        f"(grade C){divided}."
    )


def _command(found: Who, treatment: str) -> str:
    opening = found.opening
    words = ["creditor", "who", opening.country.code]
    words += ["--through"] if found.result else []
    words += ["--by", found.by] if found.by else []
    words += ["--treatment", treatment] if treatment else []
    words += ["--as-of", opening.period, "--perimeter", opening.perimeter]
    return " ".join(words)
