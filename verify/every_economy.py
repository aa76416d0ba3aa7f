"""Asks every economy for its creditors as a stranger would, and checks in the JSON that parts add up."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any

TOLERANCE = 1e-9  # of the debt
NEEDED = ("source", "grade", "vintage")
Checked = tuple[str, list[str], int, int]  # a line, breaches, partitions, intervals
VIEWS = {"held": (), "owed": ("--through",), "borne": ("--borne-by",)}


def ask(*words: str) -> Any:
    """The JSON that the command prints; it must answer."""
    command = [sys.executable, "-m", "creditor", *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: exit {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def breaches(rows: Sequence[dict[str, Any]], total: float, amount: str = "amount") -> Iterator[str]:
    """What is wrong with a partition: its sum, its shares, its intervals, what a row lacks."""
    gap = math.fsum(row[amount] for row in rows) / total - 1
    if not abs(gap) <= TOLERANCE:
        yield f"parts differ from the total by {gap:.1e}"
    gap = math.fsum(row["share"] for row in rows) - 1
    if not abs(gap) <= TOLERANCE:
        yield f"shares differ from one by {gap:.1e}"
    slack = TOLERANCE * abs(total)
    for row in rows:
        name = row.get("holder", row.get("class"))
        if "lo" in row and not row["lo"] - slack <= row[amount] <= row["hi"] + slack:
            yield f"{name}: {row[amount]} is outside {row['lo']} to {row['hi']}"
        if not -slack <= row.get("lo", 0.0) or not row.get("hi", total) <= total + slack:
            yield f"{name}: its interval leaves the debt"
        for key in NEEDED:
            if not row.get(key) and not (key == "vintage" and row["grade"] == "C"):
                yield f"{name} has no {key}"


def intervals(rows: Sequence[dict[str, Any]], total: float) -> Iterator[str]:
    """What is wrong with intervals taken together: one is not there, or no ledger can meet them all."""
    bare = [row.get("holder", "") for row in rows if "lo" not in row or "hi" not in row]
    if bare:
        yield f"no interval: {', '.join(bare)}"
    elif not math.fsum(row["lo"] for row in rows) <= total * (1 + TOLERANCE):
        yield "the least of all holders are more than the debt"
    elif not math.fsum(row["hi"] for row in rows) >= total * (1 - TOLERANCE):
        yield "the most of all holders are less than the debt"


def economy(code: str, perimeters: dict[str, Sequence[str]]) -> Checked:
    """One line about an economy, and its breaches: each perimeter and date, three views of the headline."""
    found: list[str] = []
    looked = rows = 0
    for view, options in VIEWS.items():
        told = ask("who", code, *options)
        holders = told["holders"]
        looked, rows = looked + 1, rows + len(holders)
        wrong = [*breaches(holders, told["total"]), *intervals(holders, told["total"])]
        found += [f"{view}: {what}" for what in wrong]
    headline = ask("who", code)
    for perimeter, periods in perimeters.items():
        for period in periods:
            told = ask("who", code, "--perimeter", perimeter, "--as-of", period)
            looked, rows = looked + 1, rows + len(told["holders"])
            wrong = [*breaches(told["holders"], told["total"]), *intervals(told["holders"], told["total"])]
            found += [f"{perimeter} {period}: {what}" for what in wrong]
    grades = "".join(sorted({row["grade"] for row in headline["holders"]}))
    line = f"{code:5} {headline['depth']:14} {headline['as_of']:10} grades {grades:3} "
    return line + f"{looked:3} partitions, {rows:4} intervals", found, looked, rows


def world() -> Checked:
    """The world by class of creditor and by debtor: both add up to the published total."""
    told = ask("who", "world")
    total = told["total"]
    found = [*breaches(told["holders"], total), *intervals(told["holders"], total)]
    debts = math.fsum(one["debt"] for one in told["economies"]) + told["rest"]
    if not abs(debts / total - 1) <= TOLERANCE:
        found.append(f"debtors and the rest differ from the published total by {debts / total - 1:.1e}")
    home = told["loop"]
    if not abs(home["resident"] + home["foreign"] + home["unknown"] - 1) <= TOLERANCE:
        found.append("at home, abroad and not known differ from one")
    line = f"world {'creditor class':14} {told['as_of']:10} {len(told['economies'])} debtors, "
    line += f"{len(told['holders'])} intervals, rest {told['rest'] / total:.1%}"
    return line, found, 2, len(told["holders"])


def poorest() -> Checked:
    """The low-income economies by class of creditor."""
    told = ask("who", "XLI", "--net")
    found = list(breaches(told["creditors"], told["total"], "debt"))
    found += intervals(told["creditors"], told["total"])
    line = f"XLI   --net          {told['as_of']:10} {len(told['creditors'])} classes, "
    return f"{line}{len(told['missing'])} figures named as missing", found, 1, len(told["creditors"])


def main() -> int:
    """Print a line for each economy; exit 1 where something does not hold."""
    status = ask("data", "status")["economies"]
    failed = partitions = intervals_met = 0
    for make in (
        *(lambda code=code: economy(code, status[code]["perimeters"]) for code in status),
        world,
        poorest,
    ):
        line, found, looked, rows = make()
        failed += bool(found)
        partitions, intervals_met = partitions + looked, intervals_met + rows
        print(line + ("" if not found else "  BREACH"))
        for what in found:
            print(f"      {what}")
    print(
        f"{partitions} partitions and {intervals_met} intervals of {len(status)} economies and the world: ",
        end="",
    )
    print(f"{failed or 'no'} breach{'' if failed == 1 else 'es'}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
