"""Owns the words of the language: those with which statements begin, and all that cannot be names."""

from __future__ import annotations

from creditor.equations.expressions import FUNCTIONS

FORMS: dict[str, str] = {
    "dimension": "dimension NAME = LABEL, LABEL   or   dimension NAME as NAME",
    "sector": "sector NAME, NAME[DIMENSION]",
    "currency": "currency of DIMENSION worth NAME   or   currency of world = NAME",
    "claim": "claim NAME: ISSUER owes HOLDER, HOLDER [at PRICE] [where CONDITION]",
    "asset": "asset NAME: SECTOR, SECTOR [at PRICE]",
    "transaction": "transaction NAME: PAYER -> PAYEE [= EXPRESSION]   or   transaction NAME on CLAIM = ...",
    "hold": "hold CLAIM by SECTOR [where CONDITION] = EXPRESSION   or   hold ... worth EXPRESSION",
    "write": "write off CLAIM [where CONDITION] = EXPRESSION",
    "redeem": "redeem CLAIM [where CONDITION] = EXPRESSION at PRICE",
    "let": "let NAME = EXPRESSION",
    "given": "given NAME = VALUE [in LOW .. HIGH] [unit UNIT] [source KEY] [grade A]",
    "find": "find NAME so that EXPRESSION = EXPRESSION",
    "start": "start NAME = VALUE   or   start total NAME = VALUE",
    "set": "set NAME = VALUE from PERIOD [to PERIOD]",
    "shock": "shock NAME = VALUE from PERIOD [to PERIOD]",
    "check": "check EXPRESSION = EXPRESSION   or   check EXPRESSION >= EXPRESSION",
    "extends": "extends NAME",
    "frequency": "frequency quarterly [from 2025Q4]",
    "report": "report NAME, NAME",
}
"""How each statement is written, by its first word."""

_HIDDEN = "as of worth owes adds on by settled off at so that for from to total in where over"
_SHOWN = "unit source grade sum or and"
RESERVED: dict[str, str] = {
    **{word: f"_{word.upper()}" for word in (*FORMS, *_HIDDEN.split())},
    **{word: word.upper() for word in _SHOWN.split()},
    **dict.fromkeys(FUNCTIONS, "FUNCTION"),
}
"""The words that cannot be names, and the terminal of `grammar.lark` that each of them is."""
