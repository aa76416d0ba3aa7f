"""Owns the parse table: the build makes `grammar_table.json` from `grammar.lark`, for a quick start."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from creditor.equations.words import RESERVED

GRAMMAR = Path(__file__).with_name("grammar.lark")
TABLE = Path(__file__).with_name("grammar_table.json")
STARTS = ["model", "either"]


def fresh_table() -> dict[str, Any]:
    """Make the parse table from the grammar.

    Examples
    --------
    >>> sorted(fresh_table())
    ['data', 'grammar', 'lark', 'memo']
    """
    import lark
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

    parser = lark.Lark(
        GRAMMAR.read_text("utf-8"), parser="lalr", lexer="basic", start=STARTS, maybe_placeholders=True
    )
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    kept = ("parser", "lexer", "start", "maybe_placeholders")
    data["options"] = {name: value for name, value in data["options"].items() if name in kept}
    made = {"lark": lark.__version__, "grammar": _digest(), "data": data, "memo": memo}
    return json.loads(json.dumps(made))


def _digest() -> str:
    """Of the grammar, whatever its line ends are."""
    return hashlib.sha256(GRAMMAR.read_text("utf-8").encode()).hexdigest()


def write_table() -> None:
    """Write `grammar_table.json` anew, as the build does."""
    TABLE.write_text(json.dumps(fresh_table(), separators=(",", ":"), sort_keys=True) + "\n", "utf-8")


def make_parser(builder: Any) -> Any:
    """Make a parser that hands what it recognises to a builder.

    The kept table is used where the installed version of Lark made it from the grammar as it is now;
    otherwise a table is made here, which takes some hundredths of a second more.

    Parameters
    ----------
    builder : object
        One method per rule of the grammar, and ``opened`` and ``closed`` for round brackets.

    Returns
    -------
    lark.Lark
        With ``parse(text, start)``, where start is one of `STARTS`.

    Examples
    --------
    >>> from creditor.equations.build import Builder
    >>> make_parser(Builder()).parse("let x = 1", start="model")[0].spot.name
    'x'
    """
    import lark

    table = json.loads(TABLE.read_text("utf-8")) if TABLE.exists() else {}
    if table.get("lark") != lark.__version__ or table.get("grammar") != _digest():
        table = fresh_table()
    machine = table["data"]["parser"]["parser"]
    machine["tokens"] = _whole(machine["tokens"])
    machine["states"] = {int(key): _whole(value) for key, value in machine["states"].items()}
    callbacks = {"NAME": reserve, "LPAR": builder.opened, "RPAR": builder.closed}
    loaded = {"data": table["data"], "memo": _whole(table["memo"])}
    return lark.Lark.__new__(lark.Lark)._load(loaded, transformer=builder, lexer_callbacks=callbacks)


def reserve(token: Any) -> Any:
    """Give a reserved word its own kind, so that it is a name nowhere.

    Examples
    --------
    >>> from lark import Token
    >>> reserve(Token("NAME", "let")).type, reserve(Token("NAME", "lets")).type
    ('_LET', 'NAME')
    """
    kind = RESERVED.get(token.value)
    if kind is not None:
        token.type = kind
    return token


def _whole(mapping: dict[str, Any]) -> dict[int, Any]:
    return {int(key): value for key, value in mapping.items()}


if __name__ == "__main__":
    write_table()
