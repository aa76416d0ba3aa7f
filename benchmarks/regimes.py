"""The speed of regimes: one case, one name, an audit of 100,000 claims."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from creditor.regimes.assess import assess_case
from creditor.regimes.cases import read_case
from creditor.regimes.coverage import cases_of
from creditor.regimes.names import _screen, screen
from creditor.regimes.read import load_regime, machine_of
from creditor.verbs.audit import audit

CLAIMS, ROUNDS = 100_000, 5
INSTRUMENTS = [
    "debt_securities",
    "loans",
    "fund_shares",
    "equity",
    "stablecoin_tokens",
    "transferable_deposits",
]
NAMES = [
    "佛山联创贸易有限公司",
    "加谧资产托管行",
    "Solar Wafer Foundry",
    "Virtual Сurrenсy Partners",
    "稳定比例阀制造有限公司",
]


def median_of(work: Callable[[], object]) -> float:
    """Seconds of the middle of several rounds, after one that is not counted."""
    times = []
    for round_number in range(ROUNDS + 1):
        start = time.perf_counter()
        work()
        if round_number:
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def ledger(path: Path) -> None:
    """A ledger of random claims, with places."""
    draw = random.Random(42)
    places = ["CHN", "HKG", "USA", "DEU"]
    rows = [
        f"households,issuer{draw.randrange(500)},{draw.choice(INSTRUMENTS)},{draw.randrange(1, 999)},"
        f"{draw.choice(['CNY', 'USD'])},{draw.choice(places)},{draw.choice(places)}\n"
        for _ in range(CLAIMS)
    ]
    path.write_text(
        "holder,issuer,instrument,amount,currency,holder_economy,issuer_economy\n" + "".join(rows)
    )


def main() -> None:
    """Print each figure beside its bar."""
    start = time.perf_counter()
    regime = load_regime("notice42")
    loaded = time.perf_counter() - start
    cases = cases_of(regime)
    facts = [{key: text for key, text in entry.case.said.items() if key != "term"} for entry in cases]

    def fresh() -> None:
        machine_of(regime).memory.clear()
        for row in facts:
            assess_case(regime, read_case(regime, row, "case"))

    def names() -> None:
        _screen.cache_clear()
        for name in NAMES:
            screen(name)

    path = Path(tempfile.mkdtemp()) / "book.csv"
    ledger(path)
    figures = [
        ("load the notice, compile its rules", loaded * 1000, "ms", ""),
        ("assess one case, nothing remembered", median_of(fresh) / len(facts) * 1000, "ms", "1 ms"),
        ("screen one name, nothing remembered", median_of(names) / len(NAMES) * 1000, "ms", "2 ms"),
        ("audit 100,000 claims from CSV", median_of(lambda: audit(path)), "s", "2 s"),
    ]
    print(f"{'work':44} {'measured':>11} {'bar':>8}")
    for work, figure, unit, bar in figures:
        print(f"{work:44} {figure:8.2f} {unit:2} {bar:>8}")


if __name__ == "__main__":
    main()
