"""Owns the inputs of `creditor model run|compare` that are typed: changes and draws as words, a side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from creditor.errors import InputError, Troubles

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_SET = re.compile(rf"\s*([^=@]+?)\s*=\s*({_NUMBER})\s*(?:@\s*([\w-]+)\s*(?::\s*([\w-]+)\s*)?)?", re.ASCII)
_DRAW = re.compile(rf"\s*([^=(]+?)\s*=\s*(\w+)\s*\(\s*({_NUMBER}(?:\s*,\s*{_NUMBER})*)\s*\)\s*", re.ASCII)
_COMMA = re.compile(r",(?![^\[]*\])")  # that separates levers; those in brackets separate labels
_NAME = re.compile(r"\w+", re.ASCII)  # of a scenario of the library
_LONGEST = 60  # letters of a wrong word in a message
_DIGITS = 9  # of a period; a longer one is out of every range


def read_changes(texts: Sequence[str], troubles: Troubles, option: str = "--set") -> list[dict[str, Any]]:
    """Read ``X=v@from[:to]``, periods as numbers or dates; what cannot be read is added to the troubles.

    Examples
    --------
    >>> read_changes(["tax_rate=0.25@5:9"], Troubles())
    [{'name': 'tax_rate', 'value': 0.25, 'from': 5, 'to': 9}]
    """
    found: list[dict[str, Any]] = []
    for text in texts:
        match = _SET.fullmatch(text)
        periods = () if match is None else tuple(_period(part) for part in match.groups()[2:])
        if match is None or None in periods:
            mend = "write for example tax_rate=0.25@10, rate[N]=0.03@5:9 or rate=0.03@2026Q1:2027Q4"
            troubles.add("U501", option, f"{_short(text)} is not X=v@from[:to]", "", mend)
            continue
        first, last = periods
        entry: dict[str, Any] = {"name": match[1], "value": float(match[2]), "from": first or 1}
        found.append(entry | ({"to": last} if last != "" else {}))
    return found


def names_with_commas(text: str) -> list[str]:
    """Names separated by commas; those inside brackets separate labels.

    Examples
    --------
    >>> names_with_commas("tax_rate, rate[N, S]")
    ['tax_rate', 'rate[N, S]']
    """
    return [part.strip() for part in _COMMA.split(text) if part.strip()]


def read_targets(texts: Sequence[str], troubles: Troubles) -> list[dict[str, Any]]:
    """Read ``X=v@t by Y, add Z@5:9``; what cannot be read is added to the troubles.

    Examples
    --------
    >>> read_targets(["wages=120@40 by tax_rate"], Troubles())
    [{'name': 'wages', 'value': 120.0, 'from': 40, 'by': ['tax_rate']}]
    """
    found: list[dict[str, Any]] = []
    for text in texts:
        aim, _, levers = text.partition(" by ")
        by = names_with_commas(levers)
        if not by or "@" not in aim:
            mend = "write for example 'wages=120@40 by tax_rate' or 'wages=120@5:9 by add taxes'"
            troubles.add("U501", "--target", f"{_short(text)} is not X=v@t[:to] by Y", "", mend)
            continue
        found += [{**entry, "by": by} for entry in read_changes([aim], troubles, "--target")]
    return found


def _period(text: str | None) -> int | str | None:
    """A period as written: a number or a date; nothing for none, None for what is neither."""
    if not text:
        return ""
    if text.isdigit():
        return int(text) if len(text) <= _DIGITS else None
    from creditor.terms.periods import parse_period

    try:
        return str(parse_period(text))
    except InputError:
        return None


def read_draws(texts: Sequence[str], troubles: Troubles) -> list[dict[str, Any]]:
    """Read ``X=normal(0,0.01)``; what cannot be read is added to the troubles.

    Examples
    --------
    >>> read_draws(["tax_rate=normal(0,0.01)"], Troubles())
    [{'name': 'tax_rate', 'distribution': 'normal', 'parameters': (0.0, 0.01)}]
    """
    found: list[dict[str, Any]] = []
    for text in texts:
        match = _DRAW.fullmatch(text)
        if match is None:
            mend = "write for example 'tax_rate=normal(0,0.01)'"
            troubles.add("U501", "--draw", f"{_short(text)} is not X=distribution(numbers)", "", mend)
            continue
        numbers = tuple(float(part) for part in match[3].split(","))
        found.append({"name": match[1], "distribution": match[2], "parameters": numbers})
    return found


def read_side(text: str, troubles: Troubles) -> list[dict[str, Any]] | dict[str, Any] | str:
    """One side of a comparison: ``none``, changes joined by ``;``, or a scenario by file or name.

    A change is ``X=v@from[:to]``, ``add X=v@..``, ``fix X=v@..`` or ``target X=v@t by Y``.

    Examples
    --------
    >>> read_side("tax_rate=0.25", Troubles()), read_side("pc_rate_rise", Troubles())
    ([{'name': 'tax_rate', 'value': 0.25, 'from': 1}], 'pc_rate_rise')
    >>> read_side("fix taxes=20", Troubles())
    {'fix': [{'name': 'taxes', 'value': 20.0, 'from': 1}]}
    """
    plain = text.strip()
    if plain.endswith(".toml") or _NAME.fullmatch(plain):
        return [] if plain == "none" else plain
    sorted_parts: dict[str, list[str]] = {}
    for part in text.split(";"):
        kind, _, rest = part.strip().partition(" ")
        kind, rest = (kind, rest) if kind in ("add", "fix", "target") else ("set", part)
        if rest.strip():
            sorted_parts.setdefault(kind, []).append(rest)
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, parts in sorted_parts.items():
        read = read_targets(parts, troubles) if kind == "target" else read_changes(parts, troubles, "compare")
        found[kind] = read
    return found if set(found) - {"set"} else found.get("set", [])


def _short(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
