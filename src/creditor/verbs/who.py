"""Owns the verb who: who is the creditor of an economy's debt, directly and in the end."""

from __future__ import annotations

from dataclasses import dataclass

from creditor.analysis.assumed import unallocated_share, weight_of_assumptions
from creditor.analysis.creditors import Holding, direct_parts, final_parts, holdings, summary
from creditor.analysis.intervals import intervals
from creditor.errors import InputError, Trouble
from creditor.facts.vintages import newest
from creditor.ledger.treatments import parse_treatment
from creditor.opening.corrections import choose, corrected
from creditor.opening.country import Country, available, load_country
from creditor.opening.known import as_known, with_headline
from creditor.opening.opening import Opening, direct_treatment, final_groups, has_owners, open_economy
from creditor.terms.answer import Answer
from creditor.terms.finding import Finding
from creditor.terms.numbers import format_number, with_unit
from creditor.terms.provenance import Provenance
from creditor.terms.units import SHARE
from creditor.verbs import who_figures, who_loop, who_sheets, who_sides
from creditor.verbs.net import creditors_net
from creditor.verbs.who_found import Who
from creditor.verbs.world import world

WORLD = ("world", "wld")


def who(
    economy: str,
    *,
    through: bool = False,
    by: str = "",
    treatment: str = "",
    as_of: str = "",
    perimeter: str = "",
    owed_to: bool = False,
    borne_by: bool = False,
    correct: str = "",
    as_known_at: str = "",
    net: bool = False,
) -> Answer:
    """Say who the creditor of an economy's government is.

    Parameters
    ----------
    economy : str
        ISO 3166-1 alpha-3 code or name; ``world`` for all of them.
    through, owed_to, borne_by : bool
        Look through intermediaries to those whom they owe, or to those on whom a loss falls first.
    by : str
        Divide households by ``wealth``, ``age`` or ``instrument``, or foreigners by ``country``.
    treatment : str
        Codes such as ``T1,I1``; see `creditor.ledger.treatments.CODES`.
    as_of, perimeter : str
        Period and name of the debt; by default the headline of the economy.
    correct, as_known_at : str
        Name of a correction, such as ``cayman`` (``list`` names them all); a date, after which nothing is
        used.
    net : bool
        By class of creditor: debt, and interest, lending and net transfer as far as they are published.

    Returns
    -------
    Answer
        Payload: as in ``docs/commands.md``; the holders add up to the total.

    Raises
    ------
    InputError, MissingError
        For a name, code or period that does not exist, or that there are no figures for.

    Examples
    --------
    >>> round(who("USA", perimeter="public").payload["total"], 1)
    28029.2
    """
    if economy.strip().casefold() in WORLD:
        _refuse(through or owed_to or borne_by, by, treatment, perimeter, correct)
        return world(as_of, as_known_at)
    if net:
        return creditors_net(economy, as_known_at)
    if correct == "list":
        return who_sides.corrections_answer(load_country(economy))
    view = "borne_by" if borne_by and not owed_to else "owed_to"
    through = through or owed_to or borne_by
    place = _Place(economy, as_of, perimeter, as_known_at)
    return _answer(_find(place, through, by, treatment, view, correct), treatment, as_known_at)


ONE_ECONOMY = ("--through", "--by", "--treatment", "--perimeter", "--correct")


def _refuse(*asked: object) -> None:
    """Options that say something about one economy do not fit the world."""
    troubles = [
        Trouble("U501", option, f"{option} with world", "it is a question to one economy", "leave it out")
        for option, value in zip(ONE_ECONOMY, asked, strict=True)
        if value
    ]
    if troubles:
        raise InputError(troubles)


@dataclass(frozen=True)
class _Place:
    """Whose debt is asked about, and as of when."""

    economy: str
    as_of: str
    perimeter: str
    as_known_at: str

    def country(self) -> Country:
        """The folder, without what was published too late."""
        if not self.economy.strip():
            mend = f"name one of {', '.join(available())}, or world"
            raise InputError(Trouble("T201", "economy", "no economy is named", "", mend))
        country = load_country(self.economy)
        if not self.as_known_at:
            return country
        known = as_known(country, self.as_known_at)
        return known if self.perimeter or self.as_of else with_headline(known)


def _answer(found: Who, treatment: str, as_known_at: str) -> Answer:
    opening = found.opening
    unit = opening.unit
    sides, records = who_sides.sides(found)
    made = who_sheets.sheets(found, unit)
    loop, looped, sentence = who_loop.loop(found)
    sheets = (*made[:1], *sides, loop, *made[1:])
    payload = {
        "economy": opening.country.code,
        "as_of": opening.period,
        "perimeter": opening.perimeter,
        "depth": depth_of(opening),
        "total": found.total,
        "unit": str(unit),
        "treatment": str(opening.treatment),
        "through": found.result is not None,
        "view": found.opening.view if found.result is not None else None,
        "correct": found.correct or None,
        "by": found.by or None,
        "as_known_at": as_known_at or None,
        "holders": [_record(holding, found) for holding in found.holdings],
        "findings": [finding.as_dict() for finding in found.findings],
        "story": f"{_story(found)} {sentence}",
        **who_sheets.further(found),
        **records,
        **looped,
        "command": _command(found, treatment, as_known_at),
    }
    provenance = Provenance(newest(h.origin.vintage for h in found.holdings), opening.country.digest)
    payload["provenance"] = provenance.as_dict()
    certificate = (
        {"method": found.result.method, "conservation": found.result.conservation} if found.result else {}
    )
    return Answer(
        story=str(payload["story"]),
        sheets=sheets,
        figures=who_figures.figures(found, unit, records.get("sides")),
        findings=tuple(found.findings),
        payload=payload,
        provenance=provenance,
        certificate=certificate,
        title=_title(found),
    )


