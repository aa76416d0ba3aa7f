"""The kept parse table: it is that of the grammar, and a table of another Lark is not used."""

from __future__ import annotations

import json
from typing import Any

from creditor.equations import grammar
from creditor.equations.build import Builder


def canonical(table: dict[str, Any]) -> Any:
    """The table with states numbered in the order in which they are met, which no hash order changes."""
    data, memo = table["data"], table["memo"]
    machine = data["parser"]["parser"]
    tokens, states = machine["tokens"], machine["states"]
    order: dict[str, int] = {}
    waiting = [str(machine["start_states"][name]) for name in sorted(machine["start_states"])]
    result = []
    while waiting:
        state = waiting.pop(0)
        if state in order:
            continue
        order[state] = len(order)
        row = {tokens[token]: action for token, action in states[state].items()}
        waiting += [str(target) for _, (kind, target) in sorted(row.items()) if kind == 0]
        result.append(row)

    def told(kind: int, target: Any) -> Any:
        return order[str(target)] if kind == 0 else memo[str(target["@"])]

    rows = [{token: told(*action) for token, action in row.items()} for row in result]
    rest = sorted(json.dumps(value, sort_keys=True) for value in memo.values())
    return rows, rest, len(states), data["options"]


def test_the_table_that_the_build_made_is_that_of_the_grammar() -> None:
    if not grammar.TABLE.exists():  # a checkout that was never set up: what its build would do
        grammar.write_table()
    kept = json.loads(grammar.TABLE.read_text("utf-8"))
    assert canonical(kept) == canonical(grammar.fresh_table()), "run python -m creditor.equations.grammar"


def test_a_table_of_another_grammar_is_not_used(tmp_path, monkeypatch) -> None:
    other = dict(grammar.fresh_table(), grammar="0", data={})
    monkeypatch.setattr(grammar, "TABLE", tmp_path / "table.json")
    grammar.TABLE.write_text(json.dumps(other))
    assert grammar.make_parser(Builder()).parse("extends pc", start="model")[0].other == "pc"


def test_a_table_of_another_version_is_made_anew(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(grammar, "TABLE", tmp_path / "table.json")
    for kept in (None, '{"lark": "0.0.1"}'):
        if kept:
            grammar.TABLE.write_text(kept)
        assert grammar.make_parser(Builder()).parse("extends pc", start="model")[0].other == "pc"
    grammar.write_table()
    assert json.loads(grammar.TABLE.read_text("utf-8"))["data"]
