"""Owns the verbs of the data: status (coverage, age, grade) and refresh (a folder made from its figures)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from creditor.errors import MissingError, Trouble
from creditor.facts.vintages import newest
from creditor.ledger.claims import UNALLOCATED
from creditor.opening.country import Country, available, load_country
from creditor.opening.opening import has_owners
from creditor.opening.perimeter import periods_of
from creditor.opening.refresh import refresh
from creditor.terms import library
from creditor.terms.answer import Answer, Sheet
from creditor.terms.finding import Finding
from creditor.terms.periods import parse_period
from creditor.terms.provenance import GRADES, Origin, Provenance
from creditor.terms.table import column
from creditor.terms.units import Unit
from creditor.terms.vocabulary import sectors, title_of, word
from creditor.verbs.words import counted

RECIPE = ("country.toml", "sources.toml", "figures.csv", "recipe.toml")
ROWS = Unit("count", "count")
DAYS = Unit("count", "count")


def data_status(economy: str = "") -> Answer:
    """Say what the library holds: coverage, age and grade of every published set.

    Parameters
    ----------
    economy : str
        ISO 3166-1 alpha-3 code or name; empty for all.

    Returns
    -------
    Answer
        Payload ``{"economies": {code: {"perimeters", "newest_vintage", "sets"}}, "findings"}``. Age is
        counted from the newest vintage of the library, so that the answer depends on the library alone.

    Raises
    ------
    InputError, MissingError
        For an economy that does not exist or has no folder.

    Examples
    --------
    >>> data_status().payload["economies"]["USA"]["newest_vintage"] >= "2026"
    True
    """
    codes = [load_country(economy).code] if economy else available()
    countries = {code: load_country(code) for code in codes}
    origins = [origin for country in countries.values() for origin in _origins(country)]
    latest = newest(origin.vintage for origin in origins)
    sheets: list[Sheet] = []
    findings: list[Finding] = []
    told = {}
    for code, country in countries.items():
        sheet, entry = _status(country, latest)
        sheets += [sheet] if economy else []
        told[code] = entry
        findings += _holes(country) if economy or has_owners(country) else []
    if not economy:
        sheets = [_overview(countries, latest)]
        findings += _without_owners(countries)
    payload = {"economies": told, "findings": [finding.as_dict() for finding in findings]}
    grades = Counter(origin.grade for origin in origins)
    counts = ", ".join(f"{grades[grade]} of grade {grade} ({GRADES[grade]})" for grade in GRADES)
    story = f"{counted(len(countries), 'economy', 'economies')} in the library"
    provenance = Provenance(latest, "-".join(country.digest for country in countries.values()))
    return Answer(
        f"{story}: {counts}; newest vintage {latest}.",
        tuple(sheets),
        (),
        tuple(findings),
        payload,
        provenance,
    )


def data_refresh(
    economy: str, figures: str | Path | None = None, out: str | Path | None = None
) -> tuple[Answer, dict[Path, str]]:
    """Make the claims, splits, groups and facts of an economy from its figures and recipe.

    Parameters
    ----------
    economy : str
        ISO 3166-1 alpha-3 code or name, or the path of a country folder.
    figures : path, optional
        Another CSV of figures in the form of figures.csv.
    out : path, optional
        Folder to write to; by default the folder of the economy.

    Returns
    -------
    answer : Answer
        Which files change and by how many rows.
    files : dict of Path to str
        What is to be written, for the caller to write.

    Examples
    --------
    >>> answer, files = data_refresh("USA")
    >>> sorted(path.name for path in files)
    ['claims.csv', 'facts.csv', 'groups.csv', 'splits.csv']
    """
    folder = Path(economy)
    if not (folder / "recipe.toml").is_file():
        entry = word("economies", economy, "economy")
        folder = library.ROOT / "countries" / entry.name
        if not folder.is_dir():
            what = f"the library has no folder of {entry.title} ({entry.name})"
            mend = f"make it with {', '.join(RECIPE)} first"
            raise MissingError(Trouble("F303", "economy", what, "no folder in library/countries", mend))
    texts = refresh(folder, Path(figures) if figures else None)
    target = Path(out) if out else folder
    changed = []
    for name, text in texts.items():
        path = target / name
        before = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
        rows = counted(text.count("\n") - 2, "row")
        changed.append(f"{name} {rows}, {_difference(before, text)}")
    story = f"{folder.name}: " + "; ".join(changed) + "."
    return Answer(story, payload={"economy": folder.name, "files": changed}), {
        target / name: t for name, t in texts.items()
    }


def _difference(before: str, after: str) -> str:
    if before == after:
        return "unchanged"
    old, new = Counter(before.splitlines()), Counter(after.splitlines())
    gone, come = sum((old - new).values()), sum((new - old).values())
    return f"{counted(come, 'line')} new, {gone} gone" if gone or come else "in another order"


def _origins(country: Country) -> list[Origin]:
    claims = [claim.origin for claim in country.claims]
    return claims + [row.origin for row in (*country.facts, *country.splits, *country.groups)]


def _overview(countries: dict[str, Country], latest: str) -> Sheet:
    """One row for each economy: how many rows of each grade, how old, how deep."""
    origins = {code: _origins(country) for code, country in countries.items()}
    titles = {
        code: f"{country.settings['name']}, {country.settings['depth']}"
        for code, country in countries.items()
    }
    columns = [
        column(
            f"grade {grade}",
            "economy",
            {code: float(sum(o.grade == grade for o in rows)) for code, rows in origins.items()},
            ROWS,
            {},
            titles,
        )
        for grade in GRADES
    ]
    days = {code: _behind(newest(o.vintage for o in rows), latest) for code, rows in origins.items()}
    columns.append(column("days behind the newest", "economy", days, DAYS, {}, titles))
    columns.append(
        column(
            "sets of holders",
            "economy",
            {code: float(len({c.set_name for c in country.claims})) for code, country in countries.items()},
            ROWS,
            {},
            titles,
        )
    )
    note = "Rows by grade; after each name how far its ledger goes. "
    note += "`creditor data status ECONOMY` has the sets."
    return Sheet("status", "What the library holds", tuple(columns), {}, note)


def _behind(vintage: str, latest: str) -> float:
    """Days between a vintage and the newest of the library; absent where there is no vintage."""
    if not vintage:
        return float("nan")
    return float((parse_period(latest).last_day - parse_period(vintage).last_day).days)


def _status(country: Country, latest: str) -> tuple[Sheet, dict[str, object]]:
    sets: dict[str, list[tuple[str, Origin]]] = {}
    for claim in country.claims:
        sets.setdefault(claim.set_name, []).append((claim.period, claim.origin))
    for name, rows in (
        ("splits", country.splits),
        ("household groups", country.groups),
        ("facts", country.facts),
    ):
        if rows:
            sets[name] = [(row.period, row.origin) for row in rows]
    counts = {
        grade: {name: float(sum(o.grade == grade for _, o in rows)) for name, rows in sets.items()}
        for grade in GRADES
    }
    vintages = {name: newest(o.vintage for _, o in rows) for name, rows in sets.items()}
    age = {name: _behind(vintage, latest) for name, vintage in vintages.items()}
    titles = {name: f"{name}, {_span([period for period, _ in rows])}" for name, rows in sets.items()}
    columns = [column(f"grade {grade}", "set", counts[grade], ROWS, {}, titles) for grade in GRADES]
    columns.append(column("days behind the newest", "set", age, DAYS, {}, titles))
    perimeters = {name: periods_of(country, name) for name in country.settings["perimeters"]}
    note = "; ".join(f"{name}: {', '.join(periods)}" for name, periods in perimeters.items())
    sheet = Sheet(
        f"status-{country.code}",
        f"{country.settings['name']}, depth {country.settings['depth']}",
        tuple(columns),
        {},
        f"Perimeters and periods: {note}.",
    )
    entry: dict[str, object] = {
        "perimeters": perimeters,
        "newest_vintage": newest(vintages.values()),
        "sets": [
            {
                "set": name,
                "periods": sorted({p for p, _ in rows}),
                "rows": len(rows),
                "vintage": vintages[name] or None,
            }
            | {"grades": {grade: int(counts[grade][name]) for grade in GRADES}}
            for name, rows in sets.items()
        ],
    }
    return sheet, entry


def _span(periods: list[str]) -> str:
    ordered = sorted(set(periods), key=lambda text: parse_period(text).last_day)
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]} to {ordered[-1]}"


def _without_owners(countries: dict[str, Country]) -> list[Finding]:
    codes = [code for code, country in countries.items() if not has_owners(country)]
    sentence = f"{counted(len(codes), 'economy', 'economies')} without owners of intermediaries: whoever "
    sentence += "holds their debt stays a final group."
    return [Finding("note", "look-through", sentence, ", ".join(codes))] if codes else []


def _holes(country: Country) -> list[Finding]:
    """Intermediaries without owners, and assumptions."""
    owned = {claim.issuer for claim in country.claims}
    findings = [] if has_owners(country) else _without_owners({country.code: country})
    members = {row.labels[0] for row in country.splits if not row.labels[2]}
    holders = dict.fromkeys(
        [*(c.holder for c in country.claims), *(row.labels[1] for row in country.splits if not row.labels[2])]
    )
    for name in holders if has_owners(country) else ():
        if (
            name != UNALLOCATED
            and name in sectors()
            and sectors()[name].role == "intermediary"
            and name not in owned | members
        ):
            sentence = (
                f"Owners of {title_of(name).lower()} are not in the sources; what they hold is not allocated."
            )
            findings.append(
                Finding(
                    "warning", f"{country.code}, {name}", sentence, mend="add their liabilities by holder"
                )
            )
    assumed = [claim for claim in country.claims if claim.grade == "C"]
    if assumed:
        told = "; ".join(
            dict.fromkeys(f"{title_of(c.issuer)}: {title_of(c.instrument).lower()}" for c in assumed)
        )
        findings.append(
            Finding(
                "warning",
                country.code,
                f"{len(assumed)} claims are assumptions (grade C).",
                told,
                "replace them",
            )
        )
    return findings
