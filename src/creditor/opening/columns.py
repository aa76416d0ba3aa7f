"""Owns the columns of the generated files of a country folder."""

from __future__ import annotations

ORIGIN = ("source", "vintage", "grade", "note")
_CLAIM = "holder issuer instrument currency period valuation perimeter set amount unit"
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "claim": ("claims.csv", tuple(_CLAIM.split())),
    "split": ("splits.csv", ("group", "member", "by", "period", "weight", "unit")),
    "household": ("groups.csv", ("by", "group", "instrument", "period", "weight", "unit")),
    "fact": ("facts.csv", ("indicator", "perimeter", "period", "value", "unit")),
}
COLUMNS = {name: (*columns, *ORIGIN) for name, columns in KINDS.values()}
GENERATED = tuple(COLUMNS)
OPTIONAL = ("splits.csv", "groups.csv")  # absent where nothing is divided