def _find(place: _Place, through: bool, by: str, treatment: str, view: str, correct: str) -> Who:
    country = place.country()
    chosen = parse_treatment(treatment)
    ends: list[Finding] = []
    if not has_owners(country):
        chosen, note = final_groups(country, chosen, treatment)
        ends, through = [note] if through else [], False
    if not through:
        chosen = direct_treatment(chosen, treatment)
    published = open_economy(country, chosen, place.perimeter, place.as_of, through, view)
    opening = corrected(choose(country, correct), published) if correct else published
    result, assumed = None, None
    if through:
        result = final_parts(opening)
        assumed = weight_of_assumptions(opening, result)
        parts = list(result.parts)
    else:
        parts = direct_parts(opening)
    found, notes = holdings(parts, opening, by, assumed.by_part if assumed else None)
    said = [*ends, *(result.findings if result else ()), *opening.findings]
    findings = [*said, *notes, *_known(opening, through), *who_sides.said(opening, correct)]
    bounds = intervals(published, found, by)
    return Who(opening, parts, found, result, assumed, by, findings, bounds, published, correct)


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


def _record(holding: Holding, found: Who) -> dict[str, object]:
    interval = found.intervals[holding.name]
    return {
        "holder": holding.name,
        "amount": holding.amount,
        "share": holding.amount / found.total,
        "lo": interval.low,
        "hi": interval.high,
        "lo_share": interval.low / found.total,
        "hi_share": interval.high / found.total,
        "bound": interval.bound,
        "source": holding.origin.source,
        "vintage": holding.origin.vintage,
        "grade": holding.origin.grade,
        "title": holding.title,
    }


def _title(found: Who) -> str:
    if found.result is not None and found.opening.view == "borne_by":
        return f"Who bears a loss on the debt of {found.opening.country.called}?"
    return f"Who is the creditor of {found.opening.country.called}?"


CLASSES = "creditor class"
COARSE = ("investor-base", "maastricht-debt", "six-classes")  # perimeters whose tables tell classes only
DEPTHS = {
    "household": "The figures reach to the household.",
    "sector": "The figures reach to the sector of the direct holder; who owns it is not in the library.",
    CLASSES: "The figures reach to the class of the creditor, no further.",
}


def depth_of(opening: Opening) -> str:
    """How far the figures reach: as far as the country's, but tables of classes are no more than classes.

    Examples
    --------
    >>> from creditor.opening.country import load_country
    >>> usa, direct = load_country("USA"), direct_treatment(parse_treatment(""), "")
    >>> depth_of(open_economy(usa, direct, "investor-base", "", False))
    'creditor class'
    """
    return CLASSES if opening.perimeter in COARSE else str(opening.country.settings["depth"])


def _story(found: Who) -> str:
    opening = found.opening
    settings = opening.country.settings["perimeters"][opening.perimeter]
    unit = opening.unit
    head = f"At the end of {opening.period} the {settings['title']} came to {with_unit(found.total, unit)} "
    head += f"({settings['valuation']})."
    if unit.measure == "percent":
        head = f"The {settings['title']} at the end of {opening.period}, in percent of the stock "
        head += f"({settings['valuation']})."
    depth = DEPTHS.get(depth_of(opening), "")
    if "carried" in settings:
        first = opening.country.periods(settings["carried"][0])[-1]
        depth = f"What no newer table tells apart is divided as in {first} (grade C). {depth}"
    if found.result is None or found.assumed is None:
        return f"{head} Direct holders: {_listed(found)}. {depth}"
    rest = format_number(unallocated_share(found.result), SHARE)
    layers = found.result.layers_per_dollar
    weight = format_number(found.assumed.weight, SHARE)
    share = format_number(found.assumed.divided, SHARE)
    divided = (
        f"; a further {share}, government funds, is only divided by name with assumptions"
        if found.assumed.divided
        else ""
    )
    told_bounds = who_sides.households_between(found)
    return (
        f"{head} {who_sides.VERDICTS[opening.view]}: {_listed(found, told=False)}; not allocated {rest}. "
        f"What is held indirectly passes {layers:.2f} intermediaries on average; {weight} of the debt "
        f"reaches its owner over an assumption (grade C){divided}.{told_bounds} {depth}"
    )


def _listed(found: Who, told: bool = True) -> str:
    """Kinds of owners with their shares, or the holders by name where the ledger goes no further."""
    opening = found.opening
    kinds = summary(found.parts, opening)
    if not has_owners(opening.country):
        kinds = {holding.title[:1].lower() + holding.title[1:]: holding.amount for holding in found.holdings}
    known = sorted(((v, k) for k, v in kinds.items() if k != "not allocated"), reverse=True)
    listed = [f"{kind} {format_number(value / found.total, SHARE)}" for value, kind in known]
    unknown = kinds.get("not allocated", 0.0) / found.total
    left = f"not allocated {format_number(unknown, SHARE)}" if unknown and told else ""
    return "; ".join(part for part in (", ".join(listed), left) if part)


def _command(found: Who, treatment: str, as_known_at: str) -> str:
    opening = found.opening
    words = ["creditor", "who", opening.country.code]
    views = {"owed_to": "--through", "borne_by": "--borne-by"}
    words += [views[opening.view]] if found.result else []
    words += ["--correct", found.correct] if found.correct else []
    words += ["--by", found.by] if found.by else []
    words += ["--treatment", treatment] if treatment else []
    words += ["--as-of", opening.period, "--perimeter", opening.perimeter]
    words += ["--as-known-at", as_known_at] if as_known_at else []
    return " ".join(words)
