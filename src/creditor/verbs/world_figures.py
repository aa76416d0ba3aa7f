"""Owns the pictures of the world's debt: debtors and creditors, classes, and the ranking of loop shares."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from creditor.analysis.residence import CLASSES
from creditor.analysis.world import Debtor, World
from creditor.facts.vintages import newest
from creditor.figures.bars import bars
from creditor.figures.sankey import sankey
from creditor.figures.specification import Node
from creditor.terms.numbers import format_number
from creditor.terms.table import column, matrix
from creditor.terms.units import SHARE, money

USD = money("USD")
SHOWN = 9  # debtors with a node of their own
TONES = {"central_bank": "central_bank", "resident_banks": "intermediary", "resident_nonbanks": "household"}
TONES |= {"residents": "neutral", "unknown": "unallocated"}
LAYERS = ("The world", "Debtors", "Creditors")


def figures(found: World) -> tuple[Mapping[str, Any], ...]:
    """The pictures of the answer, the most important first."""
    return (_sankey(found), _bars(found), *_ranking(found))


def source_line(found: World) -> str:
    """Sources in one line."""
    published = f", {found.published.origin.source.partition(',')[0]}" if found.published else ""
    last = newest(debtor.origin.vintage for debtor in found.debtors)
    return f"International Monetary Fund{published}; releases to {last}"


def _tables_line(ranked: Sequence[Debtor]) -> str:
    """Publishers of the tables of holders, in one line."""
    named: dict[str, None] = {}
    for debtor in ranked:
        named |= dict.fromkeys(debtor.basis.publishers if debtor.basis else ())
    return ", ".join(list(named)[:4]) + (" and others" if len(named) > 4 else "")


def _sankey(found: World) -> dict[str, Any]:
    own, others = found.debtors[:SHOWN], found.debtors[SHOWN:]
    links: dict[tuple[str, str], list[float]] = {}
    titles = {"0:world": "Public debt of the world"}
    grades: dict[tuple[str, str], str] = {}

    def add(name: str, title: str, classes: Mapping[str, float], grade: str) -> None:
        titles[name] = title
        links.setdefault(("0:world", name), []).extend(classes.values())
        for key, amount in classes.items():
            titles[f"2:{key}"] = CLASSES[key][0]
            links.setdefault((name, f"2:{key}"), []).append(amount)
            grades[name, f"2:{key}"] = max(grades.get((name, f"2:{key}"), "A"), grade)

    for debtor in own:
        add(
            f"1:{debtor.country.code}",
            str(debtor.country.settings["name"]),
            debtor.classes,
            debtor.origin.grade,
        )
    for debtor in others:
        add("1:others", f"{len(others)} other economies", debtor.classes, debtor.origin.grade)
    if found.rest is not None and found.rest > 0:
        add("1:rest", "Rest of the world", {"unknown": found.rest}, "C")
    sums = {key: math.fsum(values) for key, values in links.items()}
    size = {name: math.fsum(v for (_, end), v in sums.items() if end == name) for name in titles}
    ordered = sorted(
        titles, key=lambda name: (name[0], name in ("1:others", "1:rest", "2:unknown"), -size[name])
    )
    nodes = [Node(name, titles[name], int(name[0]), _tone(name)) for name in ordered]
    table = matrix("amount", ("from", "to"), ordered, ordered, sums, USD)
    sentence = (
        "Who owes, and which class of creditor holds it: at home from the central bank to nonbanks, abroad "
    )
    sentence += "from official holders to nonbanks."
    title = f"Who is the creditor of the world? End of {found.year}"
    return sankey(title, sentence, source_line(found), nodes, table, grades, layers=list(LAYERS))


def _tone(name: str) -> str:
    layer, _, key = name.partition(":")
    if layer == "2":
        return TONES.get(key, "foreign")
    return "unallocated" if name == "1:rest" else "state"


def _bars(found: World) -> dict[str, Any]:
    titles = {name: CLASSES[name][0] for name in found.classes}
    table = column("amount", "class", found.classes, USD, {}, titles)
    tones = {name: TONES.get(name, "foreign") for name in found.classes}
    grade = max(debtor.origin.grade for debtor in found.debtors)
    largest = max((name for name in found.classes if name != "unknown"), key=lambda name: found.classes[name])
    share = format_number(found.classes[largest] / found.total, SHARE)
    sentence = f"The largest class of creditor is {titles[largest].lower()} with {share}."
    grades = dict.fromkeys(found.classes, grade)
    return bars(
        f"Creditors by class, end of {found.year}", sentence, source_line(found), table, tones, grades
    )


def _ranking(found: World) -> tuple[dict[str, Any], ...]:
    ranked = sorted((d for d in found.debtors if d.loop.unknown < 1), key=_resident)
    if not ranked:
        return ()
    titles = {
        d.country.code: f"{d.country.settings['name']}, {d.basis.period if d.basis else ''}" for d in ranked
    }
    values = column(
        "loop share", "economy", {d.country.code: d.loop.resident for d in ranked}, SHARE, {}, titles
    )
    grades = {debtor.country.code: debtor.basis.origin.grade for debtor in ranked if debtor.basis}
    sentence = (
        "Share of each debt that own residents hold, by residence of the holder, at the date of the table."
    )
    return (bars("Owed at home", sentence, _tables_line(ranked), values, None, grades),)


def _resident(debtor: Debtor) -> float:
    return -debtor.loop.resident
